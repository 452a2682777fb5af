"""Conditions on numbers, and on what is computed: the workbook and the check say the same, and what
a condition means."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from tests.smaller import fresh
from toolkit.checks.file import judge
from toolkit.spec.model import TableSpec
from toolkit.template import place_tables, write_template

UNKNOWN = "u.s."
CONDITIONS = [
    ({"tal": ("0",)}, lambda row: row["tal"] == 0),
    ({"tal": ("0.5", "3")}, lambda row: row["tal"] in (Decimal("0.5"), 3)),
    ({"tal": ("0", UNKNOWN)}, lambda row: row["tal"] in (0, UNKNOWN)),
    ({"tal": ("e.t.",)}, lambda row: row["tal"] == "e.t."),
    ({"tal": ("*",)}, lambda row: isinstance(row["tal"], int | Decimal)),
    ({"tal": (">0",)}, lambda row: isinstance(row["tal"], int | Decimal) and row["tal"] > 0),
    ({"tal": ("-5",)}, lambda row: row["tal"] == -5),
    ({"ar": ("1950",)}, lambda row: row["ar"] == 1950),
    ({"hel": ("10000",)}, lambda row: row["hel"] == 10_000),
    ({"summa": ("2000",)}, lambda row: row["kr"] + row["mer"] == 2000),
    ({"summa": (">0",)}, lambda row: row["kr"] + row["mer"] > 0),
    ({"tal": ("3",), "ar": ("1950", "1951")}, lambda row: row["tal"] == 3 and row["ar"] in (1950, 1951)),
]  # fmt: skip
ROWS = [
    {"tal": 0, "ar": 1950, "hel": 10_000, "kr": Decimal(1000), "mer": Decimal(1000)},
    {"tal": Decimal("0.5"), "ar": 1951, "hel": 1, "kr": Decimal(0), "mer": Decimal(0)},
    {"tal": 3, "ar": 1951, "hel": 0, "kr": Decimal("1999.50"), "mer": Decimal("0.50")},
    {"tal": UNKNOWN, "ar": 1952, "hel": 10_001, "kr": Decimal(-10), "mer": Decimal(5)},
    {"tal": "e.t.", "ar": 1950, "hel": 100, "kr": Decimal(5), "mer": Decimal(-5)},
    {"tal": -5, "ar": 1949, "hel": 10_000, "kr": Decimal(2000), "mer": Decimal(0)},
]
WANTED = [{f"Svar {n}" for n, (_, holds) in enumerate(CONDITIONS) if holds(row)} for row in ROWS]


def _table() -> TableSpec:
    numbers = [
        {"id": "id", "label": "Rad", "type": "id", "required": True, "pattern": r"R\d{1,3}", "example": "R1"},
        {"id": "tal", "label": "Tal", "type": "number", "specials": True},
        {"id": "ar", "label": "Byggår", "type": "year"},
        {"id": "hel", "label": "Hela", "type": "integer"},
        {"id": "kr", "label": "Belopp", "unit": "kr", "type": "amount"},
        {"id": "mer", "label": "Mera", "unit": "kr", "type": "amount"},
        {"id": "summa", "label": "Summa", "unit": "kr", "type": "amount", "computed": {"plus": ["kr", "mer"]}},
    ]  # fmt: skip
    answers = [
        {"id": f"v{n}", "label": f"Svar {n}", "type": "text"} for n in range(len(CONDITIONS))
    ]
    rules = [
        {"kind": "required_when", "field": f"v{n}", "when": when, "code": "RAD-KRAV"}
        for n, (when, _) in enumerate(CONDITIONS)
    ]
    return TableSpec.model_validate(
        {
            "id": "prov",
            "label": "Prov",
            "capacity": 10,
            "fields": [*numbers, *answers],
            "rules": rules,
        }
    )


@pytest.fixture(scope="module")
def asking(year):
    """The year with a table whose answers are required by numbers, beside its own form."""
    form = next(sheet for sheet in year.spec.sheets if sheet.id == "uppgifter")
    form = form.model_copy(update={"tables": form.tables[:1]})
    own = form.model_copy(update={"id": "prov", "label": "Prov", "tables": (_table(),)})
    others = [sheet for sheet in year.spec.sheets if sheet.kind in {"control", "lists"}]
    return replace(year, spec=fresh(year.spec, {"sheets": (form, own, *others), "earmarks": ()}))


@pytest.fixture(scope="module")
def sent(asking, workbook):
    rows = [{"id": f"R{n}", **row} for n, row in enumerate(ROWS, 1)]
    county = asking.spec.lists["lan"].by_code["12"]
    return write_template(asking.spec, county, asking.texts("mall"), {"prov": rows})


class DescribeConditionsOnNumbers:
    def it_requires_what_the_conditions_mean(self, asking, sent):
        found = judge(sent, "fil.xlsx", {2020: asking})
        told = [set() for _ in ROWS]
        placement = place_tables(asking.spec)["prov"]
        labels = {placement.columns[f"v{n}"][0]: f"Svar {n}" for n in range(len(CONDITIONS))}
        for one in found.findings:
            if one.code == "RAD-KRAV":
                for ref in one.refs:
                    told[ref.row - placement.first_row].add(labels[ref.column])
        assert told == WANTED

    @pytest.mark.libreoffice
    def it_says_the_same_in_the_workbook(self, asking, sent, convert):
        book = openpyxl.load_workbook(
            io.BytesIO(convert(sent, "mall.xlsx", "xlsx")), data_only=True
        )
        first = place_tables(asking.spec)["prov"].first_row
        said = [book["Prov"].cell(first + n, 1).value or "" for n in range(len(ROWS))]
        assert [words(one) for one in said] == WANTED


def words(said: str) -> set[str]:
    """The fields that the words on a row name as missing: `Saknas: Svar 0, Svar 2.`"""
    return set(said.removeprefix("Saknas: ").rstrip(".").split(", ")) if said else set()
