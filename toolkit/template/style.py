"""The template's look: one accessible palette, contrasts of at least 4.5:1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

INK = "#1F2A37"
ACCENT = "#17475E"
PALE = "#E8F0F4"
GREY = "#595F69"
LINE = "#B8C2CC"
MISSING = "#FFE3B3"
WRONG = "#F8C9C4"
ASKED = "#DCE6F7"
GOOD = "#D5EBD8"

# U+2212, the minus sign of Swedish print; Excel's own format has a hyphen.
WITH_ORE = "#,##0.00;\u2212#,##0.00"
NUMBER_FORMATS = {"amount": "#,##0;\u2212#,##0", "date": "yyyy-mm-dd", "integer": "0", "year": "0"}
FIGURES = {"amount", "integer", "number", "share"}
"""The field types that stand under each other by their last digit."""
FIGURE = {"align": "right", "text_wrap": False}
BASE = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "vcenter"}


@dataclass(frozen=True, slots=True)
class CellStyles:
    """Cell formats by role, made once for a workbook."""

    book: Workbook
    made: dict[str, Format]

    def __call__(self, role: str, **extra: Any) -> Format:
        """The format of a role, with extra properties."""
        name = role + repr(sorted(extra.items()))
        if name not in self.made:
            self.made[name] = self.book.add_format({**BASE, **ROLES[role], **extra})
        return self.made[name]

    def cell(self, kind: str, role: str) -> Format:
        """A role with the number format of a field type. Text is kept as text (`@`), so that Excel
        makes no number of 01 and no date of 3-4."""
        otherwise = "General" if kind in {"number", "share"} else "@"
        shown = NUMBER_FORMATS.get(kind, otherwise)
        return self(role, num_format=shown, **(FIGURE if kind in FIGURES else {}))


INDENTED = {"align": "left", "indent": 1}
ROLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": ACCENT},
    "subtitle": {"bold": True, "font_size": 14, "font_color": ACCENT},
    "intro": {"font_color": GREY},
    "body": {"text_wrap": True},
    "open": {"text_wrap": True, "locked": False, **INDENTED},
    "header": {
        "bold": True,
        **INDENTED,
        "text_wrap": True,
        "bg_color": ACCENT,
        "font_color": "#FFFFFF",
        "border": 1,
        "border_color": LINE,
    },
    "example": {
        "italic": True,
        **INDENTED,
        "font_color": GREY,
        "bg_color": "#F3F4F6",
        "text_wrap": True,
        "border": 1,
        "border_color": LINE,
    },
    "input": {"locked": False, **INDENTED, "text_wrap": True, "border": 1, "border_color": LINE},
    "prefilled": {
        "locked": False,
        **INDENTED,
        "text_wrap": True,
        "border": 1,
        "border_color": LINE,
        "italic": True,
        "font_color": "#0B4F9E",
        "bg_color": "#EEF4FB",
    },
    "fixed": {"bg_color": PALE, **INDENTED, "text_wrap": True, "border": 1, "border_color": LINE},
    "label": {
        "bold": True,
        **INDENTED,
        "bg_color": PALE,
        "border": 1,
        "border_color": LINE,
        "text_wrap": True,
    },
    "help": {"font_color": GREY, **INDENTED, "text_wrap": True},
    "status": {"font_color": INK, **INDENTED, "font_size": 10, "text_wrap": True},
    "open_status": {
        "font_color": INK,
        **INDENTED,
        "font_size": 10,
        "text_wrap": True,
        "locked": False,
    },
    "verdict": {"bold": True, **INDENTED, "font_size": 13, "text_wrap": True, "bg_color": PALE},
    # White on white, should somebody show the row: keys are no words for a county.
    "hidden": {"font_color": "#FFFFFF", "font_size": 8},
    # From here on looks of conditional formats, which are laid on a cell's own.
    "missing": {"bg_color": MISSING, "pattern": 1},
    "wrong": {"bg_color": WRONG, "bold": True},
    "asked": {"bg_color": ASKED},
    "good": {"bg_color": GOOD},
    "with_ore": {"num_format": WITH_ORE},
}
