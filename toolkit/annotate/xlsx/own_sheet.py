"""A sheet Återkoppling that is the county's own: it is kept, under another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import chain
from typing import NamedTuple

from toolkit.annotate.markup import Node, parse, shallow, unfold
from toolkit.annotate.opc import FOLDED, Package
from toolkit.annotate.xlsx.parts import WORKBOOK, child_of, qn, sheet_parts
from toolkit.annotate.xlsx.rows import Edit, closed, folded_rows, holds, opened, splice_rows
from toolkit.findings.texts import Texts
from toolkit.returns.feedback_sheet import is_called_so, is_made_by_us, other_name
from toolkit.spec.marks import FEEDBACK_SHEET
from toolkit.words.cells import quote_sheet
from toolkit.words.digits import whole_number

_WITH_FORMULAS = ("definedName", "f", "formula1", "formula2", "formula")


def keep_own_sheet(package: Package, texts: Texts) -> dict[str, str]:
    """The new name of the county's sheet by the one that it had; nothing where it has none such."""
    parts = sheet_parts(package)
    own = [name for name in parts if is_called_so(name)]
    if not own or _is_ours(package, own[0], parts[own[0]], texts):
        return {}
    was, name = own[0], other_name(parts)
    for entry in child_of(package.tree(WORKBOOK), "sheets"):
        if entry.get("name") == was:
            entry.set("name", name)
    _rename_in_formulas(package, parts.values(), was, name)
    return {was: name}


def _is_ours(package: Package, name: str, part: str, texts: Texts) -> bool:
    if part not in package.raw:
        return True
    return name == FEEDBACK_SHEET and is_made_by_us(_texts_on(package, part), texts)


def _texts_on(package: Package, part: str) -> Iterator[str]:
    found = [_said_in(cell) for cell in _cells_of(package.tree(part))]
    shared = _shared_texts(package, {int(said) for kind, said in found if kind == "s"})
    for kind, said in found:
        text = shared.get(int(said), said) if kind == "s" else said
        if text:
            yield text


def _cells_of(sheet: Node) -> Iterator[Node]:
    data = sheet.find(qn("sheetData"))
    for row in () if data is None else folded_rows(data):
        yield from opened(row).descendants(qn("c"))


def _said_in(cell: Node) -> tuple[str, str]:
    """A text with its kind: that of one among the shared texts (`s`) is its number."""
    value = cell.text_of(qn("v"))
    if cell.get("t") == "s" and whole_number(value) is not None:
        return "s", value
    return "", "".join(text.text for text in cell.descendants(qn("t"))) or value


def _shared_texts(package: Package, wanted: Set[int]) -> dict[int, str]:
    """Some of the shared texts by number. The others are not looked into: there may be a
    million."""
    part = package.related(WORKBOOK, "sharedStrings")
    if part is None or part not in package.raw or not wanted:
        return {}
    items = shallow(parse(package.raw[part], {qn("sst")}))
    return {number: _text_of(item) for number, item in enumerate(items) if number in wanted}


def _text_of(item: Node) -> str:
    unfold(item)
    return "".join(text.text for text in item.descendants(qn("t")))


def _rename_in_formulas(package: Package, parts: Iterable[str], was: str, name: str) -> None:
    """Formulas that name the sheet would else be about ours."""
    called = _Renaming((f"{was}!", f"{quote_sheet(was)}!"), f"{quote_sheet(name)}!")
    _rename_below(package.tree(WORKBOOK), called)
    # A program may write a letter beyond ASCII as a reference; the first is such a one.
    letters = was[1:].encode()
    for part in parts:
        if _may_name(package.raw.get(part, b""), letters):
            _rename_on_sheet(package.tree(part), called, letters)
            package.settle(part)


def _may_name(part: bytes, letters: bytes) -> bool:
    return letters in part or b"&#" in part


class _Renaming(NamedTuple):
    """What a sheet is called in formulas, and what it is called from now on."""

    was: tuple[str, ...]
    name: str


def _rename_on_sheet(sheet: Node, called: _Renaming, letters: bytes) -> None:
    for part in sheet:
        if part.tag in FOLDED:
            unfold(part)
    _rename_below(sheet, called)
    data = sheet.find(qn("sheetData"))
    if data is not None:
        edits = (_renamed_row(row, called) for row in folded_rows(data) if holds(row, letters))
        splice_rows(data, chain.from_iterable(edits))


def _renamed_row(row: Node, called: _Renaming) -> Iterator[Edit]:
    _rename_below(opened(row), called)
    return closed(row)


def _rename_below(root: Node, called: _Renaming) -> None:
    for formula in root.descendants(*map(qn, _WITH_FORMULAS)):
        said = formula.text
        found = next((one for one in called.was if one in said), None)
        if found is not None:
            formula.text = said.replace(found, called.name)
