"""Texts in an OpenDocument file of which a part looks otherwise than the rest (OpenDocument 1.3,
part 3: 6.1.7 `text:span`, 20.365 `text-line-through-style`, 20.384 `text-position`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from toolkit.read.formats.runs import PartKind
from toolkit.words.digits import whole_number

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _STYLE = (_OASIS % name for name in ("text", "style"))
_POSITION = f"{_STYLE}text-position"
# LibreOffice writes only the type of a line through a part of a text, and both of a cell's.
_LINES = (f"{_STYLE}text-line-through-style", f"{_STYLE}text-line-through-type")
_RAISED = ("super", "sub")


@dataclass(frozen=True, slots=True)
class SpanStyles:
    """The names of the styles for a part of a text that strike it out, and that raise or lower
    it."""

    struck: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()


def span_styles(root: Element) -> SpanStyles:
    """Those of a file, by its `content.xml`: a part that is made to look otherwise by hand has a
    style of its own there."""
    struck, raised = set[str](), set[str]()
    for style in root.iter(f"{_STYLE}style"):
        if style.get(f"{_STYLE}family") != "text":
            continue
        name = style.get(f"{_STYLE}name", "")
        for looks in style.iter(f"{_STYLE}text-properties"):
            if line_through(looks) not in {"", "none"}:
                struck.add(name)
            if _is_raised(looks.get(_POSITION, "")):
                raised.add(name)
    return SpanStyles(frozenset(struck), frozenset(raised))


def line_through(looks: Element) -> str:
    """The line through a text that its properties ask for, or `none`; empty where they say
    nothing."""
    return next((said for name in _LINES if (said := looks.get(name))), "")


def _is_raised(position: str) -> bool:
    """`super 58%`, or how far in percent: `33% 58%`."""
    first = position.split(" ")[0].rstrip("%")
    return first in _RAISED or bool(whole_number(first.removeprefix("-")))


def kind_of_parts(cell: Element, styles: SpanStyles) -> PartKind | None:
    """What a cell's text is where not all of it looks alike, or all of it is struck out."""
    if cell.find(f"{_TEXT}p/{_TEXT}span") is None:
        return None
    names = list(_styles_of_runs(cell))
    struck = [name in styles.struck for name in names]
    raised = {name in styles.raised for name in names}
    if any(struck):
        return "all_struck" if all(struck) else "struck"
    return "raised" if len(raised) > 1 else None


def _styles_of_runs(cell: Element) -> Iterator[str]:
    """The style of each piece of a cell's text that shows anything; empty for the text's own."""
    for paragraph in cell.iterfind(f"{_TEXT}p"):
        if (paragraph.text or "").strip():
            yield ""
        for part in paragraph:
            if part.tag == f"{_TEXT}span" and "".join(part.itertext()).strip():
                yield part.get(f"{_TEXT}style-name", "")
            if (part.tail or "").strip():
                yield ""
