"""A paragraph of somebody's Word file as runs of text and footnotes, and what in it the report
cannot take in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from toolkit.report.blocks import Inline, Note, Text
from toolkit.report.editorial.manuscript import ManuscriptFault, ManuscriptPlace
from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import R, wn
from toolkit.word.read.opentags import OpenTags, as_printed
from toolkit.word.read.wordstyles import WordStyles

LinkTargets = Mapping[str, str]
_Read = Inline | ManuscriptFault
_THROUGH = {"hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "r", "dir", "bdo"}
"""What only holds other things: content controls, smart tags, the direction of writing."""
_QUIET = {
    "pPr", "rPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "proofErr", "bookmarkStart",
    "bookmarkEnd", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", "footnoteRef",
    "lastRenderedPageBreak",
}  # fmt: skip
"""What the reader of a page does not see."""
_SIGNS = {"tab": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_TRACKED = {
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "numberingChange", "cellIns",
    "cellDel", "cellMerge", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange",
    "sectPrChange",
}  # fmt: skip
"""Changes that nobody has accepted or rejected (ECMA-376 part 1 §17.13.5)."""
_PASSED_OVER = _QUIET | _TRACKED  # changes are told of the whole paragraph
_LINK = "hyperlink"
_NAMES = {
    "drawing": "texter_bild",
    "pict": "texter_bild",
    "AlternateContent": "texter_bild",
    "object": "texter_objekt",
    "oMath": "texter_formel",
    "oMathPara": "texter_formel",
    "endnoteReference": "texter_slutnot",
    "sym": "texter_symbol",
    "br": "texter_brytning",
    "ptab": "texter_brytning",
    "fldChar": "texter_falt",
    "instrText": "texter_falt",
    "fldSimple": "texter_falt",
}
_UNKNOWN = "texter_okant"
_ADDRESSES = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class ReadNotes:
    """The footnotes of a file by id, with the links in them."""

    root: Element | None
    links: LinkTargets
    styles: WordStyles

    def read(self, number: str, place: ManuscriptPlace) -> tuple[Note, list[ManuscriptFault]]:
        """One footnote; its paragraphs become one."""
        note = self._find(number)
        if note is None:
            return Note(()), []
        place = place._replace(note=True)
        runs: list[Text] = []
        faults: list[ManuscriptFault] = []
        spans = RunReader(None, self.links, self.styles)
        for block in note.iter(wn("p")):
            own, wrong = spans.read(block, place)
            words = [run for run in own if isinstance(run, Text)]
            runs += [*space_between(runs, words), *words]
            faults += wrong
        if next(note.iter(wn("tbl")), None) is not None:
            faults.append(content_fault(place, "texter_tabell_i_not"))
        return Note(tuple(_trimmed(runs))), faults

    def _find(self, number: str) -> Element | None:
        found = () if self.root is None else self.root.findall(wn("footnote"))
        return next((one for one in found if value(one, "id") == number), None)


@dataclass(frozen=True)
class RunReader:
    """Reads paragraphs; inside a footnote there are no `notes`."""

    notes: ReadNotes | None
    links: LinkTargets
    styles: WordStyles

    def read(
        self, block: Element, place: ManuscriptPlace
    ) -> tuple[tuple[Inline, ...], list[ManuscriptFault]]:
        """The runs of a paragraph, and its faults, each kind once."""
        runs: list[Inline] = []
        faults = [ManuscriptFault("TEXTER-ANDRINGAR", place)] if is_tracked(block) else []
        only_counts = _counts(block)
        tags = OpenTags()
        for item in self._walk(block, place, "", tags):
            if not isinstance(item, ManuscriptFault):
                runs.append(item)
            elif not (only_counts and item.values == (("what", "texter_falt"),)):
                faults.append(item)
        return tuple(_joined(as_printed(runs))), list(dict.fromkeys(faults))

    def _walk(
        self, parent: Element, place: ManuscriptPlace, link: str, tags: OpenTags
    ) -> Iterator[_Read]:
        """Everything in a paragraph; `link` is the address that it leads to."""
        for item in parent:
            name = local_name(item)
            tags.pass_by(item, name)
            # A link in a field code is a field, and told as one; this is the element.
            inner = self._address(item) if name == _LINK else link
            if name == "r":
                yield from self._look(item, place)
            yield from _led_nowhere(name, inner, place)
            if name in _THROUGH:
                yield from self._walk(item, place, inner, tags)
            elif name:
                for read in self._item(item, name, place, link):
                    yield tags.tagged(read) if isinstance(read, Text) else read

    def _address(self, link: Element) -> str:
        """Where a link leads outside the file; empty when it leads nowhere that may be printed."""
        address = self.links.get(link.get(f"{{{R}}}id", ""), "")
        return address if address.startswith(_ADDRESSES) else ""

    def _item(self, item: Element, name: str, place: ManuscriptPlace, link: str) -> Iterator[_Read]:
        text = _text(item, name)
        if text is not None:
            run = item.getparent()
            yield Text(text, self.styles.look(run, "b"), self.styles.look(run, "i"), link)
        elif name == "footnoteReference" and self.notes is not None:
            note, faults = self.notes.read(value(item, "id"), place)
            yield note
            yield from faults
        elif name == "commentReference":
            yield ManuscriptFault("TEXTER-KOMMENTAR", place)
        elif name not in _PASSED_OVER:
            yield content_fault(place, _what(item, name))

    def _look(self, run: Element, place: ManuscriptPlace) -> Iterator[ManuscriptFault]:
        """Looks that carry a meaning which the report would lose."""
        if next(run.iter(wn("t")), None) is None:
            return
        if self.styles.look(run, "strike") or self.styles.look(run, "dstrike"):
            yield content_fault(place, "texter_struken")
        if self.styles.look(run, "vanish"):
            yield content_fault(place, "texter_dold")
        raised = run.find(wn("rPr/vertAlign"))
        if value(raised) in {"superscript", "subscript"}:
            yield content_fault(place, "texter_upphojd")


def _led_nowhere(name: str, address: str, place: ManuscriptPlace) -> Iterator[ManuscriptFault]:
    if name == _LINK and not address:
        yield content_fault(place, "texter_lank")


def space_between(before: Sequence[Inline], after: Sequence[Inline]) -> list[Text]:
    """A space where something stands on both sides: paragraphs become one."""
    return [Text(" ")] if before and after else []


def is_tracked(block: Element) -> bool:
    """Whether changes that nobody has accepted or rejected stand in a paragraph or a table."""
    return any(local_name(item) in _TRACKED for item in block.iter())


def local_name(item: Element) -> str:
    """`p`; empty for a comment or a processing instruction, which lxml has among the elements."""
    return etree.QName(item).localname if isinstance(item.tag, str) else ""


def content_fault(place: ManuscriptPlace, what: str) -> ManuscriptFault:
    """Something that the report cannot take in; `what` is a word of the catalogue."""
    return ManuscriptFault("TEXTER-INNEHALL", place, (("what", what),))


def _text(item: Element, name: str) -> str | None:
    """What an element writes; None for what is no text. A break within the paragraph becomes a
    space: the lines of the report are others."""
    if name == "t":
        return (item.text or "").replace("\n", " ")
    if name == "br" and value(item, "type") in {"", "textWrapping"}:
        return " "
    return _SIGNS.get(name)


def _what(item: Element, name: str) -> str:
    boxed = next(item.iter("{*}txbxContent"), None) is not None
    return "texter_textruta" if boxed else _NAMES.get(name, _UNKNOWN)


def _counts(block: Element) -> bool:
    """Whether the only fields are the numbers that Word gives captions; the report gives its
    own."""
    codes = _instructions(block)
    # Word may split an instruction, and leave an empty part.
    return bool(codes) and all(code.strip().startswith("SEQ") for code in codes if code.strip())


def _instructions(block: Element) -> list[str]:
    """What the fields of a paragraph are to show."""
    codes = [code.text or "" for code in block.iter(wn("instrText"))]
    return codes + [value(code, "instr") for code in block.iter(wn("fldSimple"))]


def _joined(runs: Iterable[Inline]) -> Iterator[Inline]:
    """Runs that look the same as one: Word begins a new run at every save and every misspelling."""
    for look, members in groupby(runs, _look_of):
        if look is None:
            yield from members
        else:
            text = "".join(run.text for run in members if isinstance(run, Text))
            bold, italic, link, tag = look
            if text:
                yield Text(text, bold, italic, link, tag=tag)


def _look_of(run: Inline) -> tuple[bool, bool, str, str] | None:
    return (run.bold, run.italic, run.link, run.tag) if isinstance(run, Text) else None


def _trimmed(runs: list[Text]) -> Iterator[Text]:
    """A footnote without the space between its number and its text."""
    started = False
    for run in runs:
        text = run.text if started else run.text.lstrip()
        started = started or bool(text)
        if text:
            yield Text(text, run.bold, run.italic, run.link)
