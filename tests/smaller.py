"""The year 2020 with less in its workbook, and two counties' returns for it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.conftest import CLEAN, ROOT, money_of
from tests.datasets import with_tables
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import TableState
from toolkit.analysis.tables import TABLES
from toolkit.report.figures import FIGURES
from toolkit.returns.submission import Return, Submission
from toolkit.spec.load import Year
from toolkit.spec.model import Earmark, SheetSpec, Spec, TableSpec

SENT = ("12", "25")
MONEY = ("ekonomi", "anslag", "huvudbok", "sarredovisning")
"""The tables that ask for money."""


def without(year: Year, *names: str) -> Year:
    """The year without these fields (`ekonomi.budget`), tables, or `earmarks`, and without the
    earmarks' conditions on them. What else in the spec mentions them stays: only checks and
    templates look at it."""
    sheets = tuple(_sheet_without(sheet, names) for sheet in year.spec.sheets)
    kept = year.spec.earmarks if "earmarks" not in names else ()
    earmarks = tuple(_earmark_without(earmark, names) for earmark in kept)
    changed = {"sheets": sheets, "earmarks": earmarks}
    return replace(year, spec=fresh(year.spec, changed))


def fresh(spec: Spec, changed: Mapping[str, Any]) -> Spec:
    """A copy with other values, that remembers nothing of what was counted out before."""
    return Spec.model_construct(**{**{name: getattr(spec, name) for name in Spec.model_fields}, **changed})  # fmt: skip


def _earmark_without(earmark: Earmark, names: tuple[str, ...]) -> Earmark:
    left = {
        address: values
        for address, values in earmark.condition.items()
        if not {address, address.partition(".")[0]} & set(names)
    }
    return earmark.model_copy(update={"condition": left})


def _sheet_without(sheet: SheetSpec, names: tuple[str, ...]) -> SheetSpec:
    tables = [_table_without(table, names) for table in sheet.tables if table.id not in names]
    return sheet.model_copy(update={"tables": tuple(tables)})


def _table_without(table: TableSpec, names: tuple[str, ...]) -> TableSpec:
    fields = tuple(field for field in table.fields if f"{table.id}.{field.id}" not in names)
    values = {name: getattr(table, name) for name in TableSpec.model_fields}
    return TableSpec.model_construct(**{**values, "fields": fields})


def data_of(year: Year) -> Dataset:
    """Two counties that have sent the clean return, as far as the year asks for it."""
    states = tuple(_state(year, code.code, code.attributes["namn"]) for code in year.spec.counties)
    rows = {}
    for table, given in CLEAN.items():
        if table in year.spec.tables:
            rows[table] = [{**row, "lan": code, "lansnamn": code, "fil": f"{code}.xlsx", "rad": 6} for code in SENT for row in given]  # fmt: skip
    return with_tables(Dataset(year, {}, states), **rows)


def _state(year: Year, code: str, name: str) -> CountyState:
    spec = year.spec
    if code not in SENT:
        missing = dict.fromkeys(spec.tables, TableState.MISSING)
        return CountyState(code, name, None, (), missing, spec.bound)
    file = f"{code}.xlsx"
    sent = Submission(file, "", code, spec.year, spec.version, {}, bound=spec.bound)
    merged = dict.fromkeys(spec.tables, TableState.MERGED)
    return CountyState(code, name, Return(file, "", sent, ()), (), merged, spec.bound)


def results_of(year: Year) -> YearResults:
    """Everything that is known of them."""
    money = money_of(data_of(year))
    lines = reconcile(money.data, {})
    return replace(money, lines=lines, parts=reconcile_parts(money.data, {}, money.series))


def with_chapter(year: Year, folder: Path, text: str) -> Year:
    """The year with one chapter, that says this."""
    shutil.copytree(ROOT / "templates/2020", folder / "2020")
    for path in (folder / "2020/report").iterdir():
        path.unlink()
    (folder / "2020/report/01-allt.md.j2").write_text(text, encoding="utf-8")
    return replace(year, folders=(folder / "2020",))


EVERYTHING = "# Allt {allt}\n\n" + "\n\n".join(
    [f"Detta står. Se [[tabell:{one.id}]]. Även detta.\n\n[[tabell:{one.id}]]" for one in TABLES]
    + [f"[[Figur:{one.id}]] visar det.\n\n[[figur:{one.id}]]" for one in FIGURES]
) + "\n"  # fmt: skip
"""A chapter that places and refers to every table and figure."""
