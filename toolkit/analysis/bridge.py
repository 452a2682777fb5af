"""From cost to what burdens the appropriation: the extract's costs, the named items between, and
what the county says that its appropriation account holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.analysis.asked import has_items, is_of_code, item_codes, known_post
from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import Need
from toolkit.analysis.records import AppropriationLine
from toolkit.ledger.entries import Ledger
from toolkit.spec.model import Spec
from toolkit.spec.roles import APPROPRIATION, APPROPRIATION_ITEM, APPROPRIATION_SPENT

BRIDGE_NEEDS: tuple[Need, ...] = (APPROPRIATION_ITEM, APPROPRIATION_SPENT)
OTHERS = ""
"""The item of what stands on other appropriations than the year asks for."""


@dataclass(frozen=True, slots=True)
class CostBridge:
    """One county: its costs on the year's codes by the extract, what of them does not burden the
    year's appropriation (by name), and the burden that it states itself; None where it does not
    know, or its account is not in. `candidates` may explain what is left (by name)."""

    county: str
    name: str
    cost: Decimal
    items: Mapping[str, Decimal]
    stated: Decimal | None
    candidates: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def burden(self) -> Decimal:
        """What the costs and the items come to."""
        return self.cost - sum(self.items.values(), Decimal(0))

    @property
    def left(self) -> Decimal | None:
        """What no item explains: above zero, the account has more than the extract."""
        return None if self.stated is None else self.stated - self.burden


def cost_bridges(data: Dataset, ledgers: Mapping[str, Ledger]) -> list[CostBridge]:
    """A bridge for every county with an extract that is used, in the order of their codes."""
    spec = data.year.spec
    found = []
    for county in data.counties:
        ledger = ledgers.get(county.code)
        if ledger is None or not ledger.used:
            continue
        asked = {key: kr for key, kr in ledger.booked.items() if is_of_code(spec, key[0])}
        lines = [one for one in data.appropriations if one.county == county.code]
        stated = _stated(lines) if county.state_of(APPROPRIATION).usable else None
        cost = sum(asked.values(), Decimal(0))
        beside = _by_name(spec, ledger.candidates)
        found.append(
            CostBridge(county.code, county.name, cost, _items(spec, ledger), stated, beside)
        )
    return found


def _items(spec: Spec, ledger: Ledger) -> dict[str, Decimal]:
    """What does not burden the appropriation, by name."""
    found, rest = _by_name(spec, ledger.bridged), _on_others(spec, ledger)
    return found | {OTHERS: rest} if rest else found


def _by_name(spec: Spec, amounts: Mapping[tuple[str, str, str], Decimal]) -> dict[str, Decimal]:
    """Kronor on the codes that the return asks for, by why they are told."""
    found: dict[str, Decimal] = {}
    for (code, _, why), amount in amounts.items():
        if is_of_code(spec, code):
            found[why] = found.get(why, Decimal(0)) + amount
    return {why: amount for why, amount in found.items() if amount}


def _on_others(spec: Spec, ledger: Ledger) -> Decimal:
    """What stands on other posts than the year's, beside what is named; nothing of an extract that
    does not tell the year's."""
    items = item_codes(spec)
    if not has_items(ledger, items):
        return Decimal(0)
    booked = ((code, post, kr) for (code, _, post), kr in ledger.booked.items())
    named = ((code, post, -kr) for (code, post, _), kr in ledger.bridged.items())
    return sum(
        (kr for code, post, kr in (*booked, *named)
         if is_of_code(spec, code) and post and known_post(post, items) not in items),
        Decimal(0),
    )  # fmt: skip


def _stated(lines: Iterable[AppropriationLine]) -> Decimal | None:
    """All that the county has charged; None where an amount is not known."""
    spent = [line.spent for line in lines]
    known = [one for one in spent if isinstance(one, Decimal)]
    return sum(known, Decimal(0)) if spent and len(known) == len(spent) else None
