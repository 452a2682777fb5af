"""What of a chapter is printed of data is a run of its own, with a tag that stays when other things change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.report import write_report
from toolkit.report.blocks import Heading, Note, Paragraph, Text
from toolkit.report.livetext import Pieces, named_unsigned, signed, unsigned
from toolkit.report.tracing import COUNTED, TOLD

CHAPTER = "04-iakttagelser.md.j2"


@pytest.fixture
def chapters(templates, year):
    """The year with a chapter of its own in the place of one of the report's; the runs of its first paragraphs."""

    def write(results, text):
        path = templates / "2020/report" / CHAPTER
        path.write_text(f"# Prov {{prov}}\n\n{text}\n", encoding="utf-8")
        own = replace(year, folders=(templates / "2020",))
        known = replace(results, data=replace(results.data, year=own))
        blocks = write_report(known).blocks
        start = next(
            n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.name == "prov"
        )
        return [one for one in blocks[start + 1 : start + 8] if isinstance(one, Paragraph)]

    return write


class DescribeSigns:
    def it_divides_a_text_into_what_is_live_and_what_is_not(self):
        text = f"Av {signed('294', 0)} gäller {signed('140', 1)}."
        assert list(Pieces(["a", "b"]).of(text)) == [
            ("Av ", ""), ("294", "a"), (" gäller ", ""), ("140", "b"), (".", ""),
        ]  # fmt: skip

    def it_keeps_a_footnote_a_footnote(self):
        made = signed("^[Tre län saknas.]", 0)
        assert made.startswith("^[") and made.endswith("]")
        assert unsigned(made) == "^[Tre län saknas.]"

    def it_is_not_in_the_names_of_what_is_placed(self):
        assert named_unsigned(f"[[tabell:lan_{signed('12', 0)}]]") == "[[tabell:lan_12]]"

    def it_leaves_one_blank_where_nothing_is_printed(self):
        text = f"Det är {signed('5', 0)}  län. Och {signed(' sju', 0)} till."
        assert (
            "".join(piece for piece, _ in Pieces(["a"]).of(text)) == "Det är 5  län. Och sju till."
        )


class DescribeAChapter:
    def it_tags_counts_and_numbers_in_what_counties_say(self, chapters, example_money):
        (first, second, *_) = chapters(
            example_money,
            "{{ Lst(lan('aktiviteter', valdsform='PMH')) }} har {{ rader('aktiviteter') | length }} "
            "{{ 'aktivitet' if rader('mal') | length == 1 else 'aktiviteter' }}, alltså **{{ ord(3) }}**.\n\n"
            "Det {% for e in citat(1, 'aktiviteter', 'resultat', ordlista='stod') %}{{ e.text }}{% endfor %} står fast.",
        )
        tags = [run.tag.partition("_")[0] for run in first.runs if run.tag]
        assert tags == [COUNTED] * 3
        assert [run.text for run in first.runs if run.bold] == ["tre"]
        assert all(run.tag == "" or run.tag.startswith(TOLD) for run in second.runs)

    def it_gives_a_number_the_same_tag_when_lines_come_before_it(self, chapters, example_money):
        sentence = "Det är {{ rader('aktiviteter') | length }} aktiviteter."
        (alone, *_) = chapters(example_money, sentence)
        (_, moved, *_) = chapters(example_money, f"Först en annan sak.\n\n{sentence}")
        assert [run.tag for run in alone.runs] == [run.tag for run in moved.runs]
        assert alone.runs[1].text == moved.runs[1].text

    def it_gives_each_round_of_a_loop_its_own(self, chapters, example_money):
        (paragraph, *_) = chapters(
            example_money, "{% for n in range(2, 5) %}{{ ord(n) }} {% endfor %}"
        )
        tags = [run.tag for run in paragraph.runs if run.tag]
        assert len(tags) == len(set(tags)) == 3

    def it_can_stand_in_a_macro_a_footnote_and_a_link(self, chapters, example_money):
        (paragraph, *_) = chapters(
            example_money,
            "{% macro antal(n) %}hela {{ ord(n) }}{% endmacro %}{{ antal(7) }}^[Av {{ tal(21) }} [län](https://exempel.se/lan).] slut",
        )
        assert [run.text for run in paragraph.runs if isinstance(run, Text) and run.tag] == ["sju"]
        (note,) = [run for run in paragraph.runs if isinstance(run, Note)]
        assert [run.text for run in note.runs if run.tag] == ["21"]
        assert [run.link for run in note.runs if run.link] == ["https://exempel.se/lan"]

    def it_lets_no_county_make_a_tag(self, chapters, example_money):
        (paragraph, *_) = chapters(
            example_money, '{{ "\U000f0000 fem \U0010fffd" }} och {{ ord(6) }}'
        )
        assert "\U000f0000" not in "".join(run.text for run in paragraph.runs)
        assert [run.text for run in paragraph.runs if run.tag][-1] == "sex"
