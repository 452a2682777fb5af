"""The ledger extracts of a year, each read in a child process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.files.sandbox import run_each
from toolkit.findings.finding import Finding
from toolkit.ledger.chart import read_chart
from toolkit.ledger.entries import AccountChart, Ledger
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.ledger.owners import LedgerMap, as_told, read_map
from toolkit.read import Unreadable
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.year.faults import FAILURES
from toolkit.year.workspace import Workspace

SECONDS = 900.0  # a million transactions in xlsx take about a minute


def read_ledgers(space: Workspace, year: Year) -> tuple[dict[str, Ledger], list[Finding]]:
    """The ledger extracts by county, and what was wrong with them. Of several of one county the
    last by name counts."""
    chart, paths = read_chart(year), space.ledgers()
    told, findings = _read_map(space, year, [path.name for path in paths])
    # The path goes to the child, not the bytes: a ledger may be larger than this process should be.
    jobs = [(path, chart, year.spec.counties) for path in paths]
    ledgers: dict[str, Ledger] = {}
    for path, outcome in zip(paths, run_each(_read_one, jobs, SECONDS), strict=True):
        space.log.seen("ledgers", path.name, outcome)
        read = outcome.result if outcome.failure is None else FAILURES[outcome.failure]
        ledger = as_told(read, told) if isinstance(read, Ledger) else read
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
    told, findings = read_map(path.read_bytes(), year.spec.counties, files), []
    for wrong in told.wrong:
        why = year.catalogue.word(wrong.why, value=wrong.value)
        values = {"file": path.name, "line": wrong.line, "why": why}
        findings.append(year.catalogue.finding("HUVUDBOK-KARTA", values, file=path.name))
    return told, findings


def _replaced(year: Year, ledger: Ledger, other: Ledger | None) -> list[Finding]:
    """Two extracts of one county: the last by name counts, and the other is never forgotten in
    silence."""
    if other is None:
        return []
    told = {"file": ledger.file, "other": other.file}
    return [year.catalogue.finding("HUVUDBOK-DUBBEL", told, county=ledger.county, file=other.file)]


def _read_one(path: Path, chart: AccountChart, counties: tuple[Code, ...]) -> Ledger | str:
    """The ledger, or the code of the finding that says why there is none."""
    try:
        with path.open("rb") as source:
            return read_ledger(source, path.name, chart, counties)
    except Unreadable as error:
        return error.code
