"""Runs of text that lead somewhere outside the document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from toolkit.report.blocks import Text
from toolkit.word.ooxml.elements import Element, inside, run, w
from toolkit.word.ooxml.names import R
from toolkit.words.cleantext import clean_text


@dataclass(frozen=True)
class Links:
    """Writes runs into one part, those with an address as links in the style for links. `relate`
    gives the id of the part's relation to an address."""

    relate: Callable[[str], str]
    style: str

    def run(self, text: Text) -> Element:
        """A run, or a link with a run in it."""
        if not text.link:
            return _run(text)
        # `history` lets it look visited once it has been followed (§17.16.22).
        link = w("hyperlink", history="1")
        link.set(f"{{{R}}}id", self.relate(text.link))
        return inside(link, _run(text, w("rStyle", val=self.style)))


def _run(text: Text, *looks: Element) -> Element:
    said = clean_text(text.text)
    return run(said, *looks, bold=text.bold, italic=text.italic, language=text.language)


def links_of(document: Any, style: str) -> Links:
    """For the body of a document."""

    def relate(address: str) -> str:
        relation = RELATIONSHIP_TYPE.HYPERLINK
        return str(document.part.relate_to(address, relation, is_external=True))

    return Links(relate, style)
