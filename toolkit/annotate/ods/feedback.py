"""The sheet Återkoppling as a table, first in the document, and the document opened on it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.annotate.markup import Node
from toolkit.annotate.ods.cells import opened, rows_of
from toolkit.annotate.ods.parts import SETTINGS, Document, made, paragraphs, put, qn, within
from toolkit.annotate.ods.styles import TABLE, cell_style, column_style, row_style
from toolkit.annotate.page import HEADER_ROW, LAST_COLUMN, WIDTHS, PageCell, PageRow
from toolkit.findings.texts import Texts
from toolkit.returns.feedback_sheet import is_called_so, is_made_by_us, other_name
from toolkit.spec.marks import FEEDBACK_SHEET
from toolkit.words.cells import CellRef, quote_sheet

_VIEWS = "ooo:view-settings"
# As LibreOffice saves a view: split mode 2 is frozen, and range 2 the one below on the left.
_FROZEN = {
    "HorizontalSplitMode": ("short", 0), "VerticalSplitMode": ("short", 2),
    "VerticalSplitPosition": ("int", HEADER_ROW),
    "ActiveSplitRange": ("short", 2), "PositionLeft": ("int", 0), "PositionTop": ("int", 0),
    "PositionBottom": ("int", HEADER_ROW), "ShowGrid": ("boolean", "false"),
}  # fmt: skip


def add_feedback(document: Document, rows: tuple[PageRow, ...]) -> None:
    """Put the sheet first in the document and open it there."""
    sheets = document.spreadsheet
    if sheets is not None:
        sheets.insert_before(next(iter(document.tables().values())), _table(rows))
    if SETTINGS in document.raw:
        _open_on_it(document.tree(SETTINGS))


def keep_own_sheet(document: Document, texts: Texts) -> dict[str, str]:
    """The new name of a sheet Återkoppling that is the county's own, by the one that it had."""
    tables = document.tables()
    own = [name for name in tables if is_called_so(name)]
    if not own or (own[0] == FEEDBACK_SHEET and is_made_by_us(_texts_on(tables[own[0]]), texts)):
        return {}
    name = other_name(tables)
    put(tables[own[0]], "table:name", name)
    return {own[0]: name}


def _texts_on(table: Node) -> Iterator[str]:
    for row in rows_of(table):
        said = (paragraph.whole_text for paragraph in opened(row).descendants(qn("text:p")))
        yield from filter(None, said)


def strip_feedback(document: Document) -> None:
    """Take away the sheet of an earlier marking."""
    table = document.tables().get(FEEDBACK_SHEET)
    if table is not None:
        table.take_away()
    if SETTINGS in document.raw:
        for entry in list(document.tree(SETTINGS).descendants(qn("config:config-item-map-entry"))):
            if entry.get(qn("config:name")) == FEEDBACK_SHEET:
                entry.take_away()


def _open_on_it(settings: Node) -> None:
    """Show the sheet at once, its head frozen. A document that was never shown on a screen says
    nothing of views."""
    shown = settings.find(qn("office:settings"))
    if shown is None:
        return
    view = _entry(
        _named(
            _named(shown, "config:config-item-set", _VIEWS),
            "config:config-item-map-indexed",
            "Views",
        )
    )
    _show_first(view)
    _freeze(_named(view, "config:config-item-map-named", "Tables"))


def _show_first(view: Node) -> None:
    active = _named(view, "config:config-item", "ActiveTable")
    put(active, "config:type", "string")
    active.text = FEEDBACK_SHEET


def _freeze(sheets: Node) -> None:
    entry = within(sheets, "config:config-item-map-entry", config__name=FEEDBACK_SHEET)
    for name, (kind, value) in _FROZEN.items():
        within(entry, "config:config-item", config__name=name, config__type=kind).text = str(value)


def _named(parent: Node, tag: str, name: str) -> Node:
    """A child by its name, made where there is none."""
    found = next(
        (child for child in parent.each(qn(tag)) if child.get(qn("config:name")) == name), None
    )
    return within(parent, tag, config__name=name) if found is None else found


def _entry(views: Node) -> Node:
    """The first window in which a document is shown."""
    found = views.find(qn("config:config-item-map-entry"))
    if found is None:
        found = within(views, "config:config-item-map-entry")
        within(
            found, "config:config-item", config__name="ViewId", config__type="string"
        ).text = "view1"
    return found


def _table(rows: tuple[PageRow, ...]) -> Node:
    table = made(
        "table:table", table__name=FEEDBACK_SHEET, table__style_name=TABLE, table__protected="true"
    )
    for number, width in enumerate(WIDTHS, 1):
        column = within(table, "table:table-column", table__style_name=column_style(width))
        if number == 1:
            put(column, "table:visibility", "collapse")
    above = 0
    for row in rows:
        _gap(table, row.number - above - 1)
        _row(table, row)
        above = row.number
    return table


def _gap(table: Node, many: int) -> None:
    """Empty rows: in an ods a row has no number, and stands where those before it end."""
    if many > 0:
        gap = within(table, "table:table-row", table__number_rows_repeated=str(many))
        within(gap, "table:table-cell", table__number_columns_repeated=str(LAST_COLUMN))


def _row(table: Node, row: PageRow) -> None:
    written = within(table, "table:table-row")
    if row.height:
        put(written, "table:style-name", row_style(row.height))
    if row.hidden:
        put(written, "table:visibility", "collapse")
    column = 1
    for cell in row.cells:
        if cell.column > column:
            within(
                written,
                "table:table-cell",
                table__number_columns_repeated=str(cell.column - column),
            )
        _cell(written, cell, LAST_COLUMN - cell.column if row.wide else 0)
        column = cell.column + 1


def _cell(row: Node, cell: PageCell, covered: int) -> None:
    written = within(row, "table:table-cell", table__style_name=cell_style(cell.role))
    if covered:
        put(written, "table:number-columns-spanned", str(covered + 1))
        put(written, "table:number-rows-spanned", "1")
        # OpenDocument, part 3, 9.1.5: the cells under a merged one are there, and covered.
        within(row, "table:covered-table-cell", table__number_columns_repeated=str(covered))
    if cell.text:
        _say(written, cell)


def _say(written: Node, cell: PageCell) -> None:
    put(written, "office:value-type", "string")
    if cell.link is None:
        paragraphs(written, cell.text)
    else:
        link = within(
            within(written, "text:p"),
            "text:a",
            xlink__href=_address(cell.link),
            xlink__type="simple",
        )
        link.text = cell.text


def _address(ref: CellRef) -> str:
    return f"#{quote_sheet(ref.sheet)}.{ref.cell}"
