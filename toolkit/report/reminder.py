"""What is written to a county that has something left to do: that nothing has come, that its file
needs to be corrected or answered, or which of its files counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toolkit.analysis.standing import CountyStanding, Todo
from toolkit.findings.feedback import BLANK
from toolkit.findings.texts import Texts
from toolkit.spec.codelists import Code
from toolkit.spec.collecting import Collecting
from toolkit.spec.handing_in import told_of_handing_in
from toolkit.spec.load import Year
from toolkit.words.periods import format_date
from toolkit.words.swedish import join_and

WRITTEN_TO = (Todo.REMIND, Todo.RETURN, Todo.ANSWER, Todo.WHICH)
"""What a county is written to about. What is our own fault is mended first."""


@dataclass(frozen=True, slots=True)
class ReminderText:
    """A letter's subject and text."""

    subject: str
    text: str


def reminder_text(
    year: Year, county: Code, standing: CountyStanding, day: date, receipt: str, remark: str = ""
) -> ReminderText:
    """The letter as it is written on a day. `receipt` is what is said of the county's file, which
    stands in the marked file too; `remark` that the data are made up, where they are."""
    texts, about = year.texts("paminnelse"), _about(standing)
    collecting = year.spec.insamling or Collecting()
    state = standing.state
    files = join_and([one for one in (state.file, *state.doubtful) if one])
    told = [
        texts("till", county=county.label),
        texts("halsning"),
        texts(f"{about}.text", year=year.spec.year, files=files, **_file_told(standing)),
        *phase(collecting, day, texts, has_come=standing.todo is not Todo.REMIND),
    ]
    if standing.todo is Todo.REMIND:
        told += told_of_handing_in(_without_day(collecting), year.texts("aterkoppling"))
    told.append(texts("avslut", agency=year.spec.agency))
    if receipt:
        told.append(f"{texts('kvitto')}\n\n{receipt.strip()}")
    if remark:
        told.append(remark)
    subject = texts(f"{about}.amne", year=year.spec.year)
    return ReminderText(subject, "\n\n".join(told) + "\n")


def _file_told(standing: CountyStanding) -> dict[str, object]:
    """The file that the letter is about, and for which year it is where that is another."""
    uncounted = standing.uncounted
    if standing.todo is Todo.REMIND and uncounted is not None:
        return {"file": uncounted.file, "stated": uncounted.stated}
    return {"file": standing.state.file}


def _about(standing: CountyStanding) -> str:
    """Which letter it is: of a blank workbook, of a return in several files, and where a file lies
    that does not count, another is written than what the list says is to be done."""
    state, todo = standing.state, standing.todo
    if todo is Todo.REMIND and standing.uncounted is not None:
        return f"{todo}_{standing.uncounted.why}"
    if todo is Todo.WHICH and state.halves:
        return "delar"
    is_blank = any(finding.code == BLANK for finding in state.findings)
    return "tom" if todo is Todo.RETURN and is_blank else str(todo)


def phase(collecting: Collecting, day: date, texts: Texts, *, has_come: bool = True) -> list[str]:
    """Where in the collection a day stands: in the round of trial, before the last day, after it,
    or while corrections are taken, which is no use to one from whom nothing `has_come`. Nothing
    where no day is decided. Only days are told: whether anything else has been done, nobody
    knows."""
    known = {
        "prov": collecting.provomgang,
        "oppen": collecting.sista_dag,
        "rattning" if has_come else "rattning_ej_sant": collecting.rattas_till,
    }
    last = format_date(collecting.sista_dag) if collecting.sista_dag else ""
    for name, until in known.items():
        if until is not None and day <= until:
            key = name if last else f"{name}_utan_dag"
            return [texts(f"fas.{key}", day=format_date(until), last=last)]
    return [texts("fas.sen", day=last)] if last else []


def _without_day(collecting: Collecting) -> Collecting:
    """The last day has been told."""
    return Collecting(skickas_till=collecting.skickas_till, kontakt=collecting.kontakt)
