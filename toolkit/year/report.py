"""The report in Word: one for the whole country, or one for each county."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from toolkit.analysis.merge import Dataset
from toolkit.analysis.results import YearResults
from toolkit.analysis.standing import is_shut
from toolkit.export.derivation.figures import PrintedFigure
from toolkit.export.derivation.questions import PrintedQuestion
from toolkit.export.derivation.sections import PrintedSection
from toolkit.export.derivation.workbook import PrintedTable, write_derivation
from toolkit.files.atomic import publish, withdraw
from toolkit.files.errors import CannotBeDone
from toolkit.findings.finding import Finding
from toolkit.report import compose_report
from toolkit.report.blocks import Chart, Figure, Placed
from toolkit.report.chapters import refuse_faults
from toolkit.report.county import write_county
from toolkit.report.derived.sections import asked_by_section
from toolkit.report.gate import gate_remarks
from toolkit.report.passages import GateRemark
from toolkit.report.prose import Report
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.word import refuse_template, render_report
from toolkit.word.write.comments import with_comments
from toolkit.word.write.inhouse import kept_in_house
from toolkit.year.editors import close_edition, open_edition, outdated_in
from toolkit.year.issue import issue_of, refuse_lacking
from toolkit.year.memory import Memory, no_memory
from toolkit.year.published import descriptor_of, publish_data, withdraw_data
from toolkit.year.secrecy import keep_record, with_secrecy
from toolkit.year.workspace import Workspace

_CHAPTERS, _SOUND = "chapters", "sound"


def need_parts(year: Year, memory: Memory | None = None, *, chapters: bool = True) -> None:
    """What a report is made of is there and whole: told before the long work that comes first.
    Chapters that were sound and have not been changed since are not looked through again. Raises
    ReportError, TemplateError and SpecError."""
    if chapters:
        _need_chapters(year, memory or no_memory())
    refuse_template(year.path("rapport.docx"))


def _need_chapters(year: Year, memory: Memory) -> None:
    if memory.recall(_CHAPTERS, str(year.spec.year)) != _SOUND:
        refuse_faults(year)
        memory.keep(_CHAPTERS, {(str(year.spec.year),): _SOUND})


class Drafted(NamedTuple):
    """What has been written, what could not be used of the editors' choices, and what is to be
    looked at before the report is printed."""

    paths: list[Path]
    told: list[Finding]
    asked: list[GateRemark]


def write_report(
    space: Workspace, finance: YearResults, *, draft: bool = False, review: bool = False
) -> Drafted:
    """rapport.docx as the editors want it, its tables as data, underlag.xlsx with what they are
    counted from, redaktion.xlsx with everything that can be chosen,
    texter.docx with every section that can be written, and what could not be used of earlier ones;
    for a `review` also the report with a comment at each place to look at. Raises ReportError and
    TemplateError."""
    year = finance.data.year
    edition = open_edition(space, year)
    issue = issue_of(space, draft=draft)
    known = with_secrecy(space, finance)
    report = compose_report(known, edition.desk, edition.script, issue)
    publish(space.derivation, derivation_of(known, report))
    document = render_report(report, year.path("rapport.docx"))
    told = close_edition(space, edition)
    asked = gate_remarks(report, finance.data)
    paths = [publish(space.report, document)]
    publish_data(space, known, report)
    if review:
        paths.append(publish(space.reviewed_report, reviewed(document, asked, report, year)))
    return Drafted(paths, told, asked)


def reviewed(document: bytes, asked: Sequence[GateRemark], report: Report, year: Year) -> bytes:
    """The report with a comment at each place to look at, which stays in the house."""
    told = [(one.passage, one.asked) for one in asked]
    commented = with_comments(document, told, report.texts("avsandare"))
    return kept_in_house(commented, year.texts("export")("intern"))


def printed_tables(report: Report) -> list[PrintedTable]:
    """The report's tables with the numbers that Word gives them."""
    tables = [block.table for block in report.blocks if isinstance(block, Figure)]
    return [PrintedTable(number, table) for number, table in enumerate(tables, 1)]


def derivation_of(results: YearResults, report: Report) -> bytes:
    """underlag.xlsx of a report."""
    tables, figures = printed_tables(report), printed_figures(report)
    return write_derivation(results, tables, figures, printed_sections(report))


def printed_sections(report: Report) -> list[PrintedSection]:
    """The sections whose text says anything of the data, with what was asked for it."""
    found: list[PrintedSection] = []
    for heading, asked in asked_by_section(report):
        questions = [PrintedQuestion(*one) for one in asked]
        found.append(PrintedSection(len(found) + 1, heading, questions))
    return found


def printed_figures(report: Report) -> list[PrintedFigure]:
    """The report's charts with the numbers that Word gives them; maps have none of their own."""
    placed = (block for block in report.blocks if isinstance(block, Placed))
    drawn = (block for block in placed if not isinstance(block, Figure))
    found = []
    for number, block in enumerate(drawn, 1):
        if isinstance(block, Chart):
            series = tuple((one.name, one.values) for one in block.series)
            told = (block.caption, block.table, block.categories, series)
            found.append(PrintedFigure(number, *told))
    return found


def write_counties(
    space: Workspace, finance: YearResults, counties: Sequence[Code], *, draft: bool = False
) -> list[Path]:
    """`<code>-<name>-rapport.docx` for each county. Raises TemplateError."""
    template, known = finance.data.year.path("rapport.docx"), with_secrecy(space, finance)
    written, issue = [], issue_of(space, draft=draft)
    for county in counties:
        document = render_report(write_county(known, county.code, issue), template)
        written.append(publish(space.county_report(county), document))
    return written


def write_draft(
    space: Workspace,
    finance: YearResults,
    counties: Sequence[Code] | None,
    *,
    draft: bool = False,
    review: bool = False,
) -> Drafted:
    """The report, or the own reports of some counties. Raises ReportError and TemplateError."""
    if counties is not None:
        return Drafted(write_counties(space, finance, counties, draft=draft), [], [])
    return write_report(space, finance, draft=draft, review=review)


def write_for_good(space: Workspace, finance: YearResults, *, review: bool = False) -> Drafted:
    """All that is to be published: the report and every county's own. What it prints is kept for
    later years. Raises CannotBeDone when something is not filled in, a section written in Word is
    older than its data or a low count is given away, ReportError and TemplateError."""
    refuse_shut(finance.data)
    refuse_lacking(space)
    known = with_secrecy(space, finance)
    refuse_outdated(space, known)
    report = write_report(space, finance, review=review)
    counties = write_counties(space, finance, finance.data.year.spec.counties)
    _withdraw_leaking(space, known, [*report.paths, *counties])
    record = keep_record(space, known)
    return report._replace(paths=[*report.paths, *counties, descriptor_of(space), record])


def refuse_shut(*several: Dataset) -> None:
    """Raises CannotBeDone while something that may have been sent for one of some years cannot be
    opened here: what is printed would say that it has not come."""
    unread = chain.from_iterable(data.unread for data in several)
    shut = [found.file for found in unread if is_shut(found)]
    if shut:
        raise CannotBeDone("fel.stangda_filer", names=", ".join(shut))


def refuse_outdated(space: Workspace, known: YearResults) -> None:
    """Raises CannotBeDone where a section written in Word replaces a text that the data have
    changed since: its numbers may be those of then. ReportError where the report cannot be
    written."""
    edition = open_edition(space, known.data.year)
    compose_report(known, edition.desk, edition.script, issue_of(space))
    outdated = outdated_in(edition)
    if outdated:
        told = ", ".join(f"”{one.heading}”" for one in outdated)
        raise CannotBeDone("fel.texter_aldre", file=space.shown(space.manuscript), names=told)


def _withdraw_leaking(space: Workspace, known: YearResults, written: Sequence[Path]) -> None:
    """Raises CannotBeDone when what has been written gives away a low count. It does not stay
    behind: nobody sees from a file that the command stopped."""
    # scipy is loaded only for what is printed
    from toolkit.year.disclosure import all_told, find_leaks, places_told

    leaks = find_leaks(space, known)
    if leaks:
        for path in written:
            withdraw(path)
        withdraw_data(space)
        told, places = all_told(leaks, known), places_told(leaks, known)
        raise CannotBeDone("fel.rojande", told=told, places=places)
