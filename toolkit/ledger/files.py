"""Ledger extracts: a transaction list as csv or workbook, or SIE. Read line by line and added up on
the way, so that memory does not grow with the file. Bad lines are counted and listed, never
skipped."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import IO

from toolkit.ledger.entries import AccountChart, Ledger
from toolkit.ledger.sie import read_sie
from toolkit.ledger.table import open_book, open_csv, read_listings
from toolkit.ledger.tally import read_amount as read_amount
from toolkit.spec.codelists import Code
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_BOOKS = (b"PK", b"\xd0\xcf\x11\xe0")  # an xlsx is a zip archive, an xls a compound file
_CODE = re.compile(r"(\d+)(?!\d|[-._]\d)")
"""A number at the beginning of a name: no part of a longer one, and not of a day."""


def read_ledger(
    data: bytes | IO[bytes], file: str, chart: AccountChart, counties: Sequence[Code]
) -> Ledger:
    """A ledger extract added up. Raises Unreadable when the file is no ledger that can be
    understood.

    Whose it is comes from the file (SIE's #FNAMN) or from its name, `12 Skåne …`."""
    source: IO[bytes] = io.BytesIO(data) if isinstance(data, bytes) else data
    head = source.read(4096)
    source.seek(0)
    if _is_sie(head):
        ledger, named = read_sie(source, file, chart)
        inside = _county_in(named, counties)
        if inside:
            return replace(ledger, county=inside, county_by="innehall")
        return _owned(ledger, file, counties)
    book = (open_book if head.startswith(_BOOKS) else open_csv)(source, chart)
    # Of several sheets the first one's columns are told; each is read by its own.
    layout = book.listings[0].layout
    headings = layout.header.values
    mapping = tuple((name, text(headings[place])) for name, place in layout.columns.items())
    sheets = tuple(one.name for one in book.listings if one.name)
    read = read_listings(book, file, chart)
    ledger = replace(read, mapping=mapping, sheets=sheets, hidden=book.hidden)
    return _owned(ledger, file, counties)


def _is_sie(head: bytes) -> bool:
    """A SIE file begins with #FLAGGA (SIE 4B, section 11). Some programs put a byte order mark or
    blank lines before it; any other label at the very beginning is taken for one too."""
    return head[:1] == b"#" or head.lstrip(b"\xef\xbb\xbf \r\n")[:6].upper() == b"#FLAGG"


def _owned(ledger: Ledger, file: str, counties: Sequence[Code]) -> Ledger:
    county = _county_in(file, counties)
    return replace(ledger, county=county, county_by="namn" if county else "")


def _county_in(name: str, counties: Iterable[Code]) -> str | None:
    """The county that a file name or a company name speaks of; None when none or several fit."""
    folded = fold(name)
    number = _CODE.match(folded)
    counties = list(counties)
    tests: tuple[Callable[[Code], bool], ...] = (
        lambda county: fold(county.label) in folded,
        lambda county: fold(county.name) in folded,
        lambda county: number is not None and number[1] == county.code,
    )
    for test in tests:
        found = [county.code for county in counties if test(county)]
        if len(found) == 1:
            return found[0]
    return None
