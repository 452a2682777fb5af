"""Several extracts of one county: parts of its ledger are added up, and what overlaps is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, pairwise

from toolkit.ledger.entries import Ledger, Outside, Span

ADDED, SAME, OVERLAPPING, DOUBTFUL = "delar", "lika", "overlappar", "oanvand"
"""What the extracts of a county are to each other."""


def together(parts: Sequence[Ledger]) -> tuple[Ledger, str]:
    """One ledger for all extracts of a county, and what they are to each other. Of two that say the
    same the last by name counts; where one cannot be used, or two overlap, none is used."""
    last = parts[-1]
    if not all(part.used for part in parts):
        return _unused(last), DOUBTFUL
    apart = _apart_in_time(parts)  # two halves of a year may come to the same
    alike = all(part.booked == last.booked and part.total == last.total for part in parts)
    if alike and not apart:
        return last, SAME
    if apart or _apart_in_posts(parts) or _apart_in_keys(parts):
        return _added(parts), ADDED
    return _unused(last), OVERLAPPING


def with_parts_marked(read: Iterable[Ledger | str]) -> list[Ledger | str]:
    """The extracts, those of a county that has several marked so: each may be of a part of the year
    or a selection of codes."""
    ledgers = list(read)
    counts = Counter(one.county for one in ledgers if isinstance(one, Ledger))
    return [
        replace(one, part=one.county is not None and counts[one.county] > 1)
        if isinstance(one, Ledger)
        else one
        for one in ledgers
    ]


def _unused(ledger: Ledger) -> Ledger:
    return replace(ledger, doubts=(*ledger.doubts, "flera"))


def _apart_in_time(parts: Sequence[Ledger]) -> bool:
    spans = sorted(part.dated for part in parts if part.dated)
    ordered = all(one.last < other.first for one, other in pairwise(spans))
    return len(spans) == len(parts) and ordered


def _apart_in_posts(parts: Sequence[Ledger]) -> bool:
    """Whether no anslagspost stands in two of them, and each transaction has one."""
    posts = [{post for _, _, post in part.booked} for part in parts]
    counts = Counter(chain.from_iterable(posts))
    return all(own and "" not in own for own in posts) and max(counts.values()) == 1


def _apart_in_keys(parts: Sequence[Ledger]) -> bool:
    """Whether no code and kostnadsslag stands in two of them, so that they share no transaction:
    one extract for each code, or one of salaries and one of the rest. Posts say nothing here: of
    two extracts of the same, one may lack them."""
    counts = Counter(chain.from_iterable(part.sums for part in parts))
    return all(part.booked for part in parts) and max(counts.values()) == 1


def _added(parts: Sequence[Ledger]) -> Ledger:
    """The sums of all; how it was read is told of the first."""
    whole = parts[0]
    for part in parts[1:]:
        whole = _with(whole, part)
    return whole


def _with(one: Ledger, other: Ledger) -> Ledger:
    spans = [span for span in (one.dated, other.dated) if span]
    firsts, lasts = [span.first for span in spans], [span.last for span in spans]
    dated = Span(min(firsts), max(lasts)) if spans else None
    return replace(
        one,
        file=f"{one.file} + {other.file}",
        booked=_sums((one.booked, other.booked)),
        slack=_sums((one.slack, other.slack)),
        bridged=_sums((one.bridged, other.bridged)),
        candidates=_sums((one.candidates, other.candidates)),
        years=tuple(sorted({*one.years, *other.years})),
        days=one.days | other.days,
        spans=_spans(one.spans + other.spans),
        whole_told=one.whole_told or other.whole_told,
        handed=one.handed + other.handed,
        turned_by_range=one.turned_by_range + other.turned_by_range,
        transactions=one.transactions + other.transactions,
        left_out=one.left_out + other.left_out,
        control=one.control + other.control,
        signs=(one.signs[0] + other.signs[0], one.signs[1] + other.signs[1]),
        sign_told=one.sign_told and other.sign_told,
        total=one.total + other.total,
        stated=_stated(one, other),
        bad_lines=one.bad_lines + other.bad_lines,
        balances=one.balances + other.balances,
        compared=one.compared + other.compared,
        unread=one.unread + other.unread,
        apart=one.apart + other.apart,
        outside=tuple(_outside((*one.outside, *other.outside))),
        uncounted=tuple(_outside((*one.uncounted, *other.uncounted))),
        classes=tuple(_outside((*one.classes, *other.classes))),
        sheets=one.sheets + other.sheets,
        hidden=one.hidden + other.hidden,
        dated=dated,
        certain=one.certain and other.certain,
    )


def _spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """From the first day to the last that any of them says."""
    if not spans:
        return ()
    return (Span(min(span.first for span in spans), max(span.last for span in spans)),)


def _stated(one: Ledger, other: Ledger) -> Decimal | None:
    """What the files say that they come to; one that does not say has what was read of it."""
    if one.stated is None and other.stated is None:
        return None
    both = [part.total if part.stated is None else part.stated for part in (one, other)]
    return sum(both, Decimal(0))


def _sums(
    booked: Iterable[Mapping[tuple[str, str, str], Decimal]],
) -> dict[tuple[str, str, str], Decimal]:
    found: dict[tuple[str, str, str], Decimal] = {}
    for one in booked:
        for key, amount in one.items():
            found[key] = found.get(key, Decimal(0)) + amount
    return found


def _outside(accounts: Iterable[Outside]) -> Iterator[Outside]:
    found: dict[str, Outside] = {}
    for one in accounts:
        before = found.get(one.account, Outside(one.account, Decimal(0), 0))
        found[one.account] = Outside(
            one.account, before.amount + one.amount, before.rows + one.rows
        )
    yield from found.values()
