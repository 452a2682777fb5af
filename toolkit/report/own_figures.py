"""The tables and figures that an agency describes itself in tabeller.yaml, as chapters place
them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from toolkit.analysis.own_tables import Line, own_columns, own_lines, own_table, shown
from toolkit.analysis.results import YearResults
from toolkit.analysis.table import Table
from toolkit.analysis.tables import TABLES
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Chart, ChartSeries
from toolkit.report.figures import FIGURES
from toolkit.spec.load import Year
from toolkit.spec.own_tables import OwnFigure, OwnTables, filled, own_tables
from toolkit.words.swedish import join_and

_TAKEN = frozenset({("tabell", one.id) for one in TABLES} | {("figur", one.id) for one in FIGURES})


def own_of(year: Year) -> OwnTables:
    """The year's own tables and figures. Raises SpecError with all that is wrong in the file."""
    return own_tables(year, _TAKEN)


def make_own_tables(results: YearResults, texts: Texts) -> list[Table]:
    """All of them, in the order of the file."""
    return [own_table(one, results, texts) for one in own_of(results.data.year).tables]


def make_own_figures(results: YearResults, texts: Texts) -> list[Chart]:
    """All of them, in the order of the file."""
    own = own_of(results.data.year)
    return [_chart(own, figure, results, texts) for figure in own.figures]


def _chart(own: OwnTables, figure: OwnFigure, results: YearResults, texts: Texts) -> Chart:
    table = own.table(figure.table)
    lines, heads = own_lines(table, results), own_columns(table, results)
    series = []
    for place, head in enumerate(heads):
        series.append(ChartSeries(head, tuple(line.values[place] for line in lines)))
    told = {"year": results.year}
    return Chart(
        figure.id,
        figure.kind,
        filled(figure.caption, told),
        filled(figure.source or table.source, told),
        _told(figure, lines, results.year, texts),
        figure.table,
        tuple(line.label for line in lines),
        tuple(series),
        figure.unit,
    )


def _told(figure: OwnFigure, lines: list[Line], year: int, texts: Texts) -> str:
    """What the chart shows in words, by the sums of its rows; that there is nothing, where that is
    so."""
    sums = {line.label: _known(line) for line in lines if None not in line.values}
    if not any(sums.values()):
        return texts("figur.ingen")
    most, least = max(sums.values()), min(sums.values())
    said = {"largest": _all_with(most, sums), "largest_value": shown(most)}
    said |= {"smallest": _all_with(least, sums), "smallest_value": shown(least)}
    return filled(figure.alternative, {**said, "year": year})


def _all_with(number: Decimal, sums: Mapping[str, Decimal]) -> str:
    """Every row that comes to a number: of several that do none is told alone."""
    return join_and(label for label, own in sums.items() if own == number)


def _known(line: Line) -> Decimal:
    return sum(filter(None, line.values), Decimal(0))
