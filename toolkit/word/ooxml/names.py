"""Namespaces of Office Open XML (ECMA-376, ISO/IEC 29500), and the units that it measures in."""

from __future__ import annotations

from functools import cache

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
"""WordprocessingML, part 1 §17: text, paragraphs, tables, notes, fields."""
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
"""Relations between parts, part 1 §22.8."""
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
"""DrawingML, part 1 §20.1: shapes, lines, fills."""
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
"""Charts, part 1 §21.2."""
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
"""A drawing's place in a Word document, part 1 §20.4."""
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
"""One thing for programs that know a namespace, another for those that do not, part 3."""
WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
"""Groups of shapes since Word 2010, [MS-DOCX]: not in ECMA-376, so only inside a choice."""
XML = "http://www.w3.org/XML/1998/namespace"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
"""The package around the parts, part 2."""

TWIPS = 20
"""Twentieths of a point to a point: lengths in WordprocessingML (§22.9.2.14)."""
HALF_POINTS = 2
"""To a point: sizes of fonts in WordprocessingML (`w:sz`, §17.3.2.38)."""
LINE = 240
"""Single line spacing in `w:spacing` where the rule is `auto` (§17.3.1.33)."""
EMU_POINT = 12_700
EMU_CM = 360_000
"""English Metric Units to a point and to a centimetre: lengths in DrawingML (§20.1.2.1)."""
HUNDREDTHS = 100
"""To a point: sizes of fonts in DrawingML (`sz`)."""

OFF = frozenset({"0", "false", "off", "none"})
"""What switches a property off (§22.9.2.7; underlining says `none`). A property that says nothing
is on: `<w:b/>` is bold."""


@cache
def wn(path: str) -> str:
    """A name of WordprocessingML as lxml has it, or a path of names: `wn("pPr/pStyle")` finds the
    style of a paragraph."""
    return "/".join(f"{{{W}}}{name}" for name in path.split("/"))
