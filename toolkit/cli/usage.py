"""What is wrong with a command line."""

from __future__ import annotations

import re
from typing import Protocol

from toolkit.cli.sayings import TEXTS

_WRITTEN = re.compile(r"No such command '([^']+)'")
_USAGE_FAULTS = {"MissingParameter", "BadParameter", "NoSuchOption", "BadOptionUsage"}


class _Context(Protocol):
    """As much of typer's context as is looked at: a command, and the one that it belongs to."""

    parent: _Context | None
    info_name: str


def usage_fault(error: Exception) -> str:
    """What is wrong with a command line, of an error that typer raises. What it says itself is in
    English."""
    fault = TEXTS(f"fel.kommando.{_usage_kind(error)}", name=_named(error))
    called = ["lansrapport", *command_names(getattr(error, "ctx", None)), "--help"]
    return " ".join((fault + _meant(error), TEXTS("fel.kommando.hjalp", command=" ".join(called))))


def _meant(error: Exception) -> str:
    """Which option or command was meant, as a question."""
    from toolkit.spec.faults import (  # loads the whole spec: only what is wrong needs it
        likely_of,
        meant,
    )

    options = {one.lstrip("-"): one for one in getattr(error, "possibilities", None) or ()}
    if options:
        likely = likely_of(_named(error).lstrip("-"), options)
        return meant(options[likely], [options[likely]]) if likely else ""
    written = _WRITTEN.search(str(error))
    commands = getattr(getattr(getattr(error, "ctx", None), "command", None), "commands", {})
    return meant(written[1], commands) if written else ""


def _usage_kind(error: Exception) -> str:
    """The name of the text about it."""
    kind = type(error).__name__
    if kind in _USAGE_FAULTS:
        # Of these two typer has one class.
        return "NoValue" if "does not take" in str(error) else kind
    # typer has one class for all the rest, and tells them apart in its English text alone
    return "NoSuchCommand" if "No such command" in str(error) else "UsageError"


def _named(error: Exception) -> str:
    """The option or argument that it is about, as the user knows it; empty when it is about
    none."""
    param = getattr(error, "param", None)
    name: str = getattr(error, "option_name", None) or (param.opts[0] if param else "")
    # An option is written `-V` or `--datum` by the user too; an argument has a name in code alone.
    return name if not name or name.startswith("-") else TEXTS(f"fel.kommando.namn.{name}")


def command_names(context: _Context | None) -> list[str]:
    """The names of a command and those that it belongs to, without the program's own."""
    if context is None or context.parent is None:
        return []
    return [*command_names(context.parent), context.info_name]
