"""The boxes of notes: the legacy drawing that an xlsx and an xlsb keep beside their comments."""

from __future__ import annotations

from collections.abc import Collection

from toolkit.annotate.marks import NOTE_COLOUR
from toolkit.annotate.markup import Node, made
from toolkit.words.cells import CellRef

TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_PREFIXES = {"v": _VML, "o": _OFFICE, "x": _EXCEL}


def empty_drawing() -> Node:
    """A drawing with the kind of shape that notes are, and no shape yet."""
    root = made("xml", declared=_PREFIXES)
    # Shape type 202 is a text box ([MS-ODRAW] 2.4.24): Excel shows notes in nothing else.
    said = {
        "id": "_x0000_t202",
        "coordsize": "21600,21600",
        "path": "m,l,21600r21600,l21600,xe",
        f"{{{_OFFICE}}}spt": "202",
    }
    kind = root.append(made(f"{{{_VML}}}shapetype", said))
    kind.append(made(f"{{{_VML}}}stroke", {"joinstyle": "miter"}))
    return root


def has_shapes(root: Node) -> bool:
    """Whether any shape is left in a drawing."""
    return root.find(f"{{{_VML}}}shape") is not None


def strip_shapes(root: Node, cells: Collection[str]) -> None:
    """Without the boxes of some cells' notes."""
    for shape in list(root.each(f"{{{_VML}}}shape")):
        row, column = _first(shape, "Row"), _first(shape, "Column")
        if row is not None and column is not None:
            ref = CellRef("", int(row.text or 0) + 1, int(column.text or 0) + 1)
            if ref.cell in cells:
                root.remove(shape)


def _first(shape: Node, name: str) -> Node | None:
    return next(shape.descendants(f"{{{_EXCEL}}}{name}"), None)


def note_shape(index: int, number: int, ref: CellRef) -> Node:
    """The box of a cell's note. `number` is the sheet's, `index` the note's on it: their ids are
    unique."""
    style = (
        "position:absolute;margin-left:60pt;margin-top:2pt;width:260pt;height:110pt;z-index:1;"
        "visibility:hidden"
    )
    said = {
        # Excel gives its own shapes numbers from 1025 a sheet; ours begin above what a sheet has.
        "id": f"_x0000_s{9000 + number * 1000 + index}",
        "type": "#_x0000_t202",
        "style": style,
        "fillcolor": f"#{NOTE_COLOUR.lower()}",
    }
    shape = made(f"{{{_VML}}}shape", said, declared=_PREFIXES)
    _tie_to_cell(shape, ref)
    return shape


def _tie_to_cell(shape: Node, ref: CellRef) -> None:
    """By this and not by its place Excel knows which cell a box belongs to."""
    data = shape.append(made(f"{{{_EXCEL}}}ClientData", {"ObjectType": "Note"}))
    # Left column and pixels into it, top row, right column and bottom row in the same way, from 0.
    anchor = f"{ref.column}, 12, {max(0, ref.row - 2)}, 8, {ref.column + 3}, 40, {ref.row + 6}, 4"
    said = {"MoveWithCells": "", "Anchor": anchor, "AutoFill": "False"}
    for name, text in {**said, "Row": ref.row - 1, "Column": ref.column - 1}.items():
        data.append(made(f"{{{_EXCEL}}}{name}", text=str(text)))
