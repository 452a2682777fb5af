"""What county boards hand on to each other: given in one's extract and received in another's. In
the sum of all extracts the same money is there twice, as what was given and as what it was used
for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from toolkit.analysis.asked import is_asked_by
from toolkit.ledger.entries import Handed, Ledger
from toolkit.spec.model import Spec
from toolkit.words.amounts import tolerance


class Ends(StrEnum):
    """Which ends of a transfer the extracts show."""

    BOTH = "lika"
    DIFFER = "olika"
    GIVER = "bara_givare"
    RECEIVER = "bara_mottagare"
    UNHEARD = "oklart"
    """One of the extracts is not there, not used, or does not tell the counterpart."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What one county board has handed on to another in the year, by the extract of each; None
    where an extract cannot tell. `slack` is what roundings may have taken."""

    giver: str
    receiver: str
    given: Decimal | None
    received: Decimal | None
    slack: Decimal = Decimal(0)

    @property
    def state(self) -> Ends:
        """Which ends are shown."""
        if self.given is None or self.received is None:
            return Ends.UNHEARD
        if not self.received:
            return Ends.GIVER
        if not self.given:
            return Ends.RECEIVER
        alike = abs(self.given - self.received) <= max(self.slack, tolerance(2))
        return Ends.BOTH if alike else Ends.DIFFER

    @property
    def asks(self) -> bool:
        """Whether somebody has to be asked."""
        return self.state in (Ends.DIFFER, Ends.GIVER, Ends.RECEIVER)

    @property
    def once(self) -> Decimal:
        """What is there twice: as much as both show."""
        given, received = self.given or Decimal(0), self.received or Decimal(0)
        return min(given, received, key=abs) if given * received > 0 else Decimal(0)

    @property
    def difference(self) -> Decimal | None:
        """What the giver shows beyond the receiver."""
        if self.given is None or self.received is None:
            return None
        return self.given - self.received


@dataclass(slots=True)
class _End:
    """One extract's side of a transfer so far."""

    amount: Decimal = Decimal(0)
    slack: Decimal = Decimal(0)


_Ends = dict[tuple[str, str], _End]
"""By giver and receiver."""


def transfers(spec: Spec, ledgers: Mapping[str, Ledger]) -> list[Transfer]:
    """Every two counties with money between them on the codes that the return asks for, in the
    order of their codes. What nets to nothing is none."""
    heard = {code: one for code, one in ledgers.items() if one.used and one.tells_counterparts}
    given: _Ends = defaultdict(_End)
    received: _Ends = defaultdict(_End)
    for county, ledger in heard.items():
        for one in _asked_of(spec, county, ledger):
            if one.received:
                _add(one, received[one.counterpart, county])
            else:
                _add(one, given[county, one.counterpart])
    pairs = sorted({*given, *received})
    found = (_transfer(pair, given[pair], received[pair], heard) for pair in pairs)
    return [one for one in found if _is_any(one)]


def _asked_of(spec: Spec, county: str, ledger: Ledger) -> Iterator[Handed]:
    """What an extract has with others than itself that the return asks for."""
    others = (one for one in ledger.handed if one.counterpart != county)
    return (one for one in others if is_asked_by(spec, ledger, one))


def _add(one: Handed, end: _End) -> None:
    end.amount += one.amount
    end.slack += one.slack


def _is_any(one: Transfer) -> bool:
    return bool(one.given or one.received)


def _transfer(
    pair: tuple[str, str], given: _End, received: _End, heard: Container[str]
) -> Transfer:
    giver, receiver = pair
    return Transfer(
        giver,
        receiver,
        given.amount if giver in heard else None,
        received.amount if receiver in heard else None,
        given.slack + received.slack,
    )
