"""What a county has written in its file where no table reads it: own columns, sheets and comments,
texts beside the tables. None of it can be moved to another year's template, so all of it is told,
cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.formats.shape import Position, Shape, XmlShape
from toolkit.read.given_answers import is_feedback
from toolkit.read.left_apart import AS_TODAY, Then, beside_the_list, beside_the_texts, formula_at
from toolkit.read.older_version import codes_listed
from toolkit.read.over_cells import left_over
from toolkit.read.rows_below import heading_of, headings_on, rows_below
from toolkit.returns.carryover import Left
from toolkit.returns.submission import Submission, TableData
from toolkit.spec.marks import HIDDEN_SHEET, MARK, STATUS_MARK, VALUE_MARK
from toolkit.spec.model import SheetSpec, Spec, TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text, whole
from toolkit.words.periods import read_date
from toolkit.words.reworded import is_reworded
from toolkit.words.swedish import fold

_LONGEST_WORD = 20  # characters, with room for spaces around it
_FEWEST_ROWS = 3  # by which a column of words that nobody knows can be told from notes


@dataclass(frozen=True, slots=True)
class Known:
    """What is not the county's: the template's own texts, folded, the words that begin its
    example and head the column where a row says what it lacks, what a row says there (that it is
    done, and how the rest begins), and what its sheets are called."""

    texts: frozenset[str]
    example: str
    status: str
    sheets: frozenset[str]
    done: str
    lacks: tuple[str, ...]

    def is_of_row(self, said: str) -> bool:
        """Whether a row may say so of itself: `Klar`, `Saknas: Källa.`, and in a form `Saknas`."""
        folded = fold(said)
        return folded == self.done or folded.startswith(self.lacks) or f"{folded}:" in self.lacks


def left_in(
    book: RawBook, found: Submission, spec: Spec, texts: Texts, feedback: Texts
) -> list[Left]:
    """Every such cell, sheet by sheet, and every comment. `spec` is the one that the file was read
    by, `texts` are its template's and `feedback` those of the sheet Återkoppling."""
    known = _known(spec, texts)
    apart = _without_tables(spec)
    cells: list[Left] = []
    for sheet in book.sheets:
        name = fold(sheet.name)
        if name not in known.sheets and is_feedback(sheet, feedback):
            cells += beside_the_list(sheet, feedback)
        elif name in apart:
            is_other = found.template_version not in {"", spec.version}
            then = _of_another(book, sheet, apart[name], found, spec) if is_other else AS_TODAY
            cells += beside_the_texts(sheet, apart[name], spec, texts, then)
            cells += _uncalculated_texts(book, sheet, apart[name], found)
        elif not sheet.name.startswith(HIDDEN_SHEET):
            cells += _on_sheet(sheet, found, spec, known, book.second.looks.of(sheet.name))
            cells += _uncalculated(book, sheet, found)
    return [*cells, *map(_far, book.far), *left_over(book, feedback)]


def _of_another(
    book: RawBook, sheet: RawSheet, described: SheetSpec, found: Submission, spec: Spec
) -> Then:
    """What a sheet of a file of another version may say that the year's own does not."""
    words = {was for was, _ in found.reworded}
    if described.kind == "lists":
        words |= codes_listed(sheet, spec)
    return Then(book.second.looks.of(sheet.name), words)


def _far(ref: CellRef) -> Left:
    return Left(ref, "", "", "utanfor")


def _without_tables(spec: Spec) -> dict[str, SheetSpec]:
    """The sheets that a county only reads, by their folded names."""
    return {fold(sheet.label): sheet for sheet in spec.sheets if sheet.kind != "tables"}


def _uncalculated_texts(
    book: RawBook, sheet: RawSheet, described: SheetSpec, found: Submission
) -> Iterator[Left]:
    """The same as `_uncalculated` of a sheet that a county only reads. The formulas of the one that
    counts are the template's, and seldom calculated."""
    if described.kind != "control":
        yield from _uncalculated(book, sheet, found)


def _uncalculated(book: RawBook, sheet: RawSheet, found: Submission) -> Iterator[Left]:
    """Formulas that no program has calculated, beside what was read; those of the template itself,
    which stand in its own columns and beside its rows, are none of the county's."""
    own = _columns_of_template(sheet, _tables_on(sheet, found))
    for row, column in sorted(sheet.uncalculated):
        if column not in own:
            ref = CellRef(sheet.name, row, column)
            yield Left(ref, shown(formula_at(book, ref)), "", "utanfor")


def _tables_on(sheet: RawSheet, found: Submission) -> list[TableData]:
    """What was read from a sheet."""
    return [data for data in found.tables.values() if data.columns.sheet == sheet.name]


def _columns_of_template(sheet: RawSheet, tables: Sequence[TableData]) -> set[int]:
    """The columns that tables were read from, the one with their keys, and those that say what a
    row lacks; none on a sheet without tables."""
    if not tables:
        return set()
    read = chain.from_iterable(data.columns.places for data in tables)
    return {1, *chain.from_iterable(read), *_status_columns(sheet)}


def _status_columns(sheet: RawSheet) -> set[int]:
    """Columns in which the template says what a row lacks."""
    found = set()
    for column, values in enumerate(sheet.columns, 1):
        if any(map(_is_status, set(values))):  # most cells of a column say the same
            found.add(column)
    return found


def _is_status(value: object) -> bool:
    return isinstance(value, str) and text(value) == STATUS_MARK


def _known(spec: Spec, texts: Texts) -> Known:
    mark, carried = texts("huvud.obligatorisk"), texts("huvud.forifyllt", last_year=spec.year - 1)
    own = {
        texts(f"huvud.{name}") for name in ("uppgift", "svar", "forklaring", "kontroll", "exempel")
    }
    own.add(VALUE_MARK)
    for sheet in spec.sheets:
        for table in sheet.tables:
            own |= set(_said_of(sheet, table, mark, carried))
    return Known(
        frozenset(map(fold, own)),
        fold(texts("huvud.exempel")),
        fold(texts("huvud.kontroll")),
        frozenset(fold(sheet.label) for sheet in spec.sheets),
        fold(texts("rad.klar")),
        tuple(fold(texts(f"rad.{name}")).strip() for name in ("saknas", "fel", "fraga")),
    )


def _said_of(sheet: SheetSpec, table: TableSpec, mark: str, carried: str) -> Iterator[str]:
    yield from (table.label, sheet.label)
    for intro in {sheet.intro, table.intro or ""}:
        yield from (intro, f"{intro} {carried}".strip())
    for field in table.fields:
        yield from (field.help, field.label, field.label + mark, *field.keys)
        if table.kind == "form":
            yield field.id  # its key, one for its only cell, however many answers it takes
        for heading in field.headings:
            yield from (heading, heading + mark)


def _on_sheet(
    sheet: RawSheet, found: Submission, spec: Spec, known: Known, shape: Shape | XmlShape
) -> Iterator[Left]:
    tables = _tables_on(sheet, found)
    headings = headings_on(sheet, tables, spec)
    looked = _LookedThrough(sheet, tables, spec, known)
    examples = set(example_rows(sheet, known.example))
    unread = {*looked.unread(sheet), *looked.written_over(sheet, shape)}
    for row, column in sorted(unread):
        value = sheet.errors.get((row, column), sheet.at(row, column))
        if looked.is_own(row, column, value, in_example=row in examples):
            ref, heading = CellRef(sheet.name, row, column), heading_of(row, column, headings)
            # What stands in one of the template's own columns is told whole.
            said = whole(value) if column in looked.own else shown(value)
            yield Left(ref, said, heading, "utanfor")


def example_rows(sheet: RawSheet, example: str) -> Iterator[int]:
    """The rows that show how to fill in a table: the word for it, folded, stands in one of their
    cells."""
    for values in sheet.columns:
        words = _ways_to_write(example, values)
        if words:
            yield from (row for row, value in enumerate(values, 1) if value in words)


def _ways_to_write(example: str, values: Sequence[object]) -> set[str]:
    """How a word stands in a column. Each value is looked at once: there may be thousands of
    rows."""
    short = {one for one in set(values) if isinstance(one, str) and len(one) <= _LONGEST_WORD}
    return {one for one in short if fold(one) == example}


class _LookedThrough:
    """What on one sheet has been read, or is the template's own."""

    def __init__(
        self, sheet: RawSheet, tables: Sequence[TableData], spec: Spec, known: Known
    ) -> None:
        self.known = known
        self.apart = _own_columns(sheet, known) if tables else set()
        self.read: defaultdict[int, set[int]] = defaultdict(set)
        self.computed: set[int] = set()
        self.counted: list[tuple[int, range]] = []
        self.own: set[int] = set()
        self.examples: defaultdict[int, set[str]] = defaultdict(set)
        self.spec = spec
        for data in tables:
            for column, rows in _places(data):
                self.read[column].update(rows)
            self.own.update(chain.from_iterable(data.columns.places))
            computed = set(_computed(data, spec.tables[data.id]))
            self.computed |= computed
            below = rows_below(data, spec.tables[data.id].capacity)
            self.counted += [(column, below) for column in computed]
            for column, example in _examples(data, spec.tables[data.id]):
                self.examples[column].add(example)
        self.said = set(chain.from_iterable(map(_explained, tables)))
        numbers = set(chain.from_iterable(map(_rows_of, tables)))
        self.top, self.rows = min(numbers, default=1), len(numbers)

    @cached_property
    def _all_examples(self) -> set[str]:
        return set(_examples_of(self.spec))

    def unread(self, sheet: RawSheet) -> Iterator[tuple[int, int]]:
        """The filled cells that no table was read from, as (row, column)."""
        for column in range(1, len(sheet.columns) + 1):
            if column not in self.apart:
                unread = _filled_in(sheet, column) - self.read.get(column, set())
                yield from ((row, column) for row in unread)

    def written_over(self, sheet: RawSheet, shape: Shape | XmlShape) -> Iterator[Position]:
        """The words that stand where the template has its keys, or says what a row lacks, and are
        no words of its own."""
        for column in self.apart:
            words = _words_in(sheet, column)
            # Where another table stands on the same sheet, the column is one of its own there.
            written = words.keys() - shape.counted_in(column) - self.read.get(column, set())
            said = {row for row in written if self.known.is_of_row(words[row])}
            own = [row for row in written - said if self._is_word_of_its_own(words[row])]
            if said or not self._may_be_reworded(len(own), shape.counted_in(column)):
                yield from ((row, column) for row in own)

    def _may_be_reworded(self, words: int, counted: Collection[int]) -> bool:
        """Whether words that we do not know may be what the formulas said, pasted as values from a
        template that was worded otherwise: there is one for each row, and hardly a formula."""
        return words > len(counted) and words >= max(_FEWEST_ROWS, self.rows)

    def _is_word_of_its_own(self, value: object) -> bool:
        folded = fold(text(value))
        if folded.startswith(MARK):
            return False
        return folded not in self.known.texts and folded != self.known.example

    def is_own(self, row: int, column: int, value: object, *, in_example: bool) -> bool:
        """Whether an unread cell holds something of the county's own."""
        if self._is_counted(row, column, value, in_example=in_example):
            return False
        examples = self.examples.get(column, self._all_examples)
        if in_example and not _as_written(value).isdisjoint(examples):
            return False
        if not self._is_word_of_its_own(value):
            return False
        return not (self._explains(row, column) and is_reworded(text(value), self.known.texts))

    def _explains(self, row: int, column: int) -> bool:
        """Whether the template may have a text of its own in a cell, which an agency can word anew
        after it has been sent out: above the first row, and beside the answers of a form."""
        return row < self.top or (row, column) in self.said

    def _is_counted(self, row: int, column: int, value: object, *, in_example: bool) -> bool:
        """Whether a formula of the template's gave it: never a text, but in the example row."""
        if not isinstance(value, str) and self._is_below(row, column):
            return True
        return column in self.computed and (in_example or value == 0)

    def _is_below(self, row: int, column: int) -> bool:
        return any(column == at and row in rows for at, rows in self.counted)


def _rows_of(data: TableData) -> Sequence[int]:
    return data.columns.rows or data.rows


def _explained(data: TableData) -> Iterator[Position]:
    """The cells beside the answers of a form, in which the template says what is asked."""
    last = max(chain.from_iterable(data.columns.places), default=0)
    yield from ((row, last + 1) for row in data.columns.rows or ())


def _filled_in(sheet: RawSheet, column: int) -> set[int]:
    """The rows of a column in which anything stands, an error value too."""
    values = enumerate(sheet.columns[column - 1], 1)
    filled = {row for row, value in values if value not in (None, "")}
    return filled.union(row for row, at in sheet.errors if at == column)


def _words_in(sheet: RawSheet, column: int) -> dict[int, str]:
    values = enumerate(sheet.columns[column - 1], 1)
    return {row: value for row, value in values if value and isinstance(value, str)}


def _examples(data: TableData, table: TableSpec) -> Iterator[tuple[int, str]]:
    """What stands in each column of the template's example row, folded."""
    for field, columns in zip(table.fields, data.columns.places, strict=True):
        if columns:
            yield columns[0], fold(field.example)


def _examples_of(spec: Spec) -> Iterator[str]:
    """The examples of all tables, folded: for a copy of a sheet, which no table was read from, and
    for a column that lost its heading."""
    for table in spec.tables.values():
        yield from (fold(field.example) for field in table.fields)


def _as_written(value: object) -> set[str]:
    """How the template's example may hold a value: a day also where only its number is left."""
    if isinstance(value, date):
        return {value.strftime("%Y-%m-%d")}
    day = read_date(value) if isinstance(value, int | float) else None
    return {fold(text(value)), *([day.value.isoformat()] if day else [])}


def _places(data: TableData) -> Iterator[tuple[int, Sequence[int]]]:
    """The columns that a table was read from, each with its rows."""
    rows = data.columns.rows
    for position, columns in enumerate(data.columns.places):
        for column in columns:
            yield column, (rows[position],) if rows else data.rows


def _own_columns(sheet: RawSheet, known: Known) -> set[int]:
    """Columns where the template has its keys, or says what a row lacks."""
    return {
        column
        for column, values in enumerate(sheet.columns, 1)
        if any(_is_apart(value, known) for value in set(values) if isinstance(value, str))
    }


def _is_apart(value: str, known: Known) -> bool:
    """Whether it is one of the template's keys, or the heading above what a row lacks."""
    written = text(value)
    return (written != VALUE_MARK and written.startswith(MARK)) or fold(value) == known.status


def _computed(data: TableData, table: TableSpec) -> Iterator[int]:
    """Columns in which the template counts; on rows that are not in use it counts to nothing."""
    for field, columns in zip(table.fields, data.columns.places, strict=True):
        if field.computed is not None:
            yield from columns
