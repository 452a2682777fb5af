"""A workbook package as parts, relations and content types, edited with lxml."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from toolkit.package import read_package, write_package

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORKBOOK = "xl/workbook.xml"
Element = Any  # an lxml element; the stubs make every find() optional, which it is not in a valid package


@dataclass
class Package:
    """Raw parts by name; those that were parsed for editing are written anew, the rest as they were."""

    raw: dict[str, bytes]
    trees: dict[str, Element] = field(default_factory=dict)

    def tree(self, name: str) -> Element:
        """A part's XML, parsed once, to be edited in place."""
        if name not in self.trees:
            self.trees[name] = _parsed(self.raw[name])
        return self.trees[name]

    def add(self, name: str, root: Element, content_type: str) -> None:
        """A new XML part with its content type."""
        self.raw[name] = b""
        self.trees[name] = root
        self.declare(name, content_type)

    def declare(self, name: str, content_type: str) -> None:
        """The content type of one part, once."""
        types = self.tree("[Content_Types].xml")
        if not any(item.get("PartName") == f"/{name}" for item in types):
            etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """The content type of a file ending, once."""
        types = self.tree("[Content_Types].xml")
        if not any((item.get("Extension") or "").lower() == extension for item in types):
            types.insert(0, etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type))

    def remove(self, name: str) -> None:
        """Take a part out, with its content type and its own relations."""
        for gone in (name, rels_of(name)):
            self.raw.pop(gone, None)
            self.trees.pop(gone, None)
        types = self.tree("[Content_Types].xml")
        for item in [item for item in types if item.get("PartName") == f"/{name}"]:
            types.remove(item)

    def relate(self, source: str, target: str, kind: str) -> str:
        """A relation from one part to another; its id."""
        name = rels_of(source)
        if name not in self.raw:
            self.raw[name] = b""
            self.trees[name] = etree.Element(f"{{{PACKAGE_RELS}}}Relationships", nsmap={None: PACKAGE_RELS})
        relations = self.tree(name)
        taken = {item.get("Id") for item in relations}
        number = next(n for n in range(1, len(taken) + 2) if f"rIdLr{n}" not in taken)
        link = posixpath.relpath(target, posixpath.dirname(source))
        attributes = {"Id": f"rIdLr{number}", "Type": f"{RELS}/{kind}", "Target": link}
        etree.SubElement(relations, f"{{{PACKAGE_RELS}}}Relationship", attributes)
        return f"rIdLr{number}"

    def unrelate(self, source: str, target: str) -> None:
        """Take away the relations from one part to another."""
        if rels_of(source) not in self.raw:
            return
        relations = self.tree(rels_of(source))
        for item in [item for item in relations if resolve(source, item.get("Target") or "") == target]:
            relations.remove(item)
        if not len(relations):
            del self.raw[rels_of(source)], self.trees[rels_of(source)]

    def related(self, source: str, kind: str) -> str | None:
        """The part that the first relation of a kind points to."""
        if rels_of(source) not in self.raw:
            return None
        for item in self.tree(rels_of(source)):
            if (item.get("Type") or "").endswith(f"/{kind}"):
                return resolve(source, item.get("Target") or "")
        return None

    def target(self, source: str, relation: str) -> str | None:
        """The part that a relation points to, by its id."""
        links = self.tree(rels_of(source)) if rels_of(source) in self.raw else ()
        found = (item.get("Target") or "" for item in links if item.get("Id") == relation)
        return next((resolve(source, target) for target in found), None)

    def sheets(self) -> dict[str, str]:
        """Part names of the worksheets by sheet name, in order."""
        targets = {item.get("Id"): resolve(WORKBOOK, item.get("Target") or "") for item in self.tree(rels_of(WORKBOOK))}
        book = self.tree(WORKBOOK).find(qn("sheets"))
        return {s.get("name") or "": targets.get(s.get(f"{{{RELS}}}id"), "") for s in book} if book is not None else {}

    def save(self) -> bytes:
        """The package as bytes: changed parts anew, all others as they came."""
        return write_package((name, self._bytes(name)) for name in self.raw)

    def _bytes(self, name: str) -> bytes:
        """A part that was only looked at, or changed and changed back, stays as it came."""
        if name not in self.trees:
            return self.raw[name]
        written = _written(self.trees[name])
        same = bool(self.raw[name]) and written == _written(_parsed(self.raw[name]))
        return self.raw[name] if same else written


def _parsed(part: bytes) -> Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _written(tree: Element) -> bytes:
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def open_package(data: bytes) -> Package:
    """A package to edit. Raises zipfile.BadZipFile."""
    return Package(read_package(data))


def qn(name: str) -> str:
    """A name in the main spreadsheet namespace."""
    return f"{{{MAIN}}}{name}"


def rels_of(name: str) -> str:
    """The part that holds a part's relations."""
    return posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")


def resolve(source: str, target: str) -> str:
    """A relation's target as a part name."""
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
