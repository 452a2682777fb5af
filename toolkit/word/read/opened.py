"""A finished .docx as its parts, parsed once, with what every rule about it asks for."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from toolkit.word.write.xml import Element, W

_CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STORIES = ("document", "footnotes", "endnotes", "header", "footer", "comments")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass
class Opened:
    """The parts by name, without the leading slash."""

    parts: Mapping[str, bytes]

    @classmethod
    def read(cls, document: bytes) -> Opened:
        """Raises zipfile.BadZipFile."""
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            return cls({name: package.read(name) for name in package.namelist()})

    @cached_property
    def roots(self) -> dict[str, Element]:
        """Every XML part, parsed."""
        named = (
            (name, data) for name, data in self.parts.items() if name.endswith((".xml", ".rels"))
        )
        return {name: etree.fromstring(data, _PARSER) for name, data in named}

    @property
    def body(self) -> Element:
        """The document's body."""
        return self.roots["word/document.xml"].find(f"{{{W}}}body")

    @property
    def stories(self) -> dict[str, Element]:
        """The parts that hold running text."""
        own = (
            (name, root) for name, root in self.roots.items() if posixpath.dirname(name) == "word"
        )
        return {name: root for name, root in own if posixpath.basename(name).startswith(_STORIES)}

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by id."""
        root = self.roots.get("word/styles.xml")
        return (
            {}
            if root is None
            else {s.get(f"{{{W}}}styleId"): s for s in root.findall(f"{{{W}}}style")}
        )

    def based(self, style: str) -> Iterator[Element]:
        """A style and those that it is based on, nearest first."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = value(self.styles[style].find(f"{{{W}}}basedOn"))

    def kind(self, part: str) -> str:
        """The part's content type, empty when none is said."""
        root = self.roots["[Content_Types].xml"]
        for override in root.iter(f"{_CONTENT}Override"):
            if override.get("PartName", "").casefold() == f"/{part}".casefold():
                return str(override.get("ContentType"))
        ending = part.rpartition(".")[2].casefold()
        own = (
            d.get("ContentType")
            for d in root.iter(f"{_CONTENT}Default")
            if d.get("Extension").casefold() == ending
        )
        return next(own, "")

    def relations(self) -> Iterator[tuple[str, str]]:
        """Every relation inside the package: the last word of its type, and the part that it leads
        to."""
        for name, root in self.roots.items():
            if not name.endswith(".rels"):
                continue
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in root.iter(_RELATION):
                if relation.get("TargetMode") != "External":
                    target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target")))
                    yield relation.get("Type").rpartition("/")[2], target.removeprefix("/")


def value(element: Element | None) -> str:
    """`w:val` of an element, empty where there is none."""
    return "" if element is None else str(element.get(f"{{{W}}}val", ""))


def text_in(element: Element) -> str:
    """The written text below an element."""
    return "".join(node.text or "" for node in element.iter(f"{{{W}}}t"))
