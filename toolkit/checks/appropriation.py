"""Rules on the appropriation account by itself: more spent than there was to spend."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Record
from toolkit.spec.roles import (
    APPROPRIATION,
    APPROPRIATION_AVAILABLE,
    APPROPRIATION_CLOSING,
    APPROPRIATION_COMMENT,
    APPROPRIATION_SPENT,
)
from toolkit.words.amounts import format_kr, tolerance


def check_overspent(case: Case) -> Iterator[Finding]:
    """An item that closes below nothing and has no comment: its credit may have been used, or an
    amount be wrong. What was moved away without having been there shows as the same."""
    for record in case.submission.records(APPROPRIATION):
        if isinstance(record.get(APPROPRIATION_SPENT), Decimal) and _is_sure(case, record):
            yield from _overspent(case, record)


def _is_sure(case: Case, record: Record) -> bool:
    """Whether nothing is wrong with any amount of the row: the sum of the others says nothing."""
    fields = case.spec.table_of(APPROPRIATION).fields
    return case.sure(record, *(field.id for field in fields if field.computed is None))


def _overspent(case: Case, record: Record) -> Iterator[Finding]:
    closing = case.reckoned(record, APPROPRIATION_CLOSING)
    if closing >= -tolerance(0) or not case.is_uncommented(record, APPROPRIATION_COMMENT):
        return
    amounts = {
        "spent": record.amount(APPROPRIATION_SPENT),
        "available": case.reckoned(record, APPROPRIATION_AVAILABLE),
        "closing": closing,
    }
    told = {name: format_kr(amount) for name, amount in amounts.items()}
    yield case.say_of("EKON-ANSLAG", record, APPROPRIATION_SPENT, **told)
