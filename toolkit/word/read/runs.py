"""A paragraph of somebody's Word file as runs of text and footnotes, and what in it the report
cannot take in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from toolkit.report.blocks import Inline, Note, Text
from toolkit.report.editorial.manuscript import ManuscriptFault, ManuscriptPlace
from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import R, wn
from toolkit.word.read.wordstyles import WordStyles

LinkTargets = Mapping[str, str]
_THROUGH = {"hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "r", "dir", "bdo"}
_QUIET = {
    "pPr",
    "rPr",
    "proofErr",
    "bookmarkStart",
    "bookmarkEnd",
    "lastRenderedPageBreak",
    "sdtPr",
    "sdtEndPr",
    "permStart",
    "permEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "footnoteRef",
    "customXmlPr",
    "smartTagPr",
}
_SIGNS = {"tab": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_TRACKED = {
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "rPrChange",
    "pPrChange",
    "numberingChange",
    "cellIns",
    "cellDel",
    "cellMerge",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
    "tblGridChange",
    "sectPrChange",
}
_NAMES = {
    "drawing": "texter_bild",
    "pict": "texter_bild",
    "object": "texter_objekt",
    "oMath": "texter_formel",
    "oMathPara": "texter_formel",
    "endnoteReference": "texter_slutnot",
    "sym": "texter_symbol",
    "br": "texter_brytning",
    "fldChar": "texter_falt",
    "instrText": "texter_falt",
    "fldSimple": "texter_falt",
    "ptab": "texter_brytning",
    "AlternateContent": "texter_bild",
    "ruby": "texter_okant",
}
_ADDRESSES = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class ReadNotes:
    """The footnotes of a file by id, with the links in them."""

    root: Element | None
    links: LinkTargets
    styles: WordStyles

    def read(self, number: str, place: ManuscriptPlace) -> tuple[Note, list[ManuscriptFault]]:
        """One footnote; its paragraphs become one."""
        found = () if self.root is None else self.root.findall(wn("footnote"))
        note = next((one for one in found if one.get(wn("id")) == number), None)
        runs: list[Text] = []
        faults: list[ManuscriptFault] = []
        spans = Spans(None, self.links, self.styles)
        for block in () if note is None else note.iter(wn("p")):
            own, wrong = spans.read(block, place._replace(note=True))
            words = [run for run in own if isinstance(run, Text)]
            runs += [Text(" "), *words] if runs and words else words
            faults += wrong
        if note is not None and next(note.iter(wn("tbl")), None) is not None:
            faults.append(_content(place._replace(note=True), "texter_tabell_i_not"))
        return Note(tuple(_trimmed(runs))), faults


@dataclass(frozen=True)
class Spans:
    """Reads paragraphs; inside a footnote there are no `notes`."""

    notes: ReadNotes | None
    links: LinkTargets
    styles: WordStyles

    def read(
        self, block: Element, place: ManuscriptPlace
    ) -> tuple[tuple[Inline, ...], list[ManuscriptFault]]:
        """The runs of a paragraph, and its faults, each kind once."""
        made = list(self._walk(block, place, ""))
        faults = [item for item in made if isinstance(item, ManuscriptFault)]
        if tracked(block):
            faults.insert(0, ManuscriptFault("TEXTER-ANDRINGAR", place))
        if _counts(block):
            faults = [fault for fault in faults if fault.values != (("what", "texter_falt"),)]
        runs = [item for item in made if not isinstance(item, ManuscriptFault)]
        return tuple(_joined(runs)), list(dict.fromkeys(faults))

    def _walk(
        self, parent: Element, place: ManuscriptPlace, link: str
    ) -> Iterator[Inline | ManuscriptFault]:
        for item in parent:
            kind = etree.QName(item).localname if isinstance(item.tag, str) else ""
            if kind == "r":
                yield from self._look(item, place)
                yield from self._walk(item, place, link)
            elif kind == "hyperlink":
                address = self.links.get(item.get(f"{{{R}}}id", ""), "")
                good = address if address.startswith(_ADDRESSES) else ""
                if not good:
                    yield _content(place, "texter_lank")
                yield from self._walk(item, place, good)
            elif kind in _THROUGH:
                yield from self._walk(item, place, link)
            elif kind:
                yield from self._item(item, kind, place, link)

    def _item(
        self, item: Element, kind: str, place: ManuscriptPlace, link: str
    ) -> Iterator[Inline | ManuscriptFault]:
        run = item.getparent()
        if kind == "t" or kind in _SIGNS or (kind == "br" and _kind(item) in {"", "textWrapping"}):
            text = item.text or "" if kind == "t" else _SIGNS.get(kind, " ")
            yield Text(
                text.replace("\n", " "),
                self.styles.look(run, "b"),
                self.styles.look(run, "i"),
                link,
            )
        elif kind == "footnoteReference" and self.notes is not None:
            note, faults = self.notes.read(item.get(wn("id"), ""), place)
            yield note
            yield from faults
        elif kind == "commentReference":
            yield ManuscriptFault("TEXTER-KOMMENTAR", place)
        elif kind not in _QUIET and kind not in _TRACKED:
            boxed = next(item.iter("{*}txbxContent"), None) is not None
            yield _content(place, "texter_textruta" if boxed else _NAMES.get(kind, "texter_okant"))

    def _look(self, run: Element, place: ManuscriptPlace) -> Iterator[ManuscriptFault]:
        """Looks that carry a meaning which the report would lose."""
        if next(run.iter(wn("t")), None) is None:
            return
        if self.styles.look(run, "strike") or self.styles.look(run, "dstrike"):
            yield _content(place, "texter_struken")
        if self.styles.look(run, "vanish"):
            yield _content(place, "texter_dold")
        raised = run.find(wn("rPr/vertAlign"))
        if value(raised) in {"superscript", "subscript"}:
            yield _content(place, "texter_upphojd")


def tracked(block: Element) -> bool:
    """Whether changes that nobody has accepted or rejected stand in a paragraph or a table."""
    return any(
        isinstance(item.tag, str) and etree.QName(item).localname in _TRACKED
        for item in block.iter()
    )


def _counts(block: Element) -> bool:
    """Whether the only fields are the numbers that Word gives captions; the report gives its
    own."""
    codes = [code.text or "" for code in block.iter(wn("instrText"))]
    codes += [code.get(wn("instr"), "") for code in block.iter(wn("fldSimple"))]
    return bool(codes) and all(code.strip().startswith("SEQ") for code in codes if code.strip())


def _kind(item: Any) -> str:
    return str(item.get(wn("type"), ""))


def _content(place: ManuscriptPlace, what: str) -> ManuscriptFault:
    return ManuscriptFault("TEXTER-INNEHALL", place, (("what", what),))


def _joined(runs: list[Inline]) -> Iterator[Inline]:
    """Runs that look the same as one."""
    last: Text | None = None
    for run in runs:
        if (
            isinstance(run, Text)
            and last
            and (run.bold, run.italic, run.link) == (last.bold, last.italic, last.link)
        ):
            last = Text(last.text + run.text, run.bold, run.italic, run.link)
            continue
        if last is not None and last.text:
            yield last
        last = run if isinstance(run, Text) else None
        if not isinstance(run, Text):
            yield run
    if last is not None and last.text:
        yield last


def _trimmed(runs: list[Text]) -> Iterator[Text]:
    """A footnote without the space between its number and its text."""
    started = False
    for run in runs:
        text = run.text if started else run.text.lstrip()
        started = started or bool(text)
        if text:
            yield Text(text, run.bold, run.italic, run.link)
