"""A .docx as its parts, parsed once, with what every reader of it asks for."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from toolkit.files.zip import read_package
from toolkit.word.ooxml.elements import Element, value
from toolkit.word.ooxml.names import CONTENT_TYPES, RELATIONSHIPS, wn

MAIN, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
SETTINGS, NOTES, CORE = "word/settings.xml", "word/footnotes.xml", "docProps/core.xml"
KINDS_PART = "[Content_Types].xml"
RELATION = f"{{{RELATIONSHIPS}}}Relationship"
_STORIES = ("document", "footnotes", "endnotes", "header", "footer", "comments")
# No entities and no network: a file from outside could else read files of this machine.
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass
class WordPackage:
    """The parts by name, without the leading slash."""

    parts: Mapping[str, bytes]

    @classmethod
    def read(cls, document: bytes) -> WordPackage:
        """Raises zipfile.BadZipFile."""
        return cls(read_package(document))

    @cached_property
    def roots(self) -> dict[str, Element]:
        """Every XML part, parsed. Raises lxml.etree.XMLSyntaxError."""
        named = [name for name in self.parts if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(self.parts[name], PARSER) for name in named}

    @property
    def body(self) -> Element:
        """The document's body."""
        return self.roots[MAIN].find(wn("body"))

    @property
    def stories(self) -> dict[str, Element]:
        """The parts that hold running text."""
        return {name: root for name, root in self.roots.items() if _is_story(name)}

    @cached_property
    def styles(self) -> dict[str, Element]:
        """The styles by id."""
        root = self.roots.get(STYLES)
        found = [] if root is None else root.findall(wn("style"))
        return {style.get(wn("styleId")): style for style in found}

    def based(self, style: str) -> Iterator[Element]:
        """A style and those that it is based on, nearest first. A damaged file may have a style
        that is based on itself."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = value(self.styles[style].find(wn("basedOn")))

    def kind(self, part: str) -> str:
        """The part's content type: its own, or that of its ending, whatever their case (ECMA-376
        part 2). Empty when none is said."""
        root = self.roots[KINDS_PART]
        for own in root.iter(f"{{{CONTENT_TYPES}}}Override"):
            if own.get("PartName", "").casefold() == f"/{part}".casefold():
                return str(own.get("ContentType"))
        ending = part.rpartition(".")[2].casefold()
        for usual in root.iter(f"{{{CONTENT_TYPES}}}Default"):
            if usual.get("Extension").casefold() == ending:
                return str(usual.get("ContentType"))
        return ""

    def relations(self) -> Iterator[tuple[str, str]]:
        """Every relation inside the package: the last word of its type, and the part that it leads
        to."""
        for name, root in self.roots.items():
            if name.endswith(".rels"):
                # `word/_rels/document.xml.rels` speaks of what lies beside `word/document.xml`.
                folder = posixpath.dirname(posixpath.dirname(name))
                yield from _inner(root, folder)

    def related(self, part: str) -> dict[str, str]:
        """The parts that a part names, by the ids that it has for them."""
        folder, name = posixpath.split(part)
        root = self.roots.get(f"{folder}/_rels/{name}.rels")
        found = () if root is None else root.iter(RELATION)
        return {one.get("Id"): _target(one, folder) for one in found if _is_inner(one)}


def _is_story(part: str) -> bool:
    folder, name = posixpath.split(part)
    return folder == "word" and name.startswith(_STORIES)


def _inner(relations: Element, folder: str) -> Iterator[tuple[str, str]]:
    for relation in relations.iter(RELATION):
        if _is_inner(relation):
            yield relation.get("Type").rpartition("/")[2], _target(relation, folder)


def _is_inner(relation: Element) -> bool:
    return bool(relation.get("TargetMode") != "External")


def _target(relation: Element, folder: str) -> str:
    target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target")))
    return target.removeprefix("/")
