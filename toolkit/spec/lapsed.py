"""Examples that a year has from the year before, and whose code has ended: a code that is valid
takes its place, so that the workbook shows an answer that can be given."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from toolkit.spec.model import Field, Spec


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
            living = _instead(spec, field)
            if living is not None:
                yield (table.id, field.id), living


def _instead(spec: Spec, field: Field) -> str | None:
    """What a field's example has to become; None where it can stand."""
    codelist = spec.list_for(field)
    if codelist is None or not field.example:
        return None
    code = codelist.named(field.example)
    if code is None or code.is_valid_in(spec.year):
        return None
    return next((one.shown for one in codelist.valid_in(spec.year)), "")
