"""The charts of the report over several years: a small one for each of the indicators that most
counties report, and the money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.analysis.indicator_years import IndicatorYears, indicator_values
from toolkit.analysis.over_years import SeveralYears
from toolkit.analysis.over_years_money import Kronor, natures_in, reported
from toolkit.analysis.over_years_tables import indicator_noted
from toolkit.analysis.work_tables import Indicator
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Chart, ChartSeries
from toolkit.words.amounts import format_mnkr, format_number
from toolkit.words.swedish import capitalise, join_and

_MILLION = Decimal(1_000_000)
_SMALL = 4  # centimetres: several on a page
_MOST = 6  # charts
_FEWEST = 5  # counties in every year: below it a line tells of who has reported, not of the work


def indicator_charts(several: SeveralYears, texts: Texts) -> list[Chart]:
    """A small chart for each indicator that enough counties have reported in every year; those of
    the most counties, in the order of the list. Nothing where there is one year alone."""
    if len(several.years) == 1:
        return []
    whole = [one for one in indicator_values(several) if _fewest(one) >= _FEWEST]
    most = sorted(whole, key=_fewest, reverse=True)[:_MOST]
    return [_chart(several, one, texts) for one in whole if one in most]


def _fewest(one: IndicatorYears) -> int:
    """Counties in the year that has the fewest; none where a sum is not printed."""
    return min(_counties(value) for value in one.values)


def _counties(value: Indicator | None) -> int:
    if value is None or value.total is None:
        return 0
    return len({known.county for known in value.known})


def _chart(several: SeveralYears, one: IndicatorYears, texts: Texts) -> Chart:
    sums = (value.total for value in one.values if value)
    values = tuple(total for total in sums if total is not None)
    decimals = one.decimals
    told = []
    for year, value in zip(several.years, values, strict=True):
        told.append(texts("indikator_ar.varde", year=year, value=format_number(value, decimals)))
    unit = one.code.as_indicator.unit
    caption = {"code": one.code.code, "label": one.code.label, "unit": unit}
    return Chart(
        f"indikator_{one.code.code}",
        "line",
        texts("indikator_ar.figur", **caption, years=several.span),
        " ".join(filter(None, (texts("kalla_lan"), indicator_noted(several, one, texts)))),
        texts("indikator_ar.alternativ", told=join_and(told)),
        "indikator_ar",
        tuple(map(str, several.years)),
        (ChartSeries(one.code.label, values),),
        unit,
        decimals,
        height=_SMALL,
    )


def spend_chart(several: SeveralYears, texts: Texts) -> Chart:
    """What the counties have reported, a column for each nature of each year."""
    series, told = [], []
    for nature in natures_in(several):
        kind = texts(f"slag.{nature}")
        amounts = [reported(one, nature) for one in several.results]
        shown = (one / _MILLION if isinstance(one, Decimal) else None for one in amounts)
        series.append(ChartSeries(kind, tuple(shown)))
        for year, amount in _known(several, amounts):
            said = {"kind": kind.lower(), "year": year, "amount": format_mnkr(amount)}
            told.append(texts("pengar.varde", **said))
    return Chart(
        "pengar",
        "column",
        texts("pengar.figur", years=several.span),
        texts("kalla_lan"),
        texts("pengar.alternativ", told=capitalise(join_and(told))),
        "kod_ar",
        tuple(map(str, several.years)),
        tuple(series),
        texts("figur.mnkr"),
        decimals=1,
    )


def _known(several: SeveralYears, amounts: Sequence[Kronor]) -> Iterator[tuple[int, Decimal]]:
    """The amounts that are known, each with its year."""
    for year, amount in zip(several.years, amounts, strict=True):
        if isinstance(amount, Decimal):
            yield year, amount
