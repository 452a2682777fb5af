"""The option --debug, which every command has."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from toolkit.cli.journal import JOURNAL
from toolkit.cli.sayings import TEXTS
from toolkit.cli.stopped import tell_held

_Debug = Annotated[bool, typer.Option("--debug", help=TEXTS("hjalp.debug"))]
_OPTION = Parameter("debug", Parameter.KEYWORD_ONLY, default=False, annotation=_Debug)


def with_debug(command: Callable[..., int]) -> Callable[..., int]:
    """A command with the option --debug beside its own. The command itself need not know of it."""
    own = signature(command, eval_str=True)

    @wraps(command)
    def run(*given: Any, debug: bool = False, **options: Any) -> int:
        JOURNAL.debug = debug
        with JOURNAL.command(command.__name__):
            try:
                code = command(*given, **options)
            finally:
                held = tell_held(JOURNAL.held)
            return max(code, held)

    # typer makes the options of what it reads here.
    parameters = [*own.parameters.values(), _OPTION]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run
