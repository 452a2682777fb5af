"""What the styles and lists of somebody's Word file mean: headings, list items, quotations,
captions, bold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import wn

_QUOTES = {"quote", "intense quote"}
_OFF = {"0", "false", "off", "none"}


class WordStyles:
    """Styles by id, and the numbering that they and the paragraphs name. They are known by the
    names that Word keeps in the file, whatever language it speaks."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = () if styles is None else styles.findall(wn("style"))
        self._by_id = {style.get(wn("styleId")): style for style in found}
        self._default = next((s.get(wn("styleId")) for s in found if _is_default(s)), "")
        self._numbering = numbering
        self.chain = cache(self._chain)

    def _chain(self, style: str) -> tuple[Element, ...]:
        """A style and those that it is based on, nearest first."""
        found: list[Element] = []
        while style in self._by_id and self._by_id[style] not in found:
            found.append(self._by_id[style])
            style = value(found[-1].find(wn("basedOn")))
        return tuple(found)

    def _of(self, paragraph: Element) -> tuple[Element, ...]:
        return self.chain(value(paragraph.find(wn("pPr/pStyle"))) or self._default)

    def heading_level(self, paragraph: Element) -> int:
        """1 for a chapter, 2 for a section; 0 for what is no heading."""
        own = paragraph.find(wn("pPr/outlineLvl"))
        if own is not None and value(own).isdigit() and int(value(own)) < 9:
            return int(value(own)) + 1
        for name in (value(style.find(wn("name"))).casefold() for style in self._of(paragraph)):
            words = name.split()
            if len(words) == 2 and words[0] == "heading" and words[1].isdigit():
                return int(words[1])
        return 0

    def kind(self, paragraph: Element) -> tuple[str, int]:
        """What kind of paragraph of the report it is, and how deep in a list."""
        names = {value(style.find(wn("name"))).casefold() for style in self._of(paragraph)}
        if names & _QUOTES:
            return "quote", 0
        if "caption" in names:
            return "caption", 0
        number, level = self._number(paragraph)
        form = self._format(number, level)
        if form in {"", "none"}:
            return "body", 0
        return ("bullet" if form == "bullet" else "number"), int(level)

    def _number(self, paragraph: Element) -> tuple[str, str]:
        """The list that a paragraph is in, and its level there."""
        places = [
            paragraph.find(wn("pPr")),
            *(style.find(wn("pPr")) for style in self._of(paragraph)),
        ]
        level = ""
        for properties in places:
            own = None if properties is None else properties.find(wn("numPr"))
            if own is None:
                continue
            level = level or value(own.find(wn("ilvl")))
            if own.find(wn("numId")) is not None:
                return value(own.find(wn("numId"))), level or "0"
        return "0", "0"

    def _format(self, number: str, level: str) -> str:
        if self._numbering is None or number == "0":
            return ""
        lists = {n.get(wn("numId")): n for n in self._numbering.findall(wn("num"))}
        if number not in lists:
            return ""
        model = value(lists[number].find(wn("abstractNumId")))
        for abstract in self._numbering.findall(wn("abstractNum")):
            if abstract.get(wn("abstractNumId")) == model:
                found = (one for one in abstract.findall(wn("lvl")) if one.get(wn("ilvl")) == level)
                return value(next((one.find(wn("numFmt")) for one in found), None))
        return ""

    def look(self, run: Element, name: str) -> bool:
        """Whether a run is bold (`b`), italic (`i`), struck out (`strike`) or hidden (`vanish`), by
        itself or by its character style. A paragraph's own look is its style's business."""
        for properties in self._looks(run):
            own = None if properties is None else properties.find(wn(name))
            if own is not None:
                return value(own) not in _OFF
        return False

    def _looks(self, run: Element) -> Iterator[Element | None]:
        properties = run.find(wn("rPr"))
        yield properties
        if properties is not None:
            yield from (
                style.find(wn("rPr")) for style in self.chain(value(properties.find(wn("rStyle"))))
            )


def _is_default(style: Element) -> bool:
    return style.get(wn("type")) == "paragraph" and style.get(wn("default")) in {"1", "true", "on"}
