"""Whether the reading of an extract can be proved to be right. One that cannot is not used: no
county is asked about figures that may be ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from toolkit.ledger.codes import codes_shown, in_known_codes
from toolkit.ledger.entries import Ledger, Span
from toolkit.ledger.spans import partly_booked
from toolkit.spec.load import Year
from toolkit.spec.roles import AREA_CODES

TOLD_ELSEWHERE = ("olasta", "summa", "saldon_skiljer", "period")
"""The reasons that have findings of their own."""


def proved(year: Year, ledger: Ledger) -> Ledger:
    """The ledger with all the reasons for which it cannot be used."""
    if year.spec.bound.has(AREA_CODES):
        codes = year.spec.list_of(AREA_CODES).codes
        ledger = in_known_codes(ledger, [code.code.upper() for code in codes])
    chosen = {} if ledger.whole_told or ledger.part else _selection(year, ledger)
    below = _codes_below(year, ledger)
    told = replace(ledger, particulars={**ledger.particulars, **chosen, **below})
    return replace(told, doubts=tuple(_doubts(year, told)))


def proved_together(year: Year, ledger: Ledger) -> Ledger:
    """What several extracts of a county are together, which has to be all of the year. All else has
    been proved of each."""
    whole = replace(ledger, part=False)
    below = _codes_below(year, whole)
    doubts = [*(("period",) if periods(year, whole) else ()), *below]
    return replace(whole, doubts=tuple(doubts), particulars={**whole.particulars, **below})


def _selection(year: Year, ledger: Ledger) -> dict[str, str]:
    """The codes that the file says it is of, where the year has others and the file has none of
    those."""
    if not ledger.selected or not year.spec.bound.has(AREA_CODES):
        return {}
    declared = {
        code.code.upper() for code in year.spec.list_of(AREA_CODES).valid_in(year.spec.year)
    }
    words = set(" ".join(ledger.selected).upper().split())
    chosen, booked = declared & words, declared & ledger.by_code().keys()
    if not chosen or chosen == declared or booked - chosen:
        return {}
    return {"urval": ", ".join(sorted(chosen))}


def _codes_below(year: Year, ledger: Ledger) -> dict[str, str]:
    """The codes whose costs are below zero, where they take out half of all others or more: so it
    is where the closing of the year stands on codes of its own, or on none."""
    # A part may hold corrections alone.
    if not year.spec.bound.has(AREA_CODES) or ledger.control < 0 or ledger.part:
        return {}
    codes = ledger.by_code()
    below = {code: amount for code, amount in codes.items() if amount < 0}
    above = sum((amount for amount in codes.values() if amount > 0), Decimal(0))
    if not below or -sum(below.values()) * 2 < above:
        return {}
    return {"minuskoder": codes_shown(below, year.catalogue.word("utan_kod"))}


def _doubts(year: Year, ledger: Ledger) -> Iterator[str]:
    if not ledger.transactions and not ledger.unread:
        yield "inga_transaktioner"
        return
    yield from ledger.doubts
    yield from _sign(ledger)
    yield from _keys(year, ledger)
    yield from _closed(ledger)
    if "urval" in ledger.particulars and not ledger.whole_told and not ledger.part:
        yield "urval"
    sure = ledger.stated is not None and not ledger.missing
    sure = sure and ledger.certain and ledger.transactions > 0
    holds = {
        "olasta": sure or not ledger.unread,
        "summa": not ledger.missing,
        "saldon_skiljer": not ledger.balances,
        "period": not periods(year, ledger),
    }
    yield from (name for name, held in holds.items() if not held)


def _closed(ledger: Ledger) -> Iterator[str]:
    """Codes below zero, where no row has been found that closes the year."""
    if "minuskoder" in ledger.particulars and "bokslut" not in ledger.doubts:
        yield "minuskoder"


def _sign(ledger: Ledger) -> Iterator[str]:
    """Costs are above zero: a ledger that comes to less has its sign the other way, or a mistake.
    One that comes to more may have it too, where refunds are larger than costs: then most of its
    transactions are on the other side. Only lan.csv can tell, and not against both."""
    below, above = ledger.signs
    if ledger.sign_told:
        if ledger.control < 0 and below > above:
            yield "minus_karta"
    elif ledger.control < 0:
        yield "minus"
    elif below > above:
        yield "vant"


def _keys(year: Year, ledger: Ledger) -> Iterator[str]:
    """Accounts and codes: at least one of them known, and most of the costs on known accounts."""
    costs = ledger.transactions - ledger.left_out
    if ledger.transactions and not costs:
        yield "inga_konton"
    elif sum(one.rows for one in ledger.outside) > costs:
        yield "okanda_konton"
    elif costs and not any(ledger.booked.values()):
        yield "bara_noll"  # with the closing of the year, which takes out all costs
    elif costs and year.spec.bound.has(AREA_CODES):
        known = {code.code.upper() for code in year.spec.list_of(AREA_CODES).codes}
        if not known & ledger.by_code().keys():
            yield "inga_koder"


def periods(year: Year, ledger: Ledger) -> dict[str, Span]:
    """How a file is of another year, of a part of the year, or has transactions from outside it."""
    whole = Span(date(year.spec.year, 1, 1), date(year.spec.year, 12, 31))
    spans: dict[str, Span] = {}
    if ledger.year and ledger.year != whole:
        spans["period_ar"] = ledger.year
    if ledger.until and ledger.until != whole.last:
        spans["period_del"] = Span(whole.first, ledger.until)
    if ledger.dated and not _within(ledger.dated, whole):
        spans["period_utanfor"] = ledger.dated
    spans = _in_column(year.spec.year, ledger) | spans
    spans = spans or _part_of(whole, ledger)
    named = _other_years(year.spec.year, ledger)
    if named:
        spans["period_namn"] = _years(named)
    return spans


def _in_column(own: int, ledger: Ledger) -> dict[str, Span]:
    """The other years that a column says, alone or beside the return's."""
    others = [one for one in ledger.years if one != own]
    if not others:
        return {}
    return {"period_flera" if own in ledger.years else "period_ar": _years(others)}


def _part_of(whole: Span, ledger: Ledger) -> dict[str, Span]:
    """A part of the year that is told, unless the days say that there is more; or one that they
    show."""
    if ledger.part or ledger.whole_told:
        return {}
    own, told = ledger.dated, _part_told(whole, ledger)
    if told:
        return {"period_del": told[0]}
    if own and not ledger.unread and partly_booked(ledger.days, whole.first.year):
        return {"period_slutar": own}
    return {}


def _part_told(whole: Span, ledger: Ledger) -> list[Span]:
    """The parts of the year that are told and that no day contradicts."""
    told = [one for one in ledger.spans if _within(one, whole)]
    if whole in told:
        return []
    return [one for one in told if ledger.dated is None or _within(ledger.dated, one)]


def _other_years(own: int, ledger: Ledger) -> list[int]:
    """The years that the file's name and titles say, when that is all there is, and none of them is
    the return's. A day after the year may be the one on which the file was printed."""
    told = ledger.year or ledger.dated or ledger.years
    if told or any(one.year == own for one in ledger.named):
        return []
    return [one.year for one in ledger.named if one.bare or one.year < own]


def _years(years: Sequence[int]) -> Span:
    return Span(date(min(years), 1, 1), date(max(years), 12, 31))


def _within(span: Span, whole: Span) -> bool:
    return whole.first <= span.first and span.last <= whole.last
