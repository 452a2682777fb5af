"""Real footnotes: their part, their separators, and the settings that name these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from toolkit.report.blocks import Text
from toolkit.word.ooxml.elements import Element, inside, paragraph, run, w
from toolkit.word.ooxml.names import LINE
from toolkit.word.write.links import Links
from toolkit.word.write.numbertags import NumberTags

# Word asks for both separators by these ids, which its own files have too; without them it calls
# the file damaged (ECMA-376 part 1 §17.11.23).
_SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}
_AFTER_NOTES = {
    "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang",
    "clrSchemeMapping", "doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol",
    "listSeparator",
}  # fmt: skip
"""The settings that the schema wants after `footnotePr` (§17.15.1.78)."""


@dataclass
class Footnotes:
    """The footnotes of one document. Their ids rise in reading order: LibreOffice pairs marks and
    notes by sorted ids, so that others scramble them. Their part is made last, so that what its
    links lead to is gathered until then."""

    text_style: str
    mark_style: str
    link_style: str
    tags: NumberTags = field(default_factory=NumberTags)
    made: list[Element] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _links(self) -> Links:
        return Links(self._relate, self.link_style)

    def _relate(self, address: str) -> str:
        """The id of the part's relation to an address; the part itself is not there yet."""
        return self.addresses.setdefault(address, f"rId{len(self.addresses) + 1}")

    def tagged(self, runs: Sequence[Text]) -> list[Element]:
        """The same, inside a bookmark where something in the note is printed of data. LibreOffice
        drops the bookmarks inside notes: the mark is what it keeps."""
        tag = next((item.tag for item in runs if item.tag), "")
        return self.tags.tagged(tag, "".join(item.text for item in runs), self.call(runs))

    def call(self, runs: Sequence[Text]) -> Element:
        """Add a footnote; the run that calls it in the text."""
        number = str(len(self.made) + 1)
        mark = inside(self._mark(), w("footnoteRef"))
        words = [self._links.run(item) for item in runs]
        # Word and LibreOffice put nothing between number and text: the space is ours.
        body = paragraph(self.text_style, mark, run(" "), *words)
        self.made.append(inside(w("footnote", id=number), body))
        return inside(self._mark(), w("footnoteReference", id=number))

    def _mark(self) -> Element:
        return inside(w("r"), inside(w("rPr"), w("rStyle", val=self.mark_style)))

    def attach(self, document: Any) -> None:
        """Put the part into the document's package."""
        separators = [_separator(number, kind) for number, kind in _SEPARATORS.items()]
        root = inside(w("footnotes"), *separators, *self.made)
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        place = PackURI("/word/footnotes.xml")
        part = Part(place, CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        for address, number in self.addresses.items():
            part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, number, is_external=True)
        _declare_separators(document.settings.element)


def _separator(number: str, kind: str) -> Element:
    spacing = inside(w("pPr"), w("spacing", after="0", line=str(LINE), lineRule="auto"))
    body = inside(w("p"), spacing, inside(w("r"), w(kind)))
    return inside(w("footnote", type=kind, id=number), body)


def _declare_separators(settings: Element) -> None:
    """In its one allowed place among the settings."""
    declared = inside(w("footnotePr"), *(w("footnote", id=number) for number in _SEPARATORS))
    later = (item for item in settings if etree.QName(item).localname in _AFTER_NOTES)
    after = next(later, None)
    if after is None:
        settings.append(declared)
    else:
        after.addprevious(declared)
