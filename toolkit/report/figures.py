"""The charts and the map that the chapters may call for, each with its finding in words as
alternative text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.coherence import CHAIN_NEEDS, TABLES, Chain
from toolkit.analysis.earmarks import VERDICT_NEEDS
from toolkit.analysis.merge import CountyState
from toolkit.analysis.money_tables import (
    CODE_NEEDS,
    SERIES_NEEDS,
    codes_of,
    county_spend,
    known_sum,
    series_source,
)
from toolkit.analysis.needs import Maker
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature, TableState
from toolkit.analysis.sums import is_something
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING
from toolkit.analysis.work_tables import (
    GOAL_NEEDS,
    GoalCount,
    coherence_by_county,
    goal_counts,
    left_out_of_goals,
)
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Chart, ChartSeries, Placed, Tile, TileMap
from toolkit.words.amounts import format_kr, format_mnkr, format_number, format_percent
from toolkit.words.swedish import join_and

_MILLION = Decimal(1_000_000)
_PRINTED_MILLION = Decimal(50_000)  # less is 0,0 mnkr
_ACROSS = 8  # squares of a map that nobody has drawn


def appropriation_chart(results: YearResults, texts: Texts) -> Chart:
    """Appropriation and spend as two lines over the years."""
    years = tuple(results.series.years)
    found = {item: [results.series.printed(year, item) for year in years] for item in ITEMS}
    amounts = {
        item: [figure.amount if figure else None for figure in found[item]] for item in ITEMS
    }
    series = [
        ChartSeries(texts(f"anslag.{i}").removesuffix(" (kr)"), _in_millions(amounts[i]))
        for i in ITEMS
    ]
    ends = {"first": years[0], "last": years[-1]} if years else {"first": "", "last": ""}
    caption = texts(f"figur.anslag.{'rubrik_ett' if len(years) == 1 else 'rubrik'}", **ends)
    told = _told_of_appropriation(years, amounts, texts)
    return Chart(
        "anslag",
        "line",
        caption,
        series_source(results),
        told,
        "anslag",
        tuple(str(year) for year in years),
        tuple(series),
        texts("figur.mnkr"),
        decimals=1,
    )


class _YearUse(NamedTuple):
    """A year whose both figures are known."""

    year: int
    granted: Decimal
    spent: Decimal


def _told_of_appropriation(
    years: Sequence[int], amounts: Mapping[str, Sequence[Decimal | None]], texts: Texts
) -> str:
    known = []
    for year, granted, spent in zip(years, *amounts.values(), strict=True):
        if granted is not None and spent is not None:
            known.append(_YearUse(year, granted, spent))
    if not known:
        return texts("figur.ingen")
    over = [str(one.year) for one in known if one.spent > one.granted]
    is_one = len(known) == 1
    not_more = texts(f"figur.anslag.{'under_ett' if is_one else 'under'}")
    more = texts("figur.anslag.over", years=join_and(over)) if over else not_more
    first, last = known[0], known[-1]
    return texts(
        f"figur.anslag.{'ett' if is_one else 'alternativ'}",
        first=first.year,
        last=last.year,
        over=more,
        granted_first=format_mnkr(first.granted),
        granted_last=format_mnkr(last.granted),
        spent_first=format_mnkr(first.spent),
        spent_last=format_mnkr(last.spent),
    )


def county_code_chart(results: YearResults, texts: Texts) -> Chart:
    """Spend as one bar for each county, divided by verksamhetskod: of one nature alone, for a bar
    is a sum. Kostnader are the work itself; utgifter stand in the table."""
    codes = codes_of(results)
    nature = Nature.COST if Nature.COST in results.natures else results.natures[0]
    # A bar is a sum: of a county of which a part is not known there is none.
    spent = {name: _whole(own) for name, own in county_spend(results, nature).items()}
    kind = texts(f"slag.{nature}")
    columns = zip(*spent.values(), strict=True)
    series = tuple(
        ChartSeries(code.shown, _in_millions(own)) for code, own in zip(codes, columns, strict=True)
    )
    told = _told_of_counties(spent, [code.shown for code in codes], kind.lower(), texts)
    return Chart(
        "lan_koder",
        "bar",
        texts("figur.lan_koder.rubrik", kind=kind.lower(), year=results.year),
        texts("kalla_lan"),
        told,
        "lan_koder",
        tuple(spent),
        series,
        texts("figur.mnkr"),
        decimals=1,
        stacked=True,
    )


def _whole(values: tuple[Decimal | None, ...]) -> tuple[Decimal | None, ...]:
    return values if None not in values else (None,) * len(values)


def _told_of_counties(
    spent: Mapping[str, Sequence[Decimal | None]], codes: Sequence[str], kind: str, texts: Texts
) -> str:
    sums = _known_sums(spent)
    # Who has spent nothing is not told as the one with the least.
    some = {name: known for name, known in sums.items() if any(map(is_something, spent[name]))}
    if not some:
        return texts("figur.ingen")
    told = _told_of_extremes(some, kind, texts) + _told_of_largest(spent, codes, some, texts)
    told += _told_of("inga", [name for name in sums if name not in some], kind, texts)
    return told + _told_of("saknas", [name for name in spent if name not in sums], kind, texts)


def _known_sums(spent: Mapping[str, Sequence[Decimal | None]]) -> dict[str, Decimal]:
    every = {name: known_sum(values) for name, values in spent.items()}
    return {name: known for name, known in every.items() if known is not None}


def _told_of(what: str, names: Sequence[str], kind: str, texts: Texts) -> str:
    key = f"figur.lan_koder.{what}"
    return texts(key, names=join_and(names), kind=kind) if names else ""


def _told_of_largest(
    spent: Mapping[str, Sequence[Decimal | None]],
    codes: Sequence[str],
    sums: Mapping[str, Decimal],
    texts: Texts,
) -> str:
    """The code that most was spent on and its share, or all of them where there are several;
    nothing where amounts below nought make it no share."""
    columns = zip(*spent.values(), strict=True)
    by_code = {
        code: known_sum(column) or Decimal(0) for code, column in zip(codes, columns, strict=True)
    }
    total, largest = sum(sums.values(), Decimal(0)), max(by_code.values())
    if not 0 < largest <= total:
        return ""
    tops = [code for code, own in by_code.items() if own == largest]
    form = f"storst{'_flera' if tops[1:] else ''}{'_i_flera' if len(sums) > 1 else ''}"
    share = format_percent(largest / total)
    return texts(f"figur.lan_koder.{form}", share=share, code=join_and(tops))


def _all_with(amount: Decimal | int, amounts: Mapping[str, Decimal | int]) -> str:
    """Whose amount it is: of several that have the same none is told alone."""
    return join_and(name for name, own in amounts.items() if own == amount)


def _in_mnkr(amount: Decimal) -> str:
    """An amount in millions; in kronor where it would be printed as none."""
    return format_mnkr(amount) if abs(amount) >= _PRINTED_MILLION else format_kr(amount)


_ALIKE = ("ensam", "bada")
"""What is said of one and of two with one amount between them; of more there is another text."""


def _told_of_extremes(sums: Mapping[str, Decimal], kind: str, texts: Texts) -> str:
    """Who has the most and the least; where all have what is printed alike, each is named once."""
    most, least = max(sums.values()), min(sums.values())
    if _in_mnkr(most) == _in_mnkr(least):
        form = _ALIKE[len(sums) - 1] if len(sums) <= len(_ALIKE) else "lika"
        told = {"names": join_and(sums), "most": _in_mnkr(most), "kind": kind}
        return texts(f"figur.lan_koder.{form}", **told)
    return texts(
        "figur.lan_koder.alternativ",
        highest=_all_with(most, sums),
        most=_in_mnkr(most),
        lowest=_all_with(least, sums),
        least=_in_mnkr(least),
        kind=kind,
    )


def goal_chart(results: YearResults, texts: Texts) -> Chart:
    """Activities by målsättning: all, and those on prostitution and trafficking."""
    counts = goal_counts(results)
    every = tuple(Decimal(one.activities) for one in counts)
    about = tuple(Decimal(one.concerned) for one in counts)
    series = (
        ChartSeries(texts("malsattningar.alla"), every),
        ChartSeries(texts("malsattningar.pm"), about),
    )
    return Chart(
        "malsattningar",
        "bar",
        texts("figur.malsattningar.rubrik", year=results.year),
        texts("kalla_lan"),
        f"{_told_of_goals(counts, texts)} {left_out_of_goals(results, texts)}".rstrip(),
        "malsattningar",
        tuple(one.goal.shown for one in counts),
        series,
        texts("figur.antal"),
    )


def _told_of_goals(counts: Sequence[GoalCount], texts: Texts) -> str:
    if not any(one.activities for one in counts):
        return texts("figur.ingen")
    by_goal = {one.goal.shown: one.activities for one in counts}
    most, least = max(by_goal.values()), min(by_goal.values())
    own = sum(one.concerned for one in counts if one.activities == most)
    if most == least:
        told = {"most": format_number(most), "own": format_number(own)}
        return texts("figur.malsattningar.lika", **told)
    numbers = list(by_goal.values())
    several = "_flera" if numbers.count(most) > 1 else ""
    return texts(
        f"figur.malsattningar.alternativ{several}",
        most=format_number(most),
        goal=_all_with(most, by_goal),
        own=format_number(own),
        least=_each(least, numbers, texts),
        last=_all_with(least, by_goal),
    )


def _each(number: int, numbers: Sequence[int], texts: Texts) -> str:
    """A number; that each has it, where there are several of them."""
    said = format_number(number)
    return texts("figur.vardera", number=said) if numbers.count(number) > 1 else said


@dataclass(frozen=True, slots=True)
class _Shown:
    """One county on a map: what is shown of it, and the word in its square."""

    county: str
    verdict: str
    word: str


def earmark_map(results: YearResults, texts: Texts) -> TileMap:
    """The verdict on every county's earmark, each county in its place."""
    labels = results.data.year.texts("export")
    shown = [_Shown(v.county, v.verdict, texts(f"karta.ord.{v.verdict}")) for v in results.verdicts]
    counted = _counted(shown, texts, lambda verdict: labels(f"utslag.{verdict}"))
    legend = {
        v: texts("karta.forklaring", word=texts(f"karta.ord.{v}"), counted=said)
        for v, said in counted.items()
    }
    return _map("sarredovisning", results, texts, shown, counted, legend)


def coherence_map(results: YearResults, texts: Texts) -> TileMap:
    """How much of every county's work on the earmarked area has the whole chain, each county in its
    place."""
    found, states = coherence_by_county(results), results.states
    shown = [_whole_chains(states[county], own, texts) for county, own in found.items()]
    counted = _counted(shown, texts, lambda verdict: texts(f"karta.sammanhang.{verdict}"))
    return _map("sammanhang", results, texts, shown, counted, counted)


def _whole_chains(state: CountyState, own: Sequence[Chain] | None, texts: Texts) -> _Shown:
    if not own:
        kind, word = ("okant", NOT_AVAILABLE) if own is None else ("inga", NOTHING)
        return _Shown(state.code, kind, word)
    whole, known = sum(one.holds() for one in own), sum(one.is_known() for one in own)
    word = texts("karta.andel", count=whole, of=known) if known else NOT_AVAILABLE
    # A county that has declared a table empty lacks nothing in it.
    if any(state.state_of(table) is TableState.NIL for table in TABLES):
        return _Shown(state.code, "nil", word)
    kind = _least_extent(whole, len(own) - known, len(own))
    return _Shown(state.code, kind, NOT_AVAILABLE if kind == "okant" else word)


def _least_extent(part: int, unsure: int, whole: int) -> str:
    """The word for how much, whatever is true of those of which it is not known."""
    least, most = _extent(part, whole), _extent(part + unsure, whole)
    if least == most:
        return least
    return "halften" if 2 * part >= whole else "okant"


def _extent(part: int, whole: int) -> str:
    """The word for how much: all, none, half or more, or less."""
    if part == whole:
        return "hel"
    if not part:
        return "ingen"
    return "halften" if 2 * part >= whole else "mindre"


def _counted(shown: Sequence[_Shown], texts: Texts, label: Callable[[str], str]) -> dict[str, str]:
    """How many counties there are of each kind, the most common first."""
    counts = Counter(one.verdict for one in shown)
    return {
        verdict: texts("karta.antal", label=label(verdict), count=n)
        for verdict, n in counts.most_common()
    }


def _map(
    name: str,
    results: YearResults,
    texts: Texts,
    shown: Sequence[_Shown],
    counted: Mapping[str, str],
    legend: Mapping[str, str],
) -> TileMap:
    """The map, with its finding in words: the counties of all kinds but the most common are
    named."""
    counties = {code.code: code for code in results.data.year.spec.counties}
    letters = {code: one.as_respondent.letters or code for code, one in counties.items()}
    cells = _grid(texts("karta.rutor"), list(letters.values()))
    tiles = [
        Tile(letters[one.county], one.word, *cells[letters[one.county]], one.verdict)
        for one in shown
    ]
    told = []
    for number, (verdict, said) in enumerate(counted.items()):
        names = join_and(counties[one.county].name for one in shown if one.verdict == verdict)
        told.append(f"{said}: {names}." if number else f"{said}.")
    caption = texts(f"karta.rubrik.{name}", year=results.year)
    alternative = " ".join([texts(f"karta.alternativ.{name}"), *told])
    return TileMap(
        name, caption, texts("kalla_lan"), alternative, name, tuple(tiles), tuple(legend.items())
    )


def _grid(drawn: str, letters: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Row and column by letter, from the map as drawn with letters and dots. Counties that were
    not drawn stand in rows of their own below."""
    lines = [line.split() for line in drawn.splitlines() if line.strip()]
    beside = [letter for letter in letters if letter not in drawn.split()]
    across = max(map(len, lines), default=_ACROSS)
    lines += [beside[start : start + across] for start in range(0, len(beside), across)]
    places = {}
    for row, line in enumerate(lines):
        for column, letter in enumerate(line):
            places[letter] = (row, column)
    return places


def _in_millions(amounts: Sequence[Decimal | None]) -> tuple[Decimal | None, ...]:
    return tuple(amount / _MILLION if amount is not None else None for amount in amounts)


FIGURES: tuple[Maker[Placed], ...] = (
    Maker("anslag", appropriation_chart, SERIES_NEEDS),
    Maker("lan_koder", county_code_chart, CODE_NEEDS),
    Maker("malsattningar", goal_chart, GOAL_NEEDS),
    Maker("sarredovisning", earmark_map, VERDICT_NEEDS),
    Maker("sammanhang", coherence_map, CHAIN_NEEDS),
)
"""All of them, each with what it needs of the year: no less than the table of its numbers."""


def make_figures(results: YearResults, texts: Texts) -> dict[str, Placed]:
    """Those that the year asks for, by id."""
    asked = [maker for maker in FIGURES if maker.fits(results.data.year.spec)]
    return {maker.id: maker.make(results, texts) for maker in asked}
