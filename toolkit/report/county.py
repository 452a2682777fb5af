"""One county's own report: its facts, activities, indicators, spend and verdict."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.analysis.tables import Money, Table
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


def write_county(money: Money, code: str) -> Report:
    """The report on one county, in the year's own texts."""
    year = money.data.year
    texts = year.texts("lansrapport")
    county = next(one for one in counties_of(money, texts) if one.state.code == code)
    blocks = [
        *_facts(county),
        *_section(county, "aktiviteter", activity_table(county)),
        *_examples(county),
    ]
    blocks += _section(county, "indikatorer", indicator_table(county))
    blocks += _section(county, "ekonomi", spend_table(county))
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
        yield _plain(
            county.texts(
                f"saknas.{'blocked' if county.state.tables[table] == 'blocked' else 'missing'}"
            )
        )
    elif not county.rows(table):
        yield _plain(county.texts("saknas.nil"))
    else:
        yield Figure(shown)


def _examples(county: County) -> Iterator[Block]:
    """The good examples, as the county has written them."""
    for row in county.rows("aktiviteter"):
        if row["gott_exempel"] == "JA" and isinstance(row["exempeltext"], str):
            text = county.texts(
                "exempel_fran", county=county.state.name, text=row["exempeltext"].rstrip(".")
            )
            yield _plain(text)


def _verdict(county: County) -> Iterator[Block]:
    """What was found on the earmark, in words."""
    earmark, verdict = county.money.data.year.spec.earmarks[0], county.verdict.verdict
    yield _heading(county.texts("avsnitt.sarredovisning"))
    area = earmark.label[:1].lower() + earmark.label[1:]
    yield _plain(county.texts(f"utslag.{verdict}", area=area, code=earmark.code))
