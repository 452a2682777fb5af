"""Markdown → blocks. An error names the chapter's file and line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from toolkit.report.blocks import (
    Block,
    Heading,
    Inline,
    Note,
    Paragraph,
    Placeable,
    Placed,
    PlaceKey,
    Reference,
    Text,
)
from toolkit.report.chapters import ReportError
from toolkit.report.editorial.manuscript import named
from toolkit.report.leftout import without_sentences
from toolkit.report.literal import WORD, unseal
from toolkit.report.livetext import Pieces, named_unsigned, unsigned
from toolkit.report.markup import new_parser, unfit
from toolkit.report.syntax import chapter_texts

_UNLISTED = "--"
_NAMED = re.compile(rf" *\{{(-{{0,2}}) ?({WORD}*)\}}$")
_BLANKS = re.compile(" {2,}")  # a condition that adds nothing leaves the blanks around it
_LANGUAGE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_REFERENCES = "referenser"  # the name of the chapter whose list items are references
_STYLES = {"bullet_list_open": "bullet", "ordered_list_open": "number", "blockquote_open": "quote"}
_LISTS = {"bullet", "number"}
_NAMES = {"tabell": "tabellen", "figur": "figuren"}
_QUIET = {"paragraph_open", "paragraph_close", "list_item_open", "list_item_close"}

"""What a chapter may place, by kind (tabell, figur) and id."""
Notes = Mapping[int, tuple[Text, ...]]
"""The texts of the footnotes by number."""


def read_markdown(
    markdown: str,
    placeable: Placeable,
    name: str,
    left_out: Collection[PlaceKey] = (),
    tags: Sequence[str] = (),
) -> list[Block]:
    """Markdown with footnotes as blocks. `[[tabell:id]]` or `[[figur:id]]` on a line of its own
    places a table or a chart; in running text it becomes `tabell 3`, and `[[Tabell:id]]` becomes
    `Tabell 3`. What is in `left_out` is not placed, and sentences that refer to it are not there.
    Foreign words are marked with their language, `[Feminist Theory]{lang=en-GB}`. `tags` are those
    of what is printed of data, in the order of its signs.

    Raises ReportError for what does not exist and for markup that has no place in the report."""
    environment: dict[str, object] = {}
    tokens = new_parser().parse(named_unsigned(markdown), environment)
    chapter = _Chapter(name, placeable, left_out, tags)
    return list(_blocks(tokens, replace(chapter, notes=_notes(tokens, chapter))))


@dataclass(frozen=True, slots=True)
class _Chapter:
    """The chapter that is read: its file, what it may place, what the year leaves out, and its
    footnotes."""

    name: str
    placeable: Placeable
    left_out: Collection[PlaceKey] = ()
    tags: Sequence[str] = ()
    notes: Notes = field(default_factory=dict)

    def at(self, token: Token) -> str:
        """`03-verksamhet.md.j2, rad 12`."""
        return f"{self.name}, rad {token.map[0] + 1 if token.map else 0}"


def _notes(tokens: list[Token], chapter: _Chapter) -> dict[int, tuple[Text, ...]]:
    notes: dict[int, tuple[Text, ...]] = {}
    current: int | None = None
    for token in tokens:
        if token.type == "footnote_open":
            current = int(token.meta["id"])
        elif token.type == "footnote_close":
            current = None
        elif token.type == "inline" and current is not None:
            notes[current] = notes.get(current, ()) + _plain(token, chapter)
    return notes


class _Nesting:
    """In what the next text stands: lists and quotes, and a heading."""

    def __init__(self) -> None:
        self.styles = ["body"]
        self.heading = 0

    def follow(self, token: Token) -> bool:
        """Take in a token that opens or closes something; False for any other."""
        if token.type in _STYLES:
            self.styles.append(_STYLES[token.type])
        elif token.type.replace("_close", "_open") in _STYLES:
            self.styles.pop()
        elif token.type == "heading_open":
            self.heading = int(token.tag[1])
        elif token.type == "heading_close":
            self.heading = 0
        else:
            return token.type in _QUIET
        return True

    @property
    def depth(self) -> int:
        """How many lists a list stands in."""
        return max(0, sum(style in _LISTS for style in self.styles) - 1)


def _blocks(tokens: list[Token], chapter: _Chapter) -> Iterator[Block]:
    nesting, in_references = _Nesting(), False
    for token in tokens:
        if token.type == "footnote_block_open":
            return
        if token.type == "inline":
            made = _block(token, nesting, chapter, in_references=in_references)
            if isinstance(made, Heading):
                in_references = made.name == _REFERENCES
            if made is not None:
                yield made
        elif not nesting.follow(token):
            raise _no_place_for(token, chapter.at(token))


def _no_place_for(token: Token, where: str) -> ReportError:
    found = unfit(token, 0)
    if found is None:
        return ReportError(f"{where}: {chapter_texts()('markning', slag=token.type)}")
    return ReportError(f"{where}: {chapter_texts()(found.kind, visat=found.shown)}")


def _block(
    token: Token, nesting: _Nesting, chapter: _Chapter, *, in_references: bool
) -> Block | None:
    """What a text becomes; None for what the year leaves out."""
    if nesting.heading:
        text = "".join(run.text for run in _plain(token, chapter))
        return _heading(nesting.heading, text.strip(), unsigned(token.content).strip())
    children = token.children or []
    if len(children) == 1 and children[0].type == "reference":
        return _placed(children[0], chapter, chapter.at(token))
    style = nesting.styles[-1]
    if in_references and style == "bullet":
        style = "reference"
    runs = _without_edges(list(_runs(token, chapter)))
    kept = without_sentences(runs, chapter.left_out)
    if runs and not kept:
        return None
    return Paragraph(kept, style, level=nesting.depth)


def _without_edges(runs: list[Inline]) -> tuple[Inline, ...]:
    """A paragraph neither begins nor ends with a blank, though what was filled in may."""
    while runs and isinstance(runs[0], Text) and not runs[0].text.strip(" "):
        del runs[0]
    while runs and isinstance(runs[-1], Text) and not runs[-1].text.strip(" "):
        del runs[-1]
    if runs and isinstance(runs[0], Text):
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" "))
    if runs and isinstance(runs[-1], Text):
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
    return tuple(runs)


def _placed(reference: Token, chapter: _Chapter, where: str) -> Placed | None:
    kind, id_ = reference.meta["kind"].lower(), reference.meta["id"]
    if (kind, id_) in chapter.left_out:
        return None
    if (kind, id_) not in chapter.placeable:
        raise ReportError(f"{where}: {_NAMES[kind]} ”{id_}” finns inte")
    return chapter.placeable[kind, id_]


def _heading(level: int, plain: str, source: str) -> Heading:
    """`Samverkan {samverkan}`; a heading without a name is called by its own letters. A name stands
    in the source, where data cannot give one."""
    found = _NAMED.search(source)
    if found is None:
        return Heading(level, plain, True, named(plain))
    text = plain.removesuffix(unseal(found[0]).strip()).rstrip()
    name = unseal(found[2]) or named(text)
    return Heading(level, text, not found[1], name, listed=found[1] != _UNLISTED)


def _plain(token: Token, chapter: _Chapter) -> tuple[Text, ...]:
    """The text of a heading or a footnote, where nothing can be referred to."""
    runs = list(_runs(token, chapter))
    if any(isinstance(run, Reference) for run in runs):
        where = chapter.at(token)
        raise ReportError(f"{where}: en hänvisning kan inte stå i en rubrik eller en fotnot")
    return tuple(run for run in runs if isinstance(run, Text))


class _Look:
    """How the next run of text looks, where it leads, and its language."""

    def __init__(self, where: str, tags: Sequence[str]) -> None:
        self._where, self._pieces = where, Pieces(tags)
        self._bold = self._italic = False
        self._link = self._language = ""

    def follow(self, child: Token) -> bool:
        """Take in a token that begins or ends a look; False for any other."""
        if child.type in {"link_open", "link_close"}:
            self._link = unseal(unsigned(str(child.attrGet("href") or "")))
        elif child.type in {"span_open", "span_close"}:
            self._language = _language(child, self._where)
        elif child.type in {"strong_open", "strong_close"}:
            self._bold = child.type == "strong_open"
        elif child.type in {"em_open", "em_close"}:
            self._italic = child.type == "em_open"
        else:
            return False
        return True

    def texts(self, content: str) -> Iterator[Text]:
        """Runs that look so."""
        look = (self._bold, self._italic, self._link, self._language)
        for piece, tag in self._pieces.of(_BLANKS.sub(" ", content)):
            yield Text(unseal(piece), *look, tag)


def _runs(token: Token, chapter: _Chapter) -> Iterator[Inline]:
    where = chapter.at(token)
    look = _Look(where, chapter.tags)
    for child in token.children or ():
        if look.follow(child) or child.type == "footnote_anchor":
            continue
        if child.type in {"text", "text_special"}:
            yield from look.texts(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            yield from look.texts(" ")
        elif child.type == "reference":
            kind = child.meta["kind"]
            yield Reference(kind.lower(), child.meta["id"], kind[0].isupper(), where)
        elif child.type == "footnote_ref":
            yield Note(chapter.notes[int(child.meta["id"])])
        else:
            raise _no_place_for(child, where)


def _language(span: Token, where: str) -> str:
    """What foreign words are in; none where they end. Raises ReportError."""
    said = str(span.attrGet("lang") or "")
    if span.type == "span_open" and not _LANGUAGE.fullmatch(said):
        raise ReportError(f"{where}: främmande ord märks med språk och land, {{lang=en-GB}}")
    return said
