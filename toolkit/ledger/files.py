"""Ledger extracts: a transaction list as csv or workbook, or SIE. Read line by line and added up on
the way, so that memory does not grow with the file. Bad lines are counted and listed, never
skipped."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import IO

from toolkit.ledger.above import boards_in, selection_in
from toolkit.ledger.counterparts import of_counties
from toolkit.ledger.county_names import county_in
from toolkit.ledger.days import years_named
from toolkit.ledger.entries import AccountChart, Ledger
from toolkit.ledger.opened import Workbook, open_book, open_csv
from toolkit.ledger.sie import read_sie
from toolkit.ledger.spans import spans_named
from toolkit.ledger.table import read_filled, read_listings
from toolkit.ledger.tally import GROUPED
from toolkit.ledger.tally import read_amount as read_amount
from toolkit.ledger.throughout import BOARDS
from toolkit.spec.codelists import Code
from toolkit.words.celltext import text

_BOOKS = (b"PK", b"\xd0\xcf\x11\xe0")  # an xlsx is a zip archive, an xls a compound file


def read_ledger(
    data: bytes | IO[bytes], file: str, chart: AccountChart, counties: Sequence[Code]
) -> Ledger:
    """A ledger extract added up. Raises Unreadable when the file is no ledger that can be
    understood.

    Whose it is comes from the file (SIE's #FNAMN, a board named above the headings) or from its
    name, `12 Skåne …`."""
    source: IO[bytes] = io.BytesIO(data) if isinstance(data, bytes) else data
    head = source.read(4096)
    source.seek(0)
    if _is_sie(head):
        ledger, named = read_sie(source, file, chart)
        ledger = replace(ledger, handed=of_counties(ledger.handed, chart, counties))
        inside = county_in(named, counties)
        if inside:
            return replace(ledger, county=inside, county_by="innehall")
        return _owned(ledger, file, counties)
    opened = open_book if head.startswith(_BOOKS) else open_csv
    book = opened(source, chart)
    read = read_listings(book, file, chart)
    if GROUPED in read.doubts:
        source.seek(0)
        read = _filled(read, book, opened(source, chart), chart)
    return _of_book(read, book, file, chart, counties)


def _filled(read: Ledger, book: Workbook, again: Workbook, chart: AccountChart) -> Ledger:
    """A list whose codes stand on the first of several rows, read once more with each on all of
    its rows; as it was read before where nothing proves that."""
    # Which cells are merged stands at the end of a sheet: it is known from the first time.
    pairs = zip(again.listings, book.listings, strict=True)
    listings = [one._replace(merged=before.merged) for one, before in pairs]
    filled = read_filled(again._replace(listings=listings), read.file, chart)
    if GROUPED in filled.doubts:
        return read
    return replace(filled, particulars={**filled.particulars, GROUPED: ""})


def _of_book(
    read: Ledger, book: Workbook, file: str, chart: AccountChart, counties: Sequence[Code]
) -> Ledger:
    """A transaction list, with what its titles say of it."""
    # Of several sheets the first one's columns are told; each is read by its own.
    layout = book.listings[0].layout
    headings = layout.header.values
    mapping = tuple((name, text(headings[place])) for name, place in layout.columns.items())
    taken = {*layout.columns.values()}
    unread = [text(one) for at, one in enumerate(headings) if at not in taken and text(one)]
    if GROUPED in read.particulars:
        mapping += (("filled", text(headings[layout.columns["code"]])),)
    sheets = tuple(one.name for one in book.listings if one.name)
    above: list[object] = []
    for listing in book.listings:
        above += listing.layout.above
    titles = [file, *sheets, *above]
    with_whom = of_counties(read.handed, chart, counties)
    ledger = replace(read, mapping=mapping, sheets=sheets, hidden=book.hidden, handed=with_whom)
    ledger = replace(ledger, passed_over=tuple(dict.fromkeys(unread)))
    chosen = selection_in(above, chart)
    if chosen.accounts:
        told = {**ledger.particulars, "urval": chosen.accounts}
        ledger = replace(ledger, particulars=told)
    ledger = replace(
        ledger, named=years_named(titles), spans=spans_named(titles), selected=chosen.codes
    )
    throughout = read.particulars.get(BOARDS, "").split("\n")
    boards = boards_in([*above, "", *throughout], chart, counties)
    if boards:
        return _with_board(ledger, boards)
    return _owned(ledger, file, counties)


def _is_sie(head: bytes) -> bool:
    """A SIE file begins with #FLAGGA (SIE 4B, section 11). Some programs put a byte order mark or
    blank lines before it; any other label at the very beginning is taken for one too."""
    return head[:1] == b"#" or head.lstrip(b"\xef\xbb\xbf \r\n")[:6].upper() == b"#FLAGG"


def _with_board(ledger: Ledger, boards: set[str]) -> Ledger:
    """What stands in the file goes before its name; of two boards nobody can know which."""
    if len(boards) > 1:
        return replace(ledger, county=None)
    return replace(ledger, county=next(iter(boards)), county_by="innehall")


def _owned(ledger: Ledger, file: str, counties: Sequence[Code]) -> Ledger:
    county = county_in(file, counties)
    return replace(ledger, county=county, county_by="namn" if county else "")
