"""What is stated for särredovisning against the lines of spend on its code, and whether those lines
are certain enough for their sum to be suggested instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from toolkit.checks.case import Case
from toolkit.checks.parts import spend_told_twice
from toolkit.checks.sheets import (
    BY_ACCOUNT,
    BY_LEDGER,
    Reconciled,
    sums_are_known,
    unchecked,
    unknown_on,
)
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Record
from toolkit.spec.roles import (
    EARMARK,
    EARMARK_AMOUNT,
    EARMARK_AREA,
    EARMARK_STATE,
    NOTHING_SPENT,
    SPEND,
    SPEND_AMOUNT,
    SPEND_BUDGET,
    SPEND_CODE,
    SPEND_ITEM,
)
from toolkit.words.amounts import format_kr, tolerance

_FAR_FROM_BUDGET = 5  # times as much or as little: a figure or three may be wrong in the amount
_FAR_MORE = 50  # times what the lines come to: they may all be in thousands, and the ledger too


def check_earmark_amount(case: Case) -> Iterator[Finding]:
    """The amount stated for särredovisning against the lines of spend on that code. Where they come
    to less than nothing, nothing is the amount that can be stated."""
    for record, spent in _earmarked(case):
        stated, least = record.get(EARMARK_AMOUNT), max(spent, Decimal(0))
        if not isinstance(stated, Decimal):
            continue
        unknown = unknown_on(case, _codes_of(case, record.text(EARMARK_AREA)), SPEND_CODE)
        if unknown:
            yield unchecked(case, "EKON-OKAND-SUMMA", record, EARMARK_AMOUNT, unknown)
        elif not tolerance(0) >= min(abs(stated - spent), abs(stated - least)):
            said = format_kr(spent)
            told = {"stated": format_kr(stated), "sum": said}
            codes = _codes_of(case, record.text(EARMARK_AREA))
            is_sure = _are_proven(case, codes) and not _may_be_elsewhere(
                case, codes, stated - spent
            )
            suggestion = said if is_sure and stated < spent * _FAR_MORE else None
            # The field holds nothing below nought.
            how = case.catalogue.word("sar_under_noll" if spent < 0 else "sar_ratta")
            given = {**told, "how": how}
            yield case.say_of("SAR-BELOPP", record, EARMARK_AMOUNT, suggestion=suggestion, **given)


def check_nothing_spent(case: Case) -> Iterator[Finding]:
    """Nothing is said to be spent on what is särredovisat, but there are lines of spend on its
    code."""
    nothing = case.spec.bound[NOTHING_SPENT]
    for record, spent in _earmarked(case):
        if record.text(EARMARK_STATE) == nothing and spent > 0:
            yield case.say_of("SAR-NOLL", record, EARMARK_STATE, sum=format_kr(spent))


def _earmarked(case: Case) -> Iterator[tuple[Record, Decimal]]:
    """The rows on särredovisning, each with what the lines of spend on its code come to; none where
    the sums cannot be relied on."""
    if not sums_are_known(case):
        return
    for record in case.submission.records(EARMARK):
        if case.sure(record, EARMARK_AREA):
            yield record, _spent_on(case, record.text(EARMARK_AREA))


def _spent_on(case: Case, area: str) -> Decimal:
    """Kronor in the lines of spend on the code of an earmark, which the form names by its code or
    its id."""
    codes = _codes_of(case, area)
    total = Decimal(0)
    spend = case.column(SPEND, SPEND_AMOUNT)
    for code, spent in zip(case.column(SPEND, SPEND_CODE), spend, strict=True):
        if code in codes and isinstance(spent, Decimal):
            total += spent
    return total


def _codes_of(case: Case, area: str) -> set[object]:
    """The code of an earmark, which the form names by its code or its id."""
    return {one.code for one in case.spec.earmarks if area in one.names}


# Two amounts that disagree do not say which of them is wrong. The lines are right, as far as the
# file can say, only where something else that the county states comes to the same, and nothing that
# it states speaks against them.
def _are_proven(case: Case, codes: set[object]) -> bool:
    """Whether the lines of spend on some codes are certain: each is a plain amount that stands
    once, and the ledger or the appropriation account says the same while neither says otherwise."""
    rows = [row for row in case.submission.records(SPEND) if row.get(SPEND_CODE) in codes]
    twice = {line.get(SPEND_CODE) for line in chain.from_iterable(spend_told_twice(case))}
    if not rows or not twice.isdisjoint(codes) or not all(_is_plain(case, row) for row in rows):
        return False
    items: set[object] = {row.get(SPEND_ITEM) for row in rows} if case.has(SPEND_ITEM) else set()
    agree = [*_agreeing(case, BY_LEDGER, codes), *_agreeing(case, BY_ACCOUNT, items)]
    return bool(agree) and all(agree)


def _may_be_elsewhere(case: Case, codes: set[object], lacking: Decimal) -> bool:
    """Whether the ledger of another code is off by as much as the lines are: a line may stand on
    the wrong code."""
    if not case.has(*BY_LEDGER.needs):
        return False
    for row in case.submission.records(BY_LEDGER.table):
        if row.get(BY_LEDGER.key) not in codes and isinstance(row.get(BY_LEDGER.stated), Decimal):
            off = abs(case.reckoned(row, BY_LEDGER.difference))
            if abs(off - abs(lacking)) <= tolerance(0):
                return True
    return False


def _is_plain(case: Case, row: Record) -> bool:
    """Whether a line holds an amount that is not less than nothing and not many times more or less
    than its budget."""
    amount = row.get(SPEND_AMOUNT)
    if not isinstance(amount, Decimal) or amount < 0:
        return False
    budget = row.get(SPEND_BUDGET) if case.has(SPEND_BUDGET) else Missing.BLANK
    if not amount or not isinstance(budget, Decimal) or budget <= 0:
        return True
    return budget <= amount * _FAR_FROM_BUDGET <= budget * _FAR_FROM_BUDGET**2


def _agreeing(case: Case, sums: Reconciled, keys: set[object]) -> Sequence[bool]:
    """For each row of a table beside the lines that is about one of these keys, whether it comes to
    the same; nothing of a row that states no amount."""
    if not case.has(*sums.needs):
        return ()
    rows = [row for row in case.submission.records(sums.table) if row.get(sums.key) in keys]
    stated = [row for row in rows if isinstance(row.get(sums.stated), Decimal)]
    return [abs(case.reckoned(row, sums.difference)) <= tolerance(0) for row in stated]
