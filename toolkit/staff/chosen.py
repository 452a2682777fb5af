"""Which files count: what the agency has decided of the files that were sent, read from
inputs/<year>/filer.xlsx. A file is set aside, or is the one of its county's that counts; no file is
ever taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, HeadedRow, Unreadable
from toolkit.returns.submission import Return
from toolkit.spec.answers import one_code
from toolkit.spec.load import Year
from toolkit.spec.roles import RESPONDENTS
from toolkit.staff.lists import lists_in
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.periods import format_date, read_date
from toolkit.words.personal import mask
from toolkit.words.swedish import fold, join_and

COLUMNS = ("lan", "fil", "beslut", "agare", "skal", "dag")
COUNTS, SET_ASIDE = "galler", "galler_inte"
SET_ASIDE_CODE = "FIL-UNDANTAGEN"

SentFiles = Mapping[str, str | None]
"""The county of each file that was sent, by its name as it is listed (`listed`); None where that is
not known."""


@dataclass(frozen=True, slots=True)
class FileChoice:
    """The agency's decision on one file: whether it `counts`, who stands for it, why, and the day.
    `ref` is its cell in the agency's list."""

    county: str
    file: str
    counts: bool
    owner: str
    reason: str
    day: date
    ref: CellRef

    def sets_aside(self, found: Return) -> bool:
        """Whether a file does not count by this decision: it is the one that was set aside, or not
        the one of its county's that counts."""
        if not self.counts:
            return _is_called(found.file, self.file)
        of_county = found.submission is not None and found.submission.county == self.county
        return of_county and not _is_called(found.file, self.file)


@dataclass(frozen=True, slots=True)
class ChoiceFile:
    """What the list gave: the decisions that can be used, and what was wrong with the rest."""

    file: str = ""
    choices: tuple[FileChoice, ...] = ()
    findings: tuple[Finding, ...] = ()


def listed(name: str) -> str:
    """A file's name as the list offers it: without a personal number, and by any letters' size."""
    return mask(name).casefold()


def _is_called(file: str, name: str) -> bool:
    # Windows and macOS take A.xlsx and a.xlsx for one file.
    return listed(file) == listed(name)


def choice_labels(texts: Texts) -> dict[str, str]:
    """The headings of the list: id → what stands above the column."""
    return {name: texts(f"kolumn.{name}") for name in COLUMNS}


def read_choices(data: bytes, file: str, year: Year) -> ChoiceFile:
    """The decisions of a list. Whatever is wrong with it is a finding with its cell, never an
    error."""
    texts = year.texts("filer")
    try:
        lists = lists_in(data, choice_labels(texts), lambda columns: set(columns) == set(COLUMNS))
    except Unreadable as error:
        told = year.catalogue.finding(error.code, {"file": file}, file=file)
        return ChoiceFile(file, findings=(told,))
    if not lists:
        told = year.catalogue.finding("FILER-LISTA", {"file": file}, file=file)
        return ChoiceFile(file, findings=(told,))
    choices: list[FileChoice] = []
    findings: list[Finding] = []
    for row in _rows_of(lists):
        choice = _choice(row, year, texts)
        if isinstance(choice, FileChoice):
            choices.append(choice)
        else:
            findings.append(_unusable(row, choice, file, year, texts))
    return _settled(ChoiceFile(file, tuple(choices), tuple(findings)), year, texts)


def _settled(read: ChoiceFile, year: Year, texts: Texts) -> ChoiceFile:
    """Without the decisions that contradict each other: which of them is meant is for the agency to
    say, and until then the files are as if nothing had been decided."""
    groups = list(_contradicting(read.choices))
    cells = {choice.ref for choice in chain.from_iterable(groups)}
    told = [_contradiction(group, read.file, year, texts) for group in groups]
    choices = tuple(choice for choice in read.choices if choice.ref not in cells)
    return replace(read, choices=choices, findings=(*read.findings, *told))


def _contradicting(choices: Sequence[FileChoice]) -> Iterator[Sequence[FileChoice]]:
    """Decisions that cannot hold together: two files are the one of a county's that counts, or one
    file both counts and does not."""
    for group in _grouped(filter(_counts, choices), lambda choice: choice.county):
        if _differ(listed(choice.file) for choice in group):
            yield group
    for group in _grouped(choices, lambda choice: listed(choice.file)):
        if _differ(map(_counts, group)):
            yield group


def _counts(choice: FileChoice) -> bool:
    return choice.counts


def _grouped(
    choices: Iterable[FileChoice], key: Callable[[FileChoice], str]
) -> Iterable[Sequence[FileChoice]]:
    groups: dict[str, list[FileChoice]] = {}
    for choice in choices:
        groups.setdefault(key(choice), []).append(choice)
    return groups.values()


def _differ(said: Iterable[object]) -> bool:
    return len(set(said)) > 1


def _contradiction(group: Sequence[FileChoice], file: str, year: Year, texts: Texts) -> Finding:
    refs = tuple(choice.ref for choice in group)
    told = {
        "rows": join_and(str(ref.row) for ref in refs),
        "decided": join_and(f"{mask(one.file)} {_decided(one, texts)}" for one in group),
    }
    return year.catalogue.finding("FILER-MOTSAGT", told, file=file, refs=refs)


def _decided(choice: FileChoice, texts: Texts) -> str:
    return texts(COUNTS if choice.counts else SET_ASIDE).lower()


def _rows_of(lists: Iterable[HeadedList]) -> Iterator[HeadedRow]:
    for found in lists:
        yield from (row for row in found if any(map(row.text, COLUMNS)))


def _unusable(row: HeadedRow, column: str, file: str, year: Year, texts: Texts) -> Finding:
    """What is wrong with a row: the first of its cells that says nothing that can be used."""
    told = {"label": choice_labels(texts)[column], "value": shown(row.raw(column))}
    return year.catalogue.finding("FILER-RAD", told, file=file, refs=(row.ref(column),))


def _choice(row: HeadedRow, year: Year, texts: Texts) -> FileChoice | str:
    """The decision of a row, or the first column that cannot be used."""
    county = one_code(year.spec.list_of(RESPONDENTS), row.text("lan"))
    counts = {fold(texts(COUNTS)): True, fold(texts(SET_ASIDE)): False}.get(
        fold(row.text("beslut"))
    )
    day = read_date(row.raw("dag"))
    missing = [name for name in ("fil", "agare", "skal") if _is_nothing(row, name, year)]
    if missing:
        return missing[0]
    if county is None or day is None:
        return "lan" if county is None else "dag"
    if counts is None:
        return "beslut"
    # Somebody may write a personal number as owner or reason: both are shown to others.
    owner, reason = mask(row.text("agare")), mask(row.text("skal"))
    ref = row.ref("fil")
    return FileChoice(county.code, row.text("fil"), counts, owner, reason, day.value, ref)


def _is_nothing(row: HeadedRow, column: str, year: Year) -> bool:
    written = row.text(column)
    return not written or year.spec.empty_texts.is_marks(written)


def held(choices: Iterable[FileChoice], sent: SentFiles) -> tuple[FileChoice, ...]:
    """The decisions about a file that is there and is the county's own: by any other, all that the
    county has sent would be set aside for a file that it has not sent."""
    return tuple(one for one in choices if _told_as(one, sent) == "FILER-BESLUT")


def _told_as(choice: FileChoice, sent: SentFiles) -> str:
    name = listed(choice.file)
    if name not in sent:
        return "FILER-OKAND"
    return "FILER-BESLUT" if sent[name] in {None, choice.county} else "FILER-LAN"


def choose(found: Return, choices: Sequence[FileChoice], year: Year) -> Return:
    """A file with the decision that it does not count: all else that could be said of it is of no
    more use, and nothing is merged of it."""
    choice = next((one for one in choices if one.sets_aside(found)), None)
    if choice is None:
        return found
    county = found.submission.county if found.submission else choice.county
    told = {**_told(choice), "file": found.file}
    note = year.catalogue.finding(SET_ASIDE_CODE, told, county=county, file=found.file)
    return replace(found, findings=(note,))


def is_set_aside(found: Return) -> bool:
    """Whether the agency has decided that a file does not count."""
    return any(finding.code == SET_ASIDE_CODE for finding in found.findings)


def tell_choices(list_: ChoiceFile, year: Year, sent: SentFiles) -> list[Finding]:
    """What the agency is told of its list, row by row: what could not be used, every decision, and
    those about a file that is not there or is another county's."""
    told, names = list(list_.findings), {one.code: one.name for one in year.spec.counties}
    for choice in list_.choices:
        code = _told_as(choice, sent)
        decided = _decided(choice, year.texts("filer"))
        values = {**_told(choice), "sent": choice.file, "decided": decided}
        if code == "FILER-LAN":
            other = sent[listed(choice.file)] or ""
            values |= {"own": names[choice.county], "other": names.get(other, other)}
        told.append(year.catalogue.finding(code, values, file=list_.file, refs=(choice.ref,)))
    return told


def _told(choice: FileChoice) -> Mapping[str, str]:
    reason = choice.reason.rstrip(" .")
    return {"owner": choice.owner, "reason": reason, "day": format_date(choice.day)}
