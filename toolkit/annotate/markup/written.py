"""Elements as bytes: what is not changed as it was read, what is changed as little as can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from toolkit.annotate.markup.attributes import head_with, wanted_of
from toolkit.annotate.markup.element import Element, Place
from toolkit.annotate.markup.names import OUTERMOST, Scope, parted
from toolkit.annotate.markup.text import value_written

_DECLARATION = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_NAME = re.compile(rb"<([^\s/>]+)")


def document(root: Element) -> bytes:
    """A part. What stands before and behind the root stays."""
    if root.place is None:
        return _DECLARATION + written(root, OUTERMOST)
    if not root.touched:
        return root.source
    source = memoryview(root.source)
    before, behind = source[: root.place.head.start], source[root.place.tail.end :]
    return b"".join((before, *_pieces(root, root.scope), behind))


def written(element: Element, scope: Scope) -> bytes:
    """An element where some namespaces have prefixes already."""
    return b"".join(_pieces(element, scope))


def _pieces(element: Element, scope: Scope) -> Iterator[bytes | memoryview]:
    if element.place is None:
        yield from _made(element, scope)
    elif element.touched:
        yield from _changed(element, element.place)
    else:
        yield memoryview(element.source)[element.place.head.start : element.place.tail.end]


def _changed(element: Element, place: Place) -> Iterator[bytes | memoryview]:
    """An element that was read: its start tag as it should be now, and what is in it."""
    head = _head(element)
    if place.head != place.tail:
        yield head
        yield from _content(element, element.scope)
        yield memoryview(element.source)[place.tail.start : place.tail.end]
    elif element.children:
        yield head[:-2].rstrip() + b">"
        yield from _content(element, element.scope)
        yield b"</%b>" % _NAME.match(head)[1]  # type: ignore[index]
    else:
        yield head


def _head(element: Element) -> bytes:
    wanted = wanted_of(element.attributes)
    head, had = head_with(element.head, element.scope, wanted)
    added = {name: value for name, value in element.attributes.items() if name not in had}
    if not added:
        return head
    more, declared = _attributes(added, element.scope)
    end = -2 if head.endswith(b"/>") else -1
    return head[:end].rstrip() + _declarations(declared) + more + head[end:]


def _content(element: Element, scope: Scope) -> Iterator[bytes | memoryview]:
    for child in element.children:
        if isinstance(child, Element):
            yield from _pieces(child, scope)
        elif isinstance(child, bytes):
            yield child
        else:
            yield memoryview(element.source)[child.start : child.end]


def _made(element: Element, scope: Scope) -> Iterator[bytes | memoryview]:
    """An element made here, with the prefixes that are in use around it."""
    declared = _undeclared(element.declared, scope)
    namespace, local = parted(element.tag)
    prefix = scope.with_declared(declared).prefix_of(namespace)
    if prefix is None:
        prefix, declared[""] = "", namespace
    inner = scope.with_declared(declared)
    more, new = _attributes(element.attributes, inner)
    name = f"{prefix}:{local}".lstrip(":").encode()
    yield b"<%b%b%b" % (name, _declarations(declared | new), more)
    if not element.children:
        yield b"/>"
        return
    yield b">"
    yield from _content(element, inner.with_declared(new))
    yield b"</%b>" % name


def _undeclared(wanted: Mapping[str, str], scope: Scope) -> dict[str, str]:
    """What is not declared around already."""
    known = scope.prefixes
    return {prefix: space for prefix, space in wanted.items() if known.get(prefix) != space}


def _attributes(attributes: Mapping[str, str], scope: Scope) -> tuple[bytes, dict[str, str]]:
    """Attributes as they are written, and the prefixes that must be declared for them."""
    declared: dict[str, str] = {}
    parts = []
    for key, value in attributes.items():
        namespace, local = parted(key)
        within = scope.with_declared(declared)
        prefix = within.prefix_of(namespace, named=True) if namespace else ""
        if prefix is None:
            prefix = _free(within)
            declared[prefix] = namespace
        parts.append(b" %b=%b" % (f"{prefix}:{local}".lstrip(":").encode(), value_written(value)))
    return b"".join(parts), declared


def _free(scope: Scope) -> str:
    """A prefix that stands for nothing yet."""
    return next(name for n in count() if (name := f"ns{n}") not in scope.prefixes)


def _declarations(declared: Mapping[str, str]) -> bytes:
    return b"".join(
        b" %b=%b" % (f"xmlns:{prefix}".rstrip(":").encode(), value_written(space))
        for prefix, space in declared.items()
    )
