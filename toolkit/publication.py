"""What the report can be besides one Word file: a report for each county."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.codelists import Code
from toolkit.export.ekonomi import Finance
from toolkit.publish import publish
from toolkit.report.county import write_county
from toolkit.tables import Money
from toolkit.word import render_report
from toolkit.workspace import Workspace, county_file


def write_counties(space: Workspace, finance: Finance, counties: Sequence[Code]) -> list[Path]:
    """`<code>-<name>-rapport.docx` for each county. Raises TemplateError."""
    money = Money(finance.data, finance.verdicts, finance.series)
    template = finance.data.year.path("rapport.docx")
    written = []
    for county in counties:
        name = f"{Path(county_file(county)).stem}-rapport.docx"
        written.append(publish(space.outputs / name, render_report(write_county(money, county.code), template)))
    return written
