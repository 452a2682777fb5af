"""Of which area a row is that does not say so itself: that of the row which it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import MergedRow
from toolkit.report.matching import fits

Key = tuple[str, str, object]  # a table, a county and an id of its own


@dataclass(frozen=True)
class AreaTies:
    """The rows of a year by their ids."""

    data: Dataset

    def fits(self, row: MergedRow, area: Mapping[str, Sequence[object]]) -> bool | None:
        """Whether a row has these values in the fields that tell an area, or belongs to one that
        has (a number to an activity, or else to a goal and with it to a situation); None where the
        row that it belongs to is not known."""
        told = [self._told(row, field, values) for field, values in area.items()]
        if False in told:
            return False
        return None if None in told else True

    def _told(self, row: MergedRow, field: str, values: Sequence[object]) -> bool | None:
        if row.asks(field):
            return fits(row[field], values)
        found = (self._told(one, field, values) for one in self._above(row))
        return next((one for one in found if one is not None), None)

    def _above(self, row: MergedRow) -> Iterator[MergedRow]:
        """The rows that a row belongs to, in the order of its fields."""
        for field in self.data.year.spec.tables[row.record.columns.table].fields:
            if field.type == "ref" and field.ref and row.asks(field.id):
                table = field.ref.partition(".")[0]
                found = self._by_id.get((table, row.county, row[field.id]))
                # A row may name an earlier one of its own table: that is no row above it.
                if found is not None and table != row.record.columns.table:
                    yield found

    @cached_property
    def _by_id(self) -> Mapping[Key, MergedRow]:
        found: dict[Key, MergedRow] = {}
        for table in self.data.year.spec.tables.values():
            name = next((one.id for one in table.fields if one.type == "id"), "")
            for row in self.data.rows(table.id):
                if row.asks(name):
                    found[table.id, row.county, row[name]] = row
        return found
