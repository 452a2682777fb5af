"""Lists that Word numbers: each numbered list begins anew, and lists inside lists are set further
in."""

from __future__ import annotations

from typing import Any

from toolkit.report.blocks import Block, Paragraph
from toolkit.word.ooxml.elements import Element, docx_element, inside, value, w
from toolkit.word.ooxml.names import wn

DEPTH = 3  # levels of a list inside lists
_STEP = _HANGING = 360  # twentieths of a point
# `%1` stands for the number of the first level; a bullet's text is the bullet (§17.9.11).
_NUMBERS = (("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3."))
_BULLETS = (("bullet", "•"), ("bullet", "–"), ("bullet", "•"))


class Lists:
    """The lists of one document, beside those that its styles have. In Word a list is a `num` that
    counts by itself, after a model, `abstractNum`, that says how its levels look (ECMA-376 part 1
    §17.9)."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._models: dict[str, str] = {}
        self._current = ""
        self._bulleted = ""

    def place(self, block: Block) -> tuple[Element, ...]:
        """What puts a list item into its list: its number in the list, its indent; nothing for what
        is no item, or stands in the bullet style's own list. Numbers begin anew after anything that
        is not in the list."""
        if not isinstance(block, Paragraph) or block.style not in {"bullet", "number"}:
            self._current = ""
            return ()
        if block.style == "bullet":
            return _properties(self._bullets(), block.level) if block.level else ()
        if not self._current:
            self._current = self._begin(self._model("number", _NUMBERS))
        return _properties(self._current, block.level)

    def _bullets(self) -> str:
        """All bullets stand in one list: they do not count."""
        if not self._bulleted:
            self._bulleted = self._begin(self._model("bullet", _BULLETS))
        return self._bulleted

    @property
    def _root(self) -> Any:
        return self._document.part.numbering_part.element

    def _model(self, kind: str, levels: tuple[tuple[str, str], ...]) -> str:
        """The id of the description that the lists of a kind share."""
        if kind not in self._models:
            known = self._root.findall(wn("abstractNum"))
            number = _free(known, "abstractNumId")
            # What Word itself writes for a list that was made with its button (§17.9.12).
            many = w("multiLevelType", val="hybridMultilevel")
            model = inside(w("abstractNum", abstractNumId=number), many)
            model.extend(_level(place, form, text) for place, (form, text) in enumerate(levels))
            # The schema wants all models before all lists in the part.
            place = 1 + self._root.index(known[-1]) if known else 0
            self._root.insert(place, docx_element(model))
            self._models[kind] = number
        return self._models[kind]

    def _begin(self, model: str) -> str:
        """The id of a new list, which counts from one: lists of one model go on counting unless
        they say where they start."""
        number = _free(self._root.findall(wn("num")), "numId")
        start = inside(w("lvlOverride", ilvl="0"), w("startOverride", val="1"))
        made = inside(w("num", numId=number), w("abstractNumId", val=model), start)
        self._root.append(docx_element(made))
        return number


def _free(known: list[Element], name: str) -> str:
    """The first id after all that are taken."""
    return str(1 + max((int(value(one, name)) for one in known), default=0))


def _properties(number: str, level: int) -> tuple[Element, ...]:
    level = min(level, DEPTH - 1)
    return inside(w("numPr"), w("ilvl", val=str(level)), w("numId", val=number)), _indent(level)


def _indent(level: int) -> Element:
    return w("ind", left=str(_STEP * (level + 1)), hanging=str(_HANGING))


def _level(place: int, form: str, text: str) -> Element:
    said = {"start": "1", "numFmt": form, "lvlText": text, "lvlJc": "left"}
    looks = [w(name, val=value) for name, value in said.items()]
    return inside(w("lvl", ilvl=str(place)), *looks, inside(w("pPr"), _indent(place)))
