"""Patterns that a field's answers follow (`pattern`): whether they can be understood, and whether a
single answer could keep the program trying for ever.

Python's `re` tries every way in which a text can be divided among repeats. Where something that is
repeated can itself be repeated in several ways, as in `(L+)+`, the ways double with each letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

_parser: Any = getattr(re, "_parser")  # noqa: B009 (typeshed does not know it)
_MANY = 10  # repeats from which the ways are too many
_BEYOND_LATIN = 0x250  # the first letter after Latin Extended-B
_LETTERS = frozenset(map(chr, range(_BEYOND_LATIN))) | frozenset("–—”’…€")
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_NEGATE = "NEGATE"  # the first part of a class such as `[^@]`
_CLASSES = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}


# By a node's name: which parts of what it is given are patterns themselves.
_PARTS: Mapping[str, Callable[[Any], list[Any]]] = {
    "BRANCH": lambda given: list(given[1]),
    "ATOMIC_GROUP": lambda given: [given],
    "ASSERT": lambda given: [given[1]],
    "ASSERT_NOT": lambda given: [given[1]],
    "GROUPREF_EXISTS": lambda given: list(filter(None, given[1:])),
    **dict.fromkeys((*_REPEATS, "SUBPATTERN"), lambda given: [given[-1]]),
}


def misunderstood(pattern: str) -> int | None:
    """The number of the sign from which a pattern cannot be understood; None when it can."""
    try:
        re.compile(pattern)
    except re.error as error:
        return (error.pos or 0) + 1
    return None


def may_never_end(pattern: str) -> bool:
    """Whether trying a text could take for ever.

    >>> may_never_end(r"(L+)+\\d"), may_never_end(r"(\\d+-?)*"), may_never_end(r"(a|aa)*c")
    (True, True, True)
    >>> may_never_end(r"L\\d{1,3}"), may_never_end(r"(\\w+\\.)+se"), may_never_end(r"(ab|cd)*")
    (False, False, False)
    """
    return any(map(_is_loose, _many_times(_parser.parse(pattern))))


def _many_times(nodes: Iterable[Any]) -> Iterator[list[Any]]:
    """What is repeated many times, wherever it stands in a pattern."""
    for node in nodes:
        name, given = str(node[0]), node[1]
        if name in _REPEATS and given[1] >= _MANY:
            yield _flat(given[2])
        for inner in _within(name, given):
            yield from _many_times(inner)


def _within(name: str, given: Any) -> list[Any]:
    """The parts of a node that are patterns themselves."""
    return _PARTS[name](given) if name in _PARTS else []


def _flat(nodes: Iterable[Any]) -> list[Any]:
    """What stands in a sequence, without the brackets around it."""
    found = []
    for node in nodes:
        found += _flat(node[1][-1]) if str(node[0]) == "SUBPATTERN" else [node]
    return found


def _is_loose(body: list[Any]) -> bool:
    """Whether what is repeated can be matched in several ways, with nothing in it by which its ends
    are known: one sign that must be there and can be nowhere else in it."""
    if not any(map(_varies, body)):
        return False
    signs = [_signs(node) for node in body]
    for number, node in enumerate(body):
        others = frozenset[str]().union(*signs[:number], *signs[number + 1 :])
        if str(node[0]) in {"LITERAL", "IN"} and not signs[number] & others:
            return False
    return True


def _varies(node: Any) -> bool:
    """Whether a node matches texts of several lengths, or one text in several ways."""
    name, given = str(node[0]), node[1]
    if name in _REPEATS:
        return bool(given[0] != given[1]) or any(map(_varies, given[2]))
    if name == "BRANCH":
        return _overlap(given[1]) or any(map(_varies_in, given[1]))
    return name in {"GROUPREF", "GROUPREF_EXISTS"} or any(map(_varies_in, _within(name, given)))


def _varies_in(nodes: Iterable[Any]) -> bool:
    return any(map(_varies, nodes))


def _overlap(choices: Iterable[Any]) -> bool:
    """Whether two of several choices can begin alike, or one be nothing at all."""
    seen = frozenset[str]()
    for choice in choices:
        flat = _flat(choice)
        first = _signs(flat[0]) if flat else _LETTERS
        if first & seen or not flat:
            return True
        seen |= first
    return False


def _signs(node: Any) -> frozenset[str]:
    """The signs that can stand in what a node matches, small and capital."""
    name, given = str(node[0]), node[1]
    if name == "LITERAL":
        return _in_both_cases(frozenset({chr(given)}))
    if name == "IN":
        return _class(given)
    if name == "AT":
        return frozenset()
    inner = _within(name, given)
    if not inner or name in {"GROUPREF_EXISTS"}:
        return _LETTERS
    return frozenset[str]().union(*map(_signs_in, inner))


def _signs_in(nodes: Iterable[Any]) -> frozenset[str]:
    return frozenset[str]().union(*map(_signs, nodes))


def _class(parts: Iterable[Any]) -> frozenset[str]:
    """The signs of a class such as `[^@\\s]`."""
    named = [(str(part), given) for part, given in parts]
    found = frozenset[str]().union(*(_members(*one) for one in named))
    is_negated = any(part == _NEGATE for part, _ in named)
    return _LETTERS - found if is_negated else _in_both_cases(found)


def _members(part: str, given: Any) -> frozenset[str]:
    """The signs of a part of a class; the mark that it is turned round has none."""
    if part == _NEGATE:
        return frozenset()
    if part == "RANGE":
        return frozenset(map(chr, range(given[0], given[1] + 1)))
    if part == "CATEGORY":
        return _category(str(given).removeprefix("CATEGORY_"))
    return frozenset({chr(given)})


def _in_both_cases(signs: frozenset[str]) -> frozenset[str]:
    return signs.union(map(str.lower, signs), map(str.upper, signs))


def _category(name: str) -> frozenset[str]:
    kind = _CLASSES.get(name.removeprefix("NOT_"), r".")
    fitting = frozenset(sign for sign in _LETTERS if re.match(kind, sign))
    return _LETTERS - fitting if name.startswith("NOT_") else fitting
