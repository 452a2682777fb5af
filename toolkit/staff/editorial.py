"""The editor's choices, made in Excel: which examples, headings and passages the report keeps, in
what order, in what words. `outputs/YEAR/internt/redaktion.xlsx` offers everything; saved as
`inputs/YEAR/redaktion.xlsx` it steers the next run. Words of one's own stand only as long as the
text that they replaced says the same: data that have changed may have made them untrue."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

from toolkit.findings.texts import Texts
from toolkit.read import HeadedRow, ListFault, Unreadable
from toolkit.staff.lists import hint_of, lists_in
from toolkit.words.cells import CellRef
from toolkit.words.celltext import plain, shown
from toolkit.words.digits import whole_number
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
class OfferedRow:
    """A row as it came back: what it says of the text today, and what to tell where that is not
    what was offered."""

    choice: Choice
    retyped: ListFault


@dataclass(frozen=True, slots=True)
class EditFile:
    """What a file gave. `rows` are all that it still offers, with choices or not."""

    choices: tuple[Choice, ...] = ()
    faults: tuple[ListFault, ...] = ()
    rows: tuple[OfferedRow, ...] = ()


@dataclass
class Editorial:
    """Where choices meet candidates while the report is written. `candidates` gathers everything
    that was offered, `met` the choice that each has, by its kind and key."""

    choices: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    candidates: list[Candidate] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    rows: Sequence[OfferedRow] = ()
    met: dict[tuple[str, str], Choice] = field(default_factory=dict)

    @classmethod
    def of(cls, choices: Sequence[Choice], rows: Sequence[OfferedRow] = ()) -> Editorial:
        """A desk with the editor's choices on it, and the rows that they were made in."""
        return cls({(choice.kind, choice.key): choice for choice in choices}, rows=rows)

    def offer(self, candidate: Candidate) -> Choice:
        """What was chosen for a candidate; nothing at all when nothing was."""
        if candidate not in self.candidates:  # of two places that would have it, it is one
            self.candidates.append(candidate)
        place = (candidate.kind, candidate.key)
        choice = self._choice_for(candidate)
        if choice is not None:
            self.met[place] = choice
        return choice or Choice(*place, "")

    def _choice_for(self, candidate: Candidate) -> Choice | None:
        """The choice that was made for a text. A county's text is known by its words before its
        row: a county that moves its rows takes no choice from one text to another."""
        own = self.choices.get((candidate.kind, candidate.key))
        if candidate.kind != "exempel" or (own and own.proof == candidate.proof):
            return own
        county = _county_of(candidate.key)
        same = [one for one in self.choices.values() if _is_about(one, candidate, county)]
        if same:
            return same[0]
        offered = (row.choice for row in self.rows)
        # A text that was offered on another row, where nothing was chosen for it.
        return None if any(_is_about(one, candidate, county) for one in offered) else own

    def reworded(self) -> Iterator[tuple[str, str]]:
        """The counties' examples that the report tells in the editor's own words, with the
        county."""
        for candidate in self.candidates:
            choice = self.met.get((candidate.kind, candidate.key))
            if candidate.kind == "exempel" and choice and candidate.key in self.used:
                said = worded(candidate, choice)
                if said != candidate.text:
                    yield candidate.place, said

    def stale(self) -> Iterator[ListFault]:
        """Choices whose text has changed or is gone, and examples that no place in the report
        fits."""
        offered: dict[tuple[str, str], Candidate] = {
            (one.kind, one.key): one for one in self.candidates
        }
        about: dict[tuple[str, str], Candidate] = {
            (one.kind, one.key): offered[place] for place, one in self.met.items()
        }
        for place, choice in self.choices.items():
            candidate = about.get(place)
            if candidate is None:
                yield ListFault("REDAKTION-BORTA", choice.ref, (("key", choice.named),))
            elif choice.wording and candidate.proof != choice.proof:
                yield _changed(choice, candidate)
            elif self._unplaced(candidate, choice):
                yield ListFault("REDAKTION-PLATS", choice.ref, (("name", shown(candidate.name)),))
        yield from self._retyped(offered)

    def _retyped(self, offered: Mapping[tuple[str, str], Candidate]) -> Iterator[ListFault]:
        """Words written over the text that is offered, instead of beside it: nothing reads them."""
        for row in self.rows:
            candidate = offered.get((row.choice.kind, row.choice.key))
            is_the_same = candidate is not None and candidate.proof == row.choice.proof
            if candidate and is_the_same and plain(row.choice.about) != plain(candidate.text):
                yield row.retyped

    def _unplaced(self, candidate: Candidate, choice: Choice) -> bool:
        """Whether an example was asked for that no place in the report has taken."""
        return choice.kind == "exempel" and bool(choice.take) and candidate.key not in self.used


def _county_of(key: str) -> str:
    """An example's, `12` of `12:A3`."""
    return key.partition(":")[0]


def _is_about(choice: Choice, candidate: Candidate, county: str) -> bool:
    """Whether a row of the editors' is about a text that a county has written."""
    is_same = (choice.kind, choice.proof) == (candidate.kind, candidate.proof)
    return is_same and _county_of(choice.key) == county


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
        return EditFile(faults=(ListFault(error.code, None, hint_of("REDAKTION-EJ-BLAD")),))
    if not lists:
        return EditFile(faults=(ListFault("REDAKTION-EJ-BLAD", None),))
    rows = list(chain.from_iterable(lists))
    kept, repeated = _last_of_each(rows, texts)
    offered = [row for row in rows if _kind_of(row.text("nyckel"))]
    faults = [*chain.from_iterable(_faults_of(row, texts) for row in kept), *repeated]
    for row in filter(_is_lost, rows):
        faults.append(_strange(row, _first_own(row), texts, "utan_nyckel"))
    choices = tuple(_choice(row, texts) for row in kept)
    return EditFile(choices, tuple(faults), tuple(_offered(row, texts) for row in offered))


def _last_of_each(
    rows: Sequence[HeadedRow], texts: Texts
) -> tuple[list[HeadedRow], list[ListFault]]:
    """The rows with choices, the last of each key; and what is told of those above it."""
    chosen: dict[str, HeadedRow] = {}
    repeated = []
    for row in rows:
        if _kind_of(row.text("nyckel")) and _has_choices(row):
            above = chosen.pop(row.text("nyckel"), None)
            if above is not None:
                repeated.append(_strange(above, _first_own(above), texts, "dubbel"))
            chosen[row.text("nyckel")] = row
    return list(chosen.values()), repeated


def _has_choices(row: HeadedRow) -> bool:
    return any(row.text(name) for name in OWN)


def _first_own(row: HeadedRow) -> str:
    """The column in which a row's choice stands; that of the wording where there are several."""
    return next(name for name in reversed(OWN) if row.text(name))


def _is_lost(row: HeadedRow) -> bool:
    """A choice on a row that was not offered: somebody has written a new one."""
    return _has_choices(row) and _kind_of(row.text("nyckel")) is None


def _offered(row: HeadedRow, texts: Texts) -> OfferedRow:
    return OfferedRow(_choice(row, texts), _strange(row, "text", texts, "text_vantat"))


def _is_offer(columns: Collection[str]) -> bool:
    return {"nyckel", "prov", *OWN} <= set(columns)


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
        yield _strange(row, "ta_med", texts, "ta_med_vantat")
    if order and whole_number(order) is None:
        yield _strange(row, "ordning", texts, "ordning_vantat")


def _strange(row: HeadedRow, column: str, texts: Texts, wanted: str) -> ListFault:
    told = (
        ("label", texts(f"redaktion.{column}")),
        ("value", shown(row.text(column))),
        ("wanted", texts(f"redaktion.{wanted}")),
    )
    return ListFault("REDAKTION-CELL", row.ref(column), told)


def _choice(row: HeadedRow, texts: Texts) -> Choice:
    """What was chosen on a row whose key has a kind."""
    kind, order = _kind_of(row.text("nyckel")), row.text("ordning")
    assert kind is not None
    take = _takes(texts).get(fold(row.text("ta_med")))
    return Choice(
        kind, row.text("nyckel").partition(":")[2], row.text("prov"), take, whole_number(order),
        row.text("lydelse"), row.ref("lydelse"), row.text("text"),
    )  # fmt: skip
