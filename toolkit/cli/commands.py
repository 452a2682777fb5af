"""The command line: arguments in, calls, what is printed, exit codes. What is done stands in
`toolkit.year`, which is loaded by the commands that need it: a single file is checked fast.

Exit codes: 0 done and clean, 1 done with findings that block, 2 could not be done."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from toolkit import __version__
from toolkit.cli.archiving import archive, reproduce
from toolkit.cli.arguments import (
    HERE,
    CountyCodes,
    Day,
    GivenPaths,
    Root,
    YearNumber,
    chosen_counties,
    found_of,
    inputs_of,
    newest_of,
)
from toolkit.cli.beginning import init, new, web
from toolkit.cli.closing import tell_closing, tell_vanished
from toolkit.cli.collecting import remind, status
from toolkit.cli.comparing import diff
from toolkit.cli.completion import answer_the_shell, completion
from toolkit.cli.debug import with_debug
from toolkit.cli.fresh_copies import migrate, refill
from toolkit.cli.help import commands_of, new_app
from toolkit.cli.journal import JOURNAL
from toolkit.cli.leading import explain, verify
from toolkit.cli.objects import with_objects
from toolkit.cli.progress import shown_progress
from toolkit.cli.reporting import report
from toolkit.cli.sayings import (
    TEXTS,
    tell_asked,
    tell_begun,
    tell_files,
    tell_findings,
    tell_json,
    tell_made,
    tell_memos,
    tell_returned,
    tell_unsaid,
    tell_written,
    words_of,
)
from toolkit.cli.screen import show_through, unshown
from toolkit.cli.specs import spec_check, spec_diff, spec_doc
from toolkit.cli.stopped import DONE, FAILED, exit_code, stopped, tell_unshown
from toolkit.cli.unchanged import unless_unchanged
from toolkit.cli.workers import WorkersAt, with_workers

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
    lost = tell_unshown(unshown())
    sys.exit(FAILED if failed or lost else _exit_code(code))


def _exit_code(code: object) -> int:
    return code if isinstance(code, int) else DONE


def _fail(text: str) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(FAILED)


command("init", help=TEXTS("hjalp.init"))(with_debug(with_objects(init)))
command("new", help=TEXTS("hjalp.nytt_ar"))(with_debug(with_objects(new)))


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
    tell_unsaid(inputs)
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
    from toolkit.year.vanished import vanished_from_empty

    if nothing_has_come(inputs):
        tell_begun(inputs, begin_year(inputs, shown_progress))
        return exit_code(tell_vanished(inputs.space, vanished_from_empty(inputs.space)))
    done = run_year(inputs, shown_progress)
    tell_findings(done.findings)
    tell_made(inputs.space, done)
    tell_asked(inputs.year.spec.year, range(done.asked), every=False)
    blocked = tell_closing(inputs.space, done.data)
    return exit_code(blocked or done.blocks)


command("archive", help=TEXTS("hjalp.arkiv"))(with_debug(with_objects(archive)))
command("reproduce", help=TEXTS("hjalp.igen"))(with_debug(with_objects(reproduce)))
command("diff", help=TEXTS("hjalp.diff"))(with_debug(diff))
command("completion", help=TEXTS("hjalp.komplettering"))(with_debug(completion))


command("web", help=TEXTS("hjalp.web"))(with_debug(with_objects(web)))
command("migrate", help=TEXTS("hjalp.migrate"))(with_debug(with_objects(migrate)))
command("refill", help=TEXTS("hjalp.refill"))(with_debug(with_objects(refill)))

spec_app = new_app("hjalp.spec")
app.add_typer(spec_app, name="spec")
spec_command = commands_of(spec_app)
spec_command("diff", help=TEXTS("hjalp.specdiff"))(with_debug(with_objects(spec_diff)))
spec_command("check", help=TEXTS("hjalp.speccheck"))(with_debug(with_objects(spec_check)))
spec_command("doc", help=TEXTS("hjalp.specdoc"))(with_debug(with_objects(spec_doc)))
