"""What a chapter asks in `if`, and beside `and`, `or` and `not`: that it can be both true and
false. `r.status == 'P' or 'I'` is true for every row, and the chapter would count them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from toolkit.report.answers import another, first_no
from toolkit.report.arguments import Arguments, NameFault
from toolkit.report.meanings import Meaning, Names, attribute_of, field_of, known_of
from toolkit.report.opposed import opposed
from toolkit.report.writing import list_written, written
from toolkit.spec.fields import Field

_CHOOSING = {"selectattr": 1, "rejectattr": 1, "select": 0, "reject": 0}
"""Filters that ask whether something is true where they are given no test, and how many arguments
they then have."""
_RECKONED = (nodes.Compare, nodes.Concat, nodes.BinExpr, nodes.UnaryExpr)
_TRUE_OR_FALSE = (nodes.Compare, nodes.Test, nodes.Not)
_LISTED = (nodes.List, nodes.Tuple, nodes.Dict)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Looks through expressions for what is always true, or always false, where it decides
    something."""

    arguments: Arguments
    functions: frozenset[str] = frozenset()

    def faults(self, node: nodes.Node, names: Names, *, decides: bool) -> Iterator[NameFault]:
        """What is wrong in an expression; `decides` says that it is a condition itself."""
        match node:
            case nodes.And() | nodes.Or():
                yield from self._joined(node, names, decides=decides)
                return
            case nodes.Not():
                yield from self.faults(node.node, names, decides=True)
                return
        yield from self._uncalled(node)
        if decides and not isinstance(node, nodes.CondExpr):
            yield from self._alone(node, names)
        yield from self._chosen_by(node, names)
        yield from self._parts(node, names, decides=decides)

    def _uncalled(self, node: nodes.Node) -> Iterator[NameFault]:
        """A function without brackets is always true."""
        if isinstance(node, nodes.Name) and node.name in self.functions:
            yield NameFault(node.lineno, "utan_parentes", {"namn": node.name})

    def _parts(self, node: nodes.Node, names: Names, *, decides: bool) -> Iterator[NameFault]:
        """Of an inline `if` what it gives decides as the whole does."""
        is_either = isinstance(node, nodes.CondExpr)
        # What is called, or given to a macro, stands without brackets of its own.
        left_out = nodes.Name if isinstance(node, nodes.Call) else ()
        for inner in node.iter_child_nodes():
            is_asked = is_either and (decides or inner is getattr(node, "test", None))
            if not isinstance(inner, left_out):
                yield from self.faults(inner, names, decides=is_asked)

    def _joined(
        self, node: nodes.And | nodes.Or, names: Names, *, decides: bool
    ) -> Iterator[NameFault]:
        """What `and` and `or` join. The last of them is a value where nothing is decided: `{{ a or
        '–' }}` prints it, and with `or` so are those before."""
        parts = list(_operands(node))
        is_or = isinstance(node, nodes.Or)
        fixed = _written_out(parts if decides or (is_or and _compare(parts)) else parts[:-1], names)
        if fixed:
            yield _always(node, parts, fixed)
        else:
            yield from opposed(node, parts)
        asked = len(parts) if decides else (len(parts) - 1) * (not is_or)
        for place, one in enumerate(parts):
            yield from () if one in fixed else self.faults(one, names, decides=place < asked)

    def _alone(self, node: nodes.Node, names: Names) -> Iterator[NameFault]:
        if not isinstance(node, nodes.Name) and _is_written_out(node, names):
            yield _always(node, [node], [node])
        yield from self._answered(known_of(node, names), written(node), node.lineno)

    def _chosen_by(self, node: nodes.Node, names: Names) -> Iterator[NameFault]:
        """`selectattr('analys_kon')`."""
        if not isinstance(node, nodes.Filter) or _CHOOSING.get(node.name) != len(node.args):
            return
        of = known_of(node.node, names)
        one = field_of(of.element if of else None, attribute_of(node, names))
        if one is not None:
            yield from self._answered(one, f"r.{one.field}", node.lineno)

    def _answered(self, asked: Meaning | None, shown: str, line: int) -> Iterator[NameFault]:
        """An answer by itself: it is true where the field is answered, also with a no."""
        field = self._field(asked)
        if asked is None or field is None:
            return
        told = {"falt": f"{asked.table}.{asked.field}", "villkor": shown or f"r.{asked.field}"}
        right = self._with_a_no(field, told["villkor"])
        if right:
            yield NameFault(line, "ensam_kod", {**told, **right})
        elif _is_always_answered(field):
            yield NameFault(line, "ensamt_falt", told)

    def _field(self, asked: Meaning | None) -> Field | None:
        is_answer = asked is not None and asked.kind == "value"
        return self.arguments.field(asked.table, asked.field) if asked and is_answer else None

    def _with_a_no(self, field: Field, shown: str) -> Mapping[str, str]:
        """The no that a field's list has, and how the others are asked for; nothing for one that
        has none."""
        codes = self.arguments.spec.lists[field.list] if field.list else None
        no = first_no(codes) if codes else None
        if codes is None or no is None:
            return {}
        other = another(codes, no)
        right = f"'{other}' in {shown}" if field.choices > 1 else f"{shown} == '{other}'"
        return {"ratt": right, "nej": no.label}


def _compare(parts: Sequence[nodes.Node]) -> bool:
    """Whether one of them is true or false, so that a text beside it is none to print."""
    return any(isinstance(one, _TRUE_OR_FALSE) for one in parts)


def _written_out(parts: Sequence[nodes.Node], names: Names) -> list[nodes.Node]:
    return [one for one in parts if _is_written_out(one, names)]


def _operands(node: nodes.Expr) -> Iterator[nodes.Expr]:
    """All that one sign joins: `a or b or c`."""
    for one in (node.left, node.right) if isinstance(node, nodes.BinExpr) else ():
        if type(one) is type(node):
            yield from _operands(one)
        else:
            yield one


def _is_written_out(node: nodes.Node, names: Names) -> bool:
    """Whether a value hangs on nothing: a text, a number, true, a list, or reckoned of such."""
    if isinstance(node, nodes.Name):
        known = names.get(node.name)
        return known is not None and known.kind == "literal" and _is_own_text(known)
    if isinstance(node, (nodes.Const, *_LISTED)):
        return True
    return isinstance(node, _RECKONED) and not any(node.find_all(nodes.Name))


def _is_own_text(known: Meaning) -> bool:
    """A name that is set to a text is none that switches a part of the chapter on."""
    return not known.given and not (
        isinstance(known.node, nodes.Const) and isinstance(known.node.value, bool)
    )


def _is_always_answered(field: Field) -> bool:
    """Whether a merged row always has an answer."""
    return field.required and not field.specials


def _always(
    node: nodes.Node, parts: Sequence[nodes.Node], fixed: Sequence[nodes.Node]
) -> NameFault:
    """What is wrong, with what who wrote it seems to mean."""
    told = {"varde": list_written(fixed, ", ")}
    if len(parts) > 1 and _are_constants(parts):
        return NameFault(fixed[0].lineno, "fast_lista", {**told, "ratt": list_written(parts, ", ")})
    right = _spread(node, parts[0], fixed) if _are_constants(fixed) else ""
    return NameFault(fixed[0].lineno, "fast_ratt" if right else "fast", {**told, "ratt": right})


def _are_constants(every: Iterable[nodes.Node]) -> bool:
    return all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in every)


def _spread(node: nodes.Node, first: nodes.Node, values: Sequence[nodes.Node]) -> str:
    """`r.status == 'P' or 'I'` → `r.status in ['P', 'I']`."""
    if not isinstance(first, nodes.Compare) or first in values or len(first.ops) > 1:
        return ""
    (one,) = first.ops
    if one.op in _AMONG:
        return _one_of(one.op, first.expr, one.expr, values)
    if one.op not in _WITHIN:
        return ""
    joins_all = isinstance(node, nodes.And) or one.op == "notin"
    return _in_each([first.expr, *values], one, " and " if joins_all else " or ")


def _in_each(items: Iterable[nodes.Node], one: nodes.Operand, joins: str) -> str:
    """`'A' in r.f or 'B'` → `'A' in r.f or 'B' in r.f`."""
    whole = written(one.expr)
    return joins.join(f"{written(item)} {_WITHIN[one.op]} {whole}" for item in items if whole)


def _one_of(sign: str, one: nodes.Node, other: nodes.Node, values: Sequence[nodes.Node]) -> str:
    subject, first = (other, one) if isinstance(one, nodes.Const) else (one, other)
    known = written(subject)
    listed = list_written([first, *values], ", ")
    return f"{known} {_WITHIN[_AMONG[sign]]} [{listed}]" if known else ""


_AMONG = {"eq": "in", "ne": "notin"}
_WITHIN = {"in": "in", "notin": "not in"}
