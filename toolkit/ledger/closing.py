"""A list's own closing balances beside what its transactions come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.ledger.entries import Balance
from toolkit.ledger.keys import is_account
from toolkit.words.celltext import text

Named = tuple[str, ...]
"""Account, and code and post where the row of a balance has them."""


@dataclass(slots=True)
class Balances:
    """The balances among the rows, by what they are of: line and amount."""

    opening: dict[Named, list[Decimal]] = field(default_factory=lambda: defaultdict(list))
    closing: dict[Named, list[tuple[int, Decimal]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def note(self, mark: str, line: int, key: tuple[object, ...], amount: Decimal) -> None:
        """A row with a balance; `mark` is opening or closing."""
        name = _name(key)
        if mark == "opening":
            self.opening[name].append(amount)
        elif mark == "closing":
            self.closing[name].append((line, amount))

    def compared(self, sums: Mapping[tuple[object, ...], Decimal]) -> tuple[Balance, ...]:
        """What each account that has one closing balance, and no more than one opening one, says it
        comes to and what was read. Of several, as at the end of each month, nobody can know."""
        return tuple(self._compared(_totals(sums)))

    def _compared(self, read: Mapping[Named, Decimal]) -> Iterator[Balance]:
        for name, stated in self.closing.items():
            opened = self.opening.get(name, [])
            if len(stated) == 1 and len(opened) <= 1 and is_account(name[0]):
                line, amount = stated[0]
                own = read.get(name, Decimal(0)) + sum(opened, Decimal(0))
                yield Balance(line, name[0], "UB", amount, own)


def _name(key: tuple[object, ...]) -> Named:
    """As far as the row tells."""
    shown = [text(part) for part in key[:3]]
    while shown and not shown[-1]:
        shown.pop()
    return tuple(shown) or ("",)


def _totals(sums: Mapping[tuple[object, ...], Decimal]) -> dict[Named, Decimal]:
    """Kronor by account, by account and code, and by all three."""
    found: dict[Named, Decimal] = defaultdict(Decimal)
    for key, amount in sums.items():
        name = tuple(text(part) for part in key[:3])
        for names in dict.fromkeys(_name(name[:length]) for length in (1, 2, 3)):
            found[names] += amount
    return found
