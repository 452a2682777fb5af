"""The tables on the work: goals, how it hangs together, and indicators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.coherence import STEPS, TABLES, Chain, chains, chains_of_no_area
from toolkit.analysis.contradictions import concerns
from toolkit.analysis.counts import decimals_of, indicator_sum, values_of
from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, Need, Where
from toolkit.analysis.outside import outside, said_of
from toolkit.analysis.records import Activity, Goal, IndicatorValue, TextValue
from toolkit.analysis.results import YearResults
from toolkit.analysis.secrecy import Pattern
from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, NOTHING, CellNote, Column, Table
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.roles import (
    ACTIVITY_GOAL,
    ALL_AGES,
    ALL_SEXES,
    GOAL_ID,
    GOAL_OBJECTIVE,
    INDICATOR_AGE,
    INDICATOR_CODE,
    INDICATOR_SEX,
    INDICATOR_VALUE,
    INDICATORS,
    OBJECTIVES,
)
from toolkit.words.amounts import NBSP, format_number
from toolkit.words.swedish import join_and

GOAL_NEEDS: tuple[Need, ...] = (
    EARMARKS,
    EARMARKED_WORK,
    ACTIVITY_GOAL,
    GOAL_ID,
    GOAL_OBJECTIVE,
    OBJECTIVES,
)
INDICATOR_NEEDS: tuple[Need, ...] = (
    INDICATOR_CODE,
    INDICATOR_VALUE,
    INDICATORS,
    Where(INDICATOR_SEX, ALL_SEXES),
    Where(INDICATOR_AGE, ALL_AGES),
)
_SUM = 3  # the column of the sum in the table of indicators


class GoalCount(NamedTuple):
    """How much work there is on one målsättning: all activities, those on the earmarked area, and
    the counties of these."""

    goal: Code
    activities: int
    concerned: int
    counties: int


def goal_counts(results: YearResults) -> list[GoalCount]:
    """A count for each målsättning of the year."""
    by_aim = _by_aim(results)
    counts = []
    for code in results.data.year.spec.list_of(OBJECTIVES).valid_in(results.year):
        own = by_aim[code.code]
        about = [one for one in own if concerns(results.earmark, one)]
        counties = {one.county for one in about}
        counts.append(GoalCount(code, len(own), len(about), len(counties)))
    return counts


def _by_aim(results: YearResults) -> dict[TextValue, list[Activity]]:
    """The activities by the målsättning of their goal."""
    aims = {(goal.county, goal.id): goal.aim for goal in results.data.goals}
    found: dict[TextValue, list[Activity]] = defaultdict(list)
    for one in results.data.activities:
        found[aims.get((one.county, one.goal), Missing.BLANK)].append(one)
    return found


class Unplaced(NamedTuple):
    """The activities that belong to no målsättning of the year: the names of the counties whose
    goals are not known, and how many of the other counties' activities there are."""

    counties: tuple[str, ...]
    others: int


def unplaced(results: YearResults) -> Unplaced:
    """What the table of målsättningar leaves out."""
    codes = {one.code for one in results.data.year.spec.list_of(OBJECTIVES).valid_in(results.year)}
    found = [own for aim, own in _by_aim(results).items() if aim not in codes]
    left = Counter(one.county for one in chain.from_iterable(found))
    unknown = {one.code: one.name for one in results.data.counties if not one.knows(Goal.TABLE)}
    counties = tuple(name for code, name in unknown.items() if code in left)
    return Unplaced(counties, sum(n for code, n in left.items() if code not in unknown))


def goals_are_told(results: YearResults) -> bool:
    """Whether the table of målsättningar can say anything: not where no activity has been placed
    and there are some, or what one who has reported has is not known."""
    if any(one.activities for one in goal_counts(results)):
        return True
    reported = results.data.reported
    known = [one for one in reported if one.knows(Goal.TABLE, Activity.TABLE)]
    return bool(known) and len(known) == len(reported) and not any(unplaced(results))


def goal_table(results: YearResults, texts: Texts) -> Table:
    """Activities by the strategy's målsättning: all, and those on prostitution and trafficking. A
    footnote tells of those that belong to none."""
    is_told, note = goals_are_told(results), left_out_of_goals(results, texts)
    rows = [
        (goal.shown, *(str(n) if is_told else NOT_AVAILABLE for n in counts))
        for goal, *counts in goal_counts(results)
    ]
    columns = [Column(texts("malsattningar.mal"), note)]
    columns += [
        Column(texts(f"malsattningar.{name}"), number=True) for name in ("alla", "pm", "lan")
    ]
    caption, source = texts("malsattningar.rubrik", year=results.year), texts("kalla_lan")
    return Table("malsattningar", caption, tuple(columns), tuple(rows), source)


def left_out_of_goals(results: YearResults, texts: Texts) -> str:
    """Which activities the målsättningar do not take in, in words; nothing where they take in
    all."""
    return " ".join(_left_out(results, texts))


def _left_out(results: YearResults, texts: Texts) -> Iterator[str]:
    counties, others = unplaced(results)
    if counties:
        yield texts("malsattningar.utan_mal", counties=join_and(counties))
    named = {one.code for one in results.data.counties if one.name in counties}
    every = outside(results.data.counties, (Goal.TABLE, Activity.TABLE))
    left = {why: [one for one in codes if one not in named] for why, codes in every.items()}
    others_out = said_of({why: own for why, own in left.items() if own}, results.names, texts)
    if others_out:
        yield texts("malsattningar.utan_lan", counties=others_out)
    if others:
        yield texts("malsattningar.utan_malsattning", count=others)


def coherence_table(results: YearResults, texts: Texts) -> Table:
    """For each county, how many of its activities on the earmarked area have each step of the
    chain; and the sum."""
    found = coherence_by_county(results)
    rows = [(state.name, *_marks(found[state.code], texts)) for state in results.data.counties]
    rows.append((texts("summa"), *_marks(_of_all(found.values()), texts)))
    columns = tuple(Column(texts(f"sammanhang.{name}")) for name in ("lan", *STEPS, "hel"))
    caption, source = texts("sammanhang.rubrik", year=results.year), texts("sammanhang.kalla")
    told = said_of(outside(results.data.counties, TABLES), results.names, texts)
    notes = (CellNote(len(rows) - 1, 0, texts("sammanhang.utan", counties=told)),) if told else ()
    return Table("sammanhang", caption, columns, tuple(rows), source, total=True, notes=notes)


def _of_all(found: Iterable[list[Chain] | None]) -> list[Chain] | None:
    """The chains of all counties that are known; None where none are, and where those that are
    known have none: what is not known may be more than nothing."""
    every = list(found)
    known = list(chain.from_iterable(own for own in every if own is not None))
    return None if not known and None in every else known


def coherence_by_county(results: YearResults) -> dict[str, list[Chain] | None]:
    """The chains of each county on the earmarked area; None where the tables that they go through
    are not known, or where all that there is may be of another area."""
    own: dict[str, list[Chain]] = defaultdict(list)
    for one in chains(results.data, results.earmark):
        own[one.county].append(one)
    loose = {one.county for one in chains_of_no_area(results.data, results.earmark)} - own.keys()
    return {
        state.code: own[state.code] if state.knows(*TABLES) and state.code not in loose else None
        for state in results.data.counties
    }


def _marks(found: Sequence[Chain] | None, texts: Texts) -> list[str]:
    """A word and the counts behind it for each step, and for the whole chain."""
    if not found:
        return [NOT_AVAILABLE if found is None else NOTHING] * (len(STEPS) + 1)
    return [_mark(found, steps, texts) for steps in (*((step,) for step in STEPS), STEPS)]


def _mark(found: Sequence[Chain], steps: Sequence[str], texts: Texts) -> str:
    """Of the chains of which it is known whether they have these steps."""
    known = [one for one in found if one.is_known(steps)]
    count = sum(one.holds(steps) for one in known)
    if not count and len(known) < len(found):
        return NOT_AVAILABLE
    word = "nagra" if count else "ingen"
    key = f"sammanhang.{'alla' if count == len(known) else word}"
    return texts(key, count=count, of=len(known))


def indicator_table(results: YearResults, texts: Texts) -> Table:
    """Every indicator that anyone has reported: how many counties, and the sum. Nothing is told
    of an indicator that is withheld."""
    rows: list[tuple[str, ...]] = []
    notes: list[CellNote] = []
    for found in indicators(results):
        if found.pattern.withheld:
            notes.append(CellNote(len(rows), _SUM, texts("indikatorer.undantagen")))
        elif found.printed == IMPOSSIBLE and IMPOSSIBLE not in {row[_SUM] for row in rows}:
            notes.append(CellNote(len(rows), _SUM, texts("indikatorer.summeras_inte")))
        rows.append(_indicator_row(found))
    columns = [Column(texts(f"indikatorer.{name}")) for name in ("indikator", "enhet")]
    columns += [
        Column(texts(f"indikatorer.{name}"), number=True) for name in ("lan", "summa", "us")
    ]
    caption, source = texts("indikatorer.rubrik", year=results.year), texts("indikatorer.kalla")
    return Table("indikatorer", caption, tuple(columns), tuple(rows), source, notes=tuple(notes))


@dataclass(frozen=True, slots=True)
class Indicator:
    """What all counties together have reported of one indicator, and what of it is printed."""

    code: Code
    values: tuple[IndicatorValue, ...]
    pattern: Pattern

    @property
    def known(self) -> list[IndicatorValue]:
        """The values that are numbers."""
        return [one for one in self.values if isinstance(one.value, Decimal)]

    @property
    def total(self) -> Decimal | None:
        """The sum; None where none is printed."""
        if self.pattern.withheld or not self.known or self.code.as_indicator.is_rate:
            return None
        return indicator_sum(self.code, ((one.county, one.value) for one in self.values))

    @property
    def printed(self) -> str:
        """The sum as it is printed: two full stops where nobody knows, or where it would give away
        how few persons a county has; one where shares or means would be added up."""
        return self.printed_with(decimals_of(self.code))

    def printed_with(self, decimals: int) -> str:
        """The same with other decimals than its own."""
        if self.pattern.withheld or not self.known:
            return NOT_AVAILABLE
        return IMPOSSIBLE if self.total is None else format_number(self.total, decimals)


def indicators(results: YearResults) -> list[Indicator]:
    """Every indicator of the year that anyone has reported, in the order of the list."""
    spec = results.data.year.spec
    found = []
    for code in spec.list_of(INDICATORS).valid_in(results.year):
        own = values_of(results.data.indicators, code.code, spec)
        if own:
            found.append(Indicator(code, tuple(own), results.pattern(code)))
    return found


def _indicator_row(found: Indicator) -> tuple[str, ...]:
    named = (f"{found.code.code}{NBSP}{found.code.label}", found.code.as_indicator.unit)
    if found.pattern.withheld:
        # That one county has reported would say whose the hidden number is.
        return (*named, *[NOT_AVAILABLE] * 3)
    counties = {one.county for one in found.known}
    unknown = sum(one.value is Missing.UNKNOWN for one in found.values)
    return (*named, str(len(counties)), found.printed, str(unknown or NOTHING))
