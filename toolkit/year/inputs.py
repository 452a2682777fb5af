"""What comes in, and what the agency has decided, as one run sees it: each file is opened at most
once, when it is first asked for, and what it gave is kept.

Nothing of pandas, Word or xlsxwriter is loaded here, so that a single file is checked fast."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from toolkit.checks.file import judge, refused, untreated
from toolkit.files.errors import CannotBeDone
from toolkit.files.regular import NotRead, own_bytes, read_regular, real
from toolkit.files.sandbox import Outcome, run_each
from toolkit.files.toolfault import fault_of
from toolkit.files.yaml import SpecError
from toolkit.findings.finding import Finding, Waiver
from toolkit.read import Sender, claimed_in, origin_of
from toolkit.returns.submission import Return
from toolkit.spec.load import Year, load_year, years_in
from toolkit.staff.chosen import ChoiceFile, FileChoice, choose, held, read_choices
from toolkit.staff.registers import Arrival, read_arrivals
from toolkit.staff.sent import SentFile, SentFiles, listed, sent_file
from toolkit.staff.waivers import WaiverFile, read_waivers, waive
from toolkit.words.names import told_name
from toolkit.year.faults import FAILURES, NOT_READ, fault_finding, not_read, read_own
from toolkit.year.memory import KeyParts, Memory, no_memory
from toolkit.year.progress import Step, no_step
from toolkit.year.workspace import Workspace, year_of

_List = TypeVar("_List")

FEEDBACK = "texter/aterkoppling.yaml"
_JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its bytes as they were when it was judged, and what was found in them. A file that
    is replaced meanwhile is another file, and waits for the next run. `alone` is what was found
    before anything was laid beside it, where the same bytes give it each time: not where a process
    died, or our own code failed."""

    path: Path
    data: bytes
    found: Return
    alone: Return | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """What has been opened so far."""

    years: dict[int, Year] = field(default_factory=dict)
    unready: dict[int, SpecError] = field(default_factory=dict)
    waivers: dict[int, WaiverFile] = field(default_factory=dict)
    judged: dict[Path, Return] = field(default_factory=dict)
    choices: dict[int, ChoiceFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of one run, seen for one year. All that are made from each other by `of` and
    `before` share what they have opened."""

    space: Workspace
    _kept: _Kept = field(default_factory=_Kept, repr=False, compare=False)

    @property
    def before(self) -> Inputs:
        """The same run's inputs a year earlier."""
        return replace(self, space=self.space.before)

    def of(self, year: int) -> Inputs:
        """The same run's inputs for another year."""
        return replace(self, space=self.space.of(year))

    @property
    def year(self) -> Year:
        """The year's spec and messages. Raises CannotBeDone when there are none, SpecError when
        they are wrong."""
        self.require_year()
        return self._load(self.space.year)

    def require_year(self) -> None:
        """Raises CannotBeDone when the year has no templates."""
        if self.space.year not in years_in(self.space.templates):
            raise _no_such_year(self.space, str(self.space.year))

    @property
    def years(self) -> dict[int, Year]:
        """All years' specs and messages: a file says itself which year it is for. A year that
        cannot be read is left out, and noted. Raises SpecError when none can."""
        found = {}
        for number in years_in(self.space.templates):
            try:
                found[number] = self._load(number)
            except SpecError as error:
                self._kept.unready[number] = error
        if not found and self._kept.unready:
            raise self._kept.unready[max(self._kept.unready)]
        self.space.log.unready.update({one: str(why) for one, why in self._kept.unready.items()})
        return found

    def _load(self, number: int) -> Year:
        known = self._kept.years
        if number in self._kept.unready:
            raise self._kept.unready[number]
        if number not in known:
            known[number] = load_year(self.space.templates, number)
            if known[number].has(FEEDBACK):
                # Asked for at every file: what is wrong in it is no fault of a file.
                known[number].texts("aterkoppling")
        return known[number]

    def waivers(self, year: Year) -> WaiverFile:
        """The agency's list of waivers for a year, read in a child process; an empty one when there
        is no file."""
        known, number = self._kept.waivers, year.spec.year
        if number not in known:
            known[number] = _read_waivers(self.space.of(number), year)
        return known[number]

    def choices(self, year: Year) -> ChoiceFile:
        """The agency's list of which files of a year count, read likewise."""
        known, number = self._kept.choices, year.spec.year
        if number not in known:
            known[number] = _read_choices(self.space.of(number), year)
        return known[number]

    def sent(self, year: Year) -> SentFiles:
        """The files of a year, with the counties of those that have been judged, and when they
        came; nothing where nothing has been decided of any. Raises CannotBeDone for a register that
        cannot be read."""
        space = self.space.of(year.spec.year)
        if not self.choices(year).choices:
            return {}
        noted = read_own(space, space.arrivals)
        register = read_arrivals(noted, space.shown(space.arrivals)) if noted is not None else []
        known, number = self._kept.judged, year.spec.year
        own = [path for path, one in known.items() if one.submission and one.year == number]
        paths = {real(path): path for path in (*own, *space.submissions())}
        files = (self._sent(path, number, register) for path in paths.values())
        return {listed(file.name): file for file in files}

    def _sent(self, path: Path, year: int, register: Sequence[Arrival]) -> SentFile:
        """What is not in the register is as late as it was saved here: so it will be noted."""
        found = self._kept.judged.get(real(path))
        data = b"" if found else read_regular(path)
        print_ = sha256(data).hexdigest() if isinstance(data, bytes) and data else ""
        own = found if found and found.year == year else None
        name, mark = told_name(path.name), found.sha256 if found else print_
        return sent_file(name, mark, saved_on(path), own, register)

    def judged(self, paths: Sequence[Path], step: Step) -> list[Checked]:
        """Read and check files, each in a child process of its own unless it has been done before,
        without the agency's waivers."""
        years, opened = self.years, [(path, read_regular(path)) for path in paths]
        # A file may be named after a person: her number is not told of anywhere.
        jobs = [(data, told_name(path.name)) for path, data in opened if isinstance(data, bytes)]
        known = self._recalled(jobs)
        outcomes = self._each_judged([job for job in jobs if known[job] is None], years)
        checked = []
        for path, data in opened:
            if isinstance(data, bytes):
                before = known[data, told_name(path.name)]
                outcome = next(outcomes) if before is None else Outcome(before)
                checked.append(self._checked(path, data, outcome, years))
            else:
                told = refused(NOT_READ[data], told_name(path.name), "", years)
                checked.append(Checked(path, b"", told))
            self._note(checked[-1])
            step()
        self._keep(one for one in checked if known.get((one.data, one.found.file)) is None)
        return checked

    def _each_judged(
        self, jobs: Sequence[tuple[bytes, str]], years: Mapping[int, Year]
    ) -> Iterator[Outcome]:
        if self.space.workers is not None:
            return self.space.workers(judge, jobs, (years,))
        return run_each(judge, [(*job, years) for job in jobs])

    def _note(self, item: Checked) -> None:
        self.space.log.note("check", item.found.file, item.found.fault)
        self._kept.judged[real(item.path)] = item.found

    def _keep(self, checked: Iterable[Checked]) -> None:
        """Keep what was found in files for later runs."""
        kept = {_names(one.data, one.found.file): one.alone for one in checked if one.alone}
        self.space.memory.keep(_JUDGED, kept)

    def _recalled(self, jobs: Iterable[tuple[bytes, str]]) -> dict[tuple[bytes, str], Any]:
        """What judging files gave before, where it is known. It follows from a file's bytes, its
        name and all that stands in templates/."""
        return {job: self.space.memory.recall(_JUDGED, *_names(*job)) for job in jobs}

    def _checked(
        self, path: Path, data: bytes, outcome: Outcome, years: Mapping[int, Year]
    ) -> Checked:
        found = _returned(outcome, data, told_name(path.name), years)
        told = self._unready(found, data, years)
        return Checked(path, data, told, found if is_certain(outcome) and told is found else None)

    def _unready(self, found: Return, data: bytes, years: Mapping[int, Year]) -> Return:
        """What was found in a file; that we cannot treat it yet where it says that it is for a year
        that cannot be read."""
        unready = self._kept.unready
        if not unready:
            return found
        sender = next(run_each(claimed_in, [(data, years)])).result or Sender(None, None)
        if sender.year not in unready:
            return found
        fault = fault_of(unready[sender.year])
        told = untreated(fault, found.file, Sender(None, sender.county), years)
        return replace(told, origin_year=sender.year)

    def last_year(self) -> list[Return]:
        """The returns of the year before, beside which this year's are seen. Those that this run
        has judged already are not judged again, and no bytes are kept: they are not marked."""
        before = self.before
        paths, known = before.space.submissions(), self._kept.judged
        before.judged([path for path in paths if real(path) not in known], no_step)
        return with_waivers(before, [known[real(path)] for path in paths], paths)


def newest_inputs(root: Path, day: date | None = None, memory: Memory | None = None) -> Inputs:
    """The inputs of a run about files of any year, seen for the newest. Raises CannotBeDone when
    there is no year at all, SpecError when none can be read."""
    space = Workspace(root, 0, day, memory=memory or no_memory())
    if not years_in(space.templates):
        raise _no_such_year(space, "")
    inputs = Inputs(space)
    return inputs.of(max(inputs.years))


def _no_such_year(space: Workspace, wanted: str) -> CannotBeDone:
    known, root = years_in(space.templates), real(space.root)
    if not known:
        return CannotBeDone("fel.inga_ar", root=root)
    return CannotBeDone("fel.ar", year=wanted, root=root, years=", ".join(map(str, known)))


def _read_waivers(space: Workspace, year: Year) -> WaiverFile:
    found = _read_list(space, space.waivers, year, "waivers", read_waivers)
    if isinstance(found, WaiverFile):
        return found
    return WaiverFile(space.waivers.name, findings=found) if found else WaiverFile()


def _read_choices(space: Workspace, year: Year) -> ChoiceFile:
    found = _read_list(space, space.choices, year, "choices", read_choices)
    if isinstance(found, ChoiceFile):
        return found
    return ChoiceFile(space.choices.name, findings=found) if found else ChoiceFile()


def _read_list(
    space: Workspace, path: Path, year: Year, step: str, read: Callable[..., _List]
) -> _List | tuple[Finding, ...]:
    """A list of the agency's own, or why it could not be read; nothing where there is none."""
    data = own_bytes(path)
    if data is None:
        return ()
    if isinstance(data, NotRead):
        return (fault_finding(year, not_read(data), path.name),)
    outcome = next(run_each(read, [(data, path.name, year)]))
    outcome = space.log.seen(step, path.name, outcome)
    if outcome.failure is None:
        found: _List = outcome.result
        return found
    code, told = FAILURES[outcome.failure], {"file": path.name}
    return (year.catalogue.finding(code, told, file=path.name),)


def _names(data: bytes, file: str) -> KeyParts:
    return sha256(data).hexdigest(), file


def is_certain(outcome: Outcome) -> bool:
    """Whether the same file gives the same return again: a process that died may have wanted for
    memory or time, and a fault of ours may have come of that."""
    return isinstance(outcome.result, Return) and outcome.result.fault is None


def _returned(outcome: Outcome, data: bytes, file: str, years: Mapping[int, Year]) -> Return:
    if outcome.fault is not None:
        origin = next(run_each(origin_of, [(data, years)])).result or Sender(None, None)
        return untreated(outcome.fault, file, origin, years)
    if outcome.failure is not None:
        return refused(FAILURES[outcome.failure], file, "", years)
    found: Return = outcome.result
    return found


def saved_on(path: Path) -> date | None:
    """The day on which a file was saved here; None where nobody may ask."""
    try:
        return date.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return None


def with_waivers(inputs: Inputs, returns: Sequence[Return], paths: Sequence[Path]) -> list[Return]:
    """Returns of any year, each with the waivers of its own year laid on its findings, or with the
    agency's decision that it does not count: of the year that it is for, or, where it lies among
    another year's, of that. `paths` are where they lie."""
    decided: dict[int, _Decisions] = {}
    folders = {id(found): year_of(path) for found, path in zip(returns, paths, strict=True)}
    return each_spared(
        inputs, returns, lambda found: _with_own_waivers(inputs, found, folders[id(found)], decided)
    )


def each_spared(
    inputs: Inputs, returns: Iterable[Return], work: Callable[[Return], Return]
) -> list[Return]:
    """Each return with some work done on it; as it was where our own code failed in that, which
    stops none of the others."""
    done = list(returns)
    for place, found in enumerate(done):
        with inputs.space.log.sparing_others("check", found.file):
            done[place] = work(found)
    return done


class _Decisions(NamedTuple):
    """What has been decided of the files of a year, and what is known of them."""

    choices: tuple[FileChoice, ...]
    sent: SentFiles


def _with_own_waivers(
    inputs: Inputs, found: Return, folder: int | None, decided: dict[int, _Decisions]
) -> Return:
    """`decided` keeps the decisions of each year that has been met."""
    number = inputs.space.year if found.year is None else found.year
    chosen = _chosen(inputs, found, number, decided)
    if folder is not None and folder != number and not chosen.is_set_aside:
        beside = _chosen(inputs, found, folder, decided)
        chosen = beside if beside.is_set_aside else chosen
    year = inputs.years.get(number)
    if found.submission is None or year is None:
        return chosen
    return waived(chosen, inputs.waivers(year).waivers, inputs.space.day)


def _chosen(inputs: Inputs, found: Return, number: int, decided: dict[int, _Decisions]) -> Return:
    """A return with what has been decided of it in a year."""
    if number not in inputs.years:
        return found  # of a year that cannot be read: what has been decided of it cannot either
    year = inputs.years[number]
    if number not in decided:
        sent = inputs.sent(year)
        decided[number] = _Decisions(held(inputs.choices(year).choices, sent), sent)
    return choose(found, decided[number].choices, year, decided[number].sent)


def waived(found: Return, waivers: Sequence[Waiver], day: date | None) -> Return:
    """A return with waivers laid on its findings, as they stand on a day: the day on which the
    county approved it, when none is given."""
    if found.submission is None:
        return found
    day = day or found.submission.approved
    return replace(found, findings=waive(found.findings, waivers, day))
