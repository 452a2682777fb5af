"""The county's answers on the sheet Återkoppling of a marked file: also where the sheet was
renamed, copied or moved, and where its hidden keys are gone or stand beside another question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.lists import HeadedList, HeadedRow, find_list
from toolkit.read.remarks import Concern, Remark
from toolkit.returns.submission import read_key, words_key
from toolkit.returns.trail import UNKNOWN_DESCENT, Trail, read_trail
from toolkit.spec.marks import FEEDBACK_SHEET, HIDDEN_SHEET
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text
from toolkit.words.personal import mask

_TOP = 3  # rows of the sheet in which its descent may stand
_KIND, _CODE, _CELL, _WHAT, _ANSWER = "allvar", "kod", "cell", "vad", "forklaring"
_COLUMNS = {_KIND, _CODE, _CELL, _WHAT, _ANSWER}
_QUESTION, _OTHERS = "QUERY", ("ERROR", "NOTE")  # kinds of findings


class GivenAnswers(NamedTuple):
    """Answers by question key, what was written on the sheet that is none, and the cells of
    both."""

    by_key: Mapping[str, str]
    remarks: Sequence[Remark]
    cells: Sequence[CellRef]


class _Answer(NamedTuple):
    """Something that was written on the sheet, and the key of the question on its row, if any."""

    key: str
    said: str
    ref: CellRef


def given_answers(book: RawBook, texts: Texts) -> GivenAnswers:
    """All answers in a workbook. `texts` are those of the sheet, whose headings are looked for.
    Where two sheets answer the same question otherwise, the one under the sheet's own name holds,
    and the other one is told."""
    known: dict[str, str] = {}
    unread: list[_Answer] = []
    cells: list[CellRef] = []
    for sheet in _feedback_sheets(book):
        for answer in _answers_on(sheet, texts):
            cells.append(answer.ref)
            if not answer.key or known.get(answer.key, answer.said) != answer.said:
                unread.append(answer)
            else:
                known[answer.key] = answer.said
    return GivenAnswers(known, [_unread(answer) for answer in unread], cells)


def is_feedback(sheet: RawSheet, texts: Texts) -> bool:
    """Whether a sheet is Återkoppling, under its own name or another."""
    return sheet.name == FEEDBACK_SHEET or _list_on(sheet, texts) is not None


def descent(book: RawBook) -> Trail | None:
    """The files that this one was made from, where it comes from a marked one."""
    sheets = _feedback_sheets(book)
    for trail in map(_trail_on, sheets):
        if trail is not None:
            return trail
    is_marked = any(sheet.name == FEEDBACK_SHEET for sheet in sheets)
    return UNKNOWN_DESCENT if is_marked else None


def _trail_on(sheet: RawSheet) -> Trail | None:
    top = chain.from_iterable(sheet.rows[:_TOP])
    return read_trail(text(value) for value in top if isinstance(value, str))


def _feedback_sheets(book: RawBook) -> list[RawSheet]:
    """The sheet of that name, and all others: it may have been renamed or copied."""
    shown_ones = [sheet for sheet in book.sheets if not sheet.name.startswith(HIDDEN_SHEET)]
    return sorted(shown_ones, key=lambda sheet: sheet.name != FEEDBACK_SHEET)


def _list_on(sheet: RawSheet, texts: Texts) -> HeadedList | None:
    """The list of findings on a sheet."""
    labels = {name: texts(name) for name in _COLUMNS}
    return find_list(sheet, labels, lambda columns: set(columns) >= _COLUMNS)


def _answers_on(sheet: RawSheet, texts: Texts) -> Iterator[_Answer]:
    """What stands in the column for answers, and to the right of the last column."""
    found = _list_on(sheet, texts)
    if found is None:
        return
    last = max(found.places.values())
    for row in found:
        key = _key_of(row, texts)
        if key is not None and row.text(_ANSWER):
            # A formula that was pasted along leaves an error or a truth value, and no answer.
            raw, ref = row.raw(_ANSWER), row.ref(_ANSWER)
            is_said = not isinstance(raw, bool) and (ref.row, ref.column) not in sheet.errors
            said = row.text(_ANSWER) if is_said else shown(raw)
            yield _Answer(key if is_said else "", mask(said), ref)
        for place, value in enumerate(sheet.rows[row.number][last + 1 :], last + 2):
            if text(value):
                yield _Answer("", mask(text(value)), CellRef(sheet.name, row.number + 1, place))


def _key_of(row: HeadedRow, texts: Texts) -> str | None:
    """The key of the question on a row: the hidden one, where it names the code and the cell that
    one sees. Rows that are sorted without the hidden column have another's; then, and where it is
    gone, what one sees is the question. No key for a finding that asks nothing; None for a row
    that is no finding."""
    code, cell, kind = row.text(_CODE), row.text(_CELL), row.text(_KIND)
    for value in map(text, row.sheet.rows[row.number]):
        hidden = read_key(value)
        if hidden and (hidden.code, hidden.cell) == (code, cell):
            return value
    if kind == texts(_QUESTION):
        return words_key(code, cell, row.text(_WHAT))
    return "" if kind in map(texts, _OTHERS) else None


def _unread(answer: _Answer) -> Remark:
    told = {"sheet": answer.ref.sheet, "cell": answer.ref.cell, "value": shown(answer.said)}
    return Remark("SVAR-OLAST", Concern.FILE, told)
