"""A year's templates looked through without any return: `lansrapport spec check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from toolkit.spec.advice import Advice, advise
from toolkit.spec.load import Year
from toolkit.year.inputs import Inputs

Adviser = Callable[[Year, int], Iterable[Advice]]
"""Something that looks at a year (the second is its folder's number) and has advice to give."""


def _on_the_spec(year: Year, folder: int) -> list[Advice]:
    return advise(year.spec, folder)


# A room that can be idle in a year (checks, tables, figures, sheets, chapters) adds its own line.
SOURCES: tuple[Adviser, ...] = (_on_the_spec,)
"""All that is asked, in the order in which it is told."""


def look_through(inputs: Inputs) -> list[Advice]:
    """What is worth a look in the year's templates. Raises CannotBeDone when there are none,
    SpecError with everything that is wrong in them."""
    return list(chain.from_iterable(_asked(inputs.year, inputs.space.year)))


def _asked(year: Year, folder: int) -> Iterator[Iterable[Advice]]:
    for source in SOURCES:
        yield source(year, folder)
