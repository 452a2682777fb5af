"""The pages for developers: links and places in them exist, and decisions have one form."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from tests.conftest import ROOT

DECISIONS = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
PAGES = [
    ROOT / "ARCHITECTURE.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "docs/libraries.md",
    ROOT / "docs/ny-insamling.md",
    ROOT / "docs/sarredovisning.md",
    ROOT / "docs/decisions/README.md",
    *DECISIONS,
]
PARTS = ["Decided", "Why", "Measured", "Rejected", "Where"]


def _name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", PAGES, ids=_name)
class DescribeAPage:
    def it_leads_to_pages_that_exist(self, path):
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).exists(), link

    def it_names_places_that_exist(self, path):
        text = path.read_text(encoding="utf-8")
        made = set(re.findall(r"^(?:A new file|Filen) `([^`]+)`", text, re.MULTILINE))
        for place in re.findall(r"`((?:toolkit|templates|tests|docs|benchmarks)/[\w./-]+)`", text):
            assert (ROOT / place).exists() or place in made, place


@pytest.mark.parametrize("path", DECISIONS, ids=_name)
class DescribeADecision:
    def it_says_what_why_and_what_else(self, path):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == PARTS

    def it_is_short_and_listed(self, path):
        text = path.read_text(encoding="utf-8")
        title = re.match(r"# (\d+)\. (.+)", text)
        index = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
        assert f"| {title[1]} | [{title[2]}]({path.name}) |" in index
        assert len(text.splitlines()) <= 60


class DescribeTheTableOfVerdicts:
    def it_is_the_codes_own(self):
        made = runpy.run_path(str(ROOT / "docs/make_verdicts.py"))
        assert (ROOT / "docs/sarredovisning.md").read_text(encoding="utf-8") == made["page"]()
