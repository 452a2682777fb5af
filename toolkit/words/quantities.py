"""Numbers as a sentence has them, and what it says of their size: `ett par`, `färre än fyra`,
`2–3`, `den tredje`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.words.sentences import SentenceWord
from toolkit.words.swedish import number_word

ARTICLES = frozenset({"en", "ett"})
_LAST_IN_WORDS = 12  # the numbers that Swedish writes in words
_LAST_DIGITS = 4
_FEW = 4  # `ett fåtal` is hardly more
_OPEN = 3  # beyond a lower bound: `minst två` is told of two to five
_NUMBERS = {number_word(number): number for number in range(2, _LAST_IN_WORDS + 1)}
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "femte": 5}
_PHRASES: dict[tuple[str, ...], tuple[int, int]] = {
    ("en", "och", "annan"): (1, 3),
    ("ett", "par"): (2, 3),
    ("några", "få"): (1, _FEW),
    ("en", "handfull"): (3, 6),
    ("ett", "dussin"): (12, 12),
    ("en", "trio"): (3, 3),
    ("en", "duo"): (2, 2),
    ("en", "enda"): (1, 1),
    ("en", "ensam"): (1, 1),
    ("ett", "fåtal"): (1, _FEW),
    ("fåtal",): (1, _FEW),
    ("fåtalet",): (1, _FEW),
    ("enstaka",): (1, _FEW),
    ("handfull",): (3, 6),
    ("halvdussin",): (6, 6),
    ("dussin",): (12, 12),
    ("båda",): (2, 2),
    ("bägge",): (2, 2),
    ("enda",): (1, 1),
}
_UNDER = {("färre", "än"), ("mindre", "än"), ("under",), ("inte", "ens")}
_AT_MOST = {
    *(("högst",), ("max",), ("maximalt",), ("upp", "till"), ("inte", "fler", "än")),
    *(("inte", "mer", "än"), ("som", "mest"), ("ej", "fler", "än")),
}
_OVER = {("fler", "än"), ("flera", "än"), ("mer", "än"), ("över",)}
_AT_LEAST = {("minst",), ("åtminstone",)}
_ABOUT = ("cirka", "ca", "omkring", "ungefär", "knappt", "drygt", "nästan", "närmare", "runt")
_NEARLY = {(one,) for one in _ABOUT}
_JOINED = {"-", "–", "—", "till", "eller", "à", ","}
_LONGEST = 3  # words of a phrase


class Quantity(NamedTuple):
    """At least `low` and at most `high`, from the word at `first` to the one before `end`; the
    number itself is at `start`."""

    low: int
    high: int
    first: int
    start: int
    end: int
    article: bool = False
    ordinal: bool = False
    digits: bool = False


def number_of(word: str) -> int | None:
    """A word as a number; None for any other word, for an article, and for a long row of digits.

    >>> number_of("tre"), number_of("12"), number_of("en"), number_of("20200315")
    (3, 12, None, None)
    """
    if word.isascii() and word.isdigit() and len(word) <= _LAST_DIGITS:
        return int(word)
    return _NUMBERS.get(word)


def quantities_in(words: Sequence[SentenceWord]) -> Iterator[Quantity]:
    """All of a sentence's numbers, in order; none is nought.

    >>> from toolkit.words.sentences import words_of
    >>> def found(text):
    ...     return [one[:2] for one in quantities_in(words_of(text))]
    >>> found("Färre än fyra, 2–3, från två till tre, ett fåtal, högst fem, drygt tio.")
    [(1, 3), (2, 3), (2, 2), (3, 3), (1, 4), (1, 5), (9, 11)]
    >>> found("Ett tjugotal, en tredjedel och 2,5 av 3-åriga.")
    [(1, 1), (1, 1)]
    """
    said, at = [one.said for one in words], 0
    while at < len(said):
        found = _at(said, at)
        if found is not None and found.high:
            yield found
        at = found.end if found else at + 1


def _at(said: Sequence[str], at: int) -> Quantity | None:
    """The quantity that begins at a word.

    >>> _at(["ett", "par", "personer"], 0)[:5]
    (2, 3, 0, 0, 2)
    """
    for length in range(_LONGEST, 0, -1):
        phrase = tuple(said[at : at + length])
        if phrase in _PHRASES:
            low, high = _PHRASES[phrase]
            return Quantity(low, high, at, at, at + length)
    if said[at] in _ORDINALS:
        number = _ORDINALS[said[at]]
        return Quantity(number, number, at, at, at + 1, ordinal=True)
    if said[at] in ARTICLES:
        return Quantity(1, 1, at, at, at + 1, article=True)
    number = number_of(said[at]) or 0
    return _numbered(said, at, number) if number else None


def _numbered(said: Sequence[str], at: int, number: int) -> Quantity:
    """A number with what stands before it and bounds it, or as the beginning of a range.

    >>> _numbered(["färre", "än", "tre"], 2, 3)[:5], _numbered(["två", "till", "tre"], 0, 2)[:5]
    ((1, 2, 0, 2, 3), (2, 3, 0, 0, 3))
    """
    digits = said[at].isdigit()
    to = _range_to(said, at)
    if to > number:
        return Quantity(number, to, at, at, at + 3, digits=digits)
    for length in range(_LONGEST, 0, -1):
        first = at - length
        bound = tuple(said[first:at]) if first >= 0 else ()
        limits = _limits(bound, number)
        if limits is not None:
            return Quantity(*limits, first, at, at + 1, digits=digits)
    return Quantity(number, number, at, at, at + 1, digits=digits)


def _range_to(said: Sequence[str], at: int) -> int:
    """The end of a range that begins at a number; 0 for no range: `från två till tre` are two
    numbers.

    >>> _range_to(["2", "-", "3"], 0), _range_to(["från", "2", "till", "3"], 1)
    (3, 0)
    """
    is_joined = at + 2 < len(said) and said[at + 1] in _JOINED
    if not is_joined or said[at - 1 : at] == ["från"]:
        return 0
    return number_of(said[at + 2]) or 0


def _limits(bound: tuple[str, ...], number: int) -> tuple[int, int] | None:
    """What a number says with the words before it; None where they do not bound it.

    >>> _limits(("högst",), 3), _limits(("fler", "än"), 3), _limits(("alla",), 3)
    ((1, 3), (4, 7), None)
    """
    if bound in _UNDER:
        return (1, number - 1)
    if bound in _AT_MOST:
        return (1, number)
    if bound in _OVER:
        return (number + 1, number + 1 + _OPEN)
    if bound in _AT_LEAST:
        return (number, number + _OPEN)
    return (max(number - 1, 1), number + 1) if bound in _NEARLY else None
