"""Personal numbers outside the tables: said with the place alone, never with the number."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Aside

_ON_A_SHEET = {"sidhuvud", "urval", "lank", "villkor", "formel"}
_CODES = {"strict": "PERSON-NUMMER", "loose": "PERSON-MISSTANKE"}


def check_asides(case: Case) -> Iterator[Finding]:
    """One finding for each place. It concerns the table that stands on the same sheet, or else the
    whole file."""
    county, file = case.submission.county, case.submission.file
    for aside in case.submission.asides:
        label = _label(case, aside)
        place = {"county": county, "file": file, "table": _table_on(case, aside)}
        code = _CODES[aside.kind]
        yield case.catalogue.finding(code, {"label": label}, refs=aside.refs, **place)


def _label(case: Case, aside: Aside) -> str:
    """The place in words, with the number of its sheet where it has one."""
    word, number = case.catalogue.word, aside.number
    if aside.place not in _ON_A_SHEET:
        return word(f"plats_{aside.place}", number=number)
    on_sheet = word("plats_pa_blad", number=number) if number else ""
    return word(f"plats_{aside.place}", number=on_sheet)


def _table_on(case: Case, aside: Aside) -> str | None:
    sheets = {ref.sheet for ref in aside.refs}
    for data in case.submission.tables.values():
        if data.columns.sheet in sheets:
            return data.id
    return None
