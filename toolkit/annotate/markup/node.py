"""An element: where it stands in the bytes that it was read from, and what is changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from toolkit.annotate.markup.attributes import read_attributes
from toolkit.annotate.markup.names import OUTERMOST, Scope, parted
from toolkit.annotate.markup.text import read_text, text_written


class ByteSpan(NamedTuple):
    """From where to where in an element's source: text, comments, and elements not looked at."""

    start: int
    end: int


class Node:
    """An element that was read, or made here. Its name is written in full, `{namespace}name`, and
    so are those of its attributes.

    What was read stands in `source`: its start tag from `start` to `inner`, its end tag from
    `close` to `end`; the same two places where one tag is both. `children` are elements, spans of
    the source and bytes that are written as they are."""

    __slots__ = ("_attributes", "children", "close", "declared", "end", "inner", "other_head",
                 "parent", "scope", "source", "start", "tag", "touched")  # fmt: skip

    def __init__(self, tag: str, scope: Scope = OUTERMOST) -> None:
        self.tag, self.scope = tag, scope
        self.source = b""
        self.start = self.inner = self.close = self.end = 0
        self.declared: Mapping[str, str] = _NONE
        self.parent: Node | None = None
        self.children: list[Child] = []
        self.touched = self.other_head = False
        self._attributes: dict[str, str] | None = None

    @property
    def is_read(self) -> bool:
        """Whether it stands in a source; otherwise it was made here."""
        return self.end > 0

    @property
    def is_one_tag(self) -> bool:
        """Whether it was read from a single tag, and had nothing in it."""
        return self.close == self.start

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return parted(self.tag)[1]

    @property
    def attributes(self) -> dict[str, str]:
        """All attributes by name, read when they are first asked for. To be looked at alone."""
        if self._attributes is None:
            self._attributes = read_attributes(self.head, self.scope)
        return self._attributes

    @property
    def head(self) -> bytes:
        """The start tag as it was read; nothing for an element made here."""
        return self.source[self.start : self.inner]

    def get(self, name: str, default: str | None = None) -> str | None:
        """An attribute."""
        return self.attributes.get(name, default)

    def set(self, name: str, value: str) -> None:
        """Write an attribute."""
        self.attributes[name] = value
        self.other_head = True
        self.touch()

    def drop(self, name: str) -> None:
        """Take an attribute away, if it is there."""
        if name in self.attributes:
            del self.attributes[name]
            self.other_head = True
            self.touch()

    def __iter__(self) -> Iterator[Node]:
        return iter([child for child in self.children if isinstance(child, Node)])

    def find(self, tag: str) -> Node | None:
        """The first child of a name."""
        return next(self.each(tag), None)

    def each(self, tag: str, *below: str) -> Iterator[Node]:
        """The children of a name; with further names those of their children, and so on."""
        found = (child for child in self if child.tag == tag)
        if not below:
            yield from found
            return
        for child in found:
            yield from child.each(*below)

    def descendants(self, *tags: str) -> Iterator[Node]:
        """All elements of some names below this one, in their order."""
        for child in self:
            if child.tag in tags:
                yield child
            yield from child.descendants(*tags)

    @property
    def whole_text(self) -> str:
        """All that stands in it, in its elements too."""
        each = (
            piece.whole_text if isinstance(piece, Node) else read_text(self._bytes(piece))
            for piece in self.children
        )
        return "".join(each)

    @property
    def text(self) -> str:
        """What stands before the first child."""
        return "".join(read_text(self._bytes(piece)) for piece in self._before_children())

    @text.setter
    def text(self, said: str) -> None:
        rest = self.children[len(list(self._before_children())) :]
        self.children = [text_written(said), *rest]
        self.touch()

    def _before_children(self) -> Iterator[ByteSpan | bytes]:
        for piece in self.children:
            if isinstance(piece, Node):
                return
            yield piece

    def _bytes(self, piece: ByteSpan | bytes) -> bytes:
        return piece if isinstance(piece, bytes) else self.source[piece.start : piece.end]

    def text_of(self, tag: str) -> str:
        """The text of the first child of a name; empty where there is none."""
        found = self.find(tag)
        return "" if found is None else found.text

    def append_text(self, said: str) -> None:
        """Put text behind all that is in it."""
        self.children.append(text_written(said))
        self.touch()

    def copied(self) -> Node:
        """The same once more, to be put beside it: what was read is written as it was."""
        copy = Node(self.tag, self.scope)
        copy.source, copy.declared = self.source, self.declared
        copy.start, copy.inner, copy.close, copy.end = self.start, self.inner, self.close, self.end
        copy.touched, copy.other_head = self.touched, self.other_head
        copy._attributes = dict(self.attributes)
        for child in self.children:
            copy.children.append(child.copied() if isinstance(child, Node) else child)
        for own in copy:
            own.parent = copy
        return copy

    def made_anew(self) -> Node:
        """The same, to be put into any part: with the prefixes that it was written with, declared
        where they are not."""
        copy = made(self.tag, self.attributes, declared=self.declared or self._prefixes())
        for child in self.children:
            copy.children.append(
                child.made_anew() if isinstance(child, Node) else self._bytes(child)
            )
        for own in copy:
            own.parent = copy
        return copy

    def _prefixes(self) -> dict[str, str]:
        """The prefixes that may be used here, without those that need no declaration."""
        return dict(self.scope.prefixes.items() - OUTERMOST.prefixes.items())

    def append(self, child: Node) -> Node:
        """Put an element last; gives it back."""
        return self._insert(len(self.children), child)

    def insert_first(self, child: Node) -> None:
        """Put an element before all others."""
        self._insert(next(iter(self._places()), len(self.children)), child)

    def insert_before(self, other: Node, child: Node) -> None:
        """Put an element before another one."""
        self._insert(self._place_of(other), child)

    def insert_after(self, other: Node, child: Node) -> None:
        """Put an element behind another one."""
        self._insert(self._place_of(other) + 1, child)

    def remove(self, child: Node) -> None:
        """Take an element away."""
        del self.children[self._place_of(child)]
        self.touch()

    def empty(self) -> None:
        """Take away all that is in this element."""
        self.children = []
        self.touch()

    def take_away(self) -> None:
        """Take this element out of the one that it is in."""
        if self.parent is not None:
            self.parent.remove(self)

    def splice(self, edits: Iterable[tuple[ByteSpan, bytes]]) -> None:
        """Put bytes in place of spans of an element that has been read and not unfolded. The spans
        come in their order, none within another."""
        if self.is_one_tag:
            self.children = [said for _, said in edits]
            self.touch()
            return
        at, pieces = self.inner, list[Child]()
        for span, said in edits:
            pieces += [ByteSpan(at, span.start), said]
            at = span.end
        self.children = [*pieces, ByteSpan(at, self.close)]
        self.touch()

    def touch(self) -> None:
        """Note that this element will be written anew, and with it those around it."""
        around: Node | None = self
        while around is not None and not (around.touched and around.is_read):
            around.touched = True
            around = around.parent

    def _insert(self, place: int, child: Node) -> Node:
        self.children.insert(place, child)
        child.parent = self
        self.touch()
        return child

    def _places(self) -> Iterator[int]:
        return (n for n, child in enumerate(self.children) if isinstance(child, Node))

    def _place_of(self, child: Node) -> int:
        return next(n for n, one in enumerate(self.children) if one is child)


Child: TypeAlias = Node | ByteSpan | bytes
_NONE: Mapping[str, str] = {}


def made(
    tag: str,
    attributes: Mapping[str, str] | None = None,
    text: str = "",
    declared: Mapping[str, str] | None = None,
) -> Node:
    """A new element. `declared` are namespaces by their prefixes, which are declared in it where
    they are not around it."""
    element = Node(tag)
    element.declared = declared or _NONE
    element.attributes.update(attributes or {})
    if text:
        element.text = text
    return element
