"""The county's own answers, laid on the questions that they answer: also when rows have been
sorted, moved or put in since, as long as the figures that they explain are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_uppercase

from toolkit.checks.alike import of_many
from toolkit.findings.finding import Catalogue, Finding, Severity
from toolkit.returns.question_names import (
    QuestionKey,
    former_key,
    question_by_labels,
    question_key,
    question_of,
    read_key,
    words_key,
)
from toolkit.returns.row_words import RowWords
from toolkit.returns.submission import Submission
from toolkit.spec.model import Spec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import plain, shown
from toolkit.words.cleantext import cell_text

_UNREAD = "SVAR-OLAST"

_Name = tuple[str, ...]
"""How a question can be called: by its row, by its cell, or by its figures alone."""


class _Waiting:
    """The answers that no question has taken yet, in their order, by each of their names."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given, self._taken = given, set[str]()
        self._shared = _of_two_rows(given)
        self._by_name: defaultdict[_Name, list[str]] = defaultdict(list)
        self._cells: defaultdict[str, list[str]] = defaultdict(list)
        for written in given:
            key = read_key(written)
            if key is None:
                self._by_name["key", written].append(written)
                continue
            self._by_name["key", key.of_cell.written].append(written)
            self._by_name["row", key.code, key.figures, key.record].append(written)
            self._by_name["rest", key.code, key.figures, key.rest].append(written)
            self._by_name["figures", key.code, key.figures].append(written)
            if key.record in self._shared:
                place = key.of_cell.written
                self._by_name["renamed", place].append(written)
            self._cells[key.code].append(f"{key.sheet}!{key.cell}")

    def cells_of(self, code: str) -> Sequence[str]:
        """The cells of the questions of a kind that were answered."""
        return self._cells.get(code, ())

    def take_of_rest(self, key: QuestionKey) -> str | None:
        """The answer to the question that was asked of the same row, whatever its id was; none
        where several rows were alike."""
        same = self._by_name.get(("rest", key.code, key.figures, key.rest), ())
        if not key.rest or len(same) != 1:
            return None
        self._taken.add(same[0])
        return self._given[same[0]]

    def take(self, names: Iterable[_Name], record: str) -> str | None:
        """The first answer by one of these names: of the row with that id, or of no row's; of a row
        that had another id where the name says so."""
        for name in names:
            for written in self._by_name.get(name, ()):
                is_its = name[0] == "renamed" or _is_of_row(written, record)
                if is_its and written not in self._taken:
                    self._taken.add(written)
                    return self._given[written]
        return None


def _of_two_rows(given: Iterable[str]) -> set[str]:
    """The ids that do not say which row was answered for: two rows had them."""
    rows: defaultdict[str, set[str]] = defaultdict(set)
    for key in filter(None, map(read_key, given)):
        if key.record:
            rows[key.record].add(f"{key.sheet}!{key.cell.lstrip(ascii_uppercase)}")
    return {record for record, places in rows.items() if len(places) > 1}


def _is_of_row(written: str, record: str) -> bool:
    """Whether an answer may be about the row with an id: it names that one, or none."""
    key = read_key(written)
    return not record or key is None or key.record in {"", record}


def answered(spec: Spec, findings: Sequence[Finding], sent: Submission) -> list[Finding]:
    """The findings of one kind of check, each question with its answer where the county has given
    one. A dash alone is no answer."""
    answers = sent.explanations.items()
    given = {key: text for key, text in answers if not _is_no_answer(spec, text)}
    if not given:
        return list(findings)
    found, waiting = list(findings), _Waiting(given)
    found = _with_those_of_the_same_rows(found, waiting)
    for names in (_of_its_row, _of_its_cell, _of_its_words, _of_its_figures, _of_its_place):
        found = [_with_answer(finding, waiting, names) for finding in found]
    # Last: a question whose answer does not confirm it must not take another one's.
    return [one.with_answer(one.explanation) if one.explanation else one for one in found]


def _with_those_of_the_same_rows(findings: Sequence[Finding], waiting: _Waiting) -> list[Finding]:
    """The questions of rows that are the same but for their ids, which the county may have given
    anew, with their answers; of rows that are alike nobody knows which is which but by their ids.
    It comes before these: another row may have the id now."""
    keys = {id(one): question_of(one) for one in findings if is_open(one)}
    alike = Counter(map(_kind, keys.values()))
    return [
        replace(one, explanation=waiting.take_of_rest(keys[id(one)]))
        if id(one) in keys and alike[_kind(keys[id(one)])] == 1
        else one
        for one in findings
    ]


def _kind(key: QuestionKey) -> tuple[str, str, str]:
    return key.code, key.figures, key.rest


def answered_together(
    spec: Spec, findings: Iterable[Finding], explanations: Mapping[str, str]
) -> list[Finding]:
    """The findings, with the answers that the county has given to many cells at once: to the
    question that joins them, and to what is left of it where other cells have been corrected."""
    given: dict[tuple[str, str], str] = {}
    for written, said in explanations.items():
        key = read_key(written)
        if key is not None and not _is_no_answer(spec, said):
            given[key.code, key.figures] = said
    return [_with_answer_to_many(finding, given) for finding in findings]


def _with_answer_to_many(finding: Finding, given: Mapping[tuple[str, str], str]) -> Finding:
    if not given or not is_open(finding):
        return finding
    key = question_of(of_many(finding))
    said = given.get((key.code, key.figures))
    return finding.with_answer(said) if said else finding


def _with_answer(
    finding: Finding, waiting: _Waiting, names: Callable[[Finding, _Waiting], Iterable[_Name]]
) -> Finding:
    if not is_open(finding):
        return finding
    return replace(finding, explanation=waiting.take(names(finding, waiting), finding.record))


def unread_beside(
    found: Submission, findings: Iterable[Finding], catalogue: Catalogue
) -> Iterator[Finding]:
    """What the county has written where we speak, and no answer is read: over or behind our words
    on a finding's row, or above them all."""
    by_name = _by_name(findings) if found.beside else {}
    for one in found.beside:
        about = next(filter(None, map(by_name.get, one.names)), None)
        own = _own_words(one, about)
        if own:
            yield unread_answer(found, catalogue, one.ref, shown(own))


def left_over(
    found: Submission, findings: Iterable[Finding], catalogue: Catalogue
) -> Iterator[Finding]:
    """The answers of this file that close nothing, while the same is asked of the same row or cell:
    of other figures, which have been put in since; or they say nothing."""
    asked, figures, taken = set[_Name](), set[str](), set[tuple[str, str]]()
    for one in findings:
        if one.answer is not None:
            taken.add((one.code, one.answer))
        elif is_open(one):
            asked.update(_places(question_of(one)))
            figures.add(question_of(one).figures)
    for written, ref in found.answer_cells.items():
        key, said = read_key(written), found.explanations.get(written, "")
        if key is None or not said.strip() or (key.code, said) in taken:
            continue
        if _place(key) in asked:
            why = "svar_inget_svar" if key.figures in figures else "svar_andra_uppgifter"
            yield unread_answer(found, catalogue, ref, shown(said), why)


def _places(key: QuestionKey) -> Iterator[_Name]:
    """What the place of a question may be called: what one sees of it does not name its sheet."""
    yield "cell", key.code, key.sheet, key.cell
    yield "cell", key.code, "", key.cell
    yield "row", key.code, key.sheet, key.record


def _place(key: QuestionKey) -> _Name:
    if key.record:
        return "row", key.code, key.sheet, key.record
    return "cell", key.code, key.sheet, key.cell


def unread_answer(
    found: Submission, catalogue: Catalogue, ref: CellRef, said: str, why: str = "svar_ingen_fraga"
) -> Finding:
    """What is told of something that was written on the sheet and is no answer; `why` is a word of
    the messages."""
    told = {"sheet": ref.sheet, "cell": ref.cell, "value": said, "why": catalogue.word(why)}
    return catalogue.finding(_UNREAD, told, county=found.county, file=found.file)


def _by_name(findings: Iterable[Finding]) -> dict[str, Finding]:
    """The findings by what a row of Återkoppling may call them."""
    found: dict[str, Finding] = {}
    for finding in findings:
        words = words_key(finding.code, finding.cell or "", finding.message)
        found |= {question_key(finding): finding, words: finding}
    return found


def _own_words(one: RowWords, about: Finding | None) -> str:
    """What is none of ours: what stands behind our words, or all of it where they are gone. Where
    it is not known whose it is, a hint that is worded anew since says nothing of the county."""
    said, ours = plain(one.said), plain(cell_text(_said_in(one.column, about)))
    if ours and said.startswith(ours):
        return said[len(ours) :].strip()
    is_suggestion = about is not None and one.column == "forslag"
    return said if one.is_own or is_suggestion else ""


def _said_in(column: str, about: Finding | None) -> str:
    """What we say of a finding in a column."""
    if about is None:
        return ""
    by_column = {"forslag": about.suggestion, "hur": about.hint, "vad": about.message}
    return by_column.get(column) or ""


def is_open(finding: Finding) -> bool:
    """A question that nobody has answered."""
    return finding.severity is Severity.QUERY and finding.explanation is None


def _is_no_answer(spec: Spec, text: str) -> bool:
    return not text or spec.empty_texts.is_marks(text)


def _of_its_row(finding: Finding, _: _Waiting) -> Iterator[_Name]:
    """The same question about the same figures of the row with that id, wherever the row stands:
    it comes first, since several rows may ask the same of the same figures."""
    for key in _keys(finding):
        if key.record:
            yield "row", key.code, key.figures, key.record


def _keys(finding: Finding) -> tuple[QuestionKey, QuestionKey]:
    """The names of a question by what it is about: today's, and that of earlier versions."""
    return question_of(finding), question_by_labels(finding)


def _of_its_cell(finding: Finding, _: _Waiting) -> Iterator[_Name]:
    for key in _keys(finding):
        yield "key", key.of_cell.written
    yield "key", former_key(finding)


def _of_its_place(finding: Finding, _: _Waiting) -> Iterator[_Name]:
    """The same question about the same figures in the same cell, whose row has another id now."""
    for key in _keys(finding):
        yield "renamed", key.of_cell.written


def _of_its_words(finding: Finding, _: _Waiting) -> Iterator[_Name]:
    yield "key", words_key(finding.code, finding.cell or "", finding.message)


def _of_its_figures(finding: Finding, waiting: _Waiting) -> Iterator[_Name]:
    """The same question about the same figures, in a cell that does not ask it any more; files
    marked by earlier versions have the cell among the figures."""
    for key in _keys(finding):
        yield "figures", finding.code, key.figures
    for cell in waiting.cells_of(finding.code):
        yield "key", former_key(finding, cell)
