"""Completing a command line by the tab key: the shell's own script, and what it asks for."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from toolkit.cli.sayings import TEXTS
from toolkit.cli.stopped import DONE
from toolkit.files.errors import CannotBeDone

SHELLS = ("bash", "zsh", "fish", "powershell")
_ASKING = "_LANSRAPPORT_COMPLETE"
"""By this variable of the environment the script asks what may come next (typer's convention)."""


def completion(shell: Annotated[str, typer.Argument(help=TEXTS("hjalp.skal"))]) -> int:
    """The script that completes our command line in a shell."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    known = shell.lower().removesuffix(".exe").replace("pwsh", "powershell")
    if known not in SHELLS:
        raise CannotBeDone("fel.skal", shell=shell)
    print(get_completion_script(prog_name="lansrapport", complete_var=_ASKING, shell=known))
    return DONE


def answer_the_shell() -> None:
    """Make ready to answer, where it is a shell that asks: everything else goes without."""
    if _ASKING in os.environ:
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
