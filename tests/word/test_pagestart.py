"""Which chapters begin a page: those that come after a page that is more than half full."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from tests.conftest import ROOT
from toolkit.report.blocks import Heading, Paragraph, Text
from toolkit.word import render_report
from toolkit.word.write.pagestart import PageStart

TEMPLATE = ROOT / "templates/2020/rapport.docx"
SHORT = Paragraph((Text("En mening som ryms på en rad."),))
LONG = Paragraph((Text("ord " * 500),))


@pytest.fixture
def turned(example_report):
    def of(*blocks, what=lambda one: one.text):
        """The headings that are not told to stay on the page of what stands above them."""
        made = docx.Document(
            io.BytesIO(render_report(replace(example_report, blocks=blocks), TEMPLATE))
        )
        headings = [one for one in made.paragraphs if one._p.xpath("./w:bookmarkStart")]
        stays = "./w:pPr/w:pageBreakBefore[@w:val='0']"
        return [what(one) for one in headings if not one._p.xpath(stays)]

    return of


def chapter(text):
    return Heading(1, text, numbered=False)


class DescribeChapters:
    def it_lets_one_follow_on_a_short_one(self, turned):
        blocks = (chapter("Förord"), SHORT, chapter("Sammanfattning"), SHORT)
        assert turned(*blocks) == ["Förord"]

    def it_begins_a_page_after_a_long_one_and_after_two_that_fill_half_a_page(self, turned):
        assert turned(chapter("Ett"), LONG, chapter("Två"), SHORT) == ["Ett", "Två"]
        twelve = [SHORT] * 6
        blocks = (chapter("Ett"), *twelve, chapter("Två"), *twelve, chapter("Tre"))
        assert turned(*blocks) == ["Ett", "Tre"]

    def it_lets_a_part_without_number_follow_on_the_lines_above_it(self, turned):
        part = Heading(2, "Del", numbered=False)
        assert turned(chapter("Bilaga"), SHORT, part, LONG) == ["Bilaga"]
        assert turned(chapter("Bilaga"), LONG, part, LONG) == ["Bilaga", "Del"]

    def it_takes_a_page_with_a_table_or_a_drawing_to_be_full(self, example_report):
        page = PageStart()
        page.open(chapter("Ett"), begins=True)
        assert page.is_short
        drawn = next(
            one for one in example_report.blocks if not isinstance(one, Heading | Paragraph)
        )
        page.fill(drawn)
        assert not page.is_short

    def it_begins_none_with_one_of_many_alike(self, turned):
        alike = Heading(2, "Skåne", numbered=False, listed=False)
        [style] = turned(chapter("Bilaga"), LONG, alike, LONG, what=lambda one: one.style.name)[1:]
        assert style == "Heading 3"
