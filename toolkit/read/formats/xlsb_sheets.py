"""The worksheets of an xlsb, among sheets of other kinds: charts, macros, dialogs and the modules
of Excel 5 ([MS-XLSB] 2.1.7: a part of its own kind for each)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from toolkit.files.biff12 import Biff12Record, read_records, read_text, write_record
from toolkit.read.formats.relations import RawParts, related

BOOK = "xl/workbook.bin"
_SHEET = 156  # BrtBundleSh, [MS-XLSB] 2.3 and 2.4.306
_STATE_AT, _RELATION_AT = 0, 8
_WORKSHEET = "worksheet"


class BinarySheet(NamedTuple):
    """A worksheet: its name, whether it is shown, and its part."""

    name: str
    hidden: bool
    path: str


def worksheets(parts: RawParts) -> list[BinarySheet]:
    """The worksheets in their order. Raises BrokenRecord, and struct.error for a record that is too
    short."""
    paths = _paths(parts)
    own = (record for record in read_records(parts[BOOK]) if record.kind == _SHEET)
    return [
        _described(record, paths[_relation(record)]) for record in own if _relation(record) in paths
    ]


def book_of_worksheets(parts: RawParts) -> bytes | None:
    """The workbook's own part without its sheets of other kinds; None where it has none. A sheet
    whose relation is not there stays: its file is damaged. Raises BrokenRecord."""
    links, records = related(parts, BOOK), list(read_records(parts[BOOK]))
    others = {relation for relation, link in links.items() if link.kind != _WORKSHEET}
    others.add("")  # of a module, which lies in no part of its own
    kept = [one for one in records if one.kind != _SHEET or _relation(one) not in others]
    return b"".join(map(write_record, kept)) if len(kept) < len(records) else None


def _paths(parts: RawParts) -> dict[str, str]:
    """The parts of the worksheets by the relation that leads to each."""
    links = related(parts, BOOK).items()
    return {relation: link.part for relation, link in links if link.kind == _WORKSHEET}


def _relation(record: Biff12Record) -> str:
    return read_text(record.content, _RELATION_AT)[0]


def _described(record: Biff12Record, path: str) -> BinarySheet:
    (state,) = struct.unpack_from("<I", record.content, _STATE_AT)
    _, place = read_text(record.content, _RELATION_AT)
    return BinarySheet(read_text(record.content, place)[0], state != 0, path)


def sheet_paths(parts: RawParts) -> dict[str, str]:
    """The part of every worksheet by the sheet's name, in their order. Raises BrokenRecord."""
    return {one.name: one.path for one in worksheets(parts)}
