"""Plain rows + Spec → Submission, with a finding for everything that was not as the template had
it.

One pass: the year, the tables' places, the county, then table by table. Each part returns what it
read and its remarks; findings are made of all remarks at the end, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, filterfalse
from typing import NamedTuple

from toolkit.read.carried_questions import questions_carried
from toolkit.read.computed import remarks_on_computed
from toolkit.read.descent import descent, signed_before
from toolkit.read.findings import findings_of
from toolkit.read.formats.raw import RawBook
from toolkit.read.given_answers import answers_to_another, given_answers
from toolkit.read.locate import Located, identity, locate
from toolkit.read.made_for import county_left
from toolkit.read.month_first import with_doubtful_days
from toolkit.read.noted_answers import remarks_on_noted_answers
from toolkit.read.noughts import without_noughts
from toolkit.read.older_version import spec_as_it_was, without_rewordings
from toolkit.read.outside_tables import asides_in_cells
from toolkit.read.own_cells import ToldPlaces, remarks_on_own_cells
from toolkit.read.remarks import Concern, Remark
from toolkit.read.table import read_table
from toolkit.read.values import read_value
from toolkit.read.whole_book import (
    remarks_on_book,
    remarks_on_far_cells,
    remarks_on_missing,
    with_links_once,
)
from toolkit.returns.approval import sign_off_of
from toolkit.returns.submission import FeedbackAlone, Missing, Return, Submission, TableData
from toolkit.returns.trail import UNKNOWN_DESCENT
from toolkit.spec.load import Year
from toolkit.spec.marks import COUNTY, VERSION, YEAR
from toolkit.spec.model import Field, Spec
from toolkit.spec.roles import NIL_ANSWER, NIL_REASON, NIL_TABLE, RESPONDENTS, RETURN, YES
from toolkit.words.cells import CellRef
from toolkit.words.digits import whole_number

_ALWAYS_FILLED = 2  # cells of a form that the template comes with: its county and its year


@dataclass(frozen=True, slots=True)
class _File:
    """A file that is read: its name and print, the year whose spec it is read by, and what its
    hidden sheet says."""

    name: str
    sha256: str
    year: Year
    known: Mapping[str, str]


class Sender(NamedTuple):
    """Whose return a file is, and for which year, as far as it can be made out."""

    year: int | None
    county: str | None


def whose(book: RawBook, years: Mapping[int, Year]) -> Sender:
    """Whose return a workbook is. A county that no form states is the one that the template was
    made for."""
    known = identity(book)
    year = _year_of(book, years, known)
    if year is None:
        return Sender(None, None)
    county, _ = _county(year.spec, locate(book, year.spec), known, book)
    return Sender(year.spec.year, county)


def interpret(book: RawBook, years: Mapping[int, Year], file: str, sha256: str) -> Return:
    """A workbook read by its own year's spec: the year of its hidden sheet, or else of its form, or
    else the newest. The submission is None where no county's return could be made out."""
    known = identity(book)
    year = _year_of(book, years, known)
    read = _File(file, sha256, year or years[max(years)], known)
    if year is None:
        return _refused(read, [_unknown_year(known, years)])
    year = replace(year, spec=spec_as_it_was(book, year.spec, known.get(VERSION, "")))
    read = replace(read, year=year)
    located = locate(book, year.spec)
    if not located:
        return _without_tables(read, book, years)
    county, on_county = _county(year.spec, located, known, book)
    if county is None:
        # Where the form is gone the advice to choose a county on it cannot be followed.
        names = {sheet.name for sheet in book.sheets}
        gone = remarks_on_missing(year.spec, located, names)
        no_form = year.spec.bound.of(RETURN) not in located
        return _refused(read, [*on_county, *(gone if no_form else ())], year.spec.year)
    submission, on_tables = _read_tables(read, book, located, county)
    if _is_blank(submission):
        return _refused(read, [Remark("FIL-TOM", Concern.FILE, county=county)], year.spec.year)
    findings = findings_of(
        with_doubtful_days([*on_county, *on_tables]), year.catalogue, file, county
    )
    return Return(file, sha256, submission, findings)


def _without_tables(file: _File, book: RawBook, years: Mapping[int, Year]) -> Return:
    """A file with nothing of the template: perhaps with the county's answers, on a sheet
    Återkoppling that says whose it is."""
    trail = descent(book, file.year.texts("aterkoppling"))
    year = years.get(trail.year) if trail else None
    if trail is None or year is None or trail.county not in year.spec.list_of(RESPONDENTS).by_code:
        return _refused(file, [Remark("FIL-EJ-MALL", Concern.FILE)])
    texts = year.texts("aterkoppling")
    given = given_answers(without_noughts(book, texts), texts)
    remarks = [Remark("FIL-BARA-SVAR", Concern.FILE), *given.remarks]
    findings = findings_of(remarks, year.catalogue, file.name, trail.county)
    alone = FeedbackAlone(trail, given.by_key, len(given.agreed))
    return Return(file.name, file.sha256, None, findings, origin_year=year.spec.year, alone=alone)


def _refused(file: _File, remarks: Sequence[Remark], year: int | None = None) -> Return:
    """No submission, and why. It is told to the county that the file was made for; `year` is the
    file's own, where that is known."""
    findings = findings_of(remarks, file.year.catalogue, file.name, file.known.get(COUNTY))
    return Return(file.name, file.sha256, None, findings, origin_year=year)


# --------------------------------------------------------------------------------- year and county
def _year_of(book: RawBook, years: Mapping[int, Year], known: Mapping[str, str]) -> Year | None:
    """None when the hidden sheet names a year that there is no spec for."""
    said = known.get(YEAR, "")
    if not said:
        return years[_stated_year(book, years) or max(years)]
    number = whole_number(said)
    return None if number is None else years.get(number)


def _unknown_year(known: Mapping[str, str], years: Mapping[int, Year]) -> Remark:
    told = {"year": known[YEAR], "known": ", ".join(map(str, sorted(years)))}
    return Remark("FIL-AR", Concern.FILE, told)


def _stated_year(book: RawBook, years: Mapping[int, Year]) -> int | None:
    """The year that the form states, by the newest spec that there is, when there is one for it."""
    stated = _years_stated(book, years[max(years)].spec)
    return next((year for year in stated if year in years), None)


def year_claimed(book: RawBook, years: Mapping[int, Year]) -> int | None:
    """The year that a workbook says that it is for, also where there is no spec for it."""
    said = identity(book).get(YEAR, "")
    if said:
        return whole_number(said)
    return next(_years_stated(book, years[max(years)].spec), None)


def _years_stated(book: RawBook, spec: Spec) -> Iterator[int]:
    for field, raw in _years_in_forms(locate(book, spec).values()):
        stated = read_value(spec, field, raw).typed
        if isinstance(stated, int):
            yield stated


def _years_in_forms(located: Iterable[Located]) -> Iterator[tuple[Field, object]]:
    """What stands in the fields of forms that ask for a year; only a form's fields have rows."""
    for place in located:
        for field in place.table.fields:
            if field.type == "year" and field.id in place.rows:
                yield field, place.sheet.at(*_answer(place, field))


def _answer(place: Located, field: Field) -> tuple[int, int]:
    """The row and column of a form's answer."""
    return place.rows[field.id], place.places[field.id][0]


def _county(
    spec: Spec, located: Mapping[str, Located], known: Mapping[str, str], book: RawBook
) -> tuple[str | None, list[Remark]]:
    """The county that the form states; it must be the one that the template was made for."""
    stated, ref = _stated_county(spec, located, book)
    refs = (ref,) if ref else ()
    respondents = spec.list_of(RESPONDENTS).by_code
    hidden = known.get(COUNTY, "")
    if stated and hidden not in respondents:  # the sheets were moved to another workbook
        hidden = county_left(spec, located, book, stated) or ""
    made_for = respondents.get(hidden)
    if made_for is None:
        return stated, [] if stated else [Remark("FIL-LAN", Concern.FILE, refs=refs)]
    if stated is None or stated == made_for.code:
        return made_for.code, []
    told = {"stated": respondents[stated].label, "made_for": made_for.label}
    return stated, [Remark("FIL-ANNAT-LAN", Concern.FILE, told, refs=refs, county=made_for.code)]


def _stated_county(
    spec: Spec, located: Mapping[str, Located], book: RawBook
) -> tuple[str | None, CellRef | None]:
    """The code of the form's county, where it is one, and its cell."""
    form = next((place for place in located.values() if place.table.kind == "form"), None)
    if form is None:
        return None, None
    field = _field_of_county(spec, form)
    if field is None:
        return None, None
    row, column = _answer(form, field)
    raw = form.sheet.at(row, column)
    typed = read_value(spec, field, raw, epoch_1904=book.second.epoch_1904).typed
    return (typed if isinstance(typed, str) else None), CellRef(form.sheet.name, row, column)


def _field_of_county(spec: Spec, form: Located) -> Field | None:
    """The field in which a form states its county, where its row is there."""
    respondents = spec.bound[RESPONDENTS]
    fields = (field for field in form.table.fields if field.list == respondents)
    first = next(fields, None)
    return first if first is not None and first.id in form.rows else None


# ------------------------------------------------------------------------------------------- tables
def _read_tables(
    file: _File, book: RawBook, located: Mapping[str, Located], county: str
) -> tuple[Submission, list[Remark]]:
    """All tables that are there, in the spec's order, and the remarks on them and on the whole."""
    spec = file.year.spec
    located, reworded = without_rewordings(located, file.known.get(VERSION, ""), spec)
    remarks = [*remarks_on_book(located, book.second.looks), *remarks_on_far_cells(book.far)]
    tables: dict[str, TableData] = {}
    for table in spec.tables.values():
        if table.id in located:
            read = read_table(spec, located[table.id], book.second, book.sheets)
            tables[table.id] = read.data
            remarks += read.remarks
    remarks += remarks_on_missing(spec, located, {sheet.name for sheet in book.sheets})
    texts = file.year.texts("aterkoppling")
    answers, trail = given_answers(without_noughts(book, texts), texts), descent(book, texts)
    if trail is not None and trail.county not in {"", county, file.known.get(COUNTY, "")}:
        answers, trail = answers_to_another(answers, texts("ja")), UNKNOWN_DESCENT
    remarks += answers.remarks
    remarks += remarks_on_noted_answers(book, file.year.texts("aterkoppling"))
    rows = {name: data.rows for name, data in tables.items()}
    submission = Submission(
        file=file.name,
        sha256=file.sha256,
        county=county,
        year=spec.year,
        template_version=file.known.get(VERSION, ""),
        reworded=reworded,
        tables=_with_nil(spec, tables),
        explanations=answers.by_key,
        answer_cells=answers.places,
        asides=tuple(asides_in_cells(book, located.values(), rows)),
        bound=spec.bound,
        trail=trail,
        agreed=answers.agreed,
        beside=tuple(answers.beside),
        carried=tuple(
            questions_carried(spec, file.year.catalogue, answers, tables, file.name, county)
        ),
    )
    remarks += remarks_on_computed(spec, submission, located, book.second.looks)
    told = ToldPlaces(submission, remarks, answers.cells)
    remarks += remarks_on_own_cells(book, submission, located, file.year, told)
    return _with_sign_offs(spec, submission, book), with_links_once(remarks)


def _with_sign_offs(spec: Spec, sent: Submission, book: RawBook) -> Submission:
    """The return with what is approved in it, and what was in the file that it was made from."""
    before = signed_before(book, sent.trail)
    return replace(sent, sign_off=sign_off_of(spec, sent), signed_before=before)


def _with_nil(spec: Spec, tables: Mapping[str, TableData]) -> Mapping[str, TableData]:
    """Each table with the reason that the county gave for having nothing to report in it."""
    nil = spec.nil_table
    if nil is None or nil.id not in tables or not spec.takes_nil:
        return tables
    reasons = dict(_nil_reasons(spec, tables[nil.id]))
    return {name: replace(data, nil_reason=reasons.get(name)) for name, data in tables.items()}


def _nil_reasons(spec: Spec, data: TableData) -> Iterator[tuple[str, str]]:
    for record in data.records:
        table = spec.nil_codes.get(record.text(NIL_TABLE))
        if table is not None and record.text(NIL_ANSWER) == spec.bound[YES]:
            yield table, record.text(NIL_REASON) if spec.bound.has(NIL_REASON) else ""


def _is_blank(found: Submission) -> bool:
    """Nothing at all filled in but what the template came with."""
    tables = found.tables.values()
    form = next(filter(_is_form, tables), None)
    if form is not None and _filled(form) > _ALWAYS_FILLED:
        return False
    return not any(map(_says_something, filterfalse(_is_form, tables)))


def _is_form(data: TableData) -> bool:
    return data.columns.rows is not None


def _says_something(data: TableData) -> bool:
    """Whether a table has answers, or a reason for having none."""
    return data.nil_reason is not None or _has_answers(data)


def _filled(form: TableData) -> int:
    return sum(value is not Missing.BLANK for value in form.record(0).typed)


def _has_answers(data: TableData) -> bool:
    """Whether anything but zeros stands in a table, beside its first column: a fixed table comes
    with its codes and sums."""
    return any(map(_is_answer, chain.from_iterable(data.raw[1:])))


def _is_answer(value: object) -> bool:
    return any(value) if isinstance(value, tuple) else value not in (None, "", 0, 0.0)
