"""The option --json of the commands that make files or tell of them: what they find and what they
write, for another program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import Any

from toolkit.cli.arguments import AsJson
from toolkit.cli.journal import JOURNAL
from toolkit.cli.notes import SaidObject, noting_objects
from toolkit.cli.sayings import silence

_OPTION = Parameter("as_json", Parameter.KEYWORD_ONLY, default=False, annotation=AsJson)


def with_objects(command: Callable[..., int]) -> Callable[..., int]:
    """A command that can be asked for objects: one a line, first what it has to say in the order in
    which it says it (a finding as `check` gives it), then each file that was written,
    `{"written": "outputs/2020/internt/ekonomi.xlsx"}`."""
    own = signature(command, eval_str=True)

    @wraps(command)
    def run(*given: Any, as_json: bool = False, **options: Any) -> int:
        JOURNAL.objects = as_json
        if not as_json:
            return command(*given, **options)
        with noting_objects() as found, silence():
            code = command(*given, **options)
        for one in (*found, *_written()):
            print(json.dumps(one, ensure_ascii=False))
        return code

    # typer makes the options of what it reads here.
    parameters = [*own.parameters.values(), _OPTION]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _written() -> Iterator[SaidObject]:
    """The files that were written and are still there: what is made to be compared is taken away
    again."""
    for path in filter(Path.exists, dict.fromkeys(JOURNAL.noted.written)):
        yield {"written": JOURNAL.space.shown(path) if JOURNAL.space else str(path)}
