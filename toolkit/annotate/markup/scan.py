"""Bytes as elements with their places. That the bytes are XML is seen to by Expat first; what
begins with `<` in them is then a tag, a comment, a processing instruction or a CDATA section
(XML 1.0, 2.4), and can be found by its shape."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from xml.parsers import expat

from toolkit.annotate.markup.attributes import declared_in
from toolkit.annotate.markup.element import ByteSpan, Element, Place
from toolkit.annotate.markup.names import OUTERMOST, Scope

_TOKEN = re.compile(
    rb"""<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>"""
    rb"""|(/?)([^\s/>!?]+)(?:[^"'>]+|"[^"]*"|'[^']*')*+>)""",
    re.DOTALL,
)
_DEEPEST = 256  # no workbook's XML is as deep; lxml draws the line there too


def parse(source: bytes, folded: Collection[str] = ()) -> Element:
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


def unfold(element: Element) -> None:
    """Look into an element that was not looked into."""
    if element.place is None or _is_one_tag(element.place):
        return
    # What the element declares is read from its start tag once more: it may be said twice.
    whole = _tree_at(element.source, element.place.head.start, element.scope, ())
    element.children = whole.children
    for child in element:
        child.parent = element


def shallow(element: Element) -> Iterator[Element]:
    """The children of an element that was not looked into, one by one, not looked into either."""
    if element.place is None:
        return
    at, end = element.place.head.end, element.place.tail.start
    while token := _TOKEN.search(element.source, at, max(at, end)):
        at = token.end()
        if token[2] is not None:
            child, place = _opened(element.source, token, element.scope)
            child.place = place = _folded(element.source, token[2], place)
            at = place.tail.end
            yield child


def _is_one_tag(place: Place) -> bool:
    return place.head == place.tail


class _Growing:
    """The elements that are open, and up to where the content of each has been taken up."""

    def __init__(self, scope: Scope) -> None:
        self.scopes = [scope]
        self.open: list[Element] = []
        self.upto: list[int] = []

    def take_text(self, end: int) -> None:
        """What stands between two tags."""
        if self.open and self.upto[-1] < end:
            self.open[-1].children.append(ByteSpan(self.upto[-1], end))

    def begin(self, element: Element, place: Place) -> None:
        """An element of which there is more than its start tag."""
        if len(self.open) >= _DEEPEST:
            raise ValueError(_DEEPEST)
        self.open.append(element)
        self.upto.append(place.head.end)
        self.scopes.append(element.scope)

    def end(self, tail: ByteSpan) -> Element:
        """The innermost of them has come to its end."""
        self.take_text(tail.start)
        self.upto.pop()
        self.scopes.pop()
        element = self.open.pop()
        if element.place:
            element.place = Place(element.place.head, tail)
        return element

    def add(self, element: Element, end: int) -> None:
        """A whole element is a child of the innermost."""
        element.parent = self.open[-1]
        self.open[-1].children.append(element)
        self.upto[-1] = end


def _tree_at(source: bytes, at: int, scope: Scope, folded: Collection[str]) -> Element:
    """The element that begins at a place, with all that is in it."""
    growing = _Growing(scope)
    while True:
        token = _next_tag(source, at)
        at = token.end()
        if token[1]:
            element = growing.end(ByteSpan(*token.span()))
        else:
            growing.take_text(token.start())
            element, place = _opened(source, token, growing.scopes[-1])
            if element.tag in folded:
                element.place = place = _folded(source, token[2], place)
                at = place.tail.end
            elif not token[0].endswith(b"/>"):
                growing.begin(element, place)
                continue
        if not growing.open:
            return element
        growing.add(element, at)


def _next_tag(source: bytes, at: int) -> re.Match[bytes]:
    """In what Expat has read there is one, before the root has come to its end."""
    for token in _TOKEN.finditer(source, at):
        if token[2] is not None:
            return token
    raise ValueError(at)


def _opened(source: bytes, token: re.Match[bytes], scope: Scope) -> tuple[Element, Place]:
    """An element by its start tag."""
    head = ByteSpan(*token.span())
    inner = scope.with_declared(declared_in(token[0]))
    place = Place(head, head)
    return Element(inner.tag(token[2]), source, place, inner), place


def _folded(source: bytes, name: bytes, place: Place) -> Place:
    """The place of an element that is not looked into."""
    if source.startswith(b"/>", place.head.end - 2):
        return place
    return Place(place.head, _tail(source, name, place.head.end))


def _tail(source: bytes, name: bytes, at: int) -> ByteSpan:
    """The end tag of an element whose start tag ends at a place."""
    start = source.find(b"</" + name, at)
    end = source.find(b">", start) + 1
    # Only where nothing but tags begins with `<`, and no element of the same name can be within.
    is_sure = source[start + 2 : end - 1].rstrip() == name
    for other in (b"<!", b"<?", b"<" + name):
        is_sure = is_sure and source.find(other, at, start) < 0
    return ByteSpan(start, end) if is_sure else _tail_by_tags(source, name, at)


def _tail_by_tags(source: bytes, name: bytes, at: int) -> ByteSpan:
    depth = 1
    for token in _TOKEN.finditer(source, at):
        if token[2] == name and token[1]:
            depth -= 1
        elif token[2] == name and not token[0].endswith(b"/>"):
            depth += 1
        if depth == 0:
            return ByteSpan(*token.span())
    raise ValueError(at)
