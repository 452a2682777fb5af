"""The report over several years: those of the asked ones that have templates and returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.analysis.indicator_years import indicator_values
from toolkit.analysis.merge import Dataset
from toolkit.analysis.over_years import SeveralYears
from toolkit.analysis.results import YearResults
from toolkit.files.atomic import publish, withdraw
from toolkit.files.errors import CannotBeDone
from toolkit.report.gate import gate_remarks
from toolkit.report.issue import Issue
from toolkit.report.over_years import SectionGap, section_gaps, specs_of, write_years
from toolkit.report.passages import GateRemark
from toolkit.report.prose import Report
from toolkit.spec.load import years_in
from toolkit.word import refuse_template, render_report
from toolkit.year.disclosure import told_leaks_over_years
from toolkit.year.inputs import Inputs
from toolkit.year.issue import issue_of
from toolkit.year.money import examine_money
from toolkit.year.progress import Progress, unseen
from toolkit.year.report import refuse_shut, reviewed
from toolkit.year.run import merged_data
from toolkit.year.secrecy import with_secrecy
from toolkit.year.workspace import Workspace


class SeveralWritten(NamedTuple):
    """The report, and beside it the one with comments where that was asked for; what it cannot tell
    of some of its years, and the indicators that are not counted alike in all of them; what is to
    be looked at before it is printed, the low counts that it gives away, and the years' data."""

    paths: list[Path]
    gaps: tuple[SectionGap, ...]
    counted_anew: tuple[str, ...]
    asked: list[GateRemark]
    leaks: str
    data: tuple[Dataset, ...]


def years_there(space: Workspace, first: int, last: int) -> list[int]:
    """The years that have both templates and returns. Raises CannotBeDone when none has."""
    known = years_in(space.templates)
    found = [year for year in range(first, last + 1) if year in known]
    there = [year for year in found if space.of(year).submissions()]
    if not there:
        raise CannotBeDone("fel.ar_utan", first=first, last=last)
    return there


def write_several(
    inputs: Inputs,
    first: int,
    last: int,
    progress: Progress = unseen,
    *,
    draft: bool = False,
    review: bool = False,
) -> SeveralWritten:
    """`rapport-2017-2020.docx` among the newest year's outputs; for a `review` also the report with
    a comment at each place to look at. Raises CannotBeDone, SpecError, SeriesError and
    TemplateError."""
    there = years_there(inputs.space, first, last)
    newest = inputs.of(there[-1])
    template = newest.year.path("rapport.docx")
    refuse_template(template)
    several, report = compose_several(inputs, first, last, progress, draft=draft)
    document = render_report(report, template)
    paths = [publish(newest.space.years_report(there[0]), document)]
    asked = gate_remarks(report, several.newest.data)
    if review:
        target = newest.space.reviewed_years_report(there[0])
        paths.append(publish(target, reviewed(document, asked, report, newest.year)))
    gaps = tuple(section_gaps(specs_of(several), report.texts))
    leaks = told_leaks_over_years(newest.space, several.results)
    data = tuple(one.data for one in several.results)
    return SeveralWritten(paths, gaps, _anew(several), asked, leaks, data)


def compose_several(
    inputs: Inputs, first: int, last: int, progress: Progress = unseen, *, draft: bool = False
) -> tuple[SeveralYears, Report]:
    """The report of the inputs as they are, which has not been written, and what it is made of.
    Raises CannotBeDone, SpecError and SeriesError."""
    there = years_there(inputs.space, first, last)
    results = [_results(inputs.of(year), progress) for year in there]
    absent = tuple(year for year in range(first, last + 1) if year not in there)
    several = SeveralYears(tuple(results), absent)
    newest = inputs.of(there[-1]).space
    return several, write_years(several, _issue(newest, results, draft=draft))


def write_several_for_good(
    inputs: Inputs, first: int, last: int, progress: Progress = unseen, *, review: bool = False
) -> SeveralWritten:
    """The report that is to be published. Raises CannotBeDone when a low count is given away
    or something cannot be opened, and as `write_several`."""
    written = write_several(inputs, first, last, progress, review=review)
    try:
        refuse_shut(*written.data)
        if written.leaks:
            raise CannotBeDone("fel.rojande", told=written.leaks, places="")
    except CannotBeDone:
        # It does not stay behind: nobody sees from a file that the command stopped.
        for path in written.paths:
            withdraw(path)
        raise
    return written


def _anew(several: SeveralYears) -> tuple[str, ...]:
    """The indicators that have a row for each way of counting, as they are shown in a list."""
    found = dict.fromkeys(
        f"{one.code.code} {one.code.label}" for one in indicator_values(several) if one.broken
    )
    return tuple(found)


def _results(inputs: Inputs, progress: Progress) -> YearResults:
    found, _ = examine_money(inputs, merged_data(inputs, progress))
    return with_secrecy(inputs.space, found)


def _issue(space: Workspace, results: Sequence[YearResults], *, draft: bool) -> Issue:
    """The newest year's printing; what is invented in any of the years is said."""
    issues = [issue_of(space.of(one.year), draft=draft) for one in results]
    marked = zip(reversed(issues), reversed(results), strict=True)
    invented = next((one.invented for one, found in marked if one.said("omslag", found)), None)
    return replace(issues[-1], invented=invented) if invented else issues[-1]
