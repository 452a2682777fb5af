"""A run whose main process is killed: its children end, and nobody waits for them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.files.turn import turn

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="made with signals of POSIX")
SOON = 10.0  # seconds
RUN = """
import os, sys, time
from pathlib import Path
from toolkit.files import orphans, sandbox
from toolkit.files.turn import turn
how, folder = sys.argv[1:]

def work(number):
    Path(folder, f"{number}.pid").write_text(str(os.getpid()))
    if number % 2:
        return "x" * 9_000_000  # more than a pipe holds, for nobody takes it
    time.sleep(120)

if __name__ == "__main__":
    if "server" in how:
        sandbox._can_fork = lambda: False
    if "watch" in how:
        orphans._is_ended_by_the_system = lambda: False
    with turn(Path(folder), "jag", print):
        for outcome in sandbox.run_each(work, [(number,) for number in range(4)]):
            pass
"""


def is_alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    told = Path(f"/proc/{number}/stat").read_text("utf-8")
    return told.rpartition(")")[2].split()[0] != "Z"  # one that nobody has waited for is dead


def until(condition, seconds=SOON):
    late = time.monotonic() + seconds
    while time.monotonic() < late:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def killed(tmp_path, request):
    """A run whose main process alone has been killed, and the processes that it had started."""
    script = tmp_path / "kor.py"
    script.write_text(RUN, encoding="utf-8")
    main = subprocess.Popen(
        [sys.executable, str(script), request.param, str(tmp_path)], env={**os.environ, "PYTHONPATH": str(ROOT)}
    )  # fmt: skip
    places = 2 if (os.cpu_count() or 1) < 4 else 4
    assert until(lambda: len(list(tmp_path.glob("*.pid"))) >= min(2, places), 60)
    time.sleep(0.5)
    os.kill(main.pid, signal.SIGKILL)
    main.wait()
    return [int(path.read_text()) for path in tmp_path.glob("*.pid") if path.read_text()]


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="looks at processes as Linux shows them"
)
@pytest.mark.parametrize("killed", ["fork", "server", "fork watch"], indirect=True)
def test_the_children_of_a_killed_run_end_by_themselves(killed, tmp_path):
    assert until(lambda: not any(map(is_alive, killed)))


@pytest.mark.parametrize("killed", ["fork", "fork watch"], indirect=True)
def test_nobody_waits_for_a_killed_run(killed, tmp_path):
    told = []
    with turn(tmp_path, "jag", told.append, minutes=0.05):
        assert told == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process is copied here")
def test_a_copy_of_a_process_has_no_turn(tmp_path):
    ours, theirs = os.pipe()
    with turn(tmp_path, "jag", print):
        child = os.fork()
        if not child:
            os.close(theirs)
            os.read(ours, 1)  # lives on until nobody holds the other end
            os._exit(0)
    with turn(tmp_path, "du", print, minutes=0.05):
        pass
    # The first one again: killed while its copy lives, it leaves nothing locked.
    os.close(theirs)
    assert os.waitpid(child, 0)[1] == 0
