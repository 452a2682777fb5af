"""Accounts and codes that stand in headings among the rows, and not in a column of their own:
`Konto 4110 Löner` above its transactions. Each transaction gets those that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from toolkit.ledger.balancetexts import SURE, balance_text
from toolkit.ledger.days import day_of
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.rows import TableRow
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

SECTIONED = ("account", "code")
_AMOUNTS = ("amount", "debit", "credit")
_REACH = 30  # rows below the headings in which the first such heading is looked for
_CELLS = 3
"""Cells of such a heading at most: its word, its value and its name."""
_NAME = re.compile(r"[^\W\d_].*", re.DOTALL)
_NUMBER = re.compile(r"-?[\d\s]+(?:[.,]\d+)?-?")
_ALONE = re.compile(r"(\d{4,6})(?:\s*[-–:,.]?\s+\D.*|\s*)", re.DOTALL)
"""An account that no word tells: with the name beside it, or nothing."""


def account_in_heading(cell: object) -> str:
    """The account of a heading such as `Konto 4110 Löner` or `4110 Löner`; nothing where none is.

    >>> [account_in_heading(one) for one in ("Konto: 4110 Löner", "4110", "Lön")]
    ['4110', '4110', '']
    """
    found = _ALONE.fullmatch(re.sub(r"^[^\W\d_]+[\s:.]+", "", text(cell)))
    return found[1] if found else ""


class Sections(NamedTuple):
    """What is looked for above the transactions (`wanted`), by the patterns that tell it; the
    columns that only transactions have something in; the column of each part that has one after
    all, where such a heading may stand too; how many columns there are without those that are
    added; and which of the filled ones are amounts, and the code."""

    wanted: tuple[str, ...]
    patterns: Mapping[str, re.Pattern[str]]
    filled: tuple[int, ...]
    own: Mapping[str, int]
    width: int
    amounts: tuple[int, ...] = ()
    code: int | None = None

    def told(self, values: Sequence[object]) -> tuple[str, str] | None:
        """What a row is the heading of: the part and its value. None for any other row."""
        cells = [(place, shown) for place, value in enumerate(values) if (shown := text(value))]
        if not cells or cells[0][0] not in {0, *self.own.values()}:
            return None
        if {place for place, _ in cells[1:]} & {*self.filled}:
            return self._apart(self._without_balance(cells))
        return self._named(cells[0][1])

    def _without_balance(self, cells: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """The cells but for a balance that the heading of an account says it has, and its word:
        `4110`, `Löner`, `Ingående saldo` and `0,00`."""
        worded = [place for place, shown in cells[1:] if balance_text(shown) == SURE]
        if not worded or self.code in {place for place, _ in cells}:
            return cells
        taken = {*worded, *self.amounts}
        kept = [(place, shown) for place, shown in cells if place not in taken]
        return [one for one in kept if _NUMBER.fullmatch(one[1]) is None or one == cells[0]]

    def _apart(self, cells: Sequence[tuple[int, str]]) -> tuple[str, str] | None:
        """The same of a heading whose word, value and name stand in cells of their own, under the
        headings of transactions: `4110` and `Löner`, `Konto`, `4110` and `Löner`."""
        shown = [one for _, one in cells]
        if len(cells) > _CELLS or {place for place, _ in cells} & {*self.amounts}:
            return None
        told = self._named(" ".join(shown))
        worded = _NAME.fullmatch(shown[0]) is not None
        named = told and (worded or any(map(_NAME.fullmatch, shown[1:])))
        beside = shown if told is None or told[1] != shown[0] else shown[1:]
        return told if named and not any(map(day_of, beside[:2])) else None

    def _named(self, shown: str) -> tuple[str, str] | None:
        patterns = [(name, self.patterns[name]) for name in self.wanted]
        if "account" in self.wanted:
            patterns.append(("account", _ALONE))
        found = ((name, pattern.fullmatch(shown)) for name, pattern in patterns)
        return next(((name, match[1]) for name, match in found if match), None)


def sections_of(
    headings: Sequence[object], found: Mapping[str, int], chart: AccountChart
) -> list[Sections]:
    """What may stand in headings among the rows: what no column tells, and accounts also where
    their column is filled in headings alone. A list without vouchers and days has no transactions
    to stand under them."""
    if not found.keys() & {"voucher", "dated"}:
        return []
    lacking = [name for name in SECTIONED if name not in found]
    options = dict.fromkeys([tuple(dict.fromkeys(["account", *lacking])), tuple(lacking)])
    patterns = {name: _after_a_word(chart.columns.get(name, ()), name) for name in SECTIONED}
    own = {name: place for name, place in found.items() if name == "account"}
    amounts = _places(found, _AMOUNTS)
    columns = _places(found, (*_AMOUNTS, "dated", "voucher", "code"))
    width = len(headings)
    one_of_all = Sections((), patterns, columns, own, width, amounts, found.get("code"))
    return [one_of_all._replace(wanted=one) for one in options if one]


def _places(found: Mapping[str, int], names: Iterable[str]) -> tuple[int, ...]:
    return tuple(found[name] for name in names if name in found)


def _after_a_word(words: Iterable[str], name: str) -> re.Pattern[str]:
    """`Konto 4110 Löner`, `Verksamhetskod: PM – Prostitution`."""
    known = "|".join(re.escape(word) for word in words) or r"(?!)"
    value = r"\d{3,}" if name == "account" else r"\S+?"
    return re.compile(rf"(?i:{known})[\s:.]+({value})(?:[\s:–,-].*)?", re.DOTALL)


def begins_with_one(
    rows: Iterator[TableRow], options: Iterable[Sections]
) -> tuple[Sections | None, Iterator[TableRow]]:
    """The first of some whose every part has a heading above the first transaction, if any; and the
    rows from their beginning."""
    first = list(islice(rows, _REACH))
    found = next((one for one in options if _seen(first, one) >= set(one.wanted)), None)
    return found, chain(first, rows)


def _seen(rows: Iterable[TableRow], sections: Sections) -> set[str]:
    """The parts that have a heading above the first transaction."""
    seen: set[str] = set()
    for _, _, values in rows:
        told = sections.told(values)
        if told is None and _is_filled(values, sections):
            break
        seen |= {told[0]} if told else set()
    return seen


def _is_filled(values: Sequence[object], sections: Sections) -> bool:
    """Whether a row has something in more than one of the columns of transactions; amounts alone
    are the sums of some."""
    held = [at for at in sections.filled if at < len(values) and text(values[at])]
    return len(held) > 1 and not {*held} <= {*sections.amounts}


def under_headings(
    rows: Iterator[TableRow], sections: Sections, headings: Sequence[object]
) -> Iterator[TableRow]:
    """The rows with the parts they stand under after their own columns; the headings themselves are
    passed over. What stands outermost comes first in a file, and takes the others along when it
    changes."""
    open_ones: dict[str, str] = {}
    again = [fold(text(value)) for value in headings]
    for first, last, values in rows:
        told = sections.told(values)
        if told is not None:
            _open(open_ones, *told)
            continue
        # The headings of a new page, and rows beside the transactions, stand under nothing.
        own = [fold(text(value)) for value in values[: sections.width]]
        under = _is_filled(values, sections) and own != again
        yield first, last, _with_parts(values, sections, open_ones if under else None)


def _with_parts(
    values: Sequence[object], sections: Sections, open_ones: Mapping[str, str] | None
) -> Sequence[object]:
    """A row with its parts beside it, or with blanks where it stands under nothing. One with more
    fields than there are headings is left as it stands, to be told."""
    if len(values) > sections.width:
        return values
    parts = [""] * len(sections.wanted)
    if open_ones is not None:
        parts = [_part(name, values, sections, open_ones) for name in sections.wanted]
    return [*values, *[""] * (sections.width - len(values)), *parts]


def _part(
    name: str, values: Sequence[object], sections: Sections, open_ones: Mapping[str, str]
) -> str:
    """What stands in the row's own column, if it has one, or else above it."""
    place = sections.own.get(name)
    beside = text(values[place]) if place is not None and place < len(values) else ""
    return beside or open_ones.get(name, "")


def _open(open_ones: dict[str, str], name: str, value: str) -> None:
    """A heading: what stands within the last one of its kind is closed."""
    names = list(open_ones)
    for inner in names[names.index(name) + 1 :] if name in open_ones else ():
        del open_ones[inner]
    open_ones[name] = value
