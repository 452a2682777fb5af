"""The heading row of a transaction list: what each column is taken for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import NamedTuple

from toolkit.ledger.entries import AccountChart
from toolkit.ledger.rows import TableRow
from toolkit.ledger.sections import Sections, begins_with_one, sections_of, under_headings
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_HEADER_REACH = 30  # rows in which the headings are looked for
SIDES = ("debit", "credit")
_TWINNED = frozenset(("account", "code", "post", "counterpart", "dated", "period", "voucher"))
_KEYS = frozenset(("account", "code", "post", "amount", "side", "dated", "period", "year", "vat"))


class Header(NamedTuple):
    """The heading row."""

    line: int
    last: int
    values: Sequence[object]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a transaction stand: the heading row, the columns, and what separates them
    in a csv (nothing in a workbook).

    Amounts stand in one column (`amount`), which another may say the side of (`side`), or in two
    (`debit`, `credit`). `thousands`: they are in tkr. `balances`: the only ones are balances, which
    are amounts where no account and code has more than one. `doubled`: two columns may be the
    amounts. `twins` are columns that may be the account or another key as well as the one that is
    taken: those with the same heading. `above` is what stands above the headings."""

    header: Header
    columns: Mapping[str, int]
    delimiter: str
    thousands: bool = False
    balances: bool = False
    doubled: bool = False
    above: tuple[object, ...] = ()
    twins: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Columns up to the last heading."""
        named = (place for place, value in enumerate(self.header.values, 1) if text(value))
        return max(named, default=0)

    @property
    def plain(self) -> bool:
        """Whether one column in kronor tells the amounts with their signs."""
        return not self.thousands and not {*SIDES, "side"} & self.columns.keys()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that every transaction has something in, or in one of two."""
        amounts = ("amount",) if "amount" in self.columns else SIDES
        return ("account", "code", *amounts)

    @property
    def others(self) -> tuple[int, ...]:
        """The columns that may say what kind of row it is: all but keys, amounts and days."""
        taken = {place for name, place in self.columns.items() if name in _KEYS | {*SIDES}}
        return tuple(place for place in range(self.width) if place not in taken)


def find_layout(
    rows: Iterator[TableRow], chart: AccountChart, delimiter: str
) -> tuple[Iterator[TableRow], Layout] | None:
    """The rows below the headings, and where each part of a transaction stands. None without
    headings."""
    above: list[object] = []
    for row in islice(rows, _HEADER_REACH):
        header = Header(*row)
        found, doubled = _places(header.values, chart)
        if _has_amounts(found):
            sections, rows = begins_with_one(rows, sections_of(header.values, found, chart))
            if sections is not None:
                rows = under_headings(rows, sections, header.values)
                header, found = _with_sections(header, found, sections)
        layout = _layout(header, found, chart, delimiter, doubled=doubled)
        if layout is not None:
            twins = _twins(header.values, layout.columns, chart)
            if twins:
                rows, layout = _with_filled(rows, layout, twins)
            return rows, replace(layout, above=tuple(above))
        above += row[2]
    return None


def _has_amounts(found: Mapping[str, int]) -> bool:
    return "amount" in found or found.keys() >= set(SIDES)


def _with_sections(
    header: Header, found: Mapping[str, int], sections: Sections
) -> tuple[Header, dict[str, int]]:
    """The headings with a column for each part that stands above the rows."""
    values = [*header.values, *[""] * len(sections.wanted)]
    places = {name: sections.width + at for at, name in enumerate(sections.wanted)}
    return header._replace(values=values), {**found, **places}


def _layout(
    header: Header, found: dict[str, int], chart: AccountChart, delimiter: str, *, doubled: bool
) -> Layout | None:
    balances = False
    if "net" in found:  # what has been deducted as VAT is no cost
        found["amount"] = found.pop("net")
        found.pop("vat", None)
        doubled = False
    if found.keys() >= set(SIDES):
        found.pop("amount", None)  # the same amounts once more, or without their sides
        found.pop("side", None)
        doubled = False
    elif "amount" not in found and "balance" in found:
        found = {"amount" if name == "balance" else name: at for name, at in found.items()}
        balances = True
    sided = found.keys() >= set(SIDES)
    if not found.keys() >= {"account", "code"} or not (sided or "amount" in found):
        return None
    thousands = _in_thousands(header, found, chart)
    return Layout(header, found, delimiter, thousands, balances, doubled)


def _in_thousands(header: Header, found: Mapping[str, int], chart: AccountChart) -> bool:
    amounts = [text(header.values[found[name]]) for name in ("amount", *SIDES) if name in found]
    return not set(map(fold, chart.thousands)).isdisjoint(map(fold, amounts))


def _places(values: Sequence[object], chart: AccountChart) -> tuple[dict[str, int], bool]:
    """Where the parts of a transaction stand in a row of headings, and whether two may be its
    amount. Of two with another name that is the part whose heading stands first in the chart: a
    code stands beside its label."""
    ranks = _ranks(chart)
    found: dict[str, tuple[int, int]] = {}
    amounts = 0
    for place, value in enumerate(values):
        name, rank = ranks.get(fold(text(value)), ("", 0))
        amounts += name == "amount"
        if name and (name not in found or rank < found[name][0]):
            found[name] = (rank, place)
    if "foreign" in found:  # then the other amounts are in kronor
        found.pop("currency", None)
    in_order = sorted(found.items(), key=lambda one: one[1][1])
    return {name: place for name, (_, place) in in_order}, amounts > 1


def parts_in(values: Sequence[object], chart: AccountChart) -> set[str]:
    """The parts of a transaction that a row names, if it is one of headings."""
    ranks = _ranks(chart)
    return {ranks.get(fold(text(value)), ("", 0))[0] for value in values} - {""}


def _twins(
    values: Sequence[object], columns: Mapping[str, int], chart: AccountChart
) -> dict[str, tuple[int, ...]]:
    """The columns with the same heading as one that is taken for a key; of accounts also those with
    another heading that says so."""
    found: dict[str, list[int]] = {}
    ranks = _ranks(chart)
    for place, value in enumerate(values):
        name, rank = ranks.get(fold(text(value)), ("", 0))
        taken = columns.get(name)
        if name not in _TWINNED or taken is None or taken == place:
            continue
        alike = ranks.get(fold(text(values[taken])), ("", 0))[1] == rank
        if alike or name == "account":
            found.setdefault(name, []).append(place)
    return {name: tuple(places) for name, places in found.items()}


def _with_filled(
    rows: Iterator[TableRow], layout: Layout, twins: Mapping[str, tuple[int, ...]]
) -> tuple[Iterator[TableRow], Layout]:
    """The layout with the first column of each key that has something in it, of those that may be
    it; the others are its twins."""
    first = list(islice(rows, _HEADER_REACH))
    columns, others = dict(layout.columns), {}
    for name, places in twins.items():
        every = (columns[name], *places)
        filled = [at for at in every if any(at < len(row) and text(row[at]) for _, _, row in first)]
        columns[name] = next(iter(filled), columns[name])
        others[name] = tuple(at for at in every if at != columns[name])
    return chain(first, rows), replace(layout, columns=columns, twins=others)


def _ranks(chart: AccountChart) -> Mapping[str, tuple[str, int]]:
    """What each heading stands for, and how far down it stands among those of its part."""
    ranks: dict[str, tuple[str, int]] = {}
    for name, headings in chart.columns.items():
        ranks |= {fold(heading): (name, rank) for rank, heading in enumerate(headings)}
    ranks |= {fold(heading): ("amount", rank) for rank, heading in enumerate(chart.thousands)}
    return ranks
