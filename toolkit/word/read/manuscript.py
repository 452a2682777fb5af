"""texter.docx, as Word or another program has saved it, as the sections that were written. What the
report cannot take in is told with its paragraph, never left out in silence."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from toolkit.read.formats.preflight import Refused, look_over
from toolkit.report.blocks import Heading, Inline, Paragraph, Text
from toolkit.report.editorial.manuscript import (
    Manuscript,
    ManuscriptBlock,
    ManuscriptFault,
    ManuscriptPlace,
    ManuscriptSection,
    ManuscriptTable,
    Mark,
    read_mark,
)
from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import R, W, wn
from toolkit.word.ooxml.package import MAIN, NOTES, NUMBERING, PARSER, RELATION, STYLES
from toolkit.word.read.runs import (
    LinkTargets,
    ReadNotes,
    RunReader,
    content_fault,
    is_tracked,
    local_name,
    space_between,
)
from toolkit.word.read.wordstyles import WordStyles
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R.encode()),
)
"""The namespaces of Strict Open XML, which Word can be told to save, and the usual ones."""
_THROUGH = {"sdt", "sdtContent", "customXml", "smartTag"}
_QUIET = {
    "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sdtPr",
    "sdtEndPr", "commentRangeStart", "commentRangeEnd", "customXmlPr",
}  # fmt: skip
# Around whole paragraphs and tables; what is changed inside them is looked for by RunReader.
_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
_SECTIONS = {1, 2}  # the levels of headings that begin one
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
        # The pre-flight of the workbooks: bombs, entities and lying archives are known there.
        parts = {name: _transitional(part) for name, part in look_over(data).items()}
        if MAIN not in parts:
            return _unreadable("texter_ej_word")
        body = etree.fromstring(parts[MAIN], PARSER).find(wn("body"))
        if body is None:
            return _unreadable("texter_skadad")
        return _ManuscriptReader(parts, set(map(fold, known))).read(body)
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

    def __init__(self, parts: Mapping[str, bytes], known: Collection[str]) -> None:
        self._known = known
        self._styles = WordStyles(_root(parts, STYLES), _root(parts, NUMBERING))
        notes = ReadNotes(_root(parts, NOTES), _links(parts, NOTES), self._styles)
        self._runs = RunReader(notes, _links(parts, MAIN), self._styles)
        self._faults: list[ManuscriptFault] = []
        self._sections: list[_Draft] = []

    def read(self, body: Element) -> Manuscript:
        """All sections of the body."""
        for block in _blocks(body):
            kind = local_name(block)
            if kind == "p":
                self._paragraph(block)
            elif kind == "tbl":
                self._table(block)
            elif kind not in _QUIET:
                self._tell(_strange(kind, self._here()))
        return Manuscript(tuple(draft.done() for draft in self._sections), tuple(self._faults))

    def _here(self) -> ManuscriptPlace:
        return self._sections[-1].next_place if self._sections else ManuscriptPlace("")

    def _tell(self, *faults: ManuscriptFault) -> None:
        own = self._sections[-1].faults if self._sections else self._faults
        own += faults

    def _paragraph(self, block: Element) -> None:
        level = self._styles.heading_level(block)
        if level in _SECTIONS:
            self._heading(block, level)
            return
        runs, faults = self._runs.read(block, self._here())
        text = "".join(run.text if isinstance(run, Text) else "^" for run in runs).strip()
        if not self._sections:
            self._before_sections(text, bool(faults))
            return
        self._tell(*faults)
        if text:
            self._sections[-1].pieces.append(self._piece(block, level, runs, text))

    def _before_sections(self, text: str, strange: bool) -> None:
        """What stands above the first heading has no place in the report, but for the help that the
        file was offered with."""
        if strange or (text and fold(text) not in self._known):
            told = (("text", shown(text)),)
            self._faults.append(ManuscriptFault("TEXTER-UTAN-RUBRIK", None, told))

    def _piece(
        self, block: Element, level: int, runs: tuple[Inline, ...], text: str
    ) -> ManuscriptBlock:
        if level:
            return Heading(level, text, numbered=False)
        style, depth = self._styles.kind(block)
        return Paragraph(runs, style, depth)

    def _heading(self, block: Element, level: int) -> None:
        """A heading begins a section. An empty one is none: people make distance with them."""
        runs, faults = self._runs.read(block, ManuscriptPlace(""))
        text = _words_of(runs)
        if not text:
            return
        place = ManuscriptPlace(text)
        self._sections.append(_Draft(text, level, _mark_in(block)))
        self._tell(*(fault._replace(place=place) for fault in faults))
        if any(not isinstance(run, Text) for run in runs):
            self._tell(content_fault(place, "texter_not_i_rubrik"))

    def _table(self, table: Element) -> None:
        if not self._sections:
            self._before_sections("", strange=True)
            return
        place = self._here()
        for why in _awkward(table):
            self._tell(ManuscriptFault("TEXTER-TABELL", place, (("why", why),)))
        if is_tracked(table):
            self._tell(ManuscriptFault("TEXTER-ANDRINGAR", place))
        rows = []
        for number, row in enumerate(table.iter(wn("tr")), 1):
            at = place._replace(row=number)
            # Also cells inside content controls, which stand deeper in the row.
            rows.append(tuple(self._cell(cell, at) for cell in row.iter(wn("tc"))))
        self._sections[-1].pieces.append(ManuscriptTable(tuple(rows)))

    def _cell(self, cell: Element, place: ManuscriptPlace) -> tuple[Inline, ...]:
        """A cell's paragraphs as one."""
        runs: list[Inline] = []
        for block in cell.iter(wn("p")):
            own, faults = self._runs.read(block, place)
            self._tell(*faults)
            runs += [*space_between(runs, own), *own]
        return tuple(runs)


def _words_of(runs: Iterable[Inline]) -> str:
    """The text of runs on one line, without notes."""
    return " ".join("".join(run.text for run in runs if isinstance(run, Text)).split())


def _strange(kind: str, place: ManuscriptPlace) -> ManuscriptFault:
    code = "TEXTER-ANDRINGAR" if kind in _TRACKED else "TEXTER-INNEHALL"
    return ManuscriptFault(code, place, (("what", "texter_okant"),))


def _mark_in(heading: Element) -> Mark | None:
    """The mark that a section was offered with, if it is still there."""
    for bookmark in heading.iter(wn("bookmarkStart")):
        if mark := read_mark(value(bookmark, "name")):
            return mark
    return None


def _awkward(table: Element) -> Iterator[str]:
    """What a table of the report cannot have."""
    merged = _has_wide_cells(table)
    if merged or next(table.iter(wn("vMerge")), None) is not None:
        yield "texter_tabell_sammanslagen"
    if len(list(table.iter(wn("tbl")))) > 1:  # the first is the table itself
        yield "texter_tabell_inuti"
    if _is_uneven(table) and not merged:
        yield "texter_tabell_ojamn"


def _has_wide_cells(table: Element) -> bool:
    return any(int(value(span) or 1) > 1 for span in table.iter(wn("gridSpan")))


def _is_uneven(table: Element) -> bool:
    """Whether a row has more cells than another."""
    return len({len(row.findall(wn("tc"))) for row in table.iter(wn("tr"))}) > 1


def _blocks(story: Element) -> Iterator[Element]:
    """The paragraphs and tables of a story, also those inside content controls."""
    for block in story:
        name = local_name(block)
        if name in _THROUGH:
            yield from _blocks(block)
        elif name:
            yield block


def _root(parts: Mapping[str, bytes], name: str) -> Element | None:
    return etree.fromstring(parts[name], PARSER) if name in parts else None


def _links(parts: Mapping[str, bytes], story: str) -> LinkTargets:
    """The addresses that a story's relations lead to outside the file."""
    folder, name = posixpath.split(story)
    root = _root(parts, posixpath.join(folder, "_rels", f"{name}.rels"))
    found = {}
    for one in root.iter(RELATION) if root is not None else ():
        if one.get("TargetMode") == "External":
            found[one.get("Id")] = one.get("Target")
    return found
