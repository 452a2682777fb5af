"""The tab key: the script is what the shell asks for, and it is answered in Swedish."""

from __future__ import annotations

import os
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


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def it_prints_the_script_of_a_shell(shell, tmp_path):
    done = lansrapport("completion", shell, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"_LANSRAPPORT_COMPLETE=complete_{shell}" in done.stdout.replace(
        '$Env:_LANSRAPPORT_COMPLETE = "complete_powershell"',
        "_LANSRAPPORT_COMPLETE=complete_powershell",
    )


def it_is_told_which_shells_there_are(tmp_path):
    done = lansrapport("completion", "cmd", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "”cmd” är inget av skalen bash, zsh, fish och powershell." in done.stderr


def it_names_the_commands():
    assert set(asked("bash", "lansrapport ").split()) >= {"check", "run", "status", "spec"}
    assert "Markera" in asked("fish", "lansrapport ch") or "ontroll" in asked(
        "fish", "lansrapport "
    )


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


@pytest.mark.parametrize("name", ["NO_COLOR", "TERM=dumb"])
def it_writes_no_colour_where_none_is_wanted(name, tmp_path):
    key, _, value = name.partition("=")
    lansrapport("init", cwd=tmp_path)
    done = subprocess.run(
        ["script", "-qec", f"{PROGRAM} status 2020", "/dev/null"],
        cwd=tmp_path,
        env={**os.environ, key: value or "1"},
        capture_output=True,
        check=False,
    )
    assert b"38;5" not in done.stdout
    assert b"\x1b[3" not in done.stdout
