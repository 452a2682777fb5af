"""The sheet Återkoppling, whatever the file's format: the verdict, every finding with a link to its
cell, and room for answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.annotate.marks import COLOURS, tone
from toolkit.findings.feedback import tell, verdict
from toolkit.findings.finding import Finding, Severity
from toolkit.findings.texts import Texts
from toolkit.returns.submission import question_key
from toolkit.words.cells import CellRef
from toolkit.words.cleantext import cell_text

WIDTHS = (2, 12, 26, 15, 12, 58, 46, 22, 46, 24)
"""The columns' widths in characters. The first column is hidden: it holds the keys by which answers
are read."""
LAST_COLUMN = len(WIDTHS)
HEADER_ROW, FIRST_ROW = 6, 7  # the header, above which all is frozen, and the first finding
TEXT, BLUE, WHITE, LINK = "1F2A37", "17475E", "FFFFFF", "0B4F9E"
_COLUMNS = ("allvar", "orsak", "blad", "cell", "vad", "hur", "forslag", "forklaring", "kod")


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell looks: text colour and fill (RRGGBB), size in points. Texts are wrapped and stand
    at the top. Only an unlocked cell can be written in on the protected sheet."""

    colour: str = TEXT
    fill: str | None = None
    size: int = 11
    bold: bool = False
    underlined: bool = False
    locked: bool = True


LOOKS = {
    "body": CellLook(),
    "title": CellLook(BLUE, size=18, bold=True),
    "header": CellLook(WHITE, BLUE, bold=True),
    "link": CellLook(LINK, underlined=True),
    "verdict": CellLook(fill="E8F0F4", size=13, bold=True),
    **{name: CellLook(fill=colour) for name, colour in COLOURS.items()},
    "answer": CellLook(fill="FFF8D6", locked=False),
}


class PageCell(NamedTuple):
    """A text in a column (from 1), in the look of a role in LOOKS; `link` is the cell that it leads
    to."""

    column: int
    text: str
    role: str
    link: CellRef | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row (from 1) with its height in points, None for the ordinary one. In a `wide` row the only
    cell is merged from its own column to the last."""

    number: int
    cells: tuple[PageCell, ...]
    height: int | None = None
    hidden: bool = False
    wide: bool = False


def page_rows(findings: Sequence[Finding], texts: Texts) -> tuple[PageRow, ...]:
    """All rows of the sheet, from the top; those without a cell are left out."""
    how = texts("sa_har") if findings else ""
    header = tuple(
        PageCell(column, texts(name), "header") for column, name in enumerate(_COLUMNS, 2)
    )
    return (
        PageRow(1, (PageCell(1, "lr:key", "body"), PageCell(9, "lr:answer", "body")), hidden=True),
        PageRow(2, (PageCell(2, texts("rubrik"), "title"),), 30, wide=True),
        PageRow(3, (PageCell(2, cell_text(verdict(findings, texts)), "verdict"),), 24, wide=True),
        PageRow(4, (PageCell(2, how, "body"),), 20, wide=True),
        PageRow(HEADER_ROW, header, 22),
        *(_line(number, finding, texts) for number, finding in enumerate(findings, FIRST_ROW)),
    )


def _line(number: int, finding: Finding, texts: Texts) -> PageRow:
    told, asks = tell(finding, texts), finding.severity is Severity.QUERY
    values = (
        question_key(finding) if asks else "",
        told.kind,
        told.cause,
        told.sheet,
        told.cell,
        told.what,
        told.how,
        told.suggestion,
        told.explanation,
        told.code,
    )
    place, answer = (
        "link" if finding.refs else "body",
        "answer" if asks and not finding.waiver else "body",
    )
    roles = ("body", tone(finding), "body", "body", place, "body", "body", "body", answer, "body")
    links = {5: finding.refs[0]} if finding.refs else {}
    cells = (
        PageCell(column, cell_text(value), role, links.get(column))
        for column, (value, role) in enumerate(zip(values, roles, strict=True), 1)
    )
    return PageRow(number, tuple(cells), _height(finding, finding.waived(texts)))


def _height(finding: Finding, waiver: str) -> int:
    """Points enough for the longest text in its column."""
    texts = (
        (finding.title, 26),
        (finding.message + waiver, 58),
        (finding.hint, 46),
        (finding.suggestion or "", 22),
    )
    return 16 * max(1 + len(text) // (width - 2) for text, width in texts)
