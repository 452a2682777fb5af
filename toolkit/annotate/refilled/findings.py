"""The findings of the county's file in the cells of a fresh copy, and those that the copy cannot
show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.annotate.refilled.routes import Routes
from toolkit.findings.finding import Cure, Finding, Severity
from toolkit.returns.carried import with_what_stands
from toolkit.returns.submission import Submission
from toolkit.spec.model import Spec
from toolkit.words.cells import CellRef

_OF_THE_FILE_SENT = (
    "FIL-LANKAR", "BLAD-", "KOL-", "RAD-DOLD", "RAD-RUBRIK", "RAD-SUMMA",
    "RAD-STUMP", "RAD-EXEMPEL", "FALT-CELLFORMAT", "FALT-FORMEL", "FALT-SAMMANSLAGEN",
    "FALT-FORMELVARDE", "FALT-ANNAN-BOK", "RAD-STRUKEN", "FALT-SAMMAN", "FALT-UPPRAKNAD",
    "RAD-OVANFOR", "RAD-ORDNING", "RAD-BORTA", "CELL-LANGT-BORT", "CELL-UTANFOR", "SVAR-OLAST",
)  # fmt: skip
"""Said of how the county's file is built, or of rows that are no records: the copy is built
otherwise."""
_ROWS_LEFT = {"RAD-ORDNING", "RAD-STUMP"}
"""Errors about rows that are not in the copy, and block nothing there."""
_BESIDE_OTHERS = (
    "DUBBLETT-FIL",
    "DUBBLETT-LAN",
    "FIL-DUBBEL",
    "FIL-VILKEN",
    "FIL-ANNAT-AR",
    "TREND-",
)
"""Said of a return beside other files, not by reading it: it holds for the copy too."""
# A cell's name in a sentence, `K12`; not a part of a word or of a longer code.
_CELL = re.compile(r"(?<![A-ZÅÄÖ0-9])[A-Z]{1,3}[1-9]\d*(?![\w])")

_Key = tuple[str, str | None, str | None, CellRef | None]


@dataclass(frozen=True, slots=True)
class CopyFindings:
    """`placed` stand in the cells of the copy or are about all of it; `carried` are about the file
    that was sent, and so are their cells."""

    placed: tuple[Finding, ...]
    carried: tuple[Finding, ...]


def findings_of_copy(
    first: Sequence[Finding], second: Iterable[Finding], routes: Routes
) -> CopyFindings:
    """`first` are the findings of the file that was sent, `second` those of reading the copy.

    What both say is said in the words of the second, which name the copy's cells, with the answer
    and the waiver of the first. What only the first says stands in its cell of the copy when it is
    still true there, or else is carried over. What only the second says follows from something that
    the first has told, such as a column that was gone and now is empty, and is left out: a cause is
    told before what follows from it."""
    again = _by_key(second)
    placed: list[Finding] = []
    carried: list[Finding] = []
    for finding in first:
        moved = _moved_refs(finding, routes)
        key = (finding.code, finding.table, finding.field, next(iter(moved.values()), None))
        if (moved or not finding.refs) and again[key]:
            said = again[key].pop(0)
            placed.append(replace(said.with_answer(finding.answer), waiver=finding.waiver))
        elif _holds(finding, moved):
            placed.append(_in_copy(finding, moved))
        else:
            carried.append(_asked(finding))
    return CopyFindings(tuple(placed), tuple(carried))


def _asked(finding: Finding) -> Finding:
    """What is carried over of a finding: of an error about rows that the copy has not a question,
    which keeps the table out until it is answered. Nobody could correct it there."""
    if finding.code in _ROWS_LEFT:
        return replace(finding, severity=Severity.QUERY, holds=True)
    return finding


def kept_known(
    carried: Iterable[Finding], copy: Submission | None, spec: Spec, routes: Routes
) -> tuple[Finding, ...]:
    """The questions that are carried over, with what stands in the copy's cells that they are
    about: by that it is known when the county has corrected it there."""
    told: list[Finding] = []
    for finding in carried:
        table = spec.tables.get(finding.table or "")
        cells = _moved_refs(finding, routes).values()
        if copy is not None and table is not None and cells:
            told.append(with_what_stands(finding, copy, table, cells))
        else:
            told.append(finding)
    return tuple(told)


def _by_key(findings: Iterable[Finding]) -> defaultdict[_Key, list[Finding]]:
    found: defaultdict[_Key, list[Finding]] = defaultdict(list)
    for finding in findings:
        first = finding.refs[0] if finding.refs else None
        found[finding.code, finding.table, finding.field, first].append(finding)
    return found


def _moved_refs(finding: Finding, routes: Routes) -> dict[CellRef, CellRef]:
    """The copy's cells by those of the file, for the finding's cells that have one there."""
    moved = {}
    for ref in finding.refs:
        place = routes.find(ref)
        cell = routes.cell_of(place) if place else None
        if cell is not None:
            moved[ref] = cell
    return moved


def _holds(finding: Finding, moved: Mapping[CellRef, CellRef]) -> bool:
    """Whether what only the first reading says is as true of the copy."""
    if finding.code.startswith(_BESIDE_OTHERS):
        return bool(moved) or not finding.refs
    return bool(moved and finding.field) and not finding.code.startswith(_OF_THE_FILE_SENT)


def _moved_cure(cure: Cure, ref: CellRef) -> Cure:
    """A cure in the copy. Where its row has moved there the print may be that of the place."""
    return cure._replace(ref=ref, print=cure.print if ref == cure.ref else "")


def _in_copy(finding: Finding, moved: Mapping[CellRef, CellRef]) -> Finding:
    """The finding in the copy's cells, which its words name too."""
    names = {old.cell: new.cell for old, new in moved.items()}

    def renamed(said: str) -> str:
        return _CELL.sub(lambda match: names.get(match[0], match[0]), said)

    parameters = tuple((name, renamed(value)) for name, value in finding.parameters)
    return replace(
        finding,
        refs=tuple(moved.values()),
        cures=tuple(
            _moved_cure(cure, moved[cure.ref]) for cure in finding.cures if cure.ref in moved
        ),
        message=renamed(finding.message),
        hint=renamed(finding.hint),
        parameters=parameters,
    )
