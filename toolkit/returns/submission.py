"""One county's return for one year, as read: every value with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from itertools import repeat
from typing import NamedTuple

from toolkit.files.toolfault import ToolFault
from toolkit.findings.finding import Cure, Finding
from toolkit.returns.row_words import RowWords
from toolkit.returns.sign_off import SignOff, is_void
from toolkit.returns.trail import Trail
from toolkit.spec.bindings import NOTHING_BOUND, Bindings
from toolkit.spec.marks import SPECIAL_ANSWERS
from toolkit.spec.roles import RETURN, RETURN_APPROVED
from toolkit.words.cells import CellRef


class Missing(Enum):
    """What stands where no value stands. Zero is a value; these are four different things.

    BLANK: the cell is empty, the county does not know or forgot (it is asked). UNKNOWN: `u.s.`,
    uppgift saknas. NOT_APPLICABLE: `e.t.`, ej tillämpligt. UNREADABLE: something stands there that
    could not be understood as the field's type, or a formula without a value, or an error value."""

    BLANK = "blank"
    UNKNOWN = SPECIAL_ANSWERS["unknown"]
    NOT_APPLICABLE = SPECIAL_ANSWERS["not_applicable"]
    UNREADABLE = "?"

    # Columns are searched by their distinct values, and an Enum's own hash is slow: it is
    # written in Python and hashes the name.
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        return False


Typed = str | int | Decimal | date | tuple[str, ...] | Missing
"""A value by its field's type: text, id, code and ref → str; integer, year → int; number, amount,
share → Decimal; date → date; codes and refs (several) → tuple of str; otherwise Missing."""


def several(value: Typed) -> tuple[str, ...]:
    """A field's codes: several, a single one as one of several, or none."""
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) and value else ()


class Value(NamedTuple):
    """A value as written, as understood, and where it stands."""

    raw: object
    typed: Typed
    ref: CellRef


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table's fields stand on its sheet.

    `places` holds a field's columns, one for most, several for a field with several choices, none
    for a field whose column is not in the file. `rows` is given for a form, where every field has
    its own row. `roles` are the fields' ids by the roles that they hold: a value can be asked for
    by either."""

    table: str
    sheet: str
    fields: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    rows: tuple[int, ...] | None = None
    roles: Mapping[str, str] = field(default_factory=dict, compare=False)
    index: Mapping[str, int] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        index = {name: i for i, name in enumerate(self.fields)}
        index |= {role: index[name] for role, name in self.roles.items() if name in index}
        object.__setattr__(self, "index", index)


class Record(NamedTuple):
    """One row of a table (or a whole form). `raw` and `typed` follow `columns.fields`; the raw
    value of a field with several columns is a tuple. `row` is the row in the county's own file."""

    columns: Columns
    row: int  # carried from the reading: counted afterwards, it goes wrong below a blank row
    raw: tuple[object, ...]
    typed: tuple[Typed, ...]

    def get(self, name: str) -> Typed:
        """A field's understood value, by its id or its role. Raises KeyError for a field that the
        table does not have."""
        return self.typed[self.columns.index[name]]

    def ref(self, name: str, part: int = 0) -> CellRef:
        """The cell that a field (or the n:th of its several choices) stands in; the row's first
        cell when the field's column is missing from the file."""
        position = self.columns.index[name]
        row = self.columns.rows[position] if self.columns.rows else self.row
        places = self.columns.places[position] or (1,)
        return CellRef(self.columns.sheet, row, places[min(part, len(places) - 1)])

    def value(self, name: str) -> Value:
        """A field's value as written, as understood, and where it stands."""
        position = self.columns.index[name]
        return Value(self.raw[position], self.typed[position], self.ref(name))

    def amount(self, name: str) -> Decimal:
        """An amount for adding up: what is missing counts as nothing."""
        value = self.get(name)
        return value if isinstance(value, Decimal) else Decimal(0)

    def text(self, name: str) -> str:
        """A text or code; empty when missing."""
        value = self.get(name)
        return value if isinstance(value, str) else ""

    def codes(self, name: str) -> tuple[str, ...]:
        """Several codes; a single code as one of several; nothing when missing."""
        return several(self.get(name))


@dataclass(frozen=True)
class TableData:
    """One table as read, held by column; its records are made when they are asked for.

    `rows` are the records' rows in the county's own file; `raw` and `typed` hold a column for each
    of `columns.fields`. `nil_reason` is the county's reason when it declared "inget att
    redovisa"."""

    id: str
    columns: Columns
    rows: tuple[int, ...] = ()
    raw: tuple[Sequence[object], ...] = ()
    typed: tuple[Sequence[Typed], ...] = ()
    nil_reason: str | None = None

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """All rows."""
        raws, typeds = zip(*self.raw, strict=True), zip(*self.typed, strict=True)
        return tuple(map(Record, repeat(self.columns), self.rows, raws, typeds))

    def record(self, line: int) -> Record:
        """One row, counted from 0."""
        raw, typed = (column[line] for column in self.raw), (column[line] for column in self.typed)
        return Record(self.columns, self.rows[line], tuple(raw), tuple(typed))

    def column(self, field: str) -> Sequence[Typed]:
        """A field's understood values, row by row."""
        return self.typed[self.columns.index[field]] if self.rows else ()

    def distinct(self, field: str) -> frozenset[Typed]:
        """A field's understood values, each once."""
        if field not in self._distinct:
            self._distinct[field] = frozenset(self.column(field))
        return self._distinct[field]

    @cached_property
    def _distinct(self) -> dict[str, frozenset[Typed]]:
        return {}

    def __getstate__(self) -> dict[str, object]:
        """What follows from the columns is not sent between processes."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True, slots=True)
class Aside:
    """A personal number in a file beside what the tables hold: the name of the kind of place, how
    sure it is (`strict`, `loose`), its cells where it has any, and the sheet's `number` where its
    name is what holds it."""

    place: str
    kind: str
    refs: tuple[CellRef, ...] = ()
    number: str = ""


class Correction(NamedTuple):
    """A cell that was corrected with the county's yes: what it holds now, and what stood there in
    the file as it was sent, with the `formula` that gave it, if any: it is gone now."""

    cure: Cure
    before: str
    formula: str = ""


class Yes(NamedTuple):
    """A yes to a cure: the cell that it stands in, what stands `beside` it in the cell for answers,
    and the prints of the `cells` that it is to; none where the file does not tell them."""

    ref: CellRef
    beside: str = ""
    cells: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Submission:
    """One county's return. `tables` holds a table for each in the spec that was found in the file.

    `explanations` are the county's answers to questions in a marked file, by question key (see
    `question_key`), `answer_cells` where these stand in this file, `agreed` each yes
    by the name of the finding whose cure it is to, and `corrections` the cells that were changed by
    that. `template_version` is the version that the file says it was made from, `reworded` are its
    headings that are other today, each with that. `asides` are what was found outside the tables
    and belongs nowhere in the file. `carried` are the questions about the file that it is a fresh
    copy of, which its own cells cannot show, `beside` what stands beside the answers on
    Återkoppling. `bound` says which table holds which role. `trail` says which files it was made
    from, where it was made from a marked one. `sign_off` is the approval that stands in it, and
    `signed_before` the one that stood in the file that it was made from, with what was approved
    there."""

    file: str
    sha256: str
    county: str
    year: int
    template_version: str
    tables: Mapping[str, TableData]
    explanations: Mapping[str, str] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    bound: Bindings = NOTHING_BOUND
    trail: Trail | None = None
    sign_off: SignOff | None = None
    signed_before: SignOff | None = None
    answer_cells: Mapping[str, CellRef] = field(default_factory=dict)
    agreed: Mapping[str, Yes] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    carried: tuple[Finding, ...] = ()
    beside: tuple[RowWords, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()

    def table(self, name: str) -> TableData | None:
        """A table by its id or its role; None when it is not in the file."""
        return self.tables.get(self.bound.of(name))

    def records(self, table: str) -> tuple[Record, ...]:
        """A table's rows; none when the table is not in the file."""
        data = self.table(table)
        return data.records if data else ()

    def form(self, table: str) -> Record | None:
        """The one record of a form."""
        records = self.records(table)
        return records[0] if records else None

    @property
    def approved(self) -> date | None:
        """The day on which the county approved its return."""
        form = self.form(RETURN)
        if form is None or RETURN_APPROVED not in form.columns.index:
            return None
        day = form.get(RETURN_APPROVED)
        return day if isinstance(day, date) else None

    @property
    def is_changed_since_approved(self) -> bool:
        """Whether it holds other data than those that its approval was given to."""
        return is_void(self.signed_before, self.sign_off)

    def __iter__(self) -> Iterator[Record]:
        for table in self.tables.values():
            yield from table.records


@dataclass(frozen=True, slots=True)
class FeedbackAlone:
    """What a file holds that has nothing of a marked one but its sheet Återkoppling: the files that
    it was made from, the county's answers by question key, and how often it has said yes."""

    trail: Trail
    answers: Mapping[str, str]
    yes: int = 0


class Decided(Enum):
    """What the agency's decisions on a county's files mean for one of them: it counts, or was made
    from the one that does (COUNTS); it does not (ASIDE); it came after the decision and is nothing
    that was chosen between (LATER), so that it is to be decided anew."""

    COUNTS = "counts"
    ASIDE = "aside"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Return:
    """What reading and checking one file gave: the submission where there was one, and all
    findings. Where our own code failed, `fault` says where, and `origin_year` the year that the
    file was made for, if that is known. `beside` are the county's other files (their SHA-256).
    `alone` is given for a file without a return that holds the county's answers. `decided` is what
    the agency's decisions mean for it, where they do."""

    file: str
    sha256: str
    submission: Submission | None
    findings: tuple[Finding, ...]
    fault: ToolFault | None = None
    origin_year: int | None = None
    beside: tuple[str, ...] = ()
    alone: FeedbackAlone | None = None
    decided: Decided | None = None

    @property
    def year(self) -> int | None:
        """The year that the file is for; None where nobody knows."""
        return self.submission.year if self.submission else self.origin_year

    @property
    def is_set_aside(self) -> bool:
        """Whether the agency has decided that the file does not count."""
        return self.decided is Decided.ASIDE

    def may_be_of(self, year: int) -> bool:
        """Whether it belongs among the files of a year: it is for that year, or does not say."""
        return self.year in {None, year}
