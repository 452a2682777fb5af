"""The command that writes the report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from toolkit.cli.arguments import (
    HERE,
    CountyCodes,
    Day,
    Root,
    YearSpan,
    chosen_counties,
    inputs_of,
    last_there,
    need_known_part,
    span_of,
)
from toolkit.cli.closing import tell_in_the_way, tell_in_the_way_of_years, tell_missing
from toolkit.cli.gaps import tell_counted_anew, tell_gaps
from toolkit.cli.progress import shown_progress
from toolkit.cli.sayings import (
    TEXTS,
    tell_asked,
    tell_derivation,
    tell_findings,
    tell_lacking,
    tell_leaks,
    tell_template,
    tell_undecided,
    tell_written,
)
from toolkit.cli.stopped import exit_code
from toolkit.files.errors import CannotBeDone

if TYPE_CHECKING:
    from toolkit.analysis.merge import Dataset
    from toolkit.spec.codelists import Code
    from toolkit.year.inputs import Inputs
    from toolkit.year.report import Drafted


def report(
    year: YearSpan,
    chapter: Annotated[str | None, typer.Option(help=TEXTS("hjalp.chapter"))] = None,
    county: CountyCodes = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=TEXTS("hjalp.pdf"))] = False,
    template: Annotated[
        bool, typer.Option("--check-template", help=TEXTS("hjalp.template"))
    ] = False,
    draft: Annotated[bool, typer.Option("--utkast", help=TEXTS("hjalp.utkast"))] = False,
    final: Annotated[bool, typer.Option("--final", help=TEXTS("hjalp.final"))] = False,
    review: Annotated[bool, typer.Option("--granska", help=TEXTS("hjalp.granska"))] = False,
    day: Day = None,
    root: Root = HERE,
) -> int:
    """Write the Word report, or a county's own; as PDF too when asked."""
    from toolkit.year.documents import need_office

    first, last = span_of(year)
    need_known_part(chapter, county, final=final)
    _need_one_purpose(draft=draft, final=final)
    if first < last and any((chapter, template)):
        raise CannotBeDone("fel.flera_ar")
    inputs = inputs_of(root, last_there(root, first, last), day)
    if pdf:
        need_office()
    if template:
        return _tell_fitness(inputs)
    printing = PrintMode(draft=draft, final=final, review=review)
    if first < last:
        return _report_several(inputs, first, last, printing, pdf=pdf)
    chosen = chosen_counties(inputs.year, county)
    return _report_year(inputs, chosen if chapter else None, printing, pdf=pdf)


def _report_year(
    inputs: Inputs, counties: Sequence[Code] | None, printing: PrintMode, *, pdf: bool
) -> int:
    """The report of one year, or that of some counties each, and what is told of it."""
    drafted, data = _write_report(inputs, counties, printing)
    _tell_documents(inputs, drafted.paths, pdf=pdf)
    if printing.draft and counties is None and inputs.space.printed.is_file():
        path = inputs.space.shown(inputs.space.report)
        print(TEXTS("gjort.utkast_over", path=path, year=inputs.space.year))
    if counties is None:
        tell_derivation(inputs.space, inputs.year.spec)
        tell_lacking(inputs.space)
    tell_asked(inputs.year.spec.year, drafted.asked, every=printing.review)
    told = tell_findings(drafted.told)
    is_blocked = tell_in_the_way(inputs.space, data)
    is_early = printing.final and _tell_too_early(inputs, data)
    return exit_code(told or is_blocked or is_early)


def _need_one_purpose(*, draft: bool, final: bool) -> None:
    """Raises CannotBeDone for what is to be a draft and to be published."""
    if draft and final:
        raise CannotBeDone("fel.utkast")


def _tell_too_early(inputs: Inputs, data: Dataset) -> bool:
    """What speaks against publishing: who has not sent, and what nobody has decided."""
    return any([tell_missing(inputs.space, data), tell_undecided(inputs)])


def _tell_documents(inputs: Inputs, paths: Iterable[Path], *, pdf: bool) -> None:
    """Everything that was written, each document as PDF too when asked: what is published as data,
    and what the house notes, are none."""
    from toolkit.year.documents import write_pdf

    for path in paths:
        tell_written(inputs.space, [path])
        if pdf and path.suffix == ".docx":
            tell_written(inputs.space, [write_pdf(path)])


def _report_several(
    inputs: Inputs, first: int, last: int, printing: PrintMode, *, pdf: bool
) -> int:
    """The report over several years, as PDF too when asked."""
    from toolkit.year.several import write_several, write_several_for_good

    review = printing.review
    if printing.final:
        written = write_several_for_good(inputs, first, last, shown_progress, review=review)
    else:
        draft = printing.draft
        written = write_several(inputs, first, last, shown_progress, draft=draft, review=review)
    _tell_documents(inputs, written.paths, pdf=pdf)
    tell_gaps(written.gaps)
    tell_counted_anew(written.counted_anew)
    tell_asked(f"{first}-{last}", written.asked, every=review)
    tell_leaks(written.leaks)
    return exit_code(tell_in_the_way_of_years(inputs.space, written.data))


class PrintMode(NamedTuple):
    """Whether what is printed is marked as a draft, is to be published, and is told with all that
    there is to look at before."""

    draft: bool
    final: bool
    review: bool


def _tell_fitness(inputs: Inputs) -> int:
    """What the year's Word template lacks."""
    from toolkit.year.documents import check_template

    lacks = check_template(inputs.year)
    tell_template(inputs.year.path("rapport.docx").name, lacks)
    return exit_code(bool(lacks))


def _write_report(
    inputs: Inputs, counties: Sequence[Code] | None, printing: PrintMode
) -> tuple[Drafted, Dataset]:
    """The report, with what no longer fits of the editors' choices; or, when counties are given,
    their own reports; or all of them for good. With the data that it is made of."""
    from toolkit.year.disclosure import all_told, find_leaks, places_told
    from toolkit.year.money import examine_money
    from toolkit.year.report import need_parts, write_draft, write_for_good
    from toolkit.year.run import merged_anew

    need_parts(inputs.year, inputs.space.memory, chapters=counties is None)
    found, _ = examine_money(inputs, merged_anew(inputs, shown_progress))
    if printing.final:
        return write_for_good(inputs.space, found, review=printing.review), found.data
    drafted = write_draft(
        inputs.space, found, counties, draft=printing.draft, review=printing.review
    )
    leaks = find_leaks(inputs.space, found)
    tell_leaks(all_told(leaks, found) + places_told(leaks, found))
    return drafted, found.data
