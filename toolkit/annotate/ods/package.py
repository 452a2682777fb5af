"""The package of an ods: parts that are edited are spliced, the rest stay as they came."""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.annotate.markup import Node, document, parse
from toolkit.files.zip import write_package
from toolkit.read.formats.encodings import in_utf8
from toolkit.read.formats.ods import ROW


@dataclass
class PackageParts:
    """Raw parts by name, and the roots of those that were parsed."""

    raw: dict[str, bytes]
    trees: dict[str, Node] = field(default_factory=dict)

    def tree(self, name: str) -> Node:
        """A part's XML, parsed once, to be edited in place; its rows are not looked into (`opened`
        does). Raises ExpatError and ValueError for what is none."""
        if name not in self.trees:
            told = in_utf8(self.raw[name])
            if told is None:
                raise ValueError(name)
            self.trees[name] = parse(told, {ROW})
        return self.trees[name]

    def save(self) -> bytes:
        """The package as bytes: a part that was only looked at, or changed and changed back, stays
        as it came."""
        return write_package((name, self._bytes(name)) for name in self.raw)

    def _bytes(self, name: str) -> bytes:
        root = self.trees.get(name)
        return self.raw[name] if root is None or not root.touched else document(root)
