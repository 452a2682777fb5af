"""What a SIE file says that its accounts come to period by period, and object by object (#PSALDO,
#OIB, #OUB), beside what its transactions come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from toolkit.ledger.entries import Balance

PERIODIC, OPENED, CLOSED = "#PSALDO", "#OIB", "#OUB"
LABELS = (PERIODIC, OPENED, CLOSED)
_WHOLE = ""  # as a period: the year

AccountObject = tuple[str, str]
"""An account, and a verksamhetskod or nothing for all of the account."""
ObjectSums = dict[AccountObject, dict[str, Decimal]]
ObjectCode = Callable[[str], str | None]
"""The verksamhetskod of an object list, nothing for an empty one; None where other dimensions stand
in it."""


class _Stated(NamedTuple):
    line: int
    label: str
    account: str
    objects: str
    period: str
    amount: Decimal


@dataclass(slots=True)
class ObjectBalances:
    """The balances, in the order of the file, and transactions by account, code and period, which
    are kept only of a file that has any. `period` is that of the voucher that is being read."""

    stated: list[_Stated] = field(default_factory=list)
    read: dict[tuple[str, str, str], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    period: str = ""

    def state(
        self, line: int, label: str, fields: Sequence[str], number: Callable[[str], Decimal | None]
    ) -> None:
        """A line: `0 202003 5410 {7 "PM"} 100.00`, or without the period. One that is short, or
        whose amount is none, says nothing."""
        period = fields[1] if label == PERIODIC else _WHOLE
        rest = fields[2:] if label == PERIODIC else fields[1:]
        amount = number(rest[2]) if len(rest) > 2 else None
        if amount is not None:
            self.stated.append(_Stated(line, label, rest[0], rest[1], period[:6], amount))

    def note(self, account: str, code: str, amount: Decimal) -> None:
        """A transaction."""
        if self.stated:
            self.read[account, code, self.period] += amount

    def compared(self, code_of: ObjectCode) -> tuple[Balance, ...]:
        """Every account and code of which the file says something, and what was read of it."""
        sums = self._sums()
        return (*self._periodic(code_of, sums), *self._closed(code_of, sums))

    def _sums(self) -> ObjectSums:
        """What was read by account and code, and by account alone: by period."""
        found: ObjectSums = defaultdict(lambda: defaultdict(Decimal))
        for (account, code, period), amount in self.read.items():
            for name in dict.fromkeys(((account, code), (account, ""))):
                found[name][period] += amount
        return found

    def _by_name(self, label: str, code_of: ObjectCode) -> dict[AccountObject, list[_Stated]]:
        found: dict[AccountObject, list[_Stated]] = defaultdict(list)
        for one in self.stated:
            code = code_of(one.objects) if one.label == label else None
            if code is not None:
                found[one.account, code].append(one)
        return found

    def _periodic(self, code_of: ObjectCode, sums: ObjectSums) -> Iterator[Balance]:
        """Programs write what a period has changed, or what has come up to its end: both may be
        right."""
        for name, lines in self._by_name(PERIODIC, code_of).items():
            told: dict[str, Decimal] = defaultdict(Decimal)
            for one in lines:
                told[one.period] += one.amount
            own = sums.get(name, {})
            changes = {period: own.get(period, Decimal(0)) for period in told}
            stated, read = sum(told.values(), Decimal(0)), sum(changes.values(), Decimal(0))
            if told in (changes, _up_to(own, told)):
                read = stated
            yield Balance(lines[0].line, _shown(name), "PSALDO", stated, read)

    def _closed(self, code_of: ObjectCode, sums: ObjectSums) -> Iterator[Balance]:
        opened = self._by_name(OPENED, code_of)
        for name, lines in self._by_name(CLOSED, code_of).items():
            own = sum(sums.get(name, {}).values(), Decimal(0))
            own += sum((one.amount for one in opened.get(name, ())), Decimal(0))
            stated = sum((one.amount for one in lines), Decimal(0))
            yield Balance(lines[0].line, _shown(name), "OUB", stated, own)


def _up_to(own: Mapping[str, Decimal], told: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What has come up to the end of each period that is told."""
    periods = sorted({*own, *told})
    sums = accumulate(own.get(period, Decimal(0)) for period in periods)
    return {period: amount for period, amount in zip(periods, sums, strict=True) if period in told}


def _shown(name: AccountObject) -> str:
    return " ".join(filter(None, name))
