"""Several extracts of one county: parts of its ledger are added up, and what overlaps is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from toolkit.ledger.entries import Ledger, Outside, Span

ADDED, SAME, OVERLAPPING, DOUBTFUL = "delar", "lika", "overlappar", "oanvand"
"""What the extracts of a county are to each other."""


def together(parts: Sequence[Ledger]) -> tuple[Ledger, str]:
    """One ledger for all extracts of a county, and what they are to each other. Of two that say the
    same the last by name counts; where one cannot be used, or two overlap, none is used."""
    last = parts[-1]
    if not all(part.used for part in parts):
        return _unused(last), DOUBTFUL
    if all(part.booked == last.booked and part.total == last.total for part in parts):
        return last, SAME
    if _apart_in_time(parts) or _apart_in_posts(parts):
        return _added(parts), ADDED
    return _unused(last), OVERLAPPING


def _unused(ledger: Ledger) -> Ledger:
    return replace(ledger, doubts=(*ledger.doubts, "flera"))


def _apart_in_time(parts: Sequence[Ledger]) -> bool:
    spans = sorted(part.dated for part in parts if part.dated)
    ordered = all(one.last < other.first for one, other in pairwise(spans))
    return len(spans) == len(parts) and ordered


def _apart_in_posts(parts: Sequence[Ledger]) -> bool:
    """Whether no anslagspost stands in two of them, and each transaction has one."""
    posts = [{post for _, _, post in part.booked} for part in parts]
    counts = Counter(post for own in posts for post in own)
    return all(own and "" not in own for own in posts) and max(counts.values()) == 1


def _added(parts: Sequence[Ledger]) -> Ledger:
    """The sums of all; how it was read is told of the first."""
    spans = [part.dated for part in parts if part.dated]
    dated = Span(min(one.first for one in spans), max(one.last for one in spans)) if spans else None
    stated = [part.total if part.stated is None else part.stated for part in parts]
    said = any(part.stated is not None for part in parts)
    return replace(
        parts[0],
        file=" + ".join(part.file for part in parts),
        booked=_sums(part.booked for part in parts),
        slack=_sums(part.slack for part in parts),
        transactions=sum(part.transactions for part in parts),
        left_out=sum(part.left_out for part in parts),
        control=sum((part.control for part in parts), Decimal(0)),
        total=sum((part.total for part in parts), Decimal(0)),
        stated=sum(stated, Decimal(0)) if said else None,
        bad_lines=tuple(bad for part in parts for bad in part.bad_lines),
        balances=tuple(one for part in parts for one in part.balances),
        compared=sum(part.compared for part in parts),
        unread=sum(part.unread for part in parts),
        apart=tuple(one for part in parts for one in part.apart),
        outside=tuple(_outside(parts)),
        hidden=tuple(name for part in parts for name in part.hidden),
        dated=dated,
    )


def _sums(
    booked: Iterable[Mapping[tuple[str, str, str], Decimal]],
) -> dict[tuple[str, str, str], Decimal]:
    found: dict[tuple[str, str, str], Decimal] = {}
    for one in booked:
        for key, amount in one.items():
            found[key] = found.get(key, Decimal(0)) + amount
    return found


def _outside(parts: Iterable[Ledger]) -> Iterator[Outside]:
    found: dict[str, Outside] = {}
    for one in (one for part in parts for one in part.outside):
        before = found.get(one.account, Outside(one.account, Decimal(0), 0))
        found[one.account] = Outside(
            one.account, before.amount + one.amount, before.rows + one.rows
        )
    yield from found.values()
