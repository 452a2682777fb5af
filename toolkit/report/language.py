"""How much of Jinja the chapters' language has. What is left out takes all time or memory, or loses
what an answer is, so that a comparison would be false for ever without a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from typing import TypeVar

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension

from toolkit.report.arguments import NameFault
from toolkit.spec.faults import meant
from toolkit.words.swedish import join_and

_OF_SEVERAL = {"list", "first", "last", "unique", "reverse", "map", "select", "reject"}
_OF_SEVERAL |= {"selectattr", "rejectattr", "groupby", "sort", "length", "count", "join"}
_RECKONING = {"sum", "min", "max", "round", "abs", "int"}
REWRITING = ("lower", "upper", "capitalize", "trim", "string")
"""Filters that write an answer in other letters."""
FILTER_NAMES = frozenset(_OF_SEVERAL | _RECKONING | {*REWRITING, "default", "d"})

_SIGNS = {"==", "!=", "<", "<=", ">", ">=", "eq", "equalto", "ne", "in"}
_SIGNS |= {"lt", "lessthan", "le", "gt", "greaterthan", "ge"}
TEST_NAMES = frozenset(_SIGNS | {"defined", "undefined", "none", "odd", "even", "divisibleby"})

GLOBAL_NAMES = frozenset({"range"})

_METHODS = frozenset({"values", "items", "keys", "get", "cycle"})
"""What may stand behind a full stop before brackets: of `lage`, of its tables, of `loop`."""

Known = TypeVar("Known")
_REFUSED: tuple[tuple[type[nodes.Node], str], ...] = (
    (nodes.Pow, "korning.potens"),
    (nodes.Dict, "uppslag"),
    (nodes.Include, "annan_fil"),
    (nodes.Import, "annan_fil"),
    (nodes.FromImport, "annan_fil"),
    (nodes.Extends, "annan_fil"),
)


class _Composed(Extension):
    """Letters that a Mac has written as two signs (`a` and its ring) are read as one each: as the
    names and codes are written elsewhere."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        return unicodedata.normalize("NFC", source)


def restrict(environment: jinja2.Environment) -> None:
    """Takes away what the chapters' language does not have, and reads its letters as one does."""
    environment.add_extension(_Composed)
    _keep(environment.filters, FILTER_NAMES)
    _keep(environment.tests, TEST_NAMES)
    _keep(environment.globals, GLOBAL_NAMES)


def _keep(known: MutableMapping[str, Known], names: Iterable[str]) -> None:
    kept = {name: known[name] for name in names if name in known}
    known.clear()
    known.update(kept)


def outside_language(template: nodes.Template) -> Iterator[NameFault]:
    """What a chapter uses that its language does not have: filters, tests, signs, methods."""
    yield from _unknown(template, nodes.Filter, "filter", FILTER_NAMES)
    yield from _unknown(template, nodes.Test, "prov", TEST_NAMES)
    yield from _unknown_by_name(template)
    for node, kind in _REFUSED:
        for one in template.find_all(node):
            told = "from … import" if node is nodes.FromImport else node.__name__.lower()
            yield NameFault(one.lineno, kind, {"namn": told})
    for call in template.find_all(nodes.Call):
        yield from _method(call)


def _method(call: nodes.Call) -> Iterator[NameFault]:
    method = call.node.attr if isinstance(call.node, nodes.Getattr) else ""
    if method and method not in _METHODS:
        kind = "metod_filter" if method in REWRITING else "metod"
        yield NameFault(call.lineno, kind, {"namn": method})


def _unknown(
    template: nodes.Template, node: type[nodes.Filter | nodes.Test], kind: str, known: Iterable[str]
) -> Iterator[NameFault]:
    for one in template.find_all(node):
        yield from _not_among(one.name, one.lineno, kind, known)


def _unknown_by_name(template: nodes.Template) -> Iterator[NameFault]:
    """Tests and filters that a filter is told by name: `selectattr('status', 'equalto', 'K')`."""
    for one in template.find_all(nodes.Filter):
        place, kind, known = _TOLD_BY_NAME.get(one.name, (len(one.args), "", ()))
        for named in one.args[place : place + 1]:
            if isinstance(named, nodes.Const) and isinstance(named.value, str):
                yield from _not_among(named.value, one.lineno, kind, known)


_TOLD_BY_NAME: Mapping[str, tuple[int, str, Collection[str]]] = {
    **dict.fromkeys(("selectattr", "rejectattr"), (1, "prov", TEST_NAMES)),
    **dict.fromkeys(("select", "reject"), (0, "prov", TEST_NAMES)),
    "map": (0, "filter", FILTER_NAMES),
}
"""Filters that are given the name of a test or a filter, and in which place."""


def _not_among(name: str, line: int, kind: str, known: Iterable[str]) -> Iterator[NameFault]:
    """The likely one is told, or all that there are."""
    if name in known:
        return
    likely = meant(name, known)
    told = {"namn": name, "menade": likely}
    if not likely:
        told["finns"] = join_and(sorted(word for word in known if word[0].isalpha()))
    yield NameFault(line, kind if likely else f"{kind}_inget", told)
