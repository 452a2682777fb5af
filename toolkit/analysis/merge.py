"""Submissions → Dataset: all counties' rows in one table each, with the place that every row came
from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from toolkit.analysis.records import (
    PROVENANCE,
    Activity,
    AppropriationLine,
    EarmarkStatement,
    Goal,
    IndicatorValue,
    LedgerStatement,
    MergedRow,
    Situation,
    SpendLine,
    activity,
    appropriation_line,
    earmark_statement,
    goal,
    indicator_value,
    ledger_statement,
    situation,
    spend_line,
)
from toolkit.findings.finding import Finding, Severity, blocked_tables
from toolkit.returns.arithmetic import Arithmetic
from toolkit.returns.submission import Missing, Record, Return, Submission
from toolkit.spec.load import Year
from toolkit.words.cells import CellRef

if TYPE_CHECKING:
    import pandas as pd


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


@dataclass(frozen=True)
class Dataset:
    """All counties' data for one year. `merged` holds the rows of each table, in the order of the
    counties; the typed records are made from them once."""

    year: Year
    merged: Mapping[str, tuple[MergedRow, ...]]
    counties: tuple[CountyState, ...]

    @cached_property
    def spend(self) -> tuple[SpendLine, ...]:
        """Ekonomi."""
        return tuple(spend_line(row) for row in self.of(SpendLine.TABLE))

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """Aktiviteter."""
        return tuple(activity(row) for row in self.of(Activity.TABLE))

    @cached_property
    def indicators(self) -> tuple[IndicatorValue, ...]:
        """Indikatorer."""
        return tuple(indicator_value(row) for row in self.of(IndicatorValue.TABLE))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Mål."""
        return tuple(goal(row) for row in self.of(Goal.TABLE))

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """Lägesbild."""
        return tuple(situation(row) for row in self.of(Situation.TABLE))

    @cached_property
    def appropriations(self) -> tuple[AppropriationLine, ...]:
        """The counties' accounts of the appropriation."""
        return tuple(appropriation_line(row) for row in self.of(AppropriationLine.TABLE))

    @cached_property
    def ledger_statements(self) -> tuple[LedgerStatement, ...]:
        """What the counties say that their ledgers hold."""
        return tuple(ledger_statement(row) for row in self.of(LedgerStatement.TABLE))

    @cached_property
    def earmark_statements(self) -> tuple[EarmarkStatement, ...]:
        """What the counties say of what must be reported apart."""
        return tuple(earmark_statement(row) for row in self.of(EarmarkStatement.TABLE))

    def of(self, table: str) -> tuple[MergedRow, ...]:
        """A table's rows as merged; none where the year has no such table."""
        return self.merged.get(table, ())

    def header(self, table: str) -> tuple[str, ...]:
        """What `MergedRow.values` hold, by name."""
        return (*PROVENANCE, *(field.id for field in self.year.spec.tables[table].fields))

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """The tables as frames of objects."""
        import pandas as pd  # here, so that a single file's check need not wait for it

        return {
            name: pd.DataFrame(
                [row.values for row in rows], columns=list(self.header(name)), dtype=object
            )
            for name, rows in self.merged.items()
        }

    @cached_property
    def _mappings(self) -> dict[str, tuple[Mapping[str, Any], ...]]:
        return {}

    def rows(self, table: str) -> Sequence[Mapping[str, Any]]:
        """A table's rows as plain mappings, for texts that name a field themselves."""
        if table not in self._mappings:
            names = self.header(table)
            self._mappings[table] = tuple(
                dict(zip(names, row.values, strict=True)) for row in self.of(table)
            )
        return self._mappings[table]

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
    merged = {table: tuple(_merged(year, table, states)) for table in year.spec.tables}
    return Dataset(year, merged, states)


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


def _merged(year: Year, table: str, states: Iterable[CountyState]) -> Iterator[MergedRow]:
    for state in states:
        found = state.counts.submission if state.counts else None
        if found is None or state.tables[table] not in {"merged", "fixed"}:
            continue
        arithmetic = Arithmetic(year.spec, found)
        for record in found.records(table):
            yield MergedRow(state.code, state.name, found.file, _computed(record, arithmetic))


def _computed(record: Record, arithmetic: Arithmetic) -> Record:
    """The record with computed fields as the toolkit computes them, not as the file stored them."""
    computed = arithmetic(record)
    if not computed:
        return record
    names = zip(record.columns.fields, record.typed, strict=True)
    return record._replace(typed=tuple(computed.get(name, value) for name, value in names))


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
