"""Lists that Word numbers: each numbered list begins anew, and lists inside lists are set further
in."""

from __future__ import annotations

from typing import Any

from docx.oxml.parser import oxml_parser
from lxml import etree

from toolkit.report.blocks import Block, Paragraph
from toolkit.word.write.xml import Element, W, inside, w

DEPTH = 3  # levels of a list inside lists
_STEP, _HANGING = 360, 360  # twentieths of a point
_NUMBERS = (("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3."))
_BULLETS = (("bullet", "•"), ("bullet", "–"), ("bullet", "•"))


class Lists:
    """The lists of one document, beside those that its styles have."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._models: dict[str, str] = {}
        self._current = ""

    def place(self, block: Block) -> tuple[Element, ...]:
        """What puts a list item into its list; nothing for what is no item, or stands in the bullet
        style's own list. Numbers begin anew after anything that is not in the list."""
        if not isinstance(block, Paragraph) or block.style not in {"bullet", "number"}:
            self._current = ""
            return ()
        if block.style == "bullet":
            return self._properties(self._bullets(), block.level) if block.level else ()
        if not self._current:
            self._current = self._begin(self._model("number", _NUMBERS))
        return self._properties(self._current, block.level)

    def _bullets(self) -> str:
        if "bullets" not in self._models:
            self._models["bullets"] = self._begin(self._model("bullet", _BULLETS))
        return self._models["bullets"]

    def _properties(self, number: str, level: int) -> tuple[Element, ...]:
        level = min(level, DEPTH - 1)
        indent = w("ind", left=str(_STEP * (level + 1)), hanging=str(_HANGING))
        return (inside(w("numPr"), w("ilvl", val=str(level)), w("numId", val=number)), indent)

    @property
    def _root(self) -> Any:
        return self._document.part.numbering_part.element

    def _model(self, kind: str, levels: tuple[tuple[str, str], ...]) -> str:
        """The id of the description that the lists of a kind share."""
        if kind not in self._models:
            models = self._root.findall(f"{{{W}}}abstractNum")
            number = str(
                1 + max((int(one.get(f"{{{W}}}abstractNumId")) for one in models), default=0)
            )
            model = inside(
                w("abstractNum", abstractNumId=number), w("multiLevelType", val="hybridMultilevel")
            )
            model.extend(_level(place, form, text) for place, (form, text) in enumerate(levels))
            models[-1].addnext(_parsed(model)) if models else self._root.insert(0, _parsed(model))
            self._models[kind] = number
        return self._models[kind]

    def _begin(self, model: str) -> str:
        """The id of a new list, which counts from one."""
        numbers = self._root.findall(f"{{{W}}}num")
        number = str(1 + max((int(one.get(f"{{{W}}}numId")) for one in numbers), default=0))
        start = inside(w("lvlOverride", ilvl="0"), w("startOverride", val="1"))
        self._root.append(
            _parsed(inside(w("num", numId=number), w("abstractNumId", val=model), start))
        )
        return number


def _level(place: int, form: str, text: str) -> Element:
    indent = inside(w("pPr"), w("ind", left=str(_STEP * (place + 1)), hanging=str(_HANGING)))
    return inside(
        w("lvl", ilvl=str(place)),
        w("start", val="1"),
        w("numFmt", val=form),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        indent,
    )


def _parsed(element: Element) -> Element:
    return etree.fromstring(etree.tostring(element), oxml_parser)
