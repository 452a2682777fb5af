"""Letters to the counties that have something left to do, as e-mails ready to be opened and sent;
and the register of who was written to, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from toolkit.analysis.standing import CountyStanding, Todo
from toolkit.files.atomic import newest_of, publish, withdraw
from toolkit.files.mail import Attachment, addresses_in, is_address, write_draft
from toolkit.files.regular import files_with
from toolkit.report.reminder import WRITTEN_TO, reminder_text
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.spec.roles import RESPONDENTS, RETURN, RETURN_EMAIL
from toolkit.staff.registers import Address, LetterNote, read_addresses, write_written
from toolkit.year.faults import read_own
from toolkit.year.inputs import Inputs
from toolkit.year.issue import issue_of
from toolkit.year.progress import no_step
from toolkit.year.status import YearStatus, days_written, letters_noted
from toolkit.year.submissions import marked_copy, withdraw_marked, write_returns
from toolkit.year.templates import make_templates
from toolkit.year.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter that lies ready: to whom, what about, and where. `to` is empty where nobody knows
    the county's address; `written` is what stands in the register instead of one."""

    county: str
    name: str
    about: Todo
    to: str
    subject: str
    path: Path
    attached: tuple[str, ...]
    written: str = ""

    def as_json(self, space: Workspace) -> dict[str, object]:
        """For a program."""
        return {
            "county": self.county, "name": self.name, "about": str(self.about),
            "to": self.to or None, "subject": self.subject, "path": space.shown(self.path),
            "attached": list(self.attached),
        }  # fmt: skip


class Withheld(NamedTuple):
    """A county that is not written to, since nobody knows whether a file is its own. `why` is the
    name of the text that says it: nothing can be read of it but its name, we cannot open it, or it
    names two counties."""

    name: str
    file: str
    why: str

    def as_json(self) -> dict[str, object]:
        """For a program."""
        return {"withheld": self.why, "name": self.name, "file": self.file}


_UNREAD = {Todo.SENDER: "fil_finns", Todo.OPEN: "fil_stangd"}


class Reminders(NamedTuple):
    """The letters, the folder that they lie in, the inputs that tell of them, those who were not
    written to, and the codes in the register of addresses that are nobody's."""

    letters: list[Reminder]
    folder: str
    register: str
    addresses: str
    withheld: list[Withheld]
    unknown: list[str]


def write_reminders(
    inputs: Inputs, status: YearStatus, day: date, chosen: Collection[str]
) -> Reminders:
    """A letter to each of the `chosen` counties (codes) that has something left to do, and nobody
    else's any more; noted in the register with the `day`. Raises CannotBeDone, NotWritten."""
    space, year = inputs.space, inputs.year
    # What was said of the money stays: it has been looked through already.
    withdraw_marked(space, write_returns(space, year, status.checked))
    mine = [one for one in status.counties if one.state.code in chosen]
    asked = [one for one in mine if one.todo in WRITTEN_TO]
    withheld = list(_withheld(mine))
    names = {one.name for one in withheld}
    ready = [one for one in asked if one.state.name not in names]
    _make_missing_templates(space, year, ready)
    known = _addresses(space)
    letters = [_write(space, year, one, day, known) for one in ready]
    _withdraw_others(space, letters)
    _note(space, letters, day)
    folder, register, known_to = map(
        space.shown, (space.letters, space.written_to, space.addresses)
    )
    unknown = [code for code in known if code not in year.spec.list_of(RESPONDENTS).by_code]
    return Reminders(letters, folder, register, known_to, withheld, unknown)


def _withheld(asked: Iterable[CountyStanding]) -> Iterator[Withheld]:
    for one in asked:
        state = one.state
        if one.todo in _UNREAD:
            yield Withheld(state.name, one.unread, _UNREAD[one.todo])
        elif one.todo in WRITTEN_TO and one.is_disputed:
            yield Withheld(state.name, state.file, "tva_lan")


def with_letters(space: Workspace, status: YearStatus) -> YearStatus:
    """The same status, with the register as it is now."""
    days = days_written(space)
    counties = [
        replace(one, written_to=tuple(days.get(one.state.code, ()))) for one in status.counties
    ]
    return status._replace(counties=counties)


def _write(
    space: Workspace, year: Year, one: CountyStanding, day: date, known: dict[str, str]
) -> Reminder:
    county = _county(year, one)
    attached, receipt = _attached(space, county, one), _receipt(space, county, one)
    remark = issue_of(space).invented.said("brev", [one.state.file], [])
    said = reminder_text(year, county, one, day, receipt, remark)
    written = known.get(county.code, "")
    to = addresses_in(written) or _contact(one)
    path = publish(space.reminder(county), write_draft(to, said.subject, said.text, attached))
    names = tuple(part.name for part in attached)
    unread = "" if to else written
    return Reminder(county.code, county.name, one.todo, to, said.subject, path, names, unread)


def _county(year: Year, one: CountyStanding) -> Code:
    return year.spec.list_of(RESPONDENTS).by_code[one.state.code]


def _attached(space: Workspace, county: Code, one: CountyStanding) -> list[Attachment]:
    """The blank workbook where nothing has come, else the marked file; nothing while it is asked
    which file counts."""
    if one.todo is Todo.WHICH:
        return []
    if one.todo is Todo.REMIND:
        place = space.blank_template(county)
    else:
        place = space.marked(county.file_stem, Path(marked_copy(space, county)).suffix)
    data = newest_of(place)
    return [Attachment(place.name, data.read_bytes())] if data.is_file() else []


def _receipt(space: Workspace, county: Code, one: CountyStanding) -> str:
    """What was said of the county's file, which the marked file says too."""
    path = newest_of(space.letter(county.file_stem))
    if one.todo in {Todo.WHICH, Todo.REMIND} or not path.is_file():
        return ""
    return path.read_text("utf-8-sig")


def _make_missing_templates(space: Workspace, year: Year, ready: Sequence[CountyStanding]) -> None:
    """One that is there may be filled in with last year's, and is left."""
    wanted = [_county(year, one) for one in ready if one.todo is Todo.REMIND]
    lacking = [county for county in wanted if not space.blank_template(county).is_file()]
    make_templates(space, year, lacking, no_step, {})


def _addresses(space: Workspace) -> dict[str, str]:
    """What the agency has written down as addresses, by county."""
    data = read_own(space, space.addresses)
    found: list[Address] = []
    if data is not None:
        found = read_addresses(data, space.shown(space.addresses))
    return {one.county: one.email for one in found if one.email.strip()}


def _contact(one: CountyStanding) -> str:
    """The address of the person whom the county's own return names."""
    sent = one.state.submission
    form = sent.form(RETURN) if sent else None
    if form is None or RETURN_EMAIL not in form.columns.index:
        return ""
    said = str(form.get(RETURN_EMAIL)).strip()
    return said if is_address(said) else ""


def _withdraw_others(space: Workspace, letters: Sequence[Reminder]) -> None:
    """A letter of an earlier run that is left would be sent once more."""
    written = {one.path for one in letters}
    for path in files_with(space.letters, {".eml"}):
        if path not in written:
            withdraw(path)


def _note(space: Workspace, letters: Sequence[Reminder], day: date) -> None:
    """Each letter once a day, however often it is written."""
    known = letters_noted(space)
    new = [LetterNote(day, one.county, str(one.about)) for one in letters]
    everything = list(dict.fromkeys([*known, *new]))
    if len(everything) > len(known):
        publish(space.written_to, write_written(everything))
