"""The columns that nothing is read from, whatever their headings: one may say the side of the
amounts, or the day, all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.ledger.layout import Layout
from toolkit.ledger.otherdays import Hint, hint_of, may_be_day
from toolkit.ledger.rows import TableRow
from toolkit.ledger.sideflags import SideFlag, lone_sides, says_side
from toolkit.ledger.sidewords import CREDIT, DEBIT, sides_in
from toolkit.ledger.tally import Tally, read_amount, read_thousands
from toolkit.words.cells import column_letter
from toolkit.words.celltext import text

SIDE = "sidkolumn"
"""The doubt of a column that may say the side."""
_MARKS = 6  # values of a column for the side, as they are written
_SURE = 12  # values by which it is known whether most are days


@dataclass(slots=True)
class _Marked:
    """A column of few values, and which of them stand beside an amount above zero."""

    values: set[object] = field(default_factory=set)
    above: set[object] = field(default_factory=set)
    alive: bool = True

    def note(self, cells: Sequence[object], amounts: Sequence[object], thousands: bool) -> None:
        self.values |= set(cells)
        self.alive = len(self.values) <= _MARKS and _may_be(self.values)
        if self.alive:
            read = read_thousands if thousands else read_amount
            pairs = {*zip(cells, map(text, amounts), strict=True)}
            self.above |= {cell for cell, one in pairs if (read(one) or Decimal(0)) > 0}

    @property
    def tells(self) -> bool:
        """Whether both sides stand beside amounts above zero: then the sign is not in these."""
        told = sides_in(self.values) if self.alive else {}
        return {told.get(one) for one in self.above} >= {DEBIT, CREDIT}


def _may_be(values: set[object]) -> bool:
    """Whether a column may yet be one of marks: one that has a single value says nothing yet."""
    return len({text(one) for one in values}) < 2 or bool(sides_in(values))


@dataclass(slots=True)
class _Dated:
    """A column of which most values may be days."""

    hint: Hint
    days: set[object] = field(default_factory=set)
    others: set[object] = field(default_factory=set)
    alive: bool = True

    def note(self, cells: Sequence[object]) -> None:
        for one in set(cells) - self.days - self.others:
            if text(one):
                (self.days if may_be_day(one, self.hint) else self.others).add(one)
        if len(self.others) > max(len(self.days), _SURE):
            self.alive, self.days, self.others = False, set(), set()

    @property
    def tells(self) -> bool:
        """Whether it is a column of days: all are, or most."""
        return self.alive and len(self.days) > len(self.others)


class OtherColumns:
    """Those of a listing."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        taken = {at for name, at in layout.columns.items() if name != "state"}
        self._lone = lone_sides(layout)
        self._taken = taken.union(*layout.twins.values()) - self._lone
        self._amount = layout.columns.get("amount")
        self._sided = "side" in layout.columns or self._amount is None
        self._account = layout.columns["account"]
        self._marked: dict[int, _Marked] = {}
        self._flags: dict[int, SideFlag] = {}
        self._dated: dict[int, _Dated] = {}
        self._begun = 0

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more; those without an account are no transactions."""
        at = self._account
        rows = [values for _, _, values in batch if at < len(values) and text(values[at])]
        if not rows:
            return
        self._begin(max(map(len, rows)))
        self._note_marks(rows)
        self._note_flags(rows)
        for place, column in self._dated.items():
            column.note(_cells(rows, place))
        self._dated = {at: one for at, one in self._dated.items() if one.alive}

    def _note_marks(self, rows: Sequence[Sequence[object]]) -> None:
        if self._marked and self._amount is not None:
            amounts = _cells(rows, self._amount)
            for place, column in self._marked.items():
                column.note(_cells(rows, place), amounts, self._layout.thousands)
            self._marked = {at: one for at, one in self._marked.items() if one.alive}

    def _note_flags(self, rows: Sequence[Sequence[object]]) -> None:
        if self._flags and self._amount is not None:
            amounts = _cells(rows, self._amount)
            for place, flag in self._flags.items():
                flag.note(_cells(rows, place), amounts)
            self._flags = {at: one for at, one in self._flags.items() if one.alive}

    def _begin(self, width: int) -> None:
        """Columns that are met for the first time; what stood before in one was blank."""
        if not self._begun:
            self._begin_flags()
        for place in range(self._begun, width):
            if place not in self._taken:
                self._dated[place] = _Dated(hint_of(self._heading(place)))
                if not self._sided and place not in self._flags:
                    blank = {""} if self._begun else set()
                    self._marked[place] = _Marked(set(blank), set(blank))
        self._begun = max(self._begun, width)

    def _begin_flags(self) -> None:
        """The columns whose headings say the side, where nothing else does."""
        for place in range(0 if self._sided else self._layout.width):
            known = place in self._lone
            if known or (place not in self._taken and says_side(self._heading(place))):
                self._flags[place] = SideFlag(self._layout, known=known)

    def _heading(self, place: int) -> str:
        heads = self._layout.header.values
        return text(heads[place]) if place < len(heads) else ""

    def _shown(self, place: int) -> str:
        return self._heading(place) or column_letter(place + 1)

    def tell(self, tally: Tally) -> None:
        """What is known when all rows have come."""
        for place, flag in self._flags.items():
            if flag.tells:
                self._ask(place, flag.marks, tally)
        for place, column in self._marked.items():
            if column.tells:
                self._ask(place, sorted({text(one) for one in column.values if text(one)}), tally)
        for place, days in self._dated.items():
            if days.tells:
                tally.other_days.setdefault(self._shown(place), set()).update(
                    days.days, days.others
                )

    def _ask(self, place: int, marks: Sequence[str], tally: Tally) -> None:
        """One column that may say the side is asked about: the first."""
        if SIDE not in tally.doubts:
            tally.doubts.add(SIDE)
            told = f" ({', '.join(marks)})" if marks else ""
            tally.particulars[SIDE] = f"{self._shown(place)}{told}"


def _cells(rows: Sequence[Sequence[object]], place: int) -> list[object]:
    return [values[place] if place < len(values) else "" for values in rows]
