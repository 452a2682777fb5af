"""Submissions → Dataset: all counties' rows in one table each, with the place that every row came
from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.analysis.from_rows import (
    activity,
    appropriation_line,
    earmark_statement,
    goal,
    indicator_value,
    ledger_statement,
    situation,
    spend_line,
)
from toolkit.analysis.precedence import claimed_by, is_disputed, precedence
from toolkit.analysis.records import (
    Activity,
    AppropriationLine,
    EarmarkStatement,
    Goal,
    IndicatorValue,
    LedgerStatement,
    MergedRow,
    Situation,
    SpendLine,
)
from toolkit.analysis.states import ReturnState, TableState
from toolkit.findings.feedback import BLANK
from toolkit.findings.finding import Finding, Severity, blocked_tables
from toolkit.returns.arithmetic import Arithmetic
from toolkit.returns.submission import Missing, Record, Return, Submission, TableData, Typed
from toolkit.spec.bindings import NOTHING_BOUND, Bindings
from toolkit.spec.load import Year
from toolkit.spec.marks import PROVENANCE
from toolkit.spec.model import TableSpec
from toolkit.spec.roles import APPROPRIATION

if TYPE_CHECKING:
    import pandas as pd

IN_THOUSANDS = "RIMLIG-TKR"
"""The question whether a county's amounts are written in thousands of kronor."""


@dataclass(frozen=True, slots=True)
class CountyState:
    """What one county has sent. `counts` is the file that counts (None: nothing usable); `others`
    are its earlier files. `tables` holds the state of each of the year's tables, by its id; `bound`
    says which of them has which role. Of several files one counts because it was made from
    another (`by_descent`), since the agency says so (`by_choice`), or was approved last; `same_day`
    where others were approved that day. `doubtful` say something else, and may as well be the last
    (`after_choice`: they came when the agency had decided; `halves`: they hold what the other
    lacks). `disputed` are files that name the
    county and another one, beside one that counts: nobody knows whose they are."""

    code: str
    name: str
    counts: Return | None
    others: tuple[str, ...]
    tables: Mapping[str, TableState]
    bound: Bindings = NOTHING_BOUND
    by_descent: bool = False
    same_day: bool = False
    doubtful: tuple[str, ...] = ()
    disputed: tuple[Return, ...] = ()
    by_choice: bool = False
    after_choice: bool = False
    halves: bool = False

    @property
    def submission(self) -> Submission | None:
        """What was read of the file that counts."""
        return self.counts.submission if self.counts else None

    @property
    def file(self) -> str:
        """The name of the file that counts; empty when there is none."""
        return self.counts.file if self.counts else ""

    @property
    def spend_state(self) -> TableState:
        """The state of Ekonomi. Raises KeyError where the year has no such table."""
        return self.state_of(SpendLine.TABLE)

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
    def verdict(self) -> ReturnState:
        """How what the county has reported stands: a blank workbook reports nothing."""
        is_blank = any(finding.code == BLANK for finding in self.findings)
        return ReturnState.MISSING if is_blank else self.file_state

    @property
    def file_state(self) -> ReturnState:
        """How the file that counts stands, also one that is to be filled in and sent again."""
        if self.counts is None:
            return ReturnState.MISSING
        if self.counts.fault is not None:
            return ReturnState.UNTREATED
        if self.submission is None or self.errors:
            return ReturnState.ERRORS
        if self.questions:
            return ReturnState.QUESTIONS
        return ReturnState.NIL if self._has_nothing else ReturnState.CLEAN

    @property
    def _has_nothing(self) -> bool:
        """Whether it has been said of all lists, of which there is one, that they have nothing: in
        a year of forms and given rows alone, all that was answered is there."""
        states = set(self.tables.values())
        return TableState.NIL in states and states <= {TableState.NIL, TableState.FIXED}

    def state_of(self, table: str) -> TableState:
        """The state of a table, by its id or its role. Raises KeyError where the year has none
        such."""
        return self.tables[self.bound.of(table)]

    def knows(self, *tables: str) -> bool:
        """Whether the county's rows of all these tables (ids or roles) are known, also when there
        are none. Raises KeyError for a table that the year does not have."""
        return all(self.state_of(table).usable for table in tables)


@dataclass(frozen=True)
class Dataset:
    """All counties' data for one year. `merged` holds the rows of each table, in the order of the
    counties; the typed records are made from them once. `unread` are the files that gave no return,
    `apart` those that gave one and count for nobody: another year's, those that the agency has set
    aside, and those of which it is not clear whose they are."""

    year: Year
    merged: Mapping[str, tuple[MergedRow, ...]]
    counties: tuple[CountyState, ...]
    unread: tuple[Return, ...] = ()
    apart: tuple[Return, ...] = ()

    @cached_property
    def spend(self) -> tuple[SpendLine, ...]:
        """Ekonomi."""
        return tuple(spend_line(row) for row in self.rows(SpendLine.TABLE))

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        """Aktiviteter."""
        return tuple(activity(row) for row in self.rows(Activity.TABLE))

    @cached_property
    def indicators(self) -> tuple[IndicatorValue, ...]:
        """Indikatorer."""
        return tuple(indicator_value(row) for row in self.rows(IndicatorValue.TABLE))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Mål."""
        return tuple(goal(row) for row in self.rows(Goal.TABLE))

    @cached_property
    def situations(self) -> tuple[Situation, ...]:
        """Lägesbild."""
        return tuple(situation(row) for row in self.rows(Situation.TABLE))

    @cached_property
    def appropriations(self) -> tuple[AppropriationLine, ...]:
        """The counties' accounts of the appropriation."""
        return tuple(appropriation_line(row) for row in self.rows(AppropriationLine.TABLE))

    @cached_property
    def ledger_statements(self) -> tuple[LedgerStatement, ...]:
        """What the counties say that their ledgers hold."""
        return tuple(ledger_statement(row) for row in self.rows(LedgerStatement.TABLE))

    @cached_property
    def earmark_statements(self) -> tuple[EarmarkStatement, ...]:
        """What the counties say of what must be reported apart."""
        return tuple(earmark_statement(row) for row in self.rows(EarmarkStatement.TABLE))

    @cached_property
    def spend_frame(self) -> pd.DataFrame:
        """Ekonomi as `frames.spend_frame` describes it."""
        # Here, since the check of a single file comes by this module and must not load pandas.
        from toolkit.analysis.frames import spend_frame

        return spend_frame(self.spend)

    def rows(self, table: str) -> tuple[MergedRow, ...]:
        """A table's rows as merged, by its id or its role; none where the year has no such
        table."""
        return self.merged.get(self.year.spec.bound.of(table), ())

    def header(self, table: str) -> tuple[str, ...]:
        """The names of what `MergedRow.values` hold."""
        return (*PROVENANCE, *(field.id for field in self.year.spec.tables[table].fields))

    @property
    def reported(self) -> tuple[CountyState, ...]:
        """The counties that have sent something usable: the base of every quantifier."""
        return tuple(county for county in self.counties if county.submission)


def merge(year: Year, returns: Sequence[Return]) -> Dataset:
    """All returns of one year as one dataset. A table with an error that blocks is left out for its
    county."""
    states = county_states(year, returns)
    merged = {table: tuple(_merged(year, table, states)) for table in year.spec.tables}
    return Dataset(year, merged, states, tuple(without_return(states, returns)))


def without_return(states: Iterable[CountyState], returns: Sequence[Return]) -> list[Return]:
    """The files that gave no return, but for those with nothing but answers that one takes in."""
    told = set(map(id, answers_beside(states, returns)))
    lost = (one for one in returns if one.submission is None and one.fault is None)
    return [one for one in lost if id(one) not in told]


def answers_beside(states: Iterable[CountyState], returns: Iterable[Return]) -> list[Return]:
    """The files with nothing but answers, of counties whose return is there: it takes them in."""
    whole = {state.code for state in states if state.submission}
    return [one for one in returns if one.alone and one.alone.trail.county in whole]


def county_states(year: Year, returns: Sequence[Return]) -> tuple[CountyState, ...]:
    """What every county has sent, in the order of their codes."""
    own = by_claimed(returns)
    return tuple(
        _state(year, one.code, one.name, own.get(one.code, ())) for one in year.spec.counties
    )


def by_claimed(returns: Iterable[Return]) -> dict[str, list[Return]]:
    """The files of each county that any names. A disputed file is looked at for both counties that
    it names, and merged for neither."""
    own: dict[str, list[Return]] = defaultdict(list)
    for found in returns:
        for code in claimed_by(found):
            own[code].append(found)
    return own


def _state(year: Year, code: str, name: str, own: Sequence[Return]) -> CountyState:
    # Answers alone stand in no return's place.
    order = precedence(year.spec, [one for one in own if one.alone is None] or own)
    counts = order.files[-1] if order.files else None
    disputed = tuple(found for found in order.files[:-1] if is_disputed(found))
    others = tuple(found.file for found in order.files[:-1] if found not in disputed)
    tables = _table_states(year, counts)
    return CountyState(
        code,
        name,
        counts,
        others,
        tables,
        year.spec.bound,
        by_descent=order.by_descent,
        same_day=order.same_day,
        doubtful=tuple(found.file for found in order.doubtful),
        disputed=disputed,
        by_choice=order.by_choice,
        after_choice=order.after_choice,
        halves=order.halves,
    )


def county_of(found: Return) -> str | None:
    """The county that a file came from, also when it could not be read to the end."""
    if found.submission is not None:
        return found.submission.county
    return next((finding.county for finding in found.findings if finding.county), None)


def _table_states(year: Year, found: Return | None) -> dict[str, TableState]:
    if found is None or found.submission is None:
        failed = found is not None and found.fault is not None
        state = TableState.UNTREATED if failed else TableState.MISSING
        return dict.fromkeys(year.spec.tables, state)
    blocked = blocked_tables(found.findings) | _doubted_with_spend(year, found)
    states = {}
    for name, table in year.spec.tables.items():
        # An error of the whole file (None) keeps all of its tables out.
        if name in blocked or None in blocked:
            states[name] = TableState.BLOCKED
        else:
            states[name] = _table_state(found.submission.tables.get(name), table)
    return states


def _doubted_with_spend(year: Year, found: Return) -> frozenset[str]:
    """The appropriation account, while it is asked whether all that a county spent is written in
    thousands of kronor: its amounts stand in the same file, and most likely in the same unit."""
    bound = year.spec.bound
    is_asked = any(one.code == IN_THOUSANDS and one.keeps_out for one in found.findings)
    return frozenset({bound[APPROPRIATION]} if is_asked and bound.has(APPROPRIATION) else ())


def _table_state(data: TableData | None, table: TableSpec) -> TableState:
    if data is None:
        return TableState.MISSING
    if data.nil_reason is not None:
        return TableState.NIL
    return TableState.MERGED if table.kind == "list" else TableState.FIXED


def _merged(year: Year, table: str, states: Iterable[CountyState]) -> Iterator[MergedRow]:
    for state in states:
        found = state.submission
        if found is None or not state.tables[table].has_rows:
            continue
        held = {name for name, own in state.tables.items() if not own.usable}
        arithmetic = Arithmetic(year.spec, found, held)
        for record in found.records(table):
            yield MergedRow(state.code, state.name, state.file, _computed(record, arithmetic))


def _computed(record: Record, arithmetic: Arithmetic) -> Record:
    """The record with computed fields as the toolkit computes them, not as the file stored them;
    u.s. where one rests on something that is not known."""
    computed: dict[str, Typed] = dict(arithmetic(record))
    if not computed:
        return record
    computed |= dict.fromkeys(arithmetic.unknown(record), Missing.UNKNOWN)
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
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
