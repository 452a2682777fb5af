"""Of what sort the chapters' functions must be given something: what can be seen of a call without
any data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from toolkit.report.arguments import NameFault
from toolkit.report.facts import Counties
from toolkit.report.likeness import FORMS_OF_NUMBERS, PHRASES, SETS, sort_of, sort_told

_WANTS_SET = {*PHRASES, "utan", "flertal"}
_WANTS: Mapping[str, str] = {
    **dict.fromkeys(FORMS_OF_NUMBERS, "number"),
    **dict.fromkeys(("namn", "Namn", "lanen"), "list"),
}


def given_another_sort(
    call: nodes.Call, sorts: Mapping[str, str], sets: frozenset[str]
) -> Iterator[NameFault]:
    """A function that is given what it cannot reckon with. `sorts` are those of the names that
    stand for a value and of what functions give, without the names that the chapter gives itself;
    `sets` are the names that stand for some of those who report."""
    if not isinstance(call.node, nodes.Name) or not call.args:
        return
    function, first = call.node.name, call.args[0]
    if f"{function}()" not in sorts:
        return
    sort = sort_of(first, sorts)
    if function in _WANTS_SET:
        fits = sort == "list" and _is_set(first, sets)
    else:
        fits = _WANTS.get(function, sort) == sort
    if sort and not fits:
        yield NameFault(
            call.lineno, "korning.funktion", {"namn": function, "slag": sort_told(sort)}
        )


def _is_set(given: nodes.Node, sets: frozenset[str]) -> bool:
    if isinstance(given, nodes.Call) and isinstance(given.node, nodes.Name):
        return given.node.name in SETS
    return isinstance(given, nodes.Name) and given.name in sets


def sets_in(words: Mapping[str, object]) -> frozenset[str]:
    """The names that stand for some of those who report, with how many they could have been."""
    return frozenset(name for name, value in words.items() if isinstance(value, Counties))
