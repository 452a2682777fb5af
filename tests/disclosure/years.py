"""Years of counts as counties give them: few or many, known late, changed afterwards, gone the year after; what the
house prints of them, edition by edition; and who could tell a low count from all of it.

    python -m tests.disclosure.years 10000 300

looks at 10,000 histories by a closed form and reads 300 of them with the audit."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from tests.datasets import SPEC, small_dataset
from toolkit.analysis.appropriations import Series
from toolkit.analysis.printed import PrintedIndicator, SecrecyState
from toolkit.analysis.results import YearResults
from toolkit.disclosure.audit import Leak, audit_counts
from toolkit.disclosure.published import Headings, House, Publication, PublishedTable
from toolkit.words.amounts import format_number

CODE = SPEC.spec.lists["indikator"].by_code["23"]
NAMES = {county.code: county.attributes["namn"] for county in SPEC.spec.counties}
HEADINGS = Headings("Summa", "Antal län", "Året före", "I år")
LEAST = SPEC.spec.limits.secrecy_minimum
LABEL = f"{CODE.code} {CODE.label}"
DATA = small_dataset()
Counts = Mapping[str, Decimal]


@dataclass(frozen=True)
class Counted(YearResults):
    """A year's results of which only the counts of one indicator are known."""

    told: Counts = field(default_factory=dict)
    of: int = 0

    @property
    def year(self):
        return self.of

    def counts(self, code):
        return self.told


@dataclass(frozen=True)
class Edition:
    """A year's report as it was printed once: its numbers, what of them was printed, and last year's that were."""

    year: int
    counts: Counts
    printed: PrintedIndicator
    before: Counts

    @property
    def total(self):
        """The printed sum."""
        return None if self.printed.withheld else sum(self.counts.values())


def history(seed: int) -> list[Edition]:
    """Three years, some with a corrected edition."""
    chance = random.Random(seed)
    key = str(seed).encode()
    counts, last, found = first_counts(chance), None, []
    for year in (2020, 2021, 2022):
        kept = None
        for _ in range(chance.choice((1, 1, 2, 3))):
            state = SecrecyState(
                key, {CODE.code: kept} if kept else None, {CODE.code: last} if last else None
            )
            results = Counted(DATA, (), Series(()), secrecy=state, told=counts, of=year)
            kept = results.printed_record()[CODE.code]
            before = told_before(chance, results, found)
            found.append(Edition(year, counts, kept, before))
            counts = corrected(chance, counts)
        last, counts = kept, next_counts(chance, found[-1].counts)
    return found


def first_counts(chance) -> Counts:
    """Few or many counties, low counts, higher ones and zeros."""
    names = chance.sample(sorted(NAMES), chance.randint(1, 12))
    kinds = chance.choices(("low", "near", "high", "none"), (5, 3, 3, 2), k=len(names))
    return {name: Decimal(number(chance, kind)) for name, kind in zip(names, kinds, strict=True)}


def number(chance, kind) -> int:
    ranges = {"low": (1, LEAST - 1), "near": (LEAST, LEAST + 4), "high": (10, 60), "none": (0, 0)}
    return chance.randint(*ranges[kind])


def corrected(chance, counts) -> Counts:
    """The same year later: a county that comes late, one that changes its number, one that takes it back."""
    changed = dict(counts)
    for _ in range(chance.randint(0, 2)):
        name = chance.choice(sorted(NAMES))
        changed[name] = Decimal(number(chance, chance.choice(("low", "near", "high", "none"))))
    if chance.random() < 0.1 and len(changed) > 1:
        changed.pop(chance.choice(sorted(changed)))
    return changed


def next_counts(chance, counts) -> Counts:
    """A year later: some have left, most have about as many."""
    stay = {name: value for name, value in counts.items() if chance.random() > 0.2}
    moved = {name: max(Decimal(0), value + chance.randint(-3, 3)) for name, value in stay.items()}
    return {**first_counts(chance), **moved} if chance.random() < 0.5 or not moved else moved


def told_before(chance, results, earlier) -> Counts:
    """Last year's numbers in the counties' own reports: those that the counties give, if they may be printed."""
    editions = [one for one in earlier if one.year == results.year - 1]
    if not editions:
        return {}
    given = chance.choice(editions).counts  # a county may repeat the number of an earlier edition
    return {name: value for name, value in given.items() if results.shows_before(CODE, name, value)}


# By a closed form: what everything together leaves of each printed sum.


def breaches(found: list[Edition]) -> Iterator[str]:
    """Why somebody is left with too few values, knowing every edition of every year, the rule and one county's numbers."""
    for one in found:
        about = [other for other in found if other.year in {one.year, one.year + 1}]
        yield from _breaches_of(one, about)


def _breaches_of(one: Edition, about: list[Edition]) -> Iterator[str]:
    low = {name for name, value in one.counts.items() if 0 < value < LEAST}
    seen = {
        name
        for name, value in one.counts.items()
        if any(value == shown(other, one.year).get(name) for other in about)
    }
    if low & seen:
        yield f"{one.year}: {sorted(low & seen)} printed"
    if not low or one.total is None:
        return
    hidden = {name: value for name, value in one.counts.items() if name not in seen and value}
    for own in (None, *hidden):
        others = [name for name in hidden if name != own]
        left = sum(hidden[name] for name in others)
        if len(others) < 2 or left - (len(others) - 1) < LEAST:
            yield f"{one.year}: {len(others)} others of {own} have {left}"
    for other in about:
        same = other.year == one.year and other.total is not None
        if same and rest_of(other) != rest_of(one):
            yield f"{one.year}: the hidden ones are {rest_of(one)} and {rest_of(other)}"


def shown(edition: Edition, year: int) -> Counts:
    """The counts of a year that an edition prints."""
    if edition.year == year:
        return edition.printed.shown
    return edition.before if edition.year == year + 1 else {}


def rest_of(edition: Edition) -> Decimal:
    """What the hidden counts of an edition come to: the sum less all that is printed."""
    return edition.total - sum(edition.printed.shown.values())


# By the audit: the pages as they lie.


def pages(edition: Edition) -> Iterator[Publication]:
    """The report and the counties' own, as tables."""
    printed = edition.printed
    head = ("Indikator", "Enhet", "Antal län", "Summa", "Uppgift saknas")
    told = ("..", "..", "..")
    if edition.total is not None:
        told = (str(len(edition.counts)), format_number(edition.total), "–")
    rows = [
        (name, cell(printed.shown.get(code), code in edition.counts))
        for code, name in NAMES.items()
    ]
    tables = [(head, (LABEL, "personer", *told)), (("Län", LABEL), *rows)]
    yield Publication(edition.year, "", "rapport.docx", (), [PublishedTable(one) for one in tables])
    for code in NAMES:
        row = (
            LABEL,
            "personer",
            cell(edition.before.get(code), True),
            cell(printed.shown.get(code), True),
        )
        table = (("Indikator", "Enhet", "Året före", "I år"), row)
        yield Publication(edition.year, code, f"{code}-rapport.docx", (), [PublishedTable(table)])


def cell(value, is_there) -> str:
    if value is not None:
        return format_number(value)
    return ".." if is_there else "–"


def leaks(found: list[Edition]) -> list[Leak]:
    """What the audit finds: in each edition of a year with the year after, and each against its own numbers."""
    told: list[Leak] = []
    for one in found:
        counts = {(one.year, CODE.code): {name: int(value) for name, value in one.counts.items()}}
        house = House(counts, NAMES, {CODE.code: CODE.label}, LEAST, HEADINGS)
        after = [other for other in found if other.year == one.year + 1]
        told += audit_counts([page for edition in (one, *after) for page in pages(edition)], house)
    return told


def main(closed: int, audited: int) -> int:
    """How many histories leave somebody with too few values."""
    wrong = printed = hidden = 0
    for seed in range(closed):
        found = history(seed)
        said = list(breaches(found))
        wrong += bool(said)
        printed += sum(one.total is not None for one in found)
        hidden += sum(bool(one.printed.hidden) and not one.printed.withheld for one in found)
        if said:
            print(seed, said[0])
    print(f"closed form: {closed} histories, {printed} printed sums, {hidden} of them with hidden counts; under {LEAST} values: {wrong}")  # fmt: skip
    audit = 0
    for seed in range(audited):
        said = leaks(history(seed))
        audit += bool(said)
        if said:
            print(seed, said[0])
    print(f"audit: {audited} histories; under {LEAST} values: {audit}")
    return int(bool(wrong or audit))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
