"""A small year, and sheets written by hand, for the tests of reading's parts: no workbook is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.formats.second_view import SecondView
from toolkit.read.formats.shape import Shape, SheetShapes
from toolkit.read.locate import Located, locate
from toolkit.read.remarks import Remark
from toolkit.spec.model import Spec

PURCHASES = {
    "id": "kop",
    "label": "Köp",
    "fields": [
        {"id": "id", "label": "Köp-id", "type": "id", "required": True, "pattern": r"K\d+", "example": "K1"},
        {"id": "slag", "label": "Slag", "type": "code", "list": "slag", "required": True, "example": "T"},
        {"id": "belopp", "label": "Belopp", "unit": "kr", "type": "amount", "required": True, "specials": True,
         "aliases": ["Kostnad"], "example": "10"},
        {"id": "moms", "label": "Moms", "type": "amount", "example": "2"},
        {"id": "dag", "label": "Dag", "type": "date", "required": True, "example": "2020-01-31"},
        {"id": "plats", "label": "Plats", "type": "codes", "list": "plats", "choices": 2, "required": True},
        {"id": "summa", "label": "Summa", "type": "amount", "computed": {"plus": ["belopp", "moms"]}},
    ],
}  # fmt: skip
TOTALS = {
    "id": "totalt", "label": "Totalt", "kind": "fixed", "rows_from": "slag",
    "fields": [{"id": "slag", "label": "Slag", "type": "code", "list": "slag"},
               {"id": "total", "label": "Total", "type": "amount"}],
}  # fmt: skip
FORM = {
    "id": "svar", "label": "Uppgifter", "kind": "form",
    "fields": [{"id": "lan", "label": "Länsstyrelse", "type": "code", "list": "lan"},
               {"id": "ar", "label": "År", "type": "year"},
               {"id": "namn", "label": "Namn", "type": "text"}],
}  # fmt: skip
SPEC = Spec.model_validate({
    "year": 2020, "version": "1", "title": "", "agency": "", "unknown": "u.s.",
    "not_applicable": "e.t.", "empty_texts": {"marks": "-", "phrases": [], "beginnings": []},
    "total_words": ["summa", "totalt"],
    "limits": {"trend_amount": 1, "trend_count": 1, "trend_percent": 1, "secrecy_minimum": 1, "alike_percent": 1,
               "spend_over_budget_percent": 1, "tkr_ceiling": 1, "shared_activities": 1,
               "shift_rows": 3, "shift_columns": 3, "shift_percent": 80},
    "codelists": [{"id": "slag", "label": "Slag", "codes": ["T Tältduk", "B Brokonsult"]},
                  {"id": "plats", "label": "Platser", "codes": ["N Norr", "S Söder", "V Väster"]},
                  {"id": "lan", "label": "Län", "codes": ["01 Stockholm", "12 Skåne"]}],
    "sheets": [{"id": "svar", "label": "Uppgifter", "tables": [FORM]},
               {"id": "kop", "label": "Köp", "tables": [PURCHASES]},
               {"id": "totalt", "label": "Totalt", "tables": [TOTALS]},
               {"id": "kontroll", "label": "Kontroll", "kind": "control"}],
})  # fmt: skip

KEYS = ["lr:kop", "id", "slag", "belopp", "moms", "dag", "plats.1", "plats.2", "summa"]
HEADINGS = [
    "",
    "Köp-id *",
    "Slag *",
    "Belopp (kr) *",
    "Moms",
    "Dag *",
    "Plats 1 *",
    "Plats 2",
    "Summa",
]
ROW = ["", "K1", "T", 100, 25, "2020-03-15", "N", "", 125]
"""The hidden keys, the headings and a row of the list `kop`, from column A."""
FIRST = 6
"""The sheet's row in which the first record stands."""


def purchases(
    *rows: Sequence[object], headings: Sequence[object] = HEADINGS, name: str = "Köp"
) -> RawSheet:
    """The sheet of the list as the template has it, with these rows below its headings."""
    return RawSheet(name, [KEYS, ["", "Köp"], ["", "Vad som köptes"], ["Exempel"], headings, *rows])


def located(sheet: RawSheet, table: str = "kop") -> Located:
    """The place of a table on a sheet by itself."""
    return locate(RawBook((sheet,)), SPEC)[table]


def rows(count: int) -> list[list[object]]:
    """So many different rows of the list."""
    days = [f"2020-03-{number:02}" for number in range(1, count + 1)]
    return [
        ["", f"K{n}", "T", 100 + n, 25, day, "N", "S", 125 + n] for n, day in enumerate(days, 1)
    ]


def said(remarks: Sequence[Remark]) -> list[tuple[str, str]]:
    """Codes with their cells."""
    return [(remark.code, ", ".join(ref.cell for ref in remark.refs)) for remark in remarks]


def seen(sheet: str, shape: Shape) -> SecondView:
    """A second view with one sheet's looks."""
    return replace(SecondView(), looks=SheetShapes({sheet: shape}))
