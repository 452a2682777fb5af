"""The same thing told twice: an activity twice in a county, the same activities or the same return
in two."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Record, Submission
from toolkit.words.swedish import fold

_DIGITS = re.compile(r"\d+")
_TEXTS = ("rubrik", "beskrivning")
_COMPARED = ("lagesbild", "mal", "aktiviteter", "indikatorer", "ekonomi")
RowContent = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another county's return, as far as it is compared: whom it is from, all its rows, its
    activities."""

    name: str
    rows: frozenset[RowContent]
    activities: frozenset[RowContent]


def neighbour(name: str, submission: Submission) -> Neighbour:
    """A return as its neighbours see it."""
    rows: set[RowContent] = set()
    for table in _COMPARED:
        rows |= {(table, *record.typed) for record in submission.records(table)}
    work = submission.records("aktiviteter")
    activities = {_content(record) for record in work if record.text("rubrik")}
    return Neighbour(name, frozenset(rows), frozenset(activities))


def check_same_activity(case: Case) -> Iterator[Finding]:
    """An activity whose heading or description is like another's, with the same dates."""
    table = case.spec.tables["aktiviteter"]
    for rows in _by_dates(case):
        told: set[int] = set()
        for first, then in sorted(_alike_pairs(case, rows)):
            if then not in told:
                told.add(then)
                own, other = rows[then].ref("rubrik"), rows[first].ref("rubrik")
                heading = table.by_id["rubrik"]
                yield case.say("DUBBLETT-AKTIVITET", table, heading, own, other, first=other.cell)


def _by_dates(case: Case) -> Iterable[list[Record]]:
    """The activities that have both dates in common with another, in groups. Only they are
    compared: each text with each other text takes minutes in a county with thousands of rows."""
    groups: dict[tuple[object, object], list[Record]] = defaultdict(list)
    name = "aktiviteter"
    dates = Counter(zip(case.column(name, "start"), case.column(name, "slut"), strict=True))
    for record in case.rows(name, ("start", "slut"), lambda *own: own[0] and dates[own] > 1):
        if case.sure(record, "id", "start", "slut", *_TEXTS):
            groups[(record.get("start"), record.get("slut"))].append(record)
    return groups.values()


def check_neighbours(case: Case, others: Mapping[str, Neighbour]) -> Iterator[Finding]:
    """The same return, or most of the same activities, from another county. Asked of both."""
    own = neighbour("", case.submission)
    for code, other in others.items():
        if code != case.submission.county:
            yield from _compared(case, own, other)


def _compared(case: Case, own: Neighbour, other: Neighbour) -> Iterator[Finding]:
    """One finding of two returns at most: the whole of them, or the activities in common. An empty
    return is like every other empty one, which says nothing."""
    shared = own.activities & other.activities
    if own.rows and own.rows == other.rows:
        place = {"county": case.submission.county, "file": case.submission.file}
        yield case.catalogue.finding("DUBBLETT-FIL", {"other": other.name}, **place)
    elif len(shared) >= case.spec.limits.shared_activities:
        yield _shared(case, other, shared)


def _shared(case: Case, other: Neighbour, shared: frozenset[RowContent]) -> Finding:
    table = case.spec.tables["aktiviteter"]
    refs = [
        row.ref("rubrik") for row in case.submission.records(table.id) if _content(row) in shared
    ]
    return case.say(
        "DUBBLETT-LAN", table, table.by_id["rubrik"], *refs, other=other.name, count=len(shared)
    )


def _content(record: Record) -> RowContent:
    return (*(fold(record.text(name)) for name in _TEXTS), record.get("start"), record.get("slut"))


def _alike_pairs(case: Case, rows: Sequence[Record]) -> set[tuple[int, int]]:
    """The pairs of rows, by their places, whose headings or descriptions are alike. Other numbers
    in a text (day 1, day 2) are another thing, so only texts with the same ones are compared."""
    limit = float(case.spec.limits.alike_percent) / 100
    pairs: set[tuple[int, int]] = set()
    for name in _TEXTS:
        texts = [fold(row.text(name)) for row in rows]
        for places in _by_numbers(texts):
            firsts: dict[str, int] = {}
            for place in places:
                first = firsts.setdefault(texts[place], place)
                if first != place:
                    pairs.add((first, place))
            for one, other in combinations(firsts.values(), 2):
                if _alike(texts[one], texts[other], limit):
                    pairs.add((one, other))
    return pairs


def _by_numbers(texts: Sequence[str]) -> Iterable[list[int]]:
    """The places of the texts that say anything, grouped by the numbers that stand in them."""
    groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        if text:
            groups[tuple(_DIGITS.findall(text))].append(place)
    return groups.values()


def _alike(one: str, other: str, limit: float) -> bool:
    """So like that only the wording differs. Upper bounds first: they cost little and settle most
    pairs."""
    # autojunk leaves out what is frequent in texts of 200 characters or more: most letters.
    match = SequenceMatcher(None, one, other, autojunk=False)
    bounds = (match.real_quick_ratio, match.quick_ratio, match.ratio)
    return all(bound() >= limit for bound in bounds)
