"""Conditions that are joined so that they say nothing: `r.amne != 'JUR' or r.amne != 'SOC'` is true
of every row, `r.amne == 'JUR' and r.amne == 'SOC'` of none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from jinja2 import nodes

from toolkit.report.arguments import NameFault
from toolkit.report.meanings import literals
from toolkit.report.writing import list_written, written

_IS = {"eq": True, "in": True, "ne": False, "notin": False}


class _Asked(NamedTuple):
    """That something is one of some values, or that it is none of them."""

    subject: str
    is_one: bool
    values: frozenset[object]
    nodes: tuple[nodes.Node, ...]
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
    if not isinstance(part, nodes.Compare) or len(part.ops) != 1 or part.ops[0].op not in _IS:
        return None
    sign, left, right = part.ops[0].op, part.expr, part.ops[0].expr
    if sign in {"eq", "ne"} and isinstance(left, nodes.Const):
        left, right = right, left
    subject, values = written(left), literals(right)
    is_list = isinstance(right, nodes.List | nodes.Tuple)
    if not subject or not values or isinstance(left, nodes.Const):
        return None
    if is_list != (sign in {"in", "notin"}):
        return None
    every = tuple(right.items) if isinstance(right, nodes.List | nodes.Tuple) else (right,)
    if len(values) != len(every):
        return None
    shown = f"{subject} {_SHOWN[sign]} {written(right)}"
    return _Asked(subject, _IS[sign], frozenset(value for _, value in values), every, shown)


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
