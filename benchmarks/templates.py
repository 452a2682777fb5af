"""`python -m benchmarks.templates`: the 21 templates beside xlsxwriter writing the same cells bare.

Bare: the same texts, numbers and formulas in the same cells of the same sheets, without formats,
drop-downs, colours, names or protection. Time a file and peak memory, each in a fresh process, best
of three."""

from __future__ import annotations

import argparse
import io
import json
import pickle
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from benchmarks.steps import peak_memory
from toolkit.spec.load import Year, load_year
from toolkit.template import write_template

BEST_OF = 3
ROOT = Path(__file__).parents[1]
Cells = dict[str, list[tuple[int, int, Any]]]


def main() -> None:
    """Write down the cells of a template, measure both, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.templates", description=__doc__)
    parser.add_argument("--step", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        step(*given.step)
        return
    with tempfile.TemporaryDirectory(prefix="lansrapport-bench-") as folder:
        path = Path(folder) / "cells.pickle"
        cells, size = cells_of_a_template()
        path.write_bytes(pickle.dumps(cells))
        ours, bare = measure("ours", path), measure("bare", path)
    count = sum(map(len, cells.values()))
    print(
        f"{ours['files']} templates of {size / 1000:.0f} kB, {count} cells each, best of {BEST_OF}."
    )
    print(
        f"a file: {ours['seconds'] / ours['files']:.2f} s; bare {bare['seconds'] / bare['files']:.2f} s"
    )
    print(
        f"ratio: time {ours['seconds'] / bare['seconds']:.2f}, peak memory {ours['memory'] / bare['memory']:.2f}"
    )


def cells_of_a_template() -> tuple[Cells, int]:
    """Every cell that holds something, by sheet, and the size of the file in bytes."""
    year = load_year(ROOT / "templates", 2020)
    data = _template(year, "12")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(_held(sheet)) for sheet in book}, len(data)


def _held(sheet: Any) -> Iterator[tuple[int, int, Any]]:
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
        yield cell.row - 1, cell.column - 1, getattr(cell.value, "text", cell.value)


def _template(year: Year, county: str) -> bytes:
    return write_template(year.spec, year.spec.lists["lan"].by_code[county], year.texts("mall"))


def measure(what: str, path: Path) -> dict[str, float]:
    """The best time and the lowest peak of some runs, each in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.templates", "--step", what, str(path)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
        for _ in range(BEST_OF)
    ]
    return {name: min(one[name] for one in runs) for name in runs[0]}


def step(what: str, path: str) -> None:
    """One measured run, in this process."""
    cells: Cells = pickle.loads(Path(path).read_bytes())
    year = load_year(ROOT / "templates", 2020)
    counties = [code.code for code in year.spec.counties]
    start = time.perf_counter()
    for county in counties:
        _template(year, county) if what == "ours" else _bare(cells)
    spent = time.perf_counter() - start
    print(json.dumps({"seconds": spent, "memory": peak_memory(), "files": len(counties)}))


def _bare(cells: Cells) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name, held in cells.items():
        sheet = book.add_worksheet(name)
        for row, column, value in held:
            sheet.write(row, column, value)
    book.close()
    return target.getvalue()


if __name__ == "__main__":
    main()
