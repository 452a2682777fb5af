"""What the counties have written, as the chapters ask for it; and counties that a sentence does not name twice."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import money_of
from tests.datasets import frame_of, with_tables
from toolkit.report.examples import Chooser, Examples
from toolkit.report.facts import Counties, Facts
from toolkit.report.voices import Voices
from toolkit.staff.editorial import Editorial


@pytest.fixture
def facts(example, year):
    return Facts(money_of(example), year.texts("rapport"))


@pytest.fixture
def voices(facts):
    examples = Examples(facts, Editorial())
    return Voices(facts, Chooser(facts, examples, facts.texts))


class DescribeTheRowsThatAChapterAsksFor:
    def it_has_those_with_any_answer_and_those_without(self, facts):
        every = facts.rows("indikatorer")
        with_value = facts.rows("indikatorer", varde=True)
        without = facts.rows("indikatorer", varde=False)
        assert len(with_value) + len(without) == len(every)
        assert all(isinstance(row["varde"], Decimal) for row in with_value)
        assert {row.county for row in without} == {
            "01", "04", "06", "07", "12", "13", "17", "19", "23", "24",
        }  # fmt: skip

    def it_does_not_take_nought_for_no_answer(self, example, year):
        rows = frame_of(example, "indikatorer")
        rows["varde"] = Decimal(0)
        facts = Facts(money_of(with_tables(example, indikatorer=rows)), year.texts("rapport"))
        assert facts.rows("indikatorer", varde=False) == []

    def it_has_those_of_a_set_of_counties(self, facts):
        some = Counties.among(["01", "12"], facts.reported)
        assert {row.county for row in facts.rows("mal", lan=some)} == {"01", "12"}


class DescribeTexts:
    def it_has_every_text_that_many_counties_have_and_whose_it_is(self, voices):
        goals = voices.all_shared("mal", "formulering")
        assert [len(goal.lan) for goal in goals] == [20] * 4
        assert voices.shared("mal", "formulering") == goals[:1]

    def it_has_the_own_texts_of_a_county_whole(self, voices):
        assert voices.own("mal", "formulering", lan="12") == []
        [first, second] = voices.own("lagesbild", "beskrivning", lan="12")
        assert first.startswith("Problem som har identifierats på nationell nivå")
        assert (
            second
            == "Efterfrågan på sexuella tjänster i gränstrafiken är stor, eftersom många reser genom länet."
        )

    def it_says_why_a_number_is_not_known(self, voices):
        [one] = voices.quotations(1, "indikatorer", "kommentar", varde=False, lan="12")
        assert (
            one.text
            == "”Räckvidden är inte känd, eftersom annonsföretaget inte lämnar ut sin statistik.”"
        )


class DescribeACountyThatHasBeenNamed:
    def it_is_not_named_again(self, facts):
        skane, kalmar = (Counties.among([one], facts.reported) for one in ("12", "08"))
        assert facts.short(skane, skane) == "samma länsstyrelse"
        assert facts.phrase(skane, kalmar, skane) == "samma länsstyrelse"
        assert facts.phrase(skane, skane, kalmar) == "länsstyrelsen Skåne"
        assert facts.phrase(skane) == facts.phrase(skane, kalmar) == "länsstyrelsen Skåne"

    def it_is_a_word_for_one_alone(self, facts):
        two = Counties.among(["08", "12"], facts.reported)
        assert facts.phrase(two, two) == facts.phrase(two)

    def it_is_the_county_in_short_where_its_example_follows(self, voices):
        [one] = voices.quotations(1, "lagesbild", "beskrivning", lan="12")
        assert "länsstyrelsen Skåne" in one.said.replace("L", "l")
        assert one.again in {one.said.replace(" Skåne", ""), "I redovisningen står:"}

    def it_is_brought_in_alike_whatever_stands_further_before_it(self, facts):
        def brought_in(*counties):
            voices = Voices(facts, Chooser(facts, Examples(facts, Editorial()), facts.texts))
            told = [voices.quotations(1, "lagesbild", "beskrivning", lan=one) for one in counties]
            return [one.said for [one] in told]

        every = brought_in("01", "12", "14", "17")
        assert brought_in("05", "12", "14", "17")[-2:] == every[-2:]
        assert brought_in("14", "17")[-1] == every[-1]
        assert len(set(every)) > 1
