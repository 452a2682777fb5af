"""`python -m benchmarks.report [--small]`: a report of 250 pages, 400 footnotes and a table of
5,000 rows.

Ours beside docxtpl rendering the same table and python-docx's own calls making the same table and
the same text. Each in a fresh process, best of three; without imports. docxtpl is no dependency
(its licence is the LGPL): install it by hand, else a dash stands in its line."""

from __future__ import annotations

import argparse
import importlib.util
import io
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.steps import peak_memory
from toolkit.analysis.table import Column, Table
from toolkit.report.blocks import Block, Figure, Heading, Note, Paragraph, Text
from toolkit.report.prose import Report
from toolkit.spec.load import load_year
from toolkit.word import render_report

BEST_OF = 3
ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "templates/2020/rapport.docx"
CHAPTERS, SECTIONS, PARAGRAPHS, NOTES, ROWS = 20, 5, 6, 4, 5_000
HEADS = ("Id", "Län", "Aktivitet", "Typ", "Våldsform", "Status", "Kod", "Utfall")
COUNTIES = (
    "Stockholm",
    "Uppsala",
    "Södermanland",
    "Östergötland",
    "Västra Götaland",
    "Jämtland",
    "Norrbotten",
)
WORDS = (
    "Länsstyrelsen har under året genomfört insatser som vänder sig till kommuner, myndigheter och ideella "
    "organisationer i länet, och uppger att samverkan har fördjupats. Samtidigt är det svårt att säga vilka effekter "
    "som insatserna har fått, eftersom få av dem följs upp med annat än den egna upplevelsen av arbetet. "
)
STEPS = ("whole", "table", "table docxtpl", "table python-docx", "text", "text python-docx")


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=__doc__)
    parser.add_argument(
        "--small", action="store_true", help="a tenth of the document, once, for a quick look"
    )
    parser.add_argument("--step", nargs=2, metavar=("WHAT", "PART"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        step(given.step[0], int(given.step[1]))
        return
    part, times = (10, 1) if given.small else (1, BEST_OF)
    found = {
        name: measure(name, part, times)
        for name in STEPS
        if name != "table docxtpl" or _has_docxtpl()
    }
    spin = min(one["spin"] for one in found.values())
    print(
        f"best of {times}; known work: {spin:.2f} s. Time by the clock (of the processor), ratio, peak, size."
    )
    for name in STEPS:
        print(line(name, found))
    whole = found["whole"]
    print(
        f"whole: {whole['pages']:.0f} pages, {whole['notes']:.0f} footnotes, {ROWS // part} rows in the table"
    )


def _has_docxtpl() -> bool:
    return importlib.util.find_spec("docxtpl") is not None


def line(name: str, found: dict[str, dict[str, float]]) -> str:
    """Time, memory and size of one step, and its time as a ratio to ours of the same content."""
    if name not in found:
        return f"{name:20}{'–':>8}   not installed: pip install docxtpl==0.20.2"
    one, own = found[name], found[name.split()[0]]
    ratio = f"{one['seconds'] / own['seconds']:8.1f}" if name != name.split()[0] else f"{1:8.1f}"
    times = f"{one['seconds']:8.2f} s ({one['processor']:.2f})"
    return f"{name:20}{times}{ratio}{one['memory'] / 1024:8.0f} MB{one['size'] / 1000:8.0f} kB"


def measure(what: str, part: int, times: int) -> dict[str, float]:
    """The lowest of everything in some runs, each in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.report", "--step", what, str(part)]
    runs = [
        json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
        for _ in range(times)
    ]
    return {name: min(one[name] for one in runs) for name in runs[0]}


def step(what: str, part: int) -> None:
    """One measured run in this process, after a loop that tells how busy the machine is."""
    work = {
        "whole": whole, "table": table_by_toolkit, "table docxtpl": table_by_docxtpl, "text": text_by_toolkit,
        "table python-docx": table_by_python_docx, "text python-docx": text_by_python_docx,
    }[what](part)  # fmt: skip
    spin = _spin()
    clock, processor = time.perf_counter(), time.process_time()
    made = work()
    spent = {"seconds": time.perf_counter() - clock, "processor": time.process_time() - processor}
    peak = peak_memory()
    print(json.dumps({**spent, "spin": spin, "memory": peak, "size": len(made), **_counted(made)}))


def _spin() -> float:
    started = time.perf_counter()
    sum(n * n for n in range(2_000_000))
    return time.perf_counter() - started


def _counted(made: bytes) -> dict[str, float]:
    """Pages by the report's own estimate, and footnotes."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        notes = (
            package.read("word/footnotes.xml")
            if "word/footnotes.xml" in package.namelist()
            else b""
        )
        footers = [
            package.read(name).decode()
            for name in package.namelist()
            if name.startswith("word/footer")
        ]
    counts = [
        footer.rpartition("NUMPAGES")[2].partition("<w:t")[2]
        for footer in footers
        if "NUMPAGES" in footer
    ]
    pages = int(counts[0].partition(">")[2].partition("<")[0]) if counts else 0
    return {"pages": pages, "notes": notes.count(b"<w:footnoteRef/>")}


def table(part: int) -> Table:
    """The rows that everybody writes: invented, the same every time."""
    columns = tuple(Column(head, number=head == "Utfall") for head in HEADS)
    return Table(
        "lang",
        "Alla aktiviteter",
        columns,
        tuple(_row(n) for n in range(ROWS // part)),
        "Påhittade uppgifter",
    )


def _row(n: int) -> tuple[str, ...]:
    county = COUNTIES[n % len(COUNTIES)]
    return (
        f"A{n}",
        county,
        f"Utbildning nummer {n}",
        "Utbildning",
        "Prostitution",
        "Avslutad",
        "PM",
        f"{n * 1337}",
    )


def prose(part: int) -> list[Block]:
    """Chapters with sections of paragraphs, and footnotes."""
    blocks: list[Block] = []
    for chapter in range(max(1, CHAPTERS // part)):
        blocks.append(Heading(1, f"Kapitel {chapter}"))
        for section in range(SECTIONS):
            blocks.append(Heading(2, f"Avsnitt {section} om arbetet i länen"))
            blocks += [_paragraph(n) for n in range(PARAGRAPHS)]
    return blocks


def _paragraph(number: int) -> Paragraph:
    words = Text(WORDS * 2)
    if number >= NOTES:
        return Paragraph((words,))
    return Paragraph(
        (words, Note((Text("Länsstyrelsen Stockholm, 2021. Uppgifterna är påhittade."),)))
    )


def _report(blocks: list[Block]) -> Report:
    return Report(2020, tuple(blocks), load_year(ROOT / "templates", 2020).texts("rapport"))


def whole(part: int) -> Callable[[], bytes]:
    """Cover, contents with page numbers, chapters, notes and the table."""
    report = _report([*prose(part), Heading(1, "Bilaga", numbered=False), Figure(table(part))])
    return lambda: render_report(report, TEMPLATE)


def table_by_toolkit(part: int) -> Callable[[], bytes]:
    """A report of nothing but the table."""
    report = _report([Heading(1, "Bilaga", numbered=False), Figure(table(part))])
    return lambda: render_report(report, TEMPLATE)


def text_by_toolkit(part: int) -> Callable[[], bytes]:
    """The chapters without the table."""
    report = _report(prose(part))
    return lambda: render_report(report, TEMPLATE)


def table_by_docxtpl(part: int) -> Callable[[], bytes]:
    """The table with one row in a loop, as docxtpl's manual has it."""
    import docx
    from docxtpl import DocxTemplate

    model = docx.Document()
    made = model.add_table(4, len(HEADS))
    for number, head in enumerate(HEADS):
        made.rows[0].cells[number].text = head
        made.rows[2].cells[number].text = f"{{{{ rad[{number}] }}}}"
    made.rows[1].cells[0].text, made.rows[3].cells[0].text = (
        "{%tr for rad in rader %}",
        "{%tr endfor %}",
    )
    path = Path(tempfile.mkstemp(suffix=".docx")[1])
    model.save(str(path))
    rows = table(part).rows

    def work() -> bytes:
        template = DocxTemplate(path)
        template.render({"rader": rows}, autoescape=True)
        return _saved(template, path)

    return work


def _saved(document: Any, path: Path | None = None) -> bytes:
    target = io.BytesIO()
    document.save(target)
    if path is not None:
        path.unlink()
    return target.getvalue()


def table_by_python_docx(part: int) -> Callable[[], bytes]:
    """The table made of all its rows at once, each filled by `row.cells`: the fastest of the
    library's own ways."""
    import docx

    shown = table(part)

    def work() -> bytes:
        document = docx.Document(str(TEMPLATE))
        made = document.add_table(len(shown.rows) + 1, len(HEADS), style="Tabell")
        for row, texts in zip(made.rows, (HEADS, *shown.rows), strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return _saved(document)

    return work


def text_by_python_docx(part: int) -> Callable[[], bytes]:
    """Headings and paragraphs; the library can make no footnotes, so their text stands in the
    paragraph."""
    import docx

    blocks = prose(part)

    def work() -> bytes:
        document = docx.Document(str(TEMPLATE))
        for block in blocks:
            if isinstance(block, Heading):
                document.add_heading(block.text, block.level)
            elif isinstance(block, Paragraph):
                made = document.add_paragraph()
                for item in block.runs:
                    made.add_run(item.runs[0].text if isinstance(item, Note) else item.text)
        return _saved(document)

    return work


if __name__ == "__main__":
    main()
