"""Of what sort the chapters' functions must be given something: what can be seen of a call without
any data."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from inspect import Parameter, Signature, signature

from jinja2 import nodes

from toolkit.report.arguments import NameFault
from toolkit.report.facts import Counties
from toolkit.report.likeness import FORMS_OF_NUMBERS, PHRASES, SETS, sort_of, sort_told
from toolkit.spec.faults import meant

SHARE = "procent"
"""The function that writes a share."""
_WANTS_SET = {
    *PHRASES,
    "utan",
    "varav_inget",
    "flertal",
    "fatal",
    "oklart",
    "oklara",
    "fler",
    "hogst",
    "utom",
    "okanda",
}
_WANTS: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(FORMS_OF_NUMBERS, ("number",)),
    **dict.fromkeys(("namn", "Namn", "lanen"), ("list", "set")),
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
        fits = sort == "set" and _is_set(first, sets)
    else:
        fits = sort in _WANTS.get(function, (sort,))
    if sort and not fits:
        yield NameFault(
            call.lineno, "korning.funktion", {"namn": function, "slag": sort_told(sort)}
        )


def no_share(call: nodes.Call, sorts: Mapping[str, str]) -> Iterator[NameFault]:
    """`procent(egen)`: an amount or a count is no share of anything."""
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    if name != SHARE or f"{name}()" not in sorts:
        return
    for one in call.args[:1]:
        if isinstance(one, nodes.Name | nodes.Filter) and sort_of(one, sorts) == "number":
            yield NameFault(call.lineno, "andel", {"namn": name})


def wrongly_given(
    call: nodes.Call, signatures: Mapping[str, Signature | None]
) -> Iterator[NameFault]:
    """A function that is given too much or too little, and a name that is none. `signatures` are
    what the functions can be given; None for a name that stands for a value."""
    name = call.node.name if isinstance(call.node, nodes.Name) else ""
    known = signatures.get(name)
    if name in signatures and known is None:
        yield NameFault(call.lineno, "ingen_funktion", {"namn": name})
    if known is None or call.dyn_args or call.dyn_kwargs:
        return
    for kind, values in _mismatch(known, len(call.args), [one.key for one in call.kwargs]):
        yield NameFault(call.lineno, kind, {"namn": name, **values})


_Mismatches = Iterator[tuple[str, Mapping[str, str]]]


def _mismatch(known: Signature, given: int, named: Sequence[str]) -> _Mismatches:
    every = known.parameters.values()
    by_place = [one.name for one in every if one.kind in _BY_PLACE]
    kinds = {one.kind for one in every}
    if given > len(by_place) and Parameter.VAR_POSITIONAL not in kinds:
        yield "inom_mycket", {}
    if Parameter.VAR_KEYWORD not in kinds:
        yield from _unknown_names(known, named)
    if _lacking(every, {*by_place[:given], *named}):
        yield "inom_saknas", {}


def _unknown_names(known: Signature, named: Iterable[str]) -> _Mismatches:
    for one in named:
        if one not in known.parameters:
            yield "inom_okant", {"del": one, "menade": meant(one, known.parameters)}


def _lacking(every: Iterable[Parameter], given: Collection[str]) -> bool:
    needed = {one.name for one in every if one.default is one.empty and one.kind in _NAMED}
    return not needed <= set(given)


_BY_PLACE = {Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD}
_NAMED = {*_BY_PLACE, Parameter.KEYWORD_ONLY}


def signatures_of(words: Mapping[str, object]) -> dict[str, Signature | None]:
    """What the functions can be given; None for a name that stands for a value."""
    return {name: signature(one) if callable(one) else None for name, one in words.items()}


def _is_set(given: nodes.Node, sets: frozenset[str]) -> bool:
    if isinstance(given, nodes.Call) and isinstance(given.node, nodes.Name):
        return given.node.name in SETS
    return isinstance(given, nodes.Name) and given.name in sets


def sets_in(words: Mapping[str, object]) -> frozenset[str]:
    """The names that stand for some of those who report, with how many they could have been."""
    return frozenset(name for name, value in words.items() if isinstance(value, Counties))
