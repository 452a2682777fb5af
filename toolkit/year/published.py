"""The report's tables as data, beside it: written with it, read again by the audit, and taken away
with it."""

from __future__ import annotations

import json
from pathlib import Path

from toolkit.analysis.results import YearResults
from toolkit.disclosure.datafiles import publication_of_data, rows_of_csv
from toolkit.disclosure.published import House, Publication, PublishedTable
from toolkit.export.published.package import DESCRIPTOR, write_package
from toolkit.files.atomic import publish, withdraw
from toolkit.files.regular import everything_in
from toolkit.report.blocks import Figure
from toolkit.report.prose import Report
from toolkit.word.read.sheets import sheets_of
from toolkit.year.workspace import Workspace


def publish_data(space: Workspace, known: YearResults, report: Report) -> None:
    """The data package of a report. A file of an earlier one that is not in this is taken away."""
    tables = [block.table for block in report.blocks if isinstance(block, Figure)]
    files = write_package(known, tables, report.remark)
    kept = {publish(space.packaged(name), data) for name, data in files.items()}
    for path in everything_in(space.package):
        if path not in kept:
            withdraw(path)


def withdraw_data(space: Workspace) -> None:
    """Take all of it away."""
    for path in everything_in(space.package):
        withdraw(path)


def descriptor_of(space: Workspace) -> Path:
    """The file that describes the others."""
    return space.packaged(DESCRIPTOR)


def published_data(space: Workspace, house: House) -> Publication:
    """All that is published as data, as it lies there."""
    sheets: list[PublishedTable] = []
    titles = _titles(space)
    texts: list[str] = []
    for path in everything_in(space.package):
        data = path.read_bytes()
        if path.suffix == ".csv":
            titled = titles.get(path.relative_to(space.package).as_posix(), "")
            sheets.append(PublishedTable(rows_of_csv(data), [[titled, path.stem]]))
        elif path.suffix == ".xlsx":
            sheets += sheets_of(data)
        else:
            texts += data.decode("utf-8-sig").splitlines()
    return publication_of_data(space.year, space.shown(space.package), sheets, texts, house)


def _titles(space: Workspace) -> dict[str, str]:
    """What the described files are called, by their paths in the package."""
    path = descriptor_of(space)
    told = json.loads(path.read_bytes()) if path.is_file() else {}
    return {one["path"]: one.get("title", "") for one in told.get("resources", ())}
