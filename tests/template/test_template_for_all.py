"""The template for everybody: contrasts, the order of the keys, what is printed, and words beside colours."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.template import place_tables
from toolkit.template.style import BASE, NUMBER_FORMATS, ROLES
from toolkit.template.tables import is_list_alone
from toolkit.words.cells import column_letter

WHITE = "#FFFFFF"
MARKS = ("missing", "wrong", "asked", "good")  # laid over a cell whose text keeps its own colour


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    """As WCAG 2.1 defines it: 1 for the same colour, 21 for black on white."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture(scope="module")
def blank(workbook):
    return workbook({})


@pytest.fixture(scope="module")
def book(blank):
    return openpyxl.load_workbook(io.BytesIO(blank))


class DescribeTheTemplateForEverybody:
    def it_knows_contrast(self):
        assert contrast("#000000", WHITE) == pytest.approx(21)
        assert contrast("#777777", WHITE) < 4.5 < contrast("#767676", WHITE)

    @pytest.mark.parametrize("role", [role for role in ROLES if role != "hidden"])
    def it_has_enough_contrast_in_every_role(self, role):
        look = {**BASE, **ROLES[role]}
        assert contrast(look["font_color"], look.get("bg_color", WHITE)) >= 4.5

    @pytest.mark.parametrize("mark", MARKS)
    @pytest.mark.parametrize("role", ["input", "prefilled", "verdict"])
    def it_keeps_the_contrast_under_every_mark(self, mark, role):
        assert contrast({**BASE, **ROLES[role]}["font_color"], ROLES[mark]["bg_color"]) >= 4.5

    def it_hides_only_what_stands_in_hidden_rows_and_columns(self, book, year):
        for place in place_tables(year.spec).values():
            sheet = book[place.sheet]
            assert sheet.row_dimensions[place.key_row].hidden
            assert sheet.column_dimensions["A"].hidden == (place.status_column != 1)

    def it_leads_the_tab_key_through_the_fields_in_their_order(self, book, year):
        for place in place_tables(year.spec).values():
            sheet = book[place.sheet]
            if place.rows:
                reached = [
                    name
                    for name, row in place.rows.items()
                    if not sheet.cell(row, 3).protection.locked
                ]
                assert reached == [field.id for field in place.table.fields]
                continue
            row = sheet[place.first_row][: place.last_column]
            reached = [cell.column for cell in row if not cell.protection.locked]
            fields = place.table.fields[1:] if place.table.kind == "fixed" else place.table.fields
            # The rows of a list have no locked cell, so that they can be deleted: not what says what they lack either.
            status = (
                [place.status_column]
                if is_list_alone(year.spec.sheet_of[place.table.id].tables)
                else []
            )
            wanted = [
                column
                for field in fields
                if not field.computed
                for column in place.columns[field.id]
            ]
            assert reached == status + wanted

    def it_says_in_words_what_the_colours_say(self, book, year):
        for place in place_tables(year.spec).values():
            sheet = book[place.sheet]
            assert sheet.cell(place.header_row, place.status_column).value == "Kontroll"
            rows = list(place.rows.values()) or [place.first_row, place.last_row]
            for row in rows:
                assert str(sheet.cell(row, place.status_column).value).startswith("=")

    def it_prints_the_rows_in_use_on_a4_across_with_the_headings_on_every_page(
        self, blank, book, year
    ):
        names = zipfile.ZipFile(io.BytesIO(blank)).read("xl/workbook.xml").decode()
        for sheet in (
            book[described.label] for described in year.spec.sheets if len(described.tables) == 1
        ):
            place = next(
                place for place in place_tables(year.spec).values() if place.sheet == sheet.title
            )
            assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == (
                "landscape",
                9,
            )
            assert sheet.print_title_rows == f"${place.header_row}:${place.header_row}"
            assert sheet.freeze_panes == f"C{place.header_row + 1}"
            assert re.search(rf"_xlnm\.Print_Area[^<]*>OFFSET\([^<]*{sheet.title}!\$A\$1", names)

    def it_prints_wide_tables_on_several_pages_that_can_be_read(self, book, year):
        across = {
            sheet.label: book[sheet.label].page_setup.fitToWidth
            for sheet in year.spec.sheets
            if sheet.tables
        }
        assert across == {
            "Uppgifter": None, "Lägesbild": 2, "Mål": None, "Aktiviteter": 4, "Indikatorer": 2, "Ekonomi": 2,
            "Avstämning": 2,
        }  # fmt: skip
        for name, pages in across.items():
            assert book[name].sheet_properties.pageSetUpPr.fitToPage
            assert book[name].print_title_cols == ("$A:$B" if pages else None)
            assert book[name].page_setup.pageOrder == ("overThenDown" if pages else None)

    def it_breaks_no_word_of_a_heading(self, year):
        for field in (
            field
            for table in year.spec.tables.values()
            for field in table.fields
            if table.kind != "form"
        ):
            for heading in field.headings:
                assert max(len(word) for word in re.split(r"[ -]", heading)) <= field.width - 3, (
                    heading
                )

    def it_shows_amounts_in_thousands_without_touching_what_stands_there(self, book, year):
        place = place_tables(year.spec)["ekonomi"]
        cell = book["Ekonomi"][f"{column_letter(place.columns['utfall'][0])}{place.first_row}"]
        assert cell.number_format == "#,##0;\u2212#,##0"


class DescribeAmounts:
    @pytest.mark.libreoffice
    def it_shows_ore_where_there_are_some_and_whole_kronor_where_not(
        self, rows, small_workbook, convert, tmp_path
    ):
        rows["ekonomi"] = [
            {**rows["ekonomi"][0], "budget": Decimal(90000), "utfall": Decimal("84500.50")}
        ]
        (tmp_path / "sida.pdf").write_bytes(convert(small_workbook(rows), "fil.xlsx", "pdf"))
        shown = subprocess.run(
            ["pdftotext", "-layout", tmp_path / "sida.pdf", "-"], check=True, capture_output=True
        )
        words = re.sub(r"[\xa0\u202f,]", " ", shown.stdout.decode())
        assert "84 500.50" in words or "84 500 50" in words
        assert "90 000" in words and "90 000.00" not in words and "90 000 00" not in words

    def it_shows_the_example_as_it_looks_when_typed(self, book, year):
        place = place_tables(year.spec)["ekonomi"]
        cell = book[place.sheet].cell(place.example_row, place.columns["utfall"][0])
        assert (cell.value, cell.number_format) == (84500, NUMBER_FORMATS["amount"])

    def it_looks_the_same_on_rows_far_down(self, book, year):
        place = place_tables(year.spec)["ekonomi"]
        column = place.columns["utfall"][0]
        (wide,) = [
            w for w in book[place.sheet].column_dimensions.values() if w.min <= column <= w.max
        ]
        assert wide.number_format == NUMBER_FORMATS["amount"]
        assert not wide.protection.locked


def it_shows_every_sheet_in_the_gallery(year):
    page = (ROOT / "docs/mallen.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(bilder/(mall-\w+\.png)\)", page)
    assert [name for _, name in shown] == [f"mall-{sheet.id}.png" for sheet in year.spec.sheets]
    for text, name in shown:
        assert (ROOT / "docs/bilder" / name).read_bytes().startswith(b"\x89PNG")
        assert len(text) > 20
