"""Expressions of the chapters' language as they are written, for what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import nodes

_BOOLEANS = {True: "true", False: "false", None: "none"}


def written(node: nodes.Node | None) -> str:
    """An expression as a chapter has it; empty for one that takes more than a few words."""
    write = next((write for kind, write in _WAYS.items() if isinstance(node, kind)), None)
    return write(node) if write else ""


def list_written(every: Iterable[nodes.Node], between: str) -> str:
    """Several of them; `…` for one that takes more."""
    return between.join(written(one) or "…" for one in every)


def _behind(node: nodes.Node | None, more: str) -> str:
    before = written(node)
    return f"{before}{more}" if before else ""


def _constant(node: nodes.Const) -> str:
    value = node.value
    if value is None or isinstance(value, bool):
        return _BOOLEANS[value]
    return f"'{value}'" if isinstance(value, str) else str(value)


def _item(node: nodes.Getitem) -> str:
    within = written(node.arg)
    return _behind(node.node, f"[{within}]") if within else ""


def _filter(node: nodes.Filter) -> str:
    return "" if node.args or node.kwargs else _behind(node.node, f" | {node.name}")


_WAYS: Mapping[type[nodes.Node], Callable[[Any], str]] = {
    nodes.Const: _constant,
    nodes.Name: lambda node: str(node.name),
    nodes.Getattr: lambda node: _behind(node.node, f".{node.attr}"),
    nodes.Getitem: _item,
    nodes.Filter: _filter,
    nodes.List: lambda node: f"[{list_written(node.items, ', ')}]",
    nodes.Tuple: lambda node: f"[{list_written(node.items, ', ')}]",
}
