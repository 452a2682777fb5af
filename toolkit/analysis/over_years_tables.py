"""The tables of a report over several years: a column for each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.earmarks import AreaMoney
from toolkit.analysis.natures import spent_by_nature
from toolkit.analysis.over_years import (
    IndicatorYears,
    SeveralYears,
    about,
    area_spend,
    exists,
    indicator_values,
    kind_counts,
    natures_in,
    not_sent,
    periods,
    shifts,
    spent_on,
    verdict_counts,
    with_state,
)
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature, ReturnState
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING, Column, Table
from toolkit.analysis.work_tables import Indicator
from toolkit.findings.texts import Texts
from toolkit.spec.roles import AREA_CODES, INDICATORS
from toolkit.words.amounts import NBSP, format_number
from toolkit.words.sources import join_sources
from toolkit.words.swedish import join_and, sort_key

_STANDING = 5  # years that a standing page has room for beside a long label
NOT_THERE = "."
"""What stands where there was nothing to be told of: the year had no such code."""


def _year_columns(several: SeveralYears, stub: str) -> tuple[Column, ...]:
    years = (Column(str(year), number=True) for year in several.years)
    return (Column(stub), *years)


def named(several: SeveralYears, counties: Sequence[str]) -> str:
    """The counties' names in Swedish order; a dash where there are none."""
    names = sorted((several.names[code] for code in counties), key=sort_key)
    return join_and(names) or NOTHING


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
    every = [len(one.data.activities) for one in several.results]
    own = [about(one) for one in several.results]
    counties = [len({one.county for one in some}) for some in own]
    rows = []
    for name, counts in (("alla", every), ("omradet", list(map(len, own))), ("lan", counties)):
        rows.append((texts(f"omfattning.{name}"), *map(format_number, counts)))
    columns = _year_columns(several, texts("omfattning.vad"))
    caption = texts("omfattning.rubrik", years=several.span)
    return Table("omfattning", caption, columns, tuple(rows), texts("kalla_lan"))


def kind_table(several: SeveralYears, texts: Texts) -> Table:
    """Activities on the area by kind, with their sum."""
    found = kind_counts(several)
    rows = [(one.kind.label, *map(_shown, one.counts)) for one in found]
    sums = [
        sum(filter(None, column)) for column in zip(*(one.counts for one in found), strict=True)
    ]
    rows.append((texts("summa"), *(map(_shown, sums) if found else ())))
    columns = _year_columns(several, texts("slag_av.slag"))
    caption = texts("slag_av.rubrik", years=several.span)
    return Table("slag_av", caption, columns, tuple(rows), texts("slag_av.kalla"), total=True)


def _shown(number: Decimal | int | None) -> str:
    """A count or an amount; a point where there was nothing to count."""
    if number is None:
        return NOT_THERE
    return format_number(number) if number else NOTHING


def shift_table(several: SeveralYears, texts: Texts) -> Table:
    """The counties that have begun with work of a kind, and those that have ended it."""
    rows = []
    for one in shifts(several):
        rows.append((one.kind.label, named(several, one.begun), named(several, one.ended)))
    ends = {"first": several.years[0], "last": several.years[-1]}
    heads = [texts(f"skifte.{name}", **ends) for name in ("slag", "borjat", "slutat")]
    caption, source = texts("skifte.rubrik", **ends), texts("skifte.kalla", **ends)
    return Table("skifte", caption, tuple(map(Column, heads)), tuple(rows), source)


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
    """The sum of each indicator, and in brackets how many counties it is of. No sum is told of some
    of the counties: laid beside this one it would tell the others' counts."""
    rows = []
    for one in indicator_values(several):
        cells = [_sum(result, one, value) for result, value in _by_year(several, one)]
        rows.append((f"{one.code.code}{NBSP}{one.code.label}", *cells))
    columns = _year_columns(several, texts("indikator_ar.indikator"))
    caption = texts("indikator_ar.rubrik", years=several.span)
    source = texts("indikator_ar.kalla")
    wide = len(several.years) > _STANDING
    return Table("indikator_ar", caption, columns, tuple(rows), source, wide=wide)


def _by_year(
    several: SeveralYears, one: IndicatorYears
) -> Iterator[tuple[YearResults, Indicator | None]]:
    return zip(several.results, one.values, strict=True)


def _sum(result: YearResults, one: IndicatorYears, value: Indicator | None) -> str:
    if not exists(result, INDICATORS, one.code.code):
        return NOT_THERE
    if value is None or value.printed == NOT_AVAILABLE:
        return NOT_AVAILABLE
    counties = len({known.county for known in value.known})
    return f"{value.printed}{NBSP}({counties})"


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


def reported(result: YearResults, nature: Nature) -> Decimal | None:
    """Kronor of one nature over all counties; None where nobody's are known."""
    if not any(one.spend_state.usable for one in result.data.counties):
        return None
    own = spent_by_nature(result.data.year.spec, result.data.spend)
    return own.get(nature, Decimal(0))


def code_table(several: SeveralYears, texts: Texts) -> Table:
    """Spend by verksamhetskod, of each nature by itself, with their sums."""
    natures = natures_in(several)
    rows = []
    for code in several.list_codes(AREA_CODES):
        for nature in natures:
            kind = texts(f"slag.{nature}")
            rows.append((code.shown, kind, *map(_shown, spent_on(several, code, nature))))
    for nature in natures:
        sums = [reported(one, nature) for one in several.results]
        shown = [NOT_AVAILABLE if one is None else _shown(one) for one in sums]
        rows.append((texts("summa"), texts(f"slag.{nature}"), *shown))
    stub, *years = _year_columns(several, texts("kod_ar.kod"))
    columns = (stub, Column(texts("kod_ar.slag")), *years)
    caption = texts("kod_ar.rubrik", years=several.span)
    return Table("kod_ar", caption, columns, tuple(rows), texts("kod_ar.kalla"), total=True)


def earmark_table(several: SeveralYears, texts: Texts) -> Table:
    """How many counties have each verdict, and the kronor on the area's own code and on others."""
    said = several.newest.data.year.texts("export")
    rows = []
    for verdict, counts in verdict_counts(several).items():
        rows.append((said(f"utslag.{verdict}"), *map(_shown, counts)))
    for nature in natures_in(several):
        kind = texts(f"slag.{nature}")
        rows.append((texts("sarskilt.egen", kind=kind), *_own(several, nature)))
        traced = area_spend(several, nature, _traced)
        rows.append((texts("sarskilt.andra", kind=kind), *map(_shown, traced)))
    columns = _year_columns(several, texts("sarskilt.vad"))
    caption = texts("sarskilt.rubrik", years=several.span)
    return Table("sarskilt", caption, columns, tuple(rows), texts("sarskilt.kalla"))


def _own(several: SeveralYears, nature: Nature) -> Iterator[str]:
    amounts = area_spend(several, nature, lambda money: money.own)
    code = several.newest.earmark.code
    for result, amount in zip(several.results, amounts, strict=True):
        yield _shown(amount) if exists(result, AREA_CODES, code) else NOT_THERE


def _traced(money: AreaMoney) -> Decimal:
    return money.traced
