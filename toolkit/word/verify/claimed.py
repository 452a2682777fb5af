"""What somebody has written into a finished report of how many have done a thing, held against the
answers as own words are in its making."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.report.claims import UNTRIED, Doubt, OwnClaims
from toolkit.report.plainwords import letters_of
from toolkit.report.quantified import ClaimSaid, SharedClaim
from toolkit.report.syntax import chapter_texts
from toolkit.report.universals import Universal
from toolkit.word.verify.disagreement import (
    CLAIM,
    ELSEWHERE,
    HEADING,
    LOW,
    NUMBER,
    OUTDATED_NUMBERS,
    WORD,
    Disagreement,
)
from toolkit.word.verify.reading import ReadParagraph, plain

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”])")
_QUOTED = re.compile("”[^”]*”")
_NO = re.compile(r"(?i)inge[nt]|inga|ingenting|noll|inte någo[nt]")
"""What denies a claim beside the words for whom it is about: `har inga kampanjer`."""
_UNSUPPORTED = {WORD, NUMBER, ELSEWHERE}
_BEGINS = 30  # letters of a sentence by which a remark on it is known


class NewSentence(NamedTuple):
    """A sentence, what of it is tagged, the heading above it, and the paragraph's number."""

    text: str
    live: str
    heading: str
    paragraph: int


def sentences_of(paragraph: ReadParagraph) -> Iterator[NewSentence]:
    """The sentences of a paragraph and of its notes, without what is quoted; none of a table of
    contents."""
    if paragraph.is_contents:
        return
    begins = 0
    ends = [found.end() for found in _SENTENCE.finditer(paragraph.text)]
    for end in (*ends, len(paragraph.text)):
        own = [one for one in paragraph.spans if begins < one.end and one.start < end]
        live = " ".join(one.text for one in own if not one.is_note)
        yield _sentence(paragraph, paragraph.text[begins:end], live)
        begins = end
    for note in paragraph.notes:
        yield from (_sentence(paragraph, one, "") for one in _SENTENCE.split(note))


def _sentence(paragraph: ReadParagraph, text: str, live: str) -> NewSentence:
    told = plain(_QUOTED.sub("”…”", text))
    return NewSentence(told, plain(live), plain(paragraph.heading), paragraph.number)


def with_claims(
    found: Sequence[Disagreement], new: Iterable[NewSentence], claims: OwnClaims
) -> list[Disagreement]:
    """What does not agree, and what is claimed in new sentences that the answers speak against or
    cannot tell of, told once each. A word for how many that they bear out is no longer without
    support."""
    left = list(found)
    for one in new:
        for said, doubt in claims.tried(one.text, one.live):
            about = [told for told in left if _is_about(told, said, one)]
            if doubt is not None and (_is_silent(said, doubt) or _is_told(doubt, one, found)):
                continue
            left = [told for told in left if told not in about]
            left += [] if doubt is None else [_told(doubt, one)]
    return sorted(left, key=lambda told: told.paragraph)


def with_low_counts(
    found: Sequence[Disagreement],
    new: Iterable[NewSentence],
    low_in: Callable[[str], Iterable[str]],
) -> list[Disagreement]:
    """The same with the counts of persons in new sentences that are lower than any that is printed,
    each told once: what is printed of the data in them is not."""
    left = list(found)
    for one in new:
        for words in dict.fromkeys(low_in(one.text)):
            if words.casefold() not in one.live.casefold():
                left = [told for told in left if not _is_said(told, words, one)]
                place = plain(f"{one.heading} (”{one.text}”)")
                left.append(Disagreement(LOW, place, "", words, "", one.paragraph))
    return sorted(left, key=lambda told: told.paragraph)


def with_own(
    found: Sequence[Disagreement], every: Sequence[NewSentence], doubts: Iterable[tuple[str, Doubt]]
) -> list[Disagreement]:
    """The same with what a person has written that is in the report as it is made, and that the
    answers speak against, where it still stands. What an old section says of numbers that have
    changed is told of the section."""
    left = list(found)
    old = " ".join(told.found for told in found if told.kind == OUTDATED_NUMBERS)
    for sentence, doubt in doubts:
        if doubt.values.get("fras", sentence) in old:
            continue
        letters = letters_of(sentence)
        place = next((one for one in every if letters in letters_of(one.text)), None)
        left += [] if place is None else [_told(doubt, place)]
    return sorted(left, key=lambda told: told.paragraph)


def _is_silent(said: ClaimSaid, doubt: Doubt) -> bool:
    """Whether nothing is told but what is told without it: what may be of others (`Alla är
    nådda`), and says no number."""
    return doubt.text == UNTRIED and not doubt.may_ask and not isinstance(said, SharedClaim)


def _is_told(doubt: Doubt, one: NewSentence, found: Sequence[Disagreement]) -> bool:
    """Whether a heading that cannot be tried is told as one that the data give otherwise."""
    headings = (told.paragraph for told in found if told.kind == HEADING)
    return doubt.text == UNTRIED and one.paragraph in headings


def _is_about(told: Disagreement, said: ClaimSaid, one: NewSentence) -> bool:
    """Whether something without support is the word or the number of a claim."""
    excepted = said.but if isinstance(said, Universal) else ""
    denied = said.claim if _NO.fullmatch(told.found) else ""
    return _is_said(told, f"{said.phrase} {excepted} {denied}", one)


def _is_said(told: Disagreement, words: str, one: NewSentence) -> bool:
    """Whether something without support is one of some words of a sentence."""
    if told.kind not in _UNSUPPORTED or told.paragraph != one.paragraph:
        return False
    word = re.search(rf"(?i)\b{re.escape(told.found)}\b", words)
    return one.text[:_BEGINS] in told.place and word is not None


def _told(doubt: Doubt, one: NewSentence) -> Disagreement:
    asked = chapter_texts()(f"granskning.{doubt.text}", **doubt.values)
    return Disagreement(CLAIM, one.heading, "", asked, "", one.paragraph)
