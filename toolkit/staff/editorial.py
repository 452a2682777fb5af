"""The editor's choices, made in Excel: which examples, headings and passages the report keeps, in
what order, in what words. `outputs/YEAR/redaktion.xlsx` offers everything; saved as
`inputs/YEAR/redaktion.xlsx` it steers the next run. Words of one's own stand only as long as the
text that they replaced says the same: data that have changed may have made them untrue."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, HeadedRow, ListFault, Unreadable, find_list, read_raw
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

CandidateKind = Literal["exempel", "rubrik", "stycke"]
KINDS: tuple[CandidateKind, ...] = ("exempel", "rubrik", "stycke")
COLUMNS = ("var", "namn", "text", "ta_med", "ordning", "lydelse", "sedan", "nyckel", "prov")
OWN = ("ta_med", "ordning", "lydelse")
HIDDEN = COLUMNS[7:]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that the report can hold. `place` is its county or chapter, `name` what it is
    called there."""

    kind: CandidateKind
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

    kind: CandidateKind
    key: str
    proof: str
    take: bool | None = None
    order: int | None = None
    wording: str = ""
    ref: CellRef | None = None


@dataclass(frozen=True, slots=True)
class EditFile:
    """What a file gave."""

    choices: tuple[Choice, ...] = ()
    faults: tuple[ListFault, ...] = ()


@dataclass
class Editorial:
    """Where choices meet candidates while the report is written. `candidates` gathers everything
    that was offered."""

    choices: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, choices: Sequence[Choice]) -> Editorial:
        """A desk with the editor's choices on it."""
        return cls({(choice.kind, choice.key): choice for choice in choices})

    def offer(self, candidate: Candidate) -> Choice:
        """What was chosen for a candidate; nothing at all when nothing was."""
        self.candidates.append(candidate)
        return self.choices.get(
            (candidate.kind, candidate.key), Choice(candidate.kind, candidate.key, "")
        )

    def stale(self) -> Iterator[ListFault]:
        """Choices whose text has changed or is gone, and examples that no place in the report
        fits."""
        offered: dict[tuple[str, str], Candidate] = {
            (one.kind, one.key): one for one in self.candidates
        }
        for place, choice in self.choices.items():
            candidate = offered.get(place)
            if candidate is None:
                yield ListFault("REDAKTION-BORTA", choice.ref, (("key", choice.key),))
            elif choice.wording and candidate.proof != choice.proof:
                told = (
                    ("name", shown(candidate.name or candidate.text)),
                    ("now", shown(candidate.text)),
                )
                yield ListFault("REDAKTION-ANDRAD", choice.ref, told)
            elif choice.kind == "exempel" and choice.take and choice.key not in self.used:
                yield ListFault("REDAKTION-PLATS", choice.ref, (("name", shown(candidate.name)),))


def worded(candidate: Candidate, choice: Choice) -> str:
    """The editor's own words, as long as they replace the same text; otherwise the candidate's."""
    return choice.wording if choice.wording and choice.proof == candidate.proof else candidate.text


def read_edition(data: bytes, texts: Texts) -> EditFile:
    """What a copy of redaktion.xlsx holds. Whatever is wrong with the file is a fault, never an
    error."""
    try:
        book = read_raw(data)
    except Unreadable as error:
        return EditFile(faults=(ListFault(error.code, None),))
    labels = {name: texts(f"redaktion.{name}") for name in COLUMNS}
    lists = [found for sheet in book.sheets if (found := find_list(sheet, labels, _is_offer))]
    read = [item for found in lists for item in _read_list(found, texts)]
    faults = tuple(item for item in read if isinstance(item, ListFault))
    return EditFile(
        tuple(item for item in read if isinstance(item, Choice)),
        faults if lists else (ListFault("REDAKTION-EJ-BLAD", None),),
    )


def _is_offer(columns: Collection[str]) -> bool:
    return {"nyckel", "prov", *OWN} <= set(columns)


def _read_list(found: HeadedList, texts: Texts) -> Iterator[Choice | ListFault]:
    for row in found:
        kind = next((kind for kind in KINDS if row.text("nyckel").startswith(f"{kind}:")), None)
        if kind and any(row.text(name) for name in OWN):
            yield from _read_row(row, kind, texts)


def _read_row(row: HeadedRow, kind: CandidateKind, texts: Texts) -> Iterator[Choice | ListFault]:
    takes = {fold(texts("redaktion.ja")): True, fold(texts("redaktion.nej")): False, "": None}
    take, order = fold(row.text("ta_med")), row.text("ordning")
    strange = order != "" and not order.isdigit()
    for name, wrong in (("ta_med", take not in takes), ("ordning", strange)):
        if wrong:
            told = (("label", texts(f"redaktion.{name}")), ("value", shown(row.text(name))))
            yield ListFault(
                "REDAKTION-CELL",
                row.ref(name),
                (*told, ("wanted", texts(f"redaktion.{name}_vantat"))),
            )
    key = row.text("nyckel").partition(":")[2]
    number = int(order) if order.isdigit() else None
    yield Choice(
        kind,
        key,
        row.text("prov"),
        takes.get(take),
        number,
        row.text("lydelse"),
        row.ref("lydelse"),
    )
