"""Whom a sum leaves out, whatever the reason: who is named alone is taken to be the only one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.merge import CountyState
from toolkit.analysis.states import ReturnState
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


OutsideSum = Mapping[Why, Sequence[str]]
"""The codes of the counties that a sum leaves out; a reason that is not there has none."""


def outside(
    counties: Iterable[CountyState], tables: Sequence[str], unknown: Collection[str] = ()
) -> OutsideSum:
    """Whom a sum over these tables leaves out. `unknown` are the counties that do not know all that
    is summed of them."""
    found: dict[Why, list[str]] = {}
    for one in counties:
        why = _why(one, tables, unknown)
        if why is not None:
            found.setdefault(why, []).append(one.code)
    return {why: found[why] for why in Why if why in found}


def _why(county: CountyState, tables: Sequence[str], unknown: Collection[str]) -> Why | None:
    if county.verdict is ReturnState.MISSING:
        return Why.MISSING
    if county.verdict is ReturnState.UNTREATED:
        return Why.UNTREATED
    if not county.knows(*tables):
        return Why.HELD
    return Why.UNKNOWN if county.code in unknown else None


def outside_sum(
    counties: Iterable[CountyState], verdicts: Iterable[EarmarkVerdict], *parts: str
) -> OutsideSum:
    """Whom the kronor of all counties leave out; `parts` (`own`, `traced`, `total`) are those that
    must be known whole."""
    unknown = {
        one.county for one in verdicts if not all(getattr(one.known, part) for part in parts)
    }
    return outside(counties, (SPEND,), unknown)


def said_of(found: OutsideSum, names: Mapping[str, str], texts: Texts, *, of: str = "") -> str:
    """`länsstyrelsen Skåne, som inte har redovisat, och …`, each with its reason; nothing where
    nobody is left out. `of` is added to the amounts that are not known."""
    told = list(_each(found, names, texts, of))
    return join_and([f"{', '.join(told[:-1])},", told[-1]]) if told[1:] else "".join(told)


def _each(found: OutsideSum, names: Mapping[str, str], texts: Texts, of: str) -> Iterator[str]:
    for why, counties in found.items():
        told = sorted((names[code] for code in counties), key=sort_key)
        who = _named(told, texts)
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
