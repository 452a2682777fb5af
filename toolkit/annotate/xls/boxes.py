"""The text of a note that the county has written: ours is put below it, and taken away again."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from toolkit.annotate.xls.book import Sheet
from toolkit.files.biff8 import CONTINUE, LIMIT, Biff8Record, text_records, wide

OBJ, TXO = 0x005D, 0x01B6
_RUN = 8  # bytes of a stretch of one font
_MOST = 32_767
_PLAIN = struct.pack("<HH4x", 0, 0)


def add_below(sheet: Sheet, texts: Mapping[int, str]) -> None:
    """Put texts below what stands in boxes, by the boxes' numbers."""
    for box, place, count in list(_texts(sheet.records))[::-1]:
        if box in texts:
            own = sheet.records[place : place + count + 1]
            length = struct.unpack_from("<H", own[0].data, 10)[0]
            sheet.records[place : place + count + 1] = _rewritten(
                own, length, texts[box][: _MOST - length]
            )


def cut_below(sheet: Sheet, lengths: Mapping[int, int]) -> None:
    """Leave so many signs (UTF-16 units) of what stands in boxes."""
    for box, place, count in list(_texts(sheet.records))[::-1]:
        if box in lengths:
            own = sheet.records[place : place + count + 1]
            sheet.records[place : place + count + 1] = _rewritten(own, lengths[box], "")


def said_records(text: str) -> Iterator[Biff8Record]:
    """A text in records, each with the flag that says how wide its signs are."""
    _, flagged = wide(text)
    flag, said = flagged[:1], flagged[1:]
    room = LIMIT - 2
    yield from (
        Biff8Record(CONTINUE, flag + said[at : at + room]) for at in range(0, len(said), room)
    )


def _texts(records: Sequence[Biff8Record]) -> Iterator[tuple[int, int, int]]:
    """Of each box with a text: its number, where the text's first record stands, and how many go on
    with it."""
    box = 0
    for place, (kind, data) in enumerate(records):
        if kind == OBJ and len(data) >= 8:
            box = struct.unpack_from("<H", data, 6)[0]
        elif kind == TXO and len(data) >= 14:
            yield box, place, text_records(records, place)


def _rewritten(own: Sequence[Biff8Record], keep: int, more: str) -> list[Biff8Record]:
    """The text's records with so many signs of what there was, and more after them."""
    head, rest = own[0].data, own[1:]
    count, size = struct.unpack_from("<HH", head, 10)
    said = list(_kept(rest, count))
    runs = b"".join(record.data for record in rest[len(said) :])[:size]
    stretches = [runs[at : at + _RUN] for at in range(0, len(runs) - _RUN, _RUN)] or [_PLAIN]
    stretches = [run for run in stretches if struct.unpack_from("<H", run)[0] < keep]
    total = keep + wide(more)[0]
    stretches += [struct.pack("<HH4x", keep, 0)] if more else []
    fonts = b"".join(stretches) + struct.pack("<H6x", total)
    begin = Biff8Record(TXO, head[:10] + struct.pack("<HH", total, len(fonts)) + head[14:])
    return [begin, *_kept(rest, keep), *said_records(more), Biff8Record(CONTINUE, fonts)]


def _kept(records: Sequence[Biff8Record], count: int) -> Iterator[Biff8Record]:
    """So many signs of a text's records."""
    for record in records:
        if count <= 0:
            return
        size = 2 if record.data[:1] and record.data[0] & 1 else 1
        held = (len(record.data) - 1) // size
        yield record if held <= count else Biff8Record(CONTINUE, record.data[: 1 + count * size])
        count -= max(1, held)
