"""One county's own report: its facts, activities, indicators, spend and verdict."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.analysis.records import Activity, IndicatorValue, SpendLine
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import TableState
from toolkit.analysis.table import Table
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Figure, Heading, Paragraph, Text
from toolkit.report.countytables import (
    County,
    activity_table,
    counties_of,
    fact_table,
    indicator_table,
    spend_table,
)
from toolkit.report.prose import Report


def write_county(results: YearResults, code: str) -> Report:
    """The report on one county, in the year's own texts."""
    year = results.data.year
    texts = year.texts("lansrapport")
    county = next(one for one in counties_of(results, texts) if one.code == code)
    blocks = [*_facts(county)]
    blocks += _section(county, Activity.TABLE, activity_table(county))
    blocks += _examples(county)
    blocks += _section(county, IndicatorValue.TABLE, indicator_table(county))
    blocks += _section(county, SpendLine.TABLE, spend_table(county))
    blocks += _verdict(county)
    return Report(year.spec.year, tuple(blocks), _addressed(texts, county), cover=False)


def _addressed(texts: Texts, county: County) -> Texts:
    """The texts with the county in the titles."""
    named = ("titel", "sidhuvud")
    told = {name: texts(name, county=county.state.name) for name in named}
    return Texts(texts.name, {**texts.entries, **told})


def _heading(text: str) -> Heading:
    return Heading(1, text, numbered=False)


def _plain(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _facts(county: County) -> Iterator[Block]:
    yield _heading(county.texts("avsnitt.fakta"))
    yield Figure(fact_table(county))


def _section(county: County, table: str, shown: Table) -> Iterator[Block]:
    """A table under its heading, or why there is none."""
    yield _heading(county.texts(f"avsnitt.{table}"))
    if not county.known(table):
        said = {TableState.BLOCKED, TableState.UNTREATED}
        state = county.state.tables[table]
        why = state if state in said else TableState.MISSING
        yield _plain(county.texts(f"saknas.{why}"))
    elif not county.count(table):
        yield _plain(county.texts("saknas.nil"))
    else:
        yield Figure(shown)


def _examples(county: County) -> Iterator[Block]:
    """The good examples, as the county has written them."""
    for activity in county.activities:
        said = activity.offered_example
        if said:
            text = said.rstrip(".")
            yield _plain(county.texts("exempel_fran", county=county.state.name, text=text))


def _verdict(county: County) -> Iterator[Block]:
    """What was found on the earmark, in words."""
    earmark, verdict = county.results.earmark, county.verdict.verdict
    yield _heading(county.texts("avsnitt.sarredovisning"))
    area = earmark.label[:1].lower() + earmark.label[1:]
    yield _plain(county.texts(f"utslag.{verdict}", area=area, code=earmark.code))
