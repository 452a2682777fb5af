"""A year made again in a folder of its own, from all that it was made from, and what came of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.files.regular import placed_below
from toolkit.files.sealed import ListedFile, listed
from toolkit.files.zip import ENDINGS
from toolkit.year.documents import write_documentation
from toolkit.year.inputs import Inputs
from toolkit.year.layout import outputs_made, put_archived
from toolkit.year.money import examine_money
from toolkit.year.progress import Progress, unseen
from toolkit.year.report import write_counties, write_for_good, write_report
from toolkit.year.run import YearRun, begin_year, merged_data, nothing_has_come, run_year
from toolkit.year.several import write_several
from toolkit.year.workspace import Workspace

_PACKED = {*ENDINGS, ".docx"}
_BACK = 30  # years that a report may reach back


@dataclass(frozen=True, slots=True)
class Steps:
    """What was done beside `run`: printed for good, reviewed, the workbook documented, the reports
    of some counties (by code), and reports over several years (by their first)."""

    final: bool = False
    review: bool = False
    documented: bool = False
    counties: tuple[str, ...] = ()
    since: tuple[int, ...] = ()

    @property
    def as_json(self) -> dict[str, Any]:
        """For a list."""
        return asdict(self)


def steps_from(told: Mapping[str, Any]) -> Steps:
    """As they were listed. Raises TypeError, KeyError."""
    counties, since = tuple(map(str, told["counties"])), tuple(map(int, told["since"]))
    flags = {name: bool(told[name]) for name in ("final", "review", "documented")}
    return Steps(**flags, counties=counties, since=since)


def steps_of(inputs: Inputs) -> Steps:
    """What has been done, by what lies there."""
    space, counties = inputs.space, inputs.year.spec.counties
    first = range(space.year - _BACK, space.year)
    return Steps(
        space.printed.is_file(),
        space.reviewed_report.is_file(),
        space.guide.is_file(),
        tuple(one.code for one in counties if space.county_report(one).is_file()),
        tuple(year for year in first if space.years_report(year).is_file()),
    )


class MadeAgain(NamedTuple):
    """What came of it: the files by their paths, and the run itself where anything had come."""

    files: Mapping[str, bytes]
    run: YearRun | None


@contextmanager
def _folder(files: Mapping[str, bytes]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lansrapport-") as name:
        root = Path(name)
        for path, data in files.items():
            put_archived(root, path, data)
        yield root


def make_again(
    files: Mapping[str, bytes], year: int, day: date | None, steps: Steps, progress: Progress
) -> MadeAgain:
    """The year from the files, in a folder that is taken away again. Raises what `run` does."""
    with _folder(files) as root:
        space = Workspace(root, year, day)
        run = _make(Inputs(space), steps, progress)
        made = {placed_below(path, space.root): path.read_bytes() for path in outputs_made(space)}
    return MadeAgain(made, run)


def _make(inputs: Inputs, steps: Steps, progress: Progress) -> YearRun | None:
    space = inputs.space
    run = None
    if nothing_has_come(inputs):
        begin_year(inputs, progress)
    else:
        run = run_year(inputs, progress)
        _report(Inputs(space), steps)
    if steps.documented:
        write_documentation(space, inputs.year)
    for first in steps.since:
        write_several(Inputs(space), first, space.year)
    return run


def _report(inputs: Inputs, steps: Steps) -> None:
    """What is written of the report beside what `run` writes."""
    if not (steps.final or steps.review or steps.counties):
        return
    found, _ = examine_money(inputs, merged_data(inputs, unseen))
    if steps.final:
        write_for_good(inputs.space, found, review=steps.review)
        return
    if steps.review:
        write_report(inputs.space, found, review=True)
    chosen = [one for one in inputs.year.spec.counties if one.code in steps.counties]
    write_counties(inputs.space, found, chosen)


class OutputDifference(NamedTuple):
    """A file that is not as it was, and how: `saknas`, `ny`, `annan`, or `packad`, when what it
    holds is the same and only the packing another."""

    path: str
    how: str


def listed_all(files: Mapping[str, bytes]) -> list[ListedFile]:
    """Files for a list, in the order of their paths."""
    return [
        listed(path, data, packed=Path(path).suffix in _PACKED)
        for path, data in sorted(files.items())
    ]


def differences(then: Sequence[ListedFile], now: Sequence[ListedFile]) -> list[OutputDifference]:
    """What differs between two lists of the same files, by path."""
    before, after = ({one.path: one for one in each} for each in (then, now))
    found = []
    for path in sorted(before.keys() | after.keys()):
        how = _how(before.get(path), after.get(path))
        if how:
            found.append(OutputDifference(path, how))
    return found


def _how(then: ListedFile | None, now: ListedFile | None) -> str:
    if then is None:
        return "ny"
    if now is None:
        return "saknas"
    if then.sha256 == now.sha256:
        return ""
    return "packad" if then.content and then.content == now.content else "annan"
