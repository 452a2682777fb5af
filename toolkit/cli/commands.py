"""The command line: arguments, progress, exit codes; no logic.

Exit codes: 0 done and clean, 1 done with findings that block, 2 could not be done."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from toolkit.cli.sayings import (
    TEXTS,
    migration_lines,
    shown_path,
    state_cells,
    tell_closing,
    tell_files,
    tell_findings,
    tell_json,
    tell_made,
    tell_returned,
    tell_template,
    usage_fault,
)
from toolkit.files.yaml import SpecError
from toolkit.words.cleantext import windows_text
from toolkit.year.workspace import Workspace, lay_out, spreadsheets_in, year_of

DONE, BLOCKED, FAILED = 0, 1, 2
FIRST_YEAR = 2020

app = typer.Typer(
    help=TEXTS("hjalp.program"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Root = Annotated[Path, typer.Option("--root", help=TEXTS("hjalp.root"))]
YearArgument = Annotated[int, typer.Argument(help=TEXTS("hjalp.year"))]
Day = Annotated[str | None, typer.Option("--datum", metavar="DATUM", help=TEXTS("hjalp.day"))]
HERE = Path()


class CannotBeDone(Exception):
    """The command cannot be carried out; the text says why, in Swedish."""


def main() -> None:
    """The console command. A traceback is never what a user sees."""
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else DONE)
    except KeyboardInterrupt:
        _fail(TEXTS("fel.avbrutet"))
    except Exception as error:
        _fail(_reason(error))


def _reason(error: Exception) -> str:
    """What went wrong, for a person."""
    if hasattr(error, "format_message"):  # typer's, of how the command was written
        return TEXTS("fel.rubrik", reason=usage_fault(error))
    from toolkit.analysis.appropriations import SeriesError
    from toolkit.report import ReportError
    from toolkit.word.pdf import PdfError
    from toolkit.word.write.render import TemplateError

    if isinstance(error, CannotBeDone | SpecError | SeriesError | ReportError | TemplateError):
        return TEXTS("fel.rubrik", reason=error)
    if isinstance(error, PdfError):
        return TEXTS("fel.rubrik", reason=TEXTS(f"fel.pdf.{error.why}"))
    if isinstance(error, OSError):
        return TEXTS(
            "fel.rubrik",
            reason=TEXTS("fel.lasa", path=error.filename or "", reason=error.strerror or error),
        )
    return TEXTS("fel.ovantat", kind=type(error).__name__)


def _fail(text: str) -> None:
    print(text, file=sys.stderr)
    sys.exit(FAILED)


@app.command(help=TEXTS("hjalp.init"))
def init(
    directory: Annotated[Path, typer.Argument(metavar="[DIR]", help=TEXTS("hjalp.dir"))] = HERE,
    root: Root = HERE,
) -> int:
    """Lay out a working folder."""
    folder = root / directory
    for path in lay_out(folder, FIRST_YEAR):
        print(TEXTS("fel.init_finns", path=path))
    print(TEXTS("gjort.init", path=folder.resolve(), year=FIRST_YEAR))
    return DONE


@app.command(help=TEXTS("hjalp.templates"))
def templates(
    year: YearArgument,
    county: Annotated[list[str] | None, typer.Option(help=TEXTS("hjalp.county"))] = None,
    prefill: Annotated[bool, typer.Option("--prefill", help=TEXTS("hjalp.prefill"))] = False,
    root: Root = HERE,
) -> int:
    """Make the counties' workbooks."""
    from toolkit.year import pipeline

    space, described = _open(root, year)
    chosen = _counties(described, county)
    if prefill:
        _open(root, year - 1)
    content = pipeline.carried_over(space, described, lambda: None) if prefill else None
    with _progress(TEXTS("steg.templates"), len(chosen)) as step:
        written = pipeline.make_templates(space, described, chosen, step, content)
    print(TEXTS("gjort.mallar", count=len(written), path=shown_path(space, written[0].parent)))
    return DONE


@app.command(help=TEXTS("hjalp.check"))
def check(paths: Annotated[list[Path], typer.Argument(help=TEXTS("hjalp.path"))],
          as_json: Annotated[bool, typer.Option("--json", help=TEXTS("hjalp.json"))] = False,
          day: Day = None, root: Root = HERE) -> int:  # fmt: skip
    """Check files and write marked copies."""
    from toolkit.year import submissions

    files, newest = _files(root, paths), _any_year(root, day)
    years = submissions.load_years(newest)
    checked = submissions.check_files(newest, files, lambda: None, years)
    everything: list[Any] = []
    for space, described, own in _by_year(newest, years, checked):
        told = submissions.in_company(space, described, own)
        written = submissions.write_returns(space, described, told)
        tell_files(told, as_json=as_json)
        waivers = submissions.told_of_waivers(
            space, described, submissions.states_of(described, told)
        )
        (tell_json if as_json else tell_findings)(waivers)
        everything += [*(finding for item in told for finding in item.found.findings), *waivers]
        if not as_json:
            tell_returned(told, shown_path(space, written[0].parent), space.year)
    return BLOCKED if any(finding.blocks for finding in everything) else DONE


@app.command(help=TEXTS("hjalp.merge"))
def merge(year: YearArgument, day: Day = None, root: Root = HERE) -> int:
    """Merge all counties' data."""
    from toolkit.year import pipeline, submissions

    space, described = _open(root, year, day)
    data = _dataset(space, described)
    for path in pipeline.write_merge(space, data)[:1]:
        print(TEXTS("gjort.fil", path=shown_path(space, path)))
    waivers = submissions.told_of_waivers(space, described, data.counties)
    return max(
        BLOCKED if tell_closing(space, data) else DONE, BLOCKED if tell_findings(waivers) else DONE
    )


@app.command(help=TEXTS("hjalp.finance"))
def finance(year: YearArgument, day: Day = None, root: Root = HERE) -> int:
    """Check the money."""
    from toolkit.year import pipeline

    space, described = _open(root, year, day)
    found, findings = pipeline.examine_money(space, _dataset(space, described))
    print(TEXTS("gjort.fil", path=shown_path(space, pipeline.write_money(space, found))))
    memos = len(pipeline.write_memos(space, found))
    print(TEXTS("gjort.brev", count=memos, path=shown_path(space, space.outputs / "returns")))
    return BLOCKED if tell_findings(findings) else DONE


@app.command(help=TEXTS("hjalp.report"))
def report(
    year: YearArgument,
    chapter: Annotated[str | None, typer.Option(help=TEXTS("hjalp.chapter"))] = None,
    county: Annotated[list[str] | None, typer.Option(help=TEXTS("hjalp.county"))] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help=TEXTS("hjalp.pdf"))] = False,
    template: Annotated[
        bool, typer.Option("--check-template", help=TEXTS("hjalp.template"))
    ] = False,
    day: Day = None,
    root: Root = HERE,
) -> int:
    """Write the Word report, or a county's own; as PDF too when asked."""
    from toolkit.year import documents, pipeline

    space, described = _open(root, year, day)
    if chapter not in {None, "county"} or (county and chapter is None):
        raise CannotBeDone(TEXTS("fel.kapitel"))
    if pdf:
        documents.need_office()
    if template:
        return tell_template(described.path("rapport.docx"), documents.check_template(described))
    chosen = _counties(described, county)
    found, _ = pipeline.examine_money(space, _dataset(space, described))
    written, told = documents.write_documents(space, found, chosen if chapter else None)
    for path in written:
        print(TEXTS("gjort.fil", path=shown_path(space, path)))
        if pdf:
            print(TEXTS("gjort.fil", path=shown_path(space, documents.write_pdf(path))))
    return BLOCKED if tell_findings(told) else DONE


@app.command(help=TEXTS("hjalp.status"))
def status(year: YearArgument, day: Day = None, root: Root = HERE) -> int:
    """Who has sent what."""
    from rich.console import Console
    from rich.table import Table

    space, described = _open(root, year, day)
    data = _dataset(space, described)
    table = Table(box=None, pad_edge=False)
    for name in ("lan", "lage", "fel", "fragor", "fil", "tidigare"):
        table.add_column(TEXTS(f"status.{name}"), overflow="fold")
    for state in data.counties:
        table.add_row(*state_cells(state))
    Console(width=None if sys.stdout.isatty() else 140).print(table, markup=False)
    return BLOCKED if any(state.verdict == "errors" for state in data.counties) else DONE


@app.command(help=TEXTS("hjalp.run"))
def run(year: YearArgument, day: Day = None, root: Root = HERE) -> int:
    """All of it, in order."""
    from toolkit.year import pipeline, submissions

    space, described = _open(root, year, day)
    pipeline.tidy(space)
    with _progress(TEXTS("steg.templates"), len(described.spec.counties)) as step:
        made = pipeline.make_templates(space, described, described.spec.counties, step)
    files = space.submissions()
    with _progress(TEXTS("steg.check"), len(files)) as step:
        checked = submissions.in_company(
            space, described, submissions.check_files(space, files, step)
        )
    marked = submissions.write_returns(space, described, checked)
    with _progress(TEXTS("steg.merge"), 1) as step:
        data = pipeline.merge_all(described, checked)
        pipeline.write_merge(space, data)
        step()
    with _progress(TEXTS("steg.finance"), 1) as step:
        found, findings = pipeline.examine_money(space, data)
        pipeline.write_money(space, found)
        memos = pipeline.write_memos(space, found)
        step()
    with _progress(TEXTS("steg.report"), 1) as step:
        findings += pipeline.write_report(space, found)[1]
        step()
    findings += submissions.told_of_waivers(space, described, data.counties)
    tell_findings(findings)
    tell_made(space, len(made), len(marked), len(memos))
    everything = [*findings, *(finding for item in checked for finding in item.found.findings)]
    return max(
        BLOCKED if tell_closing(space, data) else DONE,
        BLOCKED if any(finding.blocks for finding in everything) else DONE,
    )


spec_app = typer.Typer(help=TEXTS("hjalp.spec"), no_args_is_help=True, rich_markup_mode=None)
app.add_typer(spec_app, name="spec")


@spec_app.command("diff", help=TEXTS("hjalp.specdiff"))
def spec_diff(
    old: Annotated[int, typer.Argument(help=TEXTS("hjalp.old"))],
    new: Annotated[int, typer.Argument(help=TEXTS("hjalp.new"))],
    root: Root = HERE,
) -> int:
    """What differs between two years, in words."""
    from toolkit.spec.differences import differences

    (_, before), (_, after) = _open(root, old), _open(root, new)
    found = differences(before.spec, after.spec)
    print(TEXTS("spec.rubrik" if found else "spec.inget", old=old, new=new))
    for difference in found:
        print("  " + TEXTS(f"spec.{difference.kind}", **dict(difference.parts)).strip())
    return DONE


@spec_app.command("doc", help=TEXTS("hjalp.specdoc"))
def spec_doc(year: YearArgument, root: Root = HERE) -> int:
    """The filling-in guide and the data dictionary."""
    from toolkit.year import pipeline

    space, described = _open(root, year)
    for path in pipeline.write_documentation(space, described):
        print(TEXTS("gjort.fil", path=shown_path(space, path)))
    return DONE


@app.command(help=TEXTS("hjalp.migrate"))
def migrate(
    file: Annotated[Path, typer.Argument(help=TEXTS("hjalp.file"))],
    to: Annotated[int, typer.Option("--to", help=TEXTS("hjalp.to"))],
    root: Root = HERE,
) -> int:
    """Move a filled-in workbook into a later year's template."""
    from toolkit.files.atomic import publish
    from toolkit.year import pipeline

    space, described = _open(root, to)
    path = _files(root, [file])[0]
    done = pipeline.migrate(space, described, path)
    if done is None:
        raise CannotBeDone(TEXTS("fel.lasa", path=file, reason=TEXTS("fel.kor_check")))
    written, moved, left = done
    told = "\n".join(migration_lines(path.name, to, moved, left)) + "\n"
    listed = publish(written.with_suffix(".txt"), windows_text(told))
    print(
        told
        + "\n".join(TEXTS("gjort.fil", path=shown_path(space, made)) for made in (written, listed))
    )
    return DONE


@app.command(help=TEXTS("hjalp.refill"))
def refill(
    files: Annotated[list[Path], typer.Argument(help=TEXTS("hjalp.files"))], root: Root = HERE
) -> int:
    """Give filled-in workbooks back as fresh copies of their year's template."""
    from toolkit.files.atomic import publish
    from toolkit.year import submissions
    from toolkit.year.refill import refill_files

    space = _any_year(root)
    checked = submissions.check_files(space, _files(root, files), lambda: None)
    items = [(item.path, item.found) for item in checked]
    for (path, found), done in zip(items, refill_files(space, items), strict=True):
        if done is None or found.submission is None:
            raise CannotBeDone(TEXTS("fel.lasa", path=path, reason=TEXTS("fel.kor_check")))
        _, written, filled = done
        year = found.submission.year
        told = "\n".join(migration_lines(path.name, year, filled.moved, filled.left)) + "\n"
        listed = publish(written.with_suffix(".txt"), windows_text(told))
        print(
            told
            + "\n".join(
                TEXTS("gjort.fil", path=shown_path(space, made)) for made in (written, listed)
            )
        )
    return DONE


def _open(root: Path, year: int, day: str | None = None) -> tuple[Workspace, Any]:
    """The working folder and the year's spec. Raises CannotBeDone when there is no such year or
    day."""
    from toolkit.spec.load import load_year, years_in

    space = Workspace(root, year, _day(day))
    known = years_in(space.templates)
    if year not in known:
        years = ", ".join(str(number) for number in known) or "–"
        raise CannotBeDone(TEXTS("fel.ar", year=year, root=root.resolve(), years=years))
    return space, load_year(space.templates, year)


def _day(written: str | None) -> date | None:
    """Raises CannotBeDone for what is no date."""
    from toolkit.words.periods import read_date

    found = read_date(written)
    if written and found is None:
        raise CannotBeDone(TEXTS("fel.datum", value=written))
    return found.value if found else None


def _any_year(root: Path, day: str | None = None) -> Workspace:
    from toolkit.spec.load import years_in

    known = years_in(root / "templates")
    if not known:
        raise CannotBeDone(TEXTS("fel.ar", year="", root=root.resolve(), years="–"))
    return Workspace(root, known[-1], _day(day))


def _by_year(
    newest: Workspace, years: Mapping[int, Any], checked: Sequence[Any]
) -> Iterator[tuple[Workspace, Any, list[Any]]]:
    """The checked files by the year that they are for. A file that does not say goes with the year
    whose folder it lies in, or else with the newest."""
    own: dict[int, list[Any]] = {}
    for item in checked:
        year = (
            item.found.submission.year
            if item.found.submission
            else year_of(item.path) or newest.year
        )
        own.setdefault(year, []).append(item)
    for year in sorted(own):
        known = (
            (replace(newest, year=year), years[year]) if year in years else _open(newest.root, year)
        )
        yield *known, own[year]


def _dataset(space: Workspace, described: Any) -> Any:
    from toolkit.year import pipeline, submissions

    files = space.submissions()
    with _progress(TEXTS("steg.check"), len(files)) as step:
        checked = submissions.in_company(
            space, described, submissions.check_files(space, files, step)
        )
    return pipeline.merge_all(described, checked)


def _counties(described: Any, wanted: Sequence[str] | None) -> list[Any]:
    known = {code.code: code for code in described.spec.counties}
    for code in wanted or ():
        if code not in known:
            raise CannotBeDone(TEXTS("fel.lan", code=code, codes=", ".join(known)))
    return [known[code] for code in wanted] if wanted else list(known.values())


def _files(root: Path, paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for given in paths:
        path = given if given.exists() else root / given
        if not path.exists():
            raise CannotBeDone(TEXTS("fel.fil", path=given))
        own = spreadsheets_in(path) if path.is_dir() else [path]
        if not own:
            raise CannotBeDone(TEXTS("fel.inga", path=given))
        found += own
    return found


@contextmanager
def _progress(name: str, total: int) -> Iterator[Any]:
    """A bar on a terminal, drawn without a thread, beside which no process could be copied; else
    nothing."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(name, total=total)
        yield lambda: bar.update(task, advance=1, refresh=True)
