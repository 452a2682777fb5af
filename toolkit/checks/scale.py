"""Amounts that are wrong in the same way: in thousands of kronor, in öre, with the sign turned.
Told once, as an error, when what the county itself states beside them says so; what follows from it
is not said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.factors import (
    Books,
    FactorRoot,
    StatedSum,
    WrittenLine,
    root_of_lines,
    root_of_sums,
)
from toolkit.checks.sheets import BY_ACCOUNT, BY_LEDGER, Reconciled, sums_are_known
from toolkit.findings.finding import Cure, Finding
from toolkit.returns.submission import Record
from toolkit.spec.roles import (
    APPROPRIATION,
    APPROPRIATION_ALLOTTED,
    EARMARK,
    EARMARK_AMOUNT,
    EARMARK_AREA,
    SPEND,
    SPEND_AMOUNT,
    SPEND_BUDGET,
    SPEND_CODE,
    SPEND_ITEM,
    FieldRole,
)
from toolkit.words.amounts import format_kr, format_number, read_number, tolerance
from toolkit.words.cells import brief_cells

_TURNED = Decimal(-1)
_PARTS = {
    Decimal(1000): "skala_tusendel", Decimal(100): "skala_hundradel",
    Decimal(10) ** 6: "skala_miljondel", Decimal("0.001"): "skala_tusen",
    Decimal("0.01"): "skala_hundra", Decimal(10) ** -6: "skala_miljon",
}  # fmt: skip
"""What an amount is of what it is to be, by what it is to be multiplied by."""
_BY = {BY_LEDGER: SPEND_CODE, BY_ACCOUNT: SPEND_ITEM}
"""By what field of the lines a table's rows sum them."""
_MOST_ALLOTTED = 20  # times what was spent: what is not more stands in the same unit


def check_scale(case: Case) -> Iterator[Finding]:
    """The sums that the county states against those of its lines of spend, all of them at once."""
    if not sums_are_known(case):
        return
    rows = list(filter(_has_amount, case.submission.records(SPEND)))
    stated = list(stated_sums(case, rows))
    books = Books(tuple(_line(case, row) for row in rows), tuple(one for _, _, one in stated))
    root = root_of_lines(books)
    if root:
        wrong = [(rows[number], SPEND_AMOUNT) for number in sorted(root.lines)]
        yield _said(case, wrong, root)
        books = books.mended(root)
    for table in (BY_LEDGER, BY_ACCOUNT):
        root = root_of_sums(books, table.table)
        if root:
            wrong = [stated[number][:2] for number in sorted(root.sums)]
            yield from _with_allotted(case, _said(case, wrong, root), wrong, root)


# ------------------------------------------------------------------------------- what is compared
def stated_sums(
    case: Case, rows: Sequence[Record]
) -> Iterator[tuple[Record, FieldRole, StatedSum]]:
    """What is stated of the lines of spend, and where. The lines are known by their numbers among
    these rows."""
    for table in (BY_LEDGER, BY_ACCOUNT):
        if case.has(*table.needs, _BY[table]):
            yield from _stated_in(case, table, rows)
    if not case.has(EARMARK_AREA, EARMARK_AMOUNT, SPEND_CODE):
        return
    for record in case.submission.records(EARMARK):
        if _is_told(case, record, EARMARK_AREA, EARMARK_AMOUNT):
            codes = {e.code for e in case.spec.earmarks if record.text(EARMARK_AREA) in e.names}
            lines = frozenset(n for n, row in enumerate(rows) if row.get(SPEND_CODE) in codes)
            stated = _as_line(record, EARMARK_AMOUNT)
            yield record, EARMARK_AMOUNT, StatedSum(EARMARK, stated, lines, binds=False)


def _stated_in(
    case: Case, table: Reconciled, rows: Sequence[Record]
) -> Iterator[tuple[Record, FieldRole, StatedSum]]:
    for record in case.submission.records(table.table):
        if not _is_told(case, record, table.key, table.stated):
            continue
        key = record.get(table.key)
        lines = frozenset(n for n, row in enumerate(rows) if row.get(_BY[table]) == key)
        total = sum((rows[number].amount(SPEND_AMOUNT) for number in lines), Decimal(0))
        # The year may sum its lines by more than this.
        if total == case.reckoned(record, table.total):
            yield (
                record,
                table.stated,
                StatedSum(table.table, _as_line(record, table.stated), lines),
            )


def _is_told(case: Case, record: Record, key: FieldRole, amount: FieldRole) -> bool:
    return isinstance(record.get(amount), Decimal) and case.sure(record, key, amount)


def _line(case: Case, row: Record) -> WrittenLine:
    line = _as_line(row, SPEND_AMOUNT)
    budget = row.get(SPEND_BUDGET) if case.has(SPEND_BUDGET) else None
    return line._replace(budget=budget) if isinstance(budget, Decimal) and budget > 0 else line


def _as_line(row: Record, field: FieldRole) -> WrittenLine:
    """The amount before it is rounded to whole öre: in thousands its öre are further decimals."""
    number = read_number(row.value(field).raw)
    value = row.amount(field) if number is None else number.value
    exponent = value.as_tuple().exponent
    return WrittenLine(value, tolerance(-min(exponent, 0) if isinstance(exponent, int) else 0))


def _has_amount(row: Record) -> bool:
    return isinstance(row.get(SPEND_AMOUNT), Decimal)


# ------------------------------------------------------------------------------------ what is said
def _said(case: Case, wrong: Sequence[tuple[Record, FieldRole]], root: FactorRoot) -> Finding:
    """The finding in every cell that is wrong, with what each of them is to be instead; without
    that where only the county knows it to the krona."""
    cures = tuple(
        Cure(row.ref(name), _as_line(row, name).value * root.factor) for row, name in wrong
    )
    refs = tuple(cure.ref for cure in cures)
    record, name = wrong[0]
    table = case.spec.tables[record.columns.table]
    field = table.by_id[case.spec.bound.of(name)]
    cells = brief_cells(refs)
    if root.factor == _TURNED:
        said = case.say("EKON-TECKEN", table, field, *refs, cells=cells)
    else:
        part = case.catalogue.word(_PARTS[root.factor])
        said = case.say("EKON-TKR", table, field, *refs, cells=cells, part=part)
    if not root.is_exact:
        return said
    return replace(said, suggestion=_suggested(case, cures, root.factor), cures=cures)


def _suggested(case: Case, cures: Sequence[Cure], factor: Decimal) -> str:
    if len(cures) == 1 and isinstance(cures[0].value, Decimal):
        return format_kr(cures[0].value)
    cells = brief_cells(cure.ref for cure in cures)
    if factor == _TURNED:
        return case.catalogue.word("ekon_tecken", cells=cells)
    if factor > 1:
        return case.catalogue.word("ekon_ganger", cells=cells, factor=format_number(factor))
    return case.catalogue.word("ekon_delat", cells=cells, factor=format_number(1 / factor))


def _with_allotted(
    case: Case, said: Finding, wrong: Sequence[tuple[Record, FieldRole]], root: FactorRoot
) -> Iterator[Finding]:
    """The finding of the appropriation account with what was allotted, where that is as small or
    as large: the whole row is in another unit, and the county has to write it anew."""
    rows = [
        record
        for record, _ in wrong
        if record.columns.table == case.spec.table_of(APPROPRIATION).id
    ]
    if not rows or not case.has(APPROPRIATION_ALLOTTED) or root.factor == _TURNED:
        yield said
        return
    alike = [row for row in rows if _is_alike(case, row)]
    yield said if not alike else _with_cells(case, said, alike)


def _is_alike(case: Case, row: Record) -> bool:
    """Whether what a row says was allotted is about as much as what it says was spent."""
    allotted, spent = row.get(APPROPRIATION_ALLOTTED), row.amount(BY_ACCOUNT.stated)
    if not isinstance(allotted, Decimal) or not case.sure(row, APPROPRIATION_ALLOTTED):
        return False
    return spent <= allotted * _MOST_ALLOTTED <= spent * _MOST_ALLOTTED**2


def _with_cells(case: Case, said: Finding, rows: Sequence[Record]) -> Finding:
    refs = tuple(row.ref(APPROPRIATION_ALLOTTED) for row in rows)
    label = case.spec.field_of(APPROPRIATION_ALLOTTED).label
    also = case.catalogue.word("aven_i", places=f"{label} ({brief_cells(refs)})")
    message = f"{said.message} {also}"
    return replace(said, message=message, refs=(*said.refs, *refs), suggestion=None, cures=())
