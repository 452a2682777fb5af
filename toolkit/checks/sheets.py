"""Rules between sheets: ids, nil returns, and sums that must agree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, TableData, several
from toolkit.spec.model import Field, TableSpec
from toolkit.spec.roles import (
    APPROPRIATION,
    APPROPRIATION_COMMENT,
    APPROPRIATION_DIFFERENCE,
    APPROPRIATION_ITEM,
    APPROPRIATION_SPENT,
    APPROPRIATION_SUM,
    EARMARK_AREA,
    LEDGER,
    LEDGER_BOOKED,
    LEDGER_CODE,
    LEDGER_COMMENT,
    LEDGER_DIFFERENCE,
    LEDGER_SUM,
    NIL_ANSWER,
    NIL_TABLE,
    RETURN,
    RETURN_YEAR,
    SPEND,
    SPEND_AMOUNT,
    SPEND_CODE,
    SPEND_ITEM,
    FieldRole,
    TableRole,
)
from toolkit.words.amounts import format_kr, tolerance
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import shown


def check_references(case: Case) -> Iterator[Finding]:
    """An id that no row of the other table has."""
    targets: dict[str, None] = {}
    for table in case.spec.tables.values():
        targets |= dict.fromkeys(field.ref for field in table.fields if field.ref)
    for target in targets:
        yield from _unknown_ids(case, target)


def _unknown_ids(case: Case, target: str) -> Iterator[Finding]:
    """Silent when the other table is empty or gone, and when as many of its ids are doubtful as
    there are unknown ones: mended there, they may all be found."""
    other, _, name = target.partition(".")
    known = {value for value in case.distinct(other, name) if isinstance(value, str)}
    unknown = [] if case.is_unsaid(other) else list(_unknown_references(case, target, known))
    ids = sorted({id_ for *_, id_ in unknown})
    if not ids or len(ids) <= _doubtful_ids(case, other, name):
        return
    alike = {id_: _meant_id(id_, known) for id_ in ids}
    label = case.spec.tables[other].label
    for field, record, id_ in unknown:
        written = shown(record.value(field.id).raw) if field.choices == 1 else id_
        told = {"value": written, "other": label}
        yield case.say_of("REF-SAKNAS", record, field.id, suggestion=alike[id_], **told)


def _meant_id(id_: str, known: Collection[str]) -> str | None:
    """The id that differs in nothing but signs, noughts and the order of two figures, or the only
    one there is; where it is a single one. Any other is as likely as the next, and would lead money
    to another row."""
    same = [one for one in known if _bare_id(one) == _bare_id(id_)]
    turned = [one for one in known if sorted(one) == sorted(id_)]
    only = [one for one in known if _bare_id(one)[0] == _bare_id(id_)[0] and len(known) == 1]
    found = same or turned or only
    return found[0] if len(found) == 1 else None


def _bare_id(id_: str) -> tuple[str, ...]:
    """Letters and numbers: `a-01` and `A1` are the same."""
    parts = re.findall(r"[^\W\d_]+|\d+", id_.upper()) or [id_]
    return tuple(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def _doubtful_ids(case: Case, table: str, name: str) -> int:
    """How many rows lack an id, or have one of which something has been said."""
    rows = case.submission.records(table)
    return sum(not row.text(name) or not case.sure(row, name) for row in rows)


def _unknown_references(
    case: Case, target: str, known: set[str]
) -> Iterator[tuple[Field, Record, str]]:
    """Each field, row and id that refers to nothing."""
    for table, data in case.tables():
        for field in table.fields:
            if field.ref == target and _has_unknown(data, field, known):
                yield from _unknown_in(data, field, known)


def _unknown_in(
    data: TableData, field: Field, known: set[str]
) -> Iterator[tuple[Field, Record, str]]:
    for record in data.records:
        for id_ in record.codes(field.id):
            if id_ not in known:
                yield field, record, id_


def _has_unknown(data: TableData, field: Field, known: set[str]) -> bool:
    return any(not known.issuperset(several(value)) for value in data.distinct(field.id))


def check_nil(case: Case) -> Iterator[Finding]:
    """Nothing to report, but rows; or no rows, and not said that there is nothing to report."""
    for table, data in case.tables():
        if not table.nil_allowed:
            continue
        declared = data.nil_reason is not None
        if declared and data.rows:
            refs = [record.ref(table.fields[0].id) for record in data.records]
            yield case.say("NIL-RADER", table, None, *refs, count=len(data.rows))
        # An empty table alone says nothing: "nothing to report" could not be told from "not sent".
        if not declared and not data.rows:
            yield case.say("NIL-OSAGT", table, None, *_nil_cell(case, table))


def _nil_cell(case: Case, table: TableSpec) -> list[CellRef]:
    """The cell where the county can say that there is nothing to report."""
    nil = case.spec.nil_table
    for row in case.submission.records(nil.id) if nil else ():
        if case.spec.nil_codes.get(row.text(NIL_TABLE)) == table.id:
            return [row.ref(NIL_ANSWER)]
    return []


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A table that is compared with the lines of spend, by the roles of its fields: what its rows
    are summed by, the amount that the county states, and what is reckoned beside it."""

    table: TableRole
    key: FieldRole
    stated: FieldRole
    total: FieldRole
    difference: FieldRole
    comment: FieldRole

    @property
    def needs(self) -> tuple[str, ...]:
        """What there must be to compare anything. A comment only explains."""
        return (self.table, self.key, self.stated, self.total, self.difference)


BY_LEDGER = Reconciled(
    LEDGER, LEDGER_CODE, LEDGER_BOOKED, LEDGER_SUM, LEDGER_DIFFERENCE, LEDGER_COMMENT
)
BY_ACCOUNT = Reconciled(
    APPROPRIATION, APPROPRIATION_ITEM, APPROPRIATION_SPENT, APPROPRIATION_SUM,
    APPROPRIATION_DIFFERENCE, APPROPRIATION_COMMENT,
)  # fmt: skip


EARMARKED_SPEND = (EARMARK_AREA, SPEND_AMOUNT, SPEND_CODE)
"""What there must be to know what was spent on an area of särredovisning."""


def check_ledger_difference(case: Case) -> Iterator[Finding]:
    """The ledger's amounts against the lines of spend: a difference without a comment."""
    yield from _differences(case, BY_LEDGER)


def check_account_difference(case: Case) -> Iterator[Finding]:
    """The appropriation account's amounts against the lines of spend, likewise."""
    yield from _differences(case, BY_ACCOUNT)


def _differences(case: Case, sums: Reconciled) -> Iterator[Finding]:
    if not sums_are_known(case):
        return
    for record in case.submission.records(sums.table):
        if isinstance(record.get(sums.stated), Decimal) and case.sure(record, sums.key):
            yield from _difference(case, sums, record)


def sums_are_known(case: Case) -> bool:
    """Whether every line of spend can be relied on: a sum over what is missing or doubtful says
    nothing new."""
    needed = case.held(SPEND_AMOUNT, SPEND_CODE, SPEND_ITEM)
    return not case.is_unsaid(SPEND) and case.all_sure(SPEND, *needed)


def _difference(case: Case, sums: Reconciled, record: Record) -> Iterator[Finding]:
    """The finding of one row, if its difference is more than rounding and has no comment. The
    difference is the toolkit's own: a program that does not recalculate leaves the file's old
    one."""
    key, by = record.get(sums.key), SPEND_CODE if sums is BY_LEDGER else SPEND_ITEM
    unknown = unknown_on(case, {key}, by)
    if unknown:
        yield unchecked(case, "EKON-OKAND-SUMMA", record, sums.stated, unknown)
        return
    difference = case.reckoned(record, sums.difference)
    if abs(difference) <= tolerance(0) or not case.is_uncommented(record, sums.comment):
        return
    total = case.reckoned(record, sums.total)
    told = {"stated": format_kr(record.amount(sums.stated)), "sum": format_kr(total)}
    told["direction"] = case.catalogue.word("mer" if difference > 0 else "mindre")
    told["difference"] = format_kr(abs(difference))
    yield case.say_of("EKON-DIFFERENS", record, sums.stated, **told)


def unchecked(
    case: Case, code: str, record: Record, field: FieldRole, unknown: list[CellRef]
) -> Finding:
    """An amount that cannot be checked against lines of which some are not known."""
    told = {"stated": format_kr(record.amount(field)), "cells": brief_cells(unknown)}
    return case.say_of(code, record, field, **told)


def unknown_on(case: Case, codes: set[object], by: FieldRole) -> list[CellRef]:
    """The cells of spend on some codes that say that the amount is not known (`u.s.`)."""
    return [
        row.ref(SPEND_AMOUNT)
        for row in case.submission.records(SPEND)
        if row.get(by) in codes and row.get(SPEND_AMOUNT) is Missing.UNKNOWN
    ]


def check_form_year(case: Case) -> Iterator[Finding]:
    """The form names another year than the template's."""
    form = case.submission.form(RETURN)
    named = form.get(RETURN_YEAR) if form else None
    if form is not None and isinstance(named, int) and named != case.spec.year:
        yield case.say_of("FIL-FEL-AR", form, RETURN_YEAR, value=named, year=case.spec.year)
