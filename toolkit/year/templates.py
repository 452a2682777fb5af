"""The counties' workbooks: made blank or with what goes on from last year, and an earlier one moved
into them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.analysis.merge import county_states
from toolkit.files.atomic import publish, withdraw
from toolkit.files.errors import CannotBeDone
from toolkit.files.sandbox import run_each
from toolkit.findings.texts import Texts
from toolkit.returns.prefill import Prefilled, prefill
from toolkit.spec.advice import unfillable
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.spec.model import Spec
from toolkit.spec.roles import RESPONDENTS
from toolkit.template import Content, write_template
from toolkit.words.names import told_name
from toolkit.words.personal import without_number
from toolkit.words.swedish import join_and
from toolkit.year.inputs import Inputs
from toolkit.year.places import beside
from toolkit.year.progress import Step, no_step
from toolkit.year.refill import Migration, fill_template, write_refilled
from toolkit.year.submissions import check_files, own_returns
from toolkit.year.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.files.cluster import Workers

TemplateJob = tuple[Spec, Code, Texts, Content | None]
_BLANK = "blank"
_SECONDS = 120.0
FEW = 4  # templates that are made sooner here than the processes to make them in


def make_templates(
    space: Workspace,
    year: Year,
    counties: Sequence[Code],
    step: Step,
    carried: Mapping[str, CarriedOver],
) -> list[Path]:
    """A workbook for each county, in outputs/YEAR/templates/: blank, or with what was carried over,
    by the county's code. Raises CannotBeDone where nobody could fill it in."""
    refuse_unfillable(year.spec)
    filled = {code: one.done.rows for code, one in carried.items()}
    blank = [county for county in counties if county.code not in filled]
    known = {one.code: space.memory.recall(_BLANK, *_names(year, one)) for one in blank}
    texts = year.texts("mall")
    new = [county for county in counties if known.get(county.code) is None]
    jobs = [(year.spec, county, texts, filled.get(county.code)) for county in new]
    made = _write_templates(jobs) if space.workers is None else _sent_out(space.workers, jobs)
    written, kept = [], {}
    for county in counties:
        data = known.get(county.code)
        if data is None:
            data = next(made)
            if county.code not in filled:
                kept[_names(year, county)] = data
        written.append(publish(space.blank_template(county), data))
        step()
    space.memory.keep(_BLANK, kept)
    return written


def refuse_unfillable(spec: Spec) -> None:
    """Raises CannotBeDone, with all that makes the year's workbook impossible to fill in."""
    fields: dict[str, list[str]] = defaultdict(list)
    for one in unfillable(spec):
        (_, name), (_, where), *_ = one.parts  # the list, and the field or table that needs it
        fields[name].append(where)
    if fields:
        lists = join_and(f"{name} ({', '.join(used)})" for name, used in fields.items())
        since = [_begins(spec, name) for name in fields]
        known = [year for year in since if year is not None]
        if len(known) == len(since):
            told = {"year": spec.year, "lists": join_and(fields), "since": max(known)}
            raise CannotBeDone("fel.mallar_fore", **told)
        raise CannotBeDone("fel.mallar", year=spec.year, lists=lists)


def _begins(spec: Spec, name: str) -> int | None:
    """The first year that a list has any code for, where that is later than this; None where no
    code comes later."""
    years = [code.valid_from for code in spec.lists[name].codes if code.valid_from is not None]
    return min((year for year in years if year > spec.year), default=None)


def _names(year: Year, county: Code) -> tuple[str, ...]:
    """What a blank workbook follows from, beside all that stands in templates/."""
    return str(year.spec.year), county.code


def _write_templates(jobs: Sequence[TemplateJob]) -> Iterator[bytes]:
    """On all processors when there are several to make."""
    # xlsxwriter spends its time in Python: only processes of their own run beside each other.
    if len(jobs) < FEW:
        yield from map(_write_template, jobs)
        return
    with ProcessPoolExecutor() as pool:
        yield from pool.map(_write_template, jobs)


def _sent_out(workers: Workers, jobs: Sequence[TemplateJob]) -> Iterator[bytes]:
    """On a cluster. What fails there is made here, and raises what it has to."""
    shared = jobs[0][::2] if jobs else ()
    outcomes = workers(_write_sent, [job[1::2] for job in jobs], shared, _SECONDS)
    for job, outcome in zip(jobs, outcomes, strict=True):
        yield _write_template(job) if outcome.failure else outcome.result


def _write_sent(county: Code, content: Content | None, spec: Spec, texts: Texts) -> bytes:
    return _write_template((spec, county, texts, content))


def _write_template(job: TemplateJob) -> bytes:
    return write_template(*job, look="prefilled")


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What goes on from a county's return of the year before, and the file that counts for it."""

    file: str
    done: Prefilled


def carried_over(inputs: Inputs) -> dict[str, CarriedOver]:
    """What goes on from the year before, by county, from the file that counts for it."""
    last, now = inputs.before.year, inputs.year
    carried = {}
    for state in county_states(last, own_returns(last, inputs.last_year())):
        if state.counts and state.counts.submission:
            done = prefill(state.counts.submission, last.spec, now.spec)
            carried[state.code] = CarriedOver(state.counts.file, done)
    return carried


def write_left_out(space: Workspace, county: Code, told: bytes) -> None:
    """What did not go on, as a text file beside the county's template; nothing of it, and no file
    of an earlier run, where all of it did."""
    path = beside(space.blank_template(county), ".txt")
    if told:
        publish(path, told)
        return
    withdraw(path)


def migrate(inputs: Inputs, path: Path) -> Migration | None:
    """A filled-in workbook moved into the year's template. None when the file cannot be read."""
    item, year = check_files(inputs, [path], no_step)[0], inputs.year
    found = item.found.submission
    if found is None:
        return None
    then = inputs.of(found.year).year
    done = next(run_each(fill_template, [(item.data, item.found, then, year)]))
    filled = inputs.space.log.seen("refill", item.found.file, done).result
    if filled is None:
        return None
    county = year.spec.list_of(RESPONDENTS).by_code[found.county]
    written = publish(inputs.space.migrated(county), filled.workbook)
    return Migration(written, filled.moved, filled.left)


@dataclass(frozen=True, slots=True)
class Refilled:
    """A file's fresh copy: of which year, and `source`, the file as the copy's list names it. For a
    file that gave none `done` is None, and `reason` says why."""

    source: str
    year: int
    done: Migration | None
    reason: str = ""


def refill_files(inputs: Inputs, paths: Sequence[Path]) -> Iterator[Refilled]:
    """Each file's return in a fresh copy of its year's template, marked. One that cannot be read
    stops none of the others."""
    taken: set[Path] = set()
    for path in paths:
        source = without_number(inputs.space.shown(path))
        try:
            yield _refill(inputs, path, source, taken)
        except OSError as error:
            yield Refilled(source, inputs.space.year, None, error.strerror or "")


def _refill(inputs: Inputs, path: Path, source: str, taken: set[Path]) -> Refilled:
    """One file; the copy's path is added to those that this run has `taken`."""
    item = check_files(inputs, [path], no_step)[0]
    found = item.found.submission
    if found is None:
        told = (finding.message for finding in item.found.findings)
        return Refilled(source, inputs.space.year, None, next(told, ""))
    own = inputs.of(found.year)
    county = own.year.spec.list_of(RESPONDENTS).by_code[found.county]
    target = _free_copy(own.space, county, path, source, taken)
    done = write_refilled(own.space, own.year, item.data, item.found, target)
    if done is not None:
        taken.add(target)
        _withdraw_copies(own.space, source, taken)
    return Refilled(source, found.year, done)


def _free_copy(
    space: Workspace, county: Code, path: Path, source: str, taken: Collection[Path]
) -> Path:
    """Where a file's copy is written: under the county's name, or when another file's copy has
    that, under the file's own, with a number if need be."""
    stem = told_name(path.stem)
    names = chain([county.file_stem, stem], (f"{stem} ({number})" for number in count(2)))
    targets = map(space.refilled, names)
    return next(one for one in targets if one not in taken and _may_replace(one, source))


def _may_replace(target: Path, source: str) -> bool:
    """Whether nothing stands there, or a copy that was made from the same file."""
    return not target.exists() or _is_made_from(target, source)


def _is_made_from(copy: Path, source: str) -> bool:
    """Whether the list beside a copy names the file, on a line of its own."""
    listed = beside(copy, ".txt")
    return listed.is_file() and source in listed.read_text("utf-8-sig").splitlines()


def _withdraw_copies(space: Workspace, source: str, taken: Collection[Path]) -> None:
    """Take away a file's copies of earlier runs that had another name, with their lists."""
    for copy in space.refilled_copies():
        if copy not in taken and _is_made_from(copy, source):
            for path in (copy, beside(copy, ".txt")):
                withdraw(path)


def write_left(migration: Migration, told: bytes) -> Path:
    """What could not be moved, as a text file beside the workbook."""
    return publish(beside(migration.path, ".txt"), told)
