"""What an OOXML workbook calls its parts and its elements."""

from __future__ import annotations

from collections.abc import Collection

from toolkit.annotate.markup import Node, made
from toolkit.annotate.opc import RELS, Package, rels_of, resolve

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = "xl/workbook.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EITHER = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


def qn(name: str) -> str:
    """A name in the main spreadsheet namespace."""
    return f"{{{MAIN}}}{name}"


def packed(part: str) -> bytes:
    """A part that is written in our code, without the white space by which it is read there."""
    return "".join(line.strip() for line in part.splitlines()).encode()


def sheet_parts(package: Package) -> dict[str, str]:
    """Part names of the worksheets by sheet name, in order."""
    links = package.tree(rels_of(WORKBOOK))
    targets = {item.get("Id"): resolve(WORKBOOK, item.get("Target") or "") for item in links}
    book = package.tree(WORKBOOK).find(qn("sheets"))
    if book is None:
        return {}
    return {s.get("name") or "": targets.get(s.get(f"{{{RELS}}}id"), "") for s in book}


def child_of(parent: Node, name: str) -> Node:
    """A child that must be there. Raises LookupError."""
    found = parent.find(qn(name))
    if found is None:
        raise LookupError(name)
    return found


def kept_text(text: str) -> Node:
    """A text as it is: without the attribute Excel drops spaces and line breaks at its ends."""
    written = made(qn("t"), text=text)
    written.set(_SPACE, "preserve")
    return written


def insert_in_order(parent: Node, child: Node, followers: Collection[str]) -> None:
    """Put an element before the first of those that must come after it, by their local names."""
    after = (one for one in parent if not set(followers).isdisjoint(_kinds(one)))
    first = next(after, None)
    if first is None:
        parent.append(child)
    else:
        parent.insert_before(first, child)


def _kinds(element: Node) -> set[str]:
    """What an element is: of one that is there in several versions (ECMA-376-3, 7.5) what these
    are."""
    if element.tag != _EITHER:
        return {element.local}
    versions = (_kinds_in(version) for version in element)
    return set().union(*versions)


def _kinds_in(version: Node) -> set[str]:
    return {inner.local for inner in version}
