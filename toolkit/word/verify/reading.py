"""A report's Word file as it is verified: paragraphs with what is tagged in them, tables, charts
and the words for pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain

from toolkit.report.tags import read_bookmark
from toolkit.word.ooxml.elements import Element, text_in, value
from toolkit.word.ooxml.names import MC, WP, wn
from toolkit.word.ooxml.package import CORE, NOTES, NUMBERING, STYLES, WordPackage
from toolkit.word.read.wordstyles import WordStyles
from toolkit.word.verify.disagreement import ELSEWHERE, NUMBER
from toolkit.word.write.styles import NAMES
from toolkit.words.counting import Count, all_counts_in, numbers_said

_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = wn("p"), wn("tbl"), wn("tr"), wn("tc"), wn("t")
_START, _END, _NOTE = wn("bookmarkStart"), wn("bookmarkEnd"), wn("footnoteReference")
_FIELD, _CODE, _SIMPLE = wn("fldChar"), wn("instrText"), wn("fldSimple")
_TAB, _BREAK = wn("tab"), wn("br")
_READ = (_TEXT, _START, _END, _NOTE, _FIELD, _SIMPLE, _TAB, _BREAK)
_BOX, _FALLBACK = wn("txbxContent"), f"{{{MC}}}Fallback"
_UNREAD = (wn("del"), wn("moveFrom"), _BOX, _FALLBACK)
"""What is not read in a paragraph: what has been deleted, text boxes, and what programs show that
do not know a drawing."""
_CONTENTS = "toc"
_STYLES = {NAMES[kind].casefold(): kind for kind in ("caption", "source", "reference")}
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_COVER = 12  # paragraphs that a cover has at most


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """What lies in a tag's bookmark in a paragraph: its tag, the digest of what was printed, the
    text, where in the paragraph, and whether it is a footnote."""

    tag: str
    proof: str
    text: str
    start: int
    end: int
    is_note: bool = False


@dataclass(eq=False)
class ReadParagraph:
    """A paragraph of the body: the how manyth it is, its text, what is tagged in it, where it says
    what fields count, and its notes that are not tagged. `heading` is the one above it, `level` its
    own where it is a heading; `style` is caption, source or reference, where it is one of
    them."""

    number: int
    heading: str
    text: str
    spans: Sequence[TaggedSpan]
    fields: Sequence[tuple[int, int]]
    notes: Sequence[str]
    level: int = 0
    is_contents: bool = False
    style: str = ""

    @property
    def is_heading(self) -> bool:
        return self.level > 0

    @cached_property
    def plain(self) -> str:
        """The text with blanks of one kind."""
        return plain(self.text)

    @property
    def loose(self) -> list[Count]:
        """What says how many and is not tagged, nor a number that Word counts itself."""
        taken = [*((one.start, one.end) for one in self.spans if not one.is_note), *self.fields]
        return [one for one in all_counts_in(self.text) if not _lies_in(one, taken)]


def _lies_in(count: Count, taken: Sequence[tuple[int, int]]) -> bool:
    return any(start <= count.at and count.end <= end for start, end in taken)


@dataclass(eq=False)
class ReadTable:
    """A table: its caption, and its cells as paragraphs, row by row. A cell's paragraphs are read
    as one."""

    caption: str
    rows: list[list[ReadParagraph]] = field(default_factory=list)

    @property
    def tags(self) -> set[str]:
        """All that is tagged in it."""
        return tags_in(chain.from_iterable(self.rows))


def tags_in(paragraphs: Iterable[ReadParagraph]) -> set[str]:
    """The tags of some paragraphs."""
    return {span.tag for span in chain.from_iterable(one.spans for one in paragraphs)}


def notes_of(package: WordPackage) -> Mapping[str, str]:
    """The footnotes' texts by their ids."""
    root = package.roots.get(NOTES)
    notes = () if root is None else root.findall(wn("footnote"))
    return {value(note, "id"): text_in(note).strip() for note in notes}


def plain(text: str) -> str:
    """A text with blanks of one kind, and none at its ends."""
    return " ".join(text.split())


def named(caption: str) -> str:
    """A table or a figure as it is called: `Tabell 3` of its caption.

    >>> named("Tabell\N{NO-BREAK SPACE}3. Utfall per län."), named("Egen tabell")
    ('Tabell 3', 'Egen tabell')
    """
    return plain(caption).partition(". ")[0]


class ReadReport:
    """One Word file. Raises zipfile.BadZipFile and lxml.etree.XMLSyntaxError."""

    def __init__(self, document: bytes) -> None:
        self.package = WordPackage.read(document)
        roots = self.package.roots
        self._styles = WordStyles(roots.get(STYLES), roots.get(NUMBERING))
        self._notes = notes_of(self.package)
        self.paragraphs: list[ReadParagraph] = []
        self.tables: list[ReadTable] = []
        self._read()

    @cached_property
    def spans(self) -> Mapping[str, tuple[ReadParagraph, TaggedSpan]]:
        """All that is tagged, by tag; the first of several."""
        found: dict[str, tuple[ReadParagraph, TaggedSpan]] = {}
        for one in self.everything:
            for span in one.spans:
                found.setdefault(span.tag, (one, span))
        return found

    def kind_of(self, said: str) -> str:
        """What a number is that is new in a text: one that the report has of the data at another
        place, or none of its."""
        return ELSEWHERE if numbers_said(said) & self._numbers else NUMBER

    @cached_property
    def _numbers(self) -> frozenset[Decimal]:
        texts = (span.text for _, span in self.spans.values())
        return frozenset(chain.from_iterable(map(numbers_said, texts)))

    @property
    def everything(self) -> Iterator[ReadParagraph]:
        """Running text, then the cells."""
        yield from self.paragraphs
        for table in self.tables:
            yield from chain.from_iterable(table.rows)

    @property
    def alternatives(self) -> list[tuple[str, str]]:
        """What each picture is called and what is said of it, in order."""
        shown = self.package.body.iter(f"{{{WP}}}docPr")
        own = (one for one in shown if not _is_within(one, _FALLBACK))
        return [(one.get("name", ""), one.get("descr", "")) for one in own]

    def _read(self) -> None:
        numbers = {one: place for place, one in enumerate(self.package.body.iter(_PARAGRAPH))}
        heading = caption = ""
        for block in self.package.body.iter(_PARAGRAPH, _TABLE):
            if _is_within(block, _BOX) or _is_within(block, _TABLE):
                continue
            if block.tag == _TABLE:
                self.tables.append(self._table(block, heading, caption, numbers))
                continue
            made = self._paragraph([block], heading, numbers)
            if made.is_heading:
                heading = made.heading = made.text
            caption = made.text or caption
            self.paragraphs.append(made)

    def _table(
        self, table: Element, heading: str, caption: str, numbers: Mapping[Element, int]
    ) -> ReadTable:
        made = ReadTable(caption)
        for row in table.iter(_ROW):
            cells = [list(cell.iter(_PARAGRAPH)) for cell in row.iter(_CELL)]
            made.rows.append([self._paragraph(own, heading, numbers) for own in cells])
        return made

    def _paragraph(
        self, blocks: Sequence[Element], heading: str, numbers: Mapping[Element, int]
    ) -> ReadParagraph:
        reader = _ParagraphReader(self._notes)
        for block in blocks:
            reader.read(block)
        first = blocks[0]
        names = self._styles.names(first)
        return ReadParagraph(
            numbers[first],
            heading,
            reader.text,
            reader.spans,
            reader.fields,
            reader.notes,
            self._styles.heading_level(first),
            any(name.startswith(_CONTENTS) for name in names),
            next((_STYLES[name] for name in names if name in _STYLES), ""),
        )


def cover_lines(document: bytes) -> tuple[str, ...]:
    """What stands on the first page of a Word file and in its title: what kind of report it is.
    Raises zipfile.BadZipFile and lxml.etree.XMLSyntaxError."""
    report = ReadReport(document)
    core = report.package.roots.get(CORE)
    titles = [one.text or "" for one in core.iter(_TITLE)] if core is not None else []
    return (*titles, *(one.plain for one in report.paragraphs[:_COVER]))


class _ParagraphReader:
    """Reads the paragraphs of one cell, or a paragraph by itself."""

    def __init__(self, notes: Mapping[str, str]) -> None:
        self._known = notes
        self.text = ""
        self.spans: list[TaggedSpan] = []
        self.fields: list[tuple[int, int]] = []
        self.notes: list[str] = []
        self._open: dict[str, tuple[tuple[str, str], int, str]] = {}
        self._fields: list[int] = []

    def read(self, block: Element) -> None:
        """A paragraph, without what has been deleted and with what has been inserted."""
        for node in block.iter(*_READ):
            if not any(_is_within(node, tag, block) for tag in _UNREAD):
                self._node(node)

    def _node(self, node: Element) -> None:
        if node.tag == _TEXT:
            self.text += node.text or ""
        elif node.tag in {_TAB, _BREAK}:
            self.text += " " if node.getparent().tag == wn("r") else ""
        elif node.tag == _NOTE:
            self._note(self._known.get(value(node, "id"), ""))
        elif node.tag == _SIMPLE:
            length = sum(len(one.text or "") for one in node.iter(_TEXT))
            self.fields.append((len(self.text), len(self.text) + length))
        elif node.tag == _FIELD:
            self._mark(value(node, "fldCharType"))
        else:
            self._bookmark(node)

    def _mark(self, kind: str) -> None:
        if kind == "separate":
            self._fields.append(len(self.text))
        elif kind == "end" and self._fields:
            self.fields.append((self._fields.pop(), len(self.text)))

    def _note(self, text: str) -> None:
        self.notes.append(text)
        for number, (known, start, _) in self._open.items():
            self._open[number] = (known, start, text)

    def _bookmark(self, node: Element) -> None:
        number = value(node, "id")
        if node.tag == _START:
            known = read_bookmark(value(node, "name"))
            if known and known[1]:
                self._open[number] = (known, len(self.text), "")
        elif number in self._open:
            known, start, note = self._open.pop(number)
            text = self.text[start:]
            if note and note in self.notes:
                self.notes.remove(note)
            is_note = bool(note) and not text.strip()
            said = note if is_note else text
            self.spans.append(TaggedSpan(*known, said, start, len(self.text), is_note))


def _is_within(node: Element, tag: str, outermost: Element | None = None) -> bool:
    """Whether an element stands in one of a kind, within another where that is given."""
    for one in node.iterancestors():
        if one is outermost:
            return False
        if one.tag == tag:
            return True
    return False
