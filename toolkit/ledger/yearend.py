"""The closing of the year: vouchers of its last day that bring cost accounts to nothing, so that
what is left in the extract is not what the year has cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from toolkit.ledger.days import day_of, is_short_last, month_first_day
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.keys import account_of, unwrapped
from toolkit.words.amounts import format_kr
from toolkit.words.celltext import text

_DECEMBER, _LAST = 12, 31
_LEVELS = ((), (0,), (1,), (0, 1), (0, 1, 2))
"""What a closing may be of, as parts of account, code and post: all, or each of some."""
_KRONA = 1  # a closing may be in whole kronor
_SHARE = Decimal("0.1")  # of the costs: less may be a mistake that has been put right
_HALF, _MOST = Decimal("0.5"), Decimal("0.75")
_OF_CODE = (1,)
_ROWS = 2  # rows of each account that is closed, at least: one that meets another puts it right

CostKey = tuple[str, ...]
"""Account, code and post."""


class Group(NamedTuple):
    """What some rows have in common: their voucher (`0`) or their text (`1`)."""

    by: int
    name: object


@dataclass(slots=True)
class LateRows:
    """Rows of one group: kronor by what they are booked on, and their lines."""

    sums: dict[tuple[object, ...], Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    lines: list[int] = field(default_factory=list)


@dataclass(slots=True)
class YearEnd:
    """The rows of the year's last day, by voucher and by text, in the order of the file."""

    groups: dict[Group, LateRows] = field(default_factory=dict)

    def note(
        self, line: int, key: tuple[object, ...], amount: Decimal, names: Iterable[object]
    ) -> None:
        """A row of the last day; `names` are its voucher and its text, as far as it has any."""
        for by, name in enumerate(names):
            if name:
                rows = self.groups.setdefault(Group(by, name), LateRows())
                rows.sums[key[:3]] += amount
                rows.lines.append(line)

    def closing(
        self, sums: Mapping[tuple[object, ...], tuple[Decimal, int]], chart: AccountChart
    ) -> str:
        """The first rows that close the year, by line, with what they come to; nothing where none
        do. `sums` are the kronor and the number of all rows, those of the last day with them."""
        whole = _whole(sums, chart)
        for by in (0, 1):
            own = [rows for group, rows in self.groups.items() if group.by == by]
            costs = [_costs(rows.sums, chart) for rows in own]
            for at, rows in enumerate(own):
                later = _added(costs[at + 1 :])
                others = _added([*costs[:at], *costs[at + 1 :]])
                if costs[at] and _Closing(costs[at], whole, later, others, chart).told:
                    return _shown(rows.lines, sum(costs[at].values(), Decimal(0)))
        return ""


def _shown(lines: Sequence[int], amount: Decimal) -> str:
    first, last = str(min(lines)), str(max(lines))
    return f"{'–'.join(dict.fromkeys((first, last)))} ({format_kr(amount)})"


@lru_cache(maxsize=4096)
def is_last_day(day: object) -> bool:
    """Whether a cell says the last day of a year, or the period after it in which it is closed."""
    found = day_of(day) or month_first_day(day)
    last = found is not None and (found.month, found.day) == (_DECEMBER, _LAST)
    return last or is_short_last(day)


@lru_cache(maxsize=4096)
def is_last_period(period: object) -> bool:
    """Whether a cell says the last period of a year, or one after it."""
    found = day_of(period)
    return found is not None and found.month == _DECEMBER


def _named(key: Sequence[object]) -> CostKey:
    account, code, post = (unwrapped(text(part)) for part in key[:3])
    return account_of(account), code.upper(), post


def _costs(
    sums: Mapping[tuple[object, ...], Decimal], chart: AccountChart
) -> dict[CostKey, Decimal]:
    found: dict[CostKey, Decimal] = defaultdict(Decimal)
    for key, amount in sums.items():
        named = _named(key)
        if chart.kind_of(named[0]) is not None:
            found[named] += amount
    return found


def _whole(
    sums: Mapping[tuple[object, ...], tuple[Decimal, int]], chart: AccountChart
) -> dict[CostKey, tuple[Decimal, int]]:
    found: dict[CostKey, tuple[Decimal, int]] = {}
    for key, (amount, count) in sums.items():
        named = _named(key)
        if chart.kind_of(named[0]) is not None:
            before = found.get(named, (Decimal(0), 0))
            found[named] = before[0] + amount, before[1] + count
    return found


def _added(many: Iterable[Mapping[CostKey, Decimal]]) -> dict[CostKey, Decimal]:
    found: dict[CostKey, Decimal] = defaultdict(Decimal)
    for one in many:
        for key, amount in one.items():
            found[key] += amount
    return found


@dataclass(frozen=True, slots=True)
class _Closing:
    """Rows that may close the year (`own`), all rows, those that come later on the last day, and
    all others of that day."""

    own: Mapping[CostKey, Decimal]
    whole: Mapping[CostKey, tuple[Decimal, int]]
    later: Mapping[CostKey, Decimal]
    others: Mapping[CostKey, Decimal]
    chart: AccountChart

    @property
    def told(self) -> bool:
        """Whether they take out what stands beside them, and do not book it elsewhere."""
        rest = {key: one - self.own.get(key, Decimal(0)) for key, (one, _) in self.whole.items()}
        gross = sum(map(abs, rest.values()), Decimal(0))
        return any(self._closes(level, rest, gross) for level in _LEVELS)

    def _closes(
        self, level: Sequence[int], rest: Mapping[CostKey, Decimal], gross: Decimal
    ) -> bool:
        own, beside, later = (_by(level, one) for one in (self.own, rest, self.later))
        zeroed = {unit for unit in own if _goes_out(own[unit], beside[unit], later[unit])}
        taken = sum((own[unit] for unit in zeroed), Decimal(0))
        net = sum(self.own.values(), Decimal(0))
        booked_elsewhere = net * taken <= 0 or abs(net) < abs(taken) * _HALF
        booked_elsewhere = booked_elsewhere or self._is_booked_again(taken)
        if not zeroed or booked_elsewhere or self._rows_of(level, zeroed) < _ROWS * len(zeroed):
            return False
        return abs(taken) >= gross * _SHARE or self._closes_a_kind(rest)

    def _is_booked_again(self, taken: Decimal) -> bool:
        """Whether the same codes get most of it back by other rows of the day: a move from one
        account to another closes nothing."""
        own, others = (_by(_OF_CODE, one) for one in (self.own, self.others))
        met = (
            min(abs(own[code]), abs(others[code])) for code in own if own[code] * others[code] < 0
        )
        return sum(met, Decimal(0)) >= abs(taken) * _MOST

    def _rows_of(self, level: Sequence[int], units: set[CostKey]) -> int:
        """The rows that are closed; a key of the closing's own has at least one that is its own."""
        named = ((_part(level, key), key, count) for key, (_, count) in self.whole.items())
        return sum(count - (key in self.own) for unit, key, count in named if unit in units)

    def _closes_a_kind(self, rest: Mapping[CostKey, Decimal]) -> bool:
        """Whether nothing is left of a whole kostnadsslag."""
        own, beside, later = (self._by_kind(one) for one in (self.own, rest, self.later))
        return any(_goes_out(own[kind], beside[kind], later[kind]) for kind in own)

    def _by_kind(self, sums: Mapping[CostKey, Decimal]) -> dict[str | None, Decimal]:
        found: dict[str | None, Decimal] = defaultdict(Decimal)
        for key, amount in sums.items():
            found[self.chart.kind_of(key[0])] += amount
        return found


def _part(level: Sequence[int], key: CostKey) -> CostKey:
    return tuple(key[at] for at in level)


def _by(level: Sequence[int], sums: Mapping[CostKey, Decimal]) -> dict[CostKey, Decimal]:
    found: dict[CostKey, Decimal] = defaultdict(Decimal)
    for key, amount in sums.items():
        found[_part(level, key)] += amount
    return found


def _goes_out(own: Decimal, beside: Decimal, later: Decimal) -> bool:
    """Whether rows take out all that stands beside them, or all but what comes later."""
    if abs(own) <= _KRONA:
        return False
    return any(abs(own + one) <= _KRONA for one in (beside, beside - later))
