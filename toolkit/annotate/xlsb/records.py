"""Parts as lists of records to be edited, and the record numbers that marking needs ([MS-XLSB]
2.3.1)."""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence

from toolkit.annotate.opc import Package
from toolkit.files.biff12 import Biff12Record, read_records, write_record

BOOK = "xl/workbook.bin"
ROW, BLANK, TEXT = 0, 1, 6  # BrtRowHdr, BrtCellBlank, BrtCellSt
NAME = 39  # BrtName
FONT, FILL, FORMAT, COLUMN = 43, 45, 47, 60  # BrtFont, BrtFill, BrtXF, BrtColInfo
BEGIN_SHEET, END_SHEET = 129, 130
BEGIN_VIEWS, END_VIEWS, BEGIN_VIEW, END_VIEW, PANE = 133, 134, 137, 138, 151
BEGIN_SHEETS, SHEET, BOOK_VIEW = 143, 156, 158  # BrtBeginBundleShs, BrtBundleSh, BrtBookView
BEGIN_DATA, END_DATA, SHEET_SETTINGS, AREA = 145, 146, 147, 148  # …, BrtWsProp, BrtWsDim
MERGED, BEGIN_MERGED, END_MERGED = 176, 177, 178
END_CUSTOM_VIEWS = 425  # BrtEndUserShViews
BEGIN_LINKED_BOOKS, LINKED_BOOK, THIS_BOOK, SAME_SHEET, ADD_IN, PLACES = (
    353,
    355,
    357,
    358,
    667,
    362,
)
"""BrtBeginExternals, BrtSupBookSrc, BrtSupSelf, BrtSupSame, BrtSupAddin, BrtExternSheet."""
BEGIN_COLUMNS, END_COLUMNS = 390, 391
BEGIN_RULES, END_RULES, BEGIN_RULE, END_RULE = (
    461,
    462,
    463,
    464,
)  # BrtBeginConditionalFormatting …, BrtBeginCFRule …
MARGINS, PAGE, DEFAULTS, LINK = (
    476,
    478,
    485,
    494,
)  # BrtMargins, BrtPageSetup, BrtWsFmtInfo, BrtHLink
BEGIN_OVERLAYS, END_OVERLAYS, OVERLAY = 505, 506, 507  # BrtBeginDXFs …, BrtDXF
PROTECTION = 535
DRAWING, NOTE_DRAWING = 550, 551  # BrtDrawing, BrtLegacyDrawing
FONTS, FILLS, FORMATS = (611, 612), (603, 604), (617, 618)  # BrtBeginFonts, BrtEndFonts …
COMMENTS = (628, 629)
AUTHORS, AUTHOR = (630, 631), 632
COMMENT_LIST, COMMENT, COMMENT_TEXT = (633, 634), (635, 636), 637
AFTER_NOTE_DRAWING = {552, 562, 638, 643, 554, 660, 35, END_SHEET}
"""What may stand behind BrtLegacyDrawing in a worksheet (2.1.7.62): header drawings, background,
OLE objects, controls, web items, tables, what later versions add."""
AFTER_RULES = AFTER_NOTE_DRAWING | {
    573, LINK, 477, MARGINS, PAGE, 479, 392, 394, 625, 605, 648, 590, DRAWING, NOTE_DRAWING,
}  # fmt: skip
"""And behind conditional formats: validations, links, print options, margins, page, header and
footer, breaks, names of pictures, watches, ignored errors, smart tags, drawings."""


def records_of(package: Package, part: str) -> list[Biff12Record]:
    """A part's records. Raises BrokenRecord."""
    return list(read_records(package.raw[part]))


def put_records(package: Package, part: str, records: Sequence[Biff12Record]) -> None:
    """A part with these records."""
    package.raw[part] = b"".join(map(write_record, records))


def place_before(records: Sequence[Biff12Record], kinds: Collection[int]) -> int:
    """Where the first record of some kinds stands; the end when there is none."""
    return next(
        (place for place, record in enumerate(records) if record.kind in kinds), len(records)
    )


def place_after_data(records: Sequence[Biff12Record], kinds: Collection[int]) -> int:
    """The same below the cells and below custom views, which have margins and additions of their
    own."""
    inside = [
        place for place, record in enumerate(records) if record.kind in {END_DATA, END_CUSTOM_VIEWS}
    ]
    start = inside[-1] + 1 if inside else 0
    return start + place_before(records[start:], kinds)


def numbers(*values: int) -> bytes:
    """Four bytes each, the lowest first."""
    return struct.pack(f"<{len(values)}i", *values)


def changed(content: bytes, place: int, number: int) -> bytes:
    """A record's content with another four-byte number in a place."""
    return content[:place] + numbers(number) + content[place + 4 :]


def number_at(content: bytes, place: int) -> int:
    """A four-byte number with its sign. Raises struct.error where the content ends before."""
    found: int = struct.unpack_from("<i", content, place)[0]
    return found
