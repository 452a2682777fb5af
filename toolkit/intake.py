"""Files in, findings, the counties' own files back, marked: what `lansrapport check` needs, and nothing more, so that
it starts fast. Stands below the pipeline and is the only other room that knows the folders."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit.annotate import mark_workbook
from toolkit.findings import Finding, Waiver, in_order
from toolkit.judge import judge, refused
from toolkit.merge import CountyState, county_of, county_states
from toolkit.publish import publish
from toolkit.sandbox import Outcome, run_each
from toolkit.specfile import Year, load_year, years_in
from toolkit.submission import Return
from toolkit.waivers import WaiverFile, read_waivers, tell_waivers, waive
from toolkit.workspace import Workspace, county_file

Progress = Callable[[], None]
FAILURES = {"crashed": "FIL-SKADAD", "slow": "FIL-LANGSAM"}


@dataclass(frozen=True, slots=True)
class Checked:
    """One file with what was found in it."""

    path: Path
    found: Return


def load_years(space: Workspace) -> dict[int, Year]:
    """All years' specs and messages. Raises SpecError."""
    return {number: load_year(space.templates, number) for number in years_in(space.templates)}


def check_files(
    space: Workspace, paths: Sequence[Path], step: Progress, years: Mapping[int, Year] | None = None
) -> list[Checked]:
    """Read and check files, each in a child process of its own. `years` are those of `load_years`, if at hand."""
    years = years or load_years(space)
    jobs = [(path.read_bytes(), path.name, years) for path in paths]
    checked = []
    for path, outcome in zip(paths, run_each(judge, jobs), strict=True):
        checked.append(Checked(path, _returned(outcome, path, years)))
        step()
    own = {c.found.submission.year for c in checked if c.found.submission}
    files = {number: waivers_of(Workspace(space.root, number), years[number]).waivers for number in own}
    return [Checked(item.path, _waived(item.found, files, space)) for item in checked]


def _waived(found: Return, files: Mapping[int, Sequence[Waiver]], space: Workspace) -> Return:
    if found.submission is None:
        return found
    day = space.day or found.submission.approved
    return replace(found, findings=waive(found.findings, files[found.submission.year], day))


def waivers_of(space: Workspace, year: Year) -> WaiverFile:
    """The agency's list of waivers, read in a child process; an empty one when there is no file."""
    if not space.waivers.is_file():
        return WaiverFile()
    outcome = next(run_each(read_waivers, [(space.waivers.read_bytes(), space.waivers.name, year)]))
    if outcome.failure is None:
        file: WaiverFile = outcome.result
        return file
    name = space.waivers.name
    return WaiverFile(name, findings=(year.catalogue.finding(FAILURES[outcome.failure], {"file": name}, file=name),))


def told_of_waivers(space: Workspace, year: Year, states: Sequence[CountyState]) -> list[Finding]:
    """What was wrong in the list of waivers, and which of them have expired or are about nothing."""
    file = waivers_of(space, year)
    said = [finding for state in states for finding in state.findings]
    return [*file.findings, *tell_waivers(file, year, said, waiver_days(space, states))]


def waiver_days(space: Workspace, states: Sequence[CountyState]) -> dict[str, date | None]:
    """The day that last days are measured against, for each county that has sent something."""
    sent = ((state.code, state.counts) for state in states if state.counts)
    return {code: space.day or (found.submission.approved if found.submission else None) for code, found in sent}


def _returned(outcome: Outcome, path: Path, years: Mapping[int, Year]) -> Return:
    if outcome.failure is None:
        found: Return = outcome.result
        return found
    return refused(FAILURES[outcome.failure], path.name, "", years)


def write_returns(space: Workspace, year: Year, checked: Sequence[Checked]) -> list[Path]:
    """The marked copies, in outputs/YEAR/returns/, one for the file that counts of each county. A file whose
    county is unknown, or that another file of the same county has replaced, keeps its own name."""
    texts = year.texts("aterkoppling")
    counting = {state.counts.file: state.code for state in states_of(year, checked) if state.counts}
    lists = year.spec.lists["lan"].by_code
    written = []
    for item in checked:
        code = counting.get(item.found.file)
        name = county_file(lists[code]) if code else f"{item.path.stem}.xlsx"
        marked = mark_workbook(item.path.read_bytes(), item.found.findings, texts)
        written.append(publish(space.outputs / "returns" / name, marked))
    return written


def with_duplicates_told(year: Year, checked: Sequence[Checked]) -> list[Checked]:
    """The same files, with a note in each that is not the one that counts for its county."""
    states = states_of(year, checked)
    counts = {state.code: state.counts.file for state in states if state.counts}
    several = {state.code for state in states if state.others}
    return [_told(year, item, counts, several) for item in checked]


def _told(year: Year, item: Checked, counts: dict[str, str], several: set[str]) -> Checked:
    county = county_of(item.found)
    if item.found.submission is not None and item.found.submission.year != year.spec.year:
        years = {"stated": item.found.submission.year, "year": year.spec.year}
        wrong = year.catalogue.finding("FIL-ANNAT-AR", years, county=county, file=item.found.file)
        return Checked(item.path, replace(item.found, findings=(wrong,)))
    if county not in several or county is None:
        return item
    told = {"counts": counts[county]}
    note = year.catalogue.finding("FIL-DUBBEL", told, county=county, file=item.found.file)
    return Checked(item.path, replace(item.found, findings=tuple(in_order([*item.found.findings, note]))))


def own_returns(year: Year, checked: Iterable[Checked]) -> list[Return]:
    """What was found in the files of one year: files of other years are left out."""
    return [c.found for c in checked if c.found.submission is None or c.found.submission.year == year.spec.year]


def states_of(year: Year, checked: Iterable[Checked]) -> tuple[CountyState, ...]:
    """Every county's state, by the files of one year."""
    return county_states(year, own_returns(year, checked))
