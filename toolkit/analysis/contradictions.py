"""Where what a county says of an area, its lines and its activities contradict each other. None of
it decides a verdict: the county is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.analysis.records import Activity, MergedRecord, MergedRow, SpendLine
from toolkit.analysis.unsaid import is_lost
from toolkit.analysis.verdicts import Evidence, Money, Said
from toolkit.returns.submission import Missing
from toolkit.spec.model import Earmark

_LETTERS = 3  # letters that a reason has at least: `–` and `x` are none


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What contradicts what, by the word that tells it, and the lines it is about."""

    kind: str
    rows: tuple[SpendLine, ...] = ()


def says_why(reason: str) -> bool:
    """Whether a text can be a reason."""
    return sum(map(str.isalpha, reason)) >= _LETTERS


def has_money(line: SpendLine) -> bool:
    """Whether a line has an amount other than nothing, also one that is not known."""
    return line.outcome is Missing.UNKNOWN or bool(line.spent)


def contradictions(
    earmark: Earmark, found: Evidence, lines: Sequence[SpendLine], work: Sequence[Activity]
) -> Iterator[Contradiction]:
    """Those of one county on one area."""
    paid = [line for line in lines if has_money(line)]
    own = [line for line in paid if line.code == earmark.code]
    others = [line for line in paid if line.code != earmark.code]
    yield from _answers(found, own, [line for line in others if concerns(earmark, line)])
    marked = [line for line in own if _is_marked_otherwise(earmark, line)]
    if marked:
        yield Contradiction("kod_mot_marke", tuple(marked))
    yield from _links(earmark, own, others, work)


def _answers(
    found: Evidence, own: Sequence[SpendLine], elsewhere: Sequence[SpendLine]
) -> Iterator[Contradiction]:
    """The answer beside the lines."""
    if found.said is Said.NOT_SEPARATE and found.own is Money.SOME:
        yield Contradiction("ej_mot_rader", tuple(own))
    if found.said is Said.NOTHING_SPENT and (own or elsewhere):
        yield Contradiction("noll_mot_rader", (*own, *elsewhere))
    if found.said is Said.UNREASONED:
        yield Contradiction("skal_utan_ord")


def _is_marked_otherwise(earmark: Earmark, line: SpendLine) -> bool:
    """Whether a line is marked as another area's."""
    tests = tests_of(earmark, line.source.record.columns.table)
    given = {name: line.source.get(name) for name in tests}
    return any(isinstance(one, str) and one not in tests[name] for name, one in given.items())


def _links(
    earmark: Earmark,
    own: Sequence[SpendLine],
    others: Sequence[SpendLine],
    work: Sequence[Activity],
) -> Iterator[Contradiction]:
    """Lines that belong to an activity of the area, or speak of it, and stand on another code; and
    lines on its code that belong to another activity."""
    concerned: set[object] = {one.id for one in work if concerns(earmark, one)}
    other = _ids(work) - concerned
    away = [line for line in _of(others, concerned) if not concerns(earmark, line)]
    if away:
        yield Contradiction("aktivitet_mot_kod", tuple(away))
    spoken = [line for line in others if line not in away and _only_spoken(earmark, line)]
    if spoken:
        yield Contradiction("ord_mot_kod", tuple(spoken))
    astray = _of(own, other)
    # All activities stand in one table, so that the first one tells its id.
    if astray and tests_of(earmark, work[0].source.record.columns.table):
        yield Contradiction("kod_mot_aktivitet", tuple(astray))


def _only_spoken(earmark: Earmark, line: SpendLine) -> bool:
    """Whether nothing but what the county has written beside a line says that it is the area's."""
    written = [text for text in (line.comment, line.recipient) if isinstance(text, str)]
    return earmark.topic.is_in(*written) and not concerns(earmark, line)


def _of(lines: Sequence[SpendLine], activities: set[object]) -> list[SpendLine]:
    return [line for line in lines if line.activity in activities]


def _ids(work: Sequence[Activity]) -> set[object]:
    return {one.id for one in work if isinstance(one.id, str)}


def concerns(earmark: Earmark, record: MergedRecord) -> bool:
    """Whether a record is for the earmarked area: it has the values that the year's spec tells the
    area by."""
    tests = tests_of(earmark, record.source.record.columns.table)
    return bool(tests) and all(record.source.get(name) in tests[name] for name in tests)


def may_concern(earmark: Earmark, record: MergedRecord) -> bool:
    """Whether nobody knows if a record is for the earmarked area: what tells it has been left
    unanswered."""
    tests = tests_of(earmark, record.source.record.columns.table)
    return bool(tests) and _may_have(record.source, tests)


def may_be_of_area(earmark: Earmark, record: MergedRecord) -> bool:
    """The same of what tells the area in any table."""
    row = record.source
    return _may_have(row, {name: one for name, one in area_of(earmark).items() if row.asks(name)})


def _may_have(row: MergedRow, tests: Mapping[str, Collection[str]]) -> bool:
    """Whether no field says that it is not so, and one says nothing."""
    given = {name: row.get(name) for name in tests}
    lost = {name for name, value in given.items() if is_lost(value)}
    others = given.keys() - lost
    return bool(lost) and all(
        not _answers_of(given[name]).isdisjoint(tests[name]) for name in others
    )


def tests_of(earmark: Earmark, table: str) -> Mapping[str, tuple[str, ...]]:
    """The values that tell the area in a table, by the fields' ids. The spec names the fields
    itself, as `table.field`."""
    start = f"{table}."
    return {
        name.removeprefix(start): accepted
        for name, accepted in earmark.condition.items()
        if name.startswith(start)
    }


def is_of_area(earmark: Earmark, record: MergedRecord) -> bool:
    """Whether nothing in a record says that it is about another area: what tells the area in one
    table tells it in every table that asks for the same."""
    row = record.source
    asked = {name: codes for name, codes in area_of(earmark).items() if row.asks(name)}
    return all(not _answers_of(row.get(name)).isdisjoint(asked[name]) for name in asked)


def area_of(earmark: Earmark) -> Mapping[str, frozenset[str]]:
    """The values that tell the area, by the fields' ids, whatever the table."""
    found: dict[str, frozenset[str]] = {}
    for address, codes in earmark.condition.items():
        name = address.partition(".")[2]
        found[name] = found.get(name, frozenset()).union(codes)
    return found


def _answers_of(value: object) -> frozenset[object]:
    return frozenset(value) if isinstance(value, tuple) else frozenset([value])
