"""What the finance check found, ready to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.appropriations import Series
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.reconcile import (
    VERDICTS,
    EarmarkVerdict,
    Reconciliation,
    Row,
    earmark_verdicts,
)
from toolkit.analysis.records import Activity, AppropriationLine, SpendLine
from toolkit.ledger.entries import Ledger
from toolkit.spec.model import Earmark
from toolkit.staff.decisions import Standing, Subject, line_subject, verdict_subject


@dataclass(frozen=True)
class Finance:
    """`lines` are by verksamhetskod, `parts` the same money by kostnadsslag, anslagspost and for
    the whole country. `standings` are the decisions made so far, by key. `places` says where a file
    from outside lies, as seen from the workbook. `before` is last year's data, or else a word for
    why there is none (`saknas`, `mall`)."""

    data: Dataset
    verdicts: Sequence[EarmarkVerdict]
    lines: Sequence[Reconciliation]
    ledgers: Mapping[str, Ledger]
    series: Series
    standings: Mapping[str, Standing] = field(default_factory=dict)
    parts: Sequence[Reconciliation] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    before: Dataset | str = "saknas"

    @cached_property
    def states(self) -> dict[str, CountyState]:
        """The counties by code."""
        return {state.code: state for state in self.data.counties}

    @cached_property
    def areas(self) -> list[tuple[Earmark, Sequence[EarmarkVerdict]]]:
        """All that must be reported apart, each area with a verdict for every county; the report's
        own area first."""
        first, *others = self.data.year.spec.earmarks
        return [
            (first, self.verdicts),
            *((one, earmark_verdicts(self.data, one)) for one in others),
        ]

    @cached_property
    def spend(self) -> dict[str, list[SpendLine]]:
        """The rows of Ekonomi by county."""
        found: dict[str, list[SpendLine]] = {}
        for line in self.data.spend:
            found.setdefault(line.county, []).append(line)
        return found

    @cached_property
    def _records(self) -> dict[tuple[str, str, int], SpendLine | Activity]:
        records: tuple[SpendLine | Activity, ...] = (*self.data.spend, *self.data.activities)
        return {(one.TABLE, one.county, one.row): one for one in records}

    def spend_line(self, row: Row) -> SpendLine:
        """The record of a merged row of Ekonomi."""
        found = self._records[SpendLine.TABLE, row["lan"], row["rad"]]
        assert isinstance(found, SpendLine)
        return found

    def appropriation(self, row: Row) -> AppropriationLine:
        """The record of a merged row of the appropriation account."""
        return next(
            one
            for one in self.data.appropriations
            if (one.county, one.row) == (row["lan"], row["rad"])
        )

    def deciding(self, verdict: EarmarkVerdict) -> list[SpendLine | Activity]:
        """The records of the rows that decide a verdict."""
        return [
            self._records[
                (SpendLine if "utfall" in row else Activity).TABLE, row["lan"], row["rad"]
            ]
            for row in verdict.rows
        ]

    @cached_property
    def first_rows(self) -> dict[str, int]:
        """How far down each county's rows of Ekonomi begin."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.data.spend):
            found.setdefault(line.county, number)
        return found

    @property
    def off(self) -> list[Reconciliation]:
        """The codes that do not tie."""
        return [line for line in self.lines if not line.ties]

    @property
    def all_off(self) -> list[Reconciliation]:
        """All that does not tie, the codes first."""
        return [*self.off, *(line for line in self.parts if not line.ties)]

    def gap(self, county: str) -> Decimal:
        """What a county's workbook lacks against its ledger, over all codes that do not tie."""
        return sum((line.difference for line in self.off if line.county == county), Decimal(0))

    def need(self, verdict: EarmarkVerdict) -> tuple[object, ...]:
        """The worst first: by verdict, then by how much does not tie, then by questions left."""
        gap = abs(self.gap(verdict.county))
        return (
            VERDICTS.index(verdict.verdict),
            -gap,
            -self.states[verdict.county].questions,
            verdict.county,
        )

    def standing(self, subject: Subject) -> Standing | None:
        """The decision on a row, if any."""
        return self.standings.get(subject.key)

    def subjects(self) -> list[Subject]:
        """Every row that can be decided on."""
        year = self.data.year.spec.year
        overview = [
            verdict_subject(year, verdict, self.gap(verdict.county)) for verdict in self.verdicts
        ]
        return [*overview, *(line_subject(year, line) for line in self.all_off)]
