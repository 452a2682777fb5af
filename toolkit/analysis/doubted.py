"""Extracts that cannot be held against the return: of one code where the return has more, or in
another unit. What looks like a difference on every line is the file's, and no county is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from toolkit.analysis.merge import Dataset
from toolkit.analysis.reconcile import compares, spent_by
from toolkit.analysis.states import Dimension
from toolkit.ledger.codes import codes_shown
from toolkit.ledger.entries import Ledger
from toolkit.spec.load import Year
from toolkit.spec.roles import AREA_CODES

_UNITS = (1000, 100)
"""Kronor in a tkr, öre in a krona."""
_NEAR = Decimal("0.01")  # of an amount: what else may differ beside the unit
_MOST = Decimal("0.8")  # of the codes


def beside_returns(data: Dataset, ledgers: Mapping[str, Ledger]) -> dict[str, Ledger]:
    """The extracts by county; one that nothing can be compared with has the reason as a doubt."""
    if not compares(data.year.spec, Dimension.CODE):
        return dict(ledgers)
    reported: dict[str, dict[str, Decimal]] = {}
    for (county, code), amount in spent_by(data, Dimension.CODE).items():
        if amount:
            reported.setdefault(county, {})[code.upper()] = amount
    return {
        county: _doubted(data.year, ledger, reported.get(county, {})) if ledger.used else ledger
        for county, ledger in ledgers.items()
    }


def _doubted(year: Year, ledger: Ledger, reported: Mapping[str, Decimal]) -> Ledger:
    found = dict((*_reasons(ledger, reported), *_unknown_codes(year, ledger, reported)))
    if not found:
        return ledger
    return replace(ledger, doubts=tuple(found), particulars={**ledger.particulars, **found})


def _reasons(ledger: Ledger, reported: Mapping[str, Decimal]) -> Iterator[tuple[str, str]]:
    """The doubts, each with what its words are filled with."""
    booked = {code.upper(): amount for code, amount in ledger.by_code().items() if amount}
    if len(booked) == 1 < len(reported) and not ledger.whole_told:
        yield "en_kod", next(iter(booked))
    both = [(booked[code], amount) for code, amount in reported.items() if code in booked]
    for unit in _UNITS:
        if _are_times([(other, own) for own, other in both], unit):
            yield "faktor_storre", str(unit)
        elif _are_times(both, unit):
            yield "faktor_mindre", str(unit)


def _unknown_codes(
    year: Year, ledger: Ledger, reported: Mapping[str, Decimal]
) -> Iterator[tuple[str, str]]:
    """Codes that are reported and nowhere in the extract, while it has codes that the year does not
    know: the same may be written otherwise there, so that nobody can say that they have nothing."""
    if ledger.whole_told or not year.spec.bound.has(AREA_CODES):
        return
    booked = {code.upper(): amount for code, amount in ledger.by_code().items()}
    declared = {code.code.upper() for code in year.spec.list_of(AREA_CODES).codes}
    lacking = sorted((reported.keys() & declared) - booked.keys())
    strange = {code: kr for code, kr in booked.items() if code and kr and code not in declared}
    if lacking and strange:
        others = codes_shown(strange, "")
        yield (
            "okanda_koder",
            year.catalogue.word("koder_saknas", codes=", ".join(lacking), others=others),
        )


def _are_times(pairs: list[tuple[Decimal, Decimal]], unit: int) -> bool:
    """Whether of nearly all pairs the first is the second times a unit."""
    alike = [abs(one - other * unit) <= abs(one) * _NEAR for one, other in pairs]
    return bool(alike) and sum(alike) >= _MOST * len(alike)
