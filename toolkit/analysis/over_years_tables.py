"""The tables of a report over several years: a column for each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.indicator_years import IndicatorYears, Way, differing_facts, indicator_values
from toolkit.analysis.money_tables import CODE_NEEDS
from toolkit.analysis.over_years import (
    KIND_NEEDS,
    SeveralYears,
    YearCount,
    about,
    area_of,
    counted,
    exists,
    kind_counts,
    not_sent,
    periods,
    shifts,
    with_state,
)
from toolkit.analysis.over_years_money import (
    area_spend,
    natures_in,
    reported,
    spent_on,
    verdict_counts,
)
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature, ReturnState
from toolkit.analysis.sums import is_something
from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, NOTHING, CellNote, Column, Table
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.roles import ACTIVITY, ACTIVITY_KINDS, AREA_CODES, INDICATORS
from toolkit.words.amounts import NBSP, format_number
from toolkit.words.sources import join_sources
from toolkit.words.swedish import join_and, sort_key

_SUMMED = {"summa": "summa", "högsta per län": "hogst", "summeras inte": "inte"}
_STANDING = 5  # years that a standing page has room for beside a long label


def _year_columns(several: SeveralYears, stub: str) -> tuple[Column, ...]:
    years = (Column(str(year), number=True) for year in several.years)
    return (Column(stub), *years)


def named(several: SeveralYears, counties: Sequence[str]) -> str:
    """The counties' names in Swedish order; a dash where there are none."""
    names = sorted((several.names[code] for code in counties), key=sort_key)
    return join_and(names) or NOTHING


def years_said(years: Sequence[int]) -> str:
    """`2017, 2018 och 2019`."""
    return join_and(map(str, years))


def _names_noted(found: Mapping[str, Sequence[int]], texts: Texts) -> str:
    """What a row's code was called in other years than the newest; nothing where it was the same
    all the time."""
    said = [texts("hette", was=was, years=years_said(years)) for was, years in found.items()]
    return " ".join(said)


def _stub_notes(told: Sequence[str]) -> tuple[CellNote, ...]:
    """The footnotes of the rows that have any, at their stubs."""
    return tuple(CellNote(row, 0, note) for row, note in enumerate(told) if note)


# -------------------------------------------------------------------------------------- the returns
def return_table(several: SeveralYears, texts: Texts) -> Table:
    """How many counties have reported, have had nothing to report, and have sent nothing."""
    rows = [(texts(f"inlamning.{name}"), *counts) for name, counts in _return_rows(several)]
    columns = _year_columns(several, texts("inlamning.hur"))
    caption = texts("inlamning.rubrik", years=several.span)
    return Table("inlamning", caption, columns, tuple(rows), texts("kalla_lan"))


def _return_rows(several: SeveralYears) -> Iterator[tuple[str, list[str]]]:
    absent = [len(not_sent(one)) for one in several.results]
    nothing = [len(with_state(one, ReturnState.NIL)) for one in several.results]
    sent = [
        len(one.data.counties) - gone for one, gone in zip(several.results, absent, strict=True)
    ]
    told = [every - none for every, none in zip(sent, nothing, strict=True)]
    for name, counts in (("redovisat", told), ("inget", nothing), ("saknas", absent)):
        yield name, [str(count) if count else NOTHING for count in counts]


# ----------------------------------------------------------------------------------------- the work
def work_table(several: SeveralYears, texts: Texts) -> Table:
    """Activities, those on the area, and the counties of these."""
    every = [_activities(one) for one in several.results]
    own = [about(several, one) for one in several.results]
    on_area = _counts(several, [None if some is None else len(some) for some in own])
    counties = _counts(
        several, [None if some is None else len({one.county for one in some}) for some in own]
    )
    rows = []
    for name, counts in (("alla", every), ("omradet", on_area), ("lan", counties)):
        rows.append((texts(f"omfattning.{name}"), *map(_counted, counts)))
    columns = _year_columns(several, texts("omfattning.vad"))
    caption = texts("omfattning.rubrik", years=several.span)
    return Table("omfattning", caption, columns, tuple(rows), texts("omfattning.kalla"))


def _counts(several: SeveralYears, counts: Sequence[int | None]) -> list[YearCount]:
    """Counts of activities, one for each year."""
    pairs = zip(several.results, counts, strict=True)
    return [None if n is None else counted(result, ACTIVITY, n) for result, n in pairs]


def _activities(result: YearResults) -> YearCount:
    if not result.data.year.spec.bound.has(ACTIVITY):
        return None
    return counted(result, ACTIVITY, len(result.data.activities))


def _counted(count: YearCount) -> str:
    return format_number(count) if isinstance(count, int) else _shown(count)


def kind_table(several: SeveralYears, texts: Texts) -> Table:
    """Activities on the area by kind, with their sum."""
    found, asking = kind_counts(several), several.asking(KIND_NEEDS)
    rows = [(one.kind.label, *map(_shown, one.counts)) for one in found]
    notes = [_kind_noted(several, one.kind.code, texts) for one in found]
    in_all: list[YearCount] = []
    for place, result in enumerate(several.results):
        told = sum(one.at(place) for one in found)
        in_all.append(counted(result, ACTIVITY, told) if result in asking else None)
    rows.append((texts("summa"), *map(_shown, in_all)))
    columns = _year_columns(several, texts("slag_av.slag"))
    caption = texts("slag_av.rubrik", years=several.span)
    source = texts("slag_av.kalla")
    return Table("slag_av", caption, columns, tuple(rows), source, True, _stub_notes(notes))


def _kind_noted(several: SeveralYears, code: str, texts: Texts) -> str:
    called = several.called(ACTIVITY_KINDS, code, several.asking(KIND_NEEDS))
    return _names_noted(called, texts)


def _shown(number: Decimal | Missing | int | None) -> str:
    """A count or an amount; a point where there was nothing to count, and two full stops where it
    is not known."""
    if number is None or isinstance(number, Missing):
        return IMPOSSIBLE if number is None else NOT_AVAILABLE
    there = bool(number) or (isinstance(number, Decimal) and is_something(number))
    return format_number(number) if there else NOTHING


def shift_table(ends: SeveralYears, texts: Texts) -> Table:
    """The counties that have begun with work of a kind, and those that have ended it."""
    rows, notes = [], []
    for one in shifts(ends):
        rows.append((one.kind.label, named(ends, one.begun), named(ends, one.ended)))
        notes.append(_kind_noted(ends, one.kind.code, texts))
    years = {"first": ends.years[0], "last": ends.years[-1]}
    heads = [texts(f"skifte.{name}", **years) for name in ("slag", "borjat", "slutat")]
    caption, source = texts("skifte.rubrik", **years), texts("skifte.kalla", **years)
    columns = tuple(map(Column, heads))
    return Table("skifte", caption, columns, tuple(rows), source, notes=_stub_notes(notes))


def period_table(several: SeveralYears, texts: Texts) -> Table:
    """The counties' strategies and plans that say which years they are for."""
    rows = []
    for one in periods(several):
        told = join_and(map(str, one.told))
        rows.append((several.names[one.county], one.title, f"{one.first}–{one.last}", told))
    heads = [texts(f"perioder.{name}") for name in ("lan", "strategi", "period", "redovisad")]
    caption = texts("perioder.rubrik", years=several.span)
    return Table("perioder", caption, tuple(map(Column, heads)), tuple(rows), texts("kalla_lan"))


# ----------------------------------------------------------------------------------- the indicators
def indicator_table(several: SeveralYears, texts: Texts) -> Table:
    """The sum of each indicator, and in brackets how many counties it is of; what is counted in
    several ways has a row for each, and its years at its name. No sum is told of some of the
    counties: laid beside this one it would tell the others' counts."""
    found = indicator_values(several)
    rows = [(_stub(one), *_sums(several, one)) for one in found]
    notes = _stub_notes([indicator_noted(several, one, texts) for one in found])
    columns = _year_columns(several, texts("indikator_ar.indikator"))
    caption = texts("indikator_ar.rubrik", years=several.span)
    source = texts("indikator_ar.kalla")
    if any(one.code.as_indicator.is_rate for one in found):
        source = f"{source} {texts('indikator_ar.summeras_inte')}"
    wide = len(several.years) > _STANDING
    return Table("indikator_ar", caption, columns, tuple(rows), source, notes=notes, wide=wide)


def _stub(one: IndicatorYears) -> str:
    label = f"{one.code.code}{NBSP}{one.code.label}"
    return f"{label} ({years_said(one.way.years)})" if one.broken else label


def indicator_noted(several: SeveralYears, one: IndicatorYears, texts: Texts) -> str:
    """What an indicator was called in other years, and in which ways it is counted where there are
    several; nothing where all is as it was."""
    alike = [result for result in several.results if result.year in one.way.years]
    said = [_names_noted(several.called(INDICATORS, one.code.code, alike), texts)]
    if one.broken:
        said.append(texts("indikator_ar.bruten", ways=ways_said((one.way, *one.others), texts)))
    return " ".join(filter(None, said))


def ways_said(ways: Sequence[Way], texts: Texts) -> str:
    """In which years an indicator is counted how, the oldest first: by what differs alone."""
    names = differing_facts(ways)
    said = []
    for way in sorted(ways, key=lambda one: one.years):
        told = join_and(_fact_said(way, name, texts) for name in names)
        years = years_said(way.years)
        said.append(texts("indikator_ar.satt", years=years, how=told))
    return join_and(said)


def _fact_said(way: Way, name: str, texts: Texts) -> str:
    facts = way.code.as_indicator
    match name:
        case "unit":
            return texts("indikator_ar.satt_enhet", unit=facts.unit)
        case "sort":
            return texts("indikator_ar.satt_art", sort=facts.sort or NOTHING)
        case "persons":
            return texts(f"indikator_ar.satt_personer_{facts.persons}")
        case _:
            return texts(f"indikator_ar.satt_{_SUMMED[facts.summed]}")


def _sums(several: SeveralYears, one: IndicatorYears) -> Iterator[str]:
    for year, value in zip(several.years, one.values, strict=True):
        if year not in one.way.years:
            yield IMPOSSIBLE
        elif value is None or value.total is None:
            yield value.printed if value else NOT_AVAILABLE
        else:
            counties = len({known.county for known in value.known})
            yield f"{value.printed_with(one.decimals)}{NBSP}({counties})"


# ---------------------------------------------------------------------------------------- the money
def series_table(several: SeveralYears, texts: Texts) -> Table:
    """Appropriation and spend of the country as they have been printed elsewhere."""
    series = several.newest.series
    rows = []
    for item in ITEMS:
        figures = [series.printed(year, item) for year in several.years]
        shown = [format_number(one.amount) if one else NOT_AVAILABLE for one in figures]
        rows.append((texts(f"pengar.{item}"), *shown))
    columns = _year_columns(several, texts("pengar.vad"))
    caption = texts("pengar.rubrik", years=several.span)
    printed = join_sources(series.sources(several.years))
    return Table("anslag", caption, columns, tuple(rows), f"{printed}." if printed else "")


def code_table(several: SeveralYears, texts: Texts) -> Table:
    """Spend by verksamhetskod, of each nature by itself, with their sums."""
    natures = natures_in(several)
    rows, notes = [], []
    for code in several.list_codes(AREA_CODES):
        called = several.called(AREA_CODES, code.code, several.asking(CODE_NEEDS))
        notes += [_names_noted(called, texts), *[""] * (len(natures) - 1)]
        for nature in natures:
            kind = texts(f"slag.{nature}")
            rows.append((code.shown, kind, *map(_shown, spent_on(several, code, nature))))
    for nature in natures:
        shown = [_shown(reported(one, nature)) for one in several.results]
        rows.append((texts("summa"), texts(f"slag.{nature}"), *shown))
    stub, *years = _year_columns(several, texts("kod_ar.kod"))
    columns = (stub, Column(texts("kod_ar.slag")), *years)
    caption, source = texts("kod_ar.rubrik", years=several.span), texts("kod_ar.kalla")
    return Table("kod_ar", caption, columns, tuple(rows), source, True, _stub_notes(notes))


def earmark_table(several: SeveralYears, texts: Texts) -> Table:
    """How many counties have each verdict, and the kronor on the area's own code and on others."""
    said = several.newest.data.year.texts("export")
    rows = []
    for verdict, counts in verdict_counts(several).items():
        rows.append((said(f"utslag.{verdict}"), *map(_shown, counts)))
    for nature in natures_in(several):
        kind = texts(f"slag.{nature}")
        rows.append((texts("sarskilt.egen", kind=kind), *_own(several, nature)))
        traced = area_spend(several, nature, "traced")
        rows.append((texts("sarskilt.andra", kind=kind), *map(_shown, traced)))
    columns = _year_columns(several, texts("sarskilt.vad"))
    caption = texts("sarskilt.rubrik", years=several.span)
    return Table("sarskilt", caption, columns, tuple(rows), texts("sarskilt.kalla"))


def _own(several: SeveralYears, nature: Nature) -> Iterator[str]:
    amounts = area_spend(several, nature, "own")
    for result, amount in zip(several.results, amounts, strict=True):
        area = area_of(several, result)
        there = area is not None and exists(result, AREA_CODES, area.code)
        yield _shown(amount) if there else IMPOSSIBLE
