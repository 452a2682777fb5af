"""Files in, findings, the counties' own files back, marked: what `lansrapport check` needs, and
nothing more, so that it starts fast."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, count
from pathlib import Path

from toolkit.analysis.comparison import in_company as compare
from toolkit.analysis.comparison import past_of
from toolkit.analysis.merge import CountyState, county_of, county_states, without_return
from toolkit.analysis.precedence import is_disputed
from toolkit.analysis.standing import CountyStanding, named_files
from toolkit.checks.trends import Past
from toolkit.files.atomic import BESIDE, place_of, publish, withdraw
from toolkit.files.errors import CannotBeDone
from toolkit.files.regular import real
from toolkit.files.zip import ENDINGS, ending_of
from toolkit.findings.feedback import write_letter
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Return
from toolkit.spec.codelists import Code
from toolkit.spec.handing_in import told_of_handing_in
from toolkit.spec.load import Year, years_in
from toolkit.spec.roles import RESPONDENTS
from toolkit.staff.chosen import tell_choices
from toolkit.staff.waivers import tell_waivers
from toolkit.words.cleantext import windows_text
from toolkit.words.names import told_name
from toolkit.year.inputs import Checked, Inputs, each_spared, waived, with_waivers
from toolkit.year.marking import Marking
from toolkit.year.memos import memos_in, withdraw_false
from toolkit.year.places import beside, county_file
from toolkit.year.progress import Progress, Step, no_step, unseen
from toolkit.year.receipt import receipt
from toolkit.year.refill import GivenBack, offer
from toolkit.year.workspace import SENT, Workspace, year_of

_NEVER_OPENED = {"FIL-EJ-FIL", "FIL-ATKOMST"}


@dataclass(frozen=True, slots=True)
class CheckedYear:
    """The files of one year out of those that were given: what was found in each, where their
    marked copies were written, and what is told of the agency's waivers."""

    space: Workspace
    files: Sequence[Checked]
    written: Sequence[Path]
    waivers: Sequence[Finding]

    @property
    def blocks(self) -> bool:
        """Whether anything that was found blocks."""
        findings = chain(self.waivers, *(item.found.findings for item in self.files))
        return any(finding.blocks for finding in findings)


def check_given(newest: Inputs, paths: Sequence[Path]) -> list[CheckedYear]:
    """Check files of any year and write their marked copies, year by year. `newest` is seen for the
    newest year. Raises CannotBeDone when a file's folder is of a year that has no templates."""
    by_year: dict[int, list[Checked]] = {}
    for item in check_files(newest, paths, no_step):
        own = _year_for(item, newest.space.year)
        # A year that cannot be read has no words to tell of its files in.
        year = newest.space.year if own in newest.space.log.unready else own
        by_year.setdefault(year, []).append(item)
    return [_check_year(newest.of(year), own) for year, own in sorted(by_year.items())]


def _year_for(item: Checked, newest: int) -> int:
    """A file that does not say its year goes with the year whose folder it lies in, or else with
    the newest."""
    return item.found.year or year_of(item.path) or newest


def _check_year(inputs: Inputs, own: Sequence[Checked]) -> CheckedYear:
    year = inputs.year
    told = in_company(inputs, year, own)
    written = write_returns(inputs.space, year, told)
    everything = {real(path) for path in inputs.space.submissions()}
    if everything <= {real(item.path) for item in own}:
        withdraw_marked(inputs.space, written)
        _withdraw_false_memos(inputs.space, year, told)
    waivers = told_of_waivers(inputs, year, states_of(year, told))
    return CheckedYear(inputs.space, told, written, waivers)


def check_submissions(inputs: Inputs, progress: Progress = unseen) -> list[Checked]:
    """Everything that has been sent for the year, checked one by one and then beside each other."""
    return beside_each_other(inputs, judge_submissions(inputs, progress))


def refuse_closed(space: Workspace, files: Sequence[Path]) -> None:
    """Raises CannotBeDone where the folder of the counties' files cannot be looked into: of nobody
    is it known then that nothing has come."""
    if list(files) == [space.sent] and space.sent.is_dir():
        raise CannotBeDone("fel.mapp_stangd", path=space.shown(space.sent))


def judge_submissions(inputs: Inputs, progress: Progress = unseen) -> list[Checked]:
    """Everything that has been sent for the year, checked one by one. Raises CannotBeDone where the
    folder cannot be looked into."""
    files = inputs.space.submissions()
    refuse_closed(inputs.space, files)
    with progress("check", len(files)) as step:
        return inputs.judged(files, step)


def beside_each_other(inputs: Inputs, judged: Sequence[Checked]) -> list[Checked]:
    """Checked files with what has been decided of them, and with what is told of one beside the
    others."""
    return in_company(inputs, inputs.year, _decided_on(inputs, judged))


def check_files(inputs: Inputs, paths: Sequence[Path], step: Step) -> list[Checked]:
    """Read and check files, each in a child process of its own, with the waivers of its year."""
    return _decided_on(inputs, inputs.judged(paths, step))


def _decided_on(inputs: Inputs, judged: Sequence[Checked]) -> list[Checked]:
    paths = [item.path for item in judged]
    return _with_found(judged, with_waivers(inputs, found_in(judged), paths))


def found_in(checked: Iterable[Checked]) -> list[Return]:
    """What was found in each file, without its bytes."""
    return [item.found for item in checked]


def _with_found(checked: Sequence[Checked], returns: Sequence[Return]) -> list[Checked]:
    return [replace(item, found=found) for item, found in zip(checked, returns, strict=True)]


def told_of_waivers(inputs: Inputs, year: Year, states: Sequence[CountyState]) -> list[Finding]:
    """What was wrong in the list of waivers, and which of them have expired or are about nothing;
    and what the agency has decided of the files."""
    file, said = inputs.waivers(year), list(chain(*(state.findings for state in states)))
    waivers = tell_waivers(file, year, said, waiver_days(inputs.space, states))
    return [*file.findings, *waivers, *told_of_choices(inputs, year)]


def told_of_choices(inputs: Inputs, year: Year) -> list[Finding]:
    """What the agency has decided of the files, and what was wrong in its list of that."""
    return tell_choices(inputs.choices(year), year, inputs.sent(year))


def waiver_days(space: Workspace, states: Sequence[CountyState]) -> dict[str, date | None]:
    """The day that last days are measured against, for each county that has sent something."""
    days: dict[str, date | None] = {}
    for state in states:
        if state.counts:
            submission = state.counts.submission
            days[state.code] = space.day or (submission.approved if submission else None)
    return days


def write_returns(space: Workspace, year: Year, checked: Sequence[Checked]) -> list[Path]:
    """The marked copies, in outputs/YEAR/returns/, one for the file that counts of each county,
    each with the same feedback as text beside it. A file whose county is unknown, or that another
    file of the same county has replaced, keeps its own name, with a number after it where that name
    is another file's."""
    written: list[Path] = []
    marking, everything = Marking(space, year), found_in(checked)
    for item, name in zip(checked, _return_names(year, checked), strict=True):
        if not _is_sent_as_return(item):
            continue
        with space.log.sparing_others("mark", item.found.file):
            given = marking.given_back(item, name)
            said = receipt(year.spec, item.found, everything, year.texts("aterkoppling"))
            written.append(_write_return(space, year, item.found, name, given, said))
    marking.keep()
    return written


def _write_return(
    space: Workspace, year: Year, found: Return, name: str, given: GivenBack, said: Sequence[str]
) -> Path:
    """What goes back for one file; where the workbook was written."""
    written = publish(space.marked(name, ending_of(given.workbook)), given.workbook)
    _withdraw(place_of(written))
    offer(space, name, given.fresh)
    publish(space.letter(name), _letter(year, found, given, written.name, said))
    return written


def _is_sent_as_return(item: Checked) -> bool:
    """Whether anything is given back for a file: a letter in pdf, a pipe or a folder that nobody
    may look into is told of, and has no marked copy; nor has what does not count, as the agency has
    decided, whether it could be read or not."""
    if item.found.is_set_aside:
        return False
    if item.found.submission is not None:
        return True
    if item.found.alone and not any(one.blocks for one in item.found.findings):
        return False  # its answers stand in the marked copy of what they were taken into
    codes = {finding.code for finding in item.found.findings}
    return item.path.suffix.lower() in SENT and _NEVER_OPENED.isdisjoint(codes)


def withdraw_returns(space: Workspace, written: Iterable[Path]) -> None:
    """Take away what was given back for files that are no longer there: the next one to look in the
    folder would send it."""
    _withdraw_others(space.returned(), {place_of(path).stem for path in written})


def withdraw_gone(space: Workspace, year: Year, checked: Sequence[Checked]) -> None:
    """The same, where the files that are there are not marked anew. What was said of the money is
    left while it holds: it follows from ledgers too."""
    names = zip(checked, _return_names(year, checked), strict=True)
    kept = {name for item, name in names if _is_sent_as_return(item)}
    _withdraw_others(_but_memos(space), kept)
    _withdraw_false_memos(space, year, checked)


def withdraw_marked(space: Workspace, written: Iterable[Path]) -> None:
    """The same where they are, and the letters about money are not written: each of those stays
    until it is written anew or taken away where they are."""
    _withdraw_others(_but_memos(space), {place_of(path).stem for path in written})


def _withdraw_false_memos(space: Workspace, year: Year, checked: Sequence[Checked]) -> None:
    states, found = states_of(year, checked), own_returns(year, found_in(checked))
    lying = named_files(year.spec.counties, without_return(states, found))
    standing = [CountyStanding(one, unread=lying.get(one.code, "")) for one in states]
    withdraw_false(space, year, standing)


def _but_memos(space: Workspace) -> list[Path]:
    memos = set(memos_in(space))
    return [path for path in space.returned() if path not in memos]


def _withdraw_others(there: Iterable[Path], stems: Collection[str]) -> None:
    for path in there:
        name = place_of(path).stem.removesuffix("-ny-mall").removesuffix("-ekonomi")
        if name not in stems:
            withdraw(path)


def _withdraw(marked: Path) -> None:
    """Take away the copy of a file that was sent earlier in another format; one that is open is
    left."""
    for ending in ENDINGS:
        if ending != marked.suffix:
            withdraw(beside(marked, ending))


def marked_copy(space: Workspace, county: Code) -> str:
    """The name of a county's marked copy, which has the ending of the county's own file; as an xlsx
    before it is there."""
    found = (space.marked(county.file_stem, ending) for ending in ENDINGS)
    return next((path.name for path in found if path.is_file()), county_file(county))


def _return_names(year: Year, checked: Sequence[Checked]) -> list[str]:
    """A name for the copy of each file, without its ending; no two are alike, also where capitals
    are no difference."""
    counting, counties = _counting(year, checked), year.spec.list_of(RESPONDENTS).by_code
    # Nobody's file ever gets the name that another county's has, or would have.
    taken = {code.file_stem.casefold() for code in counties.values()}
    names = []
    for item in checked:
        own = counties.get(county_of(item.found) or "")
        name = counting.get(id(item.found)) or _free(_own_name(item, own, counties), taken)
        taken.add(name.casefold())  # Windows and macOS take A.xlsx and a.xlsx for one file
        names.append(name)
    return names


def _own_name(item: Checked, own: Code | None, counties: Mapping[str, Code]) -> str:
    """A file's own name, unless another county is named in it: whatever a county calls its file,
    its answers are not given back under another's name."""
    name = told_name(item.path.stem)
    if own is None or is_disputed(item.found):
        return name
    others = (_short(code) for code in counties.values() if code is not own)
    return own.file_stem if any(other in name.casefold() for other in others) else name


def _short(county: Code) -> str:
    """The name of a county without its code, as it may stand in a file's name."""
    return county.file_stem.partition("-")[2].casefold()


def _counting(year: Year, checked: Sequence[Checked]) -> Mapping[int, str]:
    """By return (its identity: two may be equal) the county's name for the file that counts."""
    counties, names = year.spec.list_of(RESPONDENTS).by_code, {}
    for state in states_of(year, checked):
        if state.counts and not is_disputed(state.counts):
            names[id(state.counts)] = counties[state.code].file_stem
    return names


def _free(name: str, taken: Collection[str]) -> str:
    candidates = chain([name], (f"{name} ({number})" for number in count(2)))
    # What ends like the name of a file that lies beside another would be taken for one.
    return next(
        one for one in candidates if one.casefold() not in taken and not one.endswith(BESIDE)
    )


def _letter(year: Year, found: Return, given: GivenBack, marked: str, said: Sequence[str]) -> bytes:
    """The feedback as a text file."""
    county = year.spec.list_of(RESPONDENTS).by_code.get(county_of(found) or "")
    texts = year.texts("aterkoppling")
    if given.part:
        texts = texts.told_as(given.part)
    name = texts("brev.lan", county=county.label) if county else ""
    told = (
        given.findings,
        texts,
        name,
        found.file,
        marked,
        (*given.notices, *told_of_handing_in(year.spec.insamling, texts)),
        given.lost,
        given.how,
        said,
        given.waiting,
    )
    return windows_text(write_letter(*told))


def in_company(inputs: Inputs, year: Year, checked: Sequence[Checked]) -> list[Checked]:
    """The same files, with what can only be said beside others: last year's return from the county,
    the county's other files, other counties'. The agency's waivers are laid on that too."""
    waivers, day = inputs.waivers(year).waivers, inputs.space.day
    everything = found_in(checked)
    aside = [found for found in everything if found.is_set_aside]
    others = [found for found in everything if not found.is_set_aside]
    sparing = partial(inputs.space.log.sparing_others, "check")
    told = iter(compare(year, others, _past(inputs), aside, sparing))
    beside = [found if found.is_set_aside else next(told) for found in everything]

    def laid(found: Return) -> Return:
        return waived(found, waivers if _is_of(year, found) else (), day)

    return _with_found(checked, each_spared(inputs, beside, laid))


def _past(inputs: Inputs) -> dict[str, Past]:
    """Last year's returns by county; none when the year before has no templates or no
    submissions."""
    before = inputs.before
    if before.space.year not in years_in(before.space.templates) or not before.space.submissions():
        return {}
    return past_of(before.year, inputs.last_year())


def own_returns(year: Year, returns: Iterable[Return]) -> list[Return]:
    """What was found in the files of one year: files of other years are left out, and those that
    the agency has set aside."""
    of_year = (found for found in returns if found.may_be_of(year.spec.year))
    return [found for found in of_year if not found.is_set_aside]


def _is_of(year: Year, found: Return) -> bool:
    return found.submission is not None and found.submission.year == year.spec.year


def states_of(year: Year, checked: Iterable[Checked]) -> tuple[CountyState, ...]:
    """Every county's state, by the files of one year."""
    return county_states(year, own_returns(year, found_in(checked)))
