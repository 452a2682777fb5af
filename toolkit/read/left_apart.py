"""What a county has written on the sheets that it only reads: those that explain, list and count,
and the sheet Återkoppling beside its answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from html import unescape
from typing import NamedTuple

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.formats.shape import Shape, XmlShape
from toolkit.read.formats.xlsx import sheet_paths
from toolkit.returns.carryover import Left
from toolkit.spec.handing_in import says_handing_in
from toolkit.spec.model import SheetSpec, Spec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text
from toolkit.words.cleantext import cell_text
from toolkit.words.reworded import is_reworded
from toolkit.words.swedish import fold

_ANSWER, _WIDTH, _HEAD = 9, 11, 6  # of Återkoppling: answers, last column, last row above the list
_LAST_COUNTED, _FEWEST_HEADINGS = 7, 2  # column of Kontroll; headings that are known again
_LABELS, _COUNTS = 2, range(3, 8)  # of Kontroll: the lines' names, and what the template counts
_FORMULA = rb'<c\s[^>]*?r="%s"[^>]*>\s*<f[^>]*>([^<]*)</f>'


class Then(NamedTuple):
    """A sheet that was made by another version: its shape, and what the template said there that it
    does not say today. Of a sheet of the year's own version neither."""

    shape: Shape | XmlShape | None
    words: Set[str]


AS_TODAY = Then(None, frozenset())


def beside_the_texts(
    sheet: RawSheet, described: SheetSpec, spec: Spec, texts: Texts, then: Then
) -> Iterator[Left]:
    """Of a sheet that explains, lists or counts: the cells that do not hold one of the template's
    own texts, also where it is worded anew since, or on the one that counts, one of its numbers.
    Where the sheet was made by another version its headings may be others."""
    as_written = then.words | set(_texts_of(described, spec, texts))
    known = set(map(fold, as_written))
    counts = described.kind == "control"
    headed = _headed_rows(sheet, then.shape, as_written) if counts else set()
    for row, column, value in filled_cells(sheet):
        if value in as_written or (row in headed and column <= _LAST_COUNTED):
            continue  # nearly all, and folding takes longer than reading
        if described.kind == "text" and says_handing_in(text(value), texts):
            continue
        if counts and _is_given(sheet, row, column, value, known, spec):
            continue
        if not _is_worded_so(text(value), known):
            yield _left(sheet, row, column, value)


def _is_given(
    sheet: RawSheet, row: int, column: int, value: object, known: set[str], spec: Spec
) -> bool:
    """Whether the sheet that counts may have given it."""
    is_counted = _is_counted(sheet, row, column, value, known)
    return is_counted or _is_repeated(sheet, row, column, spec, known)


def _headed_rows(sheet: RawSheet, shape: Shape | XmlShape | None, words: Set[str]) -> set[int]:
    """The rows of headings on the sheet that counts, also those that an agency has worded anew:
    two of the template's words stand there, and nothing is counted. Beside a title may stand
    anything."""
    counting = {row for row, _ in shape.formulas or ()} if shape else set()
    if not counting:
        return set()
    rows = Counter(row for row, _, value in filled_cells(sheet) if value in words)
    return {row for row, known in rows.items() if known >= _FEWEST_HEADINGS} - counting


def _is_worded_so(said: str, known: set[str]) -> bool:
    return fold(said) in known or is_reworded(said, known)


def _texts_of(described: SheetSpec, spec: Spec, texts: Texts) -> Iterator[str]:
    yield from (described.intro, described.label)
    yield from (cell_text(one.removeprefix("# ")) for one in described.paragraphs)
    if described.kind == "lists":
        for codelist in spec.codelists:
            yield from (codelist.label, codelist.help)
            yield from (code.shown for code in codelist.codes)
    if described.kind == "control":
        yield from texts.part("kontroll").entries.values()
        yield "–"
        for table in spec.tables.values():
            yield table.label
            yield from (field.heading for field in table.fields)


def _is_counted(sheet: RawSheet, row: int, column: int, value: object, known: set[str]) -> bool:
    """Whether a formula of the sheet Kontroll may have given it: the verdict, or a number on one of
    its lines."""
    if (row, column) == (2, _LABELS):
        return True
    name = fold(text(sheet.at(row, _LABELS)))
    if column not in _COUNTS or name not in known:
        return False
    return isinstance(value, int | float) or (row, column) in sheet.errors


def _is_repeated(sheet: RawSheet, row: int, column: int, spec: Spec, known: set[str]) -> bool:
    """Whether it is an answer of the county's, which the template repeats on one of its lines: a
    code, its name, or both."""
    said = text(sheet.at(row, column))
    if column != _COUNTS[0] or fold(text(sheet.at(row, _LABELS))) not in known:
        return False
    return " – " in said or any(codelist.named(said) for codelist in spec.codelists)


def beside_the_list(sheet: RawSheet, texts: Texts) -> Iterator[Left]:
    """Of the sheet Återkoppling: what stands beside and below its list, and answers on lines that
    ask nothing."""
    kinds = set(map(fold, _kinds(texts)))
    heads = {fold(texts(name)) for name in ("kopia.burna", "kopia.kvar", "kopia.tidigare")}
    more = re.compile(".*".join(map(re.escape, texts("kopia.fler").split("{count}"))))
    for row, column, value in filled_cells(sheet):
        first = text(sheet.at(row, 2))
        is_line = fold(first) in kinds
        is_head = row <= _HEAD or fold(first) in heads or bool(more.fullmatch(first))
        is_asked = "@" in text(sheet.at(row, 1))
        if is_head and column <= (_WIDTH if row in {1, _HEAD} else 2):
            continue
        if is_line and column <= _WIDTH and (column != _ANSWER or is_asked):
            continue
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
    errors = sheet.errors
    for number, row in enumerate(sheet.rows, 1):
        for column, read in enumerate(row, 1):
            value = errors.get((number, column), read) if errors else read
            # Most cells hold nothing at all, and finding out what a text shows takes longer.
            if value is not None and value != "" and text(value):
                yield number, column, value


def _left(sheet: RawSheet, row: int, column: int, value: object) -> Left:
    return Left(CellRef(sheet.name, row, column), shown(value), "", "utanfor")
