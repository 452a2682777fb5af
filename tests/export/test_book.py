"""What the agency's workbooks share: rows that are as high as their texts."""

from __future__ import annotations

import io

import openpyxl
import pytest

from toolkit.export.book import MOST_LINKS, Cell, lines_of, new_book

LONG = "Utgifterna är bokförda på den gemensamma koden, eftersom den egna koden inte hade införts i redovisningen."


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("Skåne", 10, 1),
        ("Redovisning Södermanland 2020.xlsx", 30, 2),
        (LONG, 40, 3),
        ("ord", 0.1, 3),
    ],
)
def it_counts_lines_between_words(text, width, lines):
    assert lines_of(text, width) == lines


def it_makes_a_row_as_high_as_its_longest_text():
    book = new_book("Prov", "Jämställdhetsmyndigheten")
    sheet = book.sheet("Blad", "Blad", "", (40, 10))
    sheet.write(4, 0, Cell(LONG))
    sheet.write(4, 1, Cell("kort"))
    sheet.write(5, 0, Cell("kort"))
    heights = openpyxl.load_workbook(io.BytesIO(book.close()))["Blad"].row_dimensions
    assert (heights[5].height, heights[6].height) == (45, None)


def it_writes_the_text_where_excel_takes_no_more_links(monkeypatch):
    monkeypatch.setattr("toolkit.export.book.MOST_LINKS", 2)
    book = new_book("Prov", "Jämställdhetsmyndigheten")
    sheet = book.sheet("Blad", "Blad", "", (40, 10))
    for row in range(4, 8):
        sheet.write(row, 0, Cell(f"rad {row}", target="internal:'Blad'!A1"))
    written = openpyxl.load_workbook(io.BytesIO(book.close()))["Blad"]
    told = [
        (written.cell(row + 1, 1).value, bool(written.cell(row + 1, 1).hyperlink))
        for row in range(4, 8)
    ]
    assert told == [("rad 4", True), ("rad 5", True), ("rad 6", False), ("rad 7", False)]


def it_knows_how_many_links_excel_takes():
    assert MOST_LINKS == 65_530
