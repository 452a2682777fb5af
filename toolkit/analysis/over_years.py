"""Several years' results beside each other: what goes on, begins and ends, and what was not there
to be told yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from toolkit.analysis.contradictions import concerns
from toolkit.analysis.earmarks import VERDICT_NEEDS
from toolkit.analysis.money_tables import CODE_NEEDS
from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, Need, lacking
from toolkit.analysis.records import Activity
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import ReturnState
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.model import Earmark
from toolkit.spec.roles import ACTIVITY_KIND, ACTIVITY_KINDS, OBJECTIVES, RESPONDENTS, ListRole

ON_AREA: tuple[Need, ...] = (EARMARKS, EARMARKED_WORK)
"""What a year asks for that tells which activities are on the area."""
KIND_NEEDS: tuple[Need, ...] = (*ON_AREA, ACTIVITY_KIND, ACTIVITY_KINDS)
"""What it asks for that tells of which kind they are."""
SEPARATE_NEEDS: tuple[Need, ...] = (*VERDICT_NEEDS, *CODE_NEEDS)
"""What it asks for that tells whether the area is reported apart."""

_PERIOD = re.compile(r"\b(20\d\d)\s?[–-]\s?(20\d\d)\b")
_NOT_THERE = frozenset((ReturnState.MISSING, ReturnState.UNTREATED))


YearCount = int | Missing | None
"""Of a year: None where there was nothing to count, UNKNOWN where nobody's rows are known."""


class KindShift(NamedTuple):
    """The counties that have work of a kind in the last year and had none in the first, and the
    other way round, by their codes in order."""

    kind: Code
    begun: tuple[str, ...]
    ended: tuple[str, ...]


class KindCounts(NamedTuple):
    """Activities on the area of one kind, for each year; None where the year had no such kind, or
    did not ask for kinds, and UNKNOWN where no county's activities are known."""

    kind: Code
    counts: tuple[YearCount, ...]

    def at(self, place: int) -> int:
        """The activities that are known of a year."""
        count = self.counts[place]
        return count if isinstance(count, int) else 0


class StrategyPeriod(NamedTuple):
    """A strategy or plan whose title says for which years it is, with the years whose returns tell
    of it."""

    county: str
    title: str
    first: int
    last: int
    told: tuple[int, ...]


class ObjectivePeriod(NamedTuple):
    """Objectives of the strategy that begin and end together; the years are None where the list
    sets no end."""

    first: int | None
    last: int | None
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class SeveralYears:
    """The results of some years, the oldest first; at least one. `absent` are years within them
    that have no folder with returns."""

    results: tuple[YearResults, ...]
    absent: tuple[int, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years, in order."""
        return tuple(one.year for one in self.results)

    @property
    def newest(self) -> YearResults:
        """The last year, whose texts and names are used."""
        return self.results[-1]

    @property
    def span(self) -> str:
        """`2017–2020`; one year by itself."""
        first, last = self.years[0], self.years[-1]
        return f"{first}–{last}" if first != last else str(last)

    def asking(self, needs: Sequence[Need]) -> tuple[YearResults, ...]:
        """The years that ask for all that something needs."""
        return tuple(one for one in self.results if asks(one, needs))

    def ends(self, needs: Sequence[Need]) -> SeveralYears | None:
        """The first and the last year that ask for something, which are compared; None where fewer
        than two do."""
        found = self.asking(needs)
        return SeveralYears((found[0], found[-1])) if len(found) > 1 else None

    @cached_property
    def earmark(self) -> Earmark | None:
        """The area that the report is about: that of the newest year that has any."""
        found = self.asking((EARMARKS,))
        return found[-1].earmark if found else None

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The counties' names by code: as the newest year that has them calls them."""
        found: dict[str, str] = {}
        for one in self.results:
            found |= {county.code: county.name for county in one.data.counties}
        return found

    def list_codes(self, role: ListRole) -> list[Code]:
        """Every code that some of the years has, in the order of the newest list; those that it has
        not come last."""
        held = [one for one in reversed(self.results) if one.data.year.spec.bound.has(role)]
        found: dict[str, Code] = {}
        for one in held:
            for code in one.data.year.spec.list_of(role).valid_in(one.year):
                found.setdefault(code.code, code)
        if not held:
            return []
        order = list(held[0].data.year.spec.list_of(role).by_code)
        return sorted(found.values(), key=lambda code: _place(order, code.code))

    def called(
        self, role: ListRole, code: str, among: Sequence[YearResults]
    ) -> dict[str, list[int]]:
        """What some of the years call a code that the newest of them calls otherwise, and these
        years."""
        own = {
            one.year: one.data.year.spec.list_of(role).by_code[code].name
            for one in among
            if exists(one, role, code)
        }
        newest = own[max(own)] if own else ""
        found: dict[str, list[int]] = {}
        for year, name in own.items():
            if name != newest:
                found.setdefault(name, []).append(year)
        return found

    @property
    def renamed(self) -> Iterator[tuple[Code, str, list[int]]]:
        """Those who report and were called otherwise in some years."""
        for code in self.list_codes(RESPONDENTS):
            for name, years in self.called(RESPONDENTS, code.code, self.results).items():
                yield code, name, years


def _place(order: Sequence[str], code: str) -> int:
    return order.index(code) if code in order else len(order)


def asks(result: YearResults, needs: Sequence[Need]) -> bool:
    """Whether a year asks for all that something needs."""
    return not lacking(result.data.year.spec, needs)


def exists(result: YearResults, role: ListRole, code: str) -> bool:
    """Whether the year has a code: what was not there to be chosen is not nothing."""
    spec = result.data.year.spec
    if not spec.bound.has(role):
        return False
    known = spec.list_of(role).by_code.get(code)
    return known is not None and known.is_valid_in(result.year)


# -------------------------------------------------------------------------------------- the returns
def not_sent(result: YearResults) -> list[str]:
    """The counties without a return that could be read."""
    return [one.code for one in result.data.counties if one.verdict in _NOT_THERE]


def with_state(result: YearResults, state: ReturnState) -> list[str]:
    """The counties whose return stands so."""
    return [one.code for one in result.data.counties if one.verdict is state]


def known_in(result: YearResults, table: str) -> set[str]:
    """The counties whose rows of a table are known."""
    return {one.code for one in result.data.counties if one.knows(table)}


def counted(result: YearResults, table: str, count: int) -> YearCount:
    """A count of rows: nothing that nobody could be seen to have is not known to be nothing."""
    return count if count or known_in(result, table) else Missing.UNKNOWN


def always_there(several: SeveralYears, table: str) -> list[str]:
    """The counties whose rows of a table are known in every year."""
    known = [known_in(result, table) for result in several.results]
    return [code for code in several.names if all(code in some for some in known)]


# ----------------------------------------------------------------------------------------- the work
def area_of(several: SeveralYears, result: YearResults) -> Earmark | None:
    """The report's area as a year has it; None where the year has none of that id, whatever else it
    has."""
    own = several.earmark
    areas = result.data.year.spec.earmarks
    return next((area for area in areas if own and area.id == own.id), None)


def about(several: SeveralYears, result: YearResults) -> list[Activity] | None:
    """The activities on the area that the report is about; None in a year that does not tell."""
    area = area_of(several, result)
    if area is None or not asks(result, ON_AREA):
        return None
    return [one for one in result.data.activities if concerns(area, one)]


def kind_counts(several: SeveralYears) -> list[KindCounts]:
    """Every kind that some county has had, in the order of the list."""
    own = [_kinds(several, result) for result in several.results]
    found = []
    for code in several.list_codes(ACTIVITY_KINDS):
        counts: list[YearCount] = []
        for result, kinds in zip(several.results, own, strict=True):
            if kinds is None or not exists(result, ACTIVITY_KINDS, code.code):
                counts.append(None)
            else:
                counts.append(counted(result, Activity.TABLE, kinds.count(code.code)))
        found.append(KindCounts(code, tuple(counts)))
    return [one for one in found if any(one.counts)]


def _kinds(several: SeveralYears, result: YearResults) -> list[object] | None:
    work = about(several, result)
    if work is None or not asks(result, KIND_NEEDS):
        return None
    return [one.kind for one in work]


def shifts(ends: SeveralYears) -> list[KindShift]:
    """What began and ended between the first year and the last, of the counties whose activities
    are known in both; kinds without a change are left out."""
    first, last = ends.results[0], ends.results[-1]
    known = set(always_there(ends, Activity.TABLE))
    found = []
    for code in ends.list_codes(ACTIVITY_KINDS):
        if exists(first, ACTIVITY_KINDS, code.code) and exists(last, ACTIVITY_KINDS, code.code):
            before, after = (_with_kind(ends, one, code.code) & known for one in (first, last))
            found.append(
                KindShift(code, tuple(sorted(after - before)), tuple(sorted(before - after)))
            )
    return [one for one in found if one.begun or one.ended]


def _with_kind(several: SeveralYears, result: YearResults, kind: str) -> set[str]:
    return {one.county for one in about(several, result) or () if one.kind == kind}


def periods(several: SeveralYears) -> list[StrategyPeriod]:
    """The activities whose title says for which years something is, once for each county and
    title, in the order of the counties."""
    told: dict[tuple[str, str], list[int]] = {}
    for result in several.results:
        for one in result.data.activities:
            if isinstance(one.title, str) and _PERIOD.search(one.title):
                told.setdefault((one.county, one.title), []).append(result.year)
    found = []
    for (county, title), years in sorted(told.items()):
        first, last = _PERIOD.findall(title)[0]
        found.append(
            StrategyPeriod(county, title, int(first), int(last), tuple(dict.fromkeys(years)))
        )
    return found


def objective_periods(several: SeveralYears) -> list[ObjectivePeriod]:
    """The strategy's objectives by the years that they are for, the oldest first."""
    groups: dict[tuple[int | None, int | None], list[Code]] = {}
    for code in several.list_codes(OBJECTIVES):
        groups.setdefault((code.valid_from, code.valid_to), []).append(code)
    found = [ObjectivePeriod(*years, tuple(codes)) for years, codes in groups.items()]
    return sorted(found, key=lambda one: one.first or 0)
