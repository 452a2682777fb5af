"""Sets that are gone through in an order of their own: what a chapter prints of a set is the same
from one run to the next. Python's own sets of texts have another order each time it starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, SupportsIndex, TypeVar

One = TypeVar("One")


class InOrder(frozenset[One]):
    """A set that is gone through in the order in which its members were given.

    >>> list(InOrder(["UU", "LU", "UU"])), InOrder("ba")[0], list(InOrder("cab") - {"a"})
    (['UU', 'LU'], 'b', ['c', 'b'])
    """

    _order: tuple[One, ...]

    def __new__(cls, members: Iterable[One] = ()) -> InOrder[One]:
        order = tuple(dict.fromkeys(members))
        made = super().__new__(cls, order)
        made._order = order
        return made

    def __iter__(self) -> Iterator[One]:
        return iter(self._order)

    def __getitem__(self, place: SupportsIndex | slice) -> One | list[One]:
        """One of them by its place, or several: as of a list."""
        return list(self._order[place]) if isinstance(place, slice) else self._order[place]

    def __sub__(self, other: Any) -> InOrder[One]:
        """Those that are not among the others, in this order."""
        return InOrder(one for one in self if one not in other)
