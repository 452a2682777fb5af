"""Elements as bytes: what is not changed as it was read, what is changed as little as can be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from toolkit.annotate.markup.attributes import head_with, wanted_of
from toolkit.annotate.markup.names import OUTERMOST, Scope, parted
from toolkit.annotate.markup.node import Node
from toolkit.annotate.markup.text import value_written

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_Pieces = list[bytes | memoryview]
_NAME = re.compile(rb"<([^\s/>]+)")


def document(root: Node) -> bytes:
    """A part. What stands before and behind the root stays."""
    if not root.is_read:
        return _DECLARATION + written(root, OUTERMOST)
    if not root.touched:
        return root.source
    source = memoryview(root.source)
    pieces: _Pieces = [source[: root.start]]
    _write(root, root.scope, pieces)
    return b"".join((*pieces, source[root.end :]))


def written(element: Node, scope: Scope) -> bytes:
    """An element where some namespaces have prefixes already."""
    pieces: _Pieces = []
    _write(element, scope, pieces)
    return b"".join(pieces)


def _write(element: Node, scope: Scope, pieces: _Pieces) -> None:
    if not element.is_read:
        _write_made(element, scope, pieces)
    elif element.touched:
        _write_changed(element, pieces)
    else:
        pieces.append(memoryview(element.source)[element.start : element.end])


def _write_changed(element: Node, pieces: _Pieces) -> None:
    """An element that was read: its start tag as it should be now, and what is in it."""
    head = _head(element) if element.other_head else element.head
    if not element.is_one_tag:
        pieces.append(head)
        _write_content(element, element.scope, pieces)
        pieces.append(memoryview(element.source)[element.close : element.end])
    elif element.children:
        pieces.append(head[:-2].rstrip() + b">")
        _write_content(element, element.scope, pieces)
        pieces.append(b"</%b>" % _NAME.findall(head)[0])
    else:
        pieces.append(head)


def _head(element: Node) -> bytes:
    wanted = wanted_of(element.attributes)
    head, had = head_with(element.head, element.scope, wanted)
    added = {name: value for name, value in element.attributes.items() if name not in had}
    if not added:
        return head
    more, declared = _attributes(added, element.scope)
    end = -2 if head.endswith(b"/>") else -1
    return head[:end].rstrip() + _declarations(declared) + more + head[end:]


def _write_content(element: Node, scope: Scope, pieces: _Pieces) -> None:
    for child in element.children:
        if isinstance(child, Node):
            _write(child, scope, pieces)
        elif isinstance(child, bytes):
            pieces.append(child)
        else:
            pieces.append(memoryview(element.source)[child.start : child.end])


def _write_made(element: Node, scope: Scope, pieces: _Pieces) -> None:
    """An element made here, with the prefixes that are in use around it."""
    declared = _undeclared(element.declared, scope) if element.declared else {}
    name = scope.with_declared(declared).name_of(element.tag)
    if name is None:
        namespace, local = parted(element.tag)
        name, declared[""] = local.encode(), namespace
    inner = scope.with_declared(declared)
    more, new = _attributes(element.attributes, inner)
    pieces.append(b"<%b%b%b" % (name, _declarations(declared | new), more))
    if not element.children:
        pieces.append(b"/>")
        return
    pieces.append(b">")
    _write_content(element, inner.with_declared(new), pieces)
    pieces.append(b"</%b>" % name)


def _undeclared(wanted: Mapping[str, str], scope: Scope) -> dict[str, str]:
    """What is not declared around already."""
    known = scope.prefixes
    return {prefix: space for prefix, space in wanted.items() if known.get(prefix) != space}


def _attributes(attributes: Mapping[str, str], scope: Scope) -> tuple[bytes, dict[str, str]]:
    """Attributes as they are written, and the prefixes that must be declared for them."""
    declared: dict[str, str] = {}
    parts = []
    for key, value in attributes.items():
        name = _prefixed(key, scope, declared) if key.startswith("{") else key.encode()
        parts.append(b" %b=%b" % (name, value_written(value)))
    return b"".join(parts), declared


def _prefixed(key: str, scope: Scope, declared: dict[str, str]) -> bytes:
    """An attribute's name with a prefix; one that has to be declared is put into `declared`."""
    namespace, local = parted(key)
    within = scope.with_declared(declared)
    prefix = within.prefix_of(namespace, named=True)
    if prefix is None:
        prefix = _free(within)
        declared[prefix] = namespace
    return f"{prefix}:{local}".encode()


def _free(scope: Scope) -> str:
    """A prefix that stands for nothing yet."""
    return next(name for n in count() if (name := f"ns{n}") not in scope.prefixes)


def _declarations(declared: Mapping[str, str]) -> bytes:
    return b"".join(
        b" %b=%b" % (f"xmlns:{prefix}".rstrip(":").encode(), value_written(space))
        for prefix, space in declared.items()
    )
