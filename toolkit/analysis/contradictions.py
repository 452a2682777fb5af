"""Where what a county says of an area, its lines and its activities contradict each other. None of
it decides a verdict: the county is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.analysis.records import Activity, MergedRecord, SpendLine
from toolkit.analysis.verdicts import Elsewhere, Evidence, Money, Said
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
    marked = [line for line in paid if line.code != earmark.code and concerns(earmark, line)]
    if found.said is Said.NOT_SEPARATE and found.own is Money.SOME:
        yield Contradiction("ej_mot_rader", tuple(own))
    if found.said is Said.NOTHING_SPENT and (own or found.elsewhere is Elsewhere.SOME):
        yield Contradiction("noll_mot_rader", (*own, *marked))
    if found.said is Said.UNREASONED:
        yield Contradiction("skal_utan_ord")
    yield from _marks(earmark, own)
    yield from _links(earmark, paid, work)


def _marks(earmark: Earmark, own: Sequence[SpendLine]) -> Iterator[Contradiction]:
    """Lines on the own code that are marked as another area's."""
    tests = tests_of(earmark, own[0].source.record.columns.table) if own else {}
    other = [
        line for line in own if any(_differs(line.source.get(name), tests[name]) for name in tests)
    ]
    if other:
        yield Contradiction("kod_mot_marke", tuple(other))


def _differs(value: object, accepted: Sequence[str]) -> bool:
    return isinstance(value, str) and value not in accepted


def _links(
    earmark: Earmark, paid: Sequence[SpendLine], work: Sequence[Activity]
) -> Iterator[Contradiction]:
    """Lines that belong to an activity of the area and stand on another code, and the other way."""
    known = {one.id for one in work if isinstance(one.id, str)}
    concerned = {one.id for one in work if concerns(earmark, one)}
    linked = [line for line in paid if line.activity in known]
    away = [
        line
        for line in linked
        if line.code != earmark.code and line.activity in concerned and not concerns(earmark, line)
    ]
    if away:
        yield Contradiction("aktivitet_mot_kod", tuple(away))
    astray = [
        line for line in linked if line.code == earmark.code and line.activity not in concerned
    ]
    if astray and tests_of(earmark, work[0].source.record.columns.table):
        yield Contradiction("kod_mot_aktivitet", tuple(astray))


def concerns(earmark: Earmark, record: MergedRecord) -> bool:
    """Whether a record is for the earmarked area: it has the values that the year's spec tells the
    area by."""
    tests = tests_of(earmark, record.source.record.columns.table)
    return bool(tests) and all(record.source.get(name) in tests[name] for name in tests)


def tests_of(earmark: Earmark, table: str) -> Mapping[str, tuple[str, ...]]:
    """The values that tell the area in a table, by the fields' ids. The spec names the fields
    itself, as `table.field`."""
    start = f"{table}."
    return {
        name.removeprefix(start): accepted
        for name, accepted in earmark.condition.items()
        if name.startswith(start)
    }
