"""What a marked file needs of styles. All have names that begin alike, by which a later marking
takes them away."""

from __future__ import annotations

from toolkit.annotate.markup import Node
from toolkit.annotate.ods.parts import CONTENT, OWN, STYLES, Document, put, qn, within
from toolkit.annotate.page import LOOKS, WIDTHS, CellLook, PageRow

TABLE, PAGE = f"{OWN}Blad", f"{OWN}Sida"
_POINTS_A_CHARACTER = 5.6
_MARGIN = "7mm"
_KINDS = tuple(map(qn, ("style:style", "style:page-layout", "style:master-page")))


def cell_style(role: str) -> str:
    """The name of the style of the feedback sheet's cells by role."""
    return f"{OWN}Cell.{role}"


def column_style(width: int) -> str:
    """The name of the style of a column by its width in characters."""
    return f"{OWN}Kolumn.{width}"


def row_style(height: int) -> str:
    """The name of the style of a row by its height in points."""
    return f"{OWN}Rad.{height}"


def strip_styles(document: Document) -> None:
    """Without the styles of an earlier marking."""
    for part in (CONTENT, STYLES):
        for style in list(document.tree(part).descendants(*_KINDS)):
            if (style.get(qn("style:name")) or "").startswith(OWN):
                style.take_away()


def add_styles(document: Document, rows: tuple[PageRow, ...]) -> None:
    """The styles of the feedback sheet."""
    automatic = document.automatic_styles(CONTENT)
    for role, look in LOOKS.items():
        _add_look(automatic, role, look)
    _add_widths(automatic)
    _add_heights(automatic, {row.height for row in rows if row.height})
    _add_table(automatic)
    _add_page(document)


def _add_widths(automatic: Node) -> None:
    for width in sorted(set(WIDTHS)):
        style = within(
            automatic, "style:style", style__name=column_style(width), style__family="table-column"
        )
        within(
            style,
            "style:table-column-properties",
            style__column_width=f"{width * _POINTS_A_CHARACTER:.1f}pt",
        )


def _add_heights(automatic: Node, heights: set[int]) -> None:
    # Not the best height: LibreOffice would else reckon it anew when it opens the file.
    for height in sorted(heights):
        style = within(
            automatic, "style:style", style__name=row_style(height), style__family="table-row"
        )
        within(style, "style:table-row-properties", style__row_height=f"{height}pt",
               style__use_optimal_row_height="false")  # fmt: skip


def _add_table(automatic: Node) -> None:
    style = within(
        automatic,
        "style:style",
        style__name=TABLE,
        style__family="table",
        style__master_page_name=PAGE,
    )
    within(style, "style:table-properties", table__display="true")


def _add_look(automatic: Node, role: str, look: CellLook) -> None:
    style = within(
        automatic, "style:style", style__name=cell_style(role), style__family="table-cell"
    )
    cell = within(
        style, "style:table-cell-properties", style__vertical_align="top", fo__wrap_option="wrap"
    )
    put(cell, "style:cell-protect", "protected" if look.locked else "none")
    if look.fill:
        put(cell, "fo:background-color", f"#{look.fill.lower()}")
    _add_text_look(style, look)


def _add_text_look(style: Node, look: CellLook) -> None:
    text = within(
        style,
        "style:text-properties",
        fo__color=f"#{look.colour.lower()}",
        fo__font_size=f"{look.size}pt",
    )
    put(text, "fo:font-family", "Calibri")
    if look.bold:
        put(text, "fo:font-weight", "bold")
    if look.underlined:
        put(text, "style:text-underline-style", "solid")


def _add_page(document: Document) -> None:
    """A lying page, as wide as the sheet."""
    layout = within(document.automatic_styles(STYLES), "style:page-layout", style__name=PAGE)
    page = within(layout, "style:page-layout-properties", style__print_orientation="landscape",
                  fo__page_width="297mm", fo__page_height="210mm",
                  style__scale_to_X="1", style__scale_to_Y="0")  # fmt: skip
    for side in ("top", "bottom", "left", "right"):
        put(page, f"fo:margin-{side}", _MARGIN)
    masters = document.tree(STYLES).find(qn("office:master-styles"))
    if masters is None:
        masters = within(document.tree(STYLES), "office:master-styles")
    within(masters, "style:master-page", style__name=PAGE, style__page_layout_name=PAGE)
