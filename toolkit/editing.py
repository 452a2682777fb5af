"""The editor's choices, made in Excel: which examples, headings and passages the report keeps, in what order, in
what words. `outputs/YEAR/redaktion.xlsx` offers everything; saved as `inputs/YEAR/redaktion.xlsx` it steers the
next run. Words of one's own stand only as long as the text that they replaced says the same: data that have changed
may have made them untrue."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from toolkit.cells import CellRef
from toolkit.messages import Texts
from toolkit.rawtext import shown, text
from toolkit.read import RawSheet, Unreadable, read_raw
from toolkit.swedish import fold

Kind = Literal["exempel", "rubrik", "stycke"]
KINDS: tuple[Kind, ...] = ("exempel", "rubrik", "stycke")
COLUMNS = ("var", "namn", "text", "ta_med", "ordning", "lydelse", "sedan", "nyckel", "prov")
OWN = ("ta_med", "ordning", "lydelse")
HIDDEN = COLUMNS[7:]
_HEADER_REACH = 30  # rows in which the headings are looked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that the report can hold. `place` is its county or chapter, `name` what it is called there."""

    kind: Kind
    key: str
    place: str
    name: str
    text: str

    @property
    def proof(self) -> str:
        """A short digest of the text, by which a later run sees that it has changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Choice:
    """What the editor wrote beside a candidate: None and empty where nothing was written."""

    kind: Kind
    key: str
    proof: str
    take: bool | None = None
    order: int | None = None
    wording: str = ""
    ref: CellRef | None = None


class EditFault(NamedTuple):
    """Something that could not be used: the finding's code, its cell, and what the text needs."""

    code: str
    ref: CellRef | None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EditFile:
    """What a file gave."""

    choices: tuple[Choice, ...] = ()
    faults: tuple[EditFault, ...] = ()


@dataclass
class Desk:
    """Where choices meet candidates while the report is written. `candidates` gathers everything that was offered."""

    choices: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, choices: Sequence[Choice]) -> Desk:
        """A desk with the editor's choices on it."""
        return cls({(choice.kind, choice.key): choice for choice in choices})

    def offer(self, candidate: Candidate) -> Choice:
        """What was chosen for a candidate; nothing at all when nothing was."""
        self.candidates.append(candidate)
        return self.choices.get((candidate.kind, candidate.key), Choice(candidate.kind, candidate.key, ""))

    def stale(self) -> Iterator[EditFault]:
        """Choices whose text has changed or is gone, and examples that no place in the report fits."""
        offered: dict[tuple[str, str], Candidate] = {(one.kind, one.key): one for one in self.candidates}
        for place, choice in self.choices.items():
            candidate = offered.get(place)
            if candidate is None:
                yield EditFault("REDAKTION-BORTA", choice.ref, (("key", choice.key),))
            elif choice.wording and candidate.proof != choice.proof:
                told = (("name", shown(candidate.name or candidate.text)), ("now", shown(candidate.text)))
                yield EditFault("REDAKTION-ANDRAD", choice.ref, told)
            elif choice.kind == "exempel" and choice.take and choice.key not in self.used:
                yield EditFault("REDAKTION-PLATS", choice.ref, (("name", shown(candidate.name)),))


def worded(candidate: Candidate, choice: Choice) -> str:
    """The editor's own words, as long as they replace the same text; otherwise the candidate's."""
    return choice.wording if choice.wording and choice.proof == candidate.proof else candidate.text


def read_edition(data: bytes, texts: Texts) -> EditFile:
    """What a copy of redaktion.xlsx holds. Whatever is wrong with the file is a fault, never an error."""
    try:
        book = read_raw(data)
    except Unreadable as error:
        return EditFile(faults=(EditFault(error.code, None),))
    headings = {fold(texts(f"redaktion.{name}")): name for name in COLUMNS}
    read: list[Choice | EditFault] = []
    known = False
    for sheet in book.sheets:
        header, places = _find_header(sheet, headings)
        if {"nyckel", "prov", *OWN} <= set(places):
            known = True
            read += _read_sheet(sheet, header, places, texts)
    if not known:
        read.append(EditFault("REDAKTION-EJ-BLAD", None))
    choices = tuple(item for item in read if isinstance(item, Choice))
    return EditFile(choices, tuple(item for item in read if isinstance(item, EditFault)))


def _find_header(sheet: RawSheet, headings: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """The row of the headings (from 0) and the column of each."""
    for number, row in enumerate(sheet.rows[:_HEADER_REACH]):
        found = {headings[name]: place for place, name in enumerate(fold(text(v)) for v in row) if name in headings}
        if "nyckel" in found:
            return number, found
    return 0, {}


def _read_sheet(sheet: RawSheet, header: int, places: Mapping[str, int], texts: Texts) -> Iterator[Choice | EditFault]:
    for number in range(header + 1, len(sheet.rows)):
        values = sheet.rows[number]
        row = {name: text(values[place]) if place < len(values) else "" for name, place in places.items()}
        kind = next((kind for kind in KINDS if row["nyckel"].startswith(f"{kind}:")), None)
        if kind and any(row[name] for name in OWN):
            yield from _read_row(row, kind, sheet.name, number + 1, places, texts)


def _read_row(
    row: Mapping[str, str], kind: Kind, sheet: str, number: int, places: Mapping[str, int], texts: Texts
) -> Iterator[Choice | EditFault]:
    takes = {fold(texts("redaktion.ja")): True, fold(texts("redaktion.nej")): False, "": None}
    take = fold(row["ta_med"])
    strange = row["ordning"] != "" and not row["ordning"].isdigit()
    for name, wrong in (("ta_med", take not in takes), ("ordning", strange)):
        if wrong:
            ref = CellRef(sheet, number, places[name] + 1)
            told = (("label", texts(f"redaktion.{name}")), ("value", shown(row[name])))
            yield EditFault("REDAKTION-CELL", ref, (*told, ("wanted", texts(f"redaktion.{name}_vantat"))))
    order = int(row["ordning"]) if row["ordning"].isdigit() else None
    key = row["nyckel"].partition(":")[2]
    ref = CellRef(sheet, number, places["lydelse"] + 1)
    yield Choice(kind, key, row["prov"], takes.get(take), order, row["lydelse"], ref)
