"""The example report part by part, as it is to read: a change shows as a difference of lines.

When a change is meant, run `.venv/bin/python tests/golden/make_golden.py` and read the difference."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT
from golden.parts import chapters_of, frame_of

from toolkit.appropriations import read_series
from toolkit.reconcile import earmark_verdicts
from toolkit.report import write_report
from toolkit.tables import Money
from toolkit.word import render_report

GOLDEN = ROOT / "tests/golden"
PARTS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.fixture(scope="module")
def parts(example):
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    report = write_report(Money(example, earmark_verdicts(example, example.year.spec.earmarks[0]), series))
    document = render_report(report, ROOT / "templates/2020/rapport.docx")
    return {**chapters_of(report), "ramen": frame_of(document)}


def it_has_a_file_for_every_part(parts):
    assert sorted(parts) == PARTS


@pytest.mark.parametrize("part", PARTS)
def it_is_as_it_was(parts, part):
    assert parts[part].splitlines() == (GOLDEN / f"{part}.txt").read_text(encoding="utf-8").splitlines()


def it_is_shown_page_by_page_in_the_docs():
    shown = set(re.findall(r"bilder/(rapport-\w+\.png)", (ROOT / "docs/rapporten.md").read_text(encoding="utf-8")))
    assert shown == {path.name for path in (ROOT / "docs/bilder").glob("rapport-*.png")}
