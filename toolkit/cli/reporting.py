"""The command that writes the report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from toolkit.cli.arguments import (
    HERE,
    CountyCodes,
    Day,
    Root,
    YearNumber,
    chosen_counties,
    inputs_of,
)
from toolkit.cli.progress import shown_progress
from toolkit.cli.sayings import (
    TEXTS,
    tell_findings,
    tell_lacking,
    tell_leaks,
    tell_template,
    tell_written,
)
from toolkit.cli.stopped import exit_code
from toolkit.files.errors import CannotBeDone

if TYPE_CHECKING:
    from toolkit.findings.finding import Finding
    from toolkit.spec.codelists import Code
    from toolkit.year.inputs import Inputs


def report(
    year: YearNumber,
    chapter: Annotated[str | None, typer.Option(help=TEXTS("hjalp.chapter"))] = None,
    county: CountyCodes = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=TEXTS("hjalp.pdf"))] = False,
    template: Annotated[
        bool, typer.Option("--check-template", help=TEXTS("hjalp.template"))
    ] = False,
    draft: Annotated[bool, typer.Option("--utkast", help=TEXTS("hjalp.utkast"))] = False,
    final: Annotated[bool, typer.Option("--final", help=TEXTS("hjalp.final"))] = False,
    day: Day = None,
    root: Root = HERE,
) -> int:
    """Write the Word report, or a county's own; as PDF too when asked."""
    from toolkit.year.documents import need_office, write_pdf

    inputs = inputs_of(root, year, day)
    _need_known_part(chapter, county, final=final)
    if draft and final:
        raise CannotBeDone("fel.utkast")
    if pdf:
        need_office()
    if template:
        return _tell_fitness(inputs)
    chosen = chosen_counties(inputs.year, county)
    printing = PrintMode(draft=draft, final=final)
    written, told = _write_report(inputs, chosen if chapter else None, printing)
    for path in written:
        tell_written(inputs.space, [path])
        if pdf:
            tell_written(inputs.space, [write_pdf(path)])
    if not chapter:
        tell_lacking(inputs.space)
    return exit_code(tell_findings(told))


class PrintMode(NamedTuple):
    """Whether what is printed is marked as a draft, or is to be published."""

    draft: bool
    final: bool


def _need_known_part(chapter: str | None, county: Sequence[str] | None, *, final: bool) -> None:
    """A county's own report is the only part that can be written by itself, and only there can
    counties be chosen. What is printed for good is printed whole."""
    if chapter and final:
        raise CannotBeDone("fel.slutlig")
    if chapter not in {None, "county"} or (county and chapter is None):
        raise CannotBeDone("fel.kapitel")


def _tell_fitness(inputs: Inputs) -> int:
    """What the year's Word template lacks."""
    from toolkit.year.documents import check_template

    lacks = check_template(inputs.year)
    tell_template(inputs.year.path("rapport.docx").name, lacks)
    return exit_code(bool(lacks))


def _write_report(
    inputs: Inputs, counties: Sequence[Code] | None, printing: PrintMode
) -> tuple[list[Path], list[Finding]]:
    """The report, with what no longer fits of the editors' choices; or, when counties are given,
    their own reports; or all of them for good."""
    from toolkit.year.disclosure import told_leaks
    from toolkit.year.money import examine_money
    from toolkit.year.report import need_parts, write_draft, write_for_good
    from toolkit.year.run import merged_data

    need_parts(inputs.year, chapters=counties is None)
    found, _ = examine_money(inputs, merged_data(inputs, shown_progress))
    if printing.final:
        return write_for_good(inputs.space, found)
    written, told = write_draft(inputs.space, found, counties, draft=printing.draft)
    tell_leaks(told_leaks(inputs.space, found))
    return written, told
