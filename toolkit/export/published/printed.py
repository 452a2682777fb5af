"""The report's own tables as files: what is printed, and nothing else. A number loses the blanks
that part its thousands, so that a program can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.table import Table
from toolkit.export.published.resource import MISSING, Descriptor, Resource
from toolkit.findings.texts import Texts
from toolkit.words.amounts import MINUS

_NUMBER = re.compile(r"(-?)(\d[\d\s]*)(,\d+)?(\s?%)?")


@dataclass(frozen=True)
class PublishedColumn:
    """One column of a printed table: its heading, no other's, and its cells as they are written."""

    heading: str
    printed: tuple[str, ...]

    @cached_property
    def is_number(self) -> bool:
        """Whether all that stands in it are numbers; shares only where all of them are."""
        found = [_parts(text) for text in self._told]
        known = [one for one in found if one is not None]
        shares = {bool(one[4]) for one in known}
        return bool(found) and len(known) == len(found) and len(shares) == 1

    @cached_property
    def is_share(self) -> bool:
        """Whether its numbers are shares in per cent."""
        return self.is_number and self._told[0].endswith("%")

    @property
    def cells(self) -> tuple[str, ...]:
        """What is written of each cell."""
        return tuple(_plain(text) if self.is_number else _clean(text) for text in self.printed)

    @property
    def numbers(self) -> tuple[Decimal | str, ...]:
        """The same with numbers as numbers, for a sheet."""
        return tuple(self._valued(text) for text in self.cells)

    @property
    def decimals(self) -> int:
        """How many are printed."""
        return max((len(text.partition(",")[2]) for text in self.cells), default=0)

    def _valued(self, text: str) -> Decimal | str:
        return text if not self.is_number or text in MISSING else Decimal(text.replace(",", "."))

    @cached_property
    def _told(self) -> list[str]:
        return [text for text in map(_clean, self.printed) if text not in MISSING]

    def described(self, title: str) -> Descriptor:
        """The column as a field of Table Schema."""
        field: Descriptor = {"name": title, "type": "string"}
        if self.is_number and self.decimals:
            field |= {"type": "number", "decimalChar": ","}
        elif self.is_number:
            field |= {"type": "integer"}
        return field


def columns_of(table: Table, texts: Texts) -> list[PublishedColumn]:
    """The table's columns. What two headings share is told apart by a number."""
    cells = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    found, taken = [], set[str]()
    for column, own in zip(table.columns, cells, strict=True):
        one = PublishedColumn(_clean(column.heading) or texts("oppna.rad"), own)
        heading = texts("oppna.procent", heading=one.heading) if one.is_share else one.heading
        free = next(name for name in _numbered(heading) if name not in taken)
        taken.add(free)
        found.append(PublishedColumn(free, own))
    return found


def _numbered(heading: str) -> Iterator[str]:
    yield heading
    number = 1
    while True:
        number += 1
        yield f"{heading} ({number})"


def printed_resources(tables: Sequence[Table], texts: Texts) -> Iterator[Resource]:
    """A file for each table of the report, in its order."""
    for number, table in enumerate(tables, 1):
        columns = columns_of(table, texts)
        told = [texts("oppna.tabell", number=number), *notes_of(table)]
        yield Resource(
            f"tabell-{table.id}",
            f"tabeller/tabell-{table.id}.csv",
            table.caption,
            [one.described(one.heading) for one in columns],
            list(zip(*(one.cells for one in columns), strict=True)),
            " ".join(told),
            swedish=True,
        )


def notes_of(table: Table) -> list[str]:
    """What is said below a table: its notes, and where it comes from."""
    notes = [column.note for column in table.columns if column.note]
    notes += [note.text for note in table.notes]
    return [*dict.fromkeys(notes), table.source]


def _clean(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    parts = _parts(_clean(text))
    if parts is None:
        return _clean(text)
    return "".join((parts[1], *parts[2].split(), parts[3] or ""))


def _parts(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(text.replace(MINUS, "-"))
