"""Submissions → Dataset: all counties' rows in one table each, with the place that every row came
from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from toolkit.findings.finding import Finding, Severity, blocked_tables
from toolkit.returns.arithmetic import Arithmetic
from toolkit.returns.submission import Missing, Record, Return, Submission, Typed
from toolkit.spec.load import Year
from toolkit.words.cells import CellRef

if TYPE_CHECKING:
    import pandas as pd

PROVENANCE = ("lan", "lansnamn", "fil", "blad", "rad")


@dataclass(frozen=True, slots=True)
class CountyState:
    """What one county has sent. `counts` is the file that counts (None: nothing usable); `others`
    are its earlier files. `tables` says for each table: merged, nil, blocked or missing."""

    code: str
    name: str
    counts: Return | None
    others: tuple[str, ...]
    tables: Mapping[str, str]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings in the file that counts."""
        return self.counts.findings if self.counts else ()

    @property
    def errors(self) -> int:
        """Findings that block."""
        return sum(finding.blocks for finding in self.findings)

    @property
    def questions(self) -> int:
        """Questions that are still open."""
        return sum(f.severity is Severity.QUERY and not f.closed for f in self.findings)

    @property
    def verdict(self) -> str:
        """missing, errors, questions, nil or clean."""
        if self.counts is None or self.counts.submission is None:
            return "missing" if self.counts is None else "errors"
        if self.errors:
            return "errors"
        if self.questions:
            return "questions"
        return "nil" if set(self.tables.values()) <= {"nil", "fixed"} else "clean"

    def ref(self, table: str, field: str, row: int) -> CellRef | None:
        """The cell in the county's own file that a merged row's field stands in; None when it is
        not there."""
        submission = self.counts.submission if self.counts else None
        data = submission.tables.get(table) if submission else None
        if data is None or field not in data.columns.index:
            return None
        position = data.columns.index[field]
        at = data.columns.rows[position] if data.columns.rows else row
        return CellRef(data.columns.sheet, at, (data.columns.places[position] or (1,))[0])


@dataclass(frozen=True, slots=True)
class Dataset:
    """All counties' data for one year. `tables` hold a row for each merged row: the provenance
    columns and then the table's fields, as understood (codes, Decimal, date, Missing)."""

    year: Year
    tables: Mapping[str, pd.DataFrame]
    counties: tuple[CountyState, ...]
    _made: dict[str, tuple[Mapping[str, Any], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """A table's rows as plain mappings, for reading one at a time. They are made once: a report
        asks for them well over a hundred times."""
        if table not in self._made:
            frame = self.tables[table]
            columns = [frame[name].tolist() for name in frame.columns]
            names = [str(name) for name in frame.columns]
            self._made[table] = tuple(
                dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)
            )
        return self._made[table]

    @property
    def reported(self) -> tuple[CountyState, ...]:
        """The counties that have sent something usable: the base of every quantifier."""
        return tuple(
            county for county in self.counties if county.counts and county.counts.submission
        )


def merge(year: Year, returns: Sequence[Return]) -> Dataset:
    """All returns of one year as one dataset. A table with an error that blocks is left out for its
    county."""
    states = county_states(year, returns)
    tables = {table: _merge_table(year, table, states) for table in year.spec.tables}
    return Dataset(year, tables, states)


def county_states(year: Year, returns: Sequence[Return]) -> tuple[CountyState, ...]:
    """What every county has sent, in the order of their codes."""
    return tuple(
        _state(year, code.code, code.attributes["namn"], returns) for code in year.spec.counties
    )


def _state(year: Year, code: str, name: str, returns: Sequence[Return]) -> CountyState:
    own = sorted((r for r in returns if county_of(r) == code), key=_precedence)
    counts = own[-1] if own else None
    others = tuple(r.file for r in own[:-1])
    return CountyState(code, name, counts, others, _table_states(year, counts))


def county_of(found: Return) -> str | None:
    """The county that a file came from, also when it could not be read to the end."""
    if found.submission is not None:
        return found.submission.county
    return next((finding.county for finding in found.findings if finding.county), None)


def _precedence(found: Return) -> tuple[bool, date, str, str]:
    """The file that was approved last counts; of equals the one last by name without its ending, so
    that `Skåne rättad` counts before `Skåne`."""
    approved = found.submission.approved if found.submission else None
    return (
        found.submission is not None,
        approved or date.min,
        PurePath(found.file).stem.casefold(),
        found.file,
    )


def _table_states(year: Year, found: Return | None) -> dict[str, str]:
    if found is None or found.submission is None:
        return dict.fromkeys(year.spec.tables, "missing")
    blocked = blocked_tables(found.findings)
    return {name: _table_state(found.submission, name, blocked) for name in year.spec.tables}


def _table_state(submission: Submission, table: str, blocked: frozenset[str | None]) -> str:
    if table in blocked or None in blocked:
        return "blocked"
    data = submission.tables.get(table)
    if data is None:
        return "missing"
    if data.nil_reason is not None:
        return "nil"
    return (
        "fixed"
        if data.columns.rows or table in {"inget", "huvudbok", "sarredovisning"}
        else "merged"
    )


def _merge_table(year: Year, table: str, states: Iterable[CountyState]) -> pd.DataFrame:
    import pandas as pd  # here, so that a single file's check need not wait for it

    spec = year.spec.tables[table]
    names = [*PROVENANCE, *(field.id for field in spec.fields)]
    rows = [
        _row(state, record, computed)
        for state in states
        if state.counts and state.counts.submission and state.tables[table] in {"merged", "fixed"}
        for computed in (Arithmetic(year.spec, state.counts.submission),)
        for record in state.counts.submission.records(table)
    ]
    return pd.DataFrame(rows, columns=names, dtype=object)


def _row(state: CountyState, record: Record, arithmetic: Arithmetic) -> list[object]:
    """Computed fields are the toolkit's own, not what the file had stored."""
    computed = arithmetic(record)
    values: list[Typed | Any] = [
        computed.get(n, v) for n, v in zip(record.columns.fields, record.typed, strict=True)
    ]
    file = state.counts.file if state.counts else ""
    return [state.code, state.name, file, record.columns.sheet, record.row, *values]


def plain(value: object) -> str:
    """A value as the CSV files hold it: decimal comma, ISO dates, u.s. and e.t. as written, blank
    for blank."""
    if isinstance(value, Missing):
        return value.value if value in {Missing.UNKNOWN, Missing.NOT_APPLICABLE} else ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, tuple):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)
