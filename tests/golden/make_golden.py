"""Writes the golden texts of the example report anew. Run from the root: .venv/bin/python -m tests.golden.make_golden"""

from __future__ import annotations

from pathlib import Path

from tests.golden.parts import chapters_of, frame_of
from toolkit.analysis.appropriations import read_series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.results import YearResults
from toolkit.checks.file import judge
from toolkit.report import write_report
from toolkit.spec.load import load_year
from toolkit.word import render_report
from toolkit.year.issue import issue_of
from toolkit.year.workspace import Workspace

ROOT = Path(__file__).parents[2]


def main() -> None:
    """One file for each chapter, and one for what Word adds."""
    year = load_year(ROOT / "templates", 2020)
    paths = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
    data = merge(year, [judge(path.read_bytes(), path.name, {2020: year}) for path in paths])
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    results = YearResults(data, earmark_verdicts(data, year.spec.earmarks[0]), series)
    report = write_report(results, issue=issue_of(Workspace(ROOT, 2020)))
    frame = frame_of(render_report(report, year.path("rapport.docx")))
    for name, text in {**chapters_of(report), "ramen": frame}.items():
        (ROOT / f"tests/golden/{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
