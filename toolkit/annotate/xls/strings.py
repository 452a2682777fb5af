"""The feedback sheet's texts among the workbook's shared strings: they come last, in records of
their own, so that no other is moved and a later marking can take them away."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from toolkit.annotate.xls.book import EXTSST, SST, Book, Sheet, before
from toolkit.files.biff8 import CONTINUE, LIMIT, Biff8Record, wide
from toolkit.files.compound import Malformed

LABELSST = 0x00FD
_AFTER_STRINGS = (
    0x089A,
    0x08A3,
    0x0860,
    0x0801,
    0x080B,
    0x0865,
    0x0863,
    0x0867,
    0x0876,
    0x0896,
    0x089B,
    0x088C,
    0x0897,
    0x00EF,
)
_FIRST = (
    b"\x06\x00\x00lr:key"  # the sheet's first text, and therefore the first of those that are ours
)
_EACH, _BUCKET = 8, 8


def add_strings(book: Book, texts: Sequence[str], used: int) -> int:
    """Append texts that are used in `used` cells; the number of the first."""
    place = next((number for number, record in enumerate(book.own) if record.kind == SST), None)
    if place is None:
        place = before(book.own, (EXTSST, *_AFTER_STRINGS), book.place + 1)
        book.insert(place, Biff8Record(SST, bytes(8)))
    total, unique = struct.unpack_from("<II", book.own[place].data)
    last = _last(book.own, place)
    _check_end([record.data for record in book.own[place:last]], unique)
    parts = list(_records(texts))
    book.own[last:last] = [part for part, _ in parts]
    _count(book, place, total + used, unique + len(texts))
    _extend_index(book, place, last, unique, [starts for _, starts in parts])
    return int(unique)


def strip_strings(book: Book, sheet: Sheet) -> None:
    """Take away the texts of an earlier marking, where they still are the last and only that sheet
    uses them."""
    place = next((number for number, record in enumerate(book.own) if record.kind == SST), None)
    cells = list(_numbers(sheet))
    if place is None or not cells:
        return
    total, unique = struct.unpack_from("<II", book.own[place].data)
    last, first = _last(book.own, place), min(cells)
    ours = next((n for n in range(place + 1, last) if book.own[n].data.startswith(_FIRST)), None)
    others = max(
        (number for other in book.sheets if other is not sheet for number in _numbers(other)),
        default=-1,
    )
    total = max(0, total - len(cells))
    if ours is None or sorted(set(cells)) != list(range(first, unique)) or others >= first:
        _count(book, place, total, unique)
        return
    del book.own[ours:last]
    if first:
        _count(book, place, total, first)
        _shorten_index(book, first)
    else:
        book.own[:] = [record for record in book.own if record.kind not in (SST, EXTSST)]


def _numbers(sheet: Sheet) -> Iterator[int]:
    """The numbers of the shared strings that a sheet uses."""
    for record in sheet.records:
        if record.kind == LABELSST and len(record.data) >= 10:
            yield struct.unpack_from("<I", record.data, 6)[0]


def _last(records: Sequence[Biff8Record], place: int) -> int:
    last = place + 1
    while records[last].kind == CONTINUE:
        last += 1
    return last


def _check_end(parts: Sequence[bytes], unique: int) -> None:
    """That the last of the shared strings ends where their records do, so that more can follow.
    Raises Malformed."""
    part, at = 0, 8
    for _ in range(unique):
        if at >= len(parts[part]):
            part, at = part + 1, 0
        count, flags = struct.unpack_from("<HB", parts[part], at)
        at += 3
        runs = struct.unpack_from("<H", parts[part], at)[0] if flags & 8 else 0
        at += 2 if flags & 8 else 0
        more = struct.unpack_from("<I", parts[part], at)[0] if flags & 4 else 0
        at += 4 if flags & 4 else 0
        size = 2 if flags & 1 else 1
        while count > (room := (len(parts[part]) - at) // size):
            count -= max(0, room)
            part, at = part + 1, 1
            size = 2 if parts[part][0] & 1 else 1
        at += count * size + runs * 4 + more
        while at > len(parts[part]):
            part, at = part + 1, at - len(parts[part])
    if (part, at) != (len(parts) - 1, len(parts[-1])):
        raise Malformed("shared strings that do not end where their records do")


def _count(book: Book, place: int, total: int, unique: int) -> None:
    kind, data = book.own[place]
    book.own[place] = Biff8Record(kind, struct.pack("<II", total & 0xFFFFFFFF, unique) + data[8:])


def _records(texts: Sequence[str]) -> Iterator[tuple[Biff8Record, list[int]]]:
    """Records, each with where in it texts begin. A text's head stays whole; where its signs go on
    in the next record, a flag is put before them again."""
    data, starts = bytearray(), list[int]()
    for text in texts:
        count, flagged = wide(text)
        flag, signs = flagged[:1], flagged[1:]
        if len(data) + 5 > LIMIT:
            yield Biff8Record(CONTINUE, bytes(data)), starts
            data, starts = bytearray(), []
        starts.append(len(data))
        data += struct.pack("<H", count) + flag
        while True:
            room = (LIMIT - len(data)) // 2 * 2
            data += signs[:room]
            signs = signs[room:]
            if not signs:
                break
            yield Biff8Record(CONTINUE, bytes(data)), starts
            data, starts = bytearray(flag), []
    if data:
        yield Biff8Record(CONTINUE, bytes(data)), starts


def _extend_index(
    book: Book, place: int, last: int, unique: int, starts: Sequence[Sequence[int]]
) -> None:
    """EXTSST says where each so-many-th string stands, counted here from where the shared strings
    stood before."""
    found = next((number for number, record in enumerate(book.own) if record.kind == EXTSST), None)
    if found is None:
        return
    each = max(1, struct.unpack_from("<H", book.own[found].data)[0])
    at = book.strings + sum(4 + len(record.data) for record in book.own[place:last])
    entries, number = b"", unique
    for record, own in zip(book.own[last:], starts, strict=False):
        for start in own:
            if number % each == 0:
                entries += struct.pack("<IHH", at + 4 + start, 4 + start, 0)
            number += 1
        at += 4 + len(record.data)
    known = book.own[found].data[: 2 + _EACH * -(-unique // each)]
    if len(known + entries) <= LIMIT and len(known) == 2 + _EACH * -(-unique // each):
        book.own[found] = Biff8Record(EXTSST, known + entries)
    else:
        del book.own[found]  # it is only there to find strings faster


def _shorten_index(book: Book, unique: int) -> None:
    for number, (kind, data) in enumerate(book.own):
        if kind == EXTSST:
            each = max(1, struct.unpack_from("<H", data)[0])
            book.own[number] = Biff8Record(kind, data[: 2 + _EACH * -(-unique // each)])
