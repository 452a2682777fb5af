"""How many persons a text tells of: `tre utsatta kvinnor`, `personer: 3`, `två kvinnor och en
man`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from toolkit.words.swedish import fold, number_word

_WORD = re.compile(r"\w+")
_LAST_IN_WORDS = 12  # the numbers that Swedish writes in words
_BETWEEN = 2  # words between the number and the persons: `tre av de utsatta`
_NUMBERS = {number_word(number): number for number in range(1, _LAST_IN_WORDS + 1)}
_NUMBERS |= {number_word(1, common=False): 1}
_LAST_DIGITS = 4
_OF_THESE = {"av", "de", "dem", "st", "stycken"}
SEVERAL = re.compile(r".*(?:or|(?<!off)er|ar|[aeo]rna|ena|männen|män|[dt]a)|unga|vuxna")
"""What ends so is more than one."""
_GROUPS = ("tal", "antal", "del", "grupp", "rad", "mängd", "par", "majoritet", "andel", "skara")
_PARTING = frozenset(
    [
        "om",
        "för",
        "till",
        "av",
        "med",
        "i",
        "på",
        "från",
        "mot",
        "som",
        "och",
        "hos",
        "vid",
        "kring",
        "bland",
        "per",
    ]
)
_BREAK = re.compile(r"[.,;:!?]")
_JOINED = re.compile(r"(?:\s+\w+){0,3}?(?:,|\s+(?:och|samt|plus)|\s*\+)\s+", re.IGNORECASE)
"""What stands between two counts that are added: `kvinnor från länet och en man`. No stop, and
nothing that makes the second a part of the first (`fem personer, varav två kvinnor`)."""
_COUNTED = (
    r"(?:(?:\s+\w+){0,5}\s*[:=(]|\s*\b(?:var|är|blev|uppgick till|uppgår till|till antalet)\b)\s*"
    r"(?:(?:bara|endast|sammanlagt|totalt)\s+)?"
)
_ENDS = r"(?=\s*(?:[.,;)!?]|$|(?:st|stycken|till antalet|under)\b))"
"""What stands behind a number of persons, and not behind ages, times and numbers of other
things."""


class PersonCount(NamedTuple):
    """A number of persons in a text, and the words that tell it."""

    number: int
    words: str


class _Placed(NamedTuple):
    """A number of persons between two places of a text."""

    number: int
    start: int
    end: int


def person_counts(text: str, nouns: Collection[str]) -> Iterator[PersonCount]:
    """The numbers that stand before one of the nouns, which are whole words in small letters, or
    behind it, and what several of them come to together. A decade (`20-årig`) and a year are no
    such numbers unless a noun follows them.

    >>> nouns = {"person", "personer", "kvinnor", "man"}
    >>> [*person_counts("Tre utsatta kvinnor fick stöd.", nouns)]
    [PersonCount(number=3, words='Tre utsatta kvinnor')]
    >>> [one.number for one in person_counts("Två av 12 personer. En ung person.", nouns)]
    [12, 1]
    >>> [one.number for one in person_counts("Antal personer: 3. Två kvinnor och en man.", nouns)]
    [3, 2, 1, 3]
    >>> [*person_counts("Två möten om kvinnojourer.", nouns)]
    []
    """
    before = list(_before_nouns(text, nouns))
    placed = sorted({*before, *_behind_nouns(text, nouns)}, key=lambda one: (one.start, one.end))
    for one in [*placed, *_together(text, before)]:
        yield PersonCount(one.number, text[one.start : one.end])


def numbers_in(text: str) -> set[int]:
    """Every number of a text, in digits or in words, whatever it is a number of.

    >>> sorted(numbers_in("Ja, 3 stämmer. Året före var det tolv (2019)."))
    [3, 12, 2019]
    """
    said = (_number(fold(word)) for word in _WORD.findall(text))
    return {number for number in said if number is not None}


def _before_nouns(text: str, nouns: Collection[str]) -> Iterator[_Placed]:
    """The numbers that stand before a noun.

    >>> [*_before_nouns("Fick tre kvinnor stöd?", {"kvinnor"})]
    [_Placed(number=3, start=5, end=16)]
    """
    found = list(_WORD.finditer(text))
    words = [fold(one[0]) for one in found]
    for place, word in enumerate(words):
        number = _number(word)
        if number is None:
            continue
        ahead = words[place + 1 : place + 2 + _BETWEEN]
        steps = _steps_to_noun(number, ahead, nouns)
        if steps is not None:
            start, end = found[place].start(), found[place + 1 + steps].end()
            if not _BREAK.search(text[start:end]):
                yield _Placed(number, start, end)


def _behind_nouns(text: str, nouns: Collection[str]) -> Iterator[_Placed]:
    """The numbers that stand behind a noun.

    >>> [*_behind_nouns("Antal kvinnor: tre.", {"kvinnor"})]
    [_Placed(number=3, start=6, end=18)]
    """
    for found in _behind(frozenset(nouns)).finditer(text):
        number = _number(fold(found[1]))
        if number is not None:
            yield _Placed(number, found.start(), found.end())


@cache
def _behind(nouns: frozenset[str]) -> re.Pattern[str]:
    """The pattern of a noun with its number behind it.

    >>> _behind(frozenset({"personer"})).search("Antal personer var tre.")[1]
    'tre'
    """
    named = "|".join(re.escape(noun) for noun in sorted(nouns))
    said = "|".join([*sorted(_NUMBERS), r"\d+"])
    return re.compile(rf"\b(?:{named})\b{_COUNTED}({said})\b{_ENDS}", re.IGNORECASE)


def _together(text: str, counts: Sequence[_Placed]) -> Iterator[_Placed]:
    """What counts that are joined come to.

    >>> text = "två kvinnor och en man"
    >>> [*_together(text, [*_before_nouns(text, {"kvinnor", "man"})])]
    [_Placed(number=3, start=0, end=22)]
    """
    groups: list[list[_Placed]] = []
    for one in counts:
        if groups and _JOINED.fullmatch(text[groups[-1][-1].end : one.start]):
            groups[-1].append(one)
        else:
            groups.append([one])
    for group in groups:
        if len(group) > 1:
            total = sum(one.number for one in group)
            yield _Placed(total, group[0].start, group[-1].end)


def _number(word: str) -> int | None:
    """A word as a number; None for any other word, and for a long row of digits.

    >>> _number("tre"), _number("12"), _number("personer"), _number("20200315")
    (3, 12, None, None)
    """
    if word.isascii() and word.isdigit() and len(word) <= _LAST_DIGITS:
        return int(word)
    return _NUMBERS.get(word)


def _is_one(ahead: Sequence[str]) -> bool:
    """Whether `en` or `ett` before these words is a number of the last of them: `en ung kvinna` and
    `en av kvinnorna`, not `ett tjugotal kvinnor` or `en rutin för barn`.

    >>> _is_one(["ung", "kvinna"]), _is_one(["av", "kvinnorna"])
    (True, True)
    >>> _is_one(["tjugotal", "män"]), _is_one(["rutin", "för", "barn"])
    (False, False)
    """
    *between, noun = ahead
    if between[:1] == ["av"]:
        return True
    is_several = SEVERAL.fullmatch(noun) or any(one.endswith(_GROUPS) for one in between)
    return not is_several and not _PARTING.intersection(between)


def _steps_to_noun(number: int, ahead: list[str], nouns: Collection[str]) -> int | None:
    """How many words stand before the noun. What stands between is an adjective, which ends in -a
    or -e where there are several (`tre unga kvinnor`), or `av de`.

    >>> _steps_to_noun(3, ["unga", "kvinnor"], {"kvinnor"}), _steps_to_noun(3, ["möten"], {"man"})
    (1, None)
    """
    for steps, word in enumerate(ahead):
        if word in nouns:
            return steps if number > 1 or _is_one(ahead[: steps + 1]) else None
        # `tre (3) personer` says the same number twice.
        if _number(word) == number:
            continue
        if number > 1 and word not in _OF_THESE and not word.endswith(("a", "e")):
            return None
    return None
