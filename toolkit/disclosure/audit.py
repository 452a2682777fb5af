"""How many values each count that is not told can have, for an outsider and for each county that
knows its own. Every bound is an integer programme over all that is told; the reader knows the rule
by which counts are hidden, for the source is public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal, NamedTuple

from scipy.optimize import Bounds, LinearConstraint, milp

from toolkit.disclosure.facts import facts_of
from toolkit.disclosure.published import House, Publication
from toolkit.disclosure.rows import PublishedRow, rows_of
from toolkit.disclosure.toldfacts import ToldPlace

_HIGH = 100_000  # more than any count in doubt; where no sum is told there is no end
_ALIKE = 2
"""A count that is not told has nothing of its own in any constraint, so that all of a reader's are
bounded alike: it is enough to look at two."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A count that somebody can tell too nearly. The `reader` is a county, or empty for anybody;
    `values` are all that the count can be; `places` are where it is told, or what it follows
    from."""

    year: int
    indicator: str
    county: str
    reader: str
    values: tuple[int, ...]
    places: tuple[ToldPlace, ...] = field(default=(), compare=False)


def audit_counts(publications: Iterable[Publication], house: House) -> list[Leak]:
    """Every leak in what is published, all files and years together."""
    facts = chain.from_iterable(facts_of(one, house) for one in publications)
    found: list[Leak] = []
    for (year, indicator), row in rows_of(facts, house).items():
        for leak in leaks_of(row):
            found.append(Leak(year, indicator, *leak, row.places_of(leak[0])))
    return found


def leaks_of(row: PublishedRow) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Each count of a row that some reader is left with too few values of: the county, the reader
    and the values."""
    yield from ((county, "", (value,)) for county, value in row.parts)
    if not row.is_low:
        return
    yield from ((county, "", (row.counts[county],)) for county in sorted(row.shown_low))
    for reader in ("", *row.unsaid):
        for county in _looked_at(row, reader):
            values = possible(row, reader, county)
            if len(values) < row.least:
                yield county, reader, values


def _looked_at(row: PublishedRow, reader: str) -> Sequence[str]:
    return [county for county in row.unsaid if county != reader][:_ALIKE]


def possible(row: PublishedRow, reader: str, county: str) -> tuple[int, ...]:
    """The values that a county's count can have for a reader: all of them where they are fewer
    than the limit, or else as many as the limit."""
    view = _view(row, reader)
    place = view.cells.index(county)
    low, high = view.best(place, 1), view.best(place, -1)
    if low is None or high is None:
        return ()
    near = chain(range(low + 1, low + row.least), range(high - 1, high - row.least, -1))
    between = (value for value in dict.fromkeys(near) if low < value < high)
    more = (value for value in between if view.can_be(place, value))
    return tuple(sorted({low, high, *islice(more, row.least - 2)}))


@dataclass(frozen=True, slots=True)
class _View:
    """What one reader can set up: a variable for each count that it does not know, between `floor`
    and `ceiling`, and beside it one that is 1 where the count is low. `left` is what they add up
    to; one of them is low where `one_low` says so."""

    cells: Sequence[str]
    floor: int
    ceiling: int
    left: int | None
    least: int
    one_low: bool

    def best(self, place: int, sign: int) -> int | None:
        """The least value of a count (sign 1), or the highest (-1); None where there is none."""
        found = self._solved(self._row({place: sign}), self._bounds())
        # The solver gives whole numbers as floats that may be off in the last digits.
        return None if found is None else round(found[place])

    def can_be(self, place: int, value: int) -> bool:
        """Whether a count can have a value."""
        bounds = self._bounds()
        bounds.lb[place] = bounds.ub[place] = value
        return self._solved(self._row({}), bounds) is not None

    def _solved(self, wanted: list[float], bounds: Bounds) -> Sequence[float] | None:
        rows = list(self._constraints())
        together = LinearConstraint(
            [one.row for one in rows], [one.low for one in rows], [one.high for one in rows]
        )
        whole: list[Literal[0, 1, 2, 3]] = [1] * len(wanted)  # all whole numbers
        found = milp(wanted, constraints=together, integrality=whole, bounds=bounds)
        return None if found.x is None else [float(value) for value in found.x]

    def _row(self, factors: Mapping[int, float]) -> list[float]:
        return [float(factors.get(place, 0)) for place in range(2 * len(self.cells))]

    def _bounds(self) -> Bounds:
        count = len(self.cells)
        return Bounds(
            [float(self.floor)] * count + [0.0] * count,
            [float(self.ceiling)] * count + [1.0] * count,
        )

    def _constraints(self) -> Iterator[_Limits]:
        count = len(self.cells)
        if self.left is not None:
            yield _Limits(self._row(dict.fromkeys(range(count), 1)), self.left, self.left)
        lows = dict.fromkeys(range(count, 2 * count), 1)
        yield _Limits(self._row(lows), int(self.one_low), count)
        for place in range(count):
            # A count that is called low is from one up to below the limit.
            under, above = {place: 1, count + place: self.ceiling}, {place: 1, count + place: -1}
            yield _Limits(self._row(under), -_HIGH, self.least - 1 + self.ceiling)
            yield _Limits(self._row(above), 0, _HIGH)


class _Limits(NamedTuple):
    """What a weighed sum of the variables is at least and at most."""

    row: list[float]
    low: float
    high: float


def _view(row: PublishedRow, reader: str) -> _View:
    cells = [county for county in row.unsaid if county != reader]
    own = row.counts[reader] if reader else 0
    left = None
    if row.total is not None:
        left = row.total - sum(row.counts[county] for county in row.shown) - own
    # Zeros are printed where anything is.
    floor = 1 if row.total is not None or row.shown else 0
    knows_none = not (0 < own < row.least or row.shown_low)
    return _View(cells, floor, _ceiling(row, left), left, row.least, knows_none)


def _ceiling(row: PublishedRow, left: int | None) -> int:
    """The highest value that the rule lets a hidden count have: without it the others together must
    exceed their least values by what the limit asks for."""
    if left is None:
        return _HIGH
    hidden = [row.counts[county] for county in row.unsaid]
    by_rule = sum(hidden) - len(hidden) + 1 - (row.least - 1)
    return by_rule if max(hidden) <= by_rule else max(left, 1)
