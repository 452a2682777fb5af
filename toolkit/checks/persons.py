"""Texts that tell how many persons it was, where that number is so low that it is not printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case, Test
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Record, Typed
from toolkit.spec.model import Field
from toolkit.spec.roles import (
    INDICATOR,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_VALUE,
    INDICATORS,
    FieldRole,
)
from toolkit.words.persons import PersonCount, person_counts


def check_low_counts(case: Case) -> Iterator[Finding]:
    """A text that tells a number of persons which is also a low count of one of the county's
    indicators: the count is not printed, and the text would print it."""
    low = dict(_low_counts(case))
    if not low:
        return

    def test_of(field: Field) -> Test | None:
        return lambda value: _told(case, value, low) if field.type == "text" else None

    for table, field, record, value in case.cells(test_of):
        told = _told(case, value, low)
        if told is not None:
            words, indicator = told.words, low[told.number]
            yield case.say(
                "TEXT-ANTAL", table, field, record.ref(field.id), value=words, indicator=indicator
            )


def _told(case: Case, value: Typed, low: dict[int, str]) -> PersonCount | None:
    """The first of the low counts that a text tells."""
    if not isinstance(value, str):
        return None
    found = person_counts(value, case.spec.person_words)
    return next((one for one in found if one.number in low), None)


def _low_counts(case: Case) -> Iterator[tuple[int, str]]:
    """The low counts of persons with the indicator that has them, this year and the year before."""
    data = case.submission.table(case.spec.bound.of(INDICATOR))
    if data is None:
        return
    for line in range(len(data.rows)):
        record = data.record(line)
        for role in case.held(INDICATOR_VALUE, INDICATOR_BEFORE):
            number = _low(case, record, role)
            if number:
                yield number, record.text(INDICATOR_CODE)


def _low(case: Case, record: Record, role: FieldRole) -> int:
    """A count of persons that is above nought and not printed; 0 for any other value."""
    code = case.spec.list_of(INDICATORS).by_code.get(record.text(INDICATOR_CODE))
    value = record.get(role)
    if code is None or not code.as_indicator.counts_persons or not isinstance(value, Decimal):
        return 0
    is_low = 0 < value < case.spec.limits.secrecy_minimum
    return int(value) if is_low and value == int(value) else 0
