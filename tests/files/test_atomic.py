"""Outputs appear whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from toolkit.files import atomic
from toolkit.files.atomic import Held, copy_folder, newest_of, noting, publish, withdraw
from toolkit.files.errors import NotWritten
from toolkit.files.temporary import DAY, PREFIX, machine, sweep, temporary_for


class DescribePublishing:
    def it_makes_the_folder_and_leaves_nothing_but_the_file(self, tmp_path):
        path = publish(tmp_path / "a/b/fil.xlsx", b"ny")
        assert path.read_bytes() == b"ny"
        assert [one.name for one in path.parent.iterdir()] == ["fil.xlsx"]

    def it_leaves_a_file_alone_that_holds_the_same(self, tmp_path):
        path = publish(tmp_path / "fil.xlsx", b"samma")
        before = path.stat()
        publish(path, b"samma")
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)

    def it_keeps_the_earlier_file_whole_when_writing_fails(self, tmp_path, monkeypatch):
        path = publish(tmp_path / "fil.xlsx", b"den gamla")

        def full(descriptor):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(atomic.os, "fsync", full)
        with pytest.raises(NotWritten) as stopped:
            publish(path, b"den nya")
        assert (stopped.value.errno, stopped.value.filename) == (28, str(path))
        assert path.read_bytes() == b"den gamla"
        assert [one.name for one in tmp_path.iterdir()] == ["fil.xlsx"]

    def it_lies_beside_a_file_that_another_program_holds(self, tmp_path, monkeypatch):
        path = publish(tmp_path / "fil.xlsx", b"den gamla")
        replace = Path.replace

        def held(self, target):
            if target == path:
                raise PermissionError(13, "open in Excel")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", held)
        monkeypatch.setattr(atomic.time, "sleep", lambda seconds: None)
        beside = tmp_path / "fil (ny).xlsx"
        with noting() as held:
            assert publish(path, b"den nya") == beside
        assert held.held == [Held(path, beside)]
        assert path.read_bytes() == b"den gamla"
        assert beside.read_bytes() == b"den nya"
        assert newest_of(path) == beside

    def it_takes_the_one_beside_away_when_the_file_is_free_again(self, tmp_path):
        path, beside = tmp_path / "fil.xlsx", tmp_path / "fil (ny).xlsx"
        for one in (path, beside):
            one.write_bytes(b"den gamla")
        with noting() as held:
            publish(path, b"den nya")
        assert (path.read_bytes(), beside.exists(), held.held) == (b"den nya", False, [])
        assert newest_of(path) == path

    def it_takes_the_one_beside_away_too_when_nothing_has_changed(self, tmp_path):
        path, beside = tmp_path / "fil.xlsx", tmp_path / "fil (ny).xlsx"
        for one in (path, beside):
            one.write_bytes(b"samma")
        publish(path, b"samma")
        assert not beside.exists()

    def it_takes_a_name_as_long_as_the_file_system_does(self, tmp_path):
        name = "å" * 124 + ".xlsx"  # 253 bytes of 255
        assert publish(tmp_path / name, b"x").name == name

    def it_says_so_where_a_folder_has_the_files_name(self, tmp_path):
        (tmp_path / "fil.xlsx").mkdir()
        with pytest.raises(NotWritten) as stopped:
            publish(tmp_path / "fil.xlsx", b"x")
        assert stopped.value.filename == str(tmp_path / "fil.xlsx")
        assert [one.name for one in tmp_path.iterdir()] == ["fil.xlsx"]

    def it_says_so_where_a_file_stands_for_a_folder(self, tmp_path):
        (tmp_path / "outputs").write_bytes(b"")
        with pytest.raises(NotWritten) as stopped:
            publish(tmp_path / "outputs/fil.xlsx", b"x")
        assert stopped.value.filename == str(tmp_path / "outputs")

    def it_waits_for_a_program_that_lets_go(self, tmp_path, monkeypatch):
        path = publish(tmp_path / "fil.xlsx", b"den gamla")
        replace, tries = Path.replace, []

        def held_once(self, target):
            tries.append(target)
            if len(tries) == 1:
                raise PermissionError(13, "open in Excel")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", held_once)
        monkeypatch.setattr(atomic.time, "sleep", lambda seconds: None)
        assert publish(path, b"den nya") == path
        assert path.read_bytes() == b"den nya"


class DescribeTakingAFileAway:
    def it_is_no_matter_whether_it_is_there(self, tmp_path):
        (tmp_path / "a").write_bytes(b"")
        assert withdraw(tmp_path / "a") and withdraw(tmp_path / "a")

    def it_notes_one_that_another_program_holds(self, tmp_path, monkeypatch):
        path = tmp_path / "brev.docx"
        path.write_bytes(b"x")

        def held(self, missing_ok=False):
            raise PermissionError(13, "open in Word")

        monkeypatch.setattr(Path, "unlink", held)
        with noting() as found:
            assert not withdraw(path)
        assert found.held == [Held(path, None)]


class DescribeCopyingAFolder:
    def it_leaves_no_half_of_it(self, tmp_path, monkeypatch):
        (tmp_path / "a").mkdir()
        (tmp_path / "a/fil").write_bytes(b"x")

        def full(*given, **options):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "rename", full)
        with pytest.raises(NotWritten) as stopped:
            copy_folder(tmp_path / "a", tmp_path / "b/c")
        assert stopped.value.errno == 28
        assert list((tmp_path / "b").iterdir()) == []


class DescribeSweeping:
    @pytest.fixture
    def dead(self):
        done = subprocess.Popen([sys.executable, "-c", ""])
        done.wait()
        return done.pid

    def left(self, folder, name, age=0.0):
        path = folder / "returns" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"halv")
        os.utime(path, (time.time() - age,) * 2)
        return path

    def it_takes_what_a_run_that_has_ended_left_and_no_file(self, tmp_path, dead):
        path = self.left(tmp_path, f"{PREFIX}{machine()}-{dead}-00000000")
        kept = self.left(tmp_path, "fil.xlsx", 9 * DAY)
        assert (sweep(tmp_path), path.exists(), kept.exists()) == (1, False, True)

    def it_never_takes_another_runs(self, tmp_path):
        mine = self.left(tmp_path, temporary_for(tmp_path / "fil.xlsx").name)
        others = self.left(tmp_path, f"{PREFIX}{'0' * 8}-1-00000000", DAY - 60)
        assert (sweep(tmp_path), mine.exists(), others.exists()) == (0, True, True)

    def it_takes_another_machines_when_no_run_takes_as_long(self, tmp_path):
        self.left(tmp_path, f"{PREFIX}{'0' * 8}-1-00000000", DAY + 60)
        self.left(tmp_path, f"{PREFIX}17-fil.xlsx", DAY + 60)
        assert sweep(tmp_path) == 2
