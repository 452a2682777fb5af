"""Workbooks that say what every standard allows and python-calamine (0.9.1) does not take: the same
file in plainer words. It passes silently over an xlsb's short cells, which SheetJS writes, and
refuses an xlsb with a sheet that is no worksheet, and an ods with white space between its cells,
which every XML tool may put there; and it takes blanks away that a text inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.files.biff12 import Biff12Record, read_records, write_record
from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.kept_spaces import with_kept_spaces
from toolkit.read.formats.ods_names import CONTENT
from toolkit.read.formats.xlsb_sheets import BOOK, book_of_worksheets
from toolkit.read.formats.xlsx import STRINGS

_SHEET = re.compile(r"xl/worksheets/[^/]+\.bin")
_XML_SHEET, _INLINE = re.compile(r"xl/.+\.xml"), b"inlineStr"
# Records of cells, numbered in [MS-XLSB] 2.3.
_CELLS = range(1, 12)  # BrtCellBlank … BrtFmlaError
# BrtShortBlank … BrtShortIsst: without a column, right of the one before.
_SHORT_CELLS = range(12, 19)
_SHORTER_BY = 11  # from BrtShortBlank (12) to BrtCellBlank (1), and so on
_RICH_CELL = 62  # BrtCellRString
_BETWEEN = re.compile(rb"(?<=>)\s+(?=<)")
_SPACED = re.compile(rb"</?table:table-(?:row|cell)(?:\s[^>]*)?>\s+</?table:")
_INSIDE_TEXT = re.compile(rb"<text:p(?:\s[^>]*)?(?<!/)>.*?</text:p>", re.DOTALL)


def in_plainer_words(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The same workbook as the reader can take it; the very same bytes where nothing had to be said
    otherwise. `parts` are those that `look_over` gives. Raises BrokenRecord, and what zipfile
    raises for a damaged file."""
    if CONTENT in parts:
        return _plain_ods(data, parts[CONTENT])
    if BOOK in parts:
        return _with_parts(data, _plainer_binary_parts(parts))
    return _with_parts(data, dict(_with_kept_spaces(parts)))


def _with_kept_spaces(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The parts with texts of cells in which blanks are kept by what is around a text."""
    for name, part in parts.items():
        if name == STRINGS or (_XML_SHEET.match(name) and _INLINE in part):
            kept = with_kept_spaces(part)
            if kept is not part:
                yield name, kept


def _plain_ods(data: bytes, content: bytes) -> bytes:
    if _SPACED.search(content):
        return _with_parts(data, {CONTENT: _without_spaces(content)})
    return data


def _with_parts(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    if not changed:
        return data
    return write_package(
        (name, changed.get(name, part)) for name, part in read_package(data).items()
    )


def _without_spaces(content: bytes) -> bytes:
    """Without white space between tags, but for the one inside a paragraph, which is text."""
    start, pieces = 0, []
    for text in _INSIDE_TEXT.finditer(content):
        # The bracket at either end goes with what is outside: the pattern looks for it there.
        pieces += [
            _BETWEEN.sub(b"", content[start : text.start() + 1]),
            content[text.start() + 1 : text.end() - 1],
        ]
        start = text.end() - 1
    return b"".join([*pieces, _BETWEEN.sub(b"", content[start:])])


def _plainer_binary_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    changed, book = dict(_lengthened_sheets(parts)), book_of_worksheets(parts)
    return changed if book is None else {**changed, BOOK: book}


def _lengthened_sheets(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The sheets that have short cells, with long ones."""
    for name, part in parts.items():
        if _SHEET.fullmatch(name) and _has_short_cells(part):
            yield name, b"".join(map(write_record, _lengthened(part)))


def _has_short_cells(part: bytes) -> bool:
    return any(record.kind in _SHORT_CELLS for record in read_records(part))


def _lengthened(part: bytes) -> Iterator[Biff12Record]:
    column = -1
    for kind, content in read_records(part):
        if kind in _SHORT_CELLS:
            column += 1
            yield Biff12Record(kind - _SHORTER_BY, column.to_bytes(4, "little") + content)
            continue
        if kind in _CELLS or kind == _RICH_CELL:
            column = int.from_bytes(content[:4], "little")
        yield Biff12Record(kind, content)
