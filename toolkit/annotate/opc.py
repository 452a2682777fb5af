"""A package as xlsx and xlsb have it (Open Packaging Conventions): parts with relations and content
types."""

from __future__ import annotations

import posixpath
from itertools import count

from lxml import etree

from toolkit.annotate.parts import PackageParts, XmlElement
from toolkit.files.zip import read_package

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


class Package(PackageParts):
    """Parts that say of each other where they are and what they hold."""

    def add(self, name: str, root: XmlElement, content_type: str) -> None:
        """A new XML part with its content type."""
        self.raw[name] = b""
        self.trees[name] = root
        self.declare(name, content_type)

    def free(self, pattern: str) -> str:
        """The first name of a pattern (`xl/comments{}.xml`) that no part has. Programs that look
        for parts by their names (exceljs) know no others than these."""
        taken = {name.casefold() for name in self.raw}
        numbered = (pattern.format(number) for number in count(1))
        return next(name for name in numbered if name.casefold() not in taken)

    def declare(self, name: str, content_type: str) -> None:
        """The content type of one part, once."""
        types = self.tree("[Content_Types].xml")
        if not any(item.get("PartName") == f"/{name}" for item in types):
            etree.SubElement(
                types, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=content_type
            )

    def declare_extension(self, extension: str, content_type: str) -> None:
        """The content type of a file ending, once."""
        types = self.tree("[Content_Types].xml")
        if not any((item.get("Extension") or "").lower() == extension for item in types):
            types.insert(
                0,
                etree.Element(f"{{{TYPES}}}Default", Extension=extension, ContentType=content_type),
            )

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
            self.trees[name] = etree.Element(
                f"{{{PACKAGE_RELS}}}Relationships", nsmap={None: PACKAGE_RELS}
            )
        relations = self.tree(name)
        taken = {item.get("Id") for item in relations}
        # An id is the part's own: the first of ours that no other program has taken.
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
        for item in [
            item for item in relations if resolve(source, item.get("Target") or "") == target
        ]:
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


def open_package(data: bytes) -> Package:
    """A package to edit. Raises zipfile.BadZipFile."""
    return Package(read_package(data))


def rels_of(name: str) -> str:
    """The part that holds a part's relations."""
    return posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")


def resolve(source: str, target: str) -> str:
    """A relation's target as a part name."""
    # openpyxl writes targets from the root of the package, Excel from the part's own folder.
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
