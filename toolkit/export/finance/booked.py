"""The sheet of what the ledger extracts hold, code by code: what the sums of the reconciliation add
up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.reconcile import known_post
from toolkit.export.book import Book, freeze
from toolkit.export.finance.origin import file_target
from toolkit.export.finance.results import Finance
from toolkit.findings.texts import Texts
from toolkit.ledger.entries import Ledger
from toolkit.words.cells import column_letter, quote_sheet

_HEADER = 3
_FILE = 2  # the column of the file
_WIDTHS = (9, 18, 34, 18, 18, 18, 16)
_COLUMNS = ("lan", "lansnamn", "fil", "verksamhetskod", "kostnadsslag", "anslagspost", "belopp")
BookedLine = tuple[str, str, str, str, str, str, Decimal]


@dataclass(frozen=True)
class BookedSheet:
    """The lines, and the sheet where they stand."""

    sheet: str
    lines: Sequence[BookedLine]

    def area(self, name: str) -> str:
        """A column of the lines as an absolute reference."""
        letter, last = (
            column_letter(_COLUMNS.index(name) + 1),
            _HEADER + 1 + max(1, len(self.lines)),
        )
        return f"{quote_sheet(self.sheet)}!${letter}${_HEADER + 2}:${letter}${last}"


def booked_of(finance: Finance, texts: Texts) -> BookedSheet:
    """What every extract holds by code, kind and post, and in one sum what stands on other
    accounts."""
    posts = [code.code for code in finance.data.year.spec.lists["anslagspost"].codes]
    lines: list[BookedLine] = []
    for county, ledger in sorted(finance.ledgers.items()):
        place = (county, finance.states[county].name, ledger.file)
        for (code, kind, post), amount in sorted(ledger.booked.items()):
            lines.append((*place, code, kind, known_post(post, posts), amount))
        lines += _others(place, ledger, texts("ekonomi.bokfort_ovrigt"))
    return BookedSheet(texts("ekonomi.bokfort"), lines)


def _others(place: tuple[str, str, str], ledger: Ledger, said: str) -> list[BookedLine]:
    return [(*place, said, said, said, ledger.total - ledger.control)] if ledger.left_out else []


def write_booked(book: Book, finance: Finance, texts: Texts, booked: BookedSheet) -> None:
    """All lines, each with a link to its file."""
    sheet = book.sheet(booked.sheet, booked.sheet, texts("ekonomi.bokfort_intro"), _WIDTHS)
    heads = [texts(f"gemensamt.{name}") for name in _COLUMNS[:3]] + [
        texts(f"indelning.{name}") for name in _COLUMNS[3:6]
    ]
    book.header(sheet, _HEADER, [*heads, texts("ekonomi.belopp")])
    for row, line in enumerate(booked.lines, _HEADER + 1):
        for column, value in enumerate(line):
            book.value(sheet, row, column, value)
        book.link(sheet, row, _FILE, str(line[_FILE]), file_target(finance, str(line[_FILE])))
    freeze(sheet, _HEADER, 2, _HEADER + len(booked.lines), len(_WIDTHS) - 1)
