"""Values that a chapter compares and that can never be equal: a number and a text, a text and a
list. The chapter would say for ever that it is not so."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from jinja2 import nodes

from toolkit.analysis.merge import CountyState
from toolkit.report.answers import AnswerRow, CodeAnswer, KnownCode, NoAnswer, SeveralAnswers
from toolkit.report.mishaps import ChapterMistake, Mishaps
from toolkit.report.syntax import chapter_texts
from toolkit.spec.marks import SPECIAL_ANSWERS

_SORTS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((bool,), "bool"),
    ((int, float, Decimal), "number"),
    ((str, CodeAnswer, Enum), "text"),
    ((date,), "day"),
    ((dict,), "mapping"),
    ((set, frozenset), "set"),
    ((list, tuple, range), "list"),
    ((AnswerRow,), "row"),
    ((CountyState,), "lage"),
)
"""Of what sort a value is; the first that fits."""
_TOLD: Mapping[str, str] = {
    "number": "tal", "text": "text", "list": "lista", "set": "lista", "row": "rad",
    "day": "dag", "bool": "janej", "mapping": "samling", "lage": "lage",
}  # fmt: skip
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq, "ne": operator.ne,
    "lt": operator.lt, "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge,
    "in": lambda item, whole: item in whole, "notin": lambda item, whole: item not in whole,
}  # fmt: skip
RECKONING = {"+", "-", "*", "/", "//", "%"}
_SORT_OF_FILTER: Mapping[str, str] = {
    **dict.fromkeys(("length", "count", "sum", "int", "abs", "round"), "number"),
    **dict.fromkeys(("list", "sort", "unique", "map"), "list"),
    **dict.fromkeys(("select", "reject", "selectattr", "rejectattr"), "list"),
}
ORDERING: Mapping[str, str] = {"lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
"""The signs that ask which of two comes first, as they are written."""
TESTS: Mapping[str, str] = {
    "eq": "eq", "==": "eq", "equalto": "eq", "ne": "ne", "!=": "ne", "in": "in",
    "lt": "lt", "<": "lt", "lessthan": "lt", "le": "lteq", "<=": "lteq",
    "gt": "gt", ">": "gt", "greaterthan": "gt", "ge": "gteq", ">=": "gteq",
}  # fmt: skip
"""Jinja's tests that compare, with the sign that each stands for."""

FORMS_OF_NUMBERS = ("kr", "mnkr", "procent", "tal", "ord", "Ord")
PHRASES = ("lst", "Lst", "kort", "brak", "jamfor", "Jamfor")
SETS = (
    "lan",
    "utan",
    "varav_inget",
    "inget_i",
    "utslag",
    "underlag",
    "lanen",
    "hallna",
    "hogst",
    "utom",
    "okanda",
    "utan_belopp",
)
"""Functions that give some of those who report, and of how many."""
_TEXTS = (
    "namn",
    "Namn",
    "genitiv",
    "indikatorsumma",
    "indikatorord",
    "bortfall",
    "kallor",
    "oklart",
    "oklara",
    "fler",
    "utelamnade",
)
GIVES: Mapping[str, str] = {
    **dict.fromkeys((*PHRASES, *_TEXTS, *FORMS_OF_NUMBERS), "text"),
    **dict.fromkeys((*SETS, "vanligast"), "set"),
    "rader": "list",
    **dict.fromkeys(("antal_koder", "tal_ar"), "number"),
    **dict.fromkeys(("flertal", "fatal", "brett", "inom_omradet", "samma_lan"), "bool"),
}
"""Of what sort is what a function gives."""


def compared(mishaps: Mishaps, first: object, *others: object) -> bool:
    """What a comparison gives: of `a < b == c` the `first`, and by turns each sign and what stands
    behind it. Raises ChapterMistake for two that can never be equal."""
    left = first
    signs, values = others[::2], others[1::2]
    for sign, right in zip(map(str, signs), values, strict=True):
        # What a filter gives is there once.
        whole = list(right) if isinstance(right, Iterator) else right
        _refuse_unlike(mishaps, sign, left, whole)
        if not _OPERATORS[sign](left, whole):
            return False
        left = whole
    return True


def _refuse_unlike(mishaps: Mishaps, sign: str, left: object, right: object) -> None:
    if sign in {"eq", "ne"} and _are_unlike(left, right):
        raise _never(mishaps, left, right)
    _refuse_of_codes(mishaps, sign, left, right)
    whole: list[object] = []
    if isinstance(right, Collection) and not isinstance(right, str):
        whole += right
    if sign in {"in", "notin"} and _has_none_like(left, whole):
        raise _never(mishaps, left, whole[0])


def _refuse_of_codes(mishaps: Mishaps, sign: str, left: object, right: object) -> None:
    """A code is neither greater nor less than anything, and is sought in a list."""
    if sign in ORDERING and any(isinstance(one, CodeAnswer | KnownCode) for one in (left, right)):
        raise mishaps.mistake("kod_ordning")
    if sign in {"in", "notin"} and isinstance(right, str) and isinstance(left, CodeAnswer):
        raise mishaps.mistake("text_som_lista", villkor="…", varde=right)


def _has_none_like(item: object, whole: Collection[object]) -> bool:
    """Whether a list that is not empty holds nothing of the item's sort."""
    return bool(whole) and all(_are_unlike(item, one) for one in whole)


def _never(mishaps: Mishaps, left: object, right: object) -> ChapterMistake:
    if are_set_and_list(_sort(left), _sort(right)):
        return mishaps.mistake("mangd_lista")
    return mishaps.mistake(
        "olika_slag", vanster=mishaps.kind_of(left), hoger=mishaps.kind_of(right)
    )


def _are_unlike(one: object, other: object) -> bool:
    sorts = {_sort(one), _sort(other)}
    return None not in sorts and len(sorts) == 2


def are_set_and_list(one: str | None, other: str | None) -> bool:
    """Whether two sorts are told by the same word, and yet never equal."""
    return {one, other} == {"set", "list"}


def sort_of(node: nodes.Node, names: Mapping[str, str]) -> str:
    """Of what sort an expression is, as far as that can be seen without any data; `names` are the
    sorts of the names that stand for a value, and of what functions give (`lst()`). Empty for what
    cannot be seen."""
    match node:
        case nodes.Const():
            return _sort(node.value) or ""
        case nodes.BinExpr():
            parts = {sort_of(node.left, names), sort_of(node.right, names)}
            return "number" if parts == {"number"} and node.operator in RECKONING else ""
        case nodes.Name():
            return names.get(node.name, "")
        case nodes.Filter():
            return _SORT_OF_FILTER.get(node.name, "")
        case nodes.Call(node=nodes.Name(name=name)):
            return names.get(f"{name}()", "")
        case nodes.Concat():
            return "text"
        case nodes.List() | nodes.Tuple():
            return "list"
    return ""


def sorts_of(words: Mapping[str, object]) -> dict[str, str]:
    """The sorts of the names that stand for a value, and of what the functions give."""
    found = {name: _sort(value) for name, value in words.items() if not callable(value)}
    given = {f"{name}()": sort for name, sort in GIVES.items() if name in words}
    return {**{name: sort for name, sort in found.items() if sort}, **given}


def sort_told(sort: str) -> str:
    """A sort in a word or two."""
    return chapter_texts()(f"slag.{_TOLD[sort]}")


def _sort(value: object) -> str | None:
    """None for what may be equal to anything: no answer, nothing, and the words for it; and for
    several answers, which say themselves what they are never equal to."""
    if isinstance(value, NoAnswer | SeveralAnswers) or value is None:
        return None
    if isinstance(value, str) and value in {"", *SPECIAL_ANSWERS.values()}:
        return None
    return next((sort for types, sort in _SORTS if isinstance(value, types)), None)
