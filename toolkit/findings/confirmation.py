"""Whether a county's answer confirms what was read. Some questions ask for no more than a yes: an
answer that denies it, or names another number, must not let the number that was read stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from toolkit.words.amounts import read_number
from toolkit.words.swedish import fold

_DAY = re.compile(r"\b\d{4}-\d{1,2}-\d{1,2}\b")
# Not the digits of `K6` or `A2019/123`: a cell, an id or a file's number is no amount.
_NUMBER = re.compile(
    r"(?<![\w/-])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)*)(?![/\d])"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Confirmation(NamedTuple):
    """What tells an answer that confirms from one that does not: what was `read`, the words that
    `deny` it and those that only seem to (`not_denying`), those before a mere `bound`, and what is
    said to the county when its answer does not confirm."""

    read: tuple[str, ...]
    deny: tuple[str, ...]
    not_denying: tuple[str, ...]
    bounds: tuple[str, ...]
    told: str

    def is_given(self, said: str) -> bool:
        """Whether an answer confirms."""
        folded = _without(self.not_denying, fold(said))
        return not _has(self.deny, folded) and not self._names_another(folded)

    def _names_another(self, said: str) -> bool:
        """Whether a number or a day stands in the answer that is not one of those read."""
        days = set(_all_in(_DAY, self.read))
        if days:
            return not days.issuperset(_DAY.findall(said))
        known = set(_numbers_in(self.read))
        bounded = re.compile(rf"\b(?:{_any_of(self.bounds)})\s+[\d., ]*\d")
        named = set(_numbers_in([bounded.sub(" ", _DAY.sub(" ", said))]))
        return bool(known) and not named <= known


def numbers_named(said: str) -> set[Decimal]:
    """The numbers that an answer names; days and years are none.

    >>> numbers_named("Det är 1 253 323 kr den 2020-03-12"), numbers_named("Felskrivet 2020")
    ({Decimal('1253323')}, set())
    """
    return set(_numbers_in([_DAY.sub(" ", said)]))


def _all_in(pattern: re.Pattern[str], texts: Iterable[str]) -> Iterator[str]:
    """All that a pattern finds in some texts."""
    for text in texts:
        yield from pattern.findall(text)


def _numbers_in(texts: Iterable[str]) -> Iterator[Decimal]:
    """The numbers in some texts; a year is none."""
    for written in _all_in(_NUMBER, texts):
        number = read_number(written)
        if number and not _YEAR.fullmatch(written):
            yield abs(number.value)


def _has(words: Iterable[str], said: str) -> bool:
    return re.search(rf"\b(?:{_any_of(words)})\b", said) is not None


def _without(words: Iterable[str], said: str) -> str:
    return re.sub(rf"\b(?:{_any_of(words)})\b", " ", said)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(fold(word)) for word in words)
