"""A season of sending, played against a model of what must be true. The model is written from README and knows
nothing of the program: what each county has written, what was made from what, what has been answered.

    python -m tests.year.season 100        # plays so many seasons and says the shortest one that went wrong

A season is a list of moves, each a few small numbers, which mean something whatever came before them: so a season
that goes wrong can be made shorter move by move."""

from __future__ import annotations

import hashlib
import random
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from tests.year.test_chain import DAYS, NO_DAYS, Sent, expected
from toolkit.analysis.comparison import in_company
from toolkit.analysis.merge import Dataset
from toolkit.annotate.opc import open_package
from toolkit.annotate.xlsx.values import write_values
from toolkit.checks.file import judge
from toolkit.findings.finding import Cure, Finding
from toolkit.read import read_raw
from toolkit.returns.submission import Return
from toolkit.spec.load import Year
from toolkit.words.cells import CellRef, read_cell
from toolkit.year.merging import merge_all
from toolkit.year.refill import give_back
from toolkit.year.workspace import Workspace

COUNTIES = {"12": "12 – Skåne län", "08": "08 – Kalmar län"}
NAMES = ("12-Skåne", "Redovisning", "08-Kalmar", "a", "Ö sist", "Rättad")
MOVES = ("own", "correct", "answer", "again", "cut", "clash", "remove", "wait")
_ANSWERS = 9  # the column for answers on Återkoppling


class Fault(NamedTuple):
    """Something wrong or odd that a county writes: its place, what stands there, and what must be said of which cell.
    An error keeps its table out."""

    place: str
    written: object
    code: str
    cell: str
    table: str = ""


FAULTS = {
    "amount": Fault("Ekonomi!K6", "ca 100", "FALT-TAL", "Ekonomi!K6", "ekonomi"),
    "situation": Fault("Mål!C6", "L9", "REF-SAKNAS", "Mål!C6", "mal"),
    "heading": Fault("Aktiviteter!D6", "", "FALT-SAKNAS", "Aktiviteter!D6", "aktiviteter"),
    "budget": Fault("Ekonomi!J6", Decimal(20_000), "EKON-BUDGET", "Ekonomi!K6"),
    "dear": Fault("Ekonomi!J6", Decimal(10_000), "EKON-BUDGET", "Ekonomi!K6"),
    "trend": Fault("Indikatorer!J6", Decimal(300), "TREND-INDIKATOR", "Indikatorer!J6"),
    "short": Fault("Mål!E6", "Se ovan", "FALT-KORT", "Mål!E6"),
}
SILENT = {"budget": {"amount"}, "dear": {"amount"}}
"""What is not asked while something else is wrong in its cell."""
PLANTED = {fault.code for fault in FAULTS.values()}
Move = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class File:
    """A file as the model knows it: whose it is, what it says, when it was approved, which faults are in it, the
    answers that it holds (by fault), what had come when that which it was made from was marked."""

    county: str
    name: str
    data: bytes
    says: int = 0
    day: date | None = None
    faults: frozenset[str] = frozenset()
    answers: tuple[tuple[str, str], ...] = ()
    came_before: frozenset[str] = frozenset()
    is_cut: bool = False
    is_clash: bool = False

    @property
    def print(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def content(self) -> object:
        return self.says, self.day, self.faults


@dataclass
class Season:
    """Two counties and an agency. `lying` are the files among the submissions, `marked` what was given back of each."""

    year: Year
    space: Workspace
    base: dict[str, bytes]
    lying: list[File] = field(default_factory=list)
    marked: dict[str, tuple[File, bytes]] = field(default_factory=dict)
    judged: dict[tuple[bytes, str], Return] = field(default_factory=dict)
    number: int = 0

    def play(self, moves: Sequence[Move]) -> None:
        for move in moves:
            getattr(self, MOVES[move[1] % len(MOVES)])(list(COUNTIES)[move[0] % 2], *move[2:])
            self.look(marks=move[1] % len(MOVES) != MOVES.index("wait"))

    # ------------------------------------------------------------------------------------------ what counties do
    def own(self, county: str, a: int, b: int, c: int) -> None:
        """A file of its own, without the sheet Återkoppling."""
        self._send(self._written(self.base[county], File(county, "", b""), a, b, c), a)

    def correct(self, county: str, a: int, b: int, c: int) -> None:
        """What came back of any of its files, with other figures, and sent under any name."""
        back = self._back(county, a)
        if back:
            self._send(self._written(back[1], back[0], a, b, c), b)

    def answer(self, county: str, a: int, b: int, c: int) -> None:
        """The same with answers to some of the questions, and nothing else."""
        back = self._back(county, a)
        if back:
            self._send(self._answered(*back, c), b)

    def again(self, county: str, a: int, b: int, c: int) -> None:
        own = [file for file in self.lying if file.county == county]
        if own:
            self._send(own[a % len(own)], b)

    def cut(self, county: str, a: int, b: int, c: int) -> None:
        data = self.base[county][: 5_000 + a]
        self._send(File(county, "", data, is_cut=True), b)

    def clash(self, county: str, a: int, b: int, c: int) -> None:
        """Another county chosen in the county's own template."""
        other = next(code for code in COUNTIES if code != county)
        data = edited(self.base[county], {"Uppgifter!C5": COUNTIES[other]})
        self._send(File(county, "", data, is_clash=True), b)

    def remove(self, county: str, a: int, b: int, c: int) -> None:
        if self.lying:
            del self.lying[a % len(self.lying)]

    def wait(self, county: str, a: int, b: int, c: int) -> None:
        """A run that marks nothing: what comes next has not seen what lies there."""

    def _send(self, file: File, name: int) -> None:
        self.number += 1
        stem = f"{NAMES[name % len(NAMES)]} {self.number}"
        self.lying.append(replace(file, name=f"{stem}.xlsx"))

    def _back(self, county: str, a: int) -> tuple[File, bytes] | None:
        own = [found for found in self.marked.values() if found[0].county == county]
        return own[a % len(own)] if own else None

    def _written(self, data: bytes, file: File, a: int, b: int, c: int) -> File:
        faults = frozenset(name for at, name in enumerate(FAULTS) if c >> at & 1) - (
            {"dear"} if c & 8 else set()
        )
        days = [*DAYS, *NO_DAYS]
        day = days[a % len(days)]
        clean = {FAULTS[name].place: CLEANED[FAULTS[name].place] for name in FAULTS}
        cells = {**clean, **{FAULTS[name].place: FAULTS[name].written for name in faults}}
        cells |= {SAYS: f"Kartläggning {b}", APPROVED: day.isoformat() if day else ""}
        return replace(file, data=edited(data, cells), says=b, day=day, faults=faults)

    def _answered(self, file: File, data: bytes, c: int) -> File:
        rows = read_raw(data).sheets[0].rows
        given, cells = dict(file.answers), {}
        for number, row in enumerate(rows, 1):
            names = [name for name in file.faults if is_asked(row, name)]
            if names and c >> number % 5 & 1:
                given[names[0]] = f"Svar {self.number} om {names[0]}."
                cells[f"Återkoppling!I{number}"] = given[names[0]]
        return replace(file, data=edited(data, cells), answers=tuple(given.items()))

    # -------------------------------------------------------------------------------------- what the agency sees
    def look(self, *, marks: bool) -> None:
        """One run, compared with the model in all that it says."""
        returns = [self._judged(file) for file in self.lying]
        told = in_company(self.year, returns, {})
        data = merge_all(self.year, told)
        cut = {file.name for file in self.lying if file.is_cut}
        assert {one.file for one in data.unread} == cut
        for county in COUNTIES:
            self._compare(county, data)
        if marks:
            self._mark(told, data)

    def _judged(self, file: File) -> Return:
        key = file.data, file.name
        if key not in self.judged:
            self.judged[key] = judge(file.data, file.name, {self.year.spec.year: self.year})
        return self.judged[key]

    def _whole(self, county: str) -> list[File]:
        return [f for f in self.lying if f.county == county and not f.is_cut and not f.is_clash]

    def _compare(self, county: str, data: Dataset) -> None:
        state = next(one for one in data.counties if one.code == county)
        own = self._whole(county)
        if not own:
            assert state.counts is None or any(f.is_clash for f in self.lying)
            assert data_rows(data, county) == {}
            return
        sent = [self._as_sent(number, file, own) for number, file in enumerate(own)]
        wanted, unsure = expected(sent, list(range(len(own))))
        counts = next(at for at, file in enumerate(own) if file.name == state.file)
        assert counts in wanted, (state.file, [own[at].name for at in wanted])
        others = {own[at].name for at in unsure(counts) if own[at].content != own[counts].content}
        assert set(state.doubtful) == others, (state.file, state.doubtful, others)
        self._compare_file(own[counts], own, state.counts, data)

    def _as_sent(self, number: int, file: File, own: Sequence[File]) -> Sent:
        before = {at for at, other in enumerate(own) if other.print in file.came_before}
        says = (file.says, file.faults)
        return Sent(number, says, file.day, None, before - {number})  # type: ignore[arg-type]

    def _compare_file(
        self, file: File, own: Sequence[File], found: Return | None, data: Dataset
    ) -> None:
        assert found is not None
        planted = list(filter(is_planted, found.findings))
        wanted = {name for name in file.faults if not SILENT.get(name, set()) & file.faults}
        said = sorted((one.code, f"{one.sheet}!{one.cell}") for one in planted)
        due = sorted((FAULTS[name].code, FAULTS[name].cell) for name in wanted)
        assert said == due, (said, due)
        for name in wanted:
            one = next(f for f in planted if (f.code, f"{f.sheet}!{f.cell}") == FAULTS[name][2:4])
            assert one.explanation in self._answers_to(name, file, own), (name, one.explanation)
        blocked = {FAULTS[name].table for name in file.faults} - {""}
        rows = data_rows(data, file.county)
        assert rows.pop("lagesbild") == [f"Kartläggning {file.says}"]
        due_rows = {"ekonomi", "mal", "aktiviteter"} - blocked
        assert set(rows) == due_rows, (set(rows), due_rows)

    def _answers_to(self, name: str, file: File, own: Sequence[File]) -> set[str | None]:
        """The answers that may stand at a question: the file's own, or any that the county gave in another."""
        if FAULTS[name].table:
            return {None}
        mine = dict(file.answers).get(name)
        if mine:
            return {mine}
        known = {dict(other.answers).get(name) for other in own} - {None}
        return known or {None}

    def _mark(self, told: Sequence[Return], data: Dataset) -> None:
        counting = {state.file for state in data.counties}
        for file, found in zip(list(self.lying), told, strict=True):
            if file.is_cut or file.is_clash:
                continue
            back = give_back(self.space, self.year, file.data, found, "x").workbook
            self._is_not_asked_again(found, back)
            own = self._whole(file.county)
            seen = frozenset(other.print for other in own) | file.came_before | {file.print}
            answers = file.answers
            if file.name in counting:
                said = {name: self._told(name, found) for name in file.faults}
                answers = tuple({**said, **dict(answers)}.items())
            answers = tuple((name, text) for name, text in answers if text)
            self.marked[file.name] = replace(file, answers=answers, came_before=seen), back

    def _told(self, name: str, found: Return) -> str:
        place = FAULTS[name][2:4]
        said = [f for f in found.findings if (f.code, f"{f.sheet}!{f.cell}") == place]
        return said[0].explanation or "" if said else ""

    def _is_not_asked_again(self, found: Return, back: bytes) -> None:
        """What was answered is answered in what is given back, which holds the same data."""
        again = judge(back, found.file, {self.year.spec.year: self.year})
        first, second = (
            sorted(
                (f.code, str(f.cell), f.explanation or "") for f in filter(is_planted, one.findings)
            )
            for one in (found, again)
        )
        assert first == second, (first, second)
        assert [f.message for f in again.findings if f.code == "SVAR-OLAST"] == []


SAYS, APPROVED = "Lägesbild!O6", "Uppgifter!C14"
"""Where a return says by what it is known in a season, and when it was approved."""
CLEANED: dict[str, object] = {}


def begin(year: Year, space: Workspace, write: Callable[..., bytes], rows: Any) -> Season:
    """A season of two counties whose returns are clean; `write` makes a workbook of rows for a county."""
    base = {code: write(rows, code) for code in COUNTIES}
    found = judge(base["12"], "a.xlsx", {year.spec.year: year}).submission
    assert found is not None
    assert str(found.records("lagesbild")[0].ref("underlag")) == SAYS
    assert str(found.records("uppgifter")[0].ref("godkand_datum")) == APPROVED
    raw = read_raw(base["12"])
    for fault in FAULTS.values():
        ref = place(fault.place)
        sheet = next(one for one in raw.sheets if one.name == ref.sheet)
        CLEANED[fault.place] = sheet.at(ref.row, ref.column)
    return Season(year, space, base)


def is_planted(one: Finding) -> bool:
    """Whether a finding is about one of the faults. Of a day that is left out something is said too."""
    return one.code in PLANTED and f"{one.sheet}!{one.cell}" != APPROVED


def place(named: str) -> CellRef:
    sheet, _, cell = named.partition("!")
    return read_cell(sheet, cell)


def edited(data: bytes, cells: dict[str, object]) -> bytes:
    """A workbook with other values in some cells, as somebody's program writes them."""
    package = open_package(data)
    write_values(package, [Cure(place(name), _typed(value)) for name, value in cells.items()])
    return package.save()


def _typed(value: object) -> Decimal | str:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else str(value)


def is_asked(row: Sequence[object], name: str) -> bool:
    """Whether a row of Återkoppling is the question about a fault."""
    fault = FAULTS[name]
    if len(row) <= _ANSWERS or fault.table:
        return False
    return (row[10], f"{row[3]}!{row[4]}") == (fault.code, fault.cell)


def data_rows(data: Dataset, county: str) -> dict[str, list[str]]:
    """What is merged of a county, by table: what it says in Lägesbild, and that the other tables are there."""
    found: dict[str, list[str]] = {}
    for table, name in (
        ("lagesbild", "underlag"),
        ("ekonomi", "id"),
        ("mal", "id"),
        ("aktiviteter", "id"),
    ):
        for row in data.rows(table):
            if row.county == county:
                found.setdefault(table, []).append(row.record.text(name))
    return found


# ------------------------------------------------------------------------------------------------- many, and shorter
def moves_of(seed: int, count: int = 10) -> list[Move]:
    rng = random.Random(seed)
    weights = (3, 5, 4, 1, 1, 1, 1, 1)
    kinds = rng.choices(range(len(MOVES)), weights, k=count)
    return [(rng.randrange(2), kind, *(rng.randrange(128) for _ in range(3))) for kind in kinds]  # type: ignore[misc]


def shorter(moves: list[Move], goes_wrong: Callable[[list[Move]], object]) -> list[Move]:
    """The moves without those that the fault does not need."""
    for at in range(len(moves) - 1, -1, -1):
        without = moves[:at] + moves[at + 1 :]
        if goes_wrong(without):
            moves = without
    return moves


def main(count: int, first: int = 0) -> Iterator[str]:
    """Plays seasons, and tells each that goes wrong by its shortest moves."""
    import tempfile
    from copy import deepcopy

    from tests.conftest import CLEAN, ROOT, shortened
    from toolkit.spec.load import load_year
    from toolkit.template import write_template

    year = load_year(ROOT / "templates", 2020)
    spec, texts = shortened(year.spec), year.texts("mall")

    def write(rows: Any, county: str) -> bytes:
        return write_template(spec, year.spec.lists["lan"].by_code[county], texts, rows)

    with tempfile.TemporaryDirectory() as root:
        ground = begin(year, Workspace(Path(root), 2020), write, deepcopy(CLEAN))

        def wrong(moves: list[Move]) -> str:
            try:
                Season(year, ground.space, ground.base, judged=ground.judged).play(moves)
            except AssertionError:
                return traceback.format_exc(limit=-2)
            return ""

        for seed in range(first, first + count):
            if wrong(moves_of(seed)):
                short = shorter(moves_of(seed), wrong)
                yield f"{seed}: {short}\n{wrong(short)}"


if __name__ == "__main__":
    for line in main(*map(int, sys.argv[1:])):
        print(line, flush=True)
