"""The options that every command has: --debug, --utan-minne, -q and -v."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from toolkit.cli.journal import JOURNAL
from toolkit.cli.sayings import TEXTS, silence
from toolkit.cli.stopped import tell_each, tell_held

_Debug = Annotated[bool, typer.Option("--debug", help=TEXTS("hjalp.debug"))]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=TEXTS("hjalp.quiet"))]
_Verbose = Annotated[bool, typer.Option("--verbose", "-v", help=TEXTS("hjalp.verbose"))]
_Forget = Annotated[bool, typer.Option("--utan-minne", help=TEXTS("hjalp.utan_minne"))]
_OPTIONS = [
    Parameter(name, Parameter.KEYWORD_ONLY, default=False, annotation=annotation)
    for name, annotation in (
        ("quiet", _Quiet),
        ("verbose", _Verbose),
        ("debug", _Debug),
        ("utan_minne", _Forget),
    )
]


def with_debug(command: Callable[..., int]) -> Callable[..., int]:
    """A command with these options beside its own. The command itself need not know of them."""
    own = signature(command, eval_str=True)

    @wraps(command)
    def run(
        *given: Any,
        quiet: bool = False,
        verbose: bool = False,
        debug: bool = False,
        utan_minne: bool = False,
        **options: Any,
    ) -> int:
        JOURNAL.debug, JOURNAL.forgets = debug, utan_minne
        with silence() if quiet else nullcontext(), JOURNAL.command(command.__name__):
            try:
                code = command(*given, **options)
            finally:
                held = tell_held(JOURNAL.noted.held)
            if verbose:
                tell_each(JOURNAL.noted.written)
            return max(code, held)

    # typer makes the options of what it reads here.
    parameters = [*own.parameters.values(), *_OPTIONS]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run
