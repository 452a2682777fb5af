"""What a year does not ask for is not in its report: neither in its place, nor in the sentences
that refer to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from toolkit.analysis.appropriations import ITEMS, Series
from toolkit.analysis.needs import LeftOut, lacking, left_out_of
from toolkit.analysis.tables import TABLES
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.report.blocks import Inline, Note, PlaceKey, Reference, Text
from toolkit.report.figures import FIGURES
from toolkit.spec.model import Spec

# One sign for each run that is no text, so that a paragraph can be searched as one text. These are
# in Unicode's private area: nobody writes them.
_NOTE, _REFERENCE, _CAPITAL = "\ue000", "\ue001", "\ue002"
_END = re.compile(rf"(?<=[.!?]){_NOTE}*(?= +[A-ZÅÄÖ{_CAPITAL}])")
"""Where a sentence ends and another begins; its footnotes belong to it."""


def left_out(spec: Spec) -> list[LeftOut]:
    """The tables and figures that the year's report does not have, and why."""
    found = [*left_out_of("tabell", TABLES, spec), *left_out_of("figur", FIGURES, spec)]
    lacks = lacking(spec, INDICATOR_NEEDS)
    return [*found, LeftOut("tabell", "indikatorer_lan", lacks)] if lacks else found


def left_out_places(spec: Spec) -> frozenset[PlaceKey]:
    """The same as chapters name them."""
    return frozenset((one.kind, one.id) for one in left_out(spec))


def unknown_places(series: Series) -> frozenset[PlaceKey]:
    """What is made of the series of appropriation and spend, where no figure of it is known: a
    table of nothing would be read as nought."""
    if not series.figures:
        return frozenset({("tabell", "anslag"), ("figur", "anslag"), ("tabell", "forbrukning")})
    whole = any(all(series.printed(year, item) for item in ITEMS) for year in series.years)
    return frozenset() if whole else frozenset({("tabell", "forbrukning")})


def without_sentences(runs: Sequence[Inline], places: Collection[PlaceKey]) -> tuple[Inline, ...]:
    """A paragraph without the sentences that refer to one of these places; nothing when no sentence
    is left."""
    if not any(_refers(run, places) for run in runs):
        return tuple(runs)
    kept: list[Inline] = []
    for sentence in _sentences(runs):
        if not any(_refers(run, places) for run in sentence):
            kept += sentence
    return _trimmed(kept)


def _refers(run: Inline, places: Collection[PlaceKey]) -> bool:
    return isinstance(run, Reference) and (run.kind, run.id) in places


def _sentences(runs: Sequence[Inline]) -> Iterator[list[Inline]]:
    whole = "".join(map(_as_text, runs))
    start = 0
    for end in [found.end() for found in _END.finditer(whole)] + [len(whole)]:
        yield list(_cut(runs, start, end))
        start = end


def _as_text(run: Inline) -> str:
    if isinstance(run, Text):
        return run.text
    if isinstance(run, Note):
        return _NOTE
    return _CAPITAL if run.capital else _REFERENCE


def _cut(runs: Sequence[Inline], start: int, end: int) -> Iterator[Inline]:
    """The runs from one place in their text to another."""
    at = 0
    for run in runs:
        length = len(_as_text(run))
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            yield replace(run, text=run.text[first:last]) if isinstance(run, Text) else run
        at += length


def _trimmed(runs: Sequence[Inline]) -> tuple[Inline, ...]:
    """Without the blank that a sentence left before it; nothing where only blanks are left."""
    if not any(isinstance(run, Note | Reference) or run.text.strip() for run in runs):
        return ()
    first, *others = runs
    if isinstance(first, Text):
        first = replace(first, text=first.text.lstrip())
    return (first, *others)
