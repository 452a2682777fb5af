"""The commands while returns are collected: who has sent what, and letters to those who have
something left to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from toolkit.cli.arguments import (
    HERE,
    AsJson,
    CountyCodes,
    Root,
    Today,
    YearNumber,
    chosen_counties,
    inputs_of,
    read_day,
)
from toolkit.cli.closing import is_any_astray, is_any_lost, tell_files_in_doubt, tell_strays
from toolkit.cli.progress import shown_progress
from toolkit.cli.sayings import TEXTS, WIDTH, tell_findings, tell_written, words_of
from toolkit.cli.stopped import exit_code
from toolkit.cli.unchanged import unless_unchanged
from toolkit.files.atomic import newest_of
from toolkit.words.periods import format_date
from toolkit.words.swedish import capitalise

if TYPE_CHECKING:
    from toolkit.analysis.standing import CountyStanding
    from toolkit.findings.texts import Texts
    from toolkit.spec.load import Year
    from toolkit.year.inputs import Inputs
    from toolkit.year.remind import Reminder, Reminders
    from toolkit.year.status import YearStatus


def status(year: YearNumber, as_json: AsJson = False, day: Today = None, root: Root = HERE) -> int:
    """Who has sent what, and what is to be done."""
    inputs = inputs_of(root, year)
    given = read_day(day)
    asked = (str(given), str(as_json))
    return unless_unchanged(inputs, lambda: _status(inputs, given, as_json), asked, drawn=True)


def _status(inputs: Inputs, given: date | None, as_json: bool) -> int:
    from toolkit.year.status import publish_status, year_status
    from toolkit.year.submissions import told_of_choices

    found = year_status(inputs, shown_progress)
    publish_status(inputs, found)
    today = given or date.today()
    if as_json:
        for line in status_objects(found, today):
            print(json.dumps(line, ensure_ascii=False))
    else:
        _tell_status(found, inputs.year, today)
        tell_findings(told_of_choices(inputs, inputs.year))
        tell_files_in_doubt(inputs.space, found.data)
        tell_strays(inputs.space)
        tell_written(inputs.space, [newest_of(inputs.space.status)])
    errors = any(one.state.file_state == "errors" for one in found.counties)
    return exit_code(errors or is_any_lost(inputs.space, found.data) or is_any_astray(inputs.space))


def remind(
    year: YearNumber,
    county: CountyCodes = None,
    as_json: AsJson = False,
    day: Today = None,
    root: Root = HERE,
) -> int:
    """Letters to those who have something left to do."""
    from toolkit.year.remind import with_letters, write_reminders
    from toolkit.year.status import publish_status, year_status

    inputs = inputs_of(root, year)
    today = read_day(day) or date.today()
    chosen = {one.code for one in chosen_counties(inputs.year, county)}
    found = year_status(inputs, shown_progress)
    done = write_reminders(inputs, found, today, chosen)
    publish_status(inputs, with_letters(inputs.space, found))
    if as_json:
        for letter in done.letters:
            print(json.dumps(letter.as_json(inputs.space), ensure_ascii=False))
        for one in done.withheld:
            print(json.dumps(one.as_json(), ensure_ascii=False))
    else:
        _tell_reminders(done, inputs.year)
        tell_files_in_doubt(inputs.space, found.data)
        tell_strays(inputs.space)
    return exit_code(is_any_lost(inputs.space, found.data) or is_any_astray(inputs.space))


def status_objects(found: YearStatus, today: date) -> Iterator[dict[str, object]]:
    """The status for a program: an object for each county, then one for each other file."""
    for one in found.counties:
        yield {**_county_object(one), **_day_object(found, one, today)}
    for other in found.others:
        yield {"file": other.file, "county": None, "todo": None, "why": other.why}


def _county_object(one: CountyStanding) -> dict[str, object]:
    state = one.state
    return {
        "county": state.code, "name": state.name, "todo": str(one.todo),
        "state": str(state.file_state), "errors": state.errors, "questions": state.questions,
        "earmark": str(one.earmark) if one.earmark else None, "round": one.round,
        "file": state.file or None, "others": list(state.others),
    }  # fmt: skip


def _day_object(found: YearStatus, one: CountyStanding, today: date) -> dict[str, object]:
    return {
        "arrived": _iso(one.arrived), "last_day": _iso(found.last),
        "days_left": (found.last - today).days if found.last else None,
        "written_to": [day.isoformat() for day in one.written_to],
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tell_status(found: YearStatus, year: Year, today: date) -> None:
    """The table, and below it how long there is left."""
    from rich.console import Console
    from rich.table import Table

    texts, verdicts = year.texts("status"), year.texts("export").part("utslag")
    table = Table(box=None, pad_edge=False)
    table.add_column(capitalise(words_of(year.spec)["singular"]), overflow="fold")
    # Nothing is said of an area that the year does not ask about.
    apart = ["sar"] if any(one.earmark for one in found.counties) else []
    for name in ("lage", "gor", "fel", "fragor", *apart, "omgang", "inkom", "brev", "fil"):
        table.add_column(texts(f"kolumn.{name}"), overflow="fold")
    for one in found.counties:
        table.add_row(*_cells(one, texts, verdicts if apart else None))
    width = get_terminal_size().columns if sys.stdout.isatty() else WIDTH
    # It is drawn with letters alone: nothing that acts on a terminal is printed.
    console = Console(width=width, force_terminal=False, legacy_windows=False, no_color=True)
    console.print(table, markup=False)
    print(_told_of_days(found.last, today))


def _cells(one: CountyStanding, texts: Texts, verdicts: Texts | None) -> Sequence[str]:
    state, todo = one.state, texts(f"kort.{one.todo}")
    counts = [str(state.errors), str(state.questions)]
    apart = [_apart(one, verdicts)] if verdicts else []
    days = [_iso(one.arrived) or "", _iso(one.last_written) or ""]
    name, turn = f"{state.code} {state.name}", str(one.round or "")
    return [name, texts(one.state_name), todo, *counts, *apart, turn, *days, state.file]


def _apart(one: CountyStanding, verdicts: Texts) -> str:
    """Whether the county reports the area apart; nothing before it has sent anything."""
    sent = one.earmark if one.state.counts else None
    return verdicts(str(sent)) if sent else ""


def _told_of_days(last: date | None, today: date) -> str:
    if last is None:
        return TEXTS("status.ingen_dag")
    left, day = (last - today).days, format_date(last)
    name = _NEAR.get(left) or ("kvar" if left > 0 else "passerad")
    return TEXTS(f"status.{name}", day=day, count=abs(left))


_NEAR = {-1: "igar", 0: "idag", 1: "imorgon"}
"""The days that have a name, by how many are left until they come."""


def _tell_reminders(done: Reminders, year: Year) -> None:
    words = words_of(year.spec)
    for one in done.withheld:
        print(TEXTS(f"paminn.{one.why}", name=one.name, file=one.file))
    if not done.letters:
        if not done.withheld:
            print(TEXTS("paminn.inga", **words))
        return
    print(TEXTS("paminn.skrivna", count=len(done.letters), path=done.folder, **words))
    for letter in done.letters:
        to = letter.to or _no_address(letter)
        print(TEXTS("paminn.rad", name=letter.name, about=letter.subject, to=to))
    if any(not letter.to for letter in done.letters):
        print(TEXTS("paminn.adresser", path=done.addresses))
    if done.unknown:
        codes = ", ".join(done.unknown)
        print(TEXTS("paminn.okanda", path=done.addresses, codes=codes, **words))
    print(TEXTS("paminn.antecknat", path=done.register))


def _no_address(letter: Reminder) -> str:
    if letter.written:
        return TEXTS("paminn.fel_adress", written=letter.written)
    return TEXTS("paminn.utan_adress")
