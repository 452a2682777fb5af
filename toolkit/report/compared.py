"""What a chapter compares with what: a code that no answer can have is never equal to any, and the
chapter would say for ever that nobody has answered so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import Signature
from typing import NamedTuple

from jinja2 import nodes
from jinja2.runtime import LoopContext

from toolkit.analysis.merge import CountyState
from toolkit.analysis.states import ReturnState, TableState
from toolkit.analysis.targets import Targets
from toolkit.report.arguments import Arguments, NameFault
from toolkit.report.conditions import Conditions
from toolkit.report.examples import Example
from toolkit.report.likeness import ORDERING, are_set_and_list, sort_of, sort_told
from toolkit.report.meanings import (
    Meaning,
    Names,
    attribute_of,
    bound,
    known_of,
    literals,
    parameters,
    part_of,
)
from toolkit.report.mistaken import Compared, Mistaken, unprintable
from toolkit.report.notices import Explained, Waived
from toolkit.report.voices import Reason, SharedText
from toolkit.report.wanted import given_another_sort, no_share, wrongly_given
from toolkit.report.writing import written
from toolkit.spec.faults import meant

_EQUAL = {"eq", "ne", "equalto", "==", "!=", "in", "notin", "among"}
_SAME_AS = {"eq", "ne", "equalto", "==", "!=", "among"}
"""`among` stands before a list in which an answer is looked for, `in` before an answer that is
looked for in a field."""
_ORDER = {"lt", "lteq", "gt", "gteq", "<", ">", "<=", ">=", "le", "ge", "lessthan", "greaterthan"}
_WORDS: Mapping[str, Sequence[str]] = {
    "verdict": [str(one) for one in ReturnState],
    "state": [str(one) for one in TableState],
}
_BY_FIELD = {"selectattr", "rejectattr"}
_OF_MAPPINGS = {"values", "items", "keys", "get"}


class _Parts(NamedTuple):
    """What a chapter may ask of one of several, and by what name it has them."""

    name: str
    of: type


_PARTS: Mapping[str, _Parts] = {
    "lage": _Parts("lage", CountyState),
    "waiver": _Parts("avsteg", Waived),
    "answer": _Parts("svar", Explained),
    "example": _Parts("exempel", Example),
    "shared_text": _Parts("gemensamt", SharedText),
    "reason": _Parts("inget_skal", Reason),
    "targets": _Parts("malvarden", Targets),
    "loop": _Parts("loop", LoopContext),
}
_Scope = dict[str, Meaning | None]


@dataclass(frozen=True, slots=True)
class Comparisons:
    """Looks through a chapter for what is asked of rows and compared with them."""

    arguments: Arguments
    sorts: Mapping[str, str]
    sets: frozenset[str]
    signatures: Mapping[str, Signature | None]

    def faults(self, template: nodes.Template) -> Iterator[NameFault]:
        """All that is wrong, in the order in which it stands."""
        yield from self._body(template.body, {})

    def _body(self, body: Iterable[nodes.Node], names: _Scope) -> Iterator[NameFault]:
        for node in body:
            match node:
                case nodes.For():
                    yield from self._loop(node, names)
                case nodes.If():
                    yield from self._branches(node, names)
                case nodes.Macro():
                    names[node.name] = Meaning("macro", node=node)
                    own = dict.fromkeys(one.name for one in node.args)
                    yield from self._body(node.body, {**names, **own})
                case nodes.Assign():
                    yield from self._whole(node.node, names)
                    names |= bound(node.target, known_of(node.node, names))
                case nodes.Output():
                    for one in node.nodes:
                        yield from unprintable(known_of(one, names), one.lineno)
                    yield from self._body(node.nodes, names)
                case nodes.Expr():
                    yield from self._whole(node, names)
                case _:
                    yield from self._body(node.iter_child_nodes(), names)

    def _loop(self, loop: nodes.For, names: _Scope) -> Iterator[NameFault]:
        yield from self._whole(loop.iter, names)
        through = known_of(loop.iter, names)
        inner = {**names, **dict(bound(loop.target, through.element if through else None))}
        if loop.test is not None:
            yield from self._whole(loop.test, inner, decides=True)
        yield from self._body(loop.body, inner)
        yield from self._body(loop.else_, dict(names))

    def _branches(self, node: nodes.If, names: _Scope) -> Iterator[NameFault]:
        """A name that the branches set differently stands for nothing that is known."""
        before = dict(names)
        for branch in (node, *node.elif_):
            yield from self._whole(branch.test, before, decides=True)
        for body in (node.body, *(one.body for one in node.elif_), node.else_):
            own = dict(before)
            yield from self._body(body, own)
            changed = {name for name, known in own.items() if known != before.get(name)}
            names |= dict.fromkeys(changed)

    def _whole(
        self, node: nodes.Node, names: Names, *, decides: bool = False
    ) -> Iterator[NameFault]:
        """An expression that stands by itself; `decides` says that it is a condition."""
        yield from self._expression(node, names)
        functions = {name for name, given in self._signatures(names).items() if given}
        conditions = Conditions(self.arguments, frozenset(functions))
        yield from conditions.faults(node, names, decides=decides)

    def _expression(self, node: nodes.Node, names: Names) -> Iterator[NameFault]:
        """An expression with all that is in it."""
        match node:
            case nodes.Compare():
                yield from self._compare(node, names)
            case nodes.Test():
                yield from self._test(node, names)
            case nodes.BinExpr():
                parts = [known_of(one, names) for one in (node.left, node.right)]
                yield from self.mistaken.reckoned(node, parts, self._sorts(names))
            case nodes.Filter():
                yield from self._filter(node, names)
            case nodes.Call():
                yield from given_another_sort(node, self._sorts(names), self.sets)
                yield from wrongly_given(node, self._signatures(names))
                yield from no_share(node, self._sorts(names))
                first = known_of(node.args[0], names) if node.args else None
                yield from self.mistaken.form(node, first)
                yield from self._in_macro(node, names)
            case nodes.Getattr():
                yield from self._asked(known_of(node.node, names), node.attr, node.lineno)
            case nodes.Getitem():
                yield from self._item(node, names)
        for part in node.iter_child_nodes():
            yield from self._expression(part, names)

    def _in_macro(self, call: nodes.Call, names: Names) -> Iterator[NameFault]:
        """What a macro asks of what it is given here. It may call itself."""
        known = known_of(call.node, names)
        if known is None or not isinstance(known.node, nodes.Macro):
            return
        own = parameters(known.node, call, names)
        if any(own.values()):
            inner = {**names, known.node.name: None, **own}
            yield from self._body(known.node.body, inner)

    def _item(self, node: nodes.Getitem, names: Names) -> Iterator[NameFault]:
        owner = known_of(node.node, names)
        for line, name in literals(node.arg, names):
            if isinstance(name, str):
                yield from self._asked(owner, name, line)

    @property
    def mistaken(self) -> Mistaken:
        """What looks at the comparisons that are wrong whatever the answers are."""
        return Mistaken(self.arguments)

    def _test(self, node: nodes.Test, names: Names) -> Iterator[NameFault]:
        """`r.typ is eq('UTB')`."""
        left = _side(node.node, names)
        wanted = node.args[0] if node.args else None
        found = [*self.mistaken.always(node.name, left, node.lineno)]
        if wanted is not None:
            found += self.mistaken.faults(node.name, left, _side(wanted, names), node.lineno)
        yield from found or self._pair(node.name, node.node, wanted, names)

    def _compare(self, node: nodes.Compare, names: Names) -> Iterator[NameFault]:
        left: nodes.Node = node.expr
        for one in node.ops:
            sides = _side(left, names), _side(one.expr, names)
            found = [*self.mistaken.faults(one.op, *sides, left.lineno)]
            yield from found or self._sides(one.op, left, one.expr, names)
            left = one.expr

    def _sides(
        self, sign: str, left: nodes.Node, right: nodes.Node, names: Names
    ) -> Iterator[NameFault]:
        """The two sides of a comparison, where it may be true of some answer."""
        yield from self._unlike(sign, left, right, names)
        yield from self._apart(left, right, names)
        if sign not in {"in", "notin"}:
            yield from self._pair(sign, left, right, names)
            yield from self._pair(sign, right, left, names)
        else:
            yield from self._pair("among", left, right, names)
            yield from self._within(left, right, names)

    def _unlike(
        self, sign: str, left: nodes.Node, right: nodes.Node, names: Names
    ) -> Iterator[NameFault]:
        """Two that can never be equal, or one that a list can never hold. Of a name that the
        chapter gives nothing is known."""
        sorts = self._sorts(names)
        mine, other = sort_of(left, sorts), sort_of(right, sorts)
        if sign in {"in", "notin"}:
            other = _sort_within(right, other, sorts)
        if are_set_and_list(mine, other):
            yield NameFault(left.lineno, "mangd_lista", {})
        if not mine or not other or mine == other:
            return
        told = {"vanster": sort_told(mine), "hoger": sort_told(other)}
        if sign in ORDERING:
            yield NameFault(left.lineno, "korning.jamfora", {**told, "tecken": ORDERING[sign]})
        elif not are_set_and_list(mine, other):
            yield NameFault(left.lineno, "olika_slag", told)

    def _apart(self, left: nodes.Node, right: nodes.Node, names: Names) -> Iterator[NameFault]:
        """Two fields that are compared with each other."""
        both = [known_of(one, names) for one in (left, right)]
        fields = [(one.table, one.field) for one in both if one and one.kind == "value"]
        if len(fields) > 1:
            yield from self.arguments.apart(fields[0], fields[1], left.lineno)

    def _sorts(self, names: Names) -> Mapping[str, str]:
        """Of what the chapter names itself nothing is known."""
        own = {*names, *(f"{name}()" for name in names)}
        return {name: sort for name, sort in self.sorts.items() if name not in own}

    def _signatures(self, names: Names) -> Mapping[str, Signature | None]:
        """What the functions can be given, without those that the chapter has made itself."""
        return {name: one for name, one in self.signatures.items() if name not in names}

    def _within(self, item: nodes.Node, whole: nodes.Node, names: Names) -> Iterator[NameFault]:
        """`'TUR' in r.andamal`."""
        owner = known_of(whole, names)
        if owner is not None and owner.kind in {"value", "values", "written"}:
            yield from self._against(owner, "in", literals(item, names))
        elif owner is not None and owner.kind in {"state_list", "verdicts"} and owner.element:
            yield from self._against(owner.element, "in", literals(item, names))
        elif owner is not None and owner.kind == "counties":
            for line, value in literals(item, names):
                yield from self.arguments.key("lage_all", str(value), line)

    def _pair(
        self, sign: str, answer: nodes.Node, wanted: nodes.Node | None, names: Names
    ) -> Iterator[NameFault]:
        """An answer, and what is written out beside it."""
        owner = known_of(answer, names)
        if owner is not None:
            yield from self._against(owner, sign, literals(wanted, names))

    def _against(
        self, owner: Meaning, sign: str, wanted: Iterable[tuple[int, object]]
    ) -> Iterator[NameFault]:
        if sign not in _EQUAL | _ORDER:
            return
        for line, value in wanted:
            if sign in _SAME_AS and self._is_one_of_several(owner, value):
                yield NameFault(line, "flera", {"varde": str(value)})
            elif owner.kind in {"value", "values"}:
                equal = sign in _EQUAL
                yield from self.arguments.compared(owner.table, owner.field, line, value, equal)
                if sign in _SAME_AS or owner.kind == "values":
                    yield from self.arguments.held(owner.table, owner.field, line, value)
            elif owner.kind == "written":
                yield from self.arguments.rewritten(owner.table, owner.field, line, value)
            elif owner.kind == "number":
                yield from self._number(owner, line, value)
            elif sign in _EQUAL:
                yield from self._equal(owner, line, value)

    def _is_one_of_several(self, owner: Meaning, value: object) -> bool:
        """Whether all of a field's several answers are compared with one."""
        if owner.kind != "value" or owner.is_one:
            return False
        return self.arguments.takes_several(owner.table, owner.field, value)

    def _number(self, owner: Meaning, line: int, value: object) -> Iterator[NameFault]:
        """A part of a day, or a count."""
        if owner.field:
            yield from self.arguments.part_of_day(owner.table, owner.field, line, value)
        elif isinstance(value, str):
            told = {"vanster": sort_told("number"), "hoger": sort_told("text")}
            yield NameFault(line, "olika_slag", told)

    def _equal(self, owner: Meaning, line: int, value: object) -> Iterator[NameFault]:
        """What is no answer, and yet of few words."""
        kind = owner.kind
        if kind == "label":
            yield from self.arguments.label(owner.table, owner.field, line, value)
        elif kind in {"respondent", "name"}:
            yield from self.arguments.respondent(kind, value, line)
        elif kind in _WORDS and value not in _WORDS[kind]:
            likely = meant(str(value), _WORDS[kind])
            yield NameFault(line, "lagesord", {"namn": str(value), "menade": likely})

    def _filter(self, node: nodes.Filter, names: Names) -> Iterator[NameFault]:
        """Fields that a filter asks of rows, and what it compares them with."""
        base = known_of(node.node, names)
        asked = attribute_of(node, names)
        if base is None or base.element is None:
            return
        if not asked:
            yield from self._chosen(node, base.element, names)
            return
        for name in asked.split(","):
            yield from self._asked(base.element, name.partition(".")[0].strip(), node.lineno)
        if node.name == "sum" and base.kind == "rows":
            yield from self.arguments.added_up(base.table, asked, node.lineno)
        if node.name in _BY_FIELD:
            yield from self._chosen_by(node, _field_of(base.element, asked), names)

    def _chosen_by(
        self, node: nodes.Filter, owner: Meaning | None, names: Names
    ) -> Iterator[NameFault]:
        """`selectattr('typ', 'in', ['UTB'])`."""
        if owner is None or not node.args[1:]:
            return
        mine = Compared(owner, f"r.{owner.field}")
        for _, sign in literals(node.args[1], names):
            found = [*self.mistaken.always(str(sign), mine, node.lineno)]
            for one in node.args[2:3]:
                found += self.mistaken.faults(str(sign), mine, _side(one, names), node.lineno)
            told = "among" if sign == "in" else str(sign)
            wanted = literals(node.args[2], names) if node.args[2:] else ()
            yield from found or self._against(owner, told, wanted)

    def _chosen(self, node: nodes.Filter, element: Meaning, names: Names) -> Iterator[NameFault]:
        """`select('equalto', 'UTB')` on answers."""
        if node.name in {"select", "reject"} and len(node.args) > 1:
            for _, sign in literals(node.args[0], names):
                yield from self._against(element, str(sign), literals(node.args[1], names))

    def _asked(self, owner: Meaning | None, name: str, line: int) -> Iterator[NameFault]:
        """A part of a row, or of how it stands with those who report."""
        if owner is None:
            return
        if owner.kind == "row":
            yield from self.arguments.row_field(owner.table, name, line)
        elif owner.kind == "value":
            yield from self.arguments.part(
                owner.table, owner.field, name, line, is_one=owner.is_one
            )
        elif owner.kind in {"states", "lage_all", "table_names"} and name not in _OF_MAPPINGS:
            yield from self.arguments.key(owner.kind, name, line)
        elif owner.kind in _PARTS:
            yield from _no_part(_PARTS[owner.kind], name, line)


def _side(node: nodes.Node, names: Names) -> Compared:
    return Compared(known_of(node, names), written(node))


def _sort_within(whole: nodes.Node, sort: str, sorts: Mapping[str, str]) -> str:
    """The sort of all that a list holds, where that can be seen: the names of sets hold codes."""
    if isinstance(whole, nodes.Name):
        return "text" if sort == "set" else ""
    items = whole.items if isinstance(whole, nodes.List | nodes.Tuple) else []
    every = {sort_of(one, sorts) for one in items}
    return every.pop() if len(every) == 1 else ""


def _no_part(parts: _Parts, name: str, line: int) -> Iterator[NameFault]:
    every = {*getattr(parts.of, "__dataclass_fields__", ()), *dir(parts.of)}
    if name not in every:
        likely = meant(name, sorted(one for one in every if not one.startswith("_")))
        yield NameFault(line, "lage_del", {"i": parts.name, "namn": name, "menade": likely})


def _field_of(element: Meaning, name: str) -> Meaning | None:
    """What `start.year` asks of a row, or `verdict` of how it stands."""
    if element.kind != "row":
        return Meaning("verdict") if (element.kind, name) == ("lage", "verdict") else None
    first, _, part = name.partition(".")
    owner = Meaning("value", element.table, first)
    return part_of(owner, part) if part else owner
