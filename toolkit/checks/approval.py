"""The approval: its day, and what it was given to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.approval import may_be_approved
from toolkit.returns.submission import Typed
from toolkit.spec.roles import RETURN, RETURN_APPROVED
from toolkit.words.periods import format_date


def check_approved(case: Case) -> Iterator[Finding]:
    """A day on which the year was not over yet, or that is years away: of several files the one
    approved last counts."""
    year = case.spec.year

    def is_odd(day: Typed) -> bool:
        return isinstance(day, date) and not may_be_approved(year, day)

    for record in case.rows(RETURN, (RETURN_APPROVED,), is_odd):
        day = record.get(RETURN_APPROVED)
        if isinstance(day, date) and case.sure(record, RETURN_APPROVED):
            written = format_date(day)
            yield case.say_of("FIL-GODKAND", record, RETURN_APPROVED, day=written, year=year)


def check_signed(case: Case) -> Iterator[Finding]:
    """Other data than those that the approval was given to: whoever gave it has not seen them. It
    is asked and stops nothing, for most changes are those that we have asked for."""
    sent, record = case.submission, case.submission.form(RETURN)
    if record is None or sent.sign_off is None or not sent.is_changed_since_approved:
        return
    day = format_date(sent.approved) if sent.approved else ""
    # The print is in no message: by it an answer is to these data and to no later ones.
    told = {"day": day, "data": sent.sign_off.data}
    yield case.say_of("FIL-ANDRAD", record, RETURN_APPROVED, **told)
