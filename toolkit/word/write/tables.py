"""Tables: header rows that repeat, rows that do not split, caption above and source below kept
together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby

from toolkit.analysis.table import CellNote, Column, Table
from toolkit.report.blocks import Text
from toolkit.report.tags import cell_tags, note_tag
from toolkit.word.ooxml.elements import Element, inside, paragraph, run, w
from toolkit.word.ooxml.names import wn
from toolkit.word.write.notes import Footnotes
from toolkit.words.cleantext import clean_text

WIDTH = 9070  # twentieths of a point between the margins of an A4 page
WIDE = 13990  # the same of a page that lies down
_CLOSE = {"before": "0", "after": "0", "line": "240", "lineRule": "auto"}
"""The rows of a wide table: nothing above and below, and single lines (§17.3.1.33). So all counties
have room on a page that lies down."""
# More would leave half a page empty above a table that does not fit below the text.
_KEPT = 12  # a table with at most this many rows is kept on one page
_LEAST_ON_A_PAGE = 3  # of a longer one's rows, below its heading and above its source
_LOOKS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "noVBand": 0x400}
"""The parts of a table's style that may count, and their bits (ECMA-376 part 4 §14.3.7)."""
# How wide a column is, in characters.
_LEAST, _MOST, _AIR = 5, 26, 2
_LETTER, _EDGES = 100, 220  # twentieths of a point: a letter of a heading, a cell's two sides
_LEAST_WIDE, _AIR_WIDE = 10, 3  # for a wide table's columns of numbers
_TEXT, _CELL, _PARAGRAPH = wn("t"), wn("tc"), wn("p")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What kind of row: one that sums, one that stays with the next."""

    bold: bool
    kept: bool


def table_elements(table: Table, notes: Footnotes, styles: Mapping[str, str]) -> Iterator[Element]:
    """The table itself, in the document's own table style. Its last row stays with the source below
    it, if any.

    What asks for it puts the table in its place before it asks on: then the rows are made there. To
    move them takes as long as to make them."""
    widths = _widths(table)
    grid = inside(w("tblGrid"), *(w("gridCol", w=str(width)) for width in widths))
    head = _head(table, widths, notes, styles)
    element = inside(w("tbl"), _properties(table, styles["table"]), grid, head)
    yield element
    _add_rows(element, table, widths, notes, styles)


def width_of(table: Table) -> int:
    """Of the whole table, in twentieths of a point."""
    return WIDE if table.wide else WIDTH


def cell(width: int, *content: Element) -> Element:
    """A cell of some width in twentieths of a point. It must hold a paragraph: Word calls the file
    damaged otherwise, though the schema's own validator lets it through."""
    return inside(w("tc"), inside(w("tcPr"), w("tcW", w=str(width), type="dxa")), *content)


def header_row() -> Element:
    """A row that is repeated on every page, and read out as headings."""
    return inside(w("tr"), inside(w("trPr"), w("cantSplit"), w("tblHeader")))


def _properties(table: Table, style: str) -> Element:
    """Fixed widths: Word would else measure every cell, for seconds in a long table, and other
    programs come to other widths."""
    return inside(
        w("tblPr"),
        w("tblStyle", val=style),
        w("tblW", w=str(width_of(table)), type="dxa"),
        w("tblLayout", type="fixed"),
        _look("firstRow", "noVBand", *(["lastRow"] if table.total else [])),
        w("tblCaption", val=clean_text(table.caption)),
    )


def _look(*parts: str) -> Element:
    """Which parts of the table's style count (ECMA-376 part 1 §17.4.55): `val` is the same as bits,
    for Word 2007."""
    said = {name: str(int(name in parts)) for name in _LOOKS}
    return w("tblLook", val=f"{sum(_LOOKS[name] for name in parts):04X}", **said)


def _add_rows(
    element: Element,
    table: Table,
    widths: Sequence[int],
    notes: Footnotes,
    styles: Mapping[str, str],
) -> None:
    """Every row a copy of a model row, with its own texts and notes: half the time of rows that are
    made."""
    # Measured for 2,000 rows: 2,373 s with python-docx' table.cell, 0.04 s with copied rows.
    models: dict[_Kind, Element] = {}
    noted, tags = _notes_by_row(table), cell_tags(table)
    for number, texts in enumerate(table.rows):
        kind = _kind(table, number)
        if kind not in models:
            models[kind] = _model(table, widths, styles, kind)
        row = deepcopy(models[kind])
        cells = list(row.iter(_TEXT))
        for column, (written, text) in enumerate(zip(cells, texts, strict=True)):
            written.text = clean_text(text)
            _tag(written.getparent(), tags.get((number, column), ""), text, notes)
        for note in noted.get(number, ()):
            _call(row, note, note_tag(table, note.row, note.column), notes)
        element.append(row)


def _kind(table: Table, number: int) -> _Kind:
    """The last row is kept with the source below it, the others with each other where the table is
    small, or where they would stand alone on a page. Without that, "Källa:" does."""
    below = len(table.rows) - 1 - number
    if not below:
        return _Kind(table.total, bool(table.source))
    is_edge = min(number + 1, below) < _LEAST_ON_A_PAGE
    return _Kind(False, is_edge or len(table.rows) <= _KEPT)


def _tag(written: Element, tag: str, text: str, notes: Footnotes) -> None:
    """A bookmark around the run that a number is written with."""
    ends = notes.tags.around(tag, text)
    if ends:
        written.addprevious(ends[0])
        written.addnext(ends[1])


def _call(row: Element, note: CellNote, tag: str, notes: Footnotes) -> None:
    mark = notes.tagged((Text(clean_text(note.text), tag=tag),))
    row.findall(_CELL)[note.column].find(_PARAGRAPH).extend(mark)


def _notes_by_row(table: Table) -> dict[int, list[CellNote]]:
    return {row: list(notes) for row, notes in groupby(table.notes, lambda note: note.row)}


def _widths(table: Table) -> list[int]:
    """By the longest words and the amount of text, within bounds. In a wide table the stub stays on
    one line and the headings wrap between words."""
    texts = [_column(table, index) for index in range(len(table.columns))]
    needs = _wide_needs(texts) if table.wide else _needs(texts)
    widths = [width_of(table) * need // sum(needs) for need in needs]
    if table.wide:
        return widths
    return _with_whole_words(widths, [_longest(own) * _LETTER + _EDGES for own in texts])


def _needs(texts: Sequence[Sequence[str]]) -> list[int]:
    """What each column needs, in letters."""
    return [max(_longest(own), _amount(own), _LEAST) + _AIR for own in texts]


def _wide_needs(texts: Sequence[Sequence[str]]) -> list[int]:
    stub = max(map(len, texts[0])) + _AIR
    return [stub, *(max(_longest(own), _LEAST_WIDE) + _AIR_WIDE for own in texts[1:])]


def _with_whole_words(widths: Sequence[int], least: Sequence[int]) -> list[int]:
    """No column so narrow that it breaks a word, as far as the others have room to give.

    >>> _with_whole_words([500, 1500], [700, 1000]), _with_whole_words([500, 900], [700, 1000])
    ([700, 1300], [500, 900])
    """
    lack, room = sum(_beyond(widths, least)), _beyond(least, widths)
    if lack > sum(room) or not lack:
        return list(widths)
    given = [lack * own // sum(room) for own in room]
    return [max(w, n) - less for w, n, less in zip(widths, least, given, strict=True)]


def _beyond(ones: Sequence[int], others: Sequence[int]) -> list[int]:
    """How much greater each of the others is; nothing where it is less."""
    return [max(other - one, 0) for one, other in zip(ones, others, strict=True)]


def _column(table: Table, index: int) -> list[str]:
    return [table.columns[index].heading, *(row[index] for row in table.rows)]


def _amount(texts: Sequence[str]) -> int:
    return min(_MOST, max(map(len, texts)))


def _longest(texts: Sequence[str]) -> int:
    return max(max(map(len, text.split(" "))) for text in texts)


def _head(
    table: Table, widths: Sequence[int], notes: Footnotes, styles: Mapping[str, str]
) -> Element:
    row = header_row()
    for number, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        tag = note_tag(table, -1, number)
        marks = notes.tagged((Text(column.note, tag=tag),)) if column.note else []
        words, place = run(column.heading, bold=True), _place(column, table, kept=True)
        said = paragraph(styles["table text"], words, *marks, properties=place)
        row.append(cell(width, said))
    return row


def _model(table: Table, widths: Sequence[int], styles: Mapping[str, str], kind: _Kind) -> Element:
    """A row without its texts: in bold where it sums, kept with the next where it must be."""
    row = inside(w("tr"), inside(w("trPr"), w("cantSplit")))
    for column, width in zip(table.columns, widths, strict=True):
        place = _place(column, table, kept=kind.kept)
        words = paragraph(styles["table text"], run("", bold=kind.bold), properties=place)
        row.append(cell(width, words))
    return row


def _place(column: Column, table: Table, *, kept: bool) -> tuple[Element, ...]:
    """Kept with the next, close where the table is wide, and to the right."""
    place = [w("keepNext")] if kept else []
    if table.wide:
        place.append(w("spacing", **_CLOSE))
    if column.number:
        place.append(w("jc", val="right"))
    return tuple(place)
