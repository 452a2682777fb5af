"""The editor's choices, made in Excel: which examples, headings and passages the report keeps, in
what order, in what words. `outputs/YEAR/internt/redaktion.xlsx` offers everything; saved as
`inputs/YEAR/redaktion.xlsx` it steers the next run. Words of one's own stand only as long as the
text that they replaced says the same: data that have changed may have made them untrue."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, HeadedRow, ListFault, Unreadable
from toolkit.staff.lists import lists_in
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

CandidateKind = Literal["exempel", "rubrik", "stycke"]
KINDS: tuple[CandidateKind, ...] = ("exempel", "rubrik", "stycke")
COLUMNS = ("var", "namn", "text", "ta_med", "ordning", "lydelse", "sedan", "nyckel", "prov")
OWN = ("ta_med", "ordning", "lydelse")
HIDDEN = COLUMNS[7:]  # by which a row is known again, and its text seen to have changed


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that the report can hold. `place` is its county or chapter, `name` what it is
    called there. `held` are the words of a county's text for which it is held back."""

    kind: CandidateKind
    key: str
    place: str
    name: str
    text: str
    held: str = ""

    @property
    def proof(self) -> str:
        """A short digest of the text, by which a later run sees that it has changed."""
        # Twelve digits tell some thousand passages apart, and leave the hidden column narrow.
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
    about: str = ""

    @property
    def named(self) -> str:
        """What the choice was about, as the editor read it; its key where that is not known."""
        return shown(self.about or self.key)


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
        if candidate not in self.candidates:  # of two places that would have it, it is one
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
                yield ListFault("REDAKTION-BORTA", choice.ref, (("key", choice.named),))
            elif choice.wording and candidate.proof != choice.proof:
                yield _changed(choice, candidate)
            elif self._unplaced(choice):
                yield ListFault("REDAKTION-PLATS", choice.ref, (("name", shown(candidate.name)),))

    def _unplaced(self, choice: Choice) -> bool:
        """Whether an example was asked for that no place in the report has taken."""
        return choice.kind == "exempel" and bool(choice.take) and choice.key not in self.used


def _changed(choice: Choice, candidate: Candidate) -> ListFault:
    name = shown(candidate.name or candidate.text)
    told = (("name", name), ("now", shown(candidate.text)))
    return ListFault("REDAKTION-ANDRAD", choice.ref, told)


def worded(candidate: Candidate, choice: Choice) -> str:
    """The editor's own words, as long as they replace the same text; otherwise the candidate's."""
    return choice.wording if choice.wording and choice.proof == candidate.proof else candidate.text


def read_edition(data: bytes, texts: Texts) -> EditFile:
    """What a copy of redaktion.xlsx holds. Whatever is wrong with the file is a fault, never an
    error."""
    labels = {name: texts(f"redaktion.{name}") for name in COLUMNS}
    try:
        lists = lists_in(data, labels, _is_offer)
    except Unreadable as error:
        return EditFile(faults=(ListFault(error.code, None),))
    if not lists:
        return EditFile(faults=(ListFault("REDAKTION-EJ-BLAD", None),))
    choices: list[Choice] = []
    faults: list[ListFault] = []
    for found in lists:
        for item in _read_list(found, texts):
            if isinstance(item, Choice):
                choices.append(item)
            else:
                faults.append(item)
    return EditFile(tuple(choices), tuple(faults))


def _is_offer(columns: Collection[str]) -> bool:
    return {"nyckel", "prov", *OWN} <= set(columns)


def _read_list(found: HeadedList, texts: Texts) -> Iterator[Choice | ListFault]:
    for row in found:
        kind = _kind_of(row.text("nyckel"))
        if kind and any(row.text(name) for name in OWN):
            yield from _faults_of(row, texts)
            yield _choice(row, kind, texts)


def _kind_of(key: str) -> CandidateKind | None:
    """A key begins with the kind of its candidate: `exempel:12:A3`."""
    return next((kind for kind in KINDS if key.startswith(f"{kind}:")), None)


def _takes(texts: Texts) -> dict[str, bool | None]:
    """What may stand under `ta_med`, folded, and what it means."""
    return {fold(texts("redaktion.ja")): True, fold(texts("redaktion.nej")): False, "": None}


def _faults_of(row: HeadedRow, texts: Texts) -> Iterator[ListFault]:
    """The cells of a row that cannot be understood; the rest of the row still holds."""
    order = row.text("ordning")
    if fold(row.text("ta_med")) not in _takes(texts):
        yield _strange(row, "ta_med", texts)
    if order and not order.isdigit():
        yield _strange(row, "ordning", texts)


def _strange(row: HeadedRow, column: str, texts: Texts) -> ListFault:
    told = (
        ("label", texts(f"redaktion.{column}")),
        ("value", shown(row.text(column))),
        ("wanted", texts(f"redaktion.{column}_vantat")),
    )
    return ListFault("REDAKTION-CELL", row.ref(column), told)


def _choice(row: HeadedRow, kind: CandidateKind, texts: Texts) -> Choice:
    key, order = row.text("nyckel").partition(":")[2], row.text("ordning")
    take = _takes(texts).get(fold(row.text("ta_med")))
    number = int(order) if order.isdigit() else None
    wording, ref = row.text("lydelse"), row.ref("lydelse")
    about = row.text("text")
    return Choice(kind, key, row.text("prov"), take, number, wording, ref, about)
