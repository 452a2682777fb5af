"""What the rows of a listing have in common, and what of that makes it doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from toolkit.ledger.copiedrows import SheetRows
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.filldown import ToldOnce
from toolkit.ledger.keys import account_of, unwrapped
from toolkit.ledger.layout import Layout
from toolkit.ledger.othercolumns import OtherColumns
from toolkit.ledger.repeated import Seen
from toolkit.ledger.rows import TableRow
from toolkit.ledger.suspects import Suspects
from toolkit.ledger.tally import GROUPED, Tally
from toolkit.ledger.throughout import BOARDS, Throughout
from toolkit.ledger.twins import Twins
from toolkit.words.celltext import text


def _is_cost(chart: AccountChart, written: object) -> bool:
    return chart.kind_of(account_of(unwrapped(text(written)))) is not None


class ListingWatch:
    """Looks at all rows, batch by batch."""

    def __init__(
        self, layout: Layout, chart: AccountChart, suspects: Suspects, copied: SheetRows
    ) -> None:
        self.filled, self.copied = suspects, copied
        self.seen, self.twins, self.boards = Seen(layout), Twins(layout), Throughout(layout)
        self.others = OtherColumns(layout)
        self.once = ToldOnce(
            layout.columns["account"], layout.columns["code"], partial(_is_cost, chart)
        )

    def note(self, batch: Sequence[TableRow]) -> None:
        """Some rows more."""
        self.seen.note(batch)
        self.once.note(batch)
        self.twins.note(batch)
        self.boards.note(batch)
        self.others.note(batch)
        self.filled.note(batch)
        self.copied.note(batch)

    def tell(self, tally: Tally) -> None:
        """What is known when all rows have come."""
        self.others.tell(tally)
        if self.once.holds:
            tally.doubts.add(GROUPED)
        if self.boards.boards:
            tally.particulars[BOARDS] = self.boards.boards
        if self.twins.heading:
            tally.doubts.add("tva_kolumner")
            tally.particulars["tva_kolumner"] = self.twins.heading
