"""The story in order: templates out, files in, findings, merged data, the money, the report."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

from toolkit.analysis.appropriations import Series, read_series
from toolkit.analysis.decisions import line_subject, stand, verdict_subject
from toolkit.analysis.earmarks import EarmarkVerdict, earmark_verdicts
from toolkit.analysis.merge import CountyState, Dataset, merge
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import NoYearBefore
from toolkit.export.dictionary import write_dictionary
from toolkit.export.finance.decided import open_again
from toolkit.export.finance.workbook import write_finance
from toolkit.export.merged import write_csv, write_merged
from toolkit.export.waiver_form import write_waiver_form
from toolkit.files.atomic import publish, sweep
from toolkit.files.sandbox import run_each
from toolkit.files.yaml import read_yaml
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.ledger.entries import AccountChart, Ledger
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.owners import LedgerMap, as_told, read_map
from toolkit.read import ListFault, Unreadable
from toolkit.read.left_out import left_beside
from toolkit.report import write_report as compose
from toolkit.report.guide import write_guide
from toolkit.report.memo import CountyMoney, write_memo
from toolkit.returns.carryover import Left, count, move, prefill
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year, load_year, parse, years_in
from toolkit.spec.model import Spec
from toolkit.staff.decisions import DecisionFile, read_decisions, row_name
from toolkit.staff.waivers import tell_waivers, waive
from toolkit.template import Content, write_template
from toolkit.word import render_report
from toolkit.year.edition import close_edition, open_edition
from toolkit.year.submissions import (
    FAILURES,
    Checked,
    Progress,
    check_files,
    marked_copy,
    own_returns,
    waiver_days,
    waivers_of,
)
from toolkit.year.workspace import Workspace, county_file

Contents = Mapping[str, Content]
LEDGER_SECONDS = 900.0  # a million transactions in xlsx take about a minute
TemplateJob = tuple[Spec, Code, Texts, Content | None]


def load(space: Workspace) -> Year:
    """The year's spec and messages. Raises SpecError."""
    return load_year(space.templates, space.year)


def make_templates(
    space: Workspace,
    year: Year,
    counties: Sequence[Code],
    step: Progress,
    content: Contents | None = None,
) -> list[Path]:
    """A workbook for each county, in outputs/YEAR/templates/: blank, or with the content carried
    over."""
    texts = year.texts("mall")
    jobs = [(year.spec, county, texts, (content or {}).get(county.code)) for county in counties]
    written = []
    for county, data in zip(counties, _write_templates(jobs), strict=True):
        written.append(publish(space.outputs / "templates" / county_file(county), data))
        step()
    return written


def _write_templates(jobs: Sequence[TemplateJob]) -> Iterator[bytes]:
    """On all processors when there are several to make."""
    if len(jobs) < 4:
        yield from (_write_template(job) for job in jobs)
        return
    with ProcessPoolExecutor() as pool:
        yield from pool.map(_write_template, jobs)


def _write_template(job: TemplateJob) -> bytes:
    return write_template(*job, look="prefilled")


def carried_over(space: Workspace, year: Year, step: Progress) -> Contents:
    """What goes on from the year before, by county, from the file that counts for it."""
    before = Workspace(space.root, space.year - 1)
    checked = check_files(before, before.submissions(), step)
    last = load_year(space.templates, before.year)
    data = merge_all(last, checked)
    counting = ((county.code, county.counts) for county in data.counties if county.counts)
    return {
        code: prefill(found.submission, last.spec, year.spec)
        for code, found in counting
        if found.submission
    }


def migrate(space: Workspace, year: Year, path: Path) -> tuple[Path, int, list[Left]] | None:
    """A filled-in workbook moved into the year's template: where it was written, how many cells
    were moved, and every cell that could not be. None when the file cannot be read."""
    found = check_files(space, [path], lambda: None)[0].found.submission
    if found is None:
        return None
    before = load_year(space.templates, found.year)
    rows, left = move(found, before.spec, year.spec)
    beside = next(
        run_each(left_beside, [(path.read_bytes(), found, before.spec, before.texts("mall"))])
    )
    if beside.failure is not None:
        return None
    left += beside.result
    county = year.spec.lists["lan"].by_code[found.county]
    data = write_template(year.spec, county, year.texts("mall"), rows)
    return publish(space.outputs / "migrated" / county_file(county), data), count(rows), left


def merge_all(year: Year, checked: Iterable[Checked]) -> Dataset:
    """The dataset of one year: files of other years are left out."""
    return merge(year, own_returns(year, checked))


def write_merge(space: Workspace, data: Dataset) -> list[Path]:
    """sammanstallning.xlsx, data/*.csv, and an empty list for waivers."""
    written = [publish(space.outputs / "sammanstallning.xlsx", write_merged(data))]
    publish(
        space.outputs / "avsteg.xlsx",
        write_waiver_form(data.year, f"inputs/{space.year}/{space.waivers.name}"),
    )
    for table in data.year.spec.tables:
        written.append(publish(space.outputs / "data" / f"{table}.csv", write_csv(data, table)))
    return written


def examine_money(space: Workspace, data: Dataset) -> tuple[YearResults, list[Finding]]:
    """Everything that the finance officer and the report's chapter 2 need, and what was wrong with
    ledgers."""
    ledgers, findings = _waived_ledgers(space, data)
    earmark = data.year.spec.earmarks[0]
    series, lines = series_of(space), reconcile(data, ledgers)
    parts = reconcile_parts(data, ledgers, series)
    verdicts = earmark_verdicts(data, earmark)
    finance = YearResults(data, verdicts, series, lines, parts, ledgers)
    decided, told = _decided(space, finance)
    return decided, [*findings, *told]


def _waived_ledgers(space: Workspace, data: Dataset) -> tuple[dict[str, Ledger], list[Finding]]:
    """The ledgers, and what was wrong with them or with the waivers about them."""
    ledgers, findings = read_ledgers(space, data.year)
    file, days = waivers_of(space, data.year), waiver_days(space, data.counties)
    known = {county.code: days.get(county.code, space.day) for county in data.counties}
    waived = [next(iter(waive([f], file.waivers, known.get(f.county or "")))) for f in findings]
    return ledgers, [*waived, *tell_waivers(file, data.year, waived, known, ledgers=True)]


def _decided(space: Workspace, finance: YearResults) -> tuple[YearResults, list[Finding]]:
    """The finance officer's decisions laid beside the rows that they are about."""
    year, path = finance.data.year, space.decisions
    if not path.is_file():
        return finance, []
    texts = year.texts("export")
    job = (path.read_bytes(), year.spec.year, texts)
    outcome = next(run_each(read_decisions, [job]))
    failed = ListFault(FAILURES.get(outcome.failure or "", "FIL-SKADAD"), None)
    file: DecisionFile = outcome.result or DecisionFile(faults=(failed,))
    standings, gone = stand(finance.subjects(), file.decisions)
    counties = {county.code: county.name for county in finance.data.counties}
    faults = [*file.faults, *open_again(standings, gone, texts)]
    return replace(finance, standings=standings), [
        _fault_finding(year, path.name, fault, counties) for fault in faults
    ]


def _fault_finding(year: Year, file: str, fault: ListFault, counties: Mapping[str, str]) -> Finding:
    values = dict(fault.values)
    told = {**values, "file": file, "row": row_name(values.get("key", ""), counties)}
    return year.catalogue.finding(
        fault.code, told, file=file, refs=(fault.ref,) if fault.ref else ()
    )


def read_ledgers(space: Workspace, year: Year) -> tuple[dict[str, Ledger], list[Finding]]:
    """The ledger extracts by county, each read in a child process of its own."""
    name = f"templates/{space.year}/huvudbok.yaml"
    chart = parse(
        read_yaml(year.path("huvudbok.yaml").read_text(encoding="utf-8"), name), AccountChart
    )
    paths = space.ledgers()
    jobs = [(path, chart, year.spec.counties) for path in paths]
    ledgers: dict[str, Ledger] = {}
    told, findings = _read_map(space, year, [path.name for path in paths])
    for path, outcome in zip(paths, run_each(_read_one_ledger, jobs, LEDGER_SECONDS), strict=True):
        ledger = outcome.result if outcome.failure is None else FAILURES[outcome.failure]
        if isinstance(ledger, Ledger):
            ledger = as_told(ledger, told)
        findings += ledger_findings(year, path.name, ledger)
        if isinstance(ledger, Ledger) and ledger.county is not None:
            findings += _replaced(year, ledger, ledgers.get(ledger.county))
            ledgers[ledger.county] = ledger
    return ledgers, findings


def _read_map(
    space: Workspace, year: Year, files: Sequence[str]
) -> tuple[LedgerMap, list[Finding]]:
    """What ledgers/lan.csv tells, and what in it could not be used."""
    path = space.ledger_map
    if not path.is_file():
        return LedgerMap({}), []
    told = read_map(path.read_bytes(), year.spec.counties, files)
    why = [(wrong.line, year.catalogue.word(wrong.why, value=wrong.value)) for wrong in told.wrong]
    found = [
        year.catalogue.finding(
            "HUVUDBOK-KARTA", {"file": path.name, "line": line, "why": said}, file=path.name
        )
        for line, said in why
    ]
    return told, found


def _replaced(year: Year, ledger: Ledger, other: Ledger | None) -> list[Finding]:
    """Two extracts of one county: the last by name counts, and the other is never forgotten in
    silence."""
    if other is None:
        return []
    told = {"file": ledger.file, "other": other.file}
    return [year.catalogue.finding("HUVUDBOK-DUBBEL", told, county=ledger.county, file=other.file)]


def _read_one_ledger(path: Path, chart: AccountChart, counties: tuple[Code, ...]) -> Ledger | str:
    try:
        with path.open("rb") as source:
            return read_ledger(source, path.name, chart, counties)
    except Unreadable as error:
        return error.code


def series_of(space: Workspace) -> Series:
    """Appropriations and spend over the years; empty when the file is not there. Raises
    SeriesError."""
    path = space.series
    return read_series(path.read_bytes(), path.name) if path.is_file() else Series(())


def write_money(space: Workspace, finance: YearResults) -> Path:
    """ekonomi.xlsx, beside last year's returns where they are there."""
    whole = replace(finance, places=_places(space), before=year_before(space))
    return publish(space.outputs / "ekonomi.xlsx", write_finance(whole))


def _places(space: Workspace) -> dict[str, str]:
    """Where each file from outside lies as seen from outputs/YEAR/; without names that several
    files have."""
    paths = [
        *space.submissions(),
        *space.ledgers(),
        *([space.series] if space.series.is_file() else []),
    ]
    names = [path.name for path in paths]
    known = (path for path in paths if names.count(path.name) == 1)
    return {path.name: Path(os.path.relpath(path, space.outputs)).as_posix() for path in known}


def year_before(space: Workspace) -> Dataset | NoYearBefore:
    """Last year's returns, or a word for why they are not there: none were sent (saknas), or they
    cannot be read because that year has no template (mall)."""
    before = Workspace(space.root, space.year - 1)
    paths = before.submissions()
    if not paths:
        return NoYearBefore.NOT_SENT
    if before.year not in years_in(space.templates):
        return NoYearBefore.NO_TEMPLATE
    return merge_all(load(before), check_files(before, paths, lambda: None))


def write_memos(space: Workspace, finance: YearResults) -> list[Path]:
    """A memo to each county that has something to answer about the money, beside its marked file.
    One from an earlier run is removed when there is nothing to answer any more."""
    written = []
    for verdict, state in zip(finance.verdicts, finance.data.counties, strict=True):
        case = _memo_case(space, finance, verdict, state)
        path = space.outputs / "returns" / f"{Path(case.returned).stem}-ekonomi.docx"
        memo = write_memo(case)
        if memo is not None:
            written.append(publish(path, render_report(memo, case.year.path("rapport.docx"))))
        else:
            path.unlink(missing_ok=True)
    return written


def _memo_case(
    space: Workspace, finance: YearResults, verdict: EarmarkVerdict, state: CountyState
) -> CountyMoney:
    year = finance.data.year
    county = year.spec.lists["lan"].by_code[state.code]
    whole = verdict_subject(year.spec.year, verdict, finance.gap(state.code))
    own = [line for line in finance.all_off if line.county == state.code]
    lines = [(line, finance.standing(line_subject(year.spec.year, line))) for line in own]
    areas = [
        (earmark, one)
        for earmark, found in finance.areas
        for one in found
        if one.county == state.code
    ]
    return CountyMoney(
        year, county, state, areas, finance.standing(whole), lines, marked_copy(space, county)
    )


def write_report(space: Workspace, finance: YearResults) -> tuple[Path, list[Finding]]:
    """rapport.docx as the editors want it, redaktion.xlsx with everything that can be chosen,
    texter.docx with every section that can be written, and what could not be used of earlier ones.
    Raises ReportError and TemplateError."""
    year = finance.data.year
    edition = open_edition(space, year)
    report = compose(finance, edition.desk, edition.script)
    document = render_report(report, year.path("rapport.docx"))
    told = close_edition(space, edition)
    return publish(space.outputs / "rapport.docx", document), told


def write_documentation(space: Workspace, year: Year) -> list[Path]:
    """ifyllnadsanvisning.docx and dataordbok.xlsx, from the same spec as the template."""
    guide = render_report(write_guide(year), year.path("rapport.docx"))
    return [
        publish(space.outputs / "ifyllnadsanvisning.docx", guide),
        publish(space.outputs / "dataordbok.xlsx", write_dictionary(year)),
    ]


def tidy(space: Workspace) -> None:
    """Sweep away what a killed run left behind."""
    if space.outputs.is_dir():
        sweep(space.outputs)
