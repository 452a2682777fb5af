"""Grants: who got what for what, and who got from more than one county."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from toolkit.analysis.merge import Dataset
from toolkit.spec.model import Spec
from toolkit.words.swedish import fold, likeness, sort_key

Row = Mapping[str, Any]
GRANT = "BID"
_ALIKE = 0.85  # two spellings of one word
_PREFIX = 3  # names are compared only where a word begins alike


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of Ekonomi that is a grant. `group` is the recipient under which it counts: the
    first spelling met of names that are alike. `others` are the other counties that the same
    recipient has got grants from."""

    row: Row
    recipient: str
    group: str
    purpose: str
    amount: Decimal
    others: tuple[str, ...]


def grants(data: Dataset, filler: Iterable[str] = ()) -> list[Grant]:
    """Every grant, by recipient, purpose and county. `filler` are words in names that do not tell
    recipients apart."""
    rows = [row for row in data.rows("ekonomi") if row["kostnadsslag"] == GRANT]
    groups = alike([_name(row) for row in rows], _places(data.year.spec), filler)
    titles = {(row["lan"], row["id"]): row["rubrik"] for row in data.rows("aktiviteter")}
    counties: dict[str, list[str]] = {}
    for row in rows:
        counties.setdefault(groups[_name(row)], []).append(row["lansnamn"])
    found = [_grant(row, data.year.spec, groups[_name(row)], titles, counties) for row in rows]
    return sorted(
        found,
        key=lambda one: (
            sort_key(one.group),
            sort_key(one.purpose),
            one.row["lan"],
            one.row["rad"],
        ),
    )


def _name(row: Row) -> str:
    return row["mottagare"] if isinstance(row["mottagare"], str) else ""


def _grant(
    row: Row,
    spec: Spec,
    group: str,
    titles: Mapping[tuple[str, str], Any],
    counties: Mapping[str, Sequence[str]],
) -> Grant:
    amount = row["utfall"] if isinstance(row["utfall"], Decimal) else Decimal(0)
    others = (
        [name for name in dict.fromkeys(counties[group]) if name != row["lansnamn"]]
        if group
        else []
    )
    return Grant(row, _name(row), group, _purpose(row, spec, titles), amount, tuple(others))


def _purpose(row: Row, spec: Spec, titles: Mapping[tuple[str, str], Any]) -> str:
    """The activity that the grant is for; where none is named, what kind of work its code stands
    for."""
    title = titles.get((row["lan"], str(row["aktivitet_id"])))
    if isinstance(title, str) and title:
        return title
    codes = spec.lists["verksamhetskod"].by_code
    return codes[row["verksamhetskod"]].label if row["verksamhetskod"] in codes else ""


def _places(spec: Spec) -> frozenset[str]:
    """Words that are places: two of them that differ are two places, however alike they are."""
    lists = (spec.lists[name] for name in ("lan", "kommun") if name in spec.lists)
    words = {
        word for codes in lists for code in codes.codes for word in fold(code.label).split()
    } - {"län"}
    return frozenset(words | {f"{word}s" for word in words})


def alike(names: Iterable[str], places: frozenset[str], filler: Iterable[str]) -> dict[str, str]:
    """Each name with the first name met that is the same recipient. Case, signs, spelling slips and
    filler do not count; places do."""
    skip = {fold(word) for word in filler}
    words = {name: _words(name, skip) for name in dict.fromkeys(names)}
    groups: dict[str, str] = {}
    near: dict[str, list[str]] = {}
    for name, own in words.items():
        starts = {word[:_PREFIX] for word in own}
        candidates = dict.fromkeys(
            other for start in sorted(starts) for other in near.get(start, ())
        )
        same = (groups[other] for other in candidates if own and _same(own, words[other], places))
        groups[name] = next(same, name)
        for start in starts:
            near.setdefault(start, []).append(name)
    return groups


def _words(name: str, skip: set[str]) -> tuple[str, ...]:
    """The words that tell a recipient from others; all of them when none would be left."""
    every = re.findall(r"\w+", fold(name))
    return tuple(sorted({word for word in every if word not in skip} or set(every)))


def _same(one: Sequence[str], other: Sequence[str], places: frozenset[str]) -> bool:
    """Every word of either has its like in the other."""
    return (
        len(one) == len(other)
        and all(_matched(one, other, places))
        and all(_matched(other, one, places))
    )


def _matched(one: Sequence[str], other: Sequence[str], places: frozenset[str]) -> Iterator[bool]:
    return (any(word == far or _alike_words(word, far, places) for far in other) for word in one)


def _alike_words(one: str, other: str, places: frozenset[str]) -> bool:
    if one in places or other in places or min(len(one), len(other)) <= _PREFIX:
        return False
    return _likeness(one, other) >= _ALIKE


@lru_cache(maxsize=50_000)
def _likeness(one: str, other: str) -> float:
    return likeness(one, other)
