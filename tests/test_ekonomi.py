"""The finance officer's workbook: what its sheets say, and that LibreOffice's sums are the toolkit's to the öre."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT

from toolkit.appropriations import read_series
from toolkit.export.ekonomi import Finance, write_finance
from toolkit.merge import PROVENANCE
from toolkit.reconcile import earmark_verdicts
from toolkit.sharing import SharedSum, shared_costs, shared_sum
from toolkit.specfile import load_year

YEAR = load_year(ROOT / "templates", 2020)
FIELDS = [*PROVENANCE, *(field.id for field in YEAR.spec.tables["ekonomi"].fields)]
NAMES = {"12": "Skåne", "14": "Västra Götaland", "19": "Västmanland"}
LINE = {
    "lan": "12", "blad": "Ekonomi", "verksamhetskod": "PM", "anslag": "3:1", "anslagspost": "ap.4", "malsattning": "1",
    "valdsform": "PMH", "kostnadsslag": "KÖP", "slag": "K", "utfall": Decimal(100),
}  # fmt: skip


def lines_of(*lines):
    """Rows of Ekonomi, each with what differs from a plain one."""
    rows = [{**dict.fromkeys(FIELDS), **LINE, **line, "id": f"E{n}", "rad": n + 5} for n, line in enumerate(lines, 1)]
    for row in rows:
        row |= {"lansnamn": NAMES[row["lan"]], "fil": f"Redovisning {NAMES[row['lan']]} 2020.xlsx"}
    return pd.DataFrame(rows, columns=FIELDS, dtype=object)


@pytest.fixture(scope="module")
def with_lines(example):
    """A finance check of a year that holds these lines."""

    def make(*lines, **more):
        data = replace(example, tables={**example.tables, "ekonomi": lines_of(*lines)})
        series = more.pop("series", None) or read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "a.csv")
        return Finance(data, earmark_verdicts(data, YEAR.spec.earmarks[0]), [], {}, series, **more)

    return make


@pytest.fixture(scope="module")
def whole(example):
    """The example year without ledgers, its files lying where they lie in the working folder."""
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    files = {county.counts.file: f"../../inputs/2020/submissions/{county.counts.file}" for county in example.counties}
    return Finance(example, earmark_verdicts(example, YEAR.spec.earmarks[0]), [], {}, series, places=files)


def sheet_of(finance, name):
    return openpyxl.load_workbook(io.BytesIO(write_finance(finance)))[name]


def table_of(page, header):
    """The rows below a heading row, by heading."""
    heads = [cell.value for cell in page[header]]
    rows = page.iter_rows(min_row=header + 1)
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in rows]


@pytest.fixture
def recalculated(convert):
    """The values of a sheet as LibreOffice calculates them."""

    def read(finance, name):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(convert(write_finance(finance), "e.xlsx", "ods")))
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    return read


class DescribeSharedCosts:
    SHARED = (
        {"kostnadsslag": "LOK", "andel": Decimal(25), "grund": "YTA", "utfall": Decimal("100.01")},
        {"kostnadsslag": "OH", "andel": Decimal(30), "grund": "ÅA", "utfall": Decimal("1000.00")},
        {"kostnadsslag": "OH", "grund": "ÅA", "utfall": Decimal(50)},
        {"kostnadsslag": "BID", "slag": "U", "andel": Decimal(40), "grund": "SCH", "utfall": Decimal("0.05")},
        {"utfall": Decimal(999)},
    )

    def it_takes_the_lines_with_a_share_and_all_overhead(self, with_lines):
        costs = shared_costs(with_lines(*self.SHARED).data)
        assert [(cost.row["id"], cost.part, cost.whole) for cost in costs] == [
            ("E1", Decimal("100.01"), Decimal("400.04")), ("E2", Decimal(1000), Decimal("3333.33")),
            ("E3", Decimal(50), Decimal(50)), ("E4", Decimal("0.05"), Decimal("0.13")),
        ]  # fmt: skip

    def it_never_adds_utgift_to_kostnad_nor_overhead_to_the_rest(self, with_lines):
        costs = shared_costs(with_lines(*self.SHARED).data)
        found = {(kind, oh): shared_sum(costs, kind, overhead=oh) for kind in "UK" for oh in (False, True)}
        assert found == {
            ("U", False): SharedSum(Decimal("0.05"), Decimal("0.13")), ("U", True): SharedSum(Decimal(0), Decimal(0)),
            ("K", False): SharedSum(Decimal("100.01"), Decimal("400.04")),
            ("K", True): SharedSum(Decimal(1050), Decimal("3383.33")),
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("line", "doubts"),
        [
            ({"andel": Decimal(0), "grund": "ÅA"}, ("andel_noll",)),
            ({"andel": Decimal(0), "grund": "ÅA", "utfall": Decimal(0)}, ()),
            ({"andel": Decimal(100), "grund": "ÅA"}, ()),
            ({"andel": Decimal(101), "grund": "ÅA"}, ("andel_utanfor",)),
            ({"andel": Decimal(-1)}, ("andel_utanfor", "grund_saknas")),
            ({"andel": Decimal(20), "grund": "ÅA", "slag": None}, ("slag_saknas",)),
        ],
    )
    def it_says_what_to_look_into(self, with_lines, line, doubts):
        assert [cost.doubts for cost in shared_costs(with_lines(line).data)] == [doubts]

    def it_shows_ground_share_and_doubt_of_every_line(self, with_lines):
        page = sheet_of(with_lines(*self.SHARED[:2], {"andel": Decimal(0), "utfall": Decimal(7)}), "Fördelning")
        rows = table_of(page, 10)
        shown = ("Rad-id", "OH", "Fördelningsgrund", "Fördelningsandel", "Kostnad, länets del (kr)", "Att se över")
        assert [tuple(row[name] for name in shown) for row in rows] == [  # a blank text is an empty text
            ("E1", "Nej", "YTA – Lokalyta", 25, 100.01, ""), ("E2", "Ja", "ÅA – Årsarbetskrafter", 30, 1000, ""),
            ("E3", "Nej", "", 0, 7, "Andelen är 0 men länet har ett utfall. Fördelningsgrund saknas."),
        ]  # fmt: skip

    @pytest.mark.libreoffice
    def it_has_formulas_that_give_the_toolkits_numbers(self, recalculated, with_lines):
        rows = recalculated(with_lines(*self.SHARED), "Fördelning")
        sums = {row[0]: row[8:12] for row in rows[4:8]}
        assert sums == {
            "Utan OH": [0.05, 0.13, 100.01, 400.04], "OH": [0, 0, 1050, 3383.33],
            "Med OH": [0.05, 0.13, 1150.01, 3783.37], "De rader som filtret visar": [0.05, 0.13, 1150.01, 3783.37],
        }  # fmt: skip

    @pytest.mark.libreoffice
    def it_adds_up_the_example_year_to_the_ore(self, recalculated, whole):
        rows = recalculated(whole, "Fördelning")
        costs = shared_costs(whole.data)
        for place, overhead in ((4, False), (5, True)):
            sums = [shared_sum(costs, kind, overhead=overhead) for kind in "UK"]
            assert [Decimal(str(value)).quantize(Decimal("0.01")) for value in rows[place][8:12]] == [
                amount for one in sums for amount in (one.part, one.whole)
            ]
