"""The names of what is printed of data, as bookmarks that are not seen: Word, LibreOffice and
screen readers pass over them, and keep them when the text around them is changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.report.tags import bookmark_of
from toolkit.word.ooxml.elements import Element, w

# Far above the bookmarks of headings and captions, which are numbered in their order.
_FIRST_ID = 100_000


@dataclass
class NumberTags:
    """The tags of one document. A name is there once; what is printed twice has it the first
    time."""

    used: set[str] = field(default_factory=set)

    def tagged(self, tag: str, text: str, *written: Element) -> list[Element]:
        """The elements that a text is written with, inside its bookmark where it has one."""
        ends = self.around(tag, text)
        return [ends[0], *written, ends[1]] if ends else list(written)

    def around(self, tag: str, text: str) -> tuple[Element, Element] | None:
        """The two ends of the bookmark of a text; None where there is no tag, or it is taken."""
        name = bookmark_of(tag, text)
        if not tag or name in self.used:
            return None
        number = str(_FIRST_ID + len(self.used))
        self.used.add(name)
        return w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)
