"""No float on the way of an amount: from the ledger's line and the series to the workbook's cell."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest
from xlsxwriter.worksheet import Worksheet

from tests.conftest import ROOT
from tests.ledger.test_ledgers import HEADS, SHEET, read, rewritten, xlsx_of
from tests.staff.test_decisions import CHART, YEAR
from toolkit.analysis.appropriations import read_series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.grants import grants
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.analysis.shared_costs import shared_costs
from toolkit.analysis.year_on_year import compare_years
from toolkit.export.finance.workbook import write_finance
from toolkit.export.merged import write_merged
from toolkit.ledger.files import read_ledger

ROOMS = (
    "ledger",
    *(f"analysis.{name}" for name in (
        "appropriations", "decisions", "earmarks", "frames", "from_rows", "merge", "records", "reconcile", "results",
        "shared_costs", "year_on_year",
    )),
    "staff.decisions", "returns.arithmetic", "read.formats.stream",
)  # fmt: skip
WHOLE = "123456789012345,67"  # more digits than a float can hold


def floats_in(value, depth=3):
    """Whether a value is a float or holds one."""
    if isinstance(value, float):
        return True
    if not depth or isinstance(value, str | bytes | int | Decimal | type) or value is None:
        return False
    if isinstance(value, Mapping):
        return any(floats_in(one, depth - 1) for pair in value.items() for one in pair)
    if isinstance(value, list | tuple | set | frozenset):
        return any(floats_in(one, depth - 1) for one in value)
    if is_dataclass(value):
        return any(
            floats_in(getattr(value, field.name, None), depth - 1) for field in fields(value)
        )
    return False


@contextmanager
def watched():
    """Notes every function of the money's rooms that takes, keeps or gives a float."""
    seen, called = set(), set()

    def look(frame, event, arg):
        room = frame.f_globals.get("__name__", "").removeprefix("toolkit.")
        if event == "return" and room.startswith(ROOMS):
            called.add(room)
            if floats_in(arg) or floats_in(dict(frame.f_locals)):
                seen.add((room, frame.f_code.co_name))

    sys.setprofile(look)
    try:
        yield seen, called
    finally:
        sys.setprofile(None)


def ledger_in(form, amount=WHOLE):
    """Lines enough for the fast path over whole batches, the fast path over a row, and the careful one."""
    amounts = [*["1,00", "-2,50"] * 200, "7,5", amount, "1 000,25 kr", "5"]
    rows = [[str(n), "5410", "PM", "ap.4", one, "t"] for n, one in enumerate(amounts)]
    if form == "csv":
        return "\n".join(";".join(row) for row in [HEADS, *rows]).encode(), "08 Kalmar.csv"
    if form == "xlsx":
        return xlsx_of([HEADS, *rows]), "08 Kalmar.xlsx"
    plain = [one.replace(",", ".").replace(" ", "").replace("kr", "") for one in amounts]
    body = "".join(f'#TRANS 5410 {{7 "PM"}} {one}\n' for one in plain)
    return ("#FLAGGA 0\n" + body).encode(), "08 Kalmar.se"


class DescribeReading:
    @pytest.mark.parametrize("form", ["csv", "xlsx", "se"])
    def it_takes_every_path_of_a_ledger_without_a_float_and_loses_no_ore(self, form):
        data, name = ledger_in(form)
        with watched() as (seen, called):
            ledger = read_ledger(data, name, CHART, YEAR.spec.counties)
        assert (seen, ledger.transactions, ledger.bad_lines) == (set(), 404, ())
        assert ledger.control == Decimal("-300") + Decimal("7.5") + Decimal(
            "123456789012345.67"
        ) + Decimal("1005.25")
        assert {"ledger.tally", {"se": "ledger.sie"}.get(form, "ledger.table")} <= called

    @pytest.mark.parametrize(
        ("stored", "amount"),
        [
            ("1234.5599999999999", "1234.56"),
            ("1.5E3", "1500"),
            ("-2E-2", "-0.02"),
            ("0.30000000000000004", "0.3"),
        ],
    )
    def it_reads_a_number_as_excel_shows_it_however_it_is_stored(self, stored, amount):
        data = xlsx_of([HEADS, ["1", "5410", "PM", "ap.4", 77, "t"]])
        data = rewritten(
            data, SHEET, lambda part: part.replace(b"<v>77</v>", f"<v>{stored}</v>".encode())
        )
        with watched() as (seen, _):
            ledger = read(data)
        assert (ledger.control, seen) == (Decimal(amount), set())

    @pytest.mark.parametrize("stored", ["NaN", "INF", "1E400", "1E-400"])
    def it_lists_a_number_that_is_no_amount(self, stored):
        data = xlsx_of([HEADS, ["1", "5410", "PM", "ap.4", 77, "t"]])
        data = rewritten(
            data, SHEET, lambda part: part.replace(b"<v>77</v>", f"<v>{stored}</v>".encode())
        )
        assert read(data).bad_lines == ((2, stored),)


@pytest.fixture(scope="module")
def made(example):
    """The whole finance check of the example year, and the rooms where a float was seen on the way."""
    with watched() as (seen, called):
        found = [
            read_ledger(path.read_bytes(), path.name, CHART, YEAR.spec.counties)
            for path in (ROOT / "inputs/2020/ledgers").iterdir()
        ]
        ledgers = {ledger.county: ledger for ledger in found}
        series = read_series(
            (ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv"
        )
        lines, parts = reconcile(example, ledgers), reconcile_parts(example, ledgers, series)
        finance = YearResults(example, earmark_verdicts(example, YEAR.spec.earmarks[0]), series, lines=lines, ledgers=ledgers, parts=parts, before=example)  # fmt: skip
        costs, years = shared_costs(example), compare_years(example, example)
        subjects = finance.subjects()
    assert all((costs, years, subjects))
    return finance, seen, called


class DescribeTheCheck:
    def it_sees_no_float_between_the_rows_and_what_is_found(self, made):
        _, seen, called = made
        assert seen == set()
        assert {
            "analysis.reconcile",
            "analysis.shared_costs",
            "analysis.year_on_year",
            "analysis.appropriations",
            "analysis.merge",
            "analysis.decisions",
            "analysis.frames",
        } <= called

    def it_gives_every_grant_as_a_decimal(self, made):
        assert {type(grant.amount) for grant in grants(made[0].data)} == {Decimal}

    @pytest.mark.parametrize("write", [write_finance, lambda finance: write_merged(finance.data)])
    def it_hands_xlsxwriter_no_float(self, made, monkeypatch, write):
        handed = set()

        def noting(method, place):
            def write(self, *arguments):
                handed.update(type(one) for one in arguments[place : place + 1])
                return method(self, *arguments)

            return write

        for name, place in (("write_number", 2), ("write_formula", 4)):
            monkeypatch.setattr(Worksheet, name, noting(getattr(Worksheet, name), place))
        write(made[0])
        assert Decimal in handed
        assert handed <= {Decimal, int, str}

    def it_writes_all_sixteen_digits_that_the_format_holds(self):
        data = xlsx_of([[Decimal("-12345678901234.57"), Decimal("0.1")]])
        parts = []
        rewritten(data, SHEET, lambda part: parts.append(part) or part)
        assert b"<v>-12345678901234.57</v>" in parts[0]
        assert b"<v>0.1</v>" in parts[0]


class DescribeTheCode:
    def it_names_no_float_in_the_rooms_of_money(self):
        paths = [
            ROOT / "toolkit" / f"{room.replace('.', '/')}.py" for room in ROOMS if room != "ledger"
        ]
        found = [
            (path.name, node.lineno)
            for path in [*paths, *(ROOT / "toolkit/ledger").glob("*.py")]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if (isinstance(node, ast.Name) and node.id == "float")
            or (isinstance(node, ast.Constant) and isinstance(node.value, float))
        ]
        assert found == []
