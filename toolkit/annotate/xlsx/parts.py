"""What an OOXML workbook calls its parts and its elements."""

from __future__ import annotations

from toolkit.annotate.opc import RELS, Package, rels_of, resolve

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORKBOOK = "xl/workbook.xml"


def qn(name: str) -> str:
    """A name in the main spreadsheet namespace."""
    return f"{{{MAIN}}}{name}"


def sheet_parts(package: Package) -> dict[str, str]:
    """Part names of the worksheets by sheet name, in order."""
    links = package.tree(rels_of(WORKBOOK))
    targets = {item.get("Id"): resolve(WORKBOOK, item.get("Target") or "") for item in links}
    book = package.tree(WORKBOOK).find(qn("sheets"))
    if book is None:
        return {}
    return {s.get("name") or "": targets.get(s.get(f"{{{RELS}}}id"), "") for s in book}
