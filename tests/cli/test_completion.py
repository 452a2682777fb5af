"""The tab key: the script is what the shell asks for, and it is answered in Swedish."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_cli import lansrapport

PROGRAM = Path(sys.executable).with_name("lansrapport")


def asked(shell, words):
    environ = {**os.environ, "_LANSRAPPORT_COMPLETE": f"complete_{shell}"}
    environ |= {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()))}
    environ |= {"_TYPER_COMPLETE_ARGS": words, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run([PROGRAM], env=environ, capture_output=True, text=True, check=False)
    return done.stdout


ASKS = {
    "bash": "_LANSRAPPORT_COMPLETE=complete_bash $1",
    "zsh": "_LANSRAPPORT_COMPLETE=complete_zsh lansrapport",
    "fish": "complete --command lansrapport --no-files",
    "powershell": '$Env:_LANSRAPPORT_COMPLETE = "complete_powershell"',
}


@pytest.mark.parametrize("shell", ASKS)
def it_prints_the_script_of_a_shell(shell, tmp_path):
    done = lansrapport("completion", shell, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert ASKS[shell] in done.stdout


def it_is_told_which_shells_there_are(tmp_path):
    done = lansrapport("completion", "cmd", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "”cmd” är inget av skalen bash, zsh, fish och powershell." in done.stderr


def it_names_the_commands():
    assert set(asked("bash", "lansrapport ").split()) >= {"check", "run", "status", "spec"}
    assert asked("fish", "lansrapport ch").split("\t")[0] == "check"


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def it_completes_in_bash(tmp_path):
    script = lansrapport("completion", "bash", cwd=tmp_path).stdout
    done = subprocess.run(
        [
            "bash",
            "-c",
            f"{script}\n"
            "COMP_WORDS=(lansrapport fin); COMP_CWORD=1; _lansrapport_completion lansrapport\n"
            'printf "%s" "${COMPREPLY[*]}"',
        ],
        env={**os.environ, "PATH": f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "finance"


@pytest.mark.skipif(shutil.which("script") is None, reason="needs a terminal of its own")
@pytest.mark.parametrize(
    ("wanted", "is_coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
    ids=["a terminal", "NO_COLOR", "dumb"],
)
def it_writes_no_colour_where_none_is_wanted(wanted, is_coloured, tmp_path):
    lansrapport("init", cwd=tmp_path)
    left = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    done = subprocess.run(
        ["script", "-qec", f"{PROGRAM} templates 2020 --county 12", "/dev/null"],
        cwd=tmp_path,
        env={**left, "TERM": "xterm-256color", **wanted},
        capture_output=True,
        check=True,
    )
    assert b"Mallar" in done.stdout
    assert (re.search(rb"\x1b\[[0-9;]*3[0-9;]*m", done.stdout) is not None) == is_coloured
