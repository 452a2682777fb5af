"""Rules between sheets: ids, nil returns, and sums that must agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, several
from toolkit.spec.model import Field, TableSpec
from toolkit.words.amounts import format_kr, tolerance
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.swedish import suggest


def check_references(case: Case) -> Iterator[Finding]:
    """An id that no row of the other table has."""
    fields = (field for table in case.spec.tables.values() for field in table.fields)
    for target in dict.fromkeys(field.ref for field in fields if field.ref):
        yield from _unknown_ids(case, target)


def _unknown_ids(case: Case, target: str) -> Iterator[Finding]:
    """Silent when the other table is empty or gone, and when as many of its ids are doubtful as
    there are unknown ones: mended there, they may all be found."""
    other, _, name = target.partition(".")
    known = {value for value in case.distinct(other, name) if isinstance(value, str)}
    unknown = [] if case.is_unsaid(other) else list(_unknown_references(case, target, known))
    if not unknown:
        return
    doubtful = sum(
        not row.text(name) or not case.sure(row, name) for row in case.submission.records(other)
    )
    alike = {value: suggest(value, sorted(known), 0.5) for *_, value in unknown}
    if len(alike) <= doubtful:
        return
    label = case.spec.tables[other].label
    for table, field, record, value in unknown:
        ref = record.ref(field.id)
        written = shown(record.value(field.id).raw) if field.choices == 1 else value
        yield case.say(
            "REF-SAKNAS", table, field, ref, suggestion=alike[value], value=written, other=label
        )


def _unknown_references(
    case: Case, target: str, known: set[str]
) -> Iterator[tuple[TableSpec, Field, Record, str]]:
    for table, data in case.tables():
        for field in (item for item in table.fields if item.ref == target):
            if known.issuperset(
                code for value in data.distinct(field.id) for code in several(value)
            ):
                continue
            for record in data.records:
                yield from (
                    (table, field, record, v) for v in record.codes(field.id) if v not in known
                )


def check_nil(case: Case) -> Iterator[Finding]:
    """Nothing to report, but rows; or no rows, and not said that there is nothing to report."""
    for table, data in case.tables():
        if not table.nil_allowed:
            continue
        if data.nil_reason is not None and data.rows:
            refs = [record.ref(table.fields[0].id) for record in data.records]
            yield case.say("NIL-RADER", table, None, *refs, count=len(data.rows))
        if data.nil_reason is None and not data.rows:
            yield case.say("NIL-OSAGT", table, None, *_nil_cell(case, table))


def _nil_cell(case: Case, table: TableSpec) -> list[CellRef]:
    """The cell where the county can say that there is nothing to report."""
    nil = case.spec.nil_table
    rows = case.submission.records(nil.id) if nil else ()
    return [
        row.ref("inget") for row in rows if case.spec.nil_codes.get(row.text("tabell")) == table.id
    ][:1]


def check_differences(case: Case) -> Iterator[Finding]:
    """The ledger's and the account's amounts against the sheet Ekonomi: a difference without a
    comment."""
    if not _sums_are_known(case):
        return
    for name, stated in (("huvudbok", "huvudbok"), ("anslag", "utgifter")):
        for record in case.submission.records(name):
            if not isinstance(record.get(stated), Decimal) or not case.sure(record, _KEYS[name]):
                continue
            difference = case.computed(record)["differens"]
            if abs(difference) > tolerance(0) and record.get("kommentar") is Missing.BLANK:
                yield _difference(case, name, stated, record, difference)


_KEYS = {"huvudbok": "verksamhetskod", "anslag": "anslagspost"}
"""What the tables that are compared with Ekonomi are summed by."""


def _sums_are_known(case: Case) -> bool:
    """Whether every row of Ekonomi can be relied on: a sum over what is missing or doubtful says
    nothing new."""
    return not case.is_unsaid("ekonomi") and case.all_sure("ekonomi", "utfall", *_KEYS.values())


def _difference(case: Case, name: str, stated: str, record: Record, difference: Decimal) -> Finding:
    table = case.spec.tables[name]
    direction = case.catalogue.word("mer" if difference > 0 else "mindre")
    return case.say(
        "EKON-DIFFERENS",
        table,
        table.by_id[stated],
        record.ref(stated),
        stated=format_kr(record.amount(stated)),
        sum=format_kr(case.computed(record)["ekonomi"]),
        difference=format_kr(abs(difference)),
        direction=direction,
    )


def check_earmark_amount(case: Case) -> Iterator[Finding]:
    """The amount stated for särredovisning against the rows of Ekonomi on that code."""
    if not _sums_are_known(case):
        return
    table = case.spec.tables["sarredovisning"]
    for record in case.submission.records(table.id):
        if not case.sure(record, "omrade"):
            continue
        stated = record.get("belopp")
        spent = _spent_on(case, record.text("omrade"))
        if isinstance(stated, Decimal) and abs(stated - spent) > tolerance(0):
            ref = record.ref("belopp")
            yield case.say(
                "SAR-BELOPP",
                table,
                table.by_id["belopp"],
                ref,
                stated=format_kr(stated),
                sum=format_kr(spent),
                suggestion=format_kr(spent),
            )
        if record.text("status") == "NOLL" and spent > 0:
            yield case.say(
                "SAR-NOLL", table, table.by_id["status"], record.ref("status"), sum=format_kr(spent)
            )


def _spent_on(case: Case, area: str) -> Decimal:
    codes = {earmark.code for earmark in case.spec.earmarks if area in {earmark.code, earmark.id}}
    rows = zip(
        case.column("ekonomi", "verksamhetskod"), case.column("ekonomi", "utfall"), strict=True
    )
    return sum(
        (spent for code, spent in rows if code in codes and isinstance(spent, Decimal)), Decimal(0)
    )


def check_form_year(case: Case) -> Iterator[Finding]:
    """The form names another year than the template's."""
    form = case.submission.form("uppgifter")
    table = case.spec.tables["uppgifter"]
    if form is not None and isinstance(form.get("ar"), int) and form.get("ar") != case.spec.year:
        yield case.say(
            "FIL-FEL-AR",
            table,
            table.by_id["ar"],
            form.ref("ar"),
            value=form.get("ar"),
            year=case.spec.year,
        )
