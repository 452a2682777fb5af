"""Where printed numbers come from, tried on the counties' own files: every cell holds what is said of it, and together they
come to what is printed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from toolkit.report.blocks import Figure, Paragraph, Text
from toolkit.report.derived.explain import explain
from toolkit.report.tags import bookmark_of

SUBMISSIONS = Path(__file__).parents[2] / "inputs/2020/submissions"
SUMS = ("koder", "lan_koder", "sarredovisning", "anslag")


def number(printed):
    found = re.sub(r"[\s\u00a0]", "", printed).replace("\u2212", "-").replace(",", ".")
    return Decimal(found) if re.fullmatch(r"-?\d+(\.\d+)?", found) else None


@cache
def page(file, sheet):
    """A sheet's values by their addresses."""
    rows = CalamineWorkbook.from_path(SUBMISSIONS / file).get_sheet_by_name(sheet).to_python(skip_empty_area=False)  # fmt: skip
    return {
        f"{get_column_letter(column)}{line}": value
        for line, row in enumerate(rows, 1)
        for column, value in enumerate(row, 1)
    }


@pytest.fixture(scope="module")
def tables(example_report):
    found = (block.table for block in example_report.blocks if isinstance(block, Figure))
    return {table.id: place for place, table in enumerate(found, 1)}


@pytest.fixture(scope="module")
def derived(example_report, example_money, tables):
    return cache(lambda name: explain(example_report, example_money, f"Tabell {tables[name]}"))


class DescribeATable:
    @pytest.mark.parametrize("name", SUMS)
    def it_adds_up_its_cells_to_what_is_printed(self, derived, name):
        found = [one for one in derived(name) if number(one.printed) is not None]
        assert len(found) > 7
        wrong = [
            (one.place, one.printed, [cell.shown for cell in one.cells])
            for one in found
            if sum((cell.value for cell in one.cells if isinstance(cell.value, Decimal)), Decimal(0)).quantize(Decimal(1))
            != number(one.printed)
        ]  # fmt: skip
        assert [one for one in wrong if not _rounds(one)] == []

    def it_counts_its_rows_to_what_is_printed(self, derived):
        objectives = [one for one in derived("malsattningar") if "Antal län" not in one.place]
        for one in objectives:
            rows = {(cell.file, cell.cell) for cell in one.cells if cell.sheet == "Aktiviteter"}
            assert len(rows) == int(one.printed), one.place

    def it_counts_the_steps_of_the_chain(self, derived):
        for one in derived("sammanhang"):
            first = re.search(r"\d+", one.printed)
            assert len(one.cells) == int(first[0]), one.place

    def it_counts_a_countys_facts(self, derived):
        for one in derived("lan_12"):
            if re.fullmatch(r"\d+", one.printed):
                assert len(one.cells) == int(one.printed), one.place

    def it_names_cells_that_hold_what_it_says(self, derived):
        tried = 0
        for name in ("lan_koder", "indikatorer_lan_1", "malsattningar"):
            for cell in {cell for one in derived(name) for cell in one.cells}:
                there = page(cell.file, cell.sheet)[cell.cell]
                tried += 1
                if isinstance(cell.value, Decimal) and isinstance(there, int | float):
                    assert Decimal(repr(there)) == cell.value, cell
                elif isinstance(cell.value, str):
                    assert str(there).startswith(cell.value), cell
        assert tried > 500

    def it_takes_some_rows_of_a_table(self, example_report, example_money, tables):
        found = explain(example_report, example_money, f"tabell {tables['lan_koder']}, skåne")
        assert {one.place.split(", ")[1] for one in found} == {"Skåne"}
        assert {cell.name for one in found for cell in one.cells} == {"Skåne"}

    def it_takes_the_table_that_a_figure_shows(self, example_report, example_money, derived):
        found = explain(example_report, example_money, "Figur 1")
        assert [one.tag for one in found] == [one.tag for one in derived("malsattningar")]


def _rounds(wrong):
    """Öre that are printed as whole kronor are rounded half up, not as Decimal does by itself."""
    _, printed, cells = wrong
    exact = sum((number(cell) for cell in cells if number(cell) is not None), Decimal(0))
    return abs(exact - number(printed)) <= Decimal("0.5")


class DescribeASentence:
    def it_tells_what_was_asked_and_the_cells_that_answered(self, example_report, example_money):
        found = explain(example_report, example_money, "har minst en sådan aktivitet")
        (one,) = [one for one in found if one.place == "Sammanfattning"]
        assert one.printed == "Nästan alla länsstyrelser (19 av 20)"
        assert one.asked == (
            ("lan('aktiviteter', valdsform='PMH', status=['PÅ', 'K'])", "19 av 20"),
        )
        assert len({cell.county for cell in one.cells}) == 19
        assert {cell.shown for cell in one.cells} == {"PMH", "PÅ", "K"}
        assert one.chapter.startswith("00-2-sammanfattning.md.j2, rad ")

    def it_names_the_texts_that_speak_of_something(self, example_report, example_money):
        found = explain(example_report, example_money, "nämner åklagare när")
        cells = [cell for one in found for cell in one.cells]
        assert len({cell.county for cell in cells}) == 2
        assert all("åklagar" in cell.shown.lower() for cell in cells)

    def it_leaves_no_printed_count_unexplained(self, example_report, example_money):
        printed = [
            one for one in example_report.live.values() if one.tag in _printed(example_report)
        ]
        found = {one.tag: explain(example_report, example_money, one.tag) for one in printed[::4]}
        left = [tag for tag, told in found.items() if not (told and (told[0].cells or told[0].asked))]  # fmt: skip
        assert left == [] and len(found) > 30

    def it_finds_the_cell_of_a_quotation(self, example_report, example_money):
        quoted = next(
            live for live in example_report.live.values() if live.printed.startswith("”Arbetet bedrevs")
        )  # fmt: skip
        (found,) = explain(example_report, example_money, quoted.tag)
        assert [cell.sheet for cell in found.cells] and all(len(cell.shown) > 20 for cell in found.cells)  # fmt: skip

    def it_finds_a_number_by_the_name_that_word_has(self, example_report, example_money):
        live = next(iter(example_report.live.values()))
        found = explain(example_report, example_money, bookmark_of(live.tag, live.printed))
        assert [one.tag for one in found] == [live.tag]

    def it_finds_nothing_that_is_not_there(self, example_report, example_money):
        for wanted in (
            "Tabell 999",
            "Figur 0",
            "cell_finns_inte_1",
            "den här meningen finns inte",
            "",
        ):
            assert explain(example_report, example_money, wanted) == []


def _printed(report):
    blocks = (block for block in report.blocks if isinstance(block, Paragraph))
    return {run.tag for block in blocks for run in block.runs if isinstance(run, Text)}
