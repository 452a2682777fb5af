"""Who has sent what, and what is to be done: on the screen and in status.xlsx."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.merge import Dataset
from toolkit.analysis.standing import CountyStanding, standings
from toolkit.export.status import OtherFile, other_files, write_status
from toolkit.files.atomic import publish
from toolkit.staff.registers import LetterNote, read_written
from toolkit.year.arrivals import arrivals_noted, note_arrivals
from toolkit.year.faults import read_own
from toolkit.year.inputs import Checked, Inputs
from toolkit.year.merging import merge_all
from toolkit.year.money import earmarks_of
from toolkit.year.progress import Progress, unseen
from toolkit.year.submissions import beside_each_other, found_in, judge_submissions, withdraw_gone
from toolkit.year.workspace import Workspace


class YearStatus(NamedTuple):
    """How a year stands: the merged data, every county, what is to be done first first, and the
    files that count for nobody. `last` is the last day, if it has been decided; `checked` are the
    files themselves, where they have been read for this."""

    data: Dataset
    counties: list[CountyStanding]
    others: list[OtherFile]
    last: date | None
    checked: Sequence[Checked] = ()


def year_status(inputs: Inputs, progress: Progress = unseen) -> YearStatus:
    """How the year stands now. When a file is seen for the first time, its day is noted among the
    inputs. Raises CannotBeDone, SpecError, NotWritten."""
    judged = judge_submissions(inputs, progress)
    note_arrivals(inputs.space, judged)  # when a file came tells what was decided of it
    checked = beside_each_other(inputs, judged)
    withdraw_gone(inputs.space, inputs.year, checked)
    data = merge_all(inputs.year, found_in(checked))
    return status_of(inputs, data, earmarks_of(inputs, data))._replace(checked=checked)


def status_of(inputs: Inputs, data: Dataset, verdicts: Sequence[EarmarkVerdict]) -> YearStatus:
    """How the year stands by its merged data, how each county reports the area apart, and the
    registers."""
    arrived = {one.sha256: one.day for one in arrivals_noted(inputs.space)}
    found = standings(data, verdicts, arrived, days_written(inputs.space))
    collecting = inputs.year.spec.insamling
    return YearStatus(data, found, other_files(data), collecting.sista_dag if collecting else None)


def publish_status(inputs: Inputs, status: YearStatus) -> None:
    """status.xlsx. Excel counts the days left itself, so that it is the same whatever day it is
    written for."""
    space = inputs.space
    publish(space.status, write_status(inputs.year, status.counties, status.others))


def days_written(space: Workspace) -> Mapping[str, list[date]]:
    """The days on which each county was written to."""
    days: dict[str, list[date]] = defaultdict(list)
    for one in letters_noted(space):
        days[one.county].append(one.day)
    return days


def letters_noted(space: Workspace) -> list[LetterNote]:
    """The register of letters."""
    data = read_own(space, space.written_to)
    return [] if data is None else read_written(data, space.shown(space.written_to))
