"""Whom a sum leaves out, whatever the reason: who is named alone is taken to be the only one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.merge import CountyState
from toolkit.analysis.states import Nature, ReturnState
from toolkit.findings.texts import Texts
from toolkit.spec.roles import SPEND
from toolkit.words.swedish import join_and, number_word, sort_key

_NAMED = 6  # counties that are named for one reason; of more their number is told


class Why(StrEnum):
    """Why a county is in no sum; the words are keys of the year's texts."""

    UNKNOWN = "us"
    """It does not know all that is summed."""
    HELD = "fel"
    """Its rows are held back by errors, or by a question that must be answered first."""
    UNTREATED = "obehandlad"
    MISSING = "saknas"


class LeftOutFor(NamedTuple):
    """Why some counties are in no sum; `natures` where only their kronor of these are not."""

    why: Why
    natures: tuple[Nature, ...] = ()


OutsideSum = Mapping[LeftOutFor, Sequence[str]]
"""The codes of the counties that a sum leaves out; a reason that is not there has none."""
UnknownKronor = Mapping[str, tuple[Nature, ...]]
"""The counties that do not know all that is summed of them, each with the natures of which it does
not; none where that is all of it."""


def outside(
    counties: Iterable[CountyState], tables: Sequence[str], unknown: UnknownKronor | None = None
) -> OutsideSum:
    """Whom a sum over these tables leaves out."""
    found: dict[LeftOutFor, list[str]] = {}
    for one in counties:
        why = _why(one, tables, unknown or {})
        if why is not None:
            found.setdefault(why, []).append(one.code)
    return {why: found[why] for why in sorted(found, key=_order)}


def _order(reason: LeftOutFor) -> tuple[int, tuple[Nature, ...]]:
    return list(Why).index(reason.why), reason.natures


def _why(county: CountyState, tables: Sequence[str], unknown: UnknownKronor) -> LeftOutFor | None:
    if county.verdict is ReturnState.MISSING:
        return LeftOutFor(Why.MISSING)
    if county.verdict is ReturnState.UNTREATED:
        return LeftOutFor(Why.UNTREATED)
    if not county.knows(*tables):
        return LeftOutFor(Why.HELD)
    return LeftOutFor(Why.UNKNOWN, unknown[county.code]) if county.code in unknown else None


def outside_sum(
    counties: Iterable[CountyState],
    verdicts: Iterable[EarmarkVerdict],
    natures: Sequence[Nature],
    *parts: str,
) -> OutsideSum:
    """Whom the kronor of all counties leave out; `parts` (`own`, `traced`, `total`) are those that
    must be known whole."""
    lost = {one.county: _lost(one, natures, parts) for one in verdicts}
    unknown = {county: some_of(own, natures) for county, own in lost.items() if own}
    return outside(counties, (SPEND,), unknown)


def outside_share(
    counties: Iterable[CountyState], verdicts: Iterable[EarmarkVerdict], natures: Sequence[Nature]
) -> OutsideSum:
    """The counties that are in the sum of what stands on the area's own code, and not in its share:
    they do not know all that they have spent."""
    unknown: dict[str, tuple[Nature, ...]] = {}
    for one in verdicts:
        known = {nature: one.knows(nature) for nature in natures}
        lost = [nature for nature, own in known.items() if own.own and not own.total]
        if lost:
            unknown[one.county] = some_of(lost, natures)
    found = outside(counties, (SPEND,), unknown)
    return {reason: own for reason, own in found.items() if reason.why is Why.UNKNOWN}


def _lost(
    verdict: EarmarkVerdict, natures: Sequence[Nature], parts: Sequence[str]
) -> tuple[Nature, ...]:
    """The natures of which some part is not known whole."""
    return tuple(
        nature
        for nature in natures
        if not all(getattr(verdict.knows(nature), part) for part in parts)
    )


def unknown_of(
    pairs: Collection[tuple[str, ...]], natures: Sequence[Nature]
) -> dict[str, tuple[Nature, ...]]:
    """The counties that do not know all of a nature, from each with each of these natures."""
    lost = {county: {one for held, one in pairs if held == county} for county, _ in pairs}
    return {county: some_of(own, natures) for county, own in lost.items()}


def some_of(lost: Collection[str], natures: Sequence[Nature]) -> tuple[Nature, ...]:
    """Some of the natures that are told of, in their order; none of them stands for all."""
    own = tuple(nature for nature in natures if nature in lost)
    return () if len(own) == len(natures) else own


def said_of(found: OutsideSum, names: Mapping[str, str], texts: Texts, *, of: str = "") -> str:
    """`länsstyrelsen Skåne, som inte har redovisat, och …`, each with its reason; nothing where
    nobody is left out. `of` is added to the amounts that are not known."""
    told = list(_each(found, names, texts, of))
    return join_and([f"{', '.join(told[:-1])},", told[-1]]) if told[1:] else "".join(told)


def _each(found: OutsideSum, names: Mapping[str, str], texts: Texts, of: str) -> Iterator[str]:
    for (why, natures), counties in found.items():
        who = _named(sorted((names[code] for code in counties), key=sort_key), texts)
        if natures:
            kinds = join_and([texts(f"slag.alla_{nature}") for nature in natures])
            who = texts("utelamnat.slag_hos", kinds=kinds, who=who)
        yield texts(f"utelamnat.{why}", who=who, of=of if why is Why.UNKNOWN else "")


def _named(names: Sequence[str], texts: Texts) -> str:
    if len(names) > _NAMED:
        return texts("utelamnat.flera", count=number_word(len(names)))
    if len(names) == 1:
        return texts("fraser.en", name=names[0])
    return texts("fraser.namngivna", names=join_and(names))


def count_of(found: OutsideSum) -> int:
    """How many are left out."""
    return sum(map(len, found.values()))
