"""What can be known of a chapter's expressions without any data: which table's rows they are, which
field's answers, which literals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import nodes

from toolkit.report.language import REWRITING

_SAME = {"sort", "list", "unique", "reverse", "selectattr", "rejectattr", "select", "reject"}
_ONE = {"first", "last", "random", "min", "max"}
_ELEMENTS = {"rows": "row", "values": "value", "value": "value", "groups": "group"}
_ELEMENTS |= {"lage_list": "lage", "lage_pairs": "lage_pair", "verdicts": "verdict"}
_ELEMENTS |= {"counties": "respondent", "lage_all": "respondent"}
_ELEMENTS |= {"state_list": "state", "waivers": "waiver", "answers": "answer"}
_ELEMENTS |= {"examples": "example", "shared": "shared_text", "reasons": "reason"}
_LISTS = {"rows", "values", "lage_list", "verdicts", "waivers", "answers"}
_LISTS |= {"examples", "shared", "reasons", "counties"}
_OWN_OF_MAPPINGS = {"values", "items", "keys", "get"}
_OF_ALL = {"values": "lage_list", "items": "lage_pairs"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression gives. `rows` and `row` are of a table, `values` and `value` of a field of
    it, `groups` and `group` what `groupby` makes of its rows; `lage_all`, `lage_list` and `lage`
    are how it stands with all who report and with one, `verdict`, `states` and `state` the words
    for it (`verdicts` and `state_list` of several, `lage_pairs` with the codes), `counties` the
    codes of those who report and `respondent` one of them; `waivers` and `answers` are what has
    been set aside and what counties have answered, `examples`, `shared` and `reasons` what counties
    have written; `targets` is how many have been reached, and `number` and `label` are parts of an
    answer; a `literal` is written out (`given` to a macro),
    and `macro` is one of the chapter."""

    kind: str
    table: str = ""
    field: str = ""
    node: nodes.Node | None = None
    given: bool = False
    is_one: bool = False

    @property
    def element(self) -> Meaning | None:
        """What a loop through it gives."""
        kind = _ELEMENTS.get(self.kind)
        is_one = self.is_one or self.kind == "value"
        return replace(self, kind=kind, is_one=is_one) if kind else None


_OF_COUNTIES = {"lan", "utan", "varav_inget", "utslag", "lanen", "hallna", "hogst", "utom"}
_COUNTIES = Meaning("counties")
_BY_NAME = {
    "lage": Meaning("lage_all"),
    "redovisat": _COUNTIES,
    "alla": _COUNTIES,
    "avsteg": Meaning("waivers"),
    "svar": Meaning("answers"),
    "tabellnamn": Meaning("table_names"),
    "malvarden": Meaning("targets"),
    "loop": Meaning("loop"),
}
_GIVEN_BY: Mapping[str, Meaning] = {
    **dict.fromkeys(_OF_COUNTIES, _COUNTIES),
    **dict.fromkeys(("exempel", "citat", "exempel_fran"), Meaning("examples")),
    "gemensamt": Meaning("shared"),
    "inget_skal": Meaning("reasons"),
}

Names = Mapping[str, Meaning | None]
"""What the names of a place stand for."""


def known_of(node: nodes.Node | None, names: Names) -> Meaning | None:
    """What is known of an expression where the names stand for this."""
    match node:
        case nodes.Name():
            return names.get(node.name, _BY_NAME.get(node.name))
        case nodes.Const() | nodes.List() | nodes.Tuple():
            return Meaning("literal", node=node)
        case nodes.Call():
            return _called(node, names)
        case nodes.Filter():
            return _filtered(node, names)
        case nodes.Getattr():
            return part_of(known_of(node.node, names), node.attr)
        case nodes.Getitem():
            return _item(known_of(node.node, names), node.arg)
        case nodes.Concat():
            return _joined([known_of(one, names) for one in node.nodes])
        case nodes.CondExpr():
            found = known_of(node.expr1, names)
            return found if found == known_of(node.expr2, names) else None
    return None


def _joined(parts: Sequence[Meaning | None]) -> Meaning | None:
    """What `~` makes of a row's values."""
    values = [one for one in parts if one is not None and one.kind in {"value", "written"}]
    return replace(values[0], kind="written") if values else None


def _called(call: nodes.Call, names: Names) -> Meaning | None:
    if isinstance(call.node, nodes.Getattr) and call.node.attr in _OF_ALL:
        owner = known_of(call.node.node, names)
        if owner == Meaning("states") and call.node.attr == "values":
            return Meaning("state_list")
        return Meaning(_OF_ALL[call.node.attr]) if owner == Meaning("lage_all") else None
    if not isinstance(call.node, nodes.Name):
        return None
    if call.node.name in _GIVEN_BY:
        return _GIVEN_BY[call.node.name]
    written = [text_of_literal(known_of(one, names)) for one in call.args[:2]]
    return _of_rows(call.node.name, written)


def _of_rows(function: str, written: Sequence[str]) -> Meaning | None:
    """What a function gives that is told a table, and perhaps a field."""
    if not written or not written[0]:
        return None
    if function == "rader":
        return Meaning("rows", written[0])
    if function == "vanligast" and len(written) > 1:
        return Meaning("values", written[0], written[1])
    return None


def text_of_literal(known: Meaning | None) -> str:
    """A text that is written out; empty for anything else."""
    node = known.node if known else None
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""


def _filtered(node: nodes.Filter, names: Names) -> Meaning | None:
    base = known_of(node.node, names)
    if base is None or node.name in {"default", "d"}:
        return base
    if base.kind in {"value", "values"} and node.name in {*REWRITING, "join"}:
        return replace(base, kind="written")
    if base.kind in _LISTS and node.name in _SAME | _ONE:
        return base if node.name in _SAME else base.element
    return _mapped(node, base, attribute_of(node, names))


def _mapped(node: nodes.Filter, base: Meaning, field: str) -> Meaning | None:
    """What each of several gives, or what they are grouped by."""
    if base.kind == "lage_list" and (node.name, field) == ("map", "verdict"):
        return Meaning("verdicts")
    kind = {"map": "values", "groupby": "groups"}.get(node.name)
    return replace(base, kind=kind, field=field) if base.kind == "rows" and field and kind else None


def attribute_of(node: nodes.Filter, names: Names) -> str:
    """The attribute that a filter asks of what it is given, where it is written out."""
    first = node.args[0] if node.args and node.name in _ATTRIBUTE_FIRST else None
    named = [one.value for one in node.kwargs if one.key == "attribute"]
    return text_of_literal(known_of(named[0] if named else first, names))


_ATTRIBUTE_FIRST = {"groupby", "sum", "selectattr", "rejectattr"}


def part_of(owner: Meaning | None, name: str) -> Meaning | None:
    """What stands behind a full stop."""
    if owner is None:
        return None
    if owner.kind == "row":
        return replace(owner, kind="value", field=name)
    if owner.kind == "states":
        return Meaning("state")
    if owner.kind == "lage_all" and name not in _OWN_OF_MAPPINGS:
        return Meaning("lage")
    kind = _PARTS.get((owner.kind, name), "")
    field = "" if kind == "rows" else owner.field
    return replace(owner, kind=kind, field=field) if kind else None


_PARTS: Mapping[tuple[str, str], str] = {
    ("value", "kod"): "value",
    ("value", "label"): "label",
    **{("value", part): "number" for part in ("year", "month", "day")},
    ("group", "grouper"): "value",
    ("group", "list"): "rows",
    ("lage", "verdict"): "verdict",
    ("lage", "tables"): "states",
    ("lage", "name"): "name",
    **{("lage", part): "number" for part in ("errors", "questions")},
    **{("targets", part): "number" for part in ("alla", "kanda", "natt")},
    **{(one, "code"): "respondent" for one in ("lage", "waiver", "answer", "example", "reason")},
}


def _item(owner: Meaning | None, wanted: nodes.Expr) -> Meaning | None:
    """What stands within brackets behind something."""
    if owner is None:
        return None
    if owner.kind == "row":
        name = text_of_literal(Meaning("literal", node=wanted))
        return replace(owner, kind="value", field=name) if name else None
    if owner.kind in _LISTS:
        return owner if isinstance(wanted, nodes.Slice) else owner.element
    return {"lage_all": Meaning("lage"), "states": Meaning("state")}.get(owner.kind)


def field_of(one: Meaning | None, name: str) -> Meaning | None:
    """What a filter asks of each of several: a field of rows, or the answers themselves."""
    if one is None or (one.kind, bool(name)) not in {("row", True), ("value", False)}:
        return None
    return replace(one, kind="value", field=name.removesuffix(".kod")) if name else one


def parameters(macro: nodes.Macro, call: nodes.Call, names: Names) -> dict[str, Meaning | None]:
    """What the names of a macro stand for where it is called so."""
    given = {**dict.fromkeys(one.name for one in macro.args), **_given(macro, call)}
    known = {name: known_of(value, names) for name, value in given.items()}
    return {name: replace(one, given=True) if one else None for name, one in known.items()}


def _given(macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr]:
    # Jinja's defaults belong to the last of the arguments.
    usual = macro.args[len(macro.args) - len(macro.defaults) :]
    every = [*zip(usual, macro.defaults, strict=True), *zip(macro.args, call.args, strict=False)]
    return {one.name: value for one, value in every} | {one.key: one.value for one in call.kwargs}


def bound(target: nodes.Node, element: Meaning | None) -> Iterator[tuple[str, Meaning | None]]:
    """The names that a loop or `set` gives, with what they stand for."""
    if isinstance(target, nodes.Name):
        yield target.name, element
    elif isinstance(target, nodes.Tuple):
        if element == Meaning("lage_pair") and len(target.items) == 2:
            yield from bound(target.items[0], Meaning("respondent"))
            yield from bound(target.items[1], Meaning("lage"))
            return
        is_group = element is not None and element.kind == "group" and len(target.items) == 2
        for one, part in zip(target.items, ("grouper", "list", *[""] * 9), strict=False):
            yield from bound(one, part_of(element, part) if is_group else None)


def literals(node: nodes.Node | None, names: Names | None = None) -> tuple[tuple[int, object], ...]:
    """The values that are written out, with their lines; nothing for what is counted out."""
    if isinstance(node, nodes.Name) and names:
        known = names.get(node.name)
        return literals(known.node) if known and known.kind == "literal" else ()
    if isinstance(node, nodes.Const):
        return ((node.lineno, node.value),)
    found: list[tuple[int, object]] = []
    if isinstance(node, nodes.List | nodes.Tuple):
        for item in node.items:
            found += literals(item, names)
    elif isinstance(node, nodes.CondExpr):
        found += [*literals(node.expr1, names), *literals(node.expr2, names)]
    return tuple(found)
