"""A return as a fresh copy of the template: filled with what was read of it, and marked.

So come back files in formats that are not written in (.xls, .xlsb, Strict Open XML) and all others
that could not be marked, and beside its own marked file a return whose workbook is so damaged that
marks in it would mislead. The same on request, and, in a later year's template, when a return is
migrated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.annotate import (
    UNWRITTEN,
    Supplement,
    as_sent,
    feedback_alone,
    mark_in_place,
    mark_workbook,
    why_unwritten,
    without_cures,
)
from toolkit.annotate.own_copy import (
    corrections_of,
    is_misleading,
    past_answers,
    sign_off_carried,
    supplement_of,
    trail_of,
)
from toolkit.checks.cures import corrected
from toolkit.checks.file import judge
from toolkit.checks.waiting import sheets_waiting
from toolkit.files.atomic import publish, withdraw
from toolkit.files.sandbox import run_each
from toolkit.files.zip import ending_of
from toolkit.findings.feedback import remains
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.read import RawBook, Unreadable, identity, interpret, read_raw, without_numbers
from toolkit.returns.carryover import CarriedRows, Left, count, lost_of, stating_county
from toolkit.returns.submission import Return, Submission
from toolkit.spec.load import Year, load_year
from toolkit.spec.marks import COUNTY
from toolkit.spec.model import Spec, TableSpec
from toolkit.spec.roles import RESPONDENTS
from toolkit.words.celltext import whole
from toolkit.words.swedish import join_and
from toolkit.year.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.annotate.refilled import RefilledContent

_SECONDS = 120.0  # a copy is read, written and checked: more than one reading takes


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """A template filled with a return: the workbook, how many cells were moved, and every cell that
    was not."""

    workbook: bytes
    moved: int
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Migration:
    """A return in a template, an earlier year's in a later one's or in a fresh copy of its own:
    where it was written, how many cells were moved, and every cell that could not be."""

    path: Path
    moved: int
    left: Sequence[Left]


_MOST_LEFT = 300  # cells that the letter lists one by one


@dataclass(frozen=True, slots=True)
class FreshCopy:
    """A filled template with marks. `placed` are the findings in its own cells or about all of it,
    `carried` those of the file that was sent, in that file's cells."""

    filled: FilledTemplate
    placed: tuple[Finding, ...]
    carried: tuple[Finding, ...]
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What a county gets: the marked workbook, and what the letter says of it. `findings` are named
    by that workbook's cells; `fresh` is a fresh copy that is offered beside it; `lost` counts the
    cells of the template's own columns that had no place in the workbook; `how` says what to do
    with it where that is not the usual, `waiting` what is not tried until the rest is settled,
    `part` the part of the texts that says some things otherwise. `certain`: the same file would get
    the same again; not where a child process, or the marking, has failed."""

    workbook: bytes
    findings: tuple[Finding, ...]
    notices: tuple[str, ...] = ()
    fresh: bytes | None = None
    lost: int = 0
    how: str = ""
    waiting: str = ""
    part: str = ""
    certain: bool = True


def give_back(space: Workspace, year: Year, data: bytes, found: Return, name: str) -> GivenBack:
    """What the county gets for one file; `name` is that of its workbook without the ending."""
    texts, waiting, certain = year.texts("aterkoppling"), said_to_wait(year, found), True
    marked = _in_place(space, data, found, texts, waiting)
    if marked is None:
        return _in_its_place(space, year, data, found)
    if found.submission is not None and is_misleading(found.findings):
        copy = _fresh_copy(space, year, data, found, "skada")
        if copy is not None:
            return _both(copy, found, data, space.fresh(name).name, texts)
        certain = False
    return GivenBack(marked, found.findings, waiting=waiting, certain=certain)


def _in_place(
    space: Workspace, data: bytes, found: Return, texts: Texts, waiting: str
) -> bytes | None:
    """The county's own file, marked; None where that cannot be done, also by a fault of ours."""
    with space.log.surviving("mark", found.file):
        return mark_in_place(data, found.findings, texts, supplement_of(found, waiting))
    return None


def _in_its_place(space: Workspace, year: Year, data: bytes, found: Return) -> GivenBack:
    """What comes back for a file that is not written in: a fresh copy, or, where nothing could be
    read that would fill one, the feedback alone."""
    texts = year.texts("aterkoppling")
    if found.submission is not None:  # what no reader was let loose on is not opened here either
        why = why_unwritten(data)
        copy = _fresh_copy(space, year, data, found, why)
        if copy is not None:
            return _healed(copy, found, data, why, texts)
    waiting = said_to_wait(year, found)
    alone = feedback_alone(found.findings, texts, supplement_of(found, waiting))
    told = tuple(map(without_cures, found.findings))
    is_certain = found.submission is None
    return GivenBack(alone, told, waiting=waiting, part="ensam", certain=is_certain)


def said_to_wait(year: Year, found: Return) -> str:
    """Which sheets are compared with others only when what is marked on them is settled, so that
    nobody is taken by surprise when the next round asks more; nothing where all was tried."""
    if found.year != year.spec.year:
        return ""
    sheets = sheets_waiting(year.spec, year.catalogue, found)
    name = "vantar" if len(sheets) == 1 else "vantar_flera"
    return year.texts("aterkoppling")(name, sheets=join_and(sheets)) if sheets else ""


def _healed(copy: FreshCopy, found: Return, data: bytes, why: str, texts: Texts) -> GivenBack:
    """The fresh copy in place of a file that is not written in; `why` names the texts that say why
    it is not."""
    notices = [texts(f"brev.{why}", file=found.file, ending=ending_of(data))]
    carried = (as_sent(finding, texts) for finding in copy.carried)
    findings, lost = (*copy.placed, *carried), lost_of(copy.filled.left)
    if not lost and not remains(findings):
        notices.append(texts("brev.spara"))
    if copy.filled.left:
        notices.append(texts("brev.kvar", count=len(copy.filled.left)))
        notices += [_left_line(one, texts) for one in copy.filled.left[:_MOST_LEFT]]
    how = texts("brev.fortsatt")
    return GivenBack(
        copy.filled.workbook,
        findings,
        tuple(notices),
        lost=lost,
        how=how,
        waiting=copy.waiting,
        certain=why != UNWRITTEN,
    )


def _left_line(left: Left, texts: Texts) -> str:
    """A cell that had no place in the copy, as the letter tells it."""
    what = texts("kopia.under", field=left.field, value=left.value) if left.field else left.value
    return texts("brev.kvar_rad", place=left.ref, what=what)


def _both(copy: FreshCopy, found: Return, data: bytes, fresh: str, texts: Texts) -> GivenBack:
    """The county's own file, marked, and the fresh copy beside it, whose name is `fresh`."""
    supplement = supplement_of(found, copy.waiting, texts("kopia.bredvid", file=fresh))
    marked = mark_workbook(data, found.findings, texts, supplement)
    return GivenBack(
        marked,
        found.findings,
        (texts("brev.kopia", file=fresh),),
        copy.filled.workbook,
        waiting=copy.waiting,
    )


def offer(space: Workspace, name: str, fresh: bytes | None) -> None:
    """Lay a fresh copy beside the marked file of that name, or take away one that is no longer
    needed."""
    path = space.fresh(name)
    if fresh is not None:
        publish(path, fresh)
        return
    withdraw(path)


def write_refilled(
    space: Workspace, year: Year, data: bytes, found: Return, target: Path
) -> Migration | None:
    """A file's fresh copy, marked, written where it is told. None for a file that gives no
    return."""
    copy = _fresh_copy(space, year, data, found, "begard")
    if copy is None:
        return None
    return Migration(publish(target, copy.filled.workbook), copy.filled.moved, copy.filled.left)


def _fresh_copy(
    space: Workspace, year: Year, data: bytes, found: Return, why: str
) -> FreshCopy | None:
    """Made in a child process, since it reads the county's file again. A return of another year is
    filled into its own year's template."""
    sent = found.submission
    own = year
    if sent is not None and sent.year != year.spec.year:
        own = load_year(space.templates, sent.year)
    job = (data, found, own, year.texts("aterkoppling"), why)
    outcome = space.log.seen("refill", found.file, next(run_each(make_fresh_copy, [job], _SECONDS)))
    copy: FreshCopy | None = outcome.result
    return copy


def make_fresh_copy(
    data: bytes, found: Return, year: Year, texts: Texts, why: str
) -> FreshCopy | None:
    """The fresh copy of a file that has been judged. None when it gives no return.

    The file is read again, since personal numbers are hidden in a return that has been judged: in
    the copy, as in a file that is marked, they stand where the county wrote them, and are told."""
    from toolkit.annotate.refilled import findings_of_copy, kept_known

    years, book = {year.spec.year: year}, _opened(data, found)
    sent = interpret(book, years, found.file, found.sha256).submission if book else None
    if book is None or sent is None:
        return None
    filled, content = _fill(book, sent, found.findings, (year, year), _made_for(book, sent, year))
    again = judge(filled.workbook, found.file, years)
    told = findings_of_copy(found.findings, again.findings, content.routes)
    carried = kept_known(told.carried, again.submission, year.spec, content.routes)
    notice = texts(f"kopia.{why}", file=found.file, ending=ending_of(data))
    supplement = Supplement(
        notice,
        texts("kopia.sa_har"),
        carried,
        filled.left,
        past_answers(found),
        trail_of(found),
        sign_off_carried(found),
        waiting=said_to_wait(year, found),
    )
    marked = mark_workbook(filled.workbook, told.placed, texts, supplement)
    filled = replace(filled, workbook=marked)
    return FreshCopy(filled, told.placed, carried, supplement.waiting)


def fill_template(data: bytes, found: Return, old: Year, new: Year) -> FilledTemplate | None:
    """A judged return in another year's template, with personal numbers hidden as they are in the
    return. None when the file cannot be read."""
    book, sent = _opened(data, found), found.submission
    if book is None or sent is None:
        return None
    filled = _fill(book, sent, found.findings, (old, new), sent.county)[0]
    return replace(filled, left=(*_ended(sent, old.spec, new.spec), *filled.left))


def _ended(sent: Submission, old: Spec, new: Spec) -> Iterator[Left]:
    """The cell that states the county, where its code is none of the later year's. It is among what
    the template fills in itself, so that nothing else tells of it."""
    county = new.list_of(RESPONDENTS).by_code[sent.county]
    stating = stating_county(old)
    if county.is_valid_in(new.year) or stating is None:
        return
    for record in sent.records(_form_of(old).id):
        said = record.value(stating.id)
        yield Left(said.ref, whole(said.raw) or county.shown, stating.label, "kod_slut")


def _opened(data: bytes, found: Return) -> RawBook | None:
    """The file as it was sent, but for what the county has said yes to correcting."""
    try:
        return corrected(without_numbers(read_raw(data))[0], corrections_of(found))
    except Unreadable:
        return None


def _made_for(book: RawBook, sent: Submission, year: Year) -> str:
    """The county whose template the file was made from: so is its copy, with the county that is
    stated in its cell, or the question why the two differ would be gone."""
    code = identity(book).get(COUNTY, "")
    return code if code in year.spec.list_of(RESPONDENTS).by_code else sent.county


def _fill(
    book: RawBook,
    sent: Submission,
    findings: Sequence[Finding],
    years: tuple[Year, Year],
    county: str,
) -> tuple[FilledTemplate, RefilledContent]:
    """A return of the first of two years in a template of the second, made for a county. The
    libraries that write a template are loaded here: a single xlsx is to be checked fast."""
    from toolkit.annotate.refilled import content_of, rows_needed
    from toolkit.template import write_template

    old, new = years
    spec = new.spec.with_room(rows_needed(sent, findings))
    texts, feedback = old.texts("mall"), old.texts("aterkoppling")
    content = content_of(book, sent, findings, (old.spec, spec), texts, feedback)
    made_for = spec.list_of(RESPONDENTS).by_code[county]
    rows = _with_stated(content.rows, spec, sent.county)
    data = write_template(spec, made_for, new.texts("mall"), rows)
    return FilledTemplate(data, count(content.rows), content.left), content


def _with_stated(rows: CarriedRows, spec: Spec, county: str) -> CarriedRows:
    """The rows with the county that the form states, where that was understood."""
    form = _form_of(spec)
    given = dict(rows.get(form.id, [{}])[0])
    stating = stating_county(spec)
    if stating:
        given.setdefault(stating.id, county)
    return {**rows, form.id: [given]}


def _form_of(spec: Spec) -> TableSpec:
    """The form that states whose return it is."""
    return next(table for table in spec.tables.values() if table.kind == "form")
