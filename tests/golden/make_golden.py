"""Writes the golden texts of the example report anew. Run from the root: .venv/bin/python tests/golden/make_golden.py"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from golden.parts import chapters_of, frame_of  # noqa: E402
from toolkit.appropriations import read_series  # noqa: E402
from toolkit.judge import judge  # noqa: E402
from toolkit.merge import merge  # noqa: E402
from toolkit.reconcile import earmark_verdicts  # noqa: E402
from toolkit.report import write_report  # noqa: E402
from toolkit.specfile import load_year  # noqa: E402
from toolkit.tables import Money  # noqa: E402
from toolkit.word import render_report  # noqa: E402


def main() -> None:
    """One file for each chapter, and one for what Word adds."""
    year = load_year(ROOT / "templates", 2020)
    paths = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
    data = merge(year, [judge(path.read_bytes(), path.name, {2020: year}) for path in paths])
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    report = write_report(Money(data, earmark_verdicts(data, year.spec.earmarks[0]), series))
    frame = frame_of(render_report(report, year.path("rapport.docx")))
    for name, text in {**chapters_of(report), "ramen": frame}.items():
        (ROOT / f"tests/golden/{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
