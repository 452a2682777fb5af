"""What the chapters may ask of the data: which counties, how many, how much, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.coherence import TABLES
from toolkit.analysis.counts import values_of
from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import MergedRow
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import ReturnState, TableState
from toolkit.analysis.targets import Targets, targets_of
from toolkit.analysis.work_tables import Indicator
from toolkit.findings.texts import Texts
from toolkit.report.heldback import HeldBack
from toolkit.report.inorder import InOrder
from toolkit.report.matching import Wanted, accepted, fits
from toolkit.report.unanswered import chains_held, chains_open, may_have
from toolkit.report.unprinted import Unprinted
from toolkit.spec.roles import AREA_CODES, INDICATORS
from toolkit.words.sources import cite
from toolkit.words.swedish import capitalise, is_few, join_and, number_word, quantifier, sort_key

_PHRASES = {
    "ingen": "ingen",
    "en": "en",
    "samtliga": "samtliga",
    "nästan alla": "nastan_alla",
    "merparten": "merparten",
    "majoriteten": "majoriteten",
    "hälften": "halften",
    "flera": "flera",
    "några": "nagra",
    "ett fåtal": "ett_fatal",
}
_OF_SOME = {"ingen": ("ingen_kand", "ingen_av"), "samtliga": ("bada_av", "samtliga_av")}
"""What is said of none and of all where not all counties are known: of at most a few, and of
more."""
_BASE_IN_WORDS = {"samtliga", "samtliga_av", "ingen_av"}
_SAME = "fraser.samma"
_FEWEST = {"ingen": 1, "samtliga": 2}
_NAMED = 6  # counties that a footnote names; of more it tells the number
_NAMED_IN_TEXT = 4  # that a sentence names behind `flera`, `några` and `ett fåtal`


class Marked(str):
    """Text that is Markdown already, and is not to be made harmless."""

    __slots__ = ()


class Counties(InOrder[str]):
    """A set of county codes with the counties that could have been in it: the base of its
    quantifier. `unknown` are those of whom nobody knows whether they are in it: they are not in the
    base either. `asked` are the table and what was wanted of its rows, where that is how they were
    found."""

    base: InOrder[str]
    unknown: InOrder[str] = InOrder()
    asked: tuple[str, Wanted] | None = None

    @classmethod
    def among(cls, members: Iterable[str], base: InOrder[str]) -> Counties:
        """The members that belong to the base, in its order."""
        wanted = frozenset(members)
        made = cls(one for one in base if one in wanted)
        made.base = base
        return made

    @classmethod
    def known(cls, members: Iterable[str], base: InOrder[str], unsure: Iterable[str]) -> Counties:
        """The same, where of some it is not known whether they are members."""
        sure = frozenset(members)
        unknown = frozenset(unsure) - sure
        made = cls.among(sure, base - unknown)
        made.unknown = InOrder(one for one in base if one in unknown)
        return made


@dataclass(frozen=True)
class Facts:
    """The chapters' view of one year. Sets of counties are sets of county codes."""

    results: YearResults
    texts: Texts

    @property
    def data(self) -> Dataset:
        """The merged data."""
        return self.results.data

    @cached_property
    def reported(self) -> InOrder[str]:
        """The counties that have reported: the base of every quantifier."""
        return InOrder(county.code for county in self.data.reported)

    @cached_property
    def everyone(self) -> Counties:
        """All that there are, whether they have reported or not, in the order of their list."""
        every = InOrder(county.code for county in self.data.counties)
        return Counties.among(every, every)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {county.code: county.name for county in self.data.counties}

    def rows(self, table: str, **wanted: object) -> list[MergedRow]:
        """The rows of a table whose fields have the given values (one, or a list of accepted ones;
        true for any answer, false for none). A field with several answers matches when one of them
        is wanted; of a count that is not printed only that there is one, and of an indicator that
        is withheld nothing. The chapters name table and fields by their ids in the spec."""
        every = self.data.rows(table)
        found: Iterable[MergedRow] = (row for row in every if self.unprinted.names(row))
        for name, value in wanted.items():
            every_one = accepted(value, self.data.year.spec.unknown)
            found = [row for row in found if fits(self.seen(table, row, name), every_one)]
        return list(found)

    def seen(self, table: str, row: MergedRow, field: str) -> object:
        """A value as far as it may be told; see `Unprinted.seen`."""
        return self.unprinted.seen(table, row, field)

    @cached_property
    def unprinted(self) -> Unprinted:
        """The counts of persons that are hidden."""
        return Unprinted(self.results)

    @cached_property
    def held(self) -> HeldBack:
        """The counties' texts that would tell them."""
        return HeldBack(self.unprinted)

    def base_of(self, *tables: str) -> InOrder[str]:
        """The counties whose tables could be merged, or who said that there is nothing to report in
        them."""
        return InOrder(county.code for county in self.data.reported if county.knows(*tables))

    def known(self, *tables: str) -> Counties:
        """The counties whose tables are known, of all that there are."""
        return Counties.among(self.base_of(*tables), self.everyone.base)

    def broad(self, *asked: str | Counties) -> bool:
        """Whether these tables, and what some counties were found by, are known of more than half
        of those who have reported: of fewer no judgement is passed on all."""
        tables = [one for one in asked if isinstance(one, str)]
        bases = [one.base for one in asked if isinstance(one, Counties)]
        known = min(map(len, [*bases, self.base_of(*tables)]))
        return known * 2 > len(self.reported)

    def withheld(self, *tables: str) -> Counties:
        """The counties that have reported one of these tables, with errors that keep it out: what
        stands there is not known, and not nothing."""
        found = (
            state.code
            for state in self.data.reported
            if any(state.state_of(one) is TableState.BLOCKED for one in tables)
        )
        return self.among_reported(found)

    @staticmethod
    def most(counties: Counties) -> bool:
        """Whether it is more than half of those that it could be: what a heading that speaks of
        many hangs on, as the word in the sentence below it does."""
        return len(counties) * 2 > len(counties.base)

    @staticmethod
    def few(counties: Counties) -> bool:
        """Whether it is but a few of those that it could be, and not none."""
        return is_few(len(counties), len(counties.base))

    def counties(self, table: str, **wanted: object) -> Counties:
        """The counties with at least one such row."""
        found = (row.county for row in self.rows(table, **wanted))
        unsure = may_have(self.unprinted, table, wanted)
        made = Counties.known(found, self.base_of(table), unsure)
        made.asked = (table, wanted)
        return made

    def without(self, counties: Counties, *tables: str) -> Counties:
        """The counties that could have been among these and are not. Those that have declared that
        there is nothing to report in one of the tables lack nothing: they are not among them."""
        others = counties.base - counties - self.nothing_in(*tables)
        return Counties.among(others, counties.base)

    @staticmethod
    def apart_from(counties: Counties, others: Counties) -> Counties:
        """Some counties but for others, of whom nothing is said: neither that, nor that not."""
        return Counties.among(counties - others, counties.base - others)

    def nothing_in(self, *tables: str) -> Counties:
        """The counties that have declared that they have nothing to report in one of the tables."""
        found = {
            state.code
            for state in self.data.reported
            if any(state.state_of(table) is TableState.NIL for table in tables)
        }
        return Counties.among(found, self.base_of(*tables))

    @cached_property
    def targets(self) -> Targets:
        """How the indicators' numbers stand to their targets."""
        return targets_of(self.data.indicators, self.results.counted_anew)

    def among_reported(self, codes: Iterable[str]) -> Counties:
        """These counties, among all that have reported."""
        return Counties.among(codes, self.reported)

    def with_verdict(self, *verdicts: str) -> Counties:
        """The counties with one of these verdicts on the earmark, of those that have any: of one
        that cannot be judged, or whose answer is held back, it is not known."""
        found = {one.county for one in self.results.verdicts if one.verdict in verdicts}
        return Counties.among(found, self.reported - (self.results.undecided - found))

    def coherent(self) -> Counties:
        """The counties where at least one chain lägesbild → mål → aktivitet → indikator on the
        earmarked area hangs together."""
        held, unsure = chains_held(self.results), chains_open(self.results)
        return Counties.known(held, self.base_of(*TABLES), unsure)

    def phrase(self, own: Counties, *named: Counties) -> str:
        """`merparten av länsstyrelserna (14 av 20)`; few are named. None and all are said of the
        whole country only where every county is known. Of the sets that follow, which the sentence
        has named already, the last may be the same county: it is not named again."""
        if len(own) == 1 and own in named[-1:] and _SAME in self.texts.entries:
            return self.texts(_SAME)
        names = self._sorted(own)
        said = {"name": names[0] if names else "", "names": join_and(names)}
        base = len(own.base)
        key = self._phrase_key(own, base)
        total = number_word(base) if key in _BASE_IN_WORDS else base
        return self.texts(f"fraser.{key}", **said, count=len(own), base=total)

    def short(self, own: Counties, *named: Counties) -> str:
        """The same where länsstyrelser have just been named: `merparten (14 av 20)`."""
        return self._form("kort", own) or self.phrase(own, *named)

    def fraction(self, own: Counties) -> str:
        """The same as a fraction: `14 av 20 länsstyrelser`."""
        return self._form("brak", own) or self.phrase(own)

    def compared(self, own: Counties, *named: Counties) -> str:
        """The same of those who have both of two numbers: all and none are said of them alone."""
        return self._form("jamfort", own) or self.short(own, *named)

    def compared_at_start(self, own: Counties) -> str:
        """The same, as a sentence begins."""
        return capitalise(self._form("jamfort", own) or self.phrase(own))

    def _form(self, form: str, own: Counties) -> str:
        """A set of counties in another form; empty where the year has none for it."""
        base = len(own.base)
        key = self._phrase_key(own, base)
        if f"{form}.{key}" not in self.texts.entries:
            return ""
        total = number_word(base) if key in _BASE_IN_WORDS else base
        return self.texts(f"{form}.{key}", count=len(own), base=total)

    def _phrase_key(self, own: Counties, base: int) -> str:
        if len(own) == 1:
            return "en"
        word = quantifier(len(own), base)
        if word in _OF_SOME and base < len(self.data.counties):
            return _OF_SOME[word][base > _FEWEST[word]]
        few = word in {"flera", "några", "ett fåtal"} and len(own) <= _NAMED_IN_TEXT
        return f"{_PHRASES[word]}_namn" if few else _PHRASES[word]

    def _sorted(self, codes: Iterable[str]) -> list[str]:
        """The counties' names in Swedish order."""
        return sorted((self._names[code] for code in codes), key=sort_key)

    def at_start(self, counties: Counties, *named: Counties) -> str:
        """The same, as a sentence begins."""
        return capitalise(self.phrase(counties, *named))

    def named(self, counties: Iterable[str]) -> str:
        """`länsstyrelserna Kalmar, Skåne och Örebro` in Swedish order."""
        names = self._sorted(counties)
        if len(names) == 1:
            return self.texts("fraser.en", name=names[0])
        return self.texts("fraser.namngivna", names=join_and(names))

    def left_out(self, *tables: str) -> Marked:
        """A footnote on the counties that are not in the base of these tables, and why; nothing
        when all are."""
        known = self.base_of(*tables)
        absent, untreated, broken = self._apart(known)
        said = [self._absent(absent)] if absent else []
        if untreated:
            said.append(self.texts("bortfall.obehandlad", names=self.named(untreated)))
        said += self._broken(broken, tables)
        return Marked(f"^[{' '.join(said)}]" if said else "")

    def _broken(self, codes: Sequence[str], tables: Sequence[str]) -> Iterator[str]:
        """A sentence for each set of counties with errors in the same tables."""
        states = {state.code: state for state in self.data.counties}
        whose: dict[tuple[str, ...], list[str]] = {}
        for code in codes:
            spoiled = tuple(one for one in tables if not states[code].state_of(one).usable)
            whose.setdefault(spoiled, []).append(code)
        for spoiled, own in whose.items():
            labels = [self.data.year.spec.tables[table].label.lower() for table in spoiled]
            yield self.texts("bortfall.fel", names=self.named(own), tables=join_and(labels))

    def _apart(self, known: Collection[str]) -> tuple[list[str], list[str], list[str]]:
        """The counties that are not known: those that have sent nothing, those whose file our own
        code failed on, and those whose tables have errors."""
        apart: dict[ReturnState, list[str]] = {ReturnState.MISSING: [], ReturnState.UNTREATED: []}
        broken: list[str] = []
        for state in self.data.counties:
            if state.code not in known:
                apart.get(state.verdict, broken).append(state.code)
        return apart[ReturnState.MISSING], apart[ReturnState.UNTREATED], broken

    def _absent(self, codes: Sequence[str]) -> str:
        """By name, but no long list."""
        every = len(self.data.counties)
        if len(codes) == every:
            return self.texts("bortfall.alla", all=every)
        if len(codes) > _NAMED:
            return self.texts("bortfall.manga", count=number_word(len(codes)), all=every)
        return self.texts("bortfall.saknas", names=self.named(codes))

    @property
    def apart_since(self) -> int | None:
        """The first year of the earmark's own code; None where it has always been."""
        spec = self.data.year.spec
        if not (spec.earmarks and spec.bound.has(AREA_CODES)):
            return None
        code = spec.list_of(AREA_CODES).by_code.get(self.results.earmark.code)
        return code.valid_from if code else None

    @cached_property
    def years(self) -> list[int]:
        """The years whose appropriation and spend are both known."""
        series = self.results.series
        return [
            year
            for year in series.years
            if series.printed(year, "anslag") and series.printed(year, "utgifter")
        ]

    def figure(self, year: int, item: str) -> Decimal:
        """A figure of the series that is printed. Raises KeyError when there is none."""
        found = self.results.series.printed(year, item)
        if found is None:
            raise KeyError(f"{item} {year}")
        return found.amount

    def sources(self, item: str, *years: int) -> Marked:
        """A footnote on the sources of an item's figures in some years."""
        named = cite(self.results.series.sources(years, item))
        return Marked(f"^[{named}]" if named else "")

    def spent(self, *, over: bool) -> str:
        """The years in which more than the appropriation was spent, or less: `2018, 2019 och
        2020`."""
        found = []
        for year in self.years:
            gap = self.figure(year, "utgifter") - self.figure(year, "anslag")
            if gap and (gap > 0) == over:
                found.append(str(year))
        return join_and(found)

    def commonest(self, table: str, field: str, **wanted: object) -> InOrder[str]:
        """The codes that most rows have in a field, in the order of the rows; none where there are
        no rows."""
        values = (row[field] for row in self.rows(table, **wanted))
        counts = Counter(value for value in values if isinstance(value, str))
        most = max(counts.values(), default=0)
        return InOrder(code for code, count in counts.items() if count == most)

    def total_of(self, indicator: str) -> str:
        """The sum of an indicator over the counties, as its table prints it; nothing where it is
        not printed. Raises KeyError for a code that the year has not."""
        spec = self.data.year.spec
        code = spec.list_of(INDICATORS).by_code[indicator]
        values = values_of(self.data.indicators, indicator, spec)
        found = Indicator(code, tuple(values), self.results.pattern(code))
        return "" if found.total is None else found.printed
