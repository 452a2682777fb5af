"""The sheet Återkoppling, whatever the file's format: the verdict, every finding with a link to its
cell, and room for answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, filterfalse
from typing import NamedTuple

from toolkit.annotate.marks import COLOURS, tone
from toolkit.findings.feedback import instruction, remains, tell, verdict
from toolkit.findings.finding import Finding, Severity
from toolkit.findings.texts import Texts
from toolkit.returns.carried import carried_key
from toolkit.returns.carryover import Left, lost_of
from toolkit.returns.question_names import question_key, read_key, yes_key
from toolkit.returns.row_words import written_prints
from toolkit.returns.submission import Correction
from toolkit.words.cells import CellRef
from toolkit.words.cleantext import cell_text

WIDTHS = (2, 11, 18, 12, 9, 44, 34, 18, 32, 10, 15)
"""The columns' widths in characters: together what a lying A4 page holds at eight points. The first
column is hidden: it holds the keys by which answers are read."""
LAST_COLUMN = len(WIDTHS)
HEADER_ROW, FIRST_ROW = 6, 7  # the header, above which all is frozen, and the first finding
TEXT, BLUE, WHITE, LINK = "1F2A37", "17475E", "FFFFFF", "0B4F9E"
YES_COLUMN = 10  # the column for a yes
_MOST_LEFT = 300  # cells listed one by one; the county has all of them in its own file
_WIDE = 180  # characters that a line over all columns has room for
_TALLEST = 409  # points: no row in Excel is higher
_COLUMNS = (
    "allvar",
    "orsak",
    "blad",
    "cell",
    "vad",
    "hur",
    "forslag",
    "forklaring",
    "ratta",
    "kod",
)


_LINKED = {True: "link", False: "body"}


_ORDINARY = 15  # points, of a row without a height of its own
_ONE_PAGE = 690
"""Points on a lying A4 page of which a quarter is shrunk away: eight points are six then."""


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

    @property
    def is_yes(self) -> bool:
        """Whether a yes is written here."""
        return self.column == YES_COLUMN and self.role == "answer"


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row (from 1) with its height in points, None for the ordinary one. In a `wide` row the only
    cell is merged from its own column to the last."""

    number: int
    cells: tuple[PageCell, ...]
    height: int | None = None
    hidden: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Supplement:
    """What the sheet tells beyond the findings in its file's cells: a `notice` above them, what to
    do where it is not the usual, and of a file that is a fresh copy the findings of the file that
    was sent which the copy cannot show, and that file's cells that had no place in it. `answers`
    are those, by question key, that the county gave to questions which are not asked any more.
    `corrections` are the cells that hold something else than in the file that was sent, as the
    county has said yes to. `waiting` says what is not tried until the rest is settled, `trail` is
    that by which a later reading knows which files this one was made from, `sign_off` that by which
    it knows what was approved."""

    notice: str = ""
    how: str = ""
    carried: tuple[Finding, ...] = ()
    left: tuple[Left, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    trail: str = ""
    sign_off: str = ""
    corrections: tuple[Correction, ...] = ()
    waiting: str = ""


NO_SUPPLEMENT = Supplement()


def fits_one_page(rows: Sequence[PageRow]) -> bool:
    """Whether all of the sheet can be read on one page: the one who approves a return prints what
    has been received, what has changed and what remains, and signs that."""
    seen = (row.height or _ORDINARY for row in rows if not row.hidden)
    return sum(seen) <= _ONE_PAGE


def page_rows(
    findings: Sequence[Finding], texts: Texts, supplement: Supplement = NO_SUPPLEMENT
) -> tuple[PageRow, ...]:
    """All rows of the sheet, from the top; those without a cell are left out."""
    rows = _head(findings, texts, supplement)
    rows += (_line(number, finding, texts) for number, finding in enumerate(findings, FIRST_ROW))
    rows += _carried_rows(supplement.carried, len(findings) + FIRST_ROW, texts)
    rows += _past_rows(supplement.answers, rows[-1].number + 1, texts)
    rows += _left_rows(supplement.left, rows[-1].number + 1, texts)
    return (_with_prints(rows), *rows[1:])


def _with_prints(rows: Sequence[PageRow]) -> PageRow:
    """The hidden row with the prints of all that is ours on the sheet, so that what the county
    writes over it is known to be the county's."""
    cells = chain.from_iterable(row.cells for row in rows[1:])
    said = written_prints(cell.text for cell in cells if cell.role != "answer" and cell.column > 1)
    prints = (PageCell(LAST_COLUMN, said, "body"),) if said else ()
    return replace(rows[0], cells=(*rows[0].cells, *prints))


def _head(findings: Sequence[Finding], texts: Texts, supplement: Supplement) -> list[PageRow]:
    """All that stands above the findings."""
    everything = (*findings, *supplement.carried)
    lost = lost_of(supplement.left)
    asked = lost or remains(everything)
    told = (supplement.how or instruction(everything, texts), supplement.waiting)
    how = " ".join(filter(None, told)) if asked else ""
    rows = [
        PageRow(1, _hidden_head(supplement), hidden=True),
        PageRow(2, (PageCell(2, texts("rubrik"), "title"),), 30, wide=True),
        PageRow(
            3, (PageCell(2, cell_text(verdict(everything, texts, lost)), "verdict"),), 24, wide=True
        ),
        PageRow(4, (PageCell(2, how, "body"),), _points(1 + len(how) // _WIDE) + 4, wide=True),
    ]
    if supplement.notice:
        rows.append(PageRow(5, (PageCell(2, cell_text(supplement.notice), "body"),), 36, wide=True))
    cells = (PageCell(column, texts(name), "header") for column, name in enumerate(_COLUMNS, 2))
    return [*rows, PageRow(HEADER_ROW, tuple(cells), 34)]


def _hidden_head(supplement: Supplement) -> tuple[PageCell, ...]:
    cells = [PageCell(1, "lr:key", "body"), PageCell(9, "lr:answer", "body")]
    if supplement.trail:
        cells.append(PageCell(10, supplement.trail, "body"))
    if supplement.sign_off:
        cells.insert(1, PageCell(8, supplement.sign_off, "body"))
    return tuple(cells)


def _line(number: int, finding: Finding, texts: Texts) -> PageRow:
    told, is_question = tell(finding, texts), finding.severity is Severity.QUERY
    answer = "answer" if is_question and not finding.waiver else "body"
    yes = "answer" if finding.cures and not finding.waiver else "body"
    link = next(filterfalse(is_of_sent, finding.refs), None)
    cells = (
        PageCell(1, _key_of(finding), "body"),
        PageCell(2, told.kind, tone(finding)),
        PageCell(3, told.cause, "body"),
        PageCell(4, told.sheet, "body"),
        PageCell(5, told.cell, _LINKED[link is not None], link),
        PageCell(6, told.what, "body"),
        PageCell(7, told.how, "body"),
        PageCell(8, told.suggestion, "body"),
        PageCell(9, told.explanation, answer),
        PageCell(YES_COLUMN, "", yes),
        PageCell(LAST_COLUMN, told.code, "body"),
    )
    return PageRow(number, tuple(map(_fitting, cells)), _height(finding, finding.waived(texts)))


def _key_of(finding: Finding) -> str:
    """The name by which an answer, or a yes, is read; nothing where there is room for neither."""
    is_question = finding.severity is Severity.QUERY
    if is_question and any(map(is_of_sent, finding.refs)):
        return carried_key(finding)
    if finding.cures:
        return yes_key(finding)
    return question_key(finding) if is_question else ""


def is_of_sent(ref: CellRef) -> bool:
    """Whether a cell is one of a file that this one is a copy of, and none of its own: its sheet is
    called `Er fil: Mål`, as no sheet can be, for a colon may not stand in a name."""
    return ":" in ref.sheet


def _fitting(cell: PageCell) -> PageCell:
    """The cell with no more text than a cell holds."""
    return cell._replace(text=cell_text(cell.text))


def _carried_rows(findings: Sequence[Finding], number: int, texts: Texts) -> Iterator[PageRow]:
    """What is said of the file that was sent, under a heading. Its cells are not this file's: they
    have no link. What it asks is answered here, under the key of the file that was sent."""
    if findings:
        yield PageRow(number, (PageCell(2, texts("kopia.burna"), "verdict"),), 22, wide=True)
    for row, finding in enumerate(findings, number + 1):
        sent = as_sent(replace(finding, cures=()), texts)
        key = carried_key(sent) if finding.severity is Severity.QUERY else ""
        line = _line(row, sent, texts)
        yield replace(line, cells=(PageCell(1, key, "body"), *line.cells[1:]))


def as_sent(finding: Finding, texts: Texts) -> Finding:
    """A finding whose cells are said to be those of the file that was sent."""
    refs = (
        ref if is_of_sent(ref) else replace(ref, sheet=texts("kopia.er_fil", sheet=ref.sheet))
        for ref in finding.refs
    )
    return replace(finding, refs=tuple(refs))


def _past_rows(answers: Sequence[tuple[str, str]], number: int, texts: Texts) -> Iterator[PageRow]:
    """What the county has answered to questions that are not asked of this file, under a heading:
    by its key each answer is read again, and goes along to the next file."""
    if answers:
        yield PageRow(number, (PageCell(2, texts("kopia.tidigare"), "verdict"),), 22, wide=True)
    for row, (key, answer) in enumerate(answers, number + 1):
        asked = read_key(key)
        code, sheet, cell = asked[:3] if asked else (key, "", "")
        values = (
            (1, key), (2, texts("kopia.tidigare_slag")), (4, sheet), (5, cell),
            (6, texts("kopia.tidigare_vad")), (LAST_COLUMN, code),
        )  # fmt: skip
        cells = [PageCell(column, cell_text(value), "body") for column, value in values]
        given = PageCell(9, cell_text(answer), "answer")
        yield PageRow(row, (*cells[:-1], given, cells[-1]), _points(_lines(answer, 9)))


def _left_rows(left: Sequence[Left], number: int, texts: Texts) -> Iterator[PageRow]:
    """The cells that had no place in the copy, under a heading; the last line counts those that are
    not shown."""
    if left:
        yield PageRow(number, (PageCell(2, texts("kopia.kvar"), "verdict"),), 22, wide=True)
    for row, one in enumerate(left[:_MOST_LEFT], number + 1):
        yield _left_row(row, one, texts)
    more = len(left) - _MOST_LEFT
    if more > 0:
        said = texts("kopia.fler", count=more)
        yield PageRow(number + 1 + _MOST_LEFT, (PageCell(2, said, "body"),), wide=True)


def _left_row(number: int, left: Left, texts: Texts) -> PageRow:
    key = f"kopia.kvar_{left.why}"
    what = texts("kopia.under", field=left.field, value=left.value) if left.field else left.value
    remedy = texts("kopia.gor_forskjuten" if left.why == "forskjuten" else "kopia.gor")
    values = (
        texts("kopia.ej_med"), texts(key), texts("kopia.er_fil", sheet=left.ref.sheet),
        left.ref.cell, what, remedy,
    )  # fmt: skip
    cells = (PageCell(column, cell_text(value), "body") for column, value in enumerate(values, 2))
    longest = max(_lines(what, 6), _lines(texts(key), 3), _lines(remedy, 7))
    return PageRow(number, tuple(cells), _points(longest))


def _height(finding: Finding, waiver: str) -> int:
    """Points enough for the longest text in its column."""
    texts = (
        (finding.title, 3),
        (finding.message + waiver, 6),
        (finding.hint, 7),
        (finding.suggestion or "", 8),
    )
    return _points(max(_lines(text, column) for text, column in texts))


def _lines(text: str, column: int) -> int:
    """How many lines a text takes in a column, a word of some length left over on each."""
    return 1 + len(text) // (WIDTHS[column - 1] - 3)


def _points(lines: int) -> int:
    """The height of a row of so many lines."""
    return min(16 * lines, _TALLEST)
