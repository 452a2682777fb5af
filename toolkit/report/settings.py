"""What a chapter sets (`set`) where it is lost: within a `for` or a macro a name that was set
before stands for something else only there, and after it for what it was set to before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from jinja2 import nodes

from toolkit.report.arguments import NameFault

_Within = nodes.For | nodes.Macro
_Setting = nodes.Assign | nodes.AssignBlock


def lost_settings(template: nodes.Template) -> Iterator[NameFault]:
    """Names that are set, set again within a loop or a macro, and used as if that lasted."""
    yield from _body(template.body, frozenset())


def _body(
    body: Iterable[nodes.Node], known: frozenset[str], after: Sequence[nodes.Node] = ()
) -> Iterator[NameFault]:
    """`known` are the names that have been set before, `after` is what follows the body."""
    every = list(body)
    for place, node in enumerate(every):
        rest = [*every[place + 1 :], *after]
        if isinstance(node, nodes.If):
            for branch in (node.body, *(one.body for one in node.elif_), node.else_):
                yield from _body(branch, known, rest)
        elif isinstance(node, nodes.For | nodes.Macro):
            yield from _lost_within(node, known, rest)
            yield from _body(node.body, known | _own(node))
        known |= _set_in([node])


def _lost_within(
    node: _Within, known: frozenset[str], after: Sequence[nodes.Node]
) -> Iterator[NameFault]:
    lost = _set_within(node)
    told = list(_read_too_early(node, lost & known))
    yield from told
    others = lost - {one.values["namn"] for one in told}
    yield from _used_after(node, others if isinstance(node, nodes.For) else others & known, after)


def _opened(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """What stands there, branches opened: what `if` sets lasts after it."""
    for node in body:
        if isinstance(node, nodes.If):
            yield node.test
            for branch in (node.body, *([one.test, *one.body] for one in node.elif_), node.else_):
                yield from _opened(branch)
        elif isinstance(node, nodes.Assign):
            yield node.node
            yield node.target
        elif isinstance(node, nodes.AssignBlock):
            yield from _opened(node.body)
            yield node.target
        elif isinstance(node, nodes.Output):
            yield from _opened(node.iter_child_nodes())
        else:
            yield node


def _own(node: _Within) -> frozenset[str]:
    """The names that a loop or a macro gives itself."""
    given = node.args if isinstance(node, nodes.Macro) else [node.target]
    names = chain.from_iterable(_names(one, "store", "param") for one in given)
    return frozenset(name.name for name in names)


def _names(node: nodes.Node, *contexts: str) -> Iterator[nodes.Name]:
    every = [node] if isinstance(node, nodes.Name) else node.find_all(nodes.Name)
    yield from (one for one in every if one.ctx in contexts)


def _set_in(body: Iterable[nodes.Node]) -> frozenset[str]:
    """The names that are set there, and last after it: none that a loop or a macro sets."""
    found: set[str] = set()
    for node in _opened(body):
        if isinstance(node, nodes.Name | nodes.Tuple):
            found |= {one.name for one in _names(node, "store")}
    return frozenset(found)


def _set_within(node: _Within) -> frozenset[str]:
    """The names that a loop or a macro sets, also deep in it, without those it gives itself."""
    found = _set_in([*node.body, *(node.else_ if isinstance(node, nodes.For) else ())])
    for inner in chain[_Within](node.find_all(nodes.For), node.find_all(nodes.Macro)):
        found |= _set_in(inner.body) - _own(inner)
    return found - _own(node)


def _read_too_early(node: _Within, lost: frozenset[str]) -> Iterator[NameFault]:
    """`set n = n + 1`: read before it is set, as if it remembered the turn before."""
    kind = "satt_till_nasta" if isinstance(node, nodes.For) else "satt_i_macro"
    for name in sorted(lost):
        first = next(_in_order(node.body, name), None)
        if first is not None and first.ctx == "load":
            yield NameFault(_line_of_setting(node, name), kind, {"namn": name})


def _used_after(
    node: _Within, lost: frozenset[str], after: Sequence[nodes.Node]
) -> Iterator[NameFault]:
    is_loop = isinstance(node, nodes.For)
    kind = "satt_i_for" if is_loop else "satt_i_macro"
    for name in sorted(lost):
        if not is_loop and any(one.ctx == "load" for one in _in_order(node.body, name)):
            continue  # a name of the macro's own
        first = next(_in_order(after, name), None)
        if first is not None and first.ctx == "load":
            yield NameFault(_line_of_setting(node, name), kind, {"namn": name})


def _in_order(body: Iterable[nodes.Node], name: str) -> Iterator[nodes.Name]:
    """Where a name is used or set, in the order in which that is done."""
    for node in _opened(body):
        if isinstance(node, nodes.Name):
            yield from [node] if node.name == name else []
        elif isinstance(node, nodes.For | nodes.Macro):
            yield from _in_order_within(node, name)
        else:
            yield from _in_order(node.iter_child_nodes(), name)


def _in_order_within(node: _Within, name: str) -> Iterator[nodes.Name]:
    """What an inner loop sets lasts no longer than it: only what it reads first counts."""
    before = [*node.defaults] if isinstance(node, nodes.Macro) else [node.iter]
    test = [node.test] if isinstance(node, nodes.For) and node.test else []
    yield from _in_order(before, name)
    first = next(_in_order([*test, *node.body], name), None)
    if first is not None and first.ctx == "load" and name not in _own(node):
        yield first


def _line_of_setting(node: _Within, name: str) -> int:
    for one in chain[_Setting](node.find_all(nodes.Assign), node.find_all(nodes.AssignBlock)):
        if any(found.name == name for found in _names(one.target, "store")):
            return one.lineno
    return node.lineno
