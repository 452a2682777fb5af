"""Cells in which a number is shown as it is: what we write for a county must not stand there as
another number (20 as `2000 %`, 54 492 as `54492 tkr`)."""

from __future__ import annotations

from toolkit.annotate.markup import Node
from toolkit.annotate.ods.cells import style_names
from toolkit.annotate.ods.parts import CONTENT, STYLES, Document, made, put, qn, within

_PLAIN = "LansrapportTal"  # of styles that stay: a later marking leaves them
_DATA_STYLE, _NAME = qn("style:data-style-name"), qn("style:name")


def show_numbers(document: Document, table: Node, cells: dict[tuple[int, int], Node]) -> None:
    """Give cells that show a number otherwise a style that shows it, the same in all but that.
    `cells` are by row and column from 1."""
    for place, own in style_names(table, cells).items():
        style = _find(document, "style:style", own)
        if style is not None and _shows_more(document, _data_style(document, style)):
            put(cells[place], "table:style-name", _plain(document, style))


def _data_style(document: Document, style: Node) -> str:
    """The name of the style of numbers that a cell's style has, or inherits."""
    seen: set[str] = set()
    found: Node | None = style
    while found is not None and (name := found.get(_NAME) or "") not in seen:
        if found.get(_DATA_STYLE):
            return str(found.get(_DATA_STYLE))
        seen.add(name)
        found = _find(document, "style:style", found.get(qn("style:parent-style-name")) or "")
    return ""


def _shows_more(document: Document, name: str) -> bool:
    """Whether a style of numbers shows anything but the number."""
    for kind in ("number:percentage-style", "number:date-style", "number:time-style"):
        if _find(document, kind, name) is not None:
            return True
    style = _find(document, "number:number-style", name)
    if style is None:
        return False
    return any(said.text.strip() for said in style.descendants(qn("number:text")))


def _plain(document: Document, style: Node) -> str:
    """The name of the same style with plain numbers, made where there is none."""
    name = f"{style.get(_NAME)}.{_PLAIN}"
    if _find(document, "style:style", name) is None:
        automatic = document.automatic_styles(CONTENT)
        _make_numbers(document, automatic)
        copy = style.made_anew()
        copy.set(_NAME, name)
        copy.set(_DATA_STYLE, _PLAIN)
        copy.drop(qn("style:display-name"))
        automatic.append(copy)
    return name


def _make_numbers(document: Document, automatic: Node) -> None:
    if _find(document, "number:number-style", _PLAIN) is None:
        numbers = made("number:number-style", style__name=_PLAIN)
        within(numbers, "number:number", number__min_integer_digits="1")
        automatic.insert_first(numbers)


def _find(document: Document, kind: str, name: str) -> Node | None:
    """A style by its kind and name, in the content or among the common ones."""
    for part in (CONTENT, STYLES):
        for style in document.tree(part).descendants(qn(kind)):
            if style.get(_NAME) == name and name:
                return style
    return None
