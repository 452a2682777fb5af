"""The option --json of the commands that make files: what they find and what they write, for
another program."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature
from typing import Any

from toolkit.cli.arguments import AsJson
from toolkit.cli.journal import JOURNAL
from toolkit.cli.sayings import noting_findings, silence

_OPTION = Parameter("as_json", Parameter.KEYWORD_ONLY, default=False, annotation=AsJson)


def with_objects(command: Callable[..., int]) -> Callable[..., int]:
    """A command that can be asked for objects: one a line, first each finding as `check` gives it,
    then each file that was written, `{"written": "outputs/2020/internt/ekonomi.xlsx"}`."""
    own = signature(command, eval_str=True)

    @wraps(command)
    def run(*given: Any, as_json: bool = False, **options: Any) -> int:
        JOURNAL.objects = as_json
        if not as_json:
            return command(*given, **options)
        with noting_findings() as found, silence():
            code = command(*given, **options)
        for finding in found:
            print(json.dumps(finding.as_json(), ensure_ascii=False))
        for path in dict.fromkeys(JOURNAL.noted.written):
            shown = JOURNAL.space.shown(path) if JOURNAL.space else str(path)
            print(json.dumps({"written": shown}, ensure_ascii=False))
        return code

    # typer makes the options of what it reads here.
    parameters = [*own.parameters.values(), _OPTION]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run
