"""The names of questions, under which a county's answers and yeses find them again in any later
file: what a question is about, and never only where it stood."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple
from zlib import crc32

from toolkit.findings.finding import Finding
from toolkit.returns.submission import Record
from toolkit.spec.model import TableSpec
from toolkit.words.swedish import fold

_WORDS_PRINT = 12  # digits, as many as tell some thousand questions apart
_KEY = re.compile(r"([^@]*)@(.*)!([^!#]*)#([0-9a-f]+)(?:~([^~]*)(?:~([0-9a-f]+))?)?")
STOOD = "stood"  # what stands in a fresh copy where a question is carried over to it
_RECORD = re.compile(r"[\w.-]{1,20}")
_PRINT = 6  # signs of a print
_MOST_PRINTS = 5_000  # an Excel cell holds 32,767 signs
_WITH_PRINTS = re.compile(rf"(.*)\|((?:[0-9a-f]{{{_PRINT}}})+)")
_PLACES = {"cell", "cells", "first", "row", "rows", STOOD}
"""Parameters of a message that say where and not what."""


class QuestionKey(NamedTuple):
    """A question's name taken apart: its code, its sheet and cell, the print of what it was about,
    the id of its row, and a print of all else in that row. The last two are empty where there is no
    such row, and in older files."""

    code: str
    sheet: str
    cell: str
    figures: str
    record: str = ""
    rest: str = ""

    @property
    def written(self) -> str:
        """As it stands in the hidden column."""
        rest = f"~{self.rest}" if self.rest else ""
        record = f"~{self.record}{rest}" if self.record else ""
        return f"{self.code}@{self.sheet}!{self.cell}#{self.figures}{record}"

    @property
    def of_cell(self) -> QuestionKey:
        """The same without its row."""
        return self._replace(record="", rest="")


def read_key(written: str) -> QuestionKey | None:
    """The parts of a question's name; None for what is no such name.

    >>> read_key("EKON-BUDGET@Ekonomi!K7#8c7ad7f9~E2")[:5]
    ('EKON-BUDGET', 'Ekonomi', 'K7', '8c7ad7f9', 'E2')
    >>> read_key("EKON-BUDGET@Ekonomi!K7#8c7ad7f9~E2~0a1b2c3d").rest
    '0a1b2c3d'
    """
    match = _KEY.fullmatch(written)
    return QuestionKey(*match.groups(default="")) if match else None


def yes_key(finding: Finding) -> str:
    """The name of a finding that has a cure, with the prints of the cells that a yes would be to;
    without them where one is not known, or a cell has not room for all."""
    prints = [cure.print for cure in finding.cures]
    if not all(prints) or len(prints) > _MOST_PRINTS:
        return question_key(finding)
    return f"{question_key(finding)}|{''.join(prints)}"


def read_prints_of_yes(written: str) -> tuple[str, frozenset[str]]:
    """Such a name, and its prints.

    >>> read_prints_of_yes("FALT-ENHET@Ekonomi!K6#8c7ad7f9~E2|0a1b2c")
    ('FALT-ENHET@Ekonomi!K6#8c7ad7f9~E2', frozenset({'0a1b2c'}))
    """
    match = _WITH_PRINTS.fullmatch(written)
    if match is None:
        return written, frozenset()
    return match[1], frozenset(re.findall(f".{{{_PRINT}}}", match[2]))


def print_of_cure(code: str, where: str, before: str, after: object) -> str:
    """What tells a cure from all others: `where` is the row's id, or its cell where it has none."""
    return f"{crc32(repr((code, where, before, str(after))).encode()):08x}"[-_PRINT:]


def question_of(finding: Finding) -> QuestionKey:
    """The name under which a question is answered: code, cells, a print of the values that it was
    about, and the row's own id, so that an answer closes that question and no other. Where the
    cells moved, the id still says which question it was. A field goes by its id: the agency may
    word its heading anew."""
    labels = _labels_in(finding)
    values = tuple(
        (name, value)
        for name, value in finding.parameters
        if name not in _PLACES and name not in labels
    )
    about = (finding.table or "", finding.field or "")
    return _question(finding, (about, *values) if labels else values)


def question_by_labels(finding: Finding) -> QuestionKey:
    """The same as files have it that were marked by earlier versions: fields go by their labels."""
    return _question(finding, tuple(one for one in finding.parameters if one[0] not in _PLACES))


def _question(finding: Finding, values: tuple[tuple[str, str], ...]) -> QuestionKey:
    record = finding.record if _RECORD.fullmatch(finding.record) else ""
    sheet, cell = finding.sheet or "", finding.cell or ""
    rest = finding.rest if record else ""
    return QuestionKey(finding.code, sheet, cell, _print(values), record, rest)


def print_of_rest(row: Record, table: TableSpec) -> str:
    """What tells a row from others when ids have been given anew: all that the county has written
    in it but its own id and those of other rows."""
    own = (field for field in table.fields if field.computed is None and field.type != "id")
    said = tuple((field.id, str(row.get(field.id))) for field in own if field.ref is None)
    return _print(said)


def _labels_in(finding: Finding) -> set[str]:
    """The parameters that say what the finding's own table and field are called. What is said of a
    column that is none of the table's has no field, and names what the county calls it."""
    return {"label", "table"} if finding.table and finding.field else set()


def question_key(finding: Finding) -> str:
    """The same as it is written."""
    return question_of(finding).written


def former_key(finding: Finding, place: str = "") -> str:
    """The name that files marked before this version have it under, with the cell among the values.
    `place` is the cell that it stood in then, where that is another."""
    values = dict(finding.parameters)
    if place and "cell" in values:
        values["cell"] = place
    where = place or f"{finding.sheet or ''}!{finding.cell or ''}"
    return f"{finding.code}@{where}#{_print(tuple(values.items()))}"


def words_key(code: str, cell: str, words: str) -> str:
    """The name that one sees of a question: its code, its cell and what it says."""
    said = sha256(fold(words).encode()).hexdigest()[:_WORDS_PRINT]
    return f"{code}@!{cell}#{said}"


def _print(values: tuple[tuple[str, str], ...]) -> str:
    return f"{crc32(repr(values).encode()):08x}"
