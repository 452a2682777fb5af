"""What lies in the bookmarks of a report's numbers, as somebody's program has saved the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.report.tags import read_bookmark
from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import wn
from toolkit.word.ooxml.package import MAIN, WordPackage
from toolkit.word.verify.reading import notes_of

_START, _END, _NOTE = wn("bookmarkStart"), wn("bookmarkEnd"), wn("footnoteReference")
_TEXT, _PARAGRAPH = wn("t"), wn("p")


@dataclass(slots=True)
class Tagged:
    """A tag as it lies in a file: its name without the digest, the digest of what was printed, the
    text that is there now, and the paragraph."""

    tag: str
    proof: str
    text: str
    paragraph: Element


def tags_of(package: WordPackage) -> Mapping[str, Tagged]:
    """What lies in each tag, by the names of the bookmarks."""
    return dict(_in_story(package.roots[MAIN], notes_of(package)))


def _in_story(root: Element, notes: Mapping[str, str]) -> Iterator[tuple[str, Tagged]]:
    """Bookmarks may begin and end anywhere, also beside paragraphs: a text is in all that are
    open, and so is the note of a mark."""
    opened: dict[str, Tagged] = {}
    paragraph = root
    for node in root.iter(_PARAGRAPH, _START, _END, _TEXT, _NOTE):
        if node.tag == _PARAGRAPH:
            paragraph = node
        elif node.tag == _START:
            known = read_bookmark(value(node, "name"))
            if known:
                number = value(node, "id")
                opened[number] = Tagged(*known, "", paragraph)
                yield value(node, "name"), opened[number]
        elif node.tag == _END:
            opened.pop(value(node, "id"), None)
        else:
            for one in opened.values():
                is_note = node.tag == _NOTE
                one.text += notes.get(value(node, "id"), "") if is_note else node.text or ""
