"""The ledger extracts of a year, each read in a child process of its own."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from toolkit.analysis.transfers import Ends, transfers
from toolkit.files.prints import file_print
from toolkit.files.regular import NotRead, open_regular, own_bytes
from toolkit.files.sandbox import Outcome, run_each
from toolkit.findings.finding import Finding
from toolkit.ledger.chart import read_chart
from toolkit.ledger.entries import AccountChart, Ledger
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import doubt_findings, ledger_findings
from toolkit.ledger.owners import LedgerMap, as_told, read_map
from toolkit.ledger.proof import proved, proved_together
from toolkit.ledger.together import ADDED, together, with_parts_marked
from toolkit.read import Unreadable
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.words.amounts import format_kr
from toolkit.year.faults import FAILURES, NOT_READ, fault_finding, not_read
from toolkit.year.memory import KeyParts
from toolkit.year.workspace import Workspace

_READ = "ledger"
SECONDS = 900.0  # a million transactions in xlsx take about a minute
MOST_SENT = 128 << 20  # bytes of a ledger that goes to a cluster: both ends hold all of it


def read_ledgers(space: Workspace, year: Year) -> tuple[dict[str, Ledger], list[Finding]]:
    """The ledger extracts by county, and what was wrong with them; also those that are not used,
    since their reading cannot be proved to be right."""
    chart, paths = read_chart(year), space.ledgers()
    told, findings = _read_map(space, year, [path.name for path in paths])
    read = _read_each(space, year, chart, paths, told)
    parts: dict[str, list[Ledger]] = defaultdict(list)
    for path, one in zip(paths, with_parts_marked(read), strict=True):
        ledger = proved(year, one) if isinstance(one, Ledger) else one
        findings += ledger_findings(year, path.name, ledger)
        if isinstance(ledger, Ledger) and ledger.county is not None:
            parts[ledger.county].append(ledger)
    ledgers = {}
    for county, own in parts.items():
        ledgers[county], said = _of_county(year, own)
        findings += said
    findings += _transfers(year, ledgers)
    for path in space.other_ledgers():
        findings.append(ledger_findings(year, path.name, "HUVUDBOK-FORMAT")[0])
    return ledgers, findings


def _read_each(
    space: Workspace, year: Year, chart: AccountChart, paths: Sequence[Path], told: LedgerMap
) -> list[Ledger | str]:
    """Each extract as the map tells it, or the code for why there is none."""
    read: list[Ledger | str] = []
    for path, outcome in zip(paths, _outcomes(space, year, chart, paths), strict=True):
        space.log.seen("ledgers", path.name, outcome)
        found = outcome.result if outcome.failure is None else FAILURES[outcome.failure]
        read.append(as_told(found, told) if isinstance(found, Ledger) else found)
    return read


def _of_county(year: Year, own: Sequence[Ledger]) -> tuple[Ledger, list[Finding]]:
    """One ledger for all extracts of a county, which together have to be of all the year."""
    if not own[1:]:
        return own[0], []
    ledger, relation = together(own)
    findings = [*_several(year, own, relation)]
    if ledger.used:
        ledger = proved_together(year, ledger)
        findings += doubt_findings(year, ledger)
    return ledger, findings


def _outcomes(
    space: Workspace, year: Year, chart: AccountChart, paths: Sequence[Path]
) -> Iterator[Outcome]:
    """What reading each ledger gives. It follows from its bytes, its name, the chart and the
    counties: so it need be done but once."""
    names = [(str(year.spec.year), path.name, _print_of(space, path)) for path in paths]
    known = [space.memory.recall(_READ, *one) for one in names]
    new = [path for path, read in zip(paths, known, strict=True) if read is None]
    # The path goes to the child, not the bytes: a ledger may be larger than this process should be.
    outcomes = _each_read(space, new, (chart, year.spec.counties))
    kept: dict[KeyParts, Ledger | str] = {}
    for path, name, read in zip(paths, names, known, strict=True):
        outcome = next(outcomes) if read is None else Outcome(read)
        if read is None and _is_certain(space, path, name[-1], outcome):
            kept[name] = outcome.result
        yield outcome
    space.memory.keep(_READ, kept)


def _each_read(
    space: Workspace, paths: Sequence[Path], told: tuple[AccountChart, tuple[Code, ...]]
) -> Iterator[Outcome]:
    """On a cluster, which sees no folder of ours, they are read from bytes; but one that is too
    large to send is read here, like all of them where there is none."""
    if space.workers is None:
        yield from run_each(_read_one, [(path, *told) for path in paths], SECONDS)
        return
    far = [path for path in paths if _can_be_sent(path)]
    sent = space.workers(_read_sent, ((one.read_bytes(), one.name) for one in far), told, SECONDS)
    for path in paths:
        there = path in far
        yield next(sent) if there else next(run_each(_read_one, [(path, *told)], SECONDS))


def _can_be_sent(path: Path) -> bool:
    return path.is_file() and path.stat().st_size <= MOST_SENT and os.access(path, os.R_OK)


def _is_certain(space: Workspace, path: Path, was: str, outcome: Outcome) -> bool:
    """Whether the same bytes give the same again. Saved anew while it was read, it may be either; a
    process that failed may have wanted for memory or time."""
    return was != "" and outcome.failure is None and was == _print_of(space, path)


def _print_of(space: Workspace, path: Path) -> str:
    """A ledger's print; empty where it has none that can be told, or nobody would remember it."""
    try:
        return file_print(path) if space.memory.base else ""
    except OSError:
        return ""


def _read_map(
    space: Workspace, year: Year, files: Sequence[str]
) -> tuple[LedgerMap, list[Finding]]:
    """What ledgers/lan.csv tells, and what in it could not be used."""
    path = space.ledger_map
    data = own_bytes(path)
    if data is None:
        return LedgerMap({}), []
    if isinstance(data, NotRead):
        return LedgerMap({}), [fault_finding(year, not_read(data), path.name)]
    told, findings = read_map(data, year.spec.counties, files), []
    for wrong in told.wrong:
        why = year.catalogue.word(wrong.why, value=wrong.value)
        values = {"file": path.name, "line": wrong.line, "why": why}
        findings.append(year.catalogue.finding("HUVUDBOK-KARTA", values, file=path.name))
    return told, findings


def _several(year: Year, parts: Sequence[Ledger], relation: str) -> Iterator[Finding]:
    """What has become of several extracts of one county: none is forgotten in silence."""
    if not relation:
        return
    last = parts[-1].file
    code = "HUVUDBOK-DELAR" if relation == ADDED else "HUVUDBOK-DUBBEL"
    why = "" if relation == ADDED else year.catalogue.word(f"dubbel_{relation}", file=last)
    told = {"files": ", ".join(part.file for part in parts), "why": why}
    yield year.catalogue.finding(code, told, county=parts[0].county, file=parts[0].file)


def _transfers(year: Year, ledgers: Mapping[str, Ledger]) -> Iterator[Finding]:
    """What two county boards have between them and do not both show, told of the one that does."""
    names = {county.code: county.label for county in year.spec.counties}
    for one in transfers(year.spec, ledgers):
        if not one.asks:
            continue
        shows = one.receiver if one.state is Ends.RECEIVER else one.giver
        sums = {"given": one.given or Decimal(0), "received": one.received or Decimal(0)}
        why = year.catalogue.word(
            f"motpart_{one.state}", **{name: format_kr(amount) for name, amount in sums.items()}
        )
        told = {"giver": names[one.giver], "receiver": names[one.receiver], "why": why}
        file = ledgers[shows].file
        yield year.catalogue.finding("HUVUDBOK-MOTPART", told, county=shows, file=file)


def _read_one(path: Path, chart: AccountChart, counties: tuple[Code, ...]) -> Ledger | str:
    """The ledger, or the code of the finding that says why there is none."""
    source = open_regular(path)
    if isinstance(source, NotRead):
        return NOT_READ[source]
    try:
        with source:
            return read_ledger(source, path.name, chart, counties)
    except Unreadable as error:
        return error.code


def _read_sent(
    data: bytes, file: str, chart: AccountChart, counties: tuple[Code, ...]
) -> Ledger | str:
    """The same from a file's bytes."""
    try:
        return read_ledger(data, file, chart, counties)
    except Unreadable as error:
        return error.code
