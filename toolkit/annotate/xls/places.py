"""What counts sheets by number, counted anew when the feedback sheet comes first."""

from __future__ import annotations

import struct
from collections.abc import Callable

from toolkit.annotate.xls.book import Book, Sheet
from toolkit.files.biff8 import CONTINUE, Biff8Record, depths
from toolkit.spec.marks import FEEDBACK_SHEET

_TABID, _SUPBOOK, _EXTERNSHEET, _NAME, _WINDOW1, _WINDOW2 = (
    0x013D,
    0x01AE,
    0x0017,
    0x0018,
    0x003D,
    0x023E,
)
_OWN_BOOK = 0x0401
_SHOWN = 0x0600  # in WINDOW2: selected, and the one that is looked at
_VISIBLE, _WORKSHEET = 0, 0
_BOUND = struct.pack("<BB", _VISIBLE, _WORKSHEET)


def put_first(book: Book, sheet: Sheet) -> None:
    """The feedback sheet, instead of one of an earlier marking, which may stand anywhere. What
    refers to that one refers to the new one."""
    old = next(
        (number for number, own in enumerate(book.sheets) if own.name == FEEDBACK_SHEET), None
    )
    count = len(book.sheets)
    _count_tabs(book, old)
    if old is not None:
        del book.sheets[old]
    _renumber(book, _numbering(old), count, old is None)
    book.sheets.insert(0, sheet)
    _open_on_first(book)


def _numbering(old: int | None) -> Callable[[int], int]:
    if old is None:
        return lambda number: number + 1
    return lambda number: 0 if number == old else number + (number < old)


def _count_tabs(book: Book, old: int | None) -> None:
    """TABID holds a number for every tab, which stays the same wherever it is moved."""
    for place, record in enumerate(book.own):
        if record.kind == _TABID:
            tabs = [
                *struct.unpack(
                    f"<{len(record.data) // 2}H", record.data[: len(record.data) // 2 * 2]
                )
            ]
            if old is not None and old < len(tabs):
                tabs.insert(0, tabs.pop(old))
            else:
                tabs.insert(0, _free(tabs))
            book.own[place] = Biff8Record(_TABID, struct.pack(f"<{len(tabs)}H", *tabs))


def _free(tabs: list[int]) -> int:
    """The highest number and one more, or the lowest that is free."""
    highest = max(tabs, default=0) + 1
    return (
        highest
        if highest <= 0xFFFF
        else next(number for number in range(1, 0xFFFF) if number not in set(tabs))
    )


def _renumber(book: Book, renamed: Callable[[int], int], count: int, is_new: bool) -> None:
    supbooks = 0
    own_books = set()
    for place, (kind, data) in enumerate(book.own):
        if kind == _SUPBOOK:
            if len(data) >= 4 and struct.unpack_from("<H", data, 2)[0] == _OWN_BOOK:
                own_books.add(supbooks)
                sheets = min(0xFFFF, struct.unpack_from("<H", data)[0] + is_new)
                book.own[place] = Biff8Record(kind, struct.pack("<H", sheets) + data[2:])
            supbooks += 1
        elif kind == _NAME and len(data) >= 10:
            tab = struct.unpack_from("<H", data, 8)[0]
            if 0 < tab <= count:
                book.own[place] = Biff8Record(
                    kind, data[:8] + struct.pack("<H", renamed(tab - 1) + 1) + data[10:]
                )
    _renumber_references(book, renamed, own_books, count)


def _renumber_references(
    book: Book, renamed: Callable[[int], int], own: set[int], count: int
) -> None:
    """EXTERNSHEET, which formulas refer to, and what continues it."""
    places = [place for place, record in enumerate(book.own) if record.kind == _EXTERNSHEET]
    for first in places:
        last = first + 1
        while book.own[last].kind == CONTINUE:
            last += 1
        whole = bytearray(b"".join(record.data for record in book.own[first:last]))
        for at in range(2, len(whole) - 5, 6):
            supbook, *tabs = struct.unpack_from("<H2H", whole, at)
            if supbook in own:
                struct.pack_into(
                    "<2H", whole, at + 2, *(renamed(tab) if tab < count else tab for tab in tabs)
                )
        at = 0
        for place in range(first, last):
            kind, data = book.own[place]
            book.own[place] = Biff8Record(kind, bytes(whole[at : at + len(data)]))
            at += len(data)


def _open_on_first(book: Book) -> None:
    for place, (kind, data) in enumerate(book.own):
        if kind == _WINDOW1 and len(data) >= 18:
            book.own[place] = Biff8Record(kind, data[:10] + struct.pack("<3H", 0, 0, 1) + data[16:])
    for sheet in book.sheets[1:]:
        for place, depth in enumerate(depths(sheet.records)):
            kind, data = sheet.records[place]
            if kind == _WINDOW2 and depth == 1 and len(data) >= 2:
                flags = struct.unpack_from("<H", data)[0]
                sheet.records[place] = Biff8Record(
                    kind, struct.pack("<H", flags & ~_SHOWN) + data[2:]
                )


def bound(name: str) -> bytes:
    """A visible worksheet's BOUNDSHEET without the place."""
    return _BOUND + bytes((len(name), 0)) + name.encode("latin-1")
