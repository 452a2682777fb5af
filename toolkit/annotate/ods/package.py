"""The package of an ods: parts that are edited as XML are written anew, the rest as they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from toolkit.files.zip import write_package

# The stubs of lxml make every find() optional, which it is not in a valid package.
XmlElement = Any


@dataclass
class PackageParts:
    """Raw parts by name, and the trees of those that were parsed."""

    raw: dict[str, bytes]
    trees: dict[str, XmlElement] = field(default_factory=dict)

    def tree(self, name: str) -> XmlElement:
        """A part's XML, parsed once, to be edited in place. Raises ValueError for what is none."""
        if name not in self.trees:
            self.trees[name] = _parsed(self.raw[name])
        return self.trees[name]

    def save(self) -> bytes:
        """The package as bytes: changed parts anew, all others as they came."""
        return write_package((name, self._bytes(name)) for name in self.raw)

    def _bytes(self, name: str) -> bytes:
        """A part that was only looked at, or changed and changed back, stays as it came."""
        if name not in self.trees:
            return self.raw[name]
        written = _written(self.trees[name])
        # Compared as lxml writes both: attributes and white space differ between programs.
        same = bool(self.raw[name]) and written == _written(_parsed(self.raw[name]))
        return self.raw[name] if same else written


def _parsed(part: bytes) -> XmlElement:
    # No entities and no network: a file from outside could else read files of this machine.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(part, parser)
    except etree.LxmlError as error:
        # Said as it is of any other number or text that is none: the other formats need no lxml.
        raise ValueError("no XML") from error


def _written(tree: XmlElement) -> bytes:
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
