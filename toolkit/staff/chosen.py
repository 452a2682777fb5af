"""Which files count: what the agency has decided of the files that were sent, read from
inputs/<year>/filer.xlsx. A file is set aside, or is the one of its county's that counts; no file is
ever taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import PurePath

from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, HeadedRow, Unreadable
from toolkit.returns.submission import Decided, Return
from toolkit.spec.answers import one_code
from toolkit.spec.load import Year
from toolkit.spec.roles import RESPONDENTS
from toolkit.staff.lists import as_staffs, lists_in
from toolkit.staff.sent import SentFiles, came_after, came_before, is_made_from, listed
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.periods import format_date, read_date
from toolkit.words.personal import mask
from toolkit.words.swedish import fold, join_and, suggest

COLUMNS = ("lan", "fil", "beslut", "agare", "skal", "dag")
COUNTS, SET_ASIDE = "galler", "galler_inte"
SET_ASIDE_CODE = "FIL-UNDANTAGEN"


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

    def says_of(self, found: Return, sent: SentFiles) -> Decided | None:
        """What the decision means for a file; None where it is not about it. It chose between the
        files that were there: of those that came later only what was made from the chosen one
        counts."""
        if _is_called(found.file, self.file):
            return Decided.COUNTS if self.counts else Decided.ASIDE
        county = found.submission.county if found.submission else None
        if not self.counts or county != self.county:
            return None
        if self._is_next_round(found, sent):
            return Decided.ASIDE if came_before(found, self.day, sent) else Decided.COUNTS
        is_later = came_after(found, self.day, self.file, sent)
        return Decided.LATER if is_later else Decided.ASIDE

    def _is_next_round(self, found: Return, sent: SentFiles) -> bool:
        trail = found.submission.trail if found.submission else None
        return is_made_from(trail, sent[listed(self.file)])


@dataclass(frozen=True, slots=True)
class ChoiceFile:
    """What the list gave: the decisions that can be used, and what was wrong with the rest."""

    file: str = ""
    choices: tuple[FileChoice, ...] = ()
    findings: tuple[Finding, ...] = ()


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
        told = as_staffs(told, year.catalogue, "FILER-LISTA")
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
    words, written = year.catalogue.word, row.text(column)
    value = words("citat", text=shown(row.raw(column))) if written else words("filer_inget")
    told = {"label": choice_labels(texts)[column], "value": value}
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
    meant = (_meant(one, sent) for one in choices)
    return tuple(one for one in meant if _told_as(one, sent) == "FILER-BESLUT")


def _meant(choice: FileChoice, sent: SentFiles) -> FileChoice:
    """The decision with its file as that is called, where the name stands without its ending and
    can be no other file's."""
    if listed(choice.file) in sent:
        return choice
    stem = listed(choice.file)
    alike = [one.name for one in sent.values() if listed(PurePath(one.name).stem) == stem]
    return replace(choice, file=alike[0]) if len(alike) == 1 else choice


def _nearest(choice: FileChoice, sent: SentFiles, year: Year) -> str:
    """A file of the county's that may be meant by a name which no file has."""
    own = [one.name for one in sent.values() if one.county in {None, choice.county}]
    names = {listed(PurePath(name).stem): name for name in own}
    near = suggest(listed(PurePath(choice.file).stem), list(names))
    return year.catalogue.word("filer_nara", file=names[near]) if near else ""


def _told_as(choice: FileChoice, sent: SentFiles) -> str:
    own = sent.get(listed(choice.file))
    if own is None:
        return "FILER-OKAND"
    if own.county not in {None, choice.county}:
        return "FILER-LAN"
    # What has taken the name of a file that was set aside has not been.
    is_another = not choice.counts and own.is_newer_than(choice.day)
    return "FILER-OKAND" if is_another else "FILER-BESLUT"


def choose(found: Return, choices: Sequence[FileChoice], year: Year, sent: SentFiles) -> Return:
    """A file with what has been decided of it. Where it does not count, all else that could be said
    of it is of no more use, and nothing is merged of it. `choices` are those that are `held`."""
    said = {one: one.says_of(found, sent) for one in choices}
    aside = next((one for one, word in said.items() if word is Decided.ASIDE), None)
    if aside is not None:
        return _set_aside(found, aside, year)
    words = set(said.values())
    for word in (Decided.COUNTS, Decided.LATER):
        if word in words:
            return replace(found, decided=word)
    return found


def _set_aside(found: Return, choice: FileChoice, year: Year) -> Return:
    county = found.submission.county if found.submission else choice.county
    told = {**_told(choice), "file": found.file}
    note = year.catalogue.finding(SET_ASIDE_CODE, told, county=county, file=found.file)
    return replace(found, findings=(note,), decided=Decided.ASIDE)


def tell_choices(list_: ChoiceFile, year: Year, sent: SentFiles) -> list[Finding]:
    """What the agency is told of its list, row by row: what could not be used, every decision, and
    those about a file that is not there or is another county's."""
    told, names = list(list_.findings), {one.code: one.name for one in year.spec.counties}
    for choice in (_meant(one, sent) for one in list_.choices):
        code = _told_as(choice, sent)
        decided = _decided(choice, year.texts("filer"))
        values = {**_told(choice), "sent": choice.file, "decided": decided}
        if code == "FILER-LAN":
            other = sent[listed(choice.file)].county or ""
            values |= {"own": names[choice.county], "other": names.get(other, other)}
        if code == "FILER-OKAND":
            is_there = listed(choice.file) in sent
            dated = year.catalogue.word("filer_dag", day=values["day"])
            values["when"] = dated if is_there else _nearest(choice, sent, year)
        told.append(year.catalogue.finding(code, values, file=list_.file, refs=(choice.ref,)))
    return told


def _told(choice: FileChoice) -> Mapping[str, str]:
    reason = choice.reason.rstrip(" .")
    return {"owner": choice.owner, "reason": reason, "day": format_date(choice.day)}
