"""The command line: arguments in, calls, what is printed, exit codes. What is done stands in
`toolkit.year`, which is loaded by the commands that need it: a single file is checked fast.

Exit codes: 0 done and clean, 1 done with findings that block, 2 could not be done."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from toolkit import __version__
from toolkit.cli.archiving import archive, reproduce
from toolkit.cli.arguments import (
    HERE,
    CountyCodes,
    Day,
    Every,
    GivenFiles,
    GivenPaths,
    Root,
    YearNumber,
    chosen_counties,
    files_in,
    found_of,
    given_path,
    inputs_of,
    newest_of,
)
from toolkit.cli.closing import tell_closing
from toolkit.cli.collecting import remind, status
from toolkit.cli.comparing import diff
from toolkit.cli.completion import answer_the_shell, completion
from toolkit.cli.debug import with_debug
from toolkit.cli.gaps import tell_incomparable
from toolkit.cli.help import commands_of, new_app
from toolkit.cli.journal import JOURNAL
from toolkit.cli.leading import explain, verify
from toolkit.cli.objects import with_objects
from toolkit.cli.progress import shown_progress
from toolkit.cli.reporting import report
from toolkit.cli.sayings import (
    TEXTS,
    migration_lines,
    tell_advice,
    tell_asked,
    tell_begun,
    tell_difference,
    tell_files,
    tell_findings,
    tell_idle,
    tell_json,
    tell_made,
    tell_memos,
    tell_returned,
    tell_written,
    words_of,
)
from toolkit.cli.screen import show_through
from toolkit.cli.stopped import DONE, FAILED, exit_code, stopped
from toolkit.cli.unchanged import unless_unchanged
from toolkit.cli.workers import WorkersAt, with_workers
from toolkit.files.errors import CannotBeDone
from toolkit.files.regular import real
from toolkit.words.cleantext import windows_text
from toolkit.year.layout import lay_out
from toolkit.year.places import seen_from
from toolkit.year.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.year.inputs import Inputs

app = new_app("hjalp.program")
command = commands_of(app)


def _tell_version(asked: bool) -> None:
    if asked:
        print(f"lansrapport {__version__}")
        raise typer.Exit(DONE)


_VERSION = typer.Option(
    "--version", "-V", is_eager=True, callback=_tell_version, help=TEXTS("hjalp.version")
)


@app.callback()
def program(version: Annotated[bool, _VERSION] = False) -> None:
    """What every command begins with."""


def main() -> None:
    """The console command. A traceback is never what a user sees who has not asked for it."""
    show_through()
    # Python looks for cycles after every 700 new objects. A year has millions of cells and rows and
    # next to no cycles: to look as often took a sixth of the time of `run`.
    gc.set_threshold(20_000, 10, 10)
    JOURNAL.begin(sys.argv[1:])
    answer_the_shell()
    try:
        # Standing alone, typer would print its own errors, in English, and choose the exit codes.
        code = app(standalone_mode=False)
    except KeyboardInterrupt:
        _fail(TEXTS("fel.avbrutet"))
    except Exception as error:
        code = stopped(error)
    # A fault of ours is told last, and is what the command ends with, whatever else was found.
    failed = JOURNAL.tell()
    sys.exit(FAILED if failed else _exit_code(code))


def _exit_code(code: object) -> int:
    return code if isinstance(code, int) else DONE


def _fail(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(FAILED)


@command(help=TEXTS("hjalp.init"))
@with_debug
def init(
    directory: Annotated[Path, typer.Argument(help=TEXTS("hjalp.dir"))] = HERE, root: Root = HERE
) -> int:
    """Lay out a working folder."""
    folder = seen_from(root, directory)
    laid = lay_out(folder)
    for path in laid.left:
        print(TEXTS("fel.init_finns", path=path))
    print(TEXTS("gjort.init", path=real(folder), year=laid.year))
    return DONE


@command(help=TEXTS("hjalp.nytt_ar"))
@with_debug
def new(year: YearNumber, root: Root = HERE) -> int:
    """Lay out a year of one's own, and tell what is to be decided."""
    from toolkit.year.newyear import make_year
    from toolkit.year.speccheck import look_through

    made = make_year(Workspace(root, year), TEXTS.part("nytt"))
    inputs = inputs_of(root, year)
    print(TEXTS("gjort.nytt" if made.written else "gjort.nytt_inget", year=year, base=made.base))
    tell_written(inputs.space, made.written)
    # That there is something left to decide is no fault of the one who has just begun.
    tell_advice(year, look_through(inputs), words_of(inputs.year.spec), every=False)
    print(TEXTS("gjort.nytt_vidare", year=year))
    return DONE


@command(help=TEXTS("hjalp.templates"))
@with_debug
@with_objects
def templates(
    year: YearNumber,
    county: CountyCodes = None,
    prefill: Annotated[bool, typer.Option("--prefill", help=TEXTS("hjalp.prefill"))] = False,
    root: Root = HERE,
) -> int:
    """Make the counties' workbooks."""
    from toolkit.cli.prefilled import tell_carried
    from toolkit.year.templates import carried_over, make_templates

    inputs = inputs_of(root, year)
    chosen = chosen_counties(inputs.year, county)
    carried = carried_over(inputs) if prefill else {}
    with shown_progress("templates", len(chosen)) as step:
        written = make_templates(inputs.space, inputs.year, chosen, step, carried)
    path = inputs.space.shown(inputs.space.blank_templates)
    print(TEXTS("gjort.mallar", count=len(written), path=path))
    if prefill:
        tell_carried(inputs, chosen, carried)
    return DONE


@command(help=TEXTS("hjalp.check"))
@with_debug
def check(
    paths: GivenPaths,
    as_json: Annotated[bool, typer.Option("--json", help=TEXTS("hjalp.json"))] = False,
    day: Day = None,
    root: Root = HERE,
) -> int:
    """Check files and write marked copies."""
    from toolkit.year.submissions import check_given

    newest = newest_of(root, day)
    files, failed = found_of(root, paths)
    checked = check_given(newest, files)
    for one in checked:
        if any(item.found.fault for item in one.files):
            JOURNAL.works_in(one.space)  # the log lies with the year of the files
        words = words_of(newest.of(one.space.year).year.spec)
        tell_files(one.files, words, as_json=as_json)
        if as_json:
            tell_json(one.waivers)
        else:
            tell_findings(one.waivers)
            tell_returned(one)
    return FAILED if failed else exit_code(any(one.blocks for one in checked))


@command(help=TEXTS("hjalp.merge"))
@with_debug
@with_objects
def merge(year: YearNumber, day: Day = None, root: Root = HERE) -> int:
    """Merge all counties' data."""
    inputs = inputs_of(root, year, day)
    return unless_unchanged(inputs, lambda: _merge(inputs))


def _merge(inputs: Inputs) -> int:
    from toolkit.year.merging import write_merge
    from toolkit.year.run import merged_anew
    from toolkit.year.submissions import told_of_waivers

    data = merged_anew(inputs, shown_progress)
    tell_written(inputs.space, write_merge(inputs.space, data)[:1])
    waivers = told_of_waivers(inputs, inputs.year, data.counties)
    blocked = tell_closing(inputs.space, data)
    return exit_code(tell_findings(waivers) or blocked)


@command(help=TEXTS("hjalp.finance"))
@with_debug
@with_objects
def finance(year: YearNumber, day: Day = None, root: Root = HERE) -> int:
    """Check the money."""
    inputs = inputs_of(root, year, day)
    return unless_unchanged(inputs, lambda: _finance(inputs))


def _finance(inputs: Inputs) -> int:
    from toolkit.year.money import examine_money, write_memos, write_money
    from toolkit.year.run import merged_anew

    space = inputs.space
    found, findings = examine_money(inputs, merged_anew(inputs, shown_progress))
    tell_written(space, write_money(inputs, found))
    memos = write_memos(space, found)
    tell_memos(space, inputs.year.spec, memos)
    told = tell_findings(findings)
    blocked = tell_closing(space, found.data)
    return exit_code(told or blocked)


command("report", help=TEXTS("hjalp.report"))(with_debug(with_objects(report)))
command("explain", help=TEXTS("hjalp.explain"))(with_debug(explain))
command("verify", help=TEXTS("hjalp.verify"))(with_debug(verify))


command("status", help=TEXTS("hjalp.status"))(with_debug(status))
command("remind", help=TEXTS("hjalp.remind"))(with_debug(remind))


@command(help=TEXTS("hjalp.run"))
@with_debug
@with_objects
def run(year: YearNumber, day: Day = None, workers: WorkersAt = None, root: Root = HERE) -> int:
    """All of it, in order."""
    inputs = inputs_of(root, year, day)
    return unless_unchanged(inputs, lambda: with_workers(inputs, workers, _run))


def _run(inputs: Inputs) -> int:
    from toolkit.year.run import begin_year, nothing_has_come, run_year

    if nothing_has_come(inputs):
        tell_begun(inputs, begin_year(inputs, shown_progress))
        return DONE
    done = run_year(inputs, shown_progress)
    tell_findings(done.findings)
    tell_made(inputs.space, done)
    tell_asked(inputs.year.spec.year, range(done.asked), every=False)
    blocked = tell_closing(inputs.space, done.data)
    return exit_code(blocked or done.blocks)


command("archive", help=TEXTS("hjalp.arkiv"))(with_debug(archive))
command("reproduce", help=TEXTS("hjalp.igen"))(with_debug(reproduce))
command("diff", help=TEXTS("hjalp.diff"))(with_debug(diff))
command("completion", help=TEXTS("hjalp.komplettering"))(with_debug(completion))


@command(help=TEXTS("hjalp.web"))
@with_debug
def web(
    target: Annotated[Path, typer.Argument(help=TEXTS("hjalp.webmapp"))],
    parts: Annotated[Path, typer.Option("--parts", help=TEXTS("hjalp.delar"))],
    root: Root = HERE,
) -> int:
    """Write the page on which counties try their workbooks."""
    from toolkit.year.web import write_web

    inputs = newest_of(root)
    page = write_web(inputs, seen_from(root, target), seen_from(root, parts))
    tell_written(inputs.space, [page])
    return DONE


spec_app = new_app("hjalp.spec")
spec_command = commands_of(spec_app)
app.add_typer(spec_app, name="spec")


@spec_command("diff", help=TEXTS("hjalp.specdiff"))
@with_debug
def spec_diff(
    old: Annotated[int, typer.Argument(help=TEXTS("hjalp.old"))],
    new: Annotated[int, typer.Argument(help=TEXTS("hjalp.new"))],
    root: Root = HERE,
) -> int:
    """What differs between two years, in words."""
    from toolkit.spec.differences import differences
    from toolkit.year.speccheck import idle_parts

    inputs = inputs_of(root, old)
    before, after = inputs.year.spec, inputs.of(new).year.spec
    found = differences(before, after)
    print(TEXTS("spec.rubrik" if found else "spec.inget", old=old, new=new))
    for difference in found:
        tell_difference(difference, words_of(after))
    known = idle_parts(before)
    gone = [part for part in idle_parts(after) if part not in known]
    tell_idle(new, gone, words_of(after))
    tell_incomparable(inputs.year, inputs.of(new).year)
    return DONE


@spec_command("check", help=TEXTS("hjalp.speccheck"))
@with_debug
def spec_check(year: YearNumber, root: Root = HERE, every: Every = False) -> int:
    """What is wrong, or most likely not meant, in a year's templates."""
    from toolkit.year.speccheck import look_through

    inputs = inputs_of(root, year)
    found = look_through(inputs)
    wrong = tell_advice(year, found, words_of(inputs.year.spec), every=every)
    return FAILED if any(one.stops for one in found) else exit_code(wrong)


@spec_command("doc", help=TEXTS("hjalp.specdoc"))
@with_debug
def spec_doc(year: YearNumber, root: Root = HERE) -> int:
    """The filling-in guide and the data dictionary."""
    from toolkit.year.documents import write_documentation

    inputs = inputs_of(root, year)
    tell_written(inputs.space, write_documentation(inputs.space, inputs.year))
    return DONE


@command(help=TEXTS("hjalp.migrate"))
@with_debug
def migrate(
    file: Annotated[Path, typer.Argument(parser=given_path, help=TEXTS("hjalp.file"))],
    to: Annotated[int, typer.Option("--to", help=TEXTS("hjalp.to"))],
    root: Root = HERE,
) -> int:
    """Move a filled-in workbook into a later year's template."""
    from toolkit.year.templates import migrate as move
    from toolkit.year.templates import write_left

    inputs = inputs_of(root, to)
    path = files_in(root, [file])[0]
    done = move(inputs, path)
    if done is None:
        raise CannotBeDone("fel.lasa", path=file, reason=TEXTS("fel.kor_check"))
    told = "\n".join(migration_lines(path.name, to, done.moved, done.left)) + "\n"
    listed = write_left(done, windows_text(told))
    print(told, end="")
    tell_written(inputs.space, [done.path, listed])
    return DONE


@command(help=TEXTS("hjalp.refill"))
@with_debug
def refill(files: GivenFiles, root: Root = HERE) -> int:
    """Give filled-in workbooks back as fresh copies of their year's template."""
    from toolkit.year.templates import refill_files, write_left

    inputs = newest_of(root)
    found, failed = found_of(root, files)
    for one in refill_files(inputs, found):
        if one.done is None:
            failed = True
            reason = one.reason or TEXTS("fel.kor_check")
            stopped(CannotBeDone("fel.lasa", path=one.source, reason=reason))
            continue
        lines = migration_lines(Path(one.source).name, one.year, one.done.moved, one.done.left)
        lines[1:1] = [TEXTS("migrera.fran"), one.source]
        told = "\n".join(lines) + "\n"
        listed = write_left(one.done, windows_text(told))
        print(told, end="")
        tell_written(inputs.space, [one.done.path, listed])
    return FAILED if failed else DONE
