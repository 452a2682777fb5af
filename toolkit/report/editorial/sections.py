"""The report as one list of sections, in the order in which they stand. Both ways in which editors
change it, choices in Excel and sections written in Word, go over this list."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.report.blocks import Block, Heading, Inline, Paragraph, Reference, Text
from toolkit.report.editorial.manuscript import ManuscriptSection, written

SUBHEADING = 3  # the first level of headings that begins no section of its own
NO_PHRASES = re.compile("(?!)")
_QUOTED = re.compile("”[^”]*”")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_CHANGING = re.compile(r"\([^()]*\)|[\d\u00a0,–−%]")  # counts, shares, amounts; the names of a few
_DIGITS = 8
_CHOSEN = {"body", "bullet", "number"}
"""Styles of what an editor may choose and reword; quotations and references are as they are."""


@dataclass(frozen=True, slots=True)
class FromTemplate:
    """A section as the templates say it. `chapter` is the file that it stands in, `title` that
    chapter's first heading (empty before it), `keys` the keys of the heading and of every block:
    redaktion.xlsx knows them again by these."""

    chapter: str
    title: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromWord:
    """What a person has written instead of a section of the templates. `numbers` are those of the
    written paragraphs that the blocks were; 0 for a block that is still the template's."""

    written: ManuscriptSection
    replaced: Section
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of level 1 or 2 and what stands below it, up to the next. What stands before the
    first heading of a chapter is a section without a heading."""

    heading: Heading | None
    blocks: tuple[Block, ...]
    origin: FromTemplate | FromWord

    @property
    def name(self) -> str:
        """By which a person replaces it and choices name it; empty without a heading."""
        return self.heading.name if self.heading else ""

    @property
    def whole(self) -> tuple[Block, ...]:
        """The heading, if there is one, and the blocks."""
        return (self.heading, *self.blocks) if self.heading else self.blocks


def sections_of(
    blocks: Sequence[Block], chapter: str, phrases: re.Pattern[str] = NO_PHRASES
) -> list[Section]:
    """The sections of one chapter of the templates, in order. `phrases` are the words for how many
    counties there are."""
    keys = list(_keys(blocks, chapter, phrases))
    title = ""
    found = []
    for start, end in _spans(blocks):
        heading, below = _parted(blocks[start:end])
        if heading and not title:
            title = heading.text
        origin = FromTemplate(chapter, title, tuple(keys[start:end]))
        found.append(Section(heading, below, origin))
    return found


def is_passage(block: Block) -> bool:
    """Whether an editor may leave out, move and reword a block."""
    return isinstance(block, Paragraph) and block.style in _CHOSEN


def _parted(blocks: Sequence[Block]) -> tuple[Heading | None, tuple[Block, ...]]:
    """A section's heading, if it has one, and what stands below it."""
    first, *below = blocks
    if isinstance(first, Heading) and _begins(first):
        return first, tuple(below)
    return None, tuple(blocks)


def _begins(block: Block) -> bool:
    return isinstance(block, Heading) and block.level < SUBHEADING


def _spans(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where each section starts and ends; none is empty."""
    starts = [place for place, block in enumerate(blocks) if place == 0 or _begins(block)]
    yield from pairwise([*starts, len(blocks)])


def _keys(blocks: Sequence[Block], chapter: str, phrases: re.Pattern[str]) -> Iterator[str]:
    """`samverkan:1f09ab`: the section and what the passage claims, so that a choice stays with its
    passage when others come or go. What is no passage is known by its name or its place."""
    section, told = chapter, Counter[str]()
    for block in blocks:
        if isinstance(block, Heading):
            section = block.name or section
            key = section
        elif is_passage(block) and isinstance(block, Paragraph):
            key = f"{section}:{claim_of(block, phrases)}"
        else:
            key = f"{section}:"
        told[key] += 1
        yield key if told[key] == 1 else f"{key}.{told[key]}"


def claim_of(paragraph: Paragraph, phrases: re.Pattern[str]) -> str:
    """A short digest of a passage's first sentence without what other counties' data change in it:
    how many they are, and other numbers. Whom it names stays: that is what it is about."""
    text = "".join(_words_of(paragraph.runs))
    first = _SENTENCE_END.split(_QUOTED.sub("", text).strip(), maxsplit=1)[0]
    kept = _CHANGING.sub("", phrases.sub("", first)).casefold()
    return hashlib.sha256(" ".join(kept.split()).encode()).hexdigest()[:_DIGITS]


def _words_of(runs: Sequence[Inline]) -> Iterator[str]:
    for run in runs:
        if isinstance(run, Reference):
            yield written(run)
        elif isinstance(run, Text):
            yield run.text
