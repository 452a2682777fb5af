"""One run at a time in a folder."""

from __future__ import annotations

import subprocess
import sys

import pytest

from toolkit.files.errors import CannotBeDone
from toolkit.files.turn import NAME, turn

HOLD = """
import sys, time
from pathlib import Path
from toolkit.files.turn import turn
with turn(Path(sys.argv[1]), "Karin Ek på PC7", print):
    print("har den", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def other(tmp_path):
    """Another process at work in the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    assert process.stdout.readline() == "har den\n"
    yield process
    process.kill()
    process.wait()


class DescribeATurn:
    def it_leaves_nothing_behind(self, tmp_path):
        with turn(tmp_path / "outputs", "jag", print):
            assert (tmp_path / "outputs" / NAME).read_text("utf-8") == "jag"
        assert list((tmp_path / "outputs").iterdir()) == []

    def it_says_once_who_is_at_work_and_waits(self, tmp_path, other):
        told = []

        def tell(who):
            told.append(who)
            other.stdin.write("\n")  # the other one is done
            other.stdin.flush()

        with turn(tmp_path, "jag", tell):
            assert (tmp_path / NAME).read_text("utf-8") == "jag"
        assert told == ["Karin Ek på PC7"]
        assert list(tmp_path.iterdir()) == []

    def it_gives_up_in_the_end_and_says_for_whom_it_waited(self, tmp_path, other):
        told = []
        with (
            pytest.raises(CannotBeDone) as stopped,
            turn(tmp_path, "jag", told.append, minutes=0.01),
        ):
            pass
        assert (stopped.value.name, stopped.value.values) == (
            "fel.vantat",
            {"who": "Karin Ek på PC7"},
        )
        assert told == ["Karin Ek på PC7"]

    def it_is_free_when_the_other_one_is_killed(self, tmp_path, other):
        other.kill()
        other.wait()
        told = []
        with turn(tmp_path, "jag", told.append, minutes=0.01):
            assert told == []

    def it_is_everybodys_where_nothing_can_be_locked(self, tmp_path):
        (tmp_path / "outputs").write_bytes(b"")  # no folder
        with turn(tmp_path / "outputs", "jag", print):
            pass
