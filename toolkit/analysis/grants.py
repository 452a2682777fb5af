"""Grants: who got what for what, and who got from more than one county."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from toolkit.analysis.merge import Dataset
from toolkit.analysis.natures import nature_codes, nature_of
from toolkit.analysis.needs import Need
from toolkit.analysis.records import SpendLine, TextValue
from toolkit.analysis.states import Nature
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import CodeList
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    AREA_CODES,
    GRANT,
    MUNICIPALITIES,
    RESPONDENTS,
    SPEND_AMOUNT,
    SPEND_KIND,
    SPEND_RECIPIENT,
)
from toolkit.words.swedish import fold, likeness, sort_key

GRANT_NEEDS: tuple[Need, ...] = (SPEND_KIND, GRANT, SPEND_RECIPIENT, SPEND_AMOUNT)
_ALIKE = 0.85  # two spellings of one word
_PREFIX = 3  # names are compared only where a word begins alike


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of Ekonomi that is a grant. `group` is the recipient under which it counts: the
    first spelling met of names that are alike. `others` are the other counties that the same
    recipient has got grants from."""

    line: SpendLine
    recipient: str
    group: str
    purpose: str
    amount: Decimal
    others: tuple[str, ...]
    nature: Nature = Nature.ALL

    @property
    def known(self) -> bool:
        """Whether the amount is: u.s. is not 0."""
        return self.line.outcome is not Missing.UNKNOWN


def grants(data: Dataset, filler: Iterable[str] = ()) -> list[Grant]:
    """Every grant, by recipient, purpose and county. `filler` are words in names that do not tell
    recipients apart. Raises KeyError in a year without a code for grants."""
    grant = data.year.spec.bound[GRANT]
    lines = [line for line in data.spend if line.kind == grant]
    groups = alike([_name(line) for line in lines], _places(data.year.spec), filler)
    counties = _counties(lines, groups)
    purposes, natures = _Purposes(data), nature_codes(data.year.spec)
    found = []
    for line in lines:
        name = _name(line)
        group = groups[name]
        others = [one for one in counties[group] if one != line.county_name] if group else []
        purpose, nature = purposes.of(line), nature_of(line, natures)
        found.append(Grant(line, name, group, purpose, line.spent, tuple(others), nature))
    return sorted(found, key=_order)


def _order(grant: Grant) -> tuple[object, ...]:
    line = grant.line
    return sort_key(grant.group), sort_key(grant.purpose), line.county, line.row


def _name(line: SpendLine) -> str:
    return line.recipient if isinstance(line.recipient, str) else ""


def _counties(lines: Iterable[SpendLine], groups: Mapping[str, str]) -> dict[str, dict[str, None]]:
    """The counties that each recipient has got grants from, in the order of the lines."""
    found: dict[str, dict[str, None]] = {}
    for line in lines:
        found.setdefault(groups[_name(line)], {})[line.county_name] = None
    return found


class _Purposes:
    """What a grant is for."""

    def __init__(self, data: Dataset) -> None:
        self._titles = {(one.county, one.id): one.title for one in data.activities}
        spec = data.year.spec
        self._codes = spec.list_of(AREA_CODES).by_code if spec.bound.has(AREA_CODES) else {}

    def of(self, line: SpendLine) -> str:
        """The activity that the grant is for; where none is named, what kind of work its code
        stands for."""
        title: TextValue = self._titles.get((line.county, line.activity), "")
        if isinstance(title, str) and title:
            return title
        code = self._codes.get(line.code) if isinstance(line.code, str) else None
        return code.label if code else ""


def _places(spec: Spec) -> frozenset[str]:
    """Words that are places: two of them that differ are two places, however alike they are."""
    words: set[str] = set()
    for codelist in _lists_of_places(spec):
        for code in codelist.codes:
            words.update(fold(code.label).split())
    words.discard("län")  # it stands in every county's label, and tells no place
    # With the genitive: `Stockholms kvinnojour`.
    return frozenset(words | {f"{word}s" for word in words})


def _lists_of_places(spec: Spec) -> Iterator[CodeList]:
    for role in (RESPONDENTS, MUNICIPALITIES):
        if spec.bound.has(role):
            yield spec.list_of(role)


def alike(names: Iterable[str], places: frozenset[str], filler: Iterable[str]) -> dict[str, str]:
    """Each name with the first name met that is the same recipient. Case, signs, spelling slips and
    filler do not count; places do."""
    skip = {fold(word) for word in filler}
    words = {name: _words(name, skip) for name in dict.fromkeys(names)}
    groups: dict[str, str] = {}
    near: dict[str, list[str]] = defaultdict(list)
    for name, own in words.items():
        starts = sorted({word[:_PREFIX] for word in own})
        candidates = dict.fromkeys(chain.from_iterable(near[start] for start in starts))
        same = (groups[other] for other in candidates if _same(own, words[other], places))
        groups[name] = next(same, name)
        for start in starts:
            near[start].append(name)
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
    # In a short word one letter makes another word of it.
    if one in places or other in places or min(len(one), len(other)) <= _PREFIX:
        return False
    return _likeness(one, other) >= _ALIKE


# The same few words meet again and again in thousands of names.
@lru_cache(maxsize=50_000)
def _likeness(one: str, other: str) -> float:
    return likeness(one, other)
