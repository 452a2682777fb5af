"""Computed fields that stand before those they follow from: LibreOffice reckons them apart from us."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import ROOT, shortened
from toolkit.spec.load import load_year
from toolkit.template import write_template

CONTENT = {
    "ekonomi": [
        {"verksamhetskod": "PM", "utfall": Decimal("1.25")},
        {"verksamhetskod": "PM", "utfall": Decimal("2.50")},
    ],
    "huvudbok": [{"verksamhetskod": "PM", "huvudbok": Decimal(10)}],
    "anslag": [{"anslagspost": "ap.4", "tilldelning": Decimal(7), "utgifter": Decimal(2)}],
}

ANSWERS = {"anslag": {7, 5, 2}, "huvudbok": {10, 6.25, 3.75}}


@pytest.fixture(scope="module")
def backwards(tmp_path_factory):
    """The year with each of two tables' last sums before those that they are made of."""
    templates = tmp_path_factory.mktemp("bakvand") / "templates"
    shutil.copytree(ROOT / "templates", templates)
    path = templates / "2020/arbetsbok.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for last, first in (("utgaende", "disponibelt"), ("differens", "ekonomi")):
        here = max(n for n, line in enumerate(lines) if f"{{id: {last}," in line)
        there = max(n for n, line in enumerate(lines[:here]) if f"{{id: {first}," in line)
        lines.insert(there, lines.pop(here))
    path.write_text("".join(lines), encoding="utf-8")
    return load_year(templates, 2020)


@pytest.fixture(scope="module")
def filled(backwards):
    spec = shortened(backwards.spec)
    return write_template(spec, spec.lists["lan"].by_code["12"], backwards.texts("mall"), CONTENT)


def numbers(data, sheet):
    """The numbers on a sheet of what is stored in a file, row by row."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    rows = [
        [c for c in row if isinstance(c, int | float)]
        for row in book[sheet].iter_rows(values_only=True)
    ]
    return [row for row in rows if row]


class DescribeSumsThatStandBeforeTheirParts:
    def it_stores_what_another_program_reckons(self, filled, backwards, convert):
        counted = convert(filled, "fil.xlsx", "xlsx:Calc MS Excel 2007 XML")
        for table in ("anslag", "huvudbok"):
            sheet = backwards.spec.sheet_of[table].label
            stored = numbers(filled, sheet)
            assert stored == numbers(counted, sheet)
            assert any(ANSWERS[table] <= set(row) for row in stored)
