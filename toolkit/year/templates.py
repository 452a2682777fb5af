"""The counties' workbooks: made blank or with what goes on from last year, and an earlier one moved
into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from toolkit.analysis.merge import county_states
from toolkit.files.atomic import publish
from toolkit.files.sandbox import run_each
from toolkit.findings.texts import Texts
from toolkit.returns.carryover import prefill
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.spec.model import Spec
from toolkit.spec.roles import RESPONDENTS
from toolkit.template import Content, write_template
from toolkit.year.inputs import Inputs
from toolkit.year.progress import Step, no_step
from toolkit.year.refill import Migration, fill_template, write_refilled
from toolkit.year.submissions import check_files, own_returns
from toolkit.year.workspace import Workspace, beside

Contents = Mapping[str, Content]
"""What a county's workbook is filled with, by the county's code."""
TemplateJob = tuple[Spec, Code, Texts, Content | None]
FEW = 4  # templates that are made sooner here than the processes to make them in


def make_templates(
    space: Workspace,
    year: Year,
    counties: Sequence[Code],
    step: Step,
    content: Contents | None = None,
) -> list[Path]:
    """A workbook for each county, in outputs/YEAR/templates/: blank, or with the content carried
    over."""
    texts, filled = year.texts("mall"), content or {}
    jobs = [(year.spec, county, texts, filled.get(county.code)) for county in counties]
    written = []
    for county, data in zip(counties, _write_templates(jobs), strict=True):
        written.append(publish(space.blank_template(county), data))
        step()
    return written


def _write_templates(jobs: Sequence[TemplateJob]) -> Iterator[bytes]:
    """On all processors when there are several to make."""
    # xlsxwriter spends its time in Python: only processes of their own run beside each other.
    if len(jobs) < FEW:
        yield from map(_write_template, jobs)
        return
    with ProcessPoolExecutor() as pool:
        yield from pool.map(_write_template, jobs)


def _write_template(job: TemplateJob) -> bytes:
    return write_template(*job, look="prefilled")


def carried_over(inputs: Inputs) -> Contents:
    """What goes on from the year before, by county, from the file that counts for it."""
    last, now = inputs.before.year, inputs.year
    content = {}
    for state in county_states(last, own_returns(last, inputs.last_year())):
        if state.counts and state.counts.submission:
            content[state.code] = prefill(state.counts.submission, last.spec, now.spec)
    return content


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


def refill_files(
    inputs: Inputs, paths: Sequence[Path]
) -> Iterator[tuple[Path, int, Migration | None]]:
    """Each file with its year and its return in a fresh copy of that year's template, marked. None
    for a file that cannot be read."""
    counties: Counter[tuple[int, str]] = Counter()
    for item in check_files(inputs, paths, no_step):
        found = item.found.submission
        if found is None:
            yield item.path, inputs.space.year, None
            continue
        own = inputs.of(found.year)
        counties[found.year, found.county] += 1
        number = counties[found.year, found.county]
        done = write_refilled(own.space, own.year, item.data, item.found, number)
        yield item.path, found.year, done


def write_left(migration: Migration, told: bytes) -> Path:
    """What could not be moved, as a text file beside the workbook."""
    return publish(beside(migration.path, ".txt"), told)
