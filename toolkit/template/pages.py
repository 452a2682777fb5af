"""How a wide table is printed: on so many pages across that it can be read."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from toolkit.template.layout import FIRST_COLUMN, Placement

PRINTED_WIDTH = 200
"""Characters across a landscape A4 beside the repeated columns, at some 60 per cent: smaller print
can hardly be read."""


def set_pages_across(sheet: Worksheet, placements: Sequence[Placement]) -> None:
    """The words on a row and its id stand on every page, and a row's pages follow each other."""
    pages = max(1, math.ceil(max(map(_width, placements)) / PRINTED_WIDTH))
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0, FIRST_COLUMN - 1)
        sheet.print_across()


def _width(placement: Placement) -> int:
    """How wide a table is, in characters, without the columns that every page repeats."""
    fields = () if placement.table.kind == "form" else placement.table.fields[1:]
    return sum(field.width * field.choices for field in fields)
