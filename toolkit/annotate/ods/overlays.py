"""The colours of marked cells. A conditional format lays a common style over the cell's own, and
LibreOffice lets every common style inherit from its default one: so a mark says again what the
cell's own style says, and its colour."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from toolkit.annotate.marks import COLOURS
from toolkit.annotate.markup import Node
from toolkit.annotate.ods.cells import style_names
from toolkit.annotate.ods.parts import CONTENT, OWN, STYLES, Document, qn, within
from toolkit.words.cells import CellRef

_PROPERTIES = ("style:table-cell-properties", "style:paragraph-properties", "style:text-properties")
_FACE, _FAMILY = qn("style:font-name"), qn("fo:font-family")
_ROOT = "Default"


class Overlays:
    """The marks' styles of one document, each made when it is first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._made: set[str] = set()

    def by_style(self, table: Node, tone: str, refs: Sequence[CellRef]) -> dict[str, list[CellRef]]:
        """Cells by the style that marks them in a tone and leaves their own look."""
        names = style_names(table, [(ref.row, ref.column) for ref in refs])
        grouped: dict[str, list[CellRef]] = defaultdict(list)
        for ref in refs:
            grouped[self._style(tone, names[ref.row, ref.column])].append(ref)
        return grouped

    def _style(self, tone: str, own: str) -> str:
        name = f"{OWN}{tone.capitalize()}.{own or _ROOT}"
        if name not in self._made:
            self._made.add(name)
            style = within(
                self._document.common_styles(),
                "style:style",
                style__name=name,
                style__family="table-cell",
                style__parent_style_name=_ROOT,
            )
            self._fill(style, own, COLOURS[tone])
        return name

    def _fill(self, style: Node, own: str, colour: str) -> None:
        looks = self._looks(own)
        looks[_PROPERTIES[0]][qn("fo:background-color")] = f"#{colour.lower()}"
        for kind, said in looks.items():
            element = within(style, kind) if said else style
            for name, value in said.items():
                element.set(name, value)

    def _looks(self, own: str) -> dict[str, dict[str, str]]:
        """What a style and those that it inherits from say, but for the default one."""
        looks: dict[str, dict[str, str]] = {kind: {} for kind in _PROPERTIES}
        seen = set()
        while own and own != _ROOT and own not in seen:
            seen.add(own)
            style = self._find(own)
            if style is None:
                break
            # What is nearer to the cell goes before what it inherits.
            for kind in _PROPERTIES:
                for element in style.each(qn(kind)):
                    looks[kind] = {**element.attributes, **looks[kind]}
            own = style.get(qn("style:parent-style-name")) or ""
        self._name_font(looks[_PROPERTIES[2]])
        return looks

    def _name_font(self, text: dict[str, str]) -> None:
        """A font by its own name: what it is called in the content, the styles may call
        otherwise."""
        face = text.pop(_FACE, "")
        faces = self._document.tree(CONTENT).descendants(qn("style:font-face"))
        family = next(
            (one.get(qn("svg:font-family")) for one in faces if one.get(qn("style:name")) == face),
            None,
        )
        if family and _FAMILY not in text:
            text[_FAMILY] = family

    def _find(self, name: str) -> Node | None:
        for part in (CONTENT, STYLES):
            for style in self._document.tree(part).descendants(qn("style:style")):
                if (
                    style.get(qn("style:name")) == name
                    and style.get(qn("style:family")) == "table-cell"
                ):
                    return style
        return None
