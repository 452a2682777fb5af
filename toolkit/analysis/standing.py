"""How each county stands while returns are collected, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.analysis.merge import CountyState, Dataset, county_of
from toolkit.analysis.precedence import is_disputed
from toolkit.analysis.states import ReturnState, Verdict
from toolkit.ledger.county_names import county_in
from toolkit.returns.submission import Return
from toolkit.spec.codelists import Code

if TYPE_CHECKING:
    from toolkit.analysis.earmarks import EarmarkVerdict


class Todo(StrEnum):
    """What the agency is to do about a county; the most pressing first."""

    OURS = "verktyg"
    """Our own code failed on the file: it is mended before anybody is asked."""
    OPEN = "oppna"
    """A file that bears the county's name is open here in another program, or closed to us: it is
    for us to close or open it, and nobody is asked."""
    WHICH = "vilken"
    """Several files say different things, and nobody knows which one counts."""
    RETURN = "ratta"
    """The marked file goes back, to be corrected."""
    SENDER = "avsandare"
    """Nothing could be read of a file that bears the county's name: its sender is asked before the
    county is reminded."""
    REMIND = "paminn"
    """Nothing has come."""
    ANSWER = "svara"
    """The marked file goes back, to be answered."""
    NOTHING = "inget"

    @property
    def rank(self) -> int:
        """0 for the most pressing."""
        return tuple(Todo).index(self)


_OF_STATE = {
    ReturnState.UNTREATED: Todo.OURS,
    ReturnState.ERRORS: Todo.RETURN,
    ReturnState.MISSING: Todo.REMIND,
    ReturnState.QUESTIONS: Todo.ANSWER,
}


@dataclass(frozen=True, slots=True)
class UncountedFile:
    """A file of a county's that was read and does not count: it is for another year (`stated`), or
    (None) the agency has decided so."""

    file: str
    stated: int | None

    @property
    def why(self) -> str:
        """The name of the text that says why."""
        return "undantagen" if self.stated is None else "annat_ar"


@dataclass(frozen=True, slots=True)
class CountyStanding:
    """One county: its state, how it reports the area apart (None where nothing says it), when the
    file that counts came in (None where nobody has noted it), and on which days it was written
    to. `unread` is a file that bears the county's name, of which nothing could be read;
    `is_shut` where that is so since we could not open it. `uncounted` is one that was read and does
    not count: nobody is told that nothing has come where it lies."""

    state: CountyState
    earmark: Verdict | None = None
    arrived: date | None = None
    written_to: tuple[date, ...] = ()
    unread: str = ""
    is_shut: bool = False
    uncounted: UncountedFile | None = None

    @property
    def todo(self) -> Todo:
        """What is to be done."""
        if self.state.file_state is ReturnState.UNTREATED:
            return Todo.OURS
        if self.state.doubtful:
            return Todo.WHICH
        if self.unread and self.state.file_state is ReturnState.MISSING:
            return Todo.OPEN if self.is_shut else Todo.SENDER
        return _OF_STATE.get(self.state.file_state, Todo.NOTHING)

    @property
    def state_name(self) -> str:
        """The name of the text that says how it stands: what we cannot open has come."""
        return "stangd" if self.todo is Todo.OPEN else str(self.state.file_state)

    @property
    def is_disputed(self) -> bool:
        """Whether the file that counts names another county too: nobody knows whose it is."""
        return self.state.counts is not None and is_disputed(self.state.counts)

    @property
    def in_doubt(self) -> bool:
        """Whether nobody knows if a file that lies there is the county's: until its sender has been
        asked, nothing is written to the county."""
        return self.todo in {Todo.SENDER, Todo.OPEN} or self.is_disputed

    @property
    def round(self) -> int | None:
        """The number of the round that the file which counts belongs to; None where none does."""
        sent = self.state.submission
        if sent is None:
            return None
        return 1 + (sent.trail.round if sent.trail else 0)

    @property
    def last_written(self) -> date | None:
        """When the county was last written to."""
        return max(self.written_to, default=None)


def is_shut(found: Return) -> bool:
    """Whether nothing is known of a file since we could not open it: that is not for its sender to
    mend."""
    return any(finding.code == "FIL-ATKOMST" for finding in found.findings)


def named_files(counties: Sequence[Code], unread: Iterable[Return]) -> dict[str, str]:
    """The files of which nothing could be read, by the county that their names unmistakably say. A
    file or folder that we could not open and that names nobody may be anybody's."""
    found: dict[str, str] = {}
    anybodys = ""
    for one in unread:
        code = county_in(one.file, counties)
        if code is not None:
            found.setdefault(code, one.file)
        elif is_shut(one):
            anybodys = anybodys or one.file
    if anybodys:
        return {county.code: found.get(county.code, anybodys) for county in counties}
    return found


def uncounted_files(data: Dataset) -> dict[str, UncountedFile]:
    """The files that were read and do not count, by the county that they are from or bear the name
    of; of several the last."""
    counties, year = data.year.spec.counties, data.year.spec.year
    found = {}
    for one in data.apart:
        code = county_of(one) or county_in(one.file, counties)
        if code is None:
            continue
        if one.is_set_aside:
            found[code] = UncountedFile(one.file, None)
        elif one.year not in {None, year}:
            found[code] = UncountedFile(one.file, one.year)
    return found


def counties_in_doubt(data: Dataset) -> set[str]:
    """The counties (codes) to which nothing is written until the sender of a file has been
    asked."""
    return {one.state.code for one in standings(data, (), {}, {}) if one.in_doubt}


def standings(
    data: Dataset,
    verdicts: Iterable[EarmarkVerdict],
    arrivals: Mapping[str, date],
    written_to: Mapping[str, Sequence[date]],
) -> list[CountyStanding]:
    """Every county, what is to be done first first. `arrivals` are by the SHA-256 of the files,
    `written_to` by county."""
    lying = named_files(data.year.spec.counties, data.unread)
    shut = {found.file for found in data.unread if is_shut(found)}
    uncounted = uncounted_files(data)
    apart = {one.county: one.verdict for one in verdicts}
    found = [
        CountyStanding(
            state,
            apart.get(state.code),
            arrivals.get(state.counts.sha256) if state.counts else None,
            tuple(written_to.get(state.code, ())),
            lying.get(state.code, ""),
            lying.get(state.code) in shut,
            uncounted.get(state.code),
        )
        for state in data.counties
    ]
    return sorted(found, key=lambda one: (one.todo.rank, one.state.code))
