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
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_END,
    ACTIVITY_HEADING,
    ACTIVITY_ID,
    ACTIVITY_START,
    ACTIVITY_TEXT,
    GOAL,
    INDICATOR,
    SITUATION,
    SPEND,
)
from toolkit.words.swedish import fold

_DIGITS = re.compile(r"\d+")
_TEXTS = (ACTIVITY_HEADING, ACTIVITY_TEXT)
_DATES = (ACTIVITY_START, ACTIVITY_END)
ONE_ACTIVITY = (*_TEXTS, *_DATES)
"""What makes an activity the same as another county's."""
_COMPARED = (SITUATION, GOAL, ACTIVITY, INDICATOR, SPEND)
RowContent = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another county's return, as far as it is compared: whom it is from, all its rows, its
    activities."""

    name: str
    rows: frozenset[RowContent]
    activities: frozenset[RowContent]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """All counties' returns by their code, and found by what they hold: each is compared with
    those that have something in common with it, not with every other."""

    returns: Mapping[str, Neighbour]
    by_rows: Mapping[frozenset[RowContent], Sequence[str]]
    by_activity: Mapping[RowContent, Sequence[str]]


def neighbour(name: str, submission: Submission) -> Neighbour:
    """A return as its neighbours see it."""
    return Neighbour(name, _rows_of(submission), _activities_of(submission))


def neighbourhood(returns: Mapping[str, Neighbour]) -> Neighbourhood:
    """The returns, found by what they hold. An empty one is like every other empty one, which says
    nothing."""
    by_rows: defaultdict[frozenset[RowContent], list[str]] = defaultdict(list)
    by_activity: defaultdict[RowContent, list[str]] = defaultdict(list)
    for code, one in returns.items():
        if one.rows:
            by_rows[one.rows].append(code)
        for activity in one.activities:
            by_activity[activity].append(code)
    return Neighbourhood(returns, by_rows, by_activity)


def _rows_of(submission: Submission) -> frozenset[RowContent]:
    rows: set[RowContent] = set()
    for table in _COMPARED:
        rows |= {(table, *record.typed) for record in submission.records(table)}
    return frozenset(rows)


def _activities_of(submission: Submission) -> frozenset[RowContent]:
    """What the activities with a heading hold; none where too little is asked to know one."""
    if not submission.bound.has(*ONE_ACTIVITY):
        return frozenset()
    work = submission.records(ACTIVITY)
    return frozenset(_content(record) for record in work if record.text(ACTIVITY_HEADING))


def check_same_activity(case: Case) -> Iterator[Finding]:
    """An activity whose heading or description is like another's, with the same dates."""
    table = case.spec.table_of(ACTIVITY)
    heading = case.spec.field_of(ACTIVITY_HEADING)
    for rows in _by_dates(case):
        told: set[int] = set()
        for first, then in sorted(_alike_pairs(case, rows)):
            if then not in told:
                told.add(then)
                own, other = (rows[at].ref(ACTIVITY_HEADING) for at in (then, first))
                yield case.say("DUBBLETT-AKTIVITET", table, heading, own, other, first=other.cell)


def _by_dates(case: Case) -> Iterable[list[Record]]:
    """The activities that have both dates in common with another, in groups. Only they are
    compared: each text with each other text takes minutes in a county with thousands of rows."""
    groups: dict[tuple[object, object], list[Record]] = defaultdict(list)
    columns = (case.column(ACTIVITY, role) for role in _DATES)
    dates = Counter(zip(*columns, strict=True))
    needed = case.held(ACTIVITY_ID, *ONE_ACTIVITY)
    for record in case.rows(ACTIVITY, _DATES, lambda *own: own[0] and dates[own] > 1):
        if case.sure(record, *needed):
            groups[(record.get(ACTIVITY_START), record.get(ACTIVITY_END))].append(record)
    return groups.values()


def check_same_return(case: Case, others: Neighbourhood) -> Iterator[Finding]:
    """The same return from another county. Asked of both."""
    place = {"county": case.submission.county, "file": case.submission.file}
    for code in others.by_rows.get(_rows_of(case.submission), ()):
        if code != case.submission.county:
            told = {"other": others.returns[code].name}
            yield case.catalogue.finding("DUBBLETT-FIL", told, **place)


def check_shared_activities(case: Case, others: Neighbourhood) -> Iterator[Finding]:
    """Most of the same activities in another county's return; of one that is the same altogether
    that has been said."""
    own = _activities_of(case.submission)
    shared: Counter[str] = Counter()
    for one in own:
        shared.update(others.by_activity.get(one, ()))
    many = {code for code, count in shared.items() if count >= case.spec.limits.shared_activities}
    many -= {case.submission.county, *others.by_rows.get(_rows_of(case.submission), ())}
    # Those with so much in common are few; told in the order of the counties.
    for code in sorted(many, key=list(others.returns).index):
        other = others.returns[code]
        yield _shared(case, other, own & other.activities)


def _shared(case: Case, other: Neighbour, shared: frozenset[RowContent]) -> Finding:
    table, heading = case.spec.table_of(ACTIVITY), case.spec.field_of(ACTIVITY_HEADING)
    rows = case.submission.records(ACTIVITY)
    refs = [row.ref(ACTIVITY_HEADING) for row in rows if _content(row) in shared]
    count = len(shared)
    return case.say("DUBBLETT-LAN", table, heading, *refs, other=other.name, count=count)


def _content(record: Record) -> RowContent:
    texts = (fold(record.text(role)) for role in _TEXTS)
    return (*texts, *(record.get(role) for role in _DATES))


def _alike_pairs(case: Case, rows: Sequence[Record]) -> set[tuple[int, int]]:
    """The pairs of rows, by their places, whose headings or descriptions are alike. Other numbers
    in a text (day 1, day 2) are another thing, so only texts with the same ones are compared."""
    limit = float(case.spec.limits.alike_percent) / 100
    pairs: set[tuple[int, int]] = set()
    for role in case.held(*_TEXTS):
        texts = [fold(row.text(role)) for row in rows]
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
