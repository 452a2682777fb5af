"""A county's approval of its return: the day, which settles which of several files counts, and the
data that it is given to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from unicodedata import normalize

from toolkit.returns.sign_off import SignOff
from toolkit.returns.submission import Missing, Record, Return, Submission, Typed
from toolkit.returns.trail import print_of
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.spec.roles import RETURN, RETURN_APPROVED, RETURN_APPROVER
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

CHANGED = "FIL-ANDRAD"
"""The question that is asked where an approval is void."""
_FIRST_MONTH = 12  # some approve before Christmas what they close on the last of December
_PART, _LINE = "\x1f", "\x1e"  # no cell's text can hold them (ECMA-376-1, 22.9.2.19)


class ApprovalState(StrEnum):
    """Whether what stands in a return is what was approved. The values are the texts' keys."""

    HOLDS = "godkand"
    VOID = "godkand_andrad"
    EXPLAINED = "godkand_svarad"
    """The data have been changed, and the county has told why the approval is of these too."""


def approval_state(found: Return) -> ApprovalState | None:
    """How the approval of a file stands; None where no day of approval does."""
    sent = found.submission
    if sent is None or sent.approved is None:
        return None
    if not sent.is_changed_since_approved:
        return ApprovalState.HOLDS
    own = [one for one in found.findings if one.code == CHANGED]
    # A waiver of the agency's sets the question aside, and tells of no approval.
    is_explained = bool(own) and all(one.explanation is not None for one in own)
    return ApprovalState.EXPLAINED if is_explained else ApprovalState.VOID


def may_be_approved(year: int, day: date) -> bool:
    """Whether a return for a year can have been approved on a day: when the year was over, or
    nearly, and not years later.

    >>> days = ((2020, 2, 20), (2020, 12, 21), (2021, 12, 31), (2022, 1, 1))
    >>> [may_be_approved(2020, date(*day)) for day in days]
    [False, True, True, False]
    """
    first, last = approval_days(year)
    return first <= day <= last


def approval_days(year: int) -> tuple[date, date]:
    """The first and the last day on which a return for a year can have been approved."""
    return date(year, _FIRST_MONTH, 1), date(year + 1, 12, 31)


def sign_off_of(spec: Spec, sent: Submission) -> SignOff | None:
    """The approval that stands in a return, and the data below it; None while no day stands there.
    The same day and name are the same approval."""
    if sent.approved is None:
        return None
    form = sent.form(RETURN)
    who = form.text(RETURN_APPROVER) if form and spec.bound.has(RETURN_APPROVER) else ""
    given = _print(f"{sent.approved}{_PART}{fold(who)}")
    return SignOff(given, _print(_data_of(spec, sent)), sent.approved.isoformat())


def _print(said: str) -> str:
    return print_of(sha256(said.encode()).hexdigest())


def _data_of(spec: Spec, sent: Submission) -> str:
    """What a return says, whatever order its rows stand in and however its cells are written: of
    each table the rows, of each row the answers."""
    found = []
    for table in spec.tables.values():
        data = sent.tables.get(table.id)
        if data is not None:
            fields = _approved_fields(spec, table)
            rows = filter(None, (_row(table, fields, one) for one in data.records))
            found += [f"{table.id}{_PART}{row}" for row in sorted(rows)]
    return _LINE.join(found)


def _approved_fields(spec: Spec, table: TableSpec) -> list[Field]:
    """What an approval is given to: neither what follows from the rest, nor who can be called, nor
    the approval itself."""
    day = spec.bound.of(RETURN_APPROVED) if table.id == spec.bound.of(RETURN) else ""
    own = (field for field in table.fields if field.computed is None and not field.personal)
    return [field for field in own if field.id != day]


def _row(table: TableSpec, fields: list[Field], record: Record) -> str:
    """A row's answers; empty where the template alone has written in it. What is blank is left out,
    so that a question which the agency adds changes nothing that was approved."""
    said = list(_answers(fields, record))
    given = 1 if table.kind == "fixed" else 0  # the code in its first column
    return _PART.join(said) if len(said) > given else ""


def _answers(fields: list[Field], record: Record) -> Iterator[str]:
    for field in fields:
        value = record.get(field.id)
        if value is Missing.UNREADABLE:
            yield f"{field.id}?{_plain(record.value(field.id).raw)}"
        elif value is not Missing.BLANK:
            yield f"{field.id}={_told(value)}"


def _told(value: Typed) -> str:
    """A value in the one way in which it is written here."""
    if isinstance(value, tuple):
        return ";".join(sorted(value))
    if isinstance(value, Decimal | int):
        return f"{Decimal(value).normalize():f}"
    return value.name if isinstance(value, Missing) else _plain(value)


def _plain(raw: object) -> str:
    """Words as they are read, of one cell or of several."""
    cells = raw if isinstance(raw, tuple) else (raw,)
    return " ".join(normalize("NFC", " ".join(map(text, cells))).split())
