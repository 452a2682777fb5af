"""The story of a year, in order: templates out, files in and back, merged data, the money, the
report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from toolkit.analysis.merge import Dataset
from toolkit.analysis.results import YearResults
from toolkit.files.atomic import withdraw
from toolkit.files.temporary import sweep
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Return
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_all, write_merge
from toolkit.year.money import examine_money, write_memos, write_money
from toolkit.year.progress import Progress, unseen
from toolkit.year.report import Drafted, need_parts, write_report
from toolkit.year.status import publish_status, status_of
from toolkit.year.submissions import (
    check_submissions,
    found_in,
    told_of_waivers,
    withdraw_gone,
    withdraw_marked,
    withdraw_returns,
    write_returns,
)
from toolkit.year.templates import make_templates, refuse_unfillable


@dataclass(frozen=True, slots=True)
class YearRun:
    """What a run of a whole year has made. `findings` are those that stand in no county's file:
    about ledgers, decisions, the editors' choices and waivers. `asked` is how much is to be looked
    at in the report before it is printed."""

    data: Dataset
    returns: Sequence[Return]
    findings: Sequence[Finding]
    templates: Sequence[Path]
    marked: Sequence[Path]
    memos: Sequence[Path]
    asked: int = 0

    @property
    def blocks(self) -> bool:
        """Whether anything that was found blocks."""
        everything = chain(self.findings, *(found.findings for found in self.returns))
        return any(finding.blocks for finding in everything)


def run_year(inputs: Inputs, progress: Progress = unseen) -> YearRun:
    """All of it, in order. Raises CannotBeDone, SpecError, SeriesError, ReportError, TemplateError
    and OSError."""
    need_parts(inputs.year, inputs.space.memory)
    refuse_unfillable(inputs.year.spec)
    tidy(inputs)
    templates = _make_templates(inputs, progress)
    returns, marked = _check(inputs, progress)
    data = _merge(inputs, returns, progress)
    finance, findings, memos = _examine(inputs, data, progress)
    drafted = _report(inputs, finance, progress)
    findings += [*drafted.told, *told_of_waivers(inputs, inputs.year, data.counties)]
    asked = len(drafted.asked)
    return YearRun(data, returns, findings, templates, marked, memos, asked)


def nothing_has_come(inputs: Inputs) -> bool:
    """Whether neither a return nor a ledger lies among the year's inputs: there is nothing to tell
    of, and nobody to write to."""
    return not inputs.space.submissions() and not inputs.space.ledgers()


def begin_year(inputs: Inputs, progress: Progress = unseen) -> list[Path]:
    """What can be made before anything has come: the counties' workbooks. What an earlier run has
    said to counties is taken away. Raises SpecError and OSError."""
    need_parts(inputs.year, inputs.space.memory)
    refuse_unfillable(inputs.year.spec)
    tidy(inputs)
    withdraw_returns(inputs.space, [])
    publish_status(inputs, status_of(inputs, merge_all(inputs.year, []), []))
    return _make_templates(inputs, progress)


def merged_data(inputs: Inputs, progress: Progress = unseen) -> Dataset:
    """The year's data as far as the commands need them that write something of them."""
    return merge_all(inputs.year, found_in(check_submissions(inputs, progress)))


def merged_anew(inputs: Inputs, progress: Progress = unseen) -> Dataset:
    """The same, and what was given back for files that are no longer there is taken away."""
    checked = check_submissions(inputs, progress)
    withdraw_gone(inputs.space, inputs.year, checked)
    return merge_all(inputs.year, found_in(checked))


def tidy(inputs: Inputs) -> None:
    """Sweep away what a killed run left behind."""
    if inputs.space.outputs.is_dir():
        sweep(inputs.space.outputs)
        withdraw(inputs.space.log_file)


def _make_templates(inputs: Inputs, progress: Progress) -> list[Path]:
    counties = inputs.year.spec.counties
    with progress("templates", len(counties)) as step:
        return make_templates(inputs.space, inputs.year, counties, step, {})


def _check(inputs: Inputs, progress: Progress) -> tuple[list[Return], list[Path]]:
    """What was found, and the marked copies. The files' bytes are let go of here."""
    checked = check_submissions(inputs, progress)
    marked = write_returns(inputs.space, inputs.year, checked)
    withdraw_marked(inputs.space, marked)
    return found_in(checked), marked


def _merge(inputs: Inputs, returns: Sequence[Return], progress: Progress) -> Dataset:
    with progress("merge", 1) as step:
        data = merge_all(inputs.year, returns)
        write_merge(inputs.space, data)
        step()
    return data


def _examine(
    inputs: Inputs, data: Dataset, progress: Progress
) -> tuple[YearResults, list[Finding], list[Path]]:
    with progress("finance", 1) as step:
        finance, findings = examine_money(inputs, data)
        write_money(inputs, finance)
        memos = write_memos(inputs.space, finance)
        publish_status(inputs, status_of(inputs, data, finance.verdicts))
        step()
    return finance, findings, memos


def _report(inputs: Inputs, finance: YearResults, progress: Progress) -> Drafted:
    with progress("report", 1) as step:
        drafted = write_report(inputs.space, finance)
        step()
    return drafted
