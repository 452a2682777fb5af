"""Pictures of the example report for docs/rapporten.md: the pages on which its parts stand, as LibreOffice draws them.

Needs LibreOffice and poppler. Run from the root of the project: .venv/bin/python docs/make_report_pictures.py"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from toolkit.analysis.appropriations import read_series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.results import YearResults
from toolkit.checks.file import judge
from toolkit.report import write_report
from toolkit.spec.load import load_year
from toolkit.word import render_report
from toolkit.word.pdf import make_pdf
from toolkit.year.documents import alternatives
from toolkit.year.issue import issue_of
from toolkit.year.workspace import Workspace

ROOT = Path(__file__).parents[1]
DOTS = "55"
PAGES = {
    "omslag": "Exempelrapport. Alla belopp",
    "tryckort": "Dnr [diarienummer fylls i]",
    "innehall": "1. Genomförande.....",
    "fotnoter": "2. UPPDRAG, MÅL OCH RESURSER",
    "diagram": "Figur 2. ",
    "karta": "Figur 3. ",
    "staplar": "Figur 4. ",
    "text": "3.7. FÖREBYGGANDE ARBETE",
    "referenser": "REFERENSER",
    "matris": "FRÅN LÄGESBILD TILL RESULTAT",
    "liggande": "INDIKATORER LÄN FÖR LÄN",
    "lan": "Stockholm i korthet",
}
"""What stands on each page that is shown, by the picture's name."""


def report() -> bytes:
    """The example report as PDF."""
    year = load_year(ROOT / "templates", 2020)
    paths = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
    data = merge(year, [judge(path.read_bytes(), path.name, {2020: year}) for path in paths])
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    money = YearResults(data, earmark_verdicts(data, year.spec.earmarks[0]), series)
    made = write_report(money, issue=issue_of(Workspace(ROOT, 2020)))
    document = render_report(made, year.path("rapport.docx"))
    return make_pdf(document, alternatives(document))


def main() -> None:
    """One picture for each part, named after it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rapport.pdf"
        path.write_bytes(report())
        read = ["pdftotext", "-layout", str(path), "-"]
        text = subprocess.run(
            read, check=True, capture_output=True, text=True, encoding="utf-8"
        ).stdout
        pages = [" ".join(page.split()) for page in text.split("\f")]
        for name, words in PAGES.items():
            number = str(1 + next(n for n, page in enumerate(pages) if words in page))
            page = ["-f", number, "-l", number, "-singlefile", "-r", DOTS]
            target = str(ROOT / f"docs/bilder/rapport-{name}")
            subprocess.run(["pdftoppm", "-png", *page, str(path), target], check=True)


if __name__ == "__main__":
    main()
