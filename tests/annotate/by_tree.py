"""Marking as it is when every part is built as a tree by lxml and written anew: the oracle for marking by
splicing. What is marked where is decided by the same code; how XML is read, changed and written is not."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections import defaultdict
from copy import deepcopy

from lxml import etree

from toolkit.annotate import ods
from toolkit.annotate.xlsx import mark
from toolkit.annotate.xlsx.parts import qn, sheet_parts
from toolkit.annotate.xlsx.values import _let_calculate
from toolkit.read.formats.formulas import moved_formula
from toolkit.words.cells import column_letter, read_cell

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Tree:
    """An element of lxml with the manners of `toolkit.annotate.markup.Node`."""

    touched, declared = True, {}

    def __init__(self, node):
        self.node = node

    tag = property(lambda self: self.node.tag)
    local = property(lambda self: etree.QName(self.node).localname)
    attributes = property(lambda self: dict(self.node.attrib))
    parent = property(lambda self: Tree(self.node.getparent()))

    def get(self, name, default=None):
        return self.node.get(name, default)

    def set(self, name, value):
        self.node.set(name, value)

    def drop(self, name):
        self.node.attrib.pop(name, None)

    def __iter__(self):
        return iter([Tree(child) for child in self.node if isinstance(child.tag, str)])

    def find(self, tag):
        return next(self.each(tag), None)

    def each(self, *path):
        return (Tree(node) for node in self.node.findall("/".join(path)))

    def descendants(self, *tags):
        return (Tree(node) for node in self.node.iterdescendants(*tags))

    @property
    def text(self):
        first = next((node for node in self.node if isinstance(node.tag, str)), None)
        before = [self.node.text or ""]
        for node in self.node if first is None else self.node[: self.node.index(first)]:
            before.append(node.tail or "")
        return "".join(before)

    @text.setter
    def text(self, said):
        for node in [node for node in self.node if not isinstance(node.tag, str)]:
            self.node.remove(node)
        self.node.text = said

    def text_of(self, tag):
        found = self.find(tag)
        return "" if found is None else found.text

    def append(self, child):
        self.node.append(child.node)
        return child

    def insert_first(self, child):
        self.node.insert(0, child.node)

    def insert_before(self, other, child):
        other.node.addprevious(child.node)

    def insert_after(self, other, child):
        other.node.addnext(child.node)

    def remove(self, child):
        self.node.remove(child.node)

    def take_away(self):
        self.node.getparent().remove(self.node)

    def empty(self):
        for node in list(self.node):
            self.node.remove(node)
        self.node.text = None

    @property
    def whole_text(self):
        return "".join(self.node.itertext())

    def append_text(self, said):
        last = self.node[-1]
        last.tail = (last.tail or "") + said

    def copied(self):
        return Tree(deepcopy(self.node))

    made_anew = copied


def tree_of(source, folded=()):
    return Tree(etree.fromstring(source, etree.XMLParser(resolve_entities=False)))


def tree_made(tag, attributes=None, text="", declared=None):
    known = {prefix or None: space for prefix, space in (declared or {}).items()}
    node = etree.Element(tag, dict(attributes or {}), nsmap=known)
    if text:
        node.text = text
    return Tree(node)


def write_values(package, cures):
    """Values in cells, with all rows and cells numbered on the way."""
    by_sheet = defaultdict(list)
    for cure in cures:
        by_sheet[cure.ref.sheet].append(cure)
    for sheet, own in by_sheet.items():
        data = package.tree(sheet_parts(package)[sheet]).node.find(qn("sheetData"))
        number_all(data)
        spread_formulas(data, {cure.ref.cell for cure in own})
        for cure in sorted(own):
            row = placed(data, "row", str(cure.ref.row), cure.ref.row, int)
            fill(placed(row, "c", cure.ref.cell, cure.ref.column, column_of), cure.value)
    if by_sheet:
        _let_calculate(package)


def column_of(place):
    return read_cell("", place).column


def number_all(data):
    number = 0
    for row in data.findall(qn("row")):
        number = int(row.get("r") or number + 1)
        row.set("r", str(number))
        column = 0
        for cell in row.findall(qn("c")):
            column = column_of(cell.get("r")) if cell.get("r") else column + 1
            cell.set("r", f"{column_letter(column)}{number}")


def spread_formulas(data, written):
    shared = [f for f in data.iter(qn("f")) if f.get("t") == "shared"]
    firsts = {f.get("si"): (f.getparent().get("r"), f.text) for f in shared if f.text}
    for formula in shared:
        origin, text = firsts.get(formula.get("si"), ("", None))
        if origin in written and text and not formula.text:
            formula.text = moved_formula(text, origin, formula.getparent().get("r"))
            for name in ("t", "si", "ref"):
                formula.attrib.pop(name, None)


def placed(parent, name, place, number, numbered):
    others = {numbered(node.get("r")): node for node in parent.findall(qn(name))}
    if number not in others:
        others[number] = etree.Element(qn(name), r=place)
        after = [other for other in others if other > number]
        if after:
            others[min(after)].addprevious(others[number])
        else:
            parent.append(others[number])
    return others[number]


def fill(cell, value):
    for child in list(cell):
        cell.remove(child)
    cell.text = None
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, qn("is")), qn("t"))
        text.text = value
        text.set(SPACE, "preserve")
    else:
        etree.SubElement(cell, qn("v")).text = f"{value:f}"


def in_place(data, edits):
    """A tree is changed where it stands: there is nothing to put in its place."""
    list(edits)


USED = ("opc", "vml", "xlsx.book", "xlsx.feedback", "xlsx.notes", "xlsx.alone", "xlsx.styles",
        "xlsx.values", "xlsx.parts", "xlsx.own_sheet", "xlsx.rows")  # fmt: skip
BY_TREE = {
    "made": tree_made,
    "parse": tree_of,
    "document": lambda root: etree.tostring(
        root.node, xml_declaration=True, encoding="UTF-8", standalone=True
    ),
    "shallow": iter,
    "unfold": lambda element: None,
    "opened": lambda row: row,
    "closed": lambda row: iter(()),
    "holds": lambda row, *letters: True,
    "splice_rows": in_place,
    "write_values": write_values,
}


USED_FOR_ODS = ("ods.package", "ods.cells", "ods.feedback", "ods.notes")


def mark_ods_by_tree(monkeypatch, *order):
    """The same as `ods.mark`, by trees."""
    with monkeypatch.context() as changed:
        changed.setattr("toolkit.annotate.markup.made", tree_made)
        replace_by_trees(changed, USED_FOR_ODS, but={"made"})
        return ods.mark(*order)


def mark_by_tree(monkeypatch, *order):
    """The same as `mark`, by trees."""
    with monkeypatch.context() as changed:
        replace_by_trees(changed, USED)
        return mark(*order)


def replace_by_trees(changed, used, but=()):
    for name in used:
        module = importlib.import_module(f"toolkit.annotate.{name}")
        for called, instead in BY_TREE.items():
            if hasattr(module, called) and called not in but:
                changed.setattr(module, called, instead)


def said_by(node):
    """An element as a value: what it says, whatever prefixes, quotes and white space it is written with."""
    children = [child for child in node if isinstance(child.tag, str)]
    keeps = not children and node.get(SPACE) == "preserve"
    own = [node.text or "", *(child.tail or "" for child in node)]
    text = "".join(own if keeps else map(str.strip, own))
    return node.tag, dict(node.attrib), text, [said_by(child) for child in children]


def numbered(root):
    """A sheet with its rows and cells numbered."""
    data = root.find(qn("sheetData"))
    if data is not None:
        number_all(data)
    return root


def parts_said(data):
    """What every part of a package says, in the parts' order: XML as values, the rest as it is."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: part_said(name, package.read(name)) for name in package.namelist()}


def part_said(name, part):
    if not name.endswith((".xml", ".rels", ".vml")):
        return part
    try:
        return said_by(numbered(etree.fromstring(part)))
    except etree.XMLSyntaxError:
        return part
