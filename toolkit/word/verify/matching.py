"""Which paragraph of an edited report was which of the report as it is written."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence

from toolkit.word.verify.reading import ReadParagraph, tags_in

_ALIKE = 0.5  # how like a paragraph must be to be the same one, edited


def matched(
    written: Sequence[ReadParagraph], edited: Sequence[ReadParagraph]
) -> dict[ReadParagraph, ReadParagraph]:
    """The edited paragraphs with those that they were: by the same text, by a tag that both have,
    by being most alike."""
    found: dict[ReadParagraph, ReadParagraph] = {}
    _by_text(written, edited, found)
    _by_tags(written, edited, found)
    _by_likeness(_left(written, found.values()), _left(edited, found), found)
    return found


def _left(several: Sequence[ReadParagraph], taken: Iterable[ReadParagraph]) -> list[ReadParagraph]:
    known = set(taken)
    return [one for one in several if one not in known and one.plain]


def _by_text(
    written: Sequence[ReadParagraph],
    edited: Sequence[ReadParagraph],
    found: dict[ReadParagraph, ReadParagraph],
) -> None:
    places: dict[str, list[ReadParagraph]] = defaultdict(list)
    for one in reversed(written):
        places[one.plain].append(one)
    for one in edited:
        if places[one.plain]:
            found[one] = places[one.plain].pop()


def _by_tags(
    written: Sequence[ReadParagraph],
    edited: Sequence[ReadParagraph],
    found: dict[ReadParagraph, ReadParagraph],
) -> None:
    taken = set(found.values())
    homes: dict[str, ReadParagraph] = {}
    for one in _left(written, taken):
        homes |= dict.fromkeys(tags_in([one]), one)
    for one in edited:
        own = (homes[span.tag] for span in one.spans if span.tag in homes)
        home = None if one in found else next((place for place in own if place not in taken), None)
        if home is not None:
            found[one] = home
            taken.add(home)


def _by_likeness(
    written: Sequence[ReadParagraph],
    edited: Sequence[ReadParagraph],
    found: dict[ReadParagraph, ReadParagraph],
) -> None:
    pairs = []
    for theirs in edited:
        matcher = difflib.SequenceMatcher(None, "", theirs.plain, autojunk=False)
        for ours in written:
            matcher.set_seq1(ours.plain)
            if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE:
                pairs.append((matcher.ratio(), theirs, ours))
    taken: set[ReadParagraph] = set()
    for ratio, theirs, ours in sorted(pairs, key=lambda one: -one[0]):
        if ratio > _ALIKE and theirs not in found and ours not in taken:
            found[theirs] = ours
            taken.add(ours)
