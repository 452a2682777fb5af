"""Utgift and kostnad are two ways of counting money: what is spent is told of each by itself, and
no sum holds both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from toolkit.analysis.needs import Need, lacking
from toolkit.analysis.records import SpendLine
from toolkit.analysis.states import Nature
from toolkit.analysis.sums import added
from toolkit.returns.submission import Missing
from toolkit.spec.model import Spec
from toolkit.spec.roles import COST, EXPENDITURE, SPEND_NATURE

NATURE_NEEDS: tuple[Need, ...] = (SPEND_NATURE, EXPENDITURE, COST)
"""What a year asks for that tells them apart. In another, all amounts are of one nature."""

ByNature = Mapping[Nature, Decimal]
"""Kronor of each nature; one that is not there has none."""


def nature_codes(spec: Spec) -> dict[object, Nature]:
    """The year's codes for them; none where it does not tell them apart."""
    if lacking(spec, NATURE_NEEDS):
        return {}
    bound = spec.bound
    return {bound[EXPENDITURE]: Nature.EXPENDITURE, bound[COST]: Nature.COST}


def nature_of(line: SpendLine, codes: Mapping[object, Nature]) -> Nature:
    """What a line is, by the year's codes."""
    return codes.get(line.basis, Nature.UNSAID) if codes else Nature.ALL


def natures_of(spec: Spec, lines: Iterable[SpendLine]) -> tuple[Nature, ...]:
    """The natures to tell of: both, and what is neither when some amount is."""
    codes = nature_codes(spec)
    if not codes:
        return (Nature.ALL,)
    unsaid = any(line.spent and nature_of(line, codes) is Nature.UNSAID for line in lines)
    return (*codes.values(), Nature.UNSAID) if unsaid else tuple(codes.values())


def spent_by_nature(spec: Spec, lines: Iterable[SpendLine]) -> dict[Nature, Decimal]:
    """The kronor of the lines."""
    codes = nature_codes(spec)
    found: dict[Nature, list[Decimal]] = defaultdict(list)
    for line in lines:
        found[nature_of(line, codes)].append(line.spent)
    return {nature: added(own) for nature, own in found.items()}


def spent_apart(spec: Spec, lines: Iterable[SpendLine]) -> dict[tuple[str, str, Nature], Decimal]:
    """The kronor by county, verksamhetskod (empty where a line has none) and nature."""
    codes = nature_codes(spec)
    found: dict[tuple[str, str, Nature], list[Decimal]] = defaultdict(list)
    for line in lines:
        found[line.county, _code(line.code), nature_of(line, codes)].append(line.spent)
    return {key: added(own) for key, own in found.items()}


def unknown_by(lines: Iterable[SpendLine], *names: str) -> set[tuple[str, ...]]:
    """Where an amount is u.s., by county and these attributes (empty where a line has none), of
    whatever nature: a sum of all natures with it in is not known."""
    return {_place(line, names) for line in lines if line.outcome is Missing.UNKNOWN}


def unknown_apart(spec: Spec, lines: Iterable[SpendLine], *names: str) -> set[tuple[str, ...]]:
    """The same with the nature last: what is not known of utgift leaves kostnad as known as it is.
    Of a line that does not say its nature none is known."""
    codes = nature_codes(spec)
    found: set[tuple[str, ...]] = set()
    for line in lines:
        if line.outcome is Missing.UNKNOWN:
            own = nature_of(line, codes)
            touched = tuple(Nature) if own is Nature.UNSAID else (own, Nature.ALL)
            found |= {(*_place(line, names), nature) for nature in touched}
    return found


def _place(line: SpendLine, names: Iterable[str]) -> tuple[str, ...]:
    return (line.county, *(_code(getattr(line, name)) for name in names))


def _code(value: object) -> str:
    return value if isinstance(value, str) else ""
