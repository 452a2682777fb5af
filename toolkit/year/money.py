"""The money of a year: beside ledgers, appropriations and what the finance officer has decided; her
workbook, and memos to the counties."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from toolkit.analysis.appropriations import Series, read_series
from toolkit.analysis.decisions import line_subject, stand, verdict_subject
from toolkit.analysis.doubted import beside_returns
from toolkit.analysis.earmarks import EarmarkVerdict, first_verdicts
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.needs import asks_for_money
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.analysis.standing import counties_in_doubt, uncounted_files
from toolkit.export.finance.decided import open_again
from toolkit.export.finance.workbook import write_finance
from toolkit.files.atomic import place_of, publish, withdraw
from toolkit.files.formats import in_format_of, in_other_formats
from toolkit.files.regular import NotRead, own_bytes
from toolkit.files.sandbox import run_each
from toolkit.findings.finding import Finding
from toolkit.ledger.entries import Ledger
from toolkit.ledger.findings import doubt_findings
from toolkit.report.memo import CountyMoney, write_memo
from toolkit.spec.load import Year
from toolkit.spec.roles import RESPONDENTS
from toolkit.staff.decided_rows import row_name
from toolkit.staff.decisions import DecisionFile, mark_of, read_decisions, saved_book
from toolkit.staff.waivers import tell_waivers, waive
from toolkit.word import render_report
from toolkit.year.faults import failed, fault_finding, not_read, read_own
from toolkit.year.inputs import Inputs
from toolkit.year.issue import issue_of
from toolkit.year.ledgers import read_ledgers
from toolkit.year.memos import memos_in
from toolkit.year.merging import counted_anew_in, merge_last_year
from toolkit.year.submissions import marked_copy, waiver_days
from toolkit.year.workspace import SPREADSHEETS, Workspace


def examine_money(inputs: Inputs, data: Dataset) -> tuple[YearResults, list[Finding]]:
    """Everything that the finance officer and the report's chapter 2 need, and what was wrong with
    ledgers."""
    ledgers, findings = _waived_ledgers(inputs, data)
    series, lines = series_of(inputs.space), reconcile(data, ledgers)
    verdicts = first_verdicts(data, lines)
    parts = reconcile_parts(data, ledgers, series)
    anew = counted_anew_in(inputs)
    finance = YearResults(data, verdicts, series, lines, parts, ledgers, counted_anew=anew)
    decided, told = _decided(inputs.space, finance)
    return decided, [*findings, *told]


def earmarks_of(inputs: Inputs, data: Dataset) -> list[EarmarkVerdict]:
    """How each county reports the area apart, as examine_money has it; none where the year does not
    ask."""
    ledgers, _ = _waived_ledgers(inputs, data)
    return first_verdicts(data, reconcile(data, ledgers))


def _waived_ledgers(inputs: Inputs, data: Dataset) -> tuple[dict[str, Ledger], list[Finding]]:
    """The ledgers, and what was wrong with them or with the waivers about them. A county may have
    a ledger and no return: its waivers are then measured against the day that was given."""
    space, year = inputs.space, data.year
    # Nor is a chart of accounts asked for in a year that does not ask for money.
    read, findings = read_ledgers(space, year) if asks_for_money(year.spec) else ({}, [])
    ledgers = beside_returns(data, read)
    for county, ledger in ledgers.items():
        findings += [] if ledger.doubts == read[county].doubts else doubt_findings(year, ledger)
    file, days = inputs.waivers(year), waiver_days(space, data.counties)
    known = {county.code: days.get(county.code, space.day) for county in data.counties}
    waived: list[Finding] = []
    for finding in findings:
        waived += waive([finding], file.waivers, known.get(finding.county or ""))
    return ledgers, [*waived, *tell_waivers(file, year, waived, known, ledgers=True)]


def _decided(space: Workspace, finance: YearResults) -> tuple[YearResults, list[Finding]]:
    """The finance officer's decisions laid beside the rows that they are about."""
    year = finance.data.year
    found = _taken_over(space, year)
    path = space.decisions  # now: it may have been taken over in another format
    data = own_bytes(path)
    if data is None:
        return finance, found
    if isinstance(data, NotRead):
        return finance, [*found, fault_finding(year, not_read(data), path.name, row="")]
    file = _read_decisions(space, year, data)
    standings, gone = stand(finance.subjects(), file.decisions)
    faults = [*file.faults, *open_again(standings, gone, year.texts("export"))]
    counties = {county.code: county.name for county in finance.data.counties}
    for fault in faults:
        row = row_name(dict(fault.values).get("key", ""), counties)
        found.append(fault_finding(year, fault, path.name, row=row))
    resting = (*gone, *file.unplaced)
    laid = replace(finance, standings=standings, resting=resting, decided_from=mark_of(data))
    return laid, found


def _taken_over(space: Workspace, year: Year) -> list[Finding]:
    """She may have saved the workbook where she opened it, or where it lay before there were two
    folders."""
    former = space.former_finance
    told = _taken_from(space, year, former)
    if former.is_file() and _saved(space, former) is None:
        withdraw(former)
    told += _taken_from(space, year, space.finance)
    places = (former, space.finance)
    for book in chain.from_iterable(in_other_formats(one, SPREADSHEETS) for one in places):
        told += _taken_from(space, year, book)
        if _saved(space, book) is None:
            withdraw(book)  # it is her file of decisions now
    return [*told, *_kept_beside(space, year)]


def _kept_beside(space: Workspace, year: Year) -> list[Finding]:
    """Her file of decisions in other formats beside the one that counts, where they say something
    else: none is passed over in silence."""
    others = in_other_formats(space.decisions, SPREADSHEETS)
    kept = own_bytes(space.decisions) if others else None
    if not isinstance(kept, bytes):
        return []
    counts, told = _read_decisions(space, year, kept).decisions, []
    for book in others:
        data = own_bytes(book)
        if isinstance(data, NotRead):
            told.append(fault_finding(year, not_read(data), space.shown(book), row=""))
        elif data is not None and _read_decisions(space, year, data).decisions != counts:
            told.append(_clash(space, year, book))
    return told


def _clash(space: Workspace, year: Year, book: Path) -> Finding:
    told = {"file": space.shown(book), "kept": space.shown(space.decisions)}
    return year.catalogue.finding("BESLUT-KROCK", told, file=book.name)


def _taken_from(space: Workspace, year: Year, book: Path) -> list[Finding]:
    """A saved workbook becomes her file of decisions when it was written from the one that is
    there, for then it holds all that is in that one; where both have changed, neither is
    touched."""
    data = _saved(space, book)
    if data is None:
        return []
    read = _read_decisions(space, year, data)
    if not read.understood:
        # Taken over, it would be written again without what nobody can place.
        return [fault_finding(year, fault, space.shown(book), row="") for fault in read.faults]
    if not _follows(space, year, data):
        return [_clash(space, year, book)]
    before = space.decisions
    kept = publish(in_format_of(before, book), data)
    if kept != before:
        withdraw(before)  # all that is in it is in the one that has been written from it
    told = {"file": space.shown(book), "kept": space.shown(kept)}
    return [year.catalogue.finding("BESLUT-HAMTADE", told, file=book.name)]


def _follows(space: Workspace, year: Year, data: bytes) -> bool:
    """Whether a workbook was written from her file of decisions, and from all that is in it."""
    kept = own_bytes(space.decisions)
    if isinstance(kept, NotRead):
        return False
    if saved_book(data).mark != mark_of(kept):
        return False
    return kept is None or _read_decisions(space, year, kept).understood


def _saved(space: Workspace, book: Path) -> bytes | None:
    """The workbook among the outputs, if somebody has saved it and it is not her file of decisions
    already."""
    data = own_bytes(book)
    if not isinstance(data, bytes) or not saved_book(data).touched:
        return None
    return None if data == own_bytes(space.decisions) else data


def _read_decisions(space: Workspace, year: Year, data: bytes) -> DecisionFile:
    """Her copy of ekonomi.xlsx, read in a child process."""
    # The one place where the clock decides: a decision that is dated ahead has not been made yet.
    today = space.day or date.today()
    counties = {one.code: one.name for one in year.spec.counties}
    job = (data, year.spec.year, year.texts("export"), today, counties)
    read = next(run_each(read_decisions, [job]))
    outcome = space.log.seen("decisions", space.decisions.name, read)
    if outcome.failure is not None:
        return DecisionFile(faults=(failed(outcome.failure),))
    file: DecisionFile = outcome.result
    return file


def series_of(space: Workspace) -> Series:
    """Appropriations and spend over the years; empty when the file is not there. Raises
    SeriesError."""
    data, name = read_own(space, space.series), space.series.name
    if data is None:
        return Series(())
    with space.log.about(name):
        return read_series(data, name)


def write_money(inputs: Inputs, finance: YearResults) -> list[Path]:
    """ekonomi.xlsx, beside last year's returns where they are there, with links to the files from
    outside. None in a year that does not ask for money."""
    space = inputs.space
    if not asks_for_money(finance.data.year.spec):
        withdraw(space.finance)
        return []
    if _saved(space, space.finance) is not None:
        return []  # it holds decisions that have not been taken over
    series = [space.series] if space.series.is_file() else []
    places = space.links_to([*space.submissions(), *space.ledgers(), *series])
    whole = replace(finance, places=places, before=merge_last_year(inputs))
    return [publish(space.finance, write_finance(whole))]


def write_memos(space: Workspace, finance: YearResults) -> list[Path]:
    """A memo to each county that has something to answer about the money, beside its marked file.
    One from an earlier run is removed when there is nothing to answer any more."""
    written = []
    verdicts = {verdict.county: verdict for verdict in finance.verdicts}
    # While nothing has come, nobody is told that theirs has not.
    asked = asks_for_money(finance.data.year.spec) and _anything_sent(space)
    invented = issue_of(space).invented
    # Nor is anybody whose file lies there under a name alone, or may be another's.
    doubted, uncounted = counties_in_doubt(finance.data), uncounted_files(finance.data)
    for state in finance.data.counties:
        case = _memo_case(space, finance, verdicts.get(state.code), state)
        ledger = finance.ledgers.get(state.code)
        case = replace(
            case,
            remark=invented.said("brev", [state.file], [ledger.file] if ledger else []),
            uncounted=uncounted.get(state.code),
        )
        memo = write_memo(case) if asked and state.code not in doubted else None
        if memo is not None:
            document = render_report(memo, case.year.path("rapport.docx"))
            written.append(publish(space.memo(case.returned), document))
    kept = set(map(place_of, written))
    for path in memos_in(space):
        if place_of(path) not in kept:
            withdraw(path)
    return written


def _anything_sent(space: Workspace) -> bool:
    return bool(space.submissions() or space.ledgers())


def _memo_case(
    space: Workspace, finance: YearResults, verdict: EarmarkVerdict | None, state: CountyState
) -> CountyMoney:
    year = finance.data.year
    county, number = year.spec.list_of(RESPONDENTS).by_code[state.code], year.spec.year
    whole = None
    if verdict is not None:
        whole = finance.standing(
            verdict_subject(number, verdict, finance.natures, finance.gaps(state.code))
        )
    own = finance.off_by_county.get(state.code, ())
    lines = [(line, finance.standing(line_subject(number, line))) for line in own]
    areas = []
    for earmark, verdicts in finance.areas:
        areas += [(earmark, one) for one in verdicts if one.county == state.code]
    returned = marked_copy(space, county)
    return CountyMoney(year, county, state, areas, whole, lines, returned)
