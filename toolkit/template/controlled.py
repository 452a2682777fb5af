"""What the lines of the sheet Kontroll are written from, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.findings.texts import Texts
from toolkit.spec.model import Spec
from toolkit.spec.roles import DECLARED, NIL_ANSWER, NIL_TABLE, YES, FieldRole, TableRole
from toolkit.template.layout import Placement
from toolkit.template.style import CellStyles
from toolkit.words.cells import criterion, formula_text

FIRST_ROW = 5
NOT_COUNTED = ""
"""What a formula holds until a program counts it. A number would be believed: LibreOffice, as it is
installed, shows what is saved, and so does every preview; 0 cells missing would then stand in an
empty workbook."""


@dataclass(frozen=True, slots=True)
class Control:
    """What the lines of the sheet are written from. `detail` is the first row of the list of
    columns."""

    spec: Spec
    texts: Texts
    styles: CellStyles
    sheet: Worksheet
    placements: Mapping[str, Placement]

    def has(self, *roles: str) -> bool:
        """Whether the year asks for all these roles."""
        return self.spec.bound.has(*roles)

    def place(self, role: TableRole) -> Placement:
        """Where a role's table stands."""
        return self.placements[self.spec.bound[role]]

    def area(self, role: FieldRole) -> str:
        """The cells of a role's field, as an absolute reference with its sheet."""
        table = TableRole(DECLARED[role].within)
        return self.place(table).area(self.spec.bound[role])

    @property
    def last(self) -> int:
        """The last line of the list of tables."""
        return FIRST_ROW + len(self.placements) - 1

    @property
    def sums(self) -> int:
        """The heading of the sums."""
        return self.last + 2

    def say(self, key: str) -> str:
        """A text of the sheet."""
        return self.texts(f"kontroll.{key}")

    def formula(self, key: str) -> str:
        """The same as a formula holds it."""
        return formula_text(self.say(key))


def write_array(sheet: Worksheet, row: int, column: int, formula: str, style: Format) -> None:
    """A formula that looks at whole columns: without the braces Excel would look at one cell of
    them, the one on the formula's own row."""
    sheet.write_array_formula(row, column, row, column, f"{{={formula}}}", style, NOT_COUNTED)


def nil_test(control: Control, placement: Placement) -> str:
    """Whether the county says that there is nothing to report in a table."""
    if not placement.table.nil_allowed or not control.spec.takes_nil:
        return "FALSE"
    tables, answers = control.area(NIL_TABLE), control.area(NIL_ANSWER)
    yes = formula_text(f"{criterion(control.spec.bound[YES])}*")
    # The name alone, or behind its code; `*Mål*` would be met by `Målgrupper` too.
    name = criterion(placement.table.label)
    tests = (formula_text(one) for one in (name, f"* – {name}", f"* - {name}"))
    counted = (f"COUNTIFS({tables},{one},{answers},{yes})" for one in tests)
    return f"{'+'.join(counted)}>0"
