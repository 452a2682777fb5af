"""Outputs appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.files import atomic
from toolkit.files.atomic import PREFIX, publish, sweep


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
        with pytest.raises(OSError, match="No space"):
            publish(path, b"den nya")
        assert path.read_bytes() == b"den gamla"

    def it_lies_beside_a_file_that_another_program_holds(self, tmp_path, monkeypatch):
        path = publish(tmp_path / "fil.xlsx", b"den gamla")
        replace = Path.replace

        def held(self, target):
            if target == path:
                raise PermissionError(13, "open in Excel")
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", held)
        monkeypatch.setattr(atomic.time, "sleep", lambda seconds: None)
        assert publish(path, b"den nya").name == "fil (ny).xlsx"
        assert path.read_bytes() == b"den gamla"
        assert (tmp_path / "fil (ny).xlsx").read_bytes() == b"den nya"

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


def it_sweeps_only_what_a_killed_run_left(tmp_path):
    kept, left = tmp_path / "fil.xlsx", tmp_path / "returns" / f"{PREFIX}17-fil.xlsx"
    left.parent.mkdir()
    for path in (kept, left):
        path.write_bytes(b"x")
    assert sweep(tmp_path) == 1
    assert (kept.is_file(), left.exists()) == (True, False)
