"""The report's sections as a person may write them in Word, in texter.docx: what is offered, what
came back, and what in it could not be used. A section keeps the mark that it was offered with, so
that a later run sees whether the person, or the data, has changed it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from toolkit.report.blocks import (
    Block,
    Heading,
    Inline,
    Note,
    Paragraph,
    Placed,
    Reference,
    Text,
    place_of,
)
from toolkit.words.swedish import fold

REFERENCE = re.compile(r"\[\[\s*(tabell|figur)\s*:\s*(\w+)\s*\]\]", re.IGNORECASE)
"""A reference as one writes it; a capital begins a sentence."""
NAME_LIMIT = 22
"""Characters of a section's name. Its mark is the name of a bookmark, and Word allows 40."""
_MARK = re.compile(r"_lr_(\w+)_([0-9a-v]{4})_([0-9a-v]{4})([0-9a-v]{4})")
_BASE32 = "0123456789abcdefghijklmnopqrstuv"
_SIGNS = 4
_OPEN = re.compile(r"(\{\{|\}\}|\{%|%\}|\{#|#\})")
_CONTENT = {"TEXTER-KOMMENTAR", "TEXTER-DUBBEL", "TEXTER-TOM", "TEXTER-ANDRAD"}
"""After these the text still holds."""


class ManuscriptPlace(NamedTuple):
    """Where in texter.docx: under which heading, in which paragraph (1 is the first below it, 0 the
    heading itself) and, in a table, in which row; `note` says that it is in a footnote of the
    paragraph."""

    heading: str
    number: int = 0
    row: int = 0
    note: bool = False


class ManuscriptFault(NamedTuple):
    """Something that could not be used: the finding's code, where it stands, and what the text
    needs; of a section that is older than the data its live numbers that have changed, as they were
    and as they are."""

    code: str
    place: ManuscriptPlace | None
    values: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()

    @property
    def spoils(self) -> bool:
        """Whether its section cannot be used."""
        return self.code not in _CONTENT


class OutdatedSection(NamedTuple):
    """A section that is older than the data: its heading, and the numbers in it that have changed,
    as they were and as they are."""

    heading: str
    changed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ManuscriptTable:
    """A table as it was written: the first row is its heading."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


ManuscriptBlock = Paragraph | Heading | ManuscriptTable
_Say = Callable[[Text], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a section was when it was offered: its name, and digests of its heading, of what its
    text claims whatever its live numbers are, and of its whole text."""

    name: str
    heading: str
    claims: str
    whole: str

    def __str__(self) -> str:
        """As the name of a bookmark, which Word and its kin keep and do not show."""
        return f"_lr_{self.name}_{self.heading}_{self.claims}{self.whole}"


@dataclass(frozen=True, slots=True)
class ManuscriptSection:
    """A heading and what stands below it, up to the next. In text that is still to be filled in,
    `{{ … }}` and `[[tabell:koder]]` are plain text."""

    heading: str
    level: int
    pieces: tuple[ManuscriptBlock, ...]
    mark: Mark | None = None
    faults: tuple[ManuscriptFault, ...] = ()
    numbered: bool = True

    @property
    def is_as_offered(self) -> bool:
        """Whether its text is the one that it was offered with. A program that loses the bookmarks
        of the numbers has changed nothing."""
        mark = self.mark
        return mark is not None and (
            mark.claims == claims_proof(self.pieces) or mark.whole == whole_proof(self.pieces)
        )


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What texter.docx gave."""

    sections: tuple[ManuscriptSection, ...] = ()
    faults: tuple[ManuscriptFault, ...] = ()


@dataclass
class Script:
    """Where the person's sections meet the report's while it is written. `offered` gathers every
    section as it may be written next time, `faults` what could not be used."""

    manuscript: Manuscript = field(default_factory=Manuscript)
    offered: list[ManuscriptSection] = field(default_factory=list)
    faults: list[ManuscriptFault] = field(default_factory=list)


def read_mark(bookmark: str) -> Mark | None:
    """The mark that a bookmark's name holds, if it is one."""
    found = _MARK.fullmatch(bookmark)
    return Mark(*found.groups()) if found else None


# A digest, so that a mark has the same length whatever the text, and fits into the name of a
# bookmark. Four signs of 32: a text that has changed is taken for unchanged once in a million
# times.
def _digest(said: str) -> str:
    number = int.from_bytes(hashlib.sha256(said.encode()).digest()[:_SIGNS])
    return "".join(_BASE32[number >> 5 * place & 31] for place in range(_SIGNS))


def marked(name: str, heading: str, pieces: Sequence[ManuscriptBlock]) -> Mark:
    """The mark of a section as it is offered."""
    return Mark(name, heading_proof(heading), claims_proof(pieces), whole_proof(pieces))


def heading_proof(heading: str) -> str:
    """A short digest of a heading, whatever its case and spaces."""
    return _digest(fold(heading))


def claims_proof(pieces: Iterable[ManuscriptBlock]) -> str:
    """A short digest of a section's text with its looks, whatever its live numbers are; how it is
    divided into runs does not count."""
    return _digest("\n".join(_said(piece, _by_tag) for piece in pieces))


def whole_proof(pieces: Iterable[ManuscriptBlock]) -> str:
    """The same of the text as it reads, numbers too."""
    return _digest("\n".join(_said(piece, _letters) for piece in pieces))


def _said(piece: ManuscriptBlock, say: _Say) -> str:
    if isinstance(piece, Heading):
        return f"#{piece.level} {fold(piece.text)}"
    if isinstance(piece, ManuscriptTable):
        return "\n".join("|".join(_runs(cell, say) for cell in row) for row in piece.rows)
    return f"{piece.style}{piece.level} {_runs(piece.runs, say)}"


def _runs(runs: Iterable[Inline], say: _Say) -> str:
    """Letter by letter, so that it does not matter where one run ends and the next begins."""
    said = "".join(_one(run, say) for run in runs)
    return " ".join(said.split())


def _one(run: Inline, say: _Say) -> str:
    if isinstance(run, Note):
        return f"^[{_runs(run.runs, say)}]"
    return written(run) if isinstance(run, Reference) else say(run)


def _by_tag(run: Text) -> str:
    return f"\x03{run.tag}\x04" if run.tag else _letters(run)


def _letters(run: Text) -> str:
    look = _look(run)
    if not look:
        return run.text
    # Spaces have no look: Word and LibreOffice put the one between two runs in either of them.
    return "".join(f"{look}{letter}" for letter in run.text if not letter.isspace())


def _look(run: Text) -> str:
    """A letter's look between two characters that no text holds; empty for plain text."""
    if not (run.bold or run.italic or run.link):
        return ""
    return f"\x01{'b' * run.bold}{'i' * run.italic}{run.link}\x02"


def as_pieces(blocks: Iterable[Block]) -> Iterator[ManuscriptBlock]:
    """The blocks of a section as they are offered: tables, charts and references as one writes
    them, and what happens to look like markup made harmless."""
    for block in blocks:
        if isinstance(block, Placed):
            yield Paragraph((Text(f"[[{':'.join(place_of(block))}]]"),))
        elif isinstance(block, Paragraph):
            style = "bullet" if block.style == "reference" else block.style
            yield Paragraph(tuple(map(_as_run, joined(block.runs))), style, block.level)
        else:
            yield block


def joined(runs: Iterable[Inline]) -> Iterator[Inline]:
    """Runs that look the same as one; a live number is one by itself."""
    for look, members in groupby(runs, _look_of):
        if look is None:
            yield from members
        else:
            bold, italic, link, tag = look
            yield Text(text_of(members), bold, italic, link, tag=tag)


def _look_of(run: Inline) -> tuple[bool, bool, str, str] | None:
    return (run.bold, run.italic, run.link, run.tag) if isinstance(run, Text) else None


def _as_run(run: Inline) -> Inline:
    if isinstance(run, Reference):
        return Text(written(run))
    if isinstance(run, Note):
        told = joined(Text(one.text, one.bold, one.italic, one.link) for one in run.runs)
        return Note(tuple(_harmless(one) for one in told if isinstance(one, Text)))
    return _harmless(run)


def _harmless(run: Text) -> Text:
    said = _OPEN.sub(r'{{ "\1" }}', run.text)
    tag = run.tag if said == run.text else ""
    return Text(said, run.bold, run.italic, run.link, tag=tag)


def named(heading: str) -> str:
    """What a section is called when nobody has named it: its heading as a to z, digits and
    underscores."""
    letters = unicodedata.normalize("NFD", heading.casefold())
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"[\u0300-\u036f]", "", letters)).strip("_")[
        :NAME_LIMIT
    ]


def text_of(runs: Iterable[Inline]) -> str:
    """The plain text of a paragraph, without its footnotes and references."""
    return "".join(run.text for run in runs if isinstance(run, Text))


def written(reference: Reference) -> str:
    """A reference as one writes it: `[[Tabell:koder]]` where a sentence begins."""
    kind = reference.kind.capitalize() if reference.capital else reference.kind
    return f"[[{kind}:{reference.id}]]"
