"""The money of several years: kronor that are known, and how the counties report the area apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from toolkit.analysis.earmarks import EarmarkVerdict, undecided
from toolkit.analysis.money_tables import ABSENT, CODE_NEEDS, earmark_kr
from toolkit.analysis.natures import nature_codes, spent_apart, spent_by_nature, unknown_apart
from toolkit.analysis.needs import lacking
from toolkit.analysis.outside import OutsideSum, outside, outside_sum, unknown_of
from toolkit.analysis.over_years import SEPARATE_NEEDS, SeveralYears, area_of, asks, exists
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature, Verdict
from toolkit.analysis.sums import added, is_something
from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.roles import AREA_CODES, SPEND

Kronor = Decimal | Missing | None
"""Of a year: None where there was nothing to tell of, UNKNOWN where it is not known."""


def natures_in(several: SeveralYears) -> tuple[Nature, ...]:
    """Every nature that amounts of some year are of, in the order of the newest."""
    found: dict[Nature, None] = {}
    for result in reversed(several.asking(CODE_NEEDS)):
        found |= dict.fromkeys(result.natures)
    return tuple(found)


def tells(result: YearResults, nature: Nature) -> bool:
    """Whether a year tells of a nature: one that does not tell utgift from kostnad has all amounts
    together, and has neither of the two."""
    spec = result.data.year.spec
    is_apart = bool(nature_codes(spec))
    return not lacking(spec, CODE_NEEDS) and is_apart == (nature is not Nature.ALL)


def spent_on(several: SeveralYears, code: Code, nature: Nature) -> list[Kronor]:
    """Kronor of one nature on a verksamhetskod, for each year, of the counties that know all theirs
    on it."""
    found: list[Kronor] = []
    for result in several.results:
        there = tells(result, nature) and exists(result, AREA_CODES, code.code)
        found.append(_on_code(result, code.code, nature) if there else None)
    return found


def _on_code(result: YearResults, code: str, nature: Nature) -> Kronor:
    spent = spent_apart(result.data.year.spec, result.data.spend)
    unknown = unknown_apart(result.data.year.spec, result.data.spend, "code")
    doubtful = {county for county, *own in unknown if own == [code, nature]}
    amount = added(
        kr
        for (county, held, one), kr in spent.items()
        if (held, one) == (code, nature) and county not in doubtful
    )
    # That there is nothing has been said by nobody where somebody does not know, or none is known.
    is_known = is_something(amount) or (_usable(result) and not doubtful)
    return amount if is_known else Missing.UNKNOWN


def reported(result: YearResults, nature: Nature) -> Kronor:
    """Kronor of one nature over the counties that know all theirs; None where the year does not
    tell of it."""
    if not tells(result, nature):
        return None
    unsure = {county for county, own in _unsure(result) if own == nature}
    if not _usable(result) - unsure:
        return Missing.UNKNOWN
    lines = [line for line in result.data.spend if line.county not in unsure]
    return spent_by_nature(result.data.year.spec, lines).get(nature, Decimal(0))


def _usable(result: YearResults) -> set[str]:
    return {one.code for one in result.data.counties if one.spend_state.usable}


def _unsure(result: YearResults) -> set[tuple[str, ...]]:
    """The counties that do not know all of a nature, with these natures."""
    return unknown_apart(result.data.year.spec, result.data.spend)


def spend_left_out(result: YearResults) -> OutsideSum:
    """Whom the sum of a year's kronor leaves out."""
    return outside(result.data.counties, (SPEND,), unknown_of(_unsure(result), result.natures))


def verdicts_of(several: SeveralYears, result: YearResults) -> Sequence[EarmarkVerdict]:
    """A year's verdicts on the report's area; none where it does not ask for what they need."""
    own = several.earmark
    if own is None or not asks(result, SEPARATE_NEEDS):
        return ()
    return next((found for area, found in result.areas if area.id == own.id), ())


def is_asked_later(several: SeveralYears, result: YearResults) -> bool:
    """Whether a year has the area's code, though the area was to be reported apart only later: what
    stands on the code is told, and no county is judged."""
    area = area_of(several, result)
    return (
        area is not None and result.year < area.valid_from and exists(result, AREA_CODES, area.code)
    )


def verdict_counts(several: SeveralYears) -> dict[Verdict, list[int | None]]:
    """How many counties have each verdict, for each year; the worst first. None for a year in which
    nobody was judged. Verdicts that nobody has are left out."""
    found = {}
    for verdict in Verdict:
        counts = [_held(several, result, verdict) for result in several.results]
        if any(counts):
            found[verdict] = counts
    return found


def _held(several: SeveralYears, result: YearResults, verdict: Verdict) -> int | None:
    found = verdicts_of(several, result)
    # The code was there: to call it impossible would contradict the kronor on it.
    if not found or (is_asked_later(several, result) and verdict not in ABSENT):
        return None
    return sum(one.verdict is verdict for one in found)


def undecided_in(several: SeveralYears, result: YearResults) -> Collection[str]:
    """The counties of which it is not known, of a year, how they report the area."""
    return undecided(result.data, verdicts_of(several, result))


def area_left_out(several: SeveralYears, result: YearResults, part: str) -> OutsideSum:
    """Whom the kronor for the area leave out, on its own code (`own`) or on others (`traced`)."""
    verdicts = verdicts_of(several, result)
    return outside_sum(result.data.counties, verdicts, result.natures, part)


def area_spend(several: SeveralYears, nature: Nature, part: str) -> list[Kronor]:
    """Kronor of one nature for the area, `own` or `traced`, for each year, over the counties that
    know all theirs; None where there are no verdicts at all, or the year does not tell of that
    nature."""
    found: list[Kronor] = []
    for result in several.results:
        verdicts = verdicts_of(several, result)
        there = verdicts and tells(result, nature)
        found.append(_of_area(result, verdicts, nature, part) if there else None)
    return found


def _of_area(
    result: YearResults, verdicts: Sequence[EarmarkVerdict], nature: Nature, part: str
) -> Kronor:
    usable = _usable(result)
    known = [one for one in verdicts if one.county in usable and getattr(one.knows(nature), part)]
    amounts = [getattr(one.of(nature), part) for one in known]
    told = [earmark_kr(one, kr) for one, kr in zip(known, amounts, strict=True)]
    if not known or (part == "own" and all(one == NOT_AVAILABLE for one in told)):
        return Missing.UNKNOWN
    return added(amounts)
