"""Files in, findings, the counties' own files back, marked: what `lansrapport check` needs, and
nothing more, so that it starts fast. Stands below the pipeline and is the only other room that
knows the folders."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from toolkit.analysis.comparison import in_company as compare
from toolkit.analysis.comparison import past_of
from toolkit.analysis.merge import CountyState, county_of, county_states
from toolkit.checks.file import judge, refused
from toolkit.checks.trends import Past
from toolkit.files.atomic import publish
from toolkit.files.sandbox import Outcome, run_each
from toolkit.files.zip import ENDINGS, ending_of
from toolkit.findings.feedback import write_letter
from toolkit.findings.finding import Finding, Waiver
from toolkit.returns.submission import Return
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year, load_year, years_in
from toolkit.staff.waivers import WaiverFile, read_waivers, tell_waivers, waive
from toolkit.words.cleantext import windows_text
from toolkit.words.personal import without_number
from toolkit.year.refill import GivenBack, give_back, offer
from toolkit.year.workspace import Workspace, county_file

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
    """Read and check files, each in a child process of its own. `years` are those of `load_years`,
    if at hand."""
    years = years or load_years(space)
    jobs = [(path.read_bytes(), without_number(path.name), years) for path in paths]
    checked = []
    for path, outcome in zip(paths, run_each(judge, jobs), strict=True):
        checked.append(Checked(path, _returned(outcome, path, years)))
        step()
    own = {c.found.submission.year for c in checked if c.found.submission}
    files = {
        number: waivers_of(Workspace(space.root, number), years[number]).waivers for number in own
    }
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
    return WaiverFile(
        name,
        findings=(year.catalogue.finding(FAILURES[outcome.failure], {"file": name}, file=name),),
    )


def told_of_waivers(space: Workspace, year: Year, states: Sequence[CountyState]) -> list[Finding]:
    """What was wrong in the list of waivers, and which of them have expired or are about
    nothing."""
    file = waivers_of(space, year)
    said = [finding for state in states for finding in state.findings]
    return [*file.findings, *tell_waivers(file, year, said, waiver_days(space, states))]


def waiver_days(space: Workspace, states: Sequence[CountyState]) -> dict[str, date | None]:
    """The day that last days are measured against, for each county that has sent something."""
    sent = ((state.code, state.counts) for state in states if state.counts)
    return {
        code: space.day or (found.submission.approved if found.submission else None)
        for code, found in sent
    }


def _returned(outcome: Outcome, path: Path, years: Mapping[int, Year]) -> Return:
    if outcome.failure is None:
        found: Return = outcome.result
        return found
    return refused(FAILURES[outcome.failure], without_number(path.name), "", years)


def write_returns(space: Workspace, year: Year, checked: Sequence[Checked]) -> list[Path]:
    """The marked copies, in outputs/YEAR/returns/, one for the file that counts of each county,
    each with the same feedback as text beside it. A file whose county is unknown, or that another
    file of the same county has replaced, keeps its own name, with a number after it where that name
    is another file's."""
    folder = space.outputs / "returns"
    written = []
    for item, name in zip(checked, _return_names(year, checked), strict=True):
        given = give_back(space, year, item.path.read_bytes(), item.found, name)
        written.append(publish(folder / f"{name}{ending_of(given.workbook)}", given.workbook))
        _withdraw(written[-1])
        offer(folder, name, given.fresh)
        letter = _letter(year, item.found, given, written[-1].name)
        publish(folder / f"{name}.txt", letter)
    return written


def _withdraw(marked: Path) -> None:
    """Take away the copy of a file that was sent earlier in another format; one that is open is
    left."""
    for ending in ENDINGS:
        if ending != marked.suffix:
            with suppress(OSError):
                marked.with_suffix(ending).unlink()


def marked_copy(space: Workspace, county: Code) -> str:
    """The name of a county's marked copy, which has the ending of the county's own file; as an xlsx
    before it is there."""
    name = county_file(county)
    found = (space.outputs / "returns" / f"{Path(name).stem}{ending}" for ending in ENDINGS)
    return next((path.name for path in found if path.is_file()), name)


def _return_names(year: Year, checked: Sequence[Checked]) -> list[str]:
    """A name for the copy of each file, without its ending; no two are alike, also where capitals
    are no difference."""
    lists = year.spec.lists["lan"].by_code
    states = (state for state in states_of(year, checked) if state.counts)
    counting = {id(state.counts): Path(county_file(lists[state.code])).stem for state in states}
    taken = {name.casefold() for name in counting.values()}
    names = []
    for item in checked:
        name = counting.get(id(item.found)) or _free(without_number(item.path.stem), taken)
        taken.add(name.casefold())
        names.append(name)
    return names


def _free(name: str, taken: Collection[str]) -> str:
    candidates = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(one for one in candidates if one.casefold() not in taken)


def _letter(year: Year, found: Return, given: GivenBack, marked: str) -> bytes:
    """The feedback as a text file."""
    texts = year.texts("aterkoppling")
    county = year.spec.lists["lan"].by_code.get(county_of(found) or "")
    name = texts("brev.lan", county=county.label) if county else ""
    text = write_letter(given.findings, texts, name, found.file, marked, given.notices)
    return windows_text(text)


def in_company(space: Workspace, year: Year, checked: Sequence[Checked]) -> list[Checked]:
    """The same files, with what can only be said beside others: last year's return from the county,
    the county's other files, other counties'. The agency's waivers are laid on that too."""
    told = compare(year, [item.found for item in checked], _past(space))
    files: dict[int, Sequence[Waiver]] = {
        item.found.submission.year: () for item in checked if item.found.submission
    }
    files[year.spec.year] = waivers_of(space, year).waivers
    return [
        Checked(item.path, _waived(found, files, space))
        for item, found in zip(checked, told, strict=True)
    ]


def _past(space: Workspace) -> dict[str, Past]:
    """Last year's returns by county; none when the year before has no templates or no
    submissions."""
    before = Workspace(space.root, space.year - 1)
    if before.year not in years_in(space.templates) or not before.submissions():
        return {}
    checked = check_files(before, before.submissions(), lambda: None)
    return past_of(load_year(space.templates, before.year), [item.found for item in checked])


def own_returns(year: Year, checked: Iterable[Checked]) -> list[Return]:
    """What was found in the files of one year: files of other years are left out."""
    return [
        c.found
        for c in checked
        if c.found.submission is None or c.found.submission.year == year.spec.year
    ]


def states_of(year: Year, checked: Iterable[Checked]) -> tuple[CountyState, ...]:
    """Every county's state, by the files of one year."""
    return county_states(year, own_returns(year, checked))
