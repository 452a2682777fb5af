"""What each thing that is made of a year needs of it, and what is left out where that is not
there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeAlias, TypeVar

from toolkit.spec.roles import ACTIVITY, SPEND, SPEND_AMOUNT

if TYPE_CHECKING:
    from toolkit.spec.model import Spec

EARMARKS = "earmarks"
"""The need of an area that must be reported apart: at least one under `earmarks` in
arbetsbok.yaml."""
EARMARKED_WORK = "earmarks.condition"
"""The need of a condition that tells which activities the report's own area has."""


class Where(NamedTuple):
    """Where a year asks for one thing, another is needed too: where sexes are told apart, the code
    for all of them."""

    asked: str
    then: str


Need: TypeAlias = str | Where
"""A role by its key, EARMARKS, or what is needed only beside something else."""
MONEY: tuple[Need, ...] = (SPEND, SPEND_AMOUNT)
"""Without amounts there is nothing to lay beside ledgers, and no workbook about the money."""
# Covariant: what makes a table can stand where a maker of anything is asked for.
Made = TypeVar("Made", covariant=True)


@dataclass(frozen=True, slots=True)
class Maker(Generic[Made]):
    """Something that is made of a year's results when the year asks for all that it needs. `make`
    is the function that makes it. Of a figure, `shows` is the id of the table that holds its
    numbers, where that has another name."""

    id: str
    make: Callable[..., Made]
    needs: tuple[Need, ...]
    shows: str = ""

    def fits(self, spec: Spec) -> bool:
        """Whether the year asks for all that is needed."""
        return not lacking(spec, self.needs)


class LeftOut(NamedTuple):
    """What a year leaves out: what kind of thing (`tabell`, `figur`, `blad`, …), its id, and the
    roles that it lacks."""

    kind: str
    id: str
    lacks: tuple[str, ...]


def lacking(spec: Spec, needs: Iterable[Need]) -> tuple[str, ...]:
    """What of the needs a year does not ask for, each once."""
    missing: dict[str, None] = {}
    for need in needs:
        name = _needed(spec, need)
        if name and not _has(spec, name):
            missing[name] = None
    return tuple(missing)


def asks_for_money(spec: Spec) -> bool:
    """Whether a year asks for money at all."""
    return not lacking(spec, MONEY)


def _needed(spec: Spec, need: Need) -> str:
    if isinstance(need, Where):
        return need.then if _has(spec, need.asked) else ""
    return need


def _has(spec: Spec, name: str) -> bool:
    if name == EARMARKS:
        return bool(spec.earmarks)
    if name == EARMARKED_WORK:
        return bool(spec.earmarks) and _tells_work(spec)
    return spec.bound.has(name)


def _tells_work(spec: Spec) -> bool:
    start = f"{spec.bound.of(ACTIVITY)}."
    return any(address.startswith(start) for address in spec.earmark.condition)


def left_out_of(kind: str, makers: Sequence[Maker[object]], spec: Spec) -> list[LeftOut]:
    """Those of a kind that a year leaves out."""
    found = [LeftOut(kind, maker.id, lacking(spec, maker.needs)) for maker in makers]
    return [one for one in found if one.lacks]
