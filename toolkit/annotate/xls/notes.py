"""Notes in cells: comments of our own beside those that the county has written."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from toolkit.annotate.marks import AUTHOR, NOTE_COLOUR, own_part
from toolkit.annotate.xls.book import Book, Sheet, before
from toolkit.annotate.xls.boxes import add_below, cut_below, said_records
from toolkit.annotate.xls.clusters import clusters_of, write_clusters
from toolkit.annotate.xls.drawing import (
    AFTER_NOTES,
    DRAWING,
    NOTE,
    OBJ,
    TXO,
    Drawing,
    Piece,
    drawing_of,
    new_drawing,
    shape,
)
from toolkit.annotate.xls.sizes import Place, boxes_on
from toolkit.files.biff8 import CONTINUE, Biff8Record, RawNote, depths, notes_of, wide
from toolkit.words.cells import CellRef

_COLOUR = int.from_bytes(bytes.fromhex(NOTE_COLOUR), "little")
_LOOK = (
    (0x0080, 0),
    (0x0085, 1),
    (0x008B, 2),
    (0x00BF, 0x00080008),
    (0x0158, 0),
    (0x0181, _COLOUR),
    (0x0183, _COLOUR),
    (0x0201, 0),
    (0x023F, 0x00030003),
    (0x03BF, 0x00020002),
)
"""A box with a shadow, in our colour, which is seen only while its cell is pointed at."""
_NOTE_BOX, _BOX, _ANCHORED = 0x19, 202, 0x0A00
_ALIGNED, _MOST = 0x0212, 32_767
_ROWS, _COLUMNS = 0x10000, 0x100


def add_notes(book: Book, sheet: Sheet, notes: Mapping[CellRef, str]) -> None:
    """A note in each of the cells of a sheet, below the county's own where there is one."""
    within = {
        ref: text
        for ref, text in sorted(notes.items())
        if ref.row <= _ROWS and ref.column <= _COLUMNS
    }
    own = {CellRef("", note.row + 1, note.column + 1): note.box for note in notes_of(sheet.records)}
    places = {ref: own.get(CellRef("", ref.row, ref.column)) for ref in within}
    add_below(sheet, {box: f"\n\n{within[ref]}" for ref, box in places.items() if box is not None})
    wanted = [(ref, text) for ref, text in within.items() if places[ref] is None]
    if wanted:
        _add_boxes(book, sheet, wanted)


def _add_boxes(book: Book, sheet: Sheet, wanted: Sequence[tuple[CellRef, str]]) -> None:
    clusters = clusters_of(book)
    drawing = drawing_of(sheet) or new_drawing(sheet, *clusters.new_drawing())
    identifiers = clusters.take(drawing.number, drawing.identifiers(), len(wanted))
    first = _next_box(sheet)
    shapes, records, beside = [], [], boxes_on(sheet)
    for number, ((ref, text), identifier) in enumerate(
        zip(wanted, identifiers, strict=True), first
    ):
        shapes.append(_shape(ref, text[:_MOST], beside(ref, text), identifier, number))
        records.append(_note(ref, number))
    drawing.add(shapes, identifiers[-1])
    drawing.write(sheet)
    place = _after_notes(sheet)
    sheet.records[place:place] = records
    write_clusters(book, clusters)


def strip_notes(book: Book, sheets: Iterable[Sheet]) -> None:
    """Take away what an earlier marking put in. Programs forget the author of a note: ours are
    known by their text."""
    gone = 0
    for sheet in sheets:
        left = {
            note.box: own for note in notes_of(sheet.records) if (own := _own(note)) is not None
        }
        ours = {box for box, own in left.items() if not own}
        cut_below(sheet, {box: wide(own)[0] for box, own in left.items() if own})
        drawing = drawing_of(sheet) if ours else None
        if drawing is not None:
            gone += _strip_shapes(drawing, ours)
            drawing.write(sheet)
            sheet.records[:] = [
                r for r in sheet.records if not (r.kind == NOTE and _box(r) in ours)
            ]
    if gone:
        clusters = clusters_of(book)
        clusters.shapes = max(0, clusters.shapes - gone)
        write_clusters(book, clusters)


def _own(note: RawNote) -> str | None:
    """What is the county's own in a note in which something is ours; None where nothing is."""
    own = own_part(note.text)
    if own != note.text:
        return own
    return "" if note.author == AUTHOR else None


def _strip_shapes(drawing: Drawing, ours: Collection[int]) -> int:
    """How many shapes were taken away: their objects are found after so many bytes of the
    drawing."""
    at, places = 0, []
    for piece in drawing.pieces:
        at += len(piece.data)
        boxes = (
            struct.unpack_from("<HH", record.data, 4)
            for record in piece.objects
            if record.kind == OBJ
        )
        places += [at for kind, box in boxes if kind == _NOTE_BOX and box in ours]
    return drawing.cut(places)


def _next_box(sheet: Sheet) -> int:
    """A number that no object on the sheet has."""
    numbers = (
        struct.unpack_from("<H", record.data, 6)[0]
        for record, depth in zip(sheet.records, depths(sheet.records), strict=True)
        if record.kind == OBJ and depth == 1 and len(record.data) >= 8
    )
    return max(numbers, default=0) + 1


def _box(record: Biff8Record) -> int:
    return int(struct.unpack_from("<H", record.data, 6)[0]) if len(record.data) >= 8 else 0


def _after_notes(sheet: Sheet) -> int:
    notes = [n for n, record in enumerate(sheet.records) if record.kind == NOTE]
    return notes[-1] + 1 if notes else before(sheet.records, AFTER_NOTES)


def _note(ref: CellRef, box: int) -> Biff8Record:
    count, author = wide(AUTHOR)
    return Biff8Record(
        NOTE, struct.pack("<5H", ref.row - 1, ref.column - 1, 0, box, count) + author + b"\0"
    )


def _shape(ref: CellRef, text: str, place: Place, identifier: int, box: int) -> list[Piece]:
    """The box, its object, and its text."""
    own = shape(0xF00A, 2, _BOX, struct.pack("<II", identifier, _ANCHORED))
    look = shape(0xF00B, 3, len(_LOOK), b"".join(struct.pack("<HI", *item) for item in _LOOK))
    anchor = shape(0xF010, 0, 0, struct.pack("<9H", 3, *place))
    data, writing = shape(0xF011, 0, 0, b""), shape(0xF00D, 0, 0, b"")
    inner = own + look + anchor + data + writing
    head = shape(0xF004, 0x0F, 0, inner)[: -len(writing)]
    return [Piece(DRAWING, head, [_object(ref, box)]), Piece(DRAWING, writing, list(_text(text)))]


def _object(ref: CellRef, box: int) -> Biff8Record:
    unique = uuid.uuid5(uuid.NAMESPACE_OID, str(ref)).bytes_le
    common = struct.pack("<5H12x", 0x15, 0x12, _NOTE_BOX, box, 0x4011)
    return Biff8Record(OBJ, common + struct.pack("<HH", 0x0D, 0x16) + unique + bytes(6) + bytes(4))


def _text(text: str) -> Iterator[Biff8Record]:
    count = wide(text)[0]
    yield Biff8Record(TXO, struct.pack("<HH6xHHI", _ALIGNED, 0, count, 16, 0))
    yield from said_records(text)
    yield Biff8Record(CONTINUE, struct.pack("<HH4xHH4x", 0, 0, count, 0))
