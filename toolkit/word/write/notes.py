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
from toolkit.word.write.links import Links
from toolkit.word.write.xml import Element, inside, paragraph, run, w

_BEFORE_NOTES = (
    "endnotePr",
    "compat",
    "docVars",
    "rsids",
    "mathPr",
    "attachedSchema",
    "themeFontLang",
    "clrSchemeMapping",
    "doNotIncludeSubdocsInStats",
    "shapeDefaults",
    "decimalSymbol",
    "listSeparator",
)


@dataclass
class Footnotes:
    """The footnotes of one document; their ids rise in reading order. Their part is made last, so
    that what its links lead to is gathered until then."""

    text_style: str
    mark_style: str
    link_style: str
    made: list[Element] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _links(self) -> Links:
        return Links(
            lambda to: self.addresses.setdefault(to, f"rId{len(self.addresses) + 1}"),
            self.link_style,
        )

    def call(self, runs: Sequence[Text]) -> Element:
        """Add a footnote; the run that calls it in the text."""
        number = str(len(self.made) + 1)
        mark = inside(w("r"), inside(w("rPr"), w("rStyle", val=self.mark_style)), w("footnoteRef"))
        words = [self._links.run(item) for item in runs]
        body = paragraph(self.text_style, mark, run(" "), *words)
        self.made.append(inside(w("footnote", id=number), body))
        look = inside(w("rPr"), w("rStyle", val=self.mark_style))
        return inside(w("r"), look, w("footnoteReference", id=number))

    def attach(self, document: Any) -> None:
        """Put the part into the document's package."""
        root = inside(
            w("footnotes"),
            _separator("-1", "separator"),
            _separator("0", "continuationSeparator"),
            *self.made,
        )
        blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        for address, number in self.addresses.items():
            part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, address, number, is_external=True)
        _declare_separators(document.settings.element)


def _separator(number: str, kind: str) -> Element:
    spacing = inside(w("pPr"), w("spacing", after="0", line="240", lineRule="auto"))
    body = inside(w("p"), spacing, inside(w("r"), w(kind)))
    return inside(w("footnote", type=kind, id=number), body)


def _declare_separators(settings: Element) -> None:
    """In its one allowed place among the settings."""
    declared = inside(w("footnotePr"), w("footnote", id="-1"), w("footnote", id="0"))
    after = next((item for item in settings if etree.QName(item).localname in _BEFORE_NOTES), None)
    if after is None:
        settings.append(declared)
    else:
        after.addprevious(declared)
