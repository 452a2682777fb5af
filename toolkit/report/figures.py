"""The charts and the map that the chapters may call for, each with its finding in words as
alternative text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.coherence import Chain
from toolkit.analysis.money_tables import county_spend
from toolkit.analysis.results import YearResults
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING
from toolkit.analysis.work_tables import coherence_by_county, goal_counts
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Chart, ChartSeries, Placed, Tile, TileMap
from toolkit.spec.codelists import Code
from toolkit.words.amounts import format_mnkr, format_number, format_percent
from toolkit.words.swedish import join_and

_MILLION = Decimal(1_000_000)
_ITEMS = ("anslag", "utgifter")


def make_figures(results: YearResults, texts: Texts) -> dict[str, Placed]:
    """All of them by id."""
    makers: Mapping[str, Callable[[YearResults, Texts], Placed]] = {
        "anslag": appropriation_chart,
        "lan_koder": county_code_chart,
        "malsattningar": goal_chart,
        "sarredovisning": earmark_map,
        "sammanhang": coherence_map,
    }
    return {name: make(results, texts) for name, make in makers.items()}


def appropriation_chart(results: YearResults, texts: Texts) -> Chart:
    """Appropriation and spend as two lines over the years."""
    years = tuple(results.series.years)
    found = {item: [results.series.printed(year, item) for year in years] for item in _ITEMS}
    amounts = {
        item: [figure.amount if figure else None for figure in found[item]] for item in _ITEMS
    }
    series = [
        ChartSeries(texts(f"anslag.{i}").removesuffix(" (kr)"), _in_millions(amounts[i]))
        for i in _ITEMS
    ]
    ends = {"first": years[0], "last": years[-1]} if years else {"first": "", "last": ""}
    told = _told_of_appropriation(years, amounts, texts)
    return Chart(
        "anslag",
        "line",
        texts("figur.anslag.rubrik", **ends),
        texts("anslag.kalla"),
        told,
        "anslag",
        tuple(str(year) for year in years),
        tuple(series),
        texts("figur.mnkr"),
        decimals=1,
    )


def _told_of_appropriation(
    years: Sequence[int], amounts: Mapping[str, Sequence[Decimal | None]], texts: Texts
) -> str:
    both = [
        (y, g, s)
        for y, g, s in zip(years, *amounts.values(), strict=True)
        if g is not None and s is not None
    ]
    if not both:
        return texts("figur.ingen")
    over = [str(year) for year, granted, spent in both if spent > granted]
    more = texts("figur.anslag.over", years=join_and(over)) if over else texts("figur.anslag.under")
    (first, granted_first, spent_first), (last, granted_last, spent_last) = both[0], both[-1]
    return texts(
        "figur.anslag.alternativ", first=first, last=last, over=more,
        granted_first=format_mnkr(granted_first), granted_last=format_mnkr(granted_last),
        spent_first=format_mnkr(spent_first), spent_last=format_mnkr(spent_last),
    )  # fmt: skip


def county_code_chart(results: YearResults, texts: Texts) -> Chart:
    """Spend as one bar for each county, divided by verksamhetskod."""
    spec = results.data.year.spec
    codes = spec.lists["verksamhetskod"].valid_in(spec.year)
    spent = county_spend(results)
    columns = zip(*spent.values(), strict=True)
    series = tuple(
        ChartSeries(code.shown, _in_millions(own)) for code, own in zip(codes, columns, strict=True)
    )
    told = _told_of_counties(spent, [code.shown for code in codes], texts)
    return Chart(
        "lan_koder",
        "bar",
        texts("figur.lan_koder.rubrik", year=spec.year),
        texts("kalla_lan"),
        told,
        "lan_koder",
        tuple(spent),
        series,
        texts("figur.mnkr"),
        decimals=1,
        stacked=True,
    )


def _told_of_counties(
    spent: Mapping[str, Sequence[Decimal | None]], codes: Sequence[str], texts: Texts
) -> str:
    rows = {name: [v for v in values if v is not None] for name, values in spent.items()}
    known = {name: values for name, values in rows.items() if values}
    sums = {name: sum(values, Decimal(0)) for name, values in known.items()}
    total = sum(sums.values(), Decimal(0))
    if not total:
        return texts("figur.ingen")
    by_code = [sum(own, Decimal(0)) for own in zip(*known.values(), strict=True)]
    largest = max(by_code)
    highest, lowest = max(sums, key=sums.__getitem__), min(sums, key=sums.__getitem__)
    absent = [name for name in spent if name not in known]
    kind = "alternativ" if len(known) > 1 else "ensam"
    told = texts(
        f"figur.lan_koder.{kind}",
        highest=highest,
        most=format_mnkr(sums[highest]),
        lowest=lowest,
        least=format_mnkr(sums[lowest]),
        share=format_percent(largest / total),
        code=codes[by_code.index(largest)],
    )
    return told + (texts("figur.lan_koder.saknas", names=join_and(absent)) if absent else "")


def goal_chart(results: YearResults, texts: Texts) -> Chart:
    """Activities by målsättning: all, and those on prostitution and trafficking."""
    counts = goal_counts(results)
    every = ChartSeries(
        texts("malsattningar.alla"), tuple(Decimal(all_) for _, all_, _, _ in counts)
    )
    about = ChartSeries(texts("malsattningar.pm"), tuple(Decimal(own) for _, _, own, _ in counts))
    caption = texts("figur.malsattningar.rubrik", year=results.year)
    told = _told_of_goals(counts, texts)
    return Chart(
        "malsattningar", "bar", caption, texts("kalla_lan"), told, "malsattningar",
        tuple(code.shown for code, *_ in counts), (every, about), texts("figur.antal"),
    )  # fmt: skip


def _told_of_goals(counts: Sequence[tuple[Code, int, int, int]], texts: Texts) -> str:
    if not any(number for _, number, _, _ in counts):
        return texts("figur.ingen")
    most, least = max(counts, key=lambda count: count[1]), min(counts, key=lambda count: count[1])
    return texts(
        "figur.malsattningar.alternativ",
        most=format_number(most[1]),
        goal=most[0].shown,
        own=format_number(most[2]),
        least=format_number(least[1]),
        last=least[0].shown,
    )


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
    shown = [
        _whole_chains(county, own, texts) for county, own in coherence_by_county(results).items()
    ]
    counted = _counted(shown, texts, lambda verdict: texts(f"karta.sammanhang.{verdict}"))
    return _map("sammanhang", results, texts, shown, counted, counted)


def _whole_chains(county: str, own: Sequence[Chain] | None, texts: Texts) -> _Shown:
    if not own:
        return (
            _Shown(county, "inga", NOTHING)
            if own is not None
            else _Shown(county, "okant", NOT_AVAILABLE)
        )
    whole = sum(chain.holds() for chain in own)
    verdict = (
        "hel"
        if whole == len(own)
        else "ingen"
        if not whole
        else "halften"
        if 2 * whole >= len(own)
        else "mindre"
    )
    return _Shown(county, verdict, texts("karta.andel", count=whole, of=len(own)))


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
    letters = {code: county.attributes["bokstav"] for code, county in counties.items()}
    cells = _grid(texts("karta.rutor"), list(letters.values()))
    tiles = [
        Tile(letters[one.county], one.word, *cells[letters[one.county]], one.verdict)
        for one in shown
    ]
    told = []
    for number, (verdict, said) in enumerate(counted.items()):
        names = join_and(
            counties[one.county].attributes["namn"] for one in shown if one.verdict == verdict
        )
        told.append(f"{said}: {names}." if number else f"{said}.")
    caption = texts(f"karta.rubrik.{name}", year=results.year)
    alternative = " ".join([texts(f"karta.alternativ.{name}"), *told])
    return TileMap(
        name, caption, texts("kalla_lan"), alternative, name, tuple(tiles), tuple(legend.items())
    )


def _grid(drawn: str, letters: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Row and column by letter, from the map as drawn with letters and dots. A county that was not
    drawn stands in a row of its own below."""
    lines = [line.split() for line in drawn.splitlines() if line.strip()]
    lines.append([letter for letter in letters if letter not in drawn.split()])
    return {
        letter: (row, column)
        for row, line in enumerate(lines)
        for column, letter in enumerate(line)
    }


def _in_millions(amounts: Sequence[Decimal | None]) -> tuple[Decimal | None, ...]:
    return tuple(amount / _MILLION if amount is not None else None for amount in amounts)
