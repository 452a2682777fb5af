"""The styles that the document is set in, found in the template by their names."""

from __future__ import annotations

from typing import Any

from toolkit.files.errors import LansrapportError
from toolkit.word.ooxml.elements import docx_element, inside, value, w
from toolkit.word.ooxml.names import wn

NAMES = {
    "body": "Normal",
    "title": "Title",
    "subtitle": "Subtitle",
    "h1": "heading 1",
    "h2": "heading 2",
    "h3": "heading 3",
    "plain": "Rubrik utan nummer",
    "bullet": "List Bullet",
    "number": "List Bullet",
    "quote": "Quote",
    "caption": "caption",
    "source": "Källa",
    "table text": "Tabelltext",
    "table": "Tabell",
    "note": "footnote text",
    "mark": "footnote reference",
    "header": "header",
    "footer": "footer",
    "toc1": "toc 1",
    "toc2": "toc 2",
    "link": "Hyperlink",
    "reference": "Referens",
}
"""What each kind of text is set in. Word's own styles go by the names that it keeps in the file
whatever language it speaks (ECMA-376 part 1 §17.7.4.9); a Swedish Word shows `Rubrik 1`."""
NEEDED = tuple(dict.fromkeys(NAMES.values()))
"""The styles that a template must have."""
_UNNUMBERED = "Avsnittutannummer"


class TemplateError(LansrapportError):
    """The style template lacks a style; the text names it."""


def style_ids(document: Any, name: str) -> dict[str, str]:
    """Ids by role, found by the styles' names: a Swedish Word gives its own ids (`Rubrik1`) but
    keeps the names. Raises TemplateError."""
    known = {}
    for style in document.styles.element.findall(wn("style")):
        known[value(style.find(wn("name"))).casefold()] = value(style, "styleId")
    for wanted in NEEDED:
        if wanted.casefold() not in known:
            raise TemplateError(f"{name}: formatmallen ”{wanted}” saknas")
    # Names are compared without case: Word writes `heading 1`, others `Heading 1`.
    ids = {role: known[wanted.casefold()] for role, wanted in NAMES.items()}
    return {**ids, "plain 2": _unnumbered_section(document, ids)}


def heading_style(level: int, *, numbered: bool) -> str:
    """The role of a heading's style."""
    if numbered:
        return f"h{level}"
    return "plain" if level == 1 else "plain 2"


def _unnumbered_section(document: Any, styles: dict[str, str]) -> str:
    """The id of a style for sections without a number, which begin a page: made from the template's
    own, so that the staff need not keep it."""
    if all(value(known, "styleId") != _UNNUMBERED for known in document.styles.element):
        document.styles.element.append(docx_element(_section_style(styles)))
    return _UNNUMBERED


def _section_style(styles: dict[str, str]) -> Any:
    """Numbering 0 takes away the number that the style would inherit (§17.9.18), and its indent
    must be taken away too."""
    look = inside(
        w("pPr"),
        w("pageBreakBefore"),
        inside(w("numPr"), w("numId", val="0")),
        w("ind", left="0", firstLine="0"),
    )
    return inside(
        w("style", type="paragraph", customStyle="1", styleId=_UNNUMBERED),
        w("name", val="Avsnitt utan nummer"),
        w("basedOn", val=styles["h2"]),
        w("next", val=styles["body"]),
        w("qFormat"),
        look,
    )
