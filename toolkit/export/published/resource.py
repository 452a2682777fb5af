"""One file of the data package: its rows, and what the descriptor says of them. The words of the
descriptor are those of Data Package and Table Schema (specs.frictionlessdata.io, version 1)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.analysis.results import YearResults
from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, NOTHING
from toolkit.export.merged import guarded
from toolkit.findings.texts import Texts

Descriptor = dict[str, Any]
"""A piece of a descriptor."""
SYMBOLS = (NOT_AVAILABLE, NOTHING, IMPOSSIBLE)
"""What stands where no number does in what is printed."""
MISSING = ("", *SYMBOLS)


def title_of(results: YearResults, texts: Texts) -> str:
    """What the package is called: by what the year's returns are."""
    return texts("oppna.titel", title=results.data.year.spec.title, year=results.year)


@dataclass(frozen=True, slots=True)
class Resource:
    """A table as a file. A `swedish` one is as a Swedish Excel opens it: semicolons, decimal comma,
    a mark of UTF-8; any other as RFC 4180 has it, with what is missing left empty."""

    name: str
    path: str
    title: str
    fields: Sequence[Descriptor]
    rows: Sequence[Sequence[str]]
    description: str = ""
    keys: Sequence[str] = ()
    refers: Sequence[tuple[str, str, str]] = field(default_factory=tuple)
    swedish: bool = False

    @property
    def data(self) -> bytes:
        """The file."""
        target = io.StringIO(newline="")
        delimiter = ";" if self.swedish else ","
        writer = csv.writer(target, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(guarded(one["name"]) for one in self.fields)
        for row in self.rows:
            writer.writerow(map(guarded, row))
        # Without the mark a Swedish Excel breaks å, ä and ö; other programs take it for a letter.
        return target.getvalue().encode("utf-8-sig" if self.swedish else "utf-8")

    @property
    def described(self) -> Descriptor:
        """What the descriptor says of it."""
        schema: Descriptor = {
            "fields": list(self.fields),
            "missingValues": list(MISSING) if self.swedish else [""],
        }
        if self.keys:
            schema["primaryKey"] = list(self.keys)
        if self.refers:
            schema["foreignKeys"] = [
                {"fields": own, "reference": {"resource": resource, "fields": other}}
                for own, resource, other in self.refers
            ]
        told: Descriptor = {
            "profile": "tabular-data-resource",
            "name": self.name,
            "path": self.path,
            "title": self.title,
            "description": self.description,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8-sig" if self.swedish else "utf-8",
            "dialect": {"delimiter": ";" if self.swedish else ",", "lineTerminator": "\r\n"},
            "schema": schema,
        }
        return {name: value for name, value in told.items() if value != ""}
