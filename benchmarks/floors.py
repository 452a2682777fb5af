"""`python -m benchmarks.floors`: where the processor's time of `run` goes on the example year, part by part, and each part's floor.

A floor is the least that anybody would do for the same bytes: reading is python-calamine alone, marking is the package unpacked
and packed again, a workbook is its own cells written by xlsxwriter with no format, a report is its package parsed by lxml and
packed again, a ledger is its lines split by the csv module. Everything in this one process, one file after the other; of the blank workbooks three
are made and counted as 21. Starting, and copying of processes, is not in it; it is in the last line, which is `run_year` itself
in a working folder of its own, without a memory, child processes included."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from lxml import etree
from python_calamine import CalamineWorkbook

from benchmarks.processor import spent
from toolkit.annotate import mark_in_place
from toolkit.annotate.own_copy import supplement_of
from toolkit.checks.file import judge
from toolkit.files.zip import read_package, write_package
from toolkit.ledger.chart import read_chart
from toolkit.ledger.files import read_ledger
from toolkit.template import write_template
from toolkit.year.inputs import Checked, Inputs
from toolkit.year.merging import merge_all, write_merge
from toolkit.year.money import examine_money, write_memos, write_money
from toolkit.year.report import write_report
from toolkit.year.run import run_year
from toolkit.year.status import publish_status, status_of
from toolkit.year.submissions import in_company
from toolkit.year.workspace import Workspace

ROOT = Path(__file__).parents[1]
YEAR, MADE, ALL = 2020, 3, 21


class Measured(NamedTuple):
    """A part, its seconds, and those of its floor; None where it has none."""

    part: str
    seconds: float
    floor: float | None


def took(work: Callable[[], Any]) -> tuple[Any, float]:
    """What a piece of work gives, and the processor's seconds."""
    before = time.process_time()
    given = work()
    return given, time.process_time() - before


def measured(root: Path) -> Iterator[Measured]:
    """Every part in the order of `run`, in a working folder of its own."""
    inputs = Inputs(Workspace(root, YEAR))
    year, space = inputs.year, inputs.space
    texts, few = year.texts("mall"), year.spec.counties[:MADE]
    write_template(year.spec, few[0], texts, None, look="prefilled")  # what is made once
    blanks, made = took(
        lambda: [write_template(year.spec, one, texts, None, look="prefilled") for one in few]
    )
    yield Measured("tomma arbetsböcker", made * ALL / MADE, bare(blanks) * ALL / MADE)
    files = [(path.read_bytes(), path.name) for path in space.submissions()]
    found, read = took(lambda: [judge(data, name, {YEAR: year}) for data, name in files])
    yield Measured(
        "läsa och kontrollera", read, took(lambda: [cells(data) for data, _ in files])[1]
    )
    told = year.texts("aterkoppling")
    pairs = list(zip(files, found, strict=True))
    _, marked = took(
        lambda: [
            mark_in_place(data, one.findings, told, supplement_of(one, ""))
            for (data, _), one in pairs
        ]
    )
    yield Measured("markera", marked, took(lambda: [repacked(data) for data, _ in files])[1])
    checked = [Checked(Path(name), data, one) for (data, name), one in pairs]
    _, beside = took(lambda: in_company(inputs, year, checked))
    data, merged = took(lambda: merge_all(year, found))
    yield Measured("jämföra och slå ihop", beside + merged, None)
    _, written = took(lambda: write_merge(space, data))
    yield Measured("sammanställning och csv", written, bare([space.merged.read_bytes()]))
    chart, ledgers = read_chart(year), space.ledgers()
    _, booked = took(
        lambda: [
            read_ledger(one.read_bytes(), one.name, chart, year.spec.counties)
            for one in ledgers
            if one.suffix == ".csv"
        ]
    )
    yield Measured(
        "huvudböcker (csv)",
        booked,
        took(lambda: [split(one) for one in ledgers if one.suffix == ".csv"])[1],
    )
    (finance, _), examined = took(lambda: examine_money(inputs, data))
    _, book = took(lambda: write_money(inputs, finance))
    yield Measured("pröva pengarna", examined, None)
    yield Measured("ekonomens arbetsbok", book, bare([space.finance.read_bytes()]))
    memos, wrote = took(lambda: write_memos(space, finance))
    yield Measured(
        "brev om pengar", wrote, took(lambda: [parsed(one.read_bytes()) for one in memos])[1]
    )
    _, status = took(lambda: publish_status(inputs, status_of(inputs, data, finance.verdicts)))
    yield Measured("läget", status, bare([space.status.read_bytes()]))
    _, report = took(lambda: write_report(space, finance))
    floor = took(lambda: parsed(space.report.read_bytes()))[1] + bare(
        [space.derivation.read_bytes()]
    )
    yield Measured("rapport, underlag, data", report, floor)


def cells(data: bytes) -> list[list[list[Any]]]:
    """A workbook's cells, and nothing more."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [
        book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names
    ]


def bare(books: list[bytes]) -> float:
    """The seconds that xlsxwriter takes for the cells of some workbooks."""
    held = list(map(cells, books))
    return took(lambda: list(map(_written, held)))[1]


def _written(sheets: list[list[list[Any]]]) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(
                        number,
                        column,
                        value if isinstance(value, (int, float, str)) else str(value),
                    )
    book.close()


def repacked(data: bytes) -> bytes:
    return write_package(read_package(data).items())


def parsed(data: bytes) -> bytes:
    parts = read_package(data)
    return write_package(
        (name, etree.tostring(etree.fromstring(part)) if name.endswith(".xml") else part)
        for name, part in parts.items()
    )


def split(path: Path) -> int:
    with path.open(encoding="utf-8", errors="replace", newline="") as source:
        return sum(len(row) for row in csv.reader(source, delimiter=";"))


def example(root: Path) -> Path:
    """The example year in a folder of its own."""
    for part in ("templates", f"inputs/{YEAR}"):
        shutil.copytree(ROOT / part, root / part)
    return root


def story(root: Path) -> float:
    """The seconds of all of it, as the command has it done."""
    before = spent()
    run_year(Inputs(Workspace(root, YEAR)))
    return spent() - before


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory(prefix="lansrapport-floors-") as folder:
        found = list(measured(example(Path(folder) / "delar")))
        told = story(example(Path(folder) / "hela"))
    whole = sum(one.seconds for one in found)
    print(
        f"| {'Del':26} | {'s':>6} | {'andel':>5} | {'golv':>6} | {'kvot':>5} |\n|---|--:|--:|--:|--:|"
    )
    for one in found:
        floor, ratio = (
            ("–", "–") if not one.floor else (f"{one.floor:.2f}", f"{one.seconds / one.floor:.1f}")
        )
        print(
            f"| {one.part:26} | {one.seconds:6.2f} | {one.seconds / whole:5.0%} | {floor:>6} | {ratio:>5} |".replace(
                ".", ","
            )
        )
    print(f"| {'allt':26} | {whole:6.2f} |       |        |       |".replace(".", ","))
    print(f"| {'run_year':26} | {told:6.2f} |       |        |       |".replace(".", ","))


if __name__ == "__main__":
    main()
