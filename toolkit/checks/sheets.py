"""Rules between sheets: ids, nil returns, and sums that must agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record, TableData, several
from toolkit.spec.model import Field, TableSpec
from toolkit.words.amounts import format_kr, tolerance
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.swedish import suggest

_LIKE_ANOTHER_ID = 0.5  # half of an id's few characters right: A12 for A21


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
    alike = {id_: suggest(id_, sorted(known), _LIKE_ANOTHER_ID) for id_ in ids}
    label = case.spec.tables[other].label
    for field, record, id_ in unknown:
        written = shown(record.value(field.id).raw) if field.choices == 1 else id_
        told = {"value": written, "other": label}
        yield case.say_of("REF-SAKNAS", record, field.id, suggestion=alike[id_], **told)


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
        if case.spec.nil_codes.get(row.text("tabell")) == table.id:
            return [row.ref("inget")]
    return []


def check_differences(case: Case) -> Iterator[Finding]:
    """The ledger's and the account's amounts against the sheet Ekonomi: a difference without a
    comment."""
    if not _sums_are_known(case):
        return
    for name, stated in (("huvudbok", "huvudbok"), ("anslag", "utgifter")):
        for record in case.submission.records(name):
            if isinstance(record.get(stated), Decimal) and case.sure(record, _KEYS[name]):
                yield from _difference(case, stated, record)


_KEYS = {"huvudbok": "verksamhetskod", "anslag": "anslagspost"}
"""What the tables that are compared with Ekonomi are summed by."""


def _sums_are_known(case: Case) -> bool:
    """Whether every row of Ekonomi can be relied on: a sum over what is missing or doubtful says
    nothing new."""
    return not case.is_unsaid("ekonomi") and case.all_sure("ekonomi", "utfall", *_KEYS.values())


def _difference(case: Case, stated: str, record: Record) -> Iterator[Finding]:
    """The finding of one row, if its difference is more than rounding and has no comment. The
    difference is the toolkit's own: a program that does not recalculate leaves the file's old
    one."""
    computed = case.computed(record)
    difference = computed["differens"]
    if abs(difference) <= tolerance(0) or record.get("kommentar") is not Missing.BLANK:
        return
    told = {"stated": format_kr(record.amount(stated)), "sum": format_kr(computed["ekonomi"])}
    told["direction"] = case.catalogue.word("mer" if difference > 0 else "mindre")
    told["difference"] = format_kr(abs(difference))
    yield case.say_of("EKON-DIFFERENS", record, stated, **told)


def check_earmark_amount(case: Case) -> Iterator[Finding]:
    """The amount stated for särredovisning against the rows of Ekonomi on that code."""
    if not _sums_are_known(case):
        return
    for record in case.submission.records("sarredovisning"):
        if case.sure(record, "omrade"):
            yield from _earmarked(case, record, _spent_on(case, record.text("omrade")))


def _earmarked(case: Case, record: Record, spent: Decimal) -> Iterator[Finding]:
    """What a row of the form says against what its code's rows come to."""
    stated, said = record.get("belopp"), format_kr(spent)
    if isinstance(stated, Decimal) and abs(stated - spent) > tolerance(0):
        told = {"stated": format_kr(stated), "sum": said}
        yield case.say_of("SAR-BELOPP", record, "belopp", suggestion=said, **told)
    if record.text("status") == "NOLL" and spent > 0:
        yield case.say_of("SAR-NOLL", record, "status", sum=said)


def _spent_on(case: Case, area: str) -> Decimal:
    """Kronor in the rows of Ekonomi on the code of an earmark, which the form names by its code or
    its id."""
    codes = {earmark.code for earmark in case.spec.earmarks if area in {earmark.code, earmark.id}}
    total = Decimal(0)
    spend = case.column("ekonomi", "utfall")
    for code, spent in zip(case.column("ekonomi", "verksamhetskod"), spend, strict=True):
        if code in codes and isinstance(spent, Decimal):
            total += spent
    return total


def check_form_year(case: Case) -> Iterator[Finding]:
    """The form names another year than the template's."""
    form = case.submission.form("uppgifter")
    named = form.get("ar") if form else None
    if form is not None and isinstance(named, int) and named != case.spec.year:
        yield case.say_of("FIL-FEL-AR", form, "ar", value=named, year=case.spec.year)
