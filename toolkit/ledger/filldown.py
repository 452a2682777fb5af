"""Lists that say a code once for several rows: on the first row of its group, or in one cell over
all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from toolkit.ledger.keys import is_account
from toolkit.ledger.layout import SIDES, Layout
from toolkit.ledger.marks import Marks
from toolkit.ledger.rows import TableRow
from toolkit.read import MergedBlock
from toolkit.words.celltext import text

_LEAST = 3  # rows below a code that is told once: fewer may lack one


@dataclass(slots=True)
class ToldOnce:
    """Whether the codes of costs stand on the first row of a group alone: never on two rows one
    after the other, and on fewer rows than not. What is on other accounts often has no code."""

    account: int
    code: int
    is_cost: Callable[[object], bool]
    shown: int = 0
    blank: int = 0
    last: str = ""
    told: bool = True

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more. Most lists are known to be no such list by their first rows."""
        if not self.told:
            return
        for _, _, values in batch:
            if len(values) <= max(self.account, self.code):
                self._note_short(values)
            elif self.is_cost(values[self.account]):
                self._note(text(values[self.code]))

    def _note_short(self, values: Sequence[object]) -> None:
        """A workbook leaves out the cells at the end of a row that are empty."""
        if len(values) > self.account and self.is_cost(values[self.account]):
            self._note("")

    def _note(self, code: str) -> None:
        if (code and code == self.last) or (not code and not self.shown):
            self.told = False
        self.shown += bool(code)
        self.blank += not code
        self.last = code

    @property
    def holds(self) -> bool:
        """Whether it is so."""
        return self.told and self.shown > 0 and self.blank >= max(self.shown, _LEAST)


@dataclass(slots=True)
class Groups:
    """The rows under one code after another, and whether each group comes to a sum that stands
    below it. `open` is what the last group has come to since it began."""

    code: str = ""
    open: Decimal | None = None
    tied: int = 0
    untied: int = 0

    def add(self, code: str, amount: Decimal) -> None:
        """A row under a code."""
        if self.open is None or code != self.code:
            self._leave()
            self.code, self.open = code, Decimal(0)
        self.open += amount

    def close(self, amount: Decimal) -> None:
        """A sum; one that is of something else leaves the group as it is."""
        if self.open is not None and amount == self.open:
            self.open, self.code = None, ""
            self.tied += 1

    def _leave(self) -> None:
        self.untied += self.open is not None

    @property
    def proved(self) -> bool:
        """Whether every group has its sum."""
        return self.tied > 0 and not self.untied and self.open is None


@dataclass(slots=True)
class Merged:
    """The cells of a listing that stand over several rows, in the columns that are read."""

    blocks: list[MergedBlock] = field(default_factory=list)

    def of(self, layout: Layout) -> list[MergedBlock]:
        """Those below the headings, in columns that say what a row is of."""
        amounts = {"amount", *SIDES, "balance"}
        columns = {at + 1 for name, at in layout.columns.items() if name not in amounts}
        below = (one for one in self.blocks if one.top > layout.header.last)
        return [one for one in below if one.left in columns and one.bottom > one.top]


def from_merged(
    rows: Iterable[TableRow], blocks: Sequence[MergedBlock], width: int
) -> Iterator[TableRow]:
    """Rows of a workbook, with what stands in a cell over several rows on each of them."""
    starts: dict[int, list[MergedBlock]] = {}
    for one in blocks:
        starts.setdefault(one.top, []).append(one)
    open_ones: dict[int, tuple[int, object]] = {}
    for first, last, values in rows:
        full = [*values, *[""] * (width - len(values))]
        for one in starts.get(first, ()):
            open_ones[one.left - 1] = (one.bottom, full[one.left - 1])
        for at, (bottom, value) in open_ones.items():
            if first <= bottom and not text(full[at]):
                full[at] = value
        yield first, last, full


def filled_down(rows: Iterable[TableRow], layout: Layout, marks: Marks) -> Iterator[TableRow]:
    """Rows with the code of the last row that has one, where they have an account and none."""
    place, account = layout.columns["code"], layout.columns["account"]
    code: object = ""
    for first, last, values in rows:
        if marks.told(values):
            yield first, last, values
            continue
        full = [*values, *[""] * (place + 1 - len(values))]
        own = text(full[place])
        code = full[place] if own else code
        stands = account < len(full) and is_account(full[account])
        if stands and not own:
            full[place] = code
        yield first, last, full if stands else values
