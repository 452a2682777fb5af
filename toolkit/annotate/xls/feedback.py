"""The sheet Återkoppling as a worksheet's records."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

from toolkit.annotate.page import FIRST_ROW, LAST_COLUMN, WIDTHS, PageRow, page_rows
from toolkit.annotate.xls.book import FEATHDR, INDEX, WORKSHEET, Book, Sheet
from toolkit.annotate.xls.places import bound, put_first
from toolkit.annotate.xls.strings import LABELSST, add_strings, strip_strings
from toolkit.files.biff8 import BOF, EOF, Biff8Record
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.spec.marks import FEEDBACK_SHEET

_TALLEST = 409 * 20  # twips
_ORDINARY = 15 * 20
_BEFORE_PAGE = (
    (0x000D, "<H", 1),
    (0x000C, "<H", 100),
    (0x000F, "<H", 1),
    (0x0011, "<H", 0),
    (0x0010, "<d", 0.001),
    (0x005F, "<H", 1),
    (0x002A, "<H", 0),
    (0x002B, "<H", 0),
    (0x0082, "<H", 1),
    (0x0080, "<Q", 0),
    (0x0225, "<I", _ORDINARY << 16),
    (0x0081, "<H", 0x05C1),
)
"""How it is calculated and printed, in the order that the format asks for; the last says that it
fits the width."""
_MARGINS = ((0x0026, 0.5), (0x0027, 0.5), (0x0028, 0.75), (0x0029, 0.75))
_PROTECTED = (0x0012, 0x00DD, 0x0063)
_MAY = 0x5C18  # widths and heights changed, cells selected, sorted, filtered
_LINK = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
_HIDDEN_ROW, _OWN_HEIGHT = 0x20, 0x40
_BLANK, _DBCELL, _DIMENSIONS, _DEFCOLWIDTH = 0x0201, 0x00D7, 0x0200, 0x0055


def add_feedback(
    book: Book, findings: Sequence[Finding], texts: Texts, looks: Mapping[str, int]
) -> None:
    """Put the sheet first in the workbook and open the file on it."""
    old = next((sheet for sheet in book.sheets if sheet.name == FEEDBACK_SHEET), None)
    if old is not None:
        strip_strings(book, old)
    rows = page_rows(findings, texts)
    said = [cell.text for row in rows for cell in row.cells if cell.text]
    different = list(dict.fromkeys(said))
    first = add_strings(book, different, len(said))
    numbers = {text: number for number, text in enumerate(different, first)}
    put_first(
        book,
        Sheet(
            FEEDBACK_SHEET,
            bound(FEEDBACK_SHEET),
            _indexed(list(_records(book, rows, looks, numbers))),
        ),
    )


def _records(
    book: Book, rows: Sequence[PageRow], looks: Mapping[str, int], numbers: Mapping[str, int]
) -> Iterator[Biff8Record]:
    yield Biff8Record(BOF, b"\x00\x06" + struct.pack("<H", WORKSHEET) + book.own[0].data[4:])
    yield from (Biff8Record(kind, struct.pack(form, value)) for kind, form, value in _BEFORE_PAGE)
    yield from _page()
    yield from (Biff8Record(kind, b"\1\0") for kind in _PROTECTED)
    yield from _columns(looks["body"])
    yield Biff8Record(_DIMENSIONS, struct.pack("<IIHHH", 0, rows[-1].number, 0, LAST_COLUMN, 0))
    yield from _table(rows, looks, numbers)
    yield from _view()
    yield from _areas(rows)
    yield Biff8Record(FEATHDR, struct.pack("<H10xHBiI", FEATHDR, 2, 1, -1, _MAY))
    yield Biff8Record(EOF, b"")


def _page() -> Iterator[Biff8Record]:
    """A4, landscape, one page wide."""
    yield from (Biff8Record(kind, b"") for kind in (0x0014, 0x0015))
    yield from (Biff8Record(kind, b"\0\0") for kind in (0x0083, 0x0084))
    yield from (Biff8Record(kind, struct.pack("<d", inches)) for kind, inches in _MARGINS)
    yield Biff8Record(0x00A1, struct.pack("<8HddH", 9, 100, 1, 1, 0, 0, 600, 600, 0.3, 0.3, 1))


def _columns(look: int) -> Iterator[Biff8Record]:
    yield Biff8Record(_DEFCOLWIDTH, struct.pack("<H", 8))
    for number, width in enumerate(WIDTHS):
        yield Biff8Record(
            0x007D, struct.pack("<6H", number, number, width * 256, look, int(number == 0), 0)
        )


def _table(
    rows: Sequence[PageRow], looks: Mapping[str, int], numbers: Mapping[str, int]
) -> Iterator[Biff8Record]:
    """Rows come in blocks of 32, each block's rows before its cells."""
    blocks: dict[int, list[PageRow]] = {}
    for row in rows:
        blocks.setdefault((row.number - 1) // 32, []).append(row)
    for block in blocks.values():
        cells = [list(_cells(row, looks, numbers)) for row in block]
        yield from (_row(row) for row in block)
        yield from (cell for of in cells for cell in of)
        yield _places(cells)


def _places(cells: Sequence[Sequence[Biff8Record]]) -> Biff8Record:
    """DBCELL: how far back the block's first row stands, and how far from each other the rows'
    first cells do."""
    sizes = [sum(4 + len(cell.data) for cell in of) for of in cells]
    row = 4 + 16
    steps = [row * (len(cells) - 1), *sizes[:-1]]
    return Biff8Record(
        _DBCELL, struct.pack(f"<I{len(steps)}H", row * len(cells) + sum(sizes), *steps)
    )


def _indexed(records: Sequence[Biff8Record]) -> list[Biff8Record]:
    """With INDEX, which says where the columns and the blocks of rows stand, counted from the
    sheet's beginning."""
    blocks = sum(record.kind == _DBCELL for record in records)
    at = 16 + 4 * blocks + 4
    places: list[int] = []
    for record in records:
        if record.kind in (_DEFCOLWIDTH, _DBCELL):
            places.append(at)
        at += 4 + len(record.data)
    last = next(
        struct.unpack_from("<4xI", record.data)[0]
        for record in records
        if record.kind == _DIMENSIONS
    )
    index = struct.pack(f"<III{len(places)}I", 0, 0, last, *places)
    return [records[0], Biff8Record(INDEX, index), *records[1:]]


def _row(row: PageRow) -> Biff8Record:
    last = LAST_COLUMN if row.wide else row.cells[-1].column
    height = min(row.height * 20, _TALLEST) if row.height else _ORDINARY
    flags = 0x0100 | (_HIDDEN_ROW if row.hidden else 0) | (_OWN_HEIGHT if row.height else 0)
    data = (row.number - 1, row.cells[0].column - 1, last, height, 0, 0, flags, 15)
    return Biff8Record(0x0208, struct.pack("<8H", *data))


def _cells(
    row: PageRow, looks: Mapping[str, int], numbers: Mapping[str, int]
) -> Iterator[Biff8Record]:
    for cell in row.cells:
        place = struct.pack("<3H", row.number - 1, cell.column - 1, looks[cell.role])
        if cell.text:
            yield Biff8Record(LABELSST, place + struct.pack("<I", numbers[cell.text]))
        else:
            yield Biff8Record(_BLANK, place)
    for column in range(row.cells[0].column, LAST_COLUMN) if row.wide else ():
        yield Biff8Record(
            _BLANK, struct.pack("<3H", row.number - 1, column, looks[row.cells[0].role])
        )


def _view() -> Iterator[Biff8Record]:
    """Without grid lines, frozen below the headings, and shown when the file is opened."""
    top = FIRST_ROW - 1
    yield Biff8Record(0x023E, struct.pack("<5H2HI", 0x07BC, 0, 0, 0x40, 0, 0, 0, 0))
    yield Biff8Record(0x0041, struct.pack("<4HBB", 0, top, top, 0, 2, 0))
    for pane, row in ((3, 0), (2, top)):
        yield Biff8Record(0x001D, struct.pack("<B4H2H2B", pane, row, 1, 0, 1, row, row, 1, 1))


def _areas(rows: Sequence[PageRow]) -> Iterator[Biff8Record]:
    """Merged headlines, and links to the cells."""
    merged = [
        (row.number - 1, row.number - 1, row.cells[0].column - 1, LAST_COLUMN - 1)
        for row in rows
        if row.wide
    ]
    areas = b"".join(struct.pack("<4H", *area) for area in merged)
    yield Biff8Record(0x00E5, struct.pack("<H", len(merged)) + areas)
    for row in rows:
        for cell in row.cells:
            if cell.link:
                place = struct.pack(
                    "<4H", row.number - 1, row.number - 1, cell.column - 1, cell.column - 1
                )
                target = (cell.link.link + "\0").encode("utf-16-le")
                head = struct.pack("<III", 2, 8, len(target) // 2)
                yield Biff8Record(0x01B8, place + _LINK + head + target)
