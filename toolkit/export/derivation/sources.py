"""The sheets that everything is counted from: the counties' rows, what is known of each county, and
the series of appropriations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.coherence import CHAIN_NEEDS, STEPS, TABLES
from toolkit.analysis.counts import values_of
from toolkit.analysis.merge import CountyState
from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, Need, lacking
from toolkit.analysis.records import MergedRow
from toolkit.analysis.results import YearResults
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.export.book import sheet_names, shown
from toolkit.export.derivation.grid import Grid
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.model import Spec, TableSpec
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_GOAL,
    DECLARED,
    GOAL,
    GOAL_ID,
    GOAL_OBJECTIVE,
    INDICATOR,
    INDICATORS,
    SPEND,
    FieldRole,
    TableRole,
)
from toolkit.spec.sheetnames import names_beside
from toolkit.words.cells import CellRef, brief_cells

PLACE = ("lan", "lansnamn", "fil", "sha", "blad", "celler")
"""Where a row is from: county, file and its SHA-256, sheet and cells."""


class Helper(NamedTuple):
    """A column that is counted in each row of a table, and what it needs of the year."""

    id: str
    table: TableRole
    needs: tuple[Need, ...]


_COUNTED = ("raknas", "trycks", "antal", "tal", "bidrag")
HELPERS = (
    Helper("nyckel", GOAL, (GOAL_ID,)),
    Helper("malsattning", ACTIVITY, (ACTIVITY_GOAL, GOAL_ID, GOAL_OBJECTIVE)),
    Helper("omradet", ACTIVITY, (EARMARKS, EARMARKED_WORK)),
    *(Helper(step, ACTIVITY, CHAIN_NEEDS) for step in (*STEPS, "hel")),
    *(Helper(name, INDICATOR, INDICATOR_NEEDS) for name in _COUNTED),
)


@dataclass(frozen=True)
class Sources:
    """The year's rows as sheets."""

    results: YearResults
    texts: Texts

    @property
    def spec(self) -> Spec:
        """What the year asks for."""
        return self.results.data.year.spec

    def table(self, role: TableRole) -> Grid:
        """The rows of a table."""
        return self.tables[self.spec.bound.of(role)]

    def of(self, role: FieldRole) -> str:
        """A column of the rows by what it holds."""
        return self.tables[self._table_of(role)].column(self.spec.bound[role])

    def cell(self, role: FieldRole, line: int) -> str:
        """A cell of the rows, as its own sheet names it."""
        return self.tables[self._table_of(role)].own(self.spec.bound[role], line)

    def has(self, *needs: Need) -> bool:
        """Whether the year asks for all this."""
        return not lacking(self.spec, needs)

    def _table_of(self, role: FieldRole) -> str:
        return self.spec.bound[DECLARED[role].within]

    @cached_property
    def counties(self) -> Grid:
        """A line for each county: what is known of it."""
        ids = ("lan", "lansnamn", "ekonomi_kand", "kedja_kand")
        listed = self._listed
        rows = [
            (
                state.code,
                state.name,
                int(self.has(SPEND) and state.knows(SPEND)),
                int(self.has(*TABLES) and state.knows(*TABLES)),
                *(int(self.knows(state.code, one.id)) for one in listed),
            )
            for state in self.results.data.counties
        ]
        heads = [self.texts("underlag.kand", label=one.label) for one in listed]
        whole = (*ids, *(f"kand_{one.id}" for one in listed))
        return Grid(self.texts("underlag.lanen"), whole, (*self._heads(ids), *heads), rows)

    def knows(self, county: str, table: str) -> bool:
        """Whether a county has reported and its rows of a table are known."""
        state = self._reported.get(county)
        return state is not None and state.knows(table)

    @cached_property
    def _reported(self) -> Mapping[str, CountyState]:
        return {state.code: state for state in self.results.data.reported}

    @property
    def _listed(self) -> list[TableSpec]:
        """The tables whose rows a chapter may ask for."""
        nil = self.spec.nil_table
        return [one for one in self.spec.tables.values() if one.kind != "form" and one is not nil]

    @cached_property
    def series(self) -> Grid:
        """The figures of anslagsserie.csv, with a key of year and item."""
        ids = ("nyckel", "ar", "post", "belopp", "kalla", "rad")
        rows = [
            (f"{one.year}|{one.item}", str(one.year), one.item, one.amount, one.source, one.line)
            for one in self.results.series.figures
        ]
        return Grid(self.texts("underlag.serie"), ids, self._heads(ids), rows)

    @cached_property
    def tables(self) -> Mapping[str, Grid]:
        """The rows of each table of the year, by its id."""
        specs = self.spec.tables
        labels = [self.texts("underlag.rader", label=one.label) for one in specs.values()]
        taken = names_beside("underlag.innehall", self.texts, self.spec.year)
        names = dict(zip(specs, sheet_names(labels, taken), strict=True))
        return {name: self._grid(table, names[name]) for name, table in specs.items()}

    def _grid(self, table: TableSpec, sheet: str) -> Grid:
        helpers = self.helpers(table.id)
        fields = tuple(field.id for field in table.fields)
        heads = [*self._heads(PLACE), *(field.heading for field in table.fields)]
        heads += [self.texts(f"underlag.{one.id}") for one in helpers]
        rows = [self._line(row) for row in self.results.data.rows(table.id)]
        ids = (*PLACE, *fields, *(f"={one.id}" for one in helpers))
        return Grid(sheet, ids, tuple(heads), rows)

    def helpers(self, table: str) -> Sequence[Helper]:
        """What is counted in each row of a table."""
        own = (one for one in HELPERS if self.spec.bound.of(one.table) == table)
        return [one for one in own if self.has(*one.needs)]

    def _heads(self, ids: Sequence[str]) -> tuple[str, ...]:
        shared = {"lan", "lansnamn", "fil", "blad", "rad"}
        place = {name: f"gemensamt.{name}" for name in shared}
        return tuple(self.texts(place.get(name, f"underlag.{name}")) for name in ids)

    def _line(self, row: MergedRow) -> tuple[object, ...]:
        refs = list(_cells(row))
        state = self.results.states[row.county]
        sha = state.counts.sha256 if state.counts else ""
        place = (row.county, row.county_name, row.file, sha, row.sheet, brief_cells(refs))
        return (*place, *(_value(value) for value in row.record.typed))

    @cached_property
    def counted(self) -> frozenset[tuple[str, int]]:
        """The rows of indicators that are added up, by county and row: for both sexes together, or
        their parts where there is nothing else."""
        if lacking(self.spec, INDICATOR_NEEDS):
            return frozenset()
        data = self.results.data
        codes = self.spec.list_of(INDICATORS).valid_in(self.results.year)
        found = (values_of(data.indicators, code.code, self.spec) for code in codes)
        return frozenset((one.county, one.row) for one in chain.from_iterable(found))


def _cells(row: MergedRow) -> Iterator[CellRef]:
    for field in row.record.columns.fields:
        yield row.record.ref(field)


def _value(value: object) -> object:
    return shown(value) if isinstance(value, Missing | tuple) else value
