"""A stray cell far from everything else: what Ctrl+arrow and a slip of the hand leave in the last
row. A reader would allocate the whole area up to it, so it is taken apart before; what stood in it
is told."""

from __future__ import annotations

import struct
from typing import NamedTuple

from toolkit.files.biff12 import BrokenRecord
from toolkit.files.compound import Malformed
from toolkit.files.zip import read_package, write_package
from toolkit.read.formats import far_in_ods, far_in_xlsb, far_in_xlsx
from toolkit.read.formats.ods_names import CONTENT
from toolkit.read.formats.plain_package import plain_parts
from toolkit.read.formats.preflight import WIDE
from toolkit.read.formats.xlsb_sheets import BOOK
from toolkit.words.cells import CellRef


class Trimmed(NamedTuple):
    """A workbook without the cells that lie far out, and those of them in which anything stood."""

    data: bytes
    cells: tuple[CellRef, ...]


def without_far_cells(data: bytes) -> Trimmed | None:
    """None where no cell lies far from the others. The package's entries must have been looked
    over."""
    package = plain_parts(read_package(data))
    changed, cells = _trimmed(package)
    if not changed:
        return None
    return Trimmed(write_package({**package, **changed}.items()), tuple(cells))


def without_far_records(data: bytes) -> Trimmed:
    """The same of an xls; the very same file where nothing lies far out on a large sheet, or where
    its records are not as they should be, which is told later."""
    from toolkit.read.formats.far_in_xls import trimmed_file

    try:
        found = trimmed_file(data, WIDE)
    except (Malformed, struct.error, IndexError):
        found = None
    return Trimmed(data, ()) if found is None else Trimmed(found[0], tuple(found[1]))


def _trimmed(package: dict[str, bytes]) -> tuple[dict[str, bytes], list[CellRef]]:
    """The parts that become others, and the filled cells that are left out of them."""
    if CONTENT in package:
        return far_in_ods.trimmed(package)
    if BOOK not in package:
        return far_in_xlsx.trimmed(package)
    try:
        return far_in_xlsb.trimmed(package)
    except BrokenRecord:
        return {}, []
