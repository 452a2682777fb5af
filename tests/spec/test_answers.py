"""What a text says in the words of a code list: one code, several, or a code and something else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.spec.answers import Sense, answer_in, split_answers
from toolkit.spec.codelists import Code, CodeList

HELPERS = CodeList(
    id="hjalpare",
    label="Hjälpare",
    codes=(
        Code(code="POL", label="Polismyndigheten"),
        Code(code="SOC", label="Socialtjänst, hälsa och vård"),
        Code(code="RÄTT", label="Polis och rättsväsende"),
        Code(code="1", label="Förebyggande arbete"),
        Code(code="2", label="Förbättrad upptäckt av våld och starkare skydd"),
        Code(code="3", label="Förbättrad kunskap"),
        Code(code="VN", label="Våld i nära relationer"),
        Code(code="801", label="Mäns våld, gemensamt"),
        Code(code="SAMO", label="Operativ samverkansgrupp"),
        Code(code="SAMS", label="Strategisk samverkansgrupp"),
        Code(code="MÄN", label="Män som köper tjänster"),
    ),
)


def said(text):
    answer = answer_in(HELPERS, text)
    return answer.sense, [code.code for code in answer.codes]


class DescribeOneAnswer:
    @pytest.mark.parametrize("code", HELPERS.codes, ids=lambda code: code.code)
    def it_is_a_code_its_label_or_both(self, code):
        for text in (
            code.code,
            code.label,
            code.shown,
            f"{code.code} {code.label}",
            code.shown.replace("–", "-"),
        ):
            assert said(text) == (Sense.EXACT, [code.code])

    @pytest.mark.parametrize(
        ("text", "code"),
        [("POL – Polis", "POL"), ("SOC – Socialtjänst", "SOC"), ("2 – Förbättrad upptäckt", "2"),
         ("RÄTT – Polis och rättsväsendet", "RÄTT"), ("VN: vald i nära relation", "VN"), ("3 Förbättrad kunskp", "3"),
         ("SOC – Socialtjänst, hälsa", "SOC"), ("SOC – Socialtjänst, hälsa o vård", "SOC")],
    )  # fmt: skip
    def it_may_be_abbreviated_or_misspelt_behind_its_code(self, text, code):
        assert said(text) == (Sense.NEARLY, [code])

    @given(
        st.sampled_from(HELPERS.codes),
        st.integers(0, 40),
        st.sampled_from("\u00ad\u200b\u200e\u200f\u202a\u2060\ufeff"),
    )
    def it_is_the_same_with_signs_that_nobody_sees_and_in_any_normal_form(self, code, place, sign):
        place = min(place, len(code.shown))
        unseen = code.shown[:place] + sign + code.shown[place:]
        for text in (unseen, unicodedata.normalize("NFD", unseen)):
            assert said(text) == (Sense.EXACT, [code.code])


class DescribeACodeThatIsAlsoAWord:
    def it_is_told_what_it_was_read_as_unless_it_is_written_as_the_code(self):
        assert said("MÄN") == (Sense.EXACT, ["MÄN"])
        assert said("Män") == (Sense.NEARLY, ["MÄN"])
        assert split_answers(HELPERS, "Polismyndigheten och män") == ["Polismyndigheten", "män"]


class DescribeEveryPairOfCodeAndLabel:
    @pytest.mark.parametrize("code", HELPERS.codes, ids=lambda code: code.code)
    def it_is_never_taken_for_an_answer_when_they_are_two_codes(self, code):
        for other in HELPERS.codes:
            if other is not code:
                assert said(f"{code.code} – {other.label}") == (
                    Sense.OTHERS,
                    [code.code, other.code],
                )


class DescribeACodeWithSomethingElse:
    @pytest.mark.parametrize(
        ("text", "codes"),
        [("1 – Förbättrad kunskap", ["1", "3"]), ("3 – Polis och rättsväsende", ["3", "RÄTT"]),
         ("1 – Förbättrad upptäckt av våld", ["1", "2"]), ("VN – Polismyndigheten", ["VN", "POL"]), ("SAMO – Strategisk samverkansgrupp", ["SAMO", "SAMS"]),
         ("SAMS – Operativ samverkansgrupp", ["SAMS", "SAMO"]), ("VN – Polismyndigheten 2020", ["VN", "POL"]),
         ("2 – Forebyggande arbete", ["2", "1"])],
    )  # fmt: skip
    def it_names_both_codes_when_the_label_is_anothers(self, text, codes):
        assert said(text) == (Sense.OTHERS, codes)

    @pytest.mark.parametrize(
        ("text", "code"),
        [("POL – Polismyndigheten (50 %)", "POL"), ("POL – Polismyndigheten, kyrkan", "POL"), ("VN – annat", "VN"),
         ("POL (hälften)", "POL"), ("VN – Våld i nära relationer 50 %", "VN"), ("1 – Förebyggande arbete?", "1")],
    )  # fmt: skip
    def it_keeps_what_stands_behind_apart(self, text, code):
        assert said(text) == (Sense.MORE, [code])


class DescribeACodeWhoseNameAnotherYearsCodeHas:
    """The goals of 2020 and those of a later year's list are called the same."""

    GOALS = CodeList(
        id="mal", label="Mål",
        codes=(
            Code(code="3", label="Effektivare brottsbekämpning", valid_to=2020),
            Code(code="4", label="Förbättrad kunskap", valid_to=2020),
            Code(code="Å5", label="Effektivare brottsbekämpning", valid_from=2021),
            Code(code="Å6", label="Förbättrad kunskap", valid_from=2021),
        ),
    )  # fmt: skip

    @pytest.mark.parametrize("between", [" – ", ": ", ") ", " ", ", ", "."])
    @pytest.mark.parametrize("number", ["3", "4", "Å5", "Å6"])
    def it_is_that_code_with_its_own_name(self, between, number):
        label = self.GOALS.by_code[number].label
        answer = answer_in(self.GOALS, f"{number}{between}{label}")
        assert answer.sense in {Sense.EXACT, Sense.NEARLY}
        assert [code.code for code in answer.codes] == [number]

    @pytest.mark.parametrize("number", ["3", "4", "Å5", "Å6"])
    @pytest.mark.parametrize("more", [" (50 %)", ", delvis", " (hälften)"])
    def it_is_asked_about_with_something_behind_it(self, number, more):
        answer = answer_in(self.GOALS, f"{number} – {self.GOALS.by_code[number].label}{more}")
        assert (answer.sense, [code.code for code in answer.codes]) == (Sense.MORE, [number])

    def it_is_another_codes_name_all_the_same(self):
        answer = answer_in(self.GOALS, "3 – Förbättrad kunskap")
        assert answer.sense is Sense.OTHERS
        assert [code.code for code in answer.codes] == ["3", "4"]


class DescribeSeveralAnswers:
    @pytest.mark.parametrize(
        "between",
        [
            ", ",
            ",",
            " / ",
            "/",
            "\n",
            "\r\n",
            " och ",
            " samt ",
            "; ",
            " & ",
            " + ",
            ",\n",
            " OCH ",
        ],
    )
    @pytest.mark.parametrize("way", ["code", "label", "shown"])
    def it_finds_each_whatever_stands_between_them(self, between, way):
        for first, second, third in [(0, 1, 2), (2, 0, 6), (5, 3, 1)]:
            codes = [HELPERS.codes[first], HELPERS.codes[second], HELPERS.codes[third]]
            text = between.join(getattr(code, way) for code in codes)
            assert said(text) == (Sense.SEVERAL, [code.code for code in codes])

    @pytest.mark.parametrize(
        ("text", "codes"),
        [("POL – Polismyndigheten, SOC", ["POL", "SOC"]), ("1, 2 och 3", ["1", "2", "3"]), ("POL, pol", ["POL"]),
         ("801 – Mäns våld, VN", ["801", "VN"]), ("VN – Våld, 801 – Mäns våld", ["VN", "801"]),
         ("Polismyndigheten och VN – Våld", ["POL", "VN"]), ("1,3", ["1", "3"])],
    )  # fmt: skip
    def it_finds_them_in_mixed_ways_each_once(self, text, codes):
        assert said(text)[1] == codes

    @pytest.mark.parametrize(
        "text", ["kyrkan", "kyrkan, POL", "Polis", "", "4", "1 av tre", "1.5", "50 %", "VN1"]
    )
    def it_finds_none_when_any_part_is_none(self, text):
        assert said(text) == (Sense.NONE, [])
