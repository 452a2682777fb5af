"""Rules on what must be reported apart, where a county's own words and rows contradict each other.
All of them ask, once for all rows: which of the two is right only the county knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, Typed
from toolkit.spec.model import Earmark
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_ID,
    ACTIVITY_VIOLENCE,
    EARMARK,
    EARMARK_AREA,
    EARMARK_STATE,
    NOT_SEPARATE,
    SPEND,
    SPEND_ACTIVITY,
    SPEND_AMOUNT,
    SPEND_CODE,
    SPEND_VIOLENCE,
    FieldRole,
    TableRole,
)

LineTest = Callable[..., object]


def check_not_separate(case: Case) -> Iterator[Finding]:
    """The spend is said not to stand on a code of its own, and there are lines with amounts on
    it."""
    not_separate = case.spec.bound[NOT_SEPARATE]
    for record in case.submission.records(EARMARK):
        if record.text(EARMARK_STATE) != not_separate:
            continue
        area = record.text(EARMARK_AREA)
        for earmark in case.spec.earmarks:
            on_it = partial(_has_money_on, earmark.code)
            fields = (SPEND_CODE, SPEND_AMOUNT)
            lines = _sure(case, fields, on_it) if area in earmark.names else []
            if lines and case.sure(record, EARMARK_STATE):
                told = {"own": earmark.code, "count": len(lines)}
                yield case.say_of("SAR-EJ", record, EARMARK_STATE, suggestion=None, **told)


def check_marks(case: Case) -> Iterator[Finding]:
    """Lines on an area's own code that are marked as something else."""
    for earmark in case.spec.earmarks:
        marks = _marks(case, earmark, SPEND, SPEND_VIOLENCE)
        fields = (SPEND_CODE, SPEND_VIOLENCE)
        rows = _sure(case, fields, partial(_is_other, earmark.code, marks)) if marks else []
        yield from _told(case, "SAR-MARKE", SPEND_VIOLENCE, rows, earmark)


def check_links(case: Case) -> Iterator[Finding]:
    """Lines on an area's own code that belong to an activity of something else, and lines on other
    codes that belong to an activity of the area and are not marked as its own."""
    for earmark in case.spec.earmarks:
        own = _marks(case, earmark, ACTIVITY, ACTIVITY_VIOLENCE)
        marks = _marks(case, earmark, SPEND, SPEND_VIOLENCE)
        if own and marks:
            ours, others = _activities(case, own)
            fields = (SPEND_CODE, SPEND_ACTIVITY, SPEND_VIOLENCE)
            astray = _sure(case, fields, partial(_is_astray, earmark.code, others))
            yield from _told(case, "SAR-AKTIVITET", SPEND_ACTIVITY, astray, earmark)
            away = _sure(case, fields, partial(_is_away, earmark.code, ours, marks))
            yield from _told(case, "SAR-ANNANKOD", SPEND_CODE, away, earmark)


def _has_money_on(own: str, code: Typed, amount: Typed) -> bool:
    return code == own and (
        amount is Missing.UNKNOWN or (isinstance(amount, Decimal) and amount != 0)
    )


def _is_other(own: str, marks: frozenset[str], code: Typed, mark: Typed) -> bool:
    return code == own and isinstance(mark, str) and mark not in marks


def _is_astray(own: str, others: frozenset[str], code: Typed, activity: Typed, _: Typed) -> bool:
    return code == own and activity in others


def _is_away(
    own: str, ours: frozenset[str], marks: frozenset[str], code: Typed, activity: Typed, mark: Typed
) -> bool:
    return activity in ours and isinstance(code, str) and code != own and mark not in marks


def _marks(case: Case, earmark: Earmark, table: TableRole, field: FieldRole) -> frozenset[str]:
    """The values of a field that tell the area."""
    address = f"{case.spec.bound[table]}.{case.spec.bound[field]}"
    return frozenset(earmark.condition.get(address, ()))


def _activities(case: Case, marks: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the activities of an area, and of the others."""
    known: dict[str, bool] = {}
    for record in case.submission.records(ACTIVITY):
        mark = record.get(ACTIVITY_VIOLENCE)
        if isinstance(mark, str) and case.sure(record, ACTIVITY_ID, ACTIVITY_VIOLENCE):
            known[record.text(ACTIVITY_ID)] = mark in marks
    ours = frozenset(one for one, is_ours in known.items() if is_ours)
    return ours, frozenset(known) - ours


def _sure(case: Case, fields: tuple[FieldRole, ...], test: LineTest) -> list[Record]:
    """The lines of spend that fail a test, where nothing is wrong with what it looks at."""
    return [record for record in case.rows(SPEND, fields, test) if case.sure(record, *fields)]


def _told(
    case: Case, code: str, field: FieldRole, rows: list[Record], earmark: Earmark
) -> Iterator[Finding]:
    if rows:
        table, told = case.spec.table_of(SPEND), case.spec.field_of(field)
        refs = [record.ref(field) for record in rows]
        said = {"count": len(refs), "own": earmark.code, "area": earmark.label}
        yield case.say(code, table, told, *refs, suggestion=None, **said)
