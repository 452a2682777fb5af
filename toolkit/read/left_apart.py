"""What a county has written on the sheets that it only reads: those that explain, list and count,
and the sheet Återkoppling beside its answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.formats.xlsx import sheet_paths
from toolkit.returns.carryover import Left
from toolkit.spec.handing_in import says_handing_in
from toolkit.spec.model import SheetSpec, Spec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text
from toolkit.words.cleantext import cell_text
from toolkit.words.swedish import fold

_ANSWER, _WIDTH, _HEAD = 9, 11, 6  # of Återkoppling: answers, last column, last row above the list
_ASKING = frozenset(range(1, _WIDTH + 1))  # the columns of a line that has a question's hidden key
_ASKING_NOTHING = _ASKING - {_ANSWER}
_HEAD_WIDTHS = {1: _WIDTH, _HEAD: _WIDTH}  # by row: title and headings; other heads are one cell
_LABELS, _COUNTS = 2, range(3, 8)  # of Kontroll: the lines' names, and what the template counts
_VERDICT = (2, _LABELS)  # row and column: whether the return can be sent
_FORMULA = rb'<c\s[^>]*?r="%s"[^>]*>\s*<f[^>]*>([^<]*)</f>'


@dataclass(frozen=True, slots=True)
class _ListWords:
    """What the rows of Återkoppling begin with, folded: the lines of its list, and the heads above
    and between them; `more` is how the head reads that says how many lines were left out."""

    lines: frozenset[str]
    heads: frozenset[str]
    more: re.Pattern[str]

    @classmethod
    def of(cls, texts: Texts) -> _ListWords:
        names = ("kopia.burna", "kopia.kvar", "kopia.tidigare")
        heads = frozenset(fold(texts(name)) for name in names)
        more = re.compile(".*".join(map(re.escape, texts("kopia.fler").split("{count}"))))
        return cls(frozenset(map(fold, _kinds(texts))), heads, more)

    def is_line(self, first: str) -> bool:
        return fold(first) in self.lines

    def head_width(self, row: int, first: str) -> int:
        """How many columns of a row a head takes; 0 where there is none."""
        is_head = row <= _HEAD or fold(first) in self.heads or bool(self.more.fullmatch(first))
        return _HEAD_WIDTHS.get(row, 2) if is_head else 0


def beside_the_texts(
    sheet: RawSheet, described: SheetSpec, spec: Spec, texts: Texts
) -> Iterator[Left]:
    """Of a sheet that explains, lists or counts: the cells that do not hold one of the template's
    own texts, or on the one that counts, one of its numbers."""
    as_written = set(_texts_of(described, spec, texts))
    known = set(map(fold, as_written))
    for row, column, value in filled_cells(sheet):
        # Nearly all are as written, and folding takes longer than reading.
        if value in as_written or fold(text(value)) in known:
            continue
        is_counted = _is_counted(described, sheet, (row, column), value, known)
        if not is_counted and not _is_on_handing_in(described, value, texts):
            yield _left(sheet, row, column, value)


def _is_on_handing_in(described: SheetSpec, value: object, texts: Texts) -> bool:
    return described.kind == "text" and says_handing_in(text(value), texts)


def _texts_of(described: SheetSpec, spec: Spec, texts: Texts) -> Iterator[str]:
    yield from (described.intro, described.label)
    yield from (cell_text(one.removeprefix("# ")) for one in described.paragraphs)
    if described.kind == "lists":
        yield from _texts_of_lists(spec)
    if described.kind == "control":
        yield from texts.part("kontroll").entries.values()
        yield from _texts_that_are_counted(spec)


def _texts_of_lists(spec: Spec) -> Iterator[str]:
    for codelist in spec.codelists:
        yield from (codelist.label, codelist.help)
        yield from (code.shown for code in codelist.codes)


def _texts_that_are_counted(spec: Spec) -> Iterator[str]:
    """The names of what Kontroll counts, and what it shows where there is nothing to count."""
    yield "–"
    for table in spec.tables.values():
        yield table.label
        yield from (field.heading for field in table.fields)


def _is_counted(
    described: SheetSpec, sheet: RawSheet, at: tuple[int, int], value: object, known: set[str]
) -> bool:
    """Whether a formula of the sheet Kontroll may have given it: the verdict, or a number on one of
    its lines."""
    if described.kind != "control":
        return False
    row, column = at
    is_on_a_line = column in _COUNTS and fold(text(sheet.at(row, _LABELS))) in known
    return at == _VERDICT or (is_on_a_line and _may_be_a_result(sheet, at, value))


def _may_be_a_result(sheet: RawSheet, at: tuple[int, int], value: object) -> bool:
    # On one of the lines the template repeats an answer of the county's, a code with its name.
    is_answer = at[1] == _COUNTS[0] and " – " in text(value)
    return isinstance(value, int | float) or is_answer or at in sheet.errors


def beside_the_list(sheet: RawSheet, texts: Texts) -> Iterator[Left]:
    """Of the sheet Återkoppling: what stands beside and below its list, and answers on lines that
    ask nothing."""
    words = _ListWords.of(texts)
    for row, column, value in filled_cells(sheet):
        first = text(sheet.at(row, 2))
        line = _ASKING if "@" in text(sheet.at(row, 1)) else _ASKING_NOTHING
        is_in_line = words.is_line(first) and column in line
        if not is_in_line and column > words.head_width(row, first):
            yield _left(sheet, row, column, value)


def _kinds(texts: Texts) -> Iterable[str]:
    """What begins a line of the list."""
    for name in ("ERROR", "QUERY", "NOTE"):
        yield texts(name)
        yield texts("avsteg_slag", kind=texts(name))
    yield from (texts("kopia.ej_med"), texts("kopia.tidigare_slag"))


def formula_at(book: RawBook, ref: CellRef) -> str:
    """A formula as its file writes it; in a format that does not write it in words, only that there
    is one."""
    part = book.parts.get(sheet_paths(book.parts).get(ref.sheet, ""), b"")
    match = re.search(_FORMULA % ref.cell.encode(), part)
    return f"={unescape(match[1].decode('utf-8', 'replace'))}" if match else "=…"


def filled_cells(sheet: RawSheet) -> Iterator[tuple[int, int, object]]:
    """A sheet's filled cells as (row, column, what stands there), an error value as it is shown."""
    for number, row in enumerate(sheet.rows, 1):
        for column, read in enumerate(row, 1):
            value = sheet.errors.get((number, column), read)
            if text(value):
                yield number, column, value


def _left(sheet: RawSheet, row: int, column: int, value: object) -> Left:
    return Left(CellRef(sheet.name, row, column), shown(value), "", "utanfor")
