"""What the chapters may ask of the data: which counties, how many, how much, and in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from toolkit.analysis.coherence import TABLES, chains
from toolkit.analysis.merge import Dataset
from toolkit.analysis.reconcile import EarmarkVerdict
from toolkit.analysis.tables import NOT_AVAILABLE, USABLE, Money, printed_indicator
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.staff.editorial import Candidate, Choice, Editorial, worded
from toolkit.words.amounts import format_kr, format_mnkr, format_number, format_percent
from toolkit.words.swedish import (
    capitalise,
    genitive,
    join_and,
    number_at_start,
    number_word,
    quantifier,
    sort_key,
)

_PHRASES = {
    "ingen": "ingen",
    "en": "en",
    "samtliga": "samtliga",
    "nästan alla": "nastan_alla",
    "merparten": "merparten",
    "majoriteten": "majoriteten",
    "flera": "flera",
    "några": "nagra",
    "ett fåtal": "ett_fatal",
}


_NAMED = 6  # counties that a footnote names; of more it tells the number
_VERBS = (
    "rapporterar",
    "uppger",
    "framhaller",
    "lyfter",
)  # in turn, so that no two examples in a row sound alike


@dataclass(frozen=True, slots=True)
class Example:
    """A county's good example: `text` goes on from the county's name. `said` brings it in,
    `rapporterar länsstyrelsen Kalmar att den`, once it has been chosen."""

    code: str
    county: str
    title: str
    text: str
    activity: str = ""
    said: str = ""

    @property
    def key(self) -> str:
        """`12:A3`: the county and its activity."""
        return f"{self.code}:{self.activity}"


@dataclass(frozen=True, slots=True)
class Waived:
    """Something that the agency has set aside in a county's return: what, where, and the decision
    in words."""

    code: str
    county: str
    what: str
    place: str
    decision: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A county's answer to a question about its return: what was asked, where, and the answer."""

    code: str
    county: str
    what: str
    place: str
    answer: str


class Marked(str):
    """Text that is Markdown already, and is not to be made harmless."""

    __slots__ = ()


class Counties(frozenset[str]):
    """A set of county codes with the counties that could have been in it: the base of its
    quantifier."""

    base: frozenset[str]

    @classmethod
    def among(cls, members: Iterable[str], base: frozenset[str]) -> Counties:
        """The members that belong to the base."""
        made = cls(frozenset(members) & base)
        made.base = base
        return made


@dataclass
class Facts:
    """The chapters' view of one year. Sets of counties are sets of county codes."""

    money: Money
    texts: Texts
    desk: Editorial = field(default_factory=Editorial)

    @property
    def data(self) -> Dataset:
        """The merged data."""
        return self.money.data

    @cached_property
    def reported(self) -> frozenset[str]:
        """The counties that have reported: the base of every quantifier."""
        return frozenset(county.code for county in self.data.reported)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {county.code: county.name for county in self.data.counties}

    def rows(self, table: str, **wanted: Any) -> list[Mapping[str, Any]]:
        """The rows of a table whose fields have the given values (one, or a list of accepted ones).
        A field with several answers matches when one of them is wanted."""
        return [
            row
            for row in self.data.rows(table)
            if all(_fits(row[name], value) for name, value in wanted.items())
        ]

    def base_of(self, *tables: str) -> frozenset[str]:
        """The counties whose tables could be merged, or who said that there is nothing to report in
        them."""
        return frozenset(
            c.code for c in self.data.reported if all(c.tables[table] in USABLE for table in tables)
        )

    def counties(self, table: str, **wanted: Any) -> Counties:
        """The counties with at least one such row."""
        return Counties.among(
            (row["lan"] for row in self.rows(table, **wanted)), self.base_of(table)
        )

    def without(self, counties: Counties) -> Counties:
        """The counties that could have been among these and are not."""
        return Counties.among(counties.base - counties, counties.base)

    def among_reported(self, codes: Iterable[str]) -> Counties:
        """These counties, among all that have reported."""
        return Counties.among(codes, self.reported)

    def with_verdict(self, *verdicts: str) -> Counties:
        """The counties with one of these verdicts on the earmark."""
        return Counties.among(
            (v.county for v in self.money.verdicts if v.verdict in verdicts), self.reported
        )

    def phrase(self, own: Counties) -> str:
        """`merparten av länsstyrelserna (14 av de 20 som redovisat)`; one county is named."""
        base = len(own.base)
        word = quantifier(len(own), base)
        name = self._names[next(iter(own))] if len(own) == 1 else ""
        key = "en" if name else _PHRASES[word]
        total = number_word(base) if key == "samtliga" else base
        return self.texts(f"fraser.{key}", name=name, count=len(own), base=total)

    def at_start(self, counties: Counties) -> str:
        """The same, as a sentence begins."""
        return capitalise(self.phrase(counties))

    def named(self, counties: Iterable[str]) -> str:
        """`länsstyrelserna Kalmar, Skåne och Örebro` in Swedish order."""
        names = sorted((self._names[code] for code in counties), key=sort_key)
        return (
            f"länsstyrelsen {names[0]}" if len(names) == 1 else f"länsstyrelserna {join_and(names)}"
        )

    @cached_property
    def examples(self) -> list[Example]:
        """All good examples that the counties have offered."""
        rows = self.rows("aktiviteter", gott_exempel="JA")
        offered = (self._offered(row) for row in rows if row["exempeltext"])
        return [example for example in offered if example is not None]

    def examples_of(self, code: str) -> list[Example]:
        """A county's own examples."""
        return [example for example in self.examples if example.code == code]

    def _offered(self, row: Mapping[str, Any]) -> Example | None:
        """An example as the editor wants it: in other words, or not at all."""
        found = Example(
            row["lan"], row["lansnamn"], row["rubrik"], row["exempeltext"], str(row["id"])
        )
        candidate = Candidate("exempel", found.key, found.county, found.title, found.text)
        choice = self.desk.offer(candidate)
        return None if choice.take is False else replace(found, text=worded(candidate, choice))

    @cached_property
    def verdicts(self) -> Mapping[str, EarmarkVerdict]:
        """The earmark verdicts by county."""
        return {verdict.county: verdict for verdict in self.money.verdicts}

    @cached_property
    def own_spend(self) -> Decimal:
        """Kronor on the earmark's own code."""
        return sum((verdict.own for verdict in self.money.verdicts), Decimal(0))

    @cached_property
    def traced_spend(self) -> Decimal:
        """Kronor for the earmarked area on other codes."""
        return sum((verdict.traced for verdict in self.money.verdicts), Decimal(0))

    @cached_property
    def spend(self) -> Decimal:
        """Kronor in all."""
        return sum((verdict.total for verdict in self.money.verdicts), Decimal(0))

    @cached_property
    def waived(self) -> list[Waived]:
        """What the agency has waived, by county, in the order of the findings."""
        told = (
            (c, finding) for c in self.data.counties for finding in c.findings if finding.waiver
        )
        return [Waived(c.code, c.name, f.title, _place(f), f.waived(self.texts)) for c, f in told]

    @cached_property
    def explained(self) -> list[Explained]:
        """The questions that the counties have answered, by county, in the order of the
        findings."""
        told = (
            (c, finding)
            for c in self.data.counties
            for finding in c.findings
            if finding.explanation
        )
        return [
            Explained(c.code, c.name, f.title, _place(f), str(f.explanation).rstrip("."))
            for c, f in told
        ]

    def left_out(self, *tables: str) -> Marked:
        """A footnote on the counties that are not in the base of these tables, and why; nothing
        when all are."""
        states = [state for state in self.data.counties if state.code not in self.base_of(*tables)]
        absent = [state.code for state in states if state.verdict == "missing"]
        broken = [state.code for state in states if state.verdict != "missing"]
        labels = join_and(self.data.year.spec.tables[table].label.lower() for table in tables)
        said = [self._absent(absent)] if absent else []
        said += (
            [self.texts("bortfall.fel", names=self.named(broken), tables=labels)] if broken else []
        )
        return Marked(f"^[{' '.join(said)}]" if said else "")

    def _absent(self, codes: Sequence[str]) -> str:
        """By name, but no long list."""
        if len(codes) > _NAMED:
            return self.texts(
                "bortfall.manga", count=number_word(len(codes)), all=len(self.data.counties)
            )
        return self.texts("bortfall.saknas", names=self.named(codes))

    @cached_property
    def years(self) -> list[int]:
        """The years whose appropriation and spend are both known."""
        series = self.money.series
        return [
            year
            for year in series.years
            if series.printed(year, "anslag") and series.printed(year, "utgifter")
        ]

    def spent(self, *, over: bool) -> str:
        """The years in which more than the appropriation was spent, or less: `2018, 2019 och
        2020`."""
        gaps = {
            year: self.figure(year, "utgifter") - self.figure(year, "anslag") for year in self.years
        }
        return join_and(str(year) for year, gap in gaps.items() if (gap > 0 if over else gap < 0))

    def commonest(self, table: str, field: str, **wanted: Any) -> frozenset[str]:
        """The codes that most rows have in a field; none where there are no rows."""
        counts = Counter(
            row[field] for row in self.rows(table, **wanted) if isinstance(row[field], str)
        )
        return frozenset(code for code, count in counts.items() if count == max(counts.values()))

    def total_of(self, indicator: str) -> str:
        """The sum of an indicator over the counties, as its table prints it; nothing where it is
        not printed."""
        given = self.rows("indikatorer", indikator=indicator, kon="T")
        own = [row for row in given if isinstance(row["varde"], Decimal)]
        attributes = self.data.year.spec.lists["indikator"].by_code[indicator].attributes
        value = printed_indicator(self.money, attributes, own) if own else NOT_AVAILABLE
        return "" if value == NOT_AVAILABLE else value

    def figure(self, year: int, item: str) -> Decimal:
        """A figure of the series that is printed. Raises KeyError when there is none."""
        found = self.money.series.printed(year, item)
        if found is None:
            raise KeyError(f"{item} {year}")
        return found.amount

    def coherent(self) -> Counties:
        """The counties where at least one chain lägesbild → mål → aktivitet → indikator on the
        earmarked area hangs together."""
        found = chains(self.data, self.data.year.spec.earmarks[0])
        whole = (
            chain.county
            for chain in found
            if chain.holds(("lagesbild", "mal", "aktivitet", "indikator"))
        )
        return Counties.among(whole, self.base_of(*TABLES))


class Chooser:
    """Spreads good examples over counties and regions: a county comes again only when none is left.
    What the editor wants comes first, in the editor's order."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._used: list[str] = []
        lists = facts.data.year.spec.lists["lan"].by_code
        self._regions = {code: known.attributes["region"] for code, known in lists.items()}

    def __call__(self, count: int = 1, **wanted: Any) -> list[Example]:
        """Up to `count` examples among the activities that fit."""
        fitting = {(row["lan"], row["rubrik"]) for row in self._facts.rows("aktiviteter", **wanted)}
        chosen: list[Example] = []
        left = [
            example for example in self._facts.examples if (example.code, example.title) in fitting
        ]
        while left and len(chosen) < count:
            best = min(left, key=self._weight)
            if best.title + best.code in self._used:
                break
            verb = _VERBS[len(self._facts.desk.used) % len(_VERBS)]
            chosen.append(
                replace(best, said=self._facts.texts(f"exempel_fran.{verb}", county=best.county))
            )
            self._facts.desk.used.add(best.key)
            self._used += [best.code, self._regions[best.code], best.title + best.code]
            left.remove(best)
        return chosen

    def _weight(self, example: Example) -> tuple[int, int, int, int, int, str]:
        region = self._used.count(self._regions[example.code])
        again = self._used.count(example.title + example.code)
        choice = self._facts.desk.choices.get(
            ("exempel", example.key), Choice("exempel", example.key, "")
        )
        wanted = 0 if choice.take or choice.order is not None else 1
        order = choice.order if choice.order is not None else 0 if choice.take is None else 10_000
        return (again, wanted, order, self._used.count(example.code), region, example.code)


def words(facts: Facts) -> dict[str, Any]:
    """Everything that a chapter's template may name."""
    spec = facts.data.year.spec
    return {
        "ar": spec.year,
        "rader": facts.rows,
        "lan": facts.counties,
        "utan": facts.without,
        "utslag": facts.with_verdict,
        "lst": facts.phrase,
        "Lst": facts.at_start,
        "namn": facts.named,
        "lanen": facts.among_reported,
        "redovisat": facts.reported,
        "alla": [county.code for county in facts.data.counties],
        "exempel": Chooser(facts),
        "exempel_fran": facts.examples_of,
        "egen": facts.own_spend,
        "sparat": facts.traced_spend,
        "totalt": facts.spend,
        "tal_ar": facts.figure,
        "sammanhang": facts.coherent,
        "kr": format_kr,
        "mnkr": format_mnkr,
        "procent": format_percent,
        "tal": format_number,
        "ord": number_word,
        "Ord": number_at_start,
        "tabellnamn": {name: table.label.lower() for name, table in spec.tables.items()},
        "text": facts.texts,
        "avsteg": facts.waived,
        "svar": facts.explained,
        "bortfall": facts.left_out,
        "serie": facts.years,
        "over_anslag": facts.spent(over=True),
        "under_anslag": facts.spent(over=False),
        "vanligast": facts.commonest,
        "minst": spec.limits.secrecy_minimum,
        "indikatorsumma": facts.total_of,
        "malsattningar": len(spec.lists["malsattning"].valid_in(spec.year)),
        "genitiv": genitive,
        "lage": {county.code: county for county in facts.data.counties},
    }


def _place(finding: Finding) -> str:
    return f"{finding.sheet} {finding.cell}" if finding.refs else ""


def _fits(value: object, wanted: object) -> bool:
    accepted: Sequence[object] = wanted if isinstance(wanted, list | tuple) else (wanted,)
    if isinstance(value, tuple):
        return any(code in accepted for code in value)
    return not isinstance(value, Missing) and value in accepted
