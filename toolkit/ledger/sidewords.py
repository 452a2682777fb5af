"""What marks the side of an amount: debit or credit, however a ledger says it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from toolkit.words.celltext import text
from toolkit.words.swedish import fold

DEBIT, CREDIT = "debit", "credit"
_FAMILIES = (
    (
        re.compile(r"d[rbt]?|deb?|debe?t?\w*|debit\w*"),
        re.compile(r"[kc][rt]?|[kc]r?e?d?|kred\w*|cred\w*"),
    ),
    (re.compile(r"s|soll"), re.compile(r"h|haben")),
    (re.compile(r"\+|plus|p|pos|positivt?|\+?1"), re.compile(r"-|minus|m|neg|negativt?|-1")),
    (
        re.compile(r"u|ut|utgift(?:er)?|uttag|kostnad(?:er)?|belastning"),
        re.compile(r"i|in|inkomst(?:er)?|insättning|intäkt(?:er)?|återbetalning"),
    ),
    (re.compile(r"40"), re.compile(r"50")),
)
"""Swedish and English, German (Soll, Haben), signs, what is paid and got, SAP's posting keys."""
_CERTAIN = _FAMILIES[:3]
"""Those that a column for the side is read by."""
_DECORATION = re.compile(r"[\s.:()\[\]\"'/*]+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_OF_MUCH_ELSE = frozenset(("1", "+1", "p", "s", "u", "ut", "i", "in", "m", "40", "50"))
_MOST = 3
"""Values that a column for the side may have, blank ones aside: one may mark something else."""


def bare_mark(written: object) -> str:
    """A mark without what stands around it.

    >>> bare_mark("(K)"), bare_mark(" Deb. "), bare_mark("\N{MINUS SIGN}"), bare_mark(None)
    ('k', 'deb', '-', '')
    """
    return _DECORATION.sub("", _DASHES.sub("-", fold(text(written))))


def side_of(written: object) -> str:
    """The side that a mark says in a column for it; nothing for what says none.

    >>> side_of("D"), side_of("Kred."), side_of("H"), side_of("+"), side_of("X")
    ('debit', 'credit', 'credit', 'debit', '')
    """
    shown = bare_mark(written)
    for debit, credit in _CERTAIN:
        if debit.fullmatch(shown):
            return DEBIT
        if credit.fullmatch(shown):
            return CREDIT
    return ""


def sides_in(values: Collection[object]) -> dict[object, str]:
    """What each of a column's few values may say of the side, where they may be marks of it: those
    of one family, at most one that is none, blanks for one of the sides. Nothing where they may
    not.

    >>> sorted(sides_in({"D", "K"}).values()), sides_in({"", "K"})
    (['credit', 'debit'], {'': 'debit', 'K': 'credit'})
    >>> sides_in({"K"}), sides_in({"LF", "BO"}), sides_in({"D", "A", "B", "K"}), sides_in({"", "1"})
    ({}, {}, {}, {})
    """
    shown = {one: bare_mark(one) for one in values}
    marks = {mark for mark in shown.values() if mark}
    if len(marks) > _MOST:
        return {}
    for debit, credit in _FAMILIES:
        told = {mark: CREDIT for mark in marks if credit.fullmatch(mark)}
        told |= {mark: DEBIT for mark in marks if debit.fullmatch(mark)}
        other = _beside(told, marks, blank="" in shown.values())
        if other is not None:
            return {one: told.get(mark, other) for one, mark in shown.items()}
    return {}


def _beside(told: Mapping[str, str], marks: set[str], *, blank: bool) -> str | None:
    """What a value that is no mark says: nothing beside marks of both sides, the other side where
    only one has a mark. None where the marks are none of a column for the side."""
    if {*told.values()} == {DEBIT, CREDIT}:
        return "" if len(marks) - len(told) <= 1 else None
    if not blank or not _is_half(told, marks):
        return None
    return DEBIT if CREDIT in told.values() else CREDIT


def _is_half(told: Mapping[str, str], marks: set[str]) -> bool:
    """Whether a column's only mark is one of credit, or a word for debit: blank rows are of the
    other side. A one by itself is a number."""
    return (
        len(marks) == 1
        and told.keys() == marks
        and not marks & {"1", "+1", "p", "s", "u", "40", "50", "i", "in", "m", "ut"}
    )
