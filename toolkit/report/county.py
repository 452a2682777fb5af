"""One county's own report: its facts, what it has seen, wants and done, indicators, spend and
verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from toolkit.analysis.earmarks import VERDICT_NEEDS
from toolkit.analysis.money_tables import CODE_NEEDS
from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, LeftOut, Need, lacking
from toolkit.analysis.results import YearResults
from toolkit.analysis.table import Table
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Figure, Heading, Paragraph, Text
from toolkit.report.countyfacts import compared_fact_table
from toolkit.report.countytables import (
    County,
    activity_table,
    counties_of,
    indicator_table,
    spend_table,
)
from toolkit.report.countytexts import examples, goals, outcomes, situations, why_none
from toolkit.report.examples import EXAMPLE_NEEDS
from toolkit.report.issue import PLAIN, Issue
from toolkit.report.notices import waived_in
from toolkit.report.prose import Report
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_HEADING,
    ACTIVITY_RESULT,
    GOAL_TEXT,
    INDICATOR,
    SITUATION_TEXT,
    SPEND,
    TableRole,
)


def write_county(results: YearResults, code: str, issue: Issue = PLAIN) -> Report:
    """The report on one county, in the year's own texts."""
    year = results.data.year
    texts = year.texts("lansrapport")
    county = next(one for one in counties_of(results, texts) if one.code == code)
    blocks: list[Block] = []
    for section in SECTIONS:
        if county.asks(*section.needs):
            blocks += section.write(county)
    remark = issue.invented.said("lan", [county.state.file])
    addressed, draft = _addressed(texts, county), issue.stamp(year.texts("rapport"))
    said = tuple(issue.marked_of(county.state.file, block) for block in blocks)
    return Report(results.year, said, addressed, False, False, remark, draft)


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
    yield Figure(compared_fact_table(county))
    texts = county.results.data.year.texts("rapport")
    waived = waived_in(county.state, texts, county.held)
    if waived:
        told = [
            county.texts("avsteg.rad", what=one.placed, decision=one.decision) for one in waived
        ]
        yield _plain(" ".join([county.texts("avsteg.inled"), *told]))


def _activities(county: County) -> Iterator[Block]:
    yield _heading(county.texts("avsnitt.aktiviteter"))
    yield from _shown(county, ACTIVITY, activity_table)


def _indicators(county: County) -> Iterator[Block]:
    yield _heading(county.texts("avsnitt.indikatorer"))
    if county.known(INDICATOR) and not county.count(INDICATOR) and _withholds(county.results):
        # The same of a county without any: otherwise it would say whose the withheld ones are.
        yield _plain(county.texts("saknas.undantagen"))
    else:
        yield from _shown(county, INDICATOR, indicator_table)


def _withholds(results: YearResults) -> bool:
    """Whether any indicator of the year is withheld."""
    return any(results.pattern(code).withheld for code in results.person_codes)


def _spend(county: County) -> Iterator[Block]:
    yield _heading(county.texts("avsnitt.ekonomi"))
    yield from _shown(county, SPEND, spend_table)


def _shown(county: County, table: TableRole, make: Callable[[County], Table]) -> Iterator[Block]:
    """A table, or why there is none."""
    if not county.known(table) or not county.count(table):
        yield _plain(county.texts(f"saknas.{why_none(county, table)}"))
    else:
        yield Figure(make(county))


def _verdict(county: County) -> Iterator[Block]:
    """What was found on the earmark, in words."""
    earmark, verdict = county.results.earmark, county.verdict.verdict
    yield _heading(county.texts("avsnitt.sarredovisning"))
    area = earmark.label[:1].lower() + earmark.label[1:]
    yield _plain(county.texts(f"utslag.{verdict}", area=area, code=earmark.code))


class CountySection(NamedTuple):
    """A part of the report on one county, and what it needs of the year."""

    id: str
    needs: tuple[Need, ...]
    write: Callable[[County], Iterator[Block]]


SECTIONS = (
    CountySection("fakta", (), _facts),
    CountySection("lagesbild", (SITUATION_TEXT,), situations),
    CountySection("mal", (GOAL_TEXT,), goals),
    CountySection("aktiviteter", (ACTIVITY_HEADING,), _activities),
    CountySection("resultat", (EARMARKS, EARMARKED_WORK, ACTIVITY_RESULT), outcomes),
    CountySection("exempel", EXAMPLE_NEEDS, examples),
    CountySection("indikatorer", INDICATOR_NEEDS, _indicators),
    CountySection("ekonomi", CODE_NEEDS, _spend),
    CountySection("sarredovisning", VERDICT_NEEDS, _verdict),
)
"""The parts in order; each only in a year that asks for what it needs."""


def left_out_sections(spec: Spec) -> list[LeftOut]:
    """The parts that a year's reports on counties do not have, and why."""
    found = [LeftOut("lansavsnitt", one.id, lacking(spec, one.needs)) for one in SECTIONS]
    return [one for one in found if one.lacks]
