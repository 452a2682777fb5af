"""A sheet Återkoppling that is the county's own: it is kept, under another name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.annotate.opc import Package
from toolkit.annotate.parts import XmlElement
from toolkit.annotate.xlsx.parts import WORKBOOK, qn, sheet_parts
from toolkit.findings.texts import Texts
from toolkit.returns.feedback_sheet import is_called_so, is_made_by_us, other_name
from toolkit.spec.marks import FEEDBACK_SHEET
from toolkit.words.cells import quote_sheet

_WITH_FORMULAS = ("f", "formula1", "formula2", "formula")


def keep_own_sheet(package: Package, texts: Texts) -> dict[str, str]:
    """The new name of the county's sheet by the one that it had; nothing where it has none such."""
    parts = sheet_parts(package)
    own = [name for name in parts if is_called_so(name)]
    if not own or _is_ours(package, own[0], parts[own[0]], texts):
        return {}
    was, name = own[0], other_name(parts)
    for entry in package.tree(WORKBOOK).find(qn("sheets")):
        if entry.get("name") == was:
            entry.set("name", name)
    _rename_in_formulas(package, parts.values(), was, name)
    return {was: name}


def _is_ours(package: Package, name: str, part: str, texts: Texts) -> bool:
    if part not in package.raw:
        return True
    return name == FEEDBACK_SHEET and is_made_by_us(_texts_on(package, part), texts)


def _texts_on(package: Package, part: str) -> Iterator[str]:
    shared = _shared_texts(package)
    for cell in package.tree(part).iter(qn("c")):
        said = "".join(text.text or "" for text in cell.iter(qn("t")))
        value = cell.findtext(qn("v")) or ""
        if cell.get("t") == "s" and value.isdecimal() and int(value) < len(shared):
            said = shared[int(value)]
        if said or value:
            yield said or value


def _shared_texts(package: Package) -> list[str]:
    part = package.related(WORKBOOK, "sharedStrings")
    if part is None or part not in package.raw:
        return []
    items = package.tree(part).iter(qn("si"))
    return ["".join(text.text or "" for text in item.iter(qn("t"))) for item in items]


def _rename_in_formulas(package: Package, parts: Iterable[str], was: str, name: str) -> None:
    """Formulas that name the sheet would else be about ours."""
    called = (f"{was}!", f"{quote_sheet(was)}!")
    roots = [package.tree(part) for part in parts if part in package.raw]
    for root in (package.tree(WORKBOOK), *roots):
        for formula in root.iter(qn("definedName"), *map(qn, _WITH_FORMULAS)):
            _rename_in(formula, called, f"{quote_sheet(name)}!")


def _rename_in(formula: XmlElement, called: Iterable[str], name: str) -> None:
    said = formula.text or ""
    for one in called:
        if one in said:
            formula.text = said.replace(one, name)
            return
