"""Bytes as elements with their places. That the bytes are XML is seen to by Expat first; what
begins with `<` in them is then a tag, a comment, a processing instruction or a CDATA section
(XML 1.0, 2.4), and can be found by its shape."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.parsers import expat

from toolkit.annotate.markup.attributes import declared_in
from toolkit.annotate.markup.names import OUTERMOST, Scope
from toolkit.annotate.markup.node import ByteSpan, Node

_TOKEN = re.compile(
    rb"""<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"""
    rb"""|(/?)([^\s/>!?]+)(?:[^"'>]+|"[^"]*"|'[^']*')*+>)""",
    re.DOTALL,
)
_DECLARES, _SLASH = b"xmlns", ord("/")
_DEEPEST = 256  # no workbook's XML is as deep; lxml draws the line there too


def parse(source: bytes, folded: Collection[str] = ()) -> Node:
    """The root of a part in UTF-8. Elements whose names are in `folded` are not looked into: what
    stands in them costs no memory. Raises ExpatError for what is no XML, and ValueError for what is
    too deep."""
    return _tree_at(source, _start_of_root(source), OUTERMOST, folded)


def _start_of_root(source: bytes) -> int:
    # Told the encoding: Expat would believe a declaration of UTF-16 in a part that is in UTF-8.
    # With a separator it sees to namespaces too.
    parser, starts = expat.ParserCreate("utf-8", "}"), list[int]()

    def begin(*_: object) -> None:
        starts.append(parser.CurrentByteIndex)
        parser.StartElementHandler = None

    parser.StartElementHandler = begin
    parser.Parse(source, True)
    return starts[0]


def unfold(element: Node) -> None:
    """Look into an element that was not looked into."""
    if element.is_one_tag:
        return
    # What the element declares is read from its start tag once more: it may be said twice.
    whole = _tree_at(element.source, element.start, element.scope, ())
    element.children = whole.children
    for child in element:
        child.parent = element


def shallow(element: Node) -> Iterator[Node]:
    """The children of an element that was not looked into, one by one, not looked into either."""
    at, end = element.inner, max(element.inner, element.close)
    while token := _TOKEN.search(element.source, at, end):
        at = token.end()
        if token[2] is not None:
            child = _opened(element.source, token, element.scope)
            _fold(child, token[2])
            at = child.end
            yield child


def _tree_at(source: bytes, at: int, scope: Scope, folded: Collection[str]) -> Node:
    """The element that begins at a place, with all that is in it."""
    holder = Node("", scope)
    current, since, depth = holder, at, 0
    while True:
        token = _next_tag(source, at)
        start, at = token.span()
        if since < start:
            current.children.append(ByteSpan(since, start))
        if token[1]:
            current.close, current.end = start, at
            current = current.parent or holder
            depth -= 1
        else:
            child = _opened(source, token, current.scope)
            child.parent = current
            current.children.append(child)
            if child.tag in folded:
                _fold(child, token[2])
                at = child.end
            elif not child.end:
                current, depth = child, _deeper(depth)
        since = at
        if depth == 0:
            break
    [root] = holder
    root.parent = None
    return root


def _deeper(depth: int) -> int:
    if depth >= _DEEPEST:
        raise ValueError(depth)
    return depth + 1


def _next_tag(source: bytes, at: int) -> re.Match[bytes]:
    """In what Expat has read there is one, before the root has come to its end."""
    while token := _TOKEN.search(source, at):
        if token[2] is not None:
            return token
        at = token.end()
    raise ValueError(at)


def _opened(source: bytes, token: re.Match[bytes], scope: Scope) -> Node:
    """An element by its start tag; its end is known where that is its end too."""
    if _DECLARES in token[0]:
        scope = scope.with_declared(declared_in(token[0]))
    element = Node(scope.tags[token[2]], scope)
    element.source = source
    element.start, element.inner = token.span()
    if source[element.inner - 2] == _SLASH:
        element.close, element.end = element.start, element.inner
    return element


def _fold(element: Node, name: bytes) -> None:
    """Where an element comes to its end that is not looked into."""
    if not element.end:
        element.close, element.end = _tail(element.source, name, element.inner)


def _tail(source: bytes, name: bytes, at: int) -> tuple[int, int]:
    """The end tag of an element whose start tag ends at a place."""
    start = source.find(b"</" + name, at)
    end = source.find(b">", start) + 1
    # Only where nothing but tags begins with `<`, and no element of the same name can be within.
    is_sure = source[start + 2 : end - 1].rstrip() == name
    for other in (b"<!", b"<?", b"<" + name):
        is_sure = is_sure and source.find(other, at, start) < 0
    return (start, end) if is_sure else _tail_by_tags(source, name, at)


def _tail_by_tags(source: bytes, name: bytes, at: int) -> tuple[int, int]:
    depth = 1
    for token in _TOKEN.finditer(source, at):
        if token[2] == name and token[1]:
            depth -= 1
        elif token[2] == name and source[token.end() - 2] != _SLASH:
            depth += 1
        if depth == 0:
            return token.span()
    raise ValueError(at)
