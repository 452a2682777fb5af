"""Examples that a year has from the year before, and whose code has ended: a code that is valid
takes its place, so that the workbook shows an answer that can be given."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from toolkit.spec.model import Spec


def with_living_examples(data: Any, spec: Spec) -> Any:
    """The plain data of a spec with the examples that can be answered; the same where all can."""
    lapsed = dict(_lapsed(spec))
    if not lapsed:
        return data
    made = deepcopy(data)
    for sheet in made["sheets"]:
        for table in sheet.get("tables", ()):
            for field in table["fields"]:
                field["example"] = lapsed.get((table["id"], field["id"]), field.get("example", ""))
    return made


def _lapsed(spec: Spec) -> Iterator[tuple[tuple[str, str], str]]:
    """The fields whose example is a code that has ended, each with another: nothing where no code
    of the list is valid."""
    for table in spec.tables.values():
        for field in table.fields:
            codelist = spec.lists.get(field.list or "")
            code = codelist.named(field.example) if codelist and field.example else None
            if codelist is not None and code is not None and not code.is_valid_in(spec.year):
                valid = [one.shown for one in codelist.valid_in(spec.year)]
                yield (table.id, field.id), (valid or [""])[0]
