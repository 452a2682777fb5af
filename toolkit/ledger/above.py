"""What the titles above the headings say of a file: whose it is, and what it is a selection of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.ledger.counterparts import board_of
from toolkit.ledger.entries import AccountChart
from toolkit.spec.codelists import Code
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_ALL = ("alla", "samtliga", "*", "%")
_NUMBER = re.compile(r"\b\d{6}-?\d{4}\b")
_SELECTION = re.compile(r"\b(?:urval|filter|filtrering|filtrerat|selektering|avgränsning)")
_ACCOUNTS = re.compile(r"(\d{3,})(?:\s*(?:[-–]+|till|\.\.)\s*(\d{3,}))?")


class Selection(NamedTuple):
    """The codes that a file says it is of, and the accounts where they are not all of the costs."""

    codes: tuple[str, ...] = ()
    accounts: str = ""


def boards_in(cells: Sequence[object], chart: AccountChart, counties: Sequence[Code]) -> set[str]:
    """The county boards that titles name: by their names or by their numbers."""
    shown = [*map(text, cells)]
    # `Länsstyrelse` and `Skåne` may stand in cells of their own.
    pairs = [f"{one} {other}" for one, other in pairwise(shown) if fold(one).endswith("styrelse")]
    numbers = _NUMBER.findall("\n".join(shown))
    found = (board_of(one, chart, counties) for one in [*shown, *pairs, *numbers])
    return {county for county in found if county}


def selection_in(cells: Iterable[object], chart: AccountChart) -> Selection:
    """What titles say that a file is a selection of."""
    written = "\n".join(map(text, cells))
    codes = tuple(_after(written, chart.columns.get("code", ())))
    if not _SELECTION.search(fold(written)):
        return Selection(codes)
    accounts = [one for one in _after(written, chart.columns.get("account", ())) if one]
    return Selection(codes, _partial(", ".join(accounts), chart))


def _after(written: str, headings: Sequence[str]) -> Iterator[str]:
    """The values that stand after any of some headings: `Verksamhet = 801, PM`."""
    known = "|".join(re.escape(one) for one in sorted(headings, key=len, reverse=True))
    if not known:
        return
    for found in re.findall(rf"(?i)\b(?:{known})\b[\s:=]+([^\n;=:()]+)", written):
        yield from (one.strip() for one in re.split(r",|\boch\b|\+", found))


def _partial(accounts: str, chart: AccountChart) -> str:
    """Accounts as they stand, where they leave out costs of the chart."""
    ranges = [(first, last or first) for first, last in _ACCOUNTS.findall(accounts)]
    if not ranges or not chart.kinds or accounts in _ALL:
        return ""
    first = min(kind.first for kind in chart.kinds)
    last = max(kind.last for kind in chart.kinds)
    widest = min(one for one, _ in ranges), max(other for _, other in ranges)
    return "" if widest[0] <= first and last <= widest[1] else accounts
