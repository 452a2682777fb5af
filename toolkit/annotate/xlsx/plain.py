"""Cells in which a number is shown as it is: what we write for a county must not stand there as
another number (20 as `2000 %`, 54 492 as `54492 tkr`)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from toolkit.annotate.markup import Node, made
from toolkit.annotate.opc import Package
from toolkit.annotate.xlsx.parts import qn
from toolkit.annotate.xlsx.styles import STYLES, append_once
from toolkit.read.formats.shown_formats import CellFormat, formats_of

_GENERAL = "0"  # the number format that shows any number (ECMA-376-1, 18.8.30)


class PlainNumbers:
    """The cell formats of a package in which numbers are shown as they are."""

    def __init__(self, package: Package) -> None:
        self._package = package

    @cached_property
    def _formats(self) -> Mapping[bytes, CellFormat]:
        return formats_of(self._package.raw[STYLES])

    def show(self, cell: Node, value: Decimal) -> None:
        """Give a cell a format that shows a number, where its own shows something else: the same in
        all but that."""
        style = cell.get("s") or "0"
        own = self._formats.get(style.encode())
        if own is not None and own.shows(float(value)) is not None:
            cell.set("s", str(self._plain(int(style))))

    def _plain(self, style: int) -> int:
        styles = self._package.tree(STYLES)
        formats = styles.find(qn("cellXfs"))
        found = list(formats)[style] if formats is not None else made(qn("xf"))
        plain = made(qn("xf"), {**found.attributes, "numFmtId": _GENERAL, "applyNumberFormat": "1"})
        for child in found:
            plain.append(made(child.tag, child.attributes))
        return append_once(styles, "cellXfs", plain)
