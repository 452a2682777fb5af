"""The example report part by part, as it is to read: a change shows as a difference of lines.

When a change is meant, run `.venv/bin/python -m tests.golden.make_golden` and read the difference."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from tests.golden.parts import chapters_of, frame_of

GOLDEN = ROOT / "tests/golden"
PARTS = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.fixture(scope="module")
def parts(example_report, example_document):
    return {**chapters_of(example_report), "ramen": frame_of(example_document)}


def it_has_a_file_for_every_part(parts):
    assert sorted(parts) == PARTS


@pytest.mark.parametrize("part", PARTS)
def it_is_as_it_was(parts, part):
    assert (
        parts[part].splitlines()
        == (GOLDEN / f"{part}.txt").read_text(encoding="utf-8").splitlines()
    )


def it_is_shown_page_by_page_in_the_docs():
    shown = set(
        re.findall(
            r"bilder/(rapport-\w+\.png)", (ROOT / "docs/rapporten.md").read_text(encoding="utf-8")
        )
    )
    assert shown == {path.name for path in (ROOT / "docs/bilder").glob("rapport-*.png")}
