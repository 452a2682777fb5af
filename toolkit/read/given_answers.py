"""The county's answers on the sheet Återkoppling of a marked file: also where the sheet was
renamed, copied or moved, and where its hidden keys are gone or stand beside another question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.formats.shape import MergedBlock, Shape, XmlShape
from toolkit.read.left_apart import filled_cells
from toolkit.read.lists import HeadedList, HeadedRow, find_list
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.returns.carried import CarriedAbout, carried_about
from toolkit.returns.feedback_sheet import is_made_by_us
from toolkit.returns.question_names import QuestionKey, read_key, read_prints_of_yes, words_key
from toolkit.returns.row_words import RowWords, print_of_words, read_prints
from toolkit.returns.submission import Yes
from toolkit.spec.marks import FEEDBACK_SHEET, HIDDEN_SHEET, MARK
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown, text, whole
from toolkit.words.personal import mask
from toolkit.words.swedish import fold

_CODED = re.compile(r"[A-ZÅÄÖ0-9]+(-[A-ZÅÄÖ0-9]+)+")  # as the code of a finding is written
_KIND, _CODE, _CELL, _WHAT, _ANSWER = "allvar", "kod", "cell", "vad", "forklaring"
_COLUMNS = {_KIND, _CODE, _CELL, _WHAT, _ANSWER}
_CAUSE, _SHEET, _SUGGESTED, _HOW = "orsak", "blad", "forslag", "hur"
_MORE = (_CAUSE, _SHEET, _HOW, _SUGGESTED)
_OURS = (_KIND, _CAUSE, _SHEET, _CELL, _WHAT, _HOW, _SUGGESTED, _CODE)
_YES = "ratta"  # the column for a yes, which files marked by earlier versions lack
_QUESTION, _OTHERS = "QUERY", ("ERROR", "NOTE")  # kinds of findings
_KINDS = (_QUESTION, *_OTHERS, "kopia.ej_med", "kopia.tidigare_slag")  # and of other lines
_TOP = 3  # rows of the sheet in which what is hidden may stand


class GivenAnswers(NamedTuple):
    """Answers by question key and their `places`, what was written on the sheet that is none, the
    cells of both, and the cell of each yes by the name of the finding whose cure it is to."""

    by_key: Mapping[str, str]
    remarks: Sequence[Remark]
    cells: Sequence[CellRef]
    agreed: Mapping[str, Yes] = {}
    carried: Sequence[CarriedQuestion] = ()
    beside: Sequence[RowWords] = ()
    places: Mapping[str, CellRef] = {}


class CarriedQuestion(NamedTuple):
    """A question about the file that this one is a fresh copy of, as its row tells it: the copy's
    own cells cannot. `key` names the answer that it may have got."""

    key: str
    code: str
    title: str
    sheet: str
    cell: str
    message: str
    hint: str
    about: CarriedAbout


class _Answer(NamedTuple):
    """Something that was written on the sheet, and the key of the question on its row, if any; or
    of the finding to whose cure it is a `yes`."""

    key: str
    said: str
    ref: CellRef
    yes: Yes | None = None


def given_answers(book: RawBook, texts: Texts) -> GivenAnswers:
    """All answers in a workbook. `texts` are those of the sheet, whose headings are looked for.
    Where two sheets answer the same question otherwise, the one under the sheet's own name holds,
    and the other one is told."""
    sheets = feedback_sheets(book)
    looks = book.second.looks
    answers = (_answers_on(sheet, texts, looks.of(sheet.name)) for sheet in sheets)
    written = list(chain.from_iterable(answers))
    known, unread = _by_key(one for one in written if one.yes is None)
    carried = dict.fromkeys(chain.from_iterable(_carried_on(sheet, texts) for sheet in sheets))
    beside = list(chain.from_iterable(_beside_on(sheet, texts) for sheet in sheets))
    ours = chain.from_iterable(map(_known_on, sheets))
    elsewhere = chain.from_iterable(_said_beside_a_yes(sheet, texts) for sheet in sheets)
    return GivenAnswers(
        by_key=known,
        remarks=list(map(_unread, unread)),
        cells=(*_places_of(written, beside), *ours),
        agreed=_agreed(written, list(elsewhere)),
        carried=list(carried),
        beside=beside,
        places={answer.key: answer.ref for answer in written if answer.key and not answer.yes},
    )


def _agreed(written: Iterable[_Answer], elsewhere: Sequence[_Answer]) -> dict[str, Yes]:
    """Each yes with what stands beside it; where nothing does, with what another sheet of the same
    kind says of the same finding."""
    agreed: dict[str, Yes] = {}
    for answer in written:
        if answer.yes is not None:
            same = [one for one in elsewhere if one.key == answer.key]
            others = (one.said for one in same if one.ref.sheet != answer.ref.sheet)
            beside = answer.yes.beside or next(others, "")
            agreed[answer.key] = answer.yes._replace(beside=beside)
    return agreed


def _said_beside_a_yes(sheet: RawSheet, texts: Texts) -> Iterator[_Answer]:
    """What stands in the cells for a yes and for an answer, and is no yes."""
    for row in _list_on(sheet, texts) or ():
        for column in (_YES, _ANSWER):
            said = row.text(column)
            if said and fold(said).strip(" .!") != fold(texts("ja")):
                yield _Answer(_hidden_key(row) or _words_of(row), mask(said), row.ref(column))


def answers_to_another(given: GivenAnswers, yes: str) -> GivenAnswers:
    """What is left of the answers on a sheet that was made for somebody else: each is told, and
    none is taken. `yes` is what was chosen where a yes stands."""
    said = [(ref, given.by_key.get(key, "")) for key, ref in given.places.items()]
    said += [(one.ref, yes) for one in given.agreed.values()]
    told = [unread(ref, shown(text), "svar_annat_lan") for ref, text in said]
    return GivenAnswers({}, [*given.remarks, *told], given.cells)


def _by_key(answers: Iterable[_Answer]) -> tuple[dict[str, str], list[_Answer]]:
    """The answers by the question that they are to, and those that are to none or contradict an
    earlier one."""
    known: dict[str, str] = {}
    unread: list[_Answer] = []
    for answer in answers:
        if not answer.key or known.get(answer.key, answer.said) != answer.said:
            unread.append(answer)
        else:
            known[answer.key] = answer.said
    return known, unread


def _places_of(written: Iterable[_Answer], beside: Iterable[RowWords]) -> Iterator[CellRef]:
    """The cells of which something is said: of answers, and of what stands over our words."""
    yield from (answer.ref for answer in written)
    yield from (one.ref for one in beside if one.is_own)


def _beside_on(sheet: RawSheet, texts: Texts) -> Iterator[RowWords]:
    """What stands in the columns that are ours, and above them, and is not known to be ours. Where
    that is known of nothing, what stands under Förslag and Så gör ni may be."""
    found, prints = _list_on(sheet, texts), _prints_on(sheet)
    if found is None:
        return
    if prints:
        yield from _above(found, prints)
    kinds = _kinds(texts)
    lines = (row for row in found if row.text(_KIND) in kinds)
    yield from chain.from_iterable(_beside_in(row, prints) for row in lines)


def _kinds(texts: Texts) -> set[str]:
    """What begins a line of the list."""
    waived = (texts("avsteg_slag", kind=texts(kind)) for kind in (_QUESTION, *_OTHERS))
    return {*map(texts, _KINDS), *_questions(texts), *waived}


def _questions(texts: Texts) -> set[str]:
    """What a question is called, also one that has been answered."""
    named = texts(_QUESTION)
    return {named, texts("besvarad_slag", kind=named)}


def _beside_in(row: HeadedRow, prints: frozenset[str]) -> Iterator[RowWords]:
    names = tuple(filter(None, (_hidden_key(row), _words_of(row))))
    for column in _OURS if prints else (_SUGGESTED, _HOW):
        said = row.text(column)
        if said and print_of_words(said) not in prints:
            yield RowWords(names, column, mask(said), row.ref(column), bool(prints))


def _prints_on(sheet: RawSheet) -> frozenset[str]:
    return read_prints(texts_above(sheet))


def texts_above(sheet: RawSheet) -> Iterator[str]:
    """What stands in the first rows of a sheet, where ours is hidden."""
    top = chain.from_iterable(sheet.rows[:_TOP])
    return (text(value) for value in top if isinstance(value, str))


def _above(found: HeadedList, prints: frozenset[str]) -> Iterator[RowWords]:
    """What stands above the headings and is not ours, without what is hidden there."""
    for ref, said in _texts_on(found.sheet):
        if ref.row <= found.header and not _is_ours(said, prints):
            yield RowWords((), "", mask(said), ref, is_own=True)


def _known_on(sheet: RawSheet) -> Iterator[CellRef]:
    """The cells of a sheet that are known to hold what we have said."""
    prints = _prints_on(sheet)
    if prints:
        yield from (ref for ref, said in _texts_on(sheet) if _is_ours(said, prints))


def _texts_on(sheet: RawSheet) -> Iterator[tuple[CellRef, str]]:
    for row, column, value in filled_cells(sheet):
        yield CellRef(sheet.name, row, column), text(value)


def _is_ours(said: str, prints: frozenset[str]) -> bool:
    """Whether a text is one that we wrote, or a hidden one."""
    is_hidden = said.startswith(MARK) or read_key(said) is not None
    return is_hidden or print_of_words(said) in prints or carried_about(said) is not None


def _carried_on(sheet: RawSheet, texts: Texts) -> Iterator[CarriedQuestion]:
    """The questions on a sheet that no cell of its file shows: those with the mark of such a one,
    or with a sheet of the other file, where the hidden keys are gone."""
    asked = texts(_QUESTION)
    kinds = {*_questions(texts), texts("avsteg_slag", kind=asked)}
    elsewhere = texts("kopia.er_fil", sheet="").strip()
    for row in _list_on(sheet, texts) or ():
        about = _about(row)
        if row.text(_KIND) in kinds and (about or row.text(_SHEET).startswith(elsewhere)):
            key = _key_of(row, texts) or _words_of(row)
            yield CarriedQuestion(
                key,
                code=row.text(_CODE),
                title=row.text(_CAUSE),
                sheet=row.text(_SHEET),
                cell=row.text(_CELL),
                message=row.text(_WHAT),
                hint=row.text(_HOW),
                about=about or CarriedAbout(key),
            )


def _about(row: HeadedRow) -> CarriedAbout | None:
    """What a question that is carried over is about, where its mark is there."""
    written = map(text, row.sheet.rows[row.number])
    return next(filter(None, map(carried_about, written)), None)


def is_feedback(sheet: RawSheet, texts: Texts) -> bool:
    """Whether a sheet is Återkoppling, under its own name or another. A county may have a sheet of
    that name itself."""
    if _list_on(sheet, texts) is not None:
        return True
    said = (text for _, text in _texts_on(sheet))
    return sheet.name == FEEDBACK_SHEET and is_made_by_us(said, texts)


def feedback_sheets(book: RawBook) -> list[RawSheet]:
    """The sheet of that name, and all others: it may have been renamed or copied."""
    shown_ones = [sheet for sheet in book.sheets if not sheet.name.startswith(HIDDEN_SHEET)]
    return sorted(shown_ones, key=lambda sheet: sheet.name != FEEDBACK_SHEET)


def _list_on(sheet: RawSheet, texts: Texts) -> HeadedList | None:
    """The list of findings on a sheet."""
    labels = {name: texts(name) for name in (*_COLUMNS, *_MORE, _YES)}
    return find_list(sheet, labels, lambda columns: set(columns) >= _COLUMNS)


def _answers_on(sheet: RawSheet, texts: Texts, shape: Shape | XmlShape) -> Iterator[_Answer]:
    """What stands in the column for answers, and to the right of the last column. In cells that
    were drawn together over several questions it answers all of them."""
    found = _list_on(sheet, texts)
    if found is None:
        return
    first_of = _First(shape.merged)
    for row in found:
        key = _key_of(row, texts)
        if key is not None:
            yield from _answer_on(first_of(row, _ANSWER) if key else row, key)
        # A yes is looked for on every row: it is told where what it was said to has been emptied.
        yield from _yes_on(row, first_of(row, _YES) if _suggests(row) else row, first_of, texts)
        yield from _right_of(row, max(found.places.values()))


class _First:
    """The row in which the words stand that a row shows: of cells drawn together the first one."""

    def __init__(self, blocks: Iterable[MergedBlock]) -> None:
        self._blocks = [block for block in blocks if block.bottom > block.top]

    def __call__(self, row: HeadedRow, column: str) -> HeadedRow:
        ref = row.ref(column)
        over = (block for block in self._blocks if block.top < ref.row <= block.bottom)
        first = next((block.top for block in over if block.left == ref.column), ref.row)
        return replace(row, number=first - 1)


def _answer_on(row: HeadedRow, key: str) -> Iterator[_Answer]:
    # A formula that was pasted along leaves an error or a truth value, and no answer.
    raw, ref = row.raw(_ANSWER), row.ref(_ANSWER)
    if not row.text(_ANSWER):
        return
    is_said = not isinstance(raw, bool) and (ref.row, ref.column) not in row.sheet.errors
    said = row.text(_ANSWER) if is_said else shown(raw)
    yield _Answer(key if is_said else "", mask(said), ref)


def _right_of(row: HeadedRow, last: int) -> Iterator[_Answer]:
    """What stands to the right of the last column."""
    for place, value in enumerate(row.sheet.rows[row.number][last + 1 :], last + 2):
        if text(value):
            yield _Answer("", _as_said(value), CellRef(row.sheet.name, row.number + 1, place))


def _yes_on(
    row: HeadedRow, written: HeadedRow, first_of: _First, texts: Texts
) -> Iterator[_Answer]:
    """What stands in the column for a yes: nothing but a yes is one, and only where something is
    suggested. A no changes nothing. `written` is the row in which it stands."""
    said = fold(written.text(_YES)).strip(" .!")
    if said in {"", fold(texts("nej"))}:
        return
    if said == fold(texts("ja")) and _suggests(row):
        ref, beside = written.ref(_YES), first_of(row, _ANSWER).text(_ANSWER)
        yes = Yes(ref, mask(beside), _prints_of(row))
        yield _Answer(_hidden_key(row) or _words_of(row), said, ref, yes)
    else:
        yield _Answer("", _as_said(row.raw(_YES)), row.ref(_YES))


def _as_said(value: object) -> str:
    """Words as they are; a ticked box as Excel shows it."""
    return whole(value) if isinstance(value, bool) else mask(text(value))


def _suggests(row: HeadedRow) -> bool:
    """Whether anything stands under Förslag; the column may have been deleted."""
    return _SUGGESTED not in row.places or bool(row.text(_SUGGESTED))


def _key_of(row: HeadedRow, texts: Texts) -> str | None:
    """The key of the question on a row: the hidden one, where it names the code and the cell that
    one sees. Rows that are sorted without the hidden column have another's; then, and where it is
    gone, what one sees is the question. No key for a finding that asks nothing; None for a row
    that is no finding."""
    kind, hidden = row.text(_KIND), _hidden_key(row)
    if kind in map(texts, _OTHERS):
        return ""
    if hidden or kind in _questions(texts):
        return hidden or _words_of(row)
    return None


def _hidden_key(row: HeadedRow) -> str:
    """The key that names the code and the cell which one sees on a row; empty where none does. A
    code that was written over is none that another row has."""
    for written in map(text, row.sheet.rows[row.number]):
        about = carried_about(written)
        value = about.key if about else read_prints_of_yes(written)[0]
        hidden = read_key(value)
        if hidden and _is_named_on(row, hidden):
            return value
    return ""


def _prints_of(row: HeadedRow) -> frozenset[str]:
    """The prints of the cells that a yes on a row is to, beside the key that names it."""
    for written in map(text, row.sheet.rows[row.number]):
        value, prints = read_prints_of_yes(written)
        hidden = read_key(value)
        if hidden and _is_named_on(row, hidden):
            return prints
    return frozenset()


def _is_named_on(row: HeadedRow, key: QuestionKey) -> bool:
    code = row.text(_CODE)
    return key.cell == row.text(_CELL) and (key.code == code or not _CODED.fullmatch(code))


def _words_of(row: HeadedRow) -> str:
    return words_key(row.text(_CODE), row.text(_CELL), row.text(_WHAT))


def _unread(answer: _Answer) -> Remark:
    return unread(answer.ref, shown(answer.said))


def unread(ref: CellRef, said: str, why: str = "svar_ingen_fraga") -> Remark:
    """What is told of something that was written and is no answer; `why` is a phrase."""
    told = {"sheet": ref.sheet, "cell": ref.cell, "value": said, "why": Phrase(why)}
    return Remark("SVAR-OLAST", Concern.FILE, told)
