"""The filling-in guide begins with the page that the counties are given: the same words as docs/lan.md."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from tests.report.first_page import PAGE, TEXTS, first_page, written
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Heading, Paragraph, Text
from toolkit.report.chapters import ReportError
from toolkit.report.guide import write_guide
from toolkit.spec.load import load_year


@pytest.fixture(scope="module")
def year():
    return load_year(ROOT / "templates", 2020)


def words(block):
    if isinstance(block, Heading):
        return block.text.split()
    if not isinstance(block, Paragraph):
        return []
    return "".join(run.text for run in block.runs if isinstance(run, Text)).split()


class DescribeTheFirstPageOfTheGuide:
    def it_is_the_page_for_counties(self):
        text = TEXTS.read_text(encoding="utf-8")
        assert written(text) == text

    def it_is_what_the_guide_begins_with(self, year):
        blocks = write_guide(year).blocks
        last = [*map(words, blocks)].index(["Läs", "mig"])
        own = [word for block in blocks[:last] for word in words(block)]
        page = [word for word in first_page().replace("**", "").split() if word.strip("#-")]
        assert [word for word in own if word != "–"] == page
        assert " ".join(page[:6]) == "Fyll i arbetsboken på tjugo minuter"

    def it_has_all_headings_of_the_page_in_its_contents(self, year):
        heads = [one.text for one in write_guide(year).blocks if isinstance(one, Heading)]
        shown = [
            re.sub(r"^#+ (\d\. )?", "", line)
            for line in PAGE.read_text("utf-8").split("\n")
            if line.startswith("#")
        ]
        assert heads[: len(shown)] == shown

    def it_leads_to_no_page_that_the_county_does_not_have(self, year):
        said = " ".join(
            word
            for block in write_guide(year).blocks
            if isinstance(block, Paragraph)
            for word in words(block)
        )
        assert ".md" not in said

    def it_is_left_out_where_an_agency_has_none(self, year):
        known = year.texts("anvisning")
        bare = Texts(
            known.name, {key: text for key, text in known.entries.items() if key != "forst"}
        )
        other = replace(year, known={**year.known, "anvisning": bare})
        assert write_guide(other).blocks[0] == Heading(1, "Läs mig")

    def it_says_where_its_markup_has_no_place(self, year):
        known = year.texts("anvisning")
        wrong = Texts(known.name, {**known.entries, "forst": "Text med `kod`."})
        with pytest.raises(ReportError, match=r"anvisning.yaml \(forst\), rad 1"):
            write_guide(replace(year, known={**year.known, "anvisning": wrong}))
