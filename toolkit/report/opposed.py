"""Conditions that are joined so that they say nothing: `r.amne != 'JUR' or r.amne != 'SOC'` is true
of every row, `r.amne == 'JUR' and r.amne == 'SOC'` of none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from jinja2 import nodes

from toolkit.report.arguments import NameFault
from toolkit.report.writing import list_written, written

_IS = {"eq": True, "in": True, "ne": False, "notin": False}


class _Asked(NamedTuple):
    """That something is one of some values, or that it is none of them."""

    subject: str
    is_one: bool
    values: frozenset[object]
    nodes: tuple[nodes.Const, ...]
    whole: str


def opposed(node: nodes.And | nodes.Or, parts: Sequence[nodes.Node]) -> Iterator[NameFault]:
    """What `and` or `or` joins and makes the same of all; at most one fault."""
    asked = [one for one in map(_asked, parts) if one is not None]
    is_or = isinstance(node, nodes.Or)
    for one, other in combinations(asked, 2):
        if one.subject == other.subject and _says_nothing(one, other, is_or=is_or):
            yield _told(one, other, node, is_or=is_or)
            return


def _asked(part: nodes.Node) -> _Asked | None:
    """What a comparison asks, where it is of one sign and its values are written out."""
    if not isinstance(part, nodes.Compare) or len(part.ops) != 1 or part.ops[0].op not in _IS:
        return None
    sign, left, right = part.ops[0].op, part.expr, part.ops[0].expr
    if sign in {"eq", "ne"} and isinstance(left, nodes.Const):
        left, right = right, left
    values = _wanted(sign, right)
    subject = "" if isinstance(left, nodes.Const) else written(left)
    if not subject or not values:
        return None
    known = frozenset(one.value for one in values)
    return _Asked(subject, _IS[sign], known, values, f"{subject} {_SHOWN[sign]} {written(right)}")


def _wanted(sign: str, right: nodes.Expr) -> tuple[nodes.Const, ...]:
    """The values that are written out behind a sign, where all of them are."""
    if sign in {"in", "notin"}:
        items = right.items if isinstance(right, nodes.List | nodes.Tuple) else []
    else:
        items = [right]
    known = tuple(one for one in items if isinstance(one, nodes.Const))
    return known if len(known) == len(items) else ()


_SHOWN = {"eq": "==", "ne": "!=", "in": "in", "notin": "not in"}


def _says_nothing(one: _Asked, other: _Asked, *, is_or: bool) -> bool:
    """`or` of two that leave something out says nothing when no value is left out by both; `and` of
    two that want something when none is wanted by both."""
    if one.is_one == other.is_one:
        return one.is_one != is_or and one.values.isdisjoint(other.values)
    wanted, without = (one, other) if one.is_one else (other, one)
    return without.values <= wanted.values if is_or else wanted.values <= without.values


def _told(one: _Asked, other: _Asked, node: nodes.And | nodes.Or, *, is_or: bool) -> NameFault:
    shown = f" {'or' if is_or else 'and'} ".join((one.whole, other.whole))
    if one.is_one != other.is_one:
        return NameFault(node.lineno, "fast", {"varde": shown})
    listed = list_written((*one.nodes, *other.nodes), ", ")
    right = f"{one.subject} {'not in' if is_or else 'in'} [{listed}]"
    return NameFault(node.lineno, "fast_ratt", {"varde": shown, "ratt": right})
