"""What the styles and lists of somebody's Word file mean: headings, list items, quotations,
captions, bold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import OFF, wn

_QUOTES = {"quote", "intense quote"}
_ON = {"1", "true", "on"}
_LEVELS = 9  # of headings and lists; outline level 9 is running text (ECMA-376 part 1 §17.3.1.20)
_NO_LIST = "0"  # as a list's number: the list that the style names is taken away (§17.9.18)


class WordStyles:
    """Styles by id, and the numbering that they and the paragraphs name. They are known by the
    names that Word keeps in the file, whatever language it speaks."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        found = () if styles is None else styles.findall(wn("style"))
        self._by_id = {value(style, "styleId"): style for style in found}
        self._by_id.pop("", None)
        self._default = next((value(s, "styleId") for s in found if _is_default(s)), "")
        self._numbering = numbering
        self.chain = cache(self._chain)

    def _chain(self, style: str) -> tuple[Element, ...]:
        """A style and those that it is based on, nearest first. A damaged file may have a style
        that is based on itself."""
        found: list[Element] = []
        while style in self._by_id and self._by_id[style] not in found:
            found.append(self._by_id[style])
            style = value(found[-1].find(wn("basedOn")))
        return tuple(found)

    def _of(self, paragraph: Element) -> tuple[Element, ...]:
        return self.chain(value(paragraph.find(wn("pPr/pStyle"))) or self._default)

    def names(self, paragraph: Element) -> list[str]:
        """The names of its style and of those that it is based on, in small letters."""
        return [value(style.find(wn("name"))).casefold() for style in self._of(paragraph)]

    def heading_level(self, paragraph: Element) -> int:
        """1 for a chapter, 2 for a section; 0 for what is no heading."""
        own = value(paragraph.find(wn("pPr/outlineLvl")))
        if own.isdigit() and int(own) < _LEVELS:
            return int(own) + 1
        # A style that somebody has based on a heading is one too.
        for name in self.names(paragraph):
            match name.split():
                case ["heading", level] if level.isdigit():
                    return int(level)
        return 0

    def kind(self, paragraph: Element) -> tuple[str, int]:
        """What kind of paragraph of the report it is, and how deep in a list."""
        names = set(self.names(paragraph))
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
        """The list that a paragraph is in, and its level there. The paragraph may say the level and
        its style the list."""
        level = ""
        for place in (paragraph, *self._of(paragraph)):
            level = level or value(place.find(wn("pPr/numPr/ilvl")))
            number = place.find(wn("pPr/numPr/numId"))
            if number is not None:
                return value(number), level or "0"
        return _NO_LIST, "0"

    def _format(self, number: str, level: str) -> str:
        """How a list counts on a level: `decimal`, `bullet`; empty where there is no such list."""
        if self._numbering is None or number == _NO_LIST:
            return ""
        own = _named(self._numbering, "num", "numId", number)
        if own is None:
            return ""
        model = value(own.find(wn("abstractNumId")))
        abstract = _named(self._numbering, "abstractNum", "abstractNumId", model)
        found = None if abstract is None else _named(abstract, "lvl", "ilvl", level)
        return "" if found is None else value(found.find(wn("numFmt")))

    def look(self, run: Element, name: str) -> bool:
        """Whether a run is bold (`b`), italic (`i`), struck out (`strike`) or hidden (`vanish`), by
        itself or by its character style. A paragraph's own look is its style's business."""
        for properties in self._looks(run):
            own = properties.find(wn(name))
            if own is not None:
                return value(own) not in OFF
        return False

    def _looks(self, run: Element) -> Iterator[Element]:
        """What says how a run looks, nearest first."""
        properties = run.find(wn("rPr"))
        if properties is None:
            return
        yield properties
        for style in self.chain(value(properties.find(wn("rStyle")))):
            yield from style.findall(wn("rPr"))


def _named(parent: Element, kind: str, attribute: str, name: str) -> Element | None:
    """The first child of a kind that goes by a name."""
    named = (one for one in parent.findall(wn(kind)) if value(one, attribute) == name)
    return next(named, None)


def _is_default(style: Element) -> bool:
    return value(style, "type") == "paragraph" and value(style, "default") in _ON
