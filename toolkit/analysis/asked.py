"""What of a ledger extract is compared: the codes and items of appropriation that the return asks
for. An extract of a whole authority holds much else, which is no difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from toolkit.ledger.entries import Handed, Ledger, added_up
from toolkit.spec.model import Spec
from toolkit.spec.roles import AREA_CODES, ITEMS, ListRole
from toolkit.words.swedish import fold


class Beyond(NamedTuple):
    """What an extract holds that the return does not ask for: its codes, what they come to, and the
    kronor of each."""

    codes: tuple[str, ...]
    amount: Decimal
    sums: Mapping[str, Decimal]


def known_post(post: str, codes: Sequence[str]) -> str:
    """Ledgers write posts in their own way: `AP.4` and `3:1 ap.4` are ap.4."""
    return next((code for code in codes if fold(post).split()[-1:] == [fold(code)]), post)


def item_codes(spec: Spec) -> list[str]:
    """The year's items of appropriation, if it has any."""
    return _codes(spec, ITEMS)


def has_items(ledger: Ledger, items: Sequence[str]) -> bool:
    """Whether an extract tells which of the year's items anything was charged to. Posts of another
    kind (a financing of the county's own) tell nothing of that."""
    return not {known_post(post, items) for _, _, post in ledger.booked}.isdisjoint(items)


def is_of_code(spec: Spec, code: str) -> bool:
    """Whether a verksamhetskod of an extract, or that it has none, is what the return asks for."""
    codes = {one.upper() for one in _codes(spec, AREA_CODES)}
    return not codes or not code or code in codes


def asked_of(spec: Spec, ledgers: Mapping[str, Ledger]) -> dict[str, Ledger]:
    """The extracts with only what the return asks for, by county."""
    return {county: _asked(spec, ledger) for county, ledger in ledgers.items()}


def is_asked_by(spec: Spec, ledger: Ledger, one: Handed) -> bool:
    """Whether what an extract has with another county board is what the return asks for. What it
    has received stands on posts of its own."""
    if one.received:
        return is_of_code(spec, one.code)
    return _is_asked(spec, one.code, one.post, by_items=has_items(ledger, item_codes(spec)))


def beyond(spec: Spec, ledger: Ledger) -> Beyond:
    """The rest of an extract."""
    asked = _asked(spec, ledger).booked
    rest = {key: amount for key, amount in ledger.booked.items() if key not in asked}
    sums = added_up(rest, lambda key: key[0])
    return Beyond(tuple(sorted(sums)), sum(rest.values(), Decimal(0)), sums)


def _asked(spec: Spec, ledger: Ledger) -> Ledger:
    by_items = has_items(ledger, item_codes(spec))

    def is_asked(key: tuple[str, str, str]) -> bool:
        code, _, post = key
        return _is_asked(spec, code, post, by_items=by_items)

    booked = {key: amount for key, amount in ledger.booked.items() if is_asked(key)}
    slack = {key: amount for key, amount in ledger.slack.items() if is_asked(key)}
    return replace(ledger, booked=booked, slack=slack)


def _is_asked(spec: Spec, code: str, post: str, *, by_items: bool) -> bool:
    items = item_codes(spec)
    own = not by_items or not post or known_post(post, items) in items
    return own and is_of_code(spec, code)


def _codes(spec: Spec, role: ListRole) -> list[str]:
    return [code.code for code in spec.list_of(role).codes] if spec.bound.has(role) else []
