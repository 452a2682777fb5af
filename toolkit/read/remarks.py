"""What reading remarks on, as plain values. A remark says what it concerns and what it is said
instead of; findings are made of all of a file's remarks at once (`findings_of`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as setting
from enum import Enum

from toolkit.words.cells import CellRef


class Concern(Enum):
    """What a remark is about. FILE: the file or a sheet of it. CELL: something in a cell is wrong
    or doubtful. WRITING: a cell was understood, though written otherwise than the template asks."""

    FILE = "file"
    TABLE = "table"
    COLUMN = "column"
    ROW = "row"
    CELL = "cell"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the catalogue, to be filled in when the finding is made. Among its values may be
    other phrases, and tuples that are joined as `a, b och c`."""

    key: str
    values: Mapping[str, object] = setting(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to be told of a file. `code` is the finding's code, `parameters` what its text
    needs; `table`, `field`, `refs` and `suggestion` are as in a Finding.

    `replaces` are the cells of which this is said instead of everything that was remarked on in
    them before. `county` is given when the county that is told is not the one that the form
    states."""

    code: str
    concern: Concern
    parameters: Mapping[str, object] = setting(default_factory=dict)
    table: str | None = None
    field: str | None = None
    refs: tuple[CellRef, ...] = ()
    suggestion: str | Phrase | None = None
    replaces: frozenset[CellRef] = frozenset()
    county: str | None = None
