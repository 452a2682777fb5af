"""A package as xlsx has it (Open Packaging Conventions): parts with relations and content types.
Those that are edited are spliced, the rest stay as they came."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from itertools import count

from toolkit.annotate.markup import Node, document, made, parse
from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.encodings import in_utf8
from toolkit.read.formats.plain_package import plain_parts

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CELLS = f"{_MAIN}sheetData"
FOLDED = {f"{_MAIN}dataValidations", f"{_MAIN}mergeCells", f"{_MAIN}hyperlinks", f"{_MAIN}extLst"}
"""What else may be long in a sheet and has seldom to be changed. Neither it nor the cells are
looked into: as elements, those of 50,000 rows would take gigabytes."""
_BREAK = re.compile(rb"<br\b([^>/]*)>", re.IGNORECASE)


@dataclass
class Package:
    """Parts that say of each other where they are and what they hold: raw by name, and the roots of
    those that were parsed."""

    raw: dict[str, bytes]
    trees: dict[str, Node] = field(default_factory=dict)

    def tree(self, name: str) -> Node:
        """A part's XML, parsed once, to be edited in place. Raises ExpatError and ValueError for
        what is none."""
        if name not in self.trees:
            self.trees[name] = parse(_editable(name, self.raw[name]), {CELLS, *FOLDED})
        return self.trees[name]

    def settle(self, name: str) -> None:
        """Write down what has been edited in a part, so that it is parsed anew."""
        self.raw[name] = self._bytes(name)
        self.trees.pop(name, None)

    def save(self) -> bytes:
        """The package as bytes: a part that was only looked at, or changed and changed back, stays
        as it came."""
        return write_package((name, self._bytes(name)) for name in self.raw)

    def _bytes(self, name: str) -> bytes:
        root = self.trees.get(name)
        return self.raw[name] if root is None or not root.touched else document(root)

    def put(self, name: str, root: Node) -> None:
        """A new XML part."""
        self.raw[name], self.trees[name] = b"", root

    def add(self, name: str, root: Node, content_type: str) -> None:
        """A new XML part with its content type."""
        self.put(name, root)
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
            said = {"PartName": f"/{name}", "ContentType": content_type}
            types.append(made(f"{{{TYPES}}}Override", said))

    def declare_extension(self, extension: str, content_type: str) -> None:
        """The content type of a file ending, once."""
        types = self.tree("[Content_Types].xml")
        if not any((item.get("Extension") or "").lower() == extension for item in types):
            said = {"Extension": extension, "ContentType": content_type}
            types.insert_first(made(f"{{{TYPES}}}Default", said))

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
            self.put(name, made(f"{{{PACKAGE_RELS}}}Relationships"))
        relations = self.tree(name)
        taken = {item.get("Id") for item in relations}
        # An id is the part's own: the first of ours that no other program has taken.
        number = next(n for n in range(1, len(taken) + 2) if f"rIdLr{n}" not in taken)
        link = posixpath.relpath(target, posixpath.dirname(source))
        attributes = {"Id": f"rIdLr{number}", "Type": f"{RELS}/{kind}", "Target": link}
        relations.append(made(f"{{{PACKAGE_RELS}}}Relationship", attributes))
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
        if not any(relations):
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
    return Package(plain_parts(read_package(data)))


def _editable(name: str, part: bytes) -> bytes:
    """A part as it can be spliced: in UTF-8, and every element of it with an end."""
    told = in_utf8(part)
    if told is None:
        raise ValueError(name)
    # Excel writes the line breaks in a button's caption as HTML has them, without an end.
    return _BREAK.sub(rb"<br\1/>", told) if name.casefold().endswith(".vml") else told


def rels_of(name: str) -> str:
    """The part that holds a part's relations."""
    return posixpath.join(posixpath.dirname(name), "_rels", posixpath.basename(name) + ".rels")


def resolve(source: str, target: str) -> str:
    """A relation's target as a part name."""
    # openpyxl writes targets from the root of the package, Excel from the part's own folder.
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
