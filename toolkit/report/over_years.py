"""The report over several years as blocks: what it rests on, what began and ended, the figures year
by year, and examples with their year. Every sentence is a text of `flerar.yaml`, chosen by what the
years hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.money_tables import CODE_NEEDS
from toolkit.analysis.needs import Need, lacking
from toolkit.analysis.over_years import KIND_NEEDS, ON_AREA, SEPARATE_NEEDS, SeveralYears
from toolkit.analysis.over_years_money import spend_left_out
from toolkit.analysis.over_years_tables import (
    code_table,
    earmark_table,
    indicator_table,
    kind_table,
    period_table,
    return_table,
    series_table,
    shift_table,
    work_table,
)
from toolkit.analysis.table import Table
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.files.yaml import SpecError
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Figure, Heading, Inline, Paragraph, Reference, Text
from toolkit.report.examples import EXAMPLE_NEEDS
from toolkit.report.issue import PLAIN, Issue
from toolkit.report.over_years_examples import told_examples
from toolkit.report.over_years_figures import indicator_charts, spend_chart
from toolkit.report.over_years_gaps import Gap, gaps, gaps_said, names_said
from toolkit.report.over_years_said import (
    indicators_said,
    left_out_said,
    money_said,
    objectives_said,
    returns_said,
    separate_said,
    shifts_said,
    work_said,
)
from toolkit.report.prose import Report
from toolkit.spec.load import Year
from toolkit.spec.model import Spec
from toolkit.spec.roles import ACTIVITY_HEADING, OBJECTIVES

TEXTS = "flerar"
"""The file of the year's texts."""


@dataclass(frozen=True)
class Overview:
    """What the sections are made of."""

    several: SeveralYears
    texts: Texts

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """What is said of the returns."""
        return tuple(returns_said(self.several, self.texts))

    @cached_property
    def specs(self) -> tuple[Spec, ...]:
        """What each year asks for."""
        return specs_of(self.several)

    def asks(self, needs: Sequence[Need]) -> bool:
        """Whether any of the years asks for all that something needs."""
        return bool(self.several.asking(needs))

    def unasked(self, needs: Sequence[Need], form: str = "punkt") -> Iterator[Block]:
        """A paragraph about the years that do not ask for something."""
        said = list(gaps_said(self.specs, needs, self.texts, form))
        if said:
            yield _plain(*said)


def specs_of(several: SeveralYears) -> tuple[Spec, ...]:
    """What each of the years asks for."""
    return tuple(one.data.year.spec for one in several.results)


def texts_of(several: SeveralYears) -> Texts:
    """The report's texts, with the years in its titles. Raises SpecError where the newest year has
    none."""
    year = several.newest.data.year
    usual, own = year.texts("rapport"), year.texts(TEXTS)
    entries = {**usual.entries, **own.entries}
    titles = {name: own(name, years=several.span) for name in ("undertitel", "sidfot")}
    return Texts(own.name, {**entries, **titles})


def write_years(several: SeveralYears, issue: Issue = PLAIN) -> Report:
    """The report, in the texts of the newest year. `issue` is that year's printing."""
    texts = _with_footer(texts_of(several), issue, several)
    overview = Overview(several, texts)
    blocks: list[Block] = []
    for chapter, sections in CHAPTERS.items():
        asked = [one for one in sections if is_asked(specs_of(several), one)]
        if asked:
            blocks.append(Heading(1, texts(f"kapitel.{chapter}"), name=f"kapitel_{chapter}"))
        for section in asked:
            blocks.append(Heading(2, texts(f"avsnitt.{section.id}"), name=section.id))
            blocks += section.write(overview)
    remark = issue.said("omslag", several.newest)
    said = tuple(_marked(block, issue, several) for block in blocks)
    stamp = issue.stamp(texts)
    return Report(several.newest.year, said, texts, True, False, remark, stamp)


def is_asked(specs: Sequence[Spec], section: YearsSection) -> bool:
    """Whether any year asks for what something in a section needs; the others have a point there,
    and it is said why."""
    return any(any(not lacking(spec, part) for spec in specs) for part in section.parts)


class SectionGap(NamedTuple):
    """A section in which some years are not told of, or (`is_out`) which none of them can have: by
    its heading, with what they do not ask for."""

    heading: str
    years: tuple[int, ...]
    names: str
    is_out: bool


def section_gaps(specs: Sequence[Spec], texts: Texts) -> Iterator[SectionGap]:
    """What a report over these years cannot tell of some of them, section by section. What none of
    the years asks for is none of the report's."""
    for section in chain.from_iterable(CHAPTERS.values()):
        needs = tuple(chain.from_iterable(section.parts))
        is_out = not is_asked(specs, section)
        for gap in gaps(specs, needs):
            if _is_asked_by_some(specs, gap):
                said = (gap.years, names_said(specs, gap, texts), is_out)
                yield SectionGap(texts(f"avsnitt.{section.id}"), *said)


def gaps_between(newest: Year, specs: Sequence[Spec]) -> list[SectionGap]:
    """What a report over these years could not tell of some of them, in the newest's texts; nothing
    in a collection that has none for such a report."""
    try:
        texts = newest.texts(TEXTS)
    except SpecError:
        return []
    return list(section_gaps(specs, texts))


def _is_asked_by_some(specs: Sequence[Spec], gap: Gap) -> bool:
    return any(not set(gap.lacks) <= set(lacking(spec, gap.lacks)) for spec in specs)


def _with_footer(texts: Texts, issue: Issue, several: SeveralYears) -> Texts:
    """The texts with the footer that tells of what is invented, where anything is."""
    footer = issue.said("sidfot", several.newest).replace("{year}", several.span)
    return Texts(texts.name, {**texts.entries, "sidfot": footer}) if footer else texts


def _marked(block: Block, issue: Issue, several: SeveralYears) -> Block:
    if isinstance(block, Heading | Paragraph):
        return block
    return issue.marked(block, several.newest)


def _plain(*sentences: str, table: str = "") -> Paragraph:
    """A paragraph; the last sentence ends by naming a table."""
    runs: list[Inline] = [Text(" ".join(filter(None, sentences)))]
    if table:
        runs += [Reference("tabell", table), Text(".")]
    return Paragraph(tuple(runs))


def _with_table(
    overview: Overview,
    said: Sequence[str],
    make: Callable[[SeveralYears, Texts], Table],
    several: SeveralYears | None = None,
) -> Iterator[Block]:
    table = make(several or overview.several, overview.texts)
    yield _plain(*said, table=table.id)
    yield Figure(table)


def _returns(overview: Overview) -> Iterator[Block]:
    lead = overview.texts("underlag.inled", years=overview.several.span)
    yield from _with_table(overview, [lead], return_table)
    yield _plain(*overview.notices)
    yield _plain(overview.texts("underlag.jamforelse"))


def _periods(overview: Overview) -> Iterator[Block]:
    texts = overview.texts
    if overview.asks((OBJECTIVES,)):
        yield _plain(*objectives_said(overview.several, texts))
        yield from overview.unasked((OBJECTIVES,), "saknas")
    if not overview.asks((ACTIVITY_HEADING,)):
        return
    if period_table(overview.several, texts).rows:
        yield from _with_table(overview, [texts("perioder.lanen")], period_table)
    else:
        yield _plain(texts("perioder.inga"))
    yield from overview.unasked((ACTIVITY_HEADING,), "saknas")


def _work(overview: Overview) -> Iterator[Block]:
    texts = overview.texts
    said = [*work_said(overview.several, texts), texts("omfattning.mer")]
    yield from _with_table(overview, said, work_table)
    yield from overview.unasked(ON_AREA)
    if overview.asks(KIND_NEEDS):
        yield from _with_table(overview, [texts("slag_av.mer")], kind_table)
        yield from overview.unasked(KIND_NEEDS)


def _shifts(overview: Overview) -> Iterator[Block]:
    said = list(shifts_said(overview.several, overview.texts))
    ends = overview.several.ends(KIND_NEEDS)
    if ends and shift_table(ends, overview.texts).rows:
        yield from _with_table(overview, said, shift_table, ends)
    else:
        yield _plain(*said)
    yield from overview.unasked(KIND_NEEDS, "saknas")


def _indicators(overview: Overview) -> Iterator[Block]:
    several, texts = overview.several, overview.texts
    first, *more = indicators_said(several, texts)
    if indicator_table(several, texts).rows:
        yield from _with_table(overview, [first], indicator_table)
    else:
        yield _plain(first)
    yield from overview.unasked(INDICATOR_NEEDS)
    yield from (_plain(one) for one in more)
    charts = indicator_charts(several, texts)
    if charts:
        yield _plain(texts("indikator_ar.multiplar"))
        yield from charts


def _money(overview: Overview) -> Iterator[Block]:
    texts = overview.texts
    said = [*money_said(overview.several, texts), texts("pengar.mer")]
    yield from _with_table(overview, said, series_table)
    asking = overview.several.asking(CODE_NEEDS)
    without = list(left_out_said(asking, spend_left_out, texts, "pengar.utan_lan"))
    if without:
        yield _plain(*without)
    yield from _with_table(overview, [texts("kod_ar.mer")], code_table)
    yield from overview.unasked(CODE_NEEDS)
    yield spend_chart(overview.several, texts)


def _separate(overview: Overview) -> Iterator[Block]:
    said = [*separate_said(overview.several, overview.texts), overview.texts("sarskilt.mer")]
    yield from _with_table(overview, said, earmark_table)
    yield from overview.unasked(SEPARATE_NEEDS)


def _examples(overview: Overview) -> Iterator[Block]:
    found = list(told_examples(overview.several, overview.texts))
    yield _plain(overview.texts("exempel.inled" if found else "exempel.inga"))
    for one in found:
        head = overview.texts("exempel.ar", county=one.county, year=one.year)
        yield Paragraph((Text(f"{head} ", bold=True), Text(one.text)), "bullet")
    yield from overview.unasked(_EXAMPLES, "saknas")


class YearsSection(NamedTuple):
    """A section of the report, and what each of its parts needs of a year to tell of it."""

    id: str
    parts: tuple[tuple[Need, ...], ...]
    write: Callable[[Overview], Iterator[Block]]


_EXAMPLES: tuple[Need, ...] = (*ON_AREA, *EXAMPLE_NEEDS)
CHAPTERS: Mapping[str, tuple[YearsSection, ...]] = {
    "underlag": (
        YearsSection("underlag", ((),), _returns),
        YearsSection("perioder", ((ACTIVITY_HEADING,), (OBJECTIVES,)), _periods),
    ),
    "arbetet": (
        YearsSection("verksamhet", (ON_AREA, KIND_NEEDS), _work),
        YearsSection("skifte", (KIND_NEEDS,), _shifts),
        YearsSection("indikatorer", (INDICATOR_NEEDS,), _indicators),
        YearsSection("exempel", (_EXAMPLES,), _examples),
    ),
    "pengarna": (
        YearsSection("pengar", (CODE_NEEDS,), _money),
        YearsSection("sarskilt", (SEPARATE_NEEDS,), _separate),
    ),
}
"""The sections in order; each where some year asks for what one of its parts needs."""
