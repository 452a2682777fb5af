"""What an extract has with other county boards: given on accounts of costs, received on accounts of
income."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from toolkit.ledger.county_names import county_in
from toolkit.ledger.entries import AccountChart, Handed
from toolkit.ledger.keys import Booked
from toolkit.spec.codelists import Code
from toolkit.words.swedish import fold

FullKey = tuple[str, str, str, str]
"""Account, code, post and counterpart of a transaction."""
_BOARD = re.compile(r"(?:l[aä]nsstyrelsen?|lst)\b")
"""A region, a municipality or the police of a county have its name too."""


def handed(
    sums: Mapping[FullKey, Booked], chart: AccountChart, half: Decimal = Decimal(0)
) -> tuple[Handed, ...]:
    """What is on accounts that tell it, by counterpart as it stands. `half` is what a rounding may
    take from a transaction."""
    found: dict[tuple[str, bool, str, str], Handed] = {}
    for (account, code, post, written), booked in sums.items():
        cost, income = chart.range_of(account), chart.receipt_of(account)
        told = cost or income
        who = written or (told.counterpart if told is not None else "")
        if told is None or not who:
            continue
        # Income is below zero in the books.
        amount = booked.rest * chart.sign_of(account) if cost is not None else -booked.rest
        name = (who, cost is None, code, post)
        before = found.get(name, Handed(*name, Decimal(0)))
        found[name] = before._replace(
            amount=before.amount + amount, slack=before.slack + booked.count * half
        )
    return tuple(found.values())


def of_counties(
    entries: Iterable[Handed], chart: AccountChart, counties: Sequence[Code]
) -> tuple[Handed, ...]:
    """Only what is with county boards, by their codes."""
    known = _known(chart)
    codes = {county.code for county in counties}
    found = ((one, _county(one.counterpart, known, codes, counties)) for one in entries)
    return tuple(one._replace(counterpart=county) for one, county in found if county)


def board_of(written: str, chart: AccountChart, counties: Sequence[Code]) -> str | None:
    """The county whose board a text names, by its name or by its number."""
    return _county(written, _known(chart), set(), counties)


def _known(chart: AccountChart) -> dict[str, str]:
    known: dict[str, str] = {}
    for item in chart.counterparts:
        known |= dict.fromkeys(map(_key, item.written), item.county)
    return known


def _county(
    written: str, known: Mapping[str, str], codes: set[str], counties: Sequence[Code]
) -> str | None:
    """The county of a counterpart: by what the chart says of it (also with its name beside), or by
    a county board's name. A code alone is a county's where a range of the chart says it."""
    bare = written.split()[0] if written.split() else ""
    listed = known.get(_key(written)) or known.get(_key(bare))
    if listed or written in codes:
        return listed or written
    return county_in(written, counties) if _BOARD.search(fold(written)) else None


def _key(written: str) -> str:
    """As counterparts are compared: without blanks and hyphens, which numbers are written with or
    without."""
    return re.sub(r"[\s-]", "", fold(written))
