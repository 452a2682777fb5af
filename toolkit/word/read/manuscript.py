"""texter.docx, as Word or another program has saved it, as the sections that were written. What the
report cannot take in is told with its paragraph, never left out in silence."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree

from toolkit.read.formats.preflight import Refused, look_over
from toolkit.report.blocks import Heading, Inline, Paragraph, Text
from toolkit.report.editorial.manuscript import (
    Grid,
    Manuscript,
    ManuscriptBlock,
    ManuscriptFault,
    ManuscriptPlace,
    ManuscriptSection,
    Mark,
    read_mark,
)
from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import W, wn
from toolkit.word.read.runs import LinkTargets, ReadNotes, Spans, tracked
from toolkit.word.read.wordstyles import WordStyles
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

BODY = "word/document.xml"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_THROUGH = {"sdt", "sdtContent", "customXml", "smartTag"}
_QUIET = {
    "sectPr",
    "bookmarkStart",
    "bookmarkEnd",
    "proofErr",
    "permStart",
    "permEnd",
    "sdtPr",
    "sdtEndPr",
    "commentRangeStart",
    "commentRangeEnd",
    "customXmlPr",
}
_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
_WHY = {
    "FIL-STOR": "texter_stor",
    "FIL-TOM-FIL": "texter_tom_fil",
    "FIL-LOSENORD": "texter_losenord",
    "FIL-FARLIG": "texter_farlig",
    "FIL-SKADAD": "texter_skadad",
}


@dataclass
class _Draft:
    """A section while it is read."""

    heading: str
    level: int
    mark: Mark | None = None
    pieces: list[ManuscriptBlock] = field(default_factory=list)
    faults: list[ManuscriptFault] = field(default_factory=list)

    @property
    def next_place(self) -> ManuscriptPlace:
        return ManuscriptPlace(self.heading, len(self.pieces) + 1)

    def done(self) -> ManuscriptSection:
        return ManuscriptSection(
            self.heading, self.level, tuple(self.pieces), self.mark, tuple(self.faults)
        )


def read_manuscript(data: bytes, known: Collection[str] = ()) -> Manuscript:
    """What a copy of texter.docx holds. `known` are the texts that it was offered with above its
    first heading. Whatever is wrong with the file is a fault, never an error."""
    try:
        parts = {name: _transitional(part) for name, part in look_over(data).items()}
        if BODY not in parts:
            return _unreadable("texter_ej_word")
        body = etree.fromstring(parts[BODY], _PARSER).find(wn("body"))
        known = {fold(text) for text in known}
        return (
            _unreadable("texter_skadad")
            if body is None
            else _ManuscriptReader(parts, body, known).read()
        )
    except Refused as error:
        return _unreadable(_WHY.get(error.code, "texter_ej_word"))
    except (etree.XMLSyntaxError, ValueError, KeyError):
        return _unreadable("texter_skadad")


def _unreadable(why: str) -> Manuscript:
    return Manuscript(faults=(ManuscriptFault("TEXTER-FIL", None, (("why", why),)),))


def _transitional(part: bytes) -> bytes:
    """Strict Open XML says the same under other names."""
    for strict, usual in _STRICT:
        part = part.replace(strict, usual)
    return part


class _ManuscriptReader:
    """One document's parts, read from the beginning to the end."""

    def __init__(self, parts: dict[str, bytes], body: Element, known: Collection[str]) -> None:
        self._known = known
        self._body = body
        self._styles = WordStyles(
            _root(parts, "word/styles.xml"), _root(parts, "word/numbering.xml")
        )
        notes = _root(parts, "word/footnotes.xml")
        within = ReadNotes(notes, _links(parts, "footnotes"), self._styles)
        self._spans = Spans(within, _links(parts, "document"), self._styles)
        self._faults: list[ManuscriptFault] = []
        self._sections: list[_Draft] = []

    def read(self) -> Manuscript:
        for block in _blocks(self._body):
            kind = etree.QName(block).localname
            if kind == "p":
                self._paragraph(block)
            elif kind == "tbl":
                self._table(block)
            elif kind not in _QUIET:
                code = "TEXTER-ANDRINGAR" if kind in _TRACKED else "TEXTER-INNEHALL"
                self._tell(ManuscriptFault(code, self._here(), (("what", "texter_okant"),)))
        return Manuscript(tuple(draft.done() for draft in self._sections), tuple(self._faults))

    def _here(self) -> ManuscriptPlace:
        return self._sections[-1].next_place if self._sections else ManuscriptPlace("")

    def _tell(self, fault: ManuscriptFault) -> None:
        (self._sections[-1].faults if self._sections else self._faults).append(fault)

    def _paragraph(self, block: Element) -> None:
        level = self._styles.heading_level(block)
        if level in {1, 2}:
            self._heading(block, level)
            return
        runs, faults = self._spans.read(block, self._here())
        text = "".join(run.text if isinstance(run, Text) else "^" for run in runs).strip()
        if not self._sections:
            if faults or (text and fold(text) not in self._known):
                self._faults.append(
                    ManuscriptFault("TEXTER-UTAN-RUBRIK", None, (("text", shown(text)),))
                )
            return
        for fault in faults:
            self._tell(fault)
        if text and level:
            self._sections[-1].pieces.append(Heading(level, text, numbered=False))
        elif text:
            style, depth = self._styles.kind(block)
            self._sections[-1].pieces.append(Paragraph(runs, style, depth))

    def _heading(self, block: Element, level: int) -> None:
        runs, faults = self._spans.read(block, ManuscriptPlace(""))
        text = " ".join("".join(run.text for run in runs if isinstance(run, Text)).split())
        if not text:
            return
        names = (mark.get(wn("name"), "") for mark in block.iter(wn("bookmarkStart")))
        mark = next((found for found in map(read_mark, names) if found), None)
        draft = _Draft(text, level, mark)
        draft.faults += [fault._replace(place=ManuscriptPlace(text)) for fault in faults]
        if any(not isinstance(run, Text) for run in runs):
            draft.faults.append(_content(ManuscriptPlace(text), "texter_not_i_rubrik"))
        self._sections.append(draft)

    def _table(self, table: Element) -> None:
        if not self._sections:
            self._faults.append(ManuscriptFault("TEXTER-UTAN-RUBRIK", None, (("text", ""),)))
            return
        place = self._here()
        for why in _awkward(table):
            self._tell(ManuscriptFault("TEXTER-TABELL", place, (("why", why),)))
        if tracked(table):
            self._tell(ManuscriptFault("TEXTER-ANDRINGAR", place))
        rows = []
        for number, row in enumerate(table.iter(wn("tr")), 1):
            cells = [self._cell(cell, place._replace(row=number)) for cell in row.iter(wn("tc"))]
            rows.append(tuple(cells))
        self._sections[-1].pieces.append(Grid(tuple(rows)))

    def _cell(self, cell: Element, place: ManuscriptPlace) -> tuple[Inline, ...]:
        """A cell's paragraphs as one."""
        runs: list[Inline] = []
        for block in cell.iter(wn("p")):
            own, faults = self._spans.read(block, place)
            for fault in faults:
                self._tell(fault)
            runs += [Text(" "), *own] if runs and own else own
        return tuple(runs)


def _content(place: ManuscriptPlace, what: str) -> ManuscriptFault:
    return ManuscriptFault("TEXTER-INNEHALL", place, (("what", what),))


def _awkward(table: Element) -> Iterator[str]:
    """What a table of the report cannot have."""
    spans = [int(value(span) or 1) for span in table.iter(wn("gridSpan"))]
    if any(span > 1 for span in spans) or next(table.iter(wn("vMerge")), None) is not None:
        yield "texter_tabell_sammanslagen"
    if any(inner is not table for inner in table.iter(wn("tbl"))):
        yield "texter_tabell_inuti"
    widths = {len(row.findall(wn("tc"))) for row in table.iter(wn("tr"))}
    if len(widths) > 1 and not any(span > 1 for span in spans):
        yield "texter_tabell_ojamn"


def _blocks(story: Element) -> Iterator[Element]:
    """The paragraphs and tables of a story, also those inside content controls."""
    for block in story:
        if not isinstance(block.tag, str):
            continue
        if etree.QName(block).localname in _THROUGH:
            yield from _blocks(block)
        else:
            yield block


def _root(parts: dict[str, bytes], name: str) -> Element | None:
    return etree.fromstring(parts[name], _PARSER) if name in parts else None


def _links(parts: dict[str, bytes], story: str) -> LinkTargets:
    """The addresses that a story's relations lead to outside the file."""
    root = _root(parts, posixpath.join("word/_rels", f"{story}.xml.rels"))
    outside = (
        (one for one in root.iter(_RELATION) if one.get("TargetMode") == "External")
        if root is not None
        else ()
    )
    return {one.get("Id"): one.get("Target") for one in outside}
