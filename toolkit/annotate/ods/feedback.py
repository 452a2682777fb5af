"""The sheet Återkoppling as a table, first in the document, and the document opened on it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.annotate.ods.package import XmlElement
from toolkit.annotate.ods.parts import SETTINGS, Document, made, paragraphs, qn, take_away, within
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
    next(iter(document.tables().values())).addprevious(_table(rows))
    if SETTINGS in document.raw:
        _open_on_it(document.tree(SETTINGS))


def keep_own_sheet(document: Document, texts: Texts) -> dict[str, str]:
    """The new name of a sheet Återkoppling that is the county's own, by the one that it had."""
    tables = document.tables()
    own = [name for name in tables if is_called_so(name)]
    if not own or (own[0] == FEEDBACK_SHEET and is_made_by_us(_texts_on(tables[own[0]]), texts)):
        return {}
    name = other_name(tables)
    tables[own[0]].set(qn("table:name"), name)
    return {own[0]: name}


def _texts_on(table: XmlElement) -> Iterator[str]:
    for paragraph in table.iter(qn("text:p")):
        said = "".join(paragraph.itertext())
        if said:
            yield said


def strip_feedback(document: Document) -> None:
    """Take away the sheet of an earlier marking."""
    table = document.tables().get(FEEDBACK_SHEET)
    if table is not None:
        take_away(table)
    if SETTINGS in document.raw:
        for entry in list(document.tree(SETTINGS).iter(qn("config:config-item-map-entry"))):
            if entry.get(qn("config:name")) == FEEDBACK_SHEET:
                take_away(entry)


def _open_on_it(settings: XmlElement) -> None:
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


def _show_first(view: XmlElement) -> None:
    active = _named(view, "config:config-item", "ActiveTable")
    active.set(qn("config:type"), "string")
    active.text = FEEDBACK_SHEET


def _freeze(sheets: XmlElement) -> None:
    entry = within(sheets, "config:config-item-map-entry", config__name=FEEDBACK_SHEET)
    for name, (kind, value) in _FROZEN.items():
        within(entry, "config:config-item", config__name=name, config__type=kind).text = str(value)


def _named(parent: XmlElement, tag: str, name: str) -> XmlElement:
    """A child by its name, made where there is none."""
    found = next(
        (child for child in parent.iterfind(qn(tag)) if child.get(qn("config:name")) == name), None
    )
    return within(parent, tag, config__name=name) if found is None else found


def _entry(views: XmlElement) -> XmlElement:
    """The first window in which a document is shown."""
    found = views.find(qn("config:config-item-map-entry"))
    if found is None:
        found = within(views, "config:config-item-map-entry")
        within(
            found, "config:config-item", config__name="ViewId", config__type="string"
        ).text = "view1"
    return found


def _table(rows: tuple[PageRow, ...]) -> XmlElement:
    table = made(
        "table:table", table__name=FEEDBACK_SHEET, table__style_name=TABLE, table__protected="true"
    )
    for number, width in enumerate(WIDTHS, 1):
        column = within(table, "table:table-column", table__style_name=column_style(width))
        if number == 1:
            column.set(qn("table:visibility"), "collapse")
    above = 0
    for row in rows:
        _gap(table, row.number - above - 1)
        _row(table, row)
        above = row.number
    return table


def _gap(table: XmlElement, many: int) -> None:
    """Empty rows: in an ods a row has no number, and stands where those before it end."""
    if many > 0:
        gap = within(table, "table:table-row", table__number_rows_repeated=str(many))
        within(gap, "table:table-cell", table__number_columns_repeated=str(LAST_COLUMN))


def _row(table: XmlElement, row: PageRow) -> None:
    written = within(table, "table:table-row")
    if row.height:
        written.set(qn("table:style-name"), row_style(row.height))
    if row.hidden:
        written.set(qn("table:visibility"), "collapse")
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


def _cell(row: XmlElement, cell: PageCell, covered: int) -> None:
    written = within(row, "table:table-cell", table__style_name=cell_style(cell.role))
    if covered:
        written.set(qn("table:number-columns-spanned"), str(covered + 1))
        written.set(qn("table:number-rows-spanned"), "1")
        # OpenDocument, part 3, 9.1.5: the cells under a merged one are there, and covered.
        within(row, "table:covered-table-cell", table__number_columns_repeated=str(covered))
    if cell.text:
        _say(written, cell)


def _say(written: XmlElement, cell: PageCell) -> None:
    written.set(qn("office:value-type"), "string")
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
