"""A condition that can only be true, or only false, is refused: what it decides would be said of all."""

from __future__ import annotations

import pytest

from tests.conftest import money_of
from tests.smaller import data_of, with_chapter
from toolkit.report import write_report
from toolkit.report.chapters import ReportError, chapter_faults

IN = "{% for r in rader('aktiviteter') %}"
OF = "{% for r in rader('lagesbild') %}"
END = "{% endfor %}"
FIXED = "{} är inget villkor: det är likadant för alla."
RIGHT_WAY = FIXED + " Skriv: {}"
LISTED = FIXED.format("'P'") + " Flera värden skrivs som en lista: ['P', 'I']"
YES = "{} är sant för varje svar, också för ”Nej”. Jämför med en kod: {} == 'JA'"
ALWAYS = "Fältet ”{}” har alltid ett svar, så villkoret {} är alltid sant. Jämför med det som svaret ska vara."
WRONG = {
    "or_a_text": (IN + "{% if r.status == 'P' or 'I' %}x{% endif %}" + END, RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "or_two_texts": (IN + "{% if r.status == 'P' or 'I' or 'K' %}x{% endif %}" + END, RIGHT_WAY.format("'I', 'K'", "r.status in ['P', 'I', 'K']")),
    "the_condition_of_a_loop": ("{% for r in rader('aktiviteter') if r.status == 'P' or 'I' %}x{% endfor %}", RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "and_a_text": (IN + "{% if r.status == 'P' and 'I' %}x{% endif %}" + END, RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "unlike_and_a_text": (IN + "{% if r.status != 'P' and 'I' %}x{% endif %}" + END, RIGHT_WAY.format("'I'", "r.status not in ['P', 'I']")),
    "the_other_way_round": (IN + "{% if 'P' == r.status or 'I' %}x{% endif %}" + END, RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "in_or_a_text": (OF + "{% if 'U' in r.perspektiv or 'K' %}x{% endif %}" + END, RIGHT_WAY.format("'K'", "'U' in r.perspektiv or 'K' in r.perspektiv")),
    "not_in_or_a_text": (OF + "{% if 'U' not in r.perspektiv or 'K' %}x{% endif %}" + END, RIGHT_WAY.format("'K'", "'U' not in r.perspektiv and 'K' not in r.perspektiv")),
    "an_elif": (IN + "{% if r.status == 'K' %}{% elif r.status == 'P' or 'I' %}x{% endif %}" + END, RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "within_a_line": (IN + "{{ 'x' if r.status == 'P' or 'I' else 'y' }}" + END, RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "that_is_printed": (IN + "{{ r.status == 'P' or 'I' }}" + END, RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "that_is_set": (IN + "{% set x = r.status == 'P' or 'I' %}" + END, RIGHT_WAY.format("'I'", "r.status in ['P', 'I']")),
    "in_brackets": (IN + "{% if r.status == ('P' or 'I') %}x{% endif %}" + END, LISTED),
    "in_a_call": ("{{ Lst(lan('aktiviteter', status='P' or 'I')) }}", LISTED),
    "or_true": (IN + "{% if r.status == 'P' or true %}x{% endif %}" + END, FIXED.format("true")),
    "or_and_a_text": (IN + "{% if r.status == 'P' or 'I' and redovisat %}x{% endif %}" + END, FIXED.format("'I'")),
    "a_number_first": (IN + "{% if 1 or r.status == 'P' %}x{% endif %}" + END, FIXED.format("1")),
    "a_list": (IN + "{% if r.status == 'P' or ['I'] %}x{% endif %}" + END, FIXED.format("['I']")),
    "a_text_alone": ("{% if 'K' %}x{% endif %}", FIXED.format("'K'")),
    "not_a_text": ("{% if not 'K' %}x{% endif %}", FIXED.format("'K'")),
    "a_number_alone": ("{{ 'x' if 0 else 'y' }}", FIXED.format("0")),
    "true_alone": ("{% if true %}x{% endif %}", FIXED.format("true")),
    "two_that_are_written_out": ("{% if 1 == 2 %}x{% endif %}", FIXED.format("…")),
    "a_name_set_to_a_text": ("{% set k = 'I' %}" + IN + "{% if r.status == 'P' or k %}x{% endif %}" + END, FIXED.format("k")),
    "a_yes_or_no": (OF + "{% if r.analys_kon %}x{% endif %}" + END, YES.format("r.analys_kon", "r.analys_kon")),
    "the_code_of_a_yes_or_no": (OF + "{% if not r.analys_kon.kod %}x{% endif %}" + END, YES.format("r.analys_kon.kod", "r.analys_kon.kod")),
    "a_yes_or_no_and_more": (OF + "{% if r.arena == 'NÄT' and r.analys_kon %}x{% endif %}" + END, YES.format("r.analys_kon", "r.analys_kon")),
    "a_yes_or_no_that_is_set": (OF + "{% set a = r.analys_kon %}{{ 'x' if a }}" + END, YES.format("a", "a")),
    "rows_chosen_by_a_yes_or_no": ("{{ rader('lagesbild') | selectattr('analys_kon') | list | length }}", YES.format("r.analys_kon", "r.analys_kon")),
    "rows_left_out_by_it": ("{{ rader('lagesbild') | rejectattr('analys_kon') | list | length }}", YES.format("r.analys_kon", "r.analys_kon")),
    "answers_that_are_chosen": ("{{ rader('lagesbild') | map(attribute='analys_kon') | select | list | length }}", YES.format("r.analys_kon", "r.analys_kon")),
    "a_yes_or_no_in_a_macro": ("{% macro m(x) %}{% if x.analys_kon %}x{% endif %}{% endmacro %}" + OF + "{{ m(r) }}" + END, YES.format("x.analys_kon", "x.analys_kon")),
    "a_code_that_must_be": (IN + "{% if r.status %}x{% endif %}" + END, ALWAYS.format("aktiviteter.status", "r.status")),
    "a_text_that_must_be": (IN + "{% if r.rubrik %}x{% endif %}" + END, ALWAYS.format("aktiviteter.rubrik", "r.rubrik")),
    "one_or_the_other_is_unlike": (IN + "{% if r.status != 'P' or r.status != 'K' %}x{% endif %}" + END, RIGHT_WAY.format("r.status != 'P' or r.status != 'K'", "r.status not in ['P', 'K']")),
    "two_at_once": (IN + "{% if r.status == 'P' and 'K' == r.status %}x{% endif %}" + END, RIGHT_WAY.format("r.status == 'P' and r.status == 'K'", "r.status in ['P', 'K']")),
    "two_of_three_at_once": (IN + "{% if r.status == 'P' and r.resultat and r.status == 'K' %}x{% endif %}" + END, RIGHT_WAY.format("r.status == 'P' and r.status == 'K'", "r.status in ['P', 'K']")),
    "two_lists_at_once": (IN + "{{ 'x' if r.status in ['P', 'I'] and r.status in ['K'] }}" + END, RIGHT_WAY.format("r.status in ['P', 'I'] and r.status in ['K']", "r.status in ['P', 'I', 'K']")),
    "in_none_of_two_lists": (IN + "{{ r.status not in ['P'] or r.status != 'K' }}" + END, RIGHT_WAY.format("r.status not in ['P'] or r.status != 'K'", "r.status not in ['P', 'K']")),
    "the_year_of_two": (IN + "{{ r.start.year == 2019 and r.start.year == 2020 }}" + END, RIGHT_WAY.format("r.start.year == 2019 and r.start.year == 2020", "r.start.year in [2019, 2020]")),
    "the_one_and_not_the_one": (IN + "{{ r.status == 'P' and r.status not in ['P', 'K'] }}" + END, FIXED.format("r.status == 'P' and r.status not in ['P', 'K']")),
    "the_one_or_not_the_one": (IN + "{{ r.status == 'P' or r.status != 'P' }}" + END, FIXED.format("r.status == 'P' or r.status != 'P'")),
    "a_number_that_must_be": ("{% for r in rader('anslag') %}{% if r.tilldelning %}x{% endif %}{% endfor %}", ALWAYS.format("anslag.tilldelning", "r.tilldelning")),
    "several_codes_that_must_be": (OF + "{% if not r.perspektiv %}x{% endif %}" + END, ALWAYS.format("lagesbild.perspektiv", "r.perspektiv")),
}  # fmt: skip
RIGHT = [
    IN + "{{ r.status != 'P' and r.status != 'K' }}{{ r.status == 'P' or r.status == 'K' }}{{ r.status != 'P' or r.typ != 'UTB' }}" + END,
    IN + "{{ r.status in ['P', 'K'] and r.status in ['K', 'I'] }}{{ r.status in ['P', 'K'] and r.status != 'P' }}{{ r.status == 'P' or r.status not in ['P', 'K'] }}" + END,
    OF + "{{ 'U' in r.perspektiv and 'K' in r.perspektiv }}{{ 'U' not in r.perspektiv or 'K' not in r.perspektiv }}" + END,
    IN + "{{ r.start.year > 2019 and r.start.year < 2021 and (r.status == 'P' or r.status == 'K') }}" + END,
    IN + "{{ r.status == 'P' and 'planerad' or 'annan' }}" + END,
    IN + "{% if r.status == 'P' or r.status == 'I' %}x{% endif %}{% if r.status in ['P', 'I'] and not r.resultat %}x{% endif %}" + END,
    IN + "{{ r.resultat or '–' }}{{ r.rubrik or '–' }}{{ r.belagg or 'inget' }}{{ r.belagg | default('inget', true) }}" + END,
    OF + "{{ r.analys_kon or '–' }}{{ r.analys_kon | default('–', true) }}" + END,
    IN + "{% if r.resultat %}{{ r.resultat }}{% endif %}{% if r.belagg %}x{% endif %}{% if r.slut %}{{ r.slut.year }}{% endif %}" + END,
    "{% for r in rader('indikatorer') %}{% if r.varde %}{{ r.varde }}{% endif %}{% endfor %}",
    IN + "{% if r.samverkan %}x{% endif %}{% if r.perspektiv %}x{% endif %}" + END,
    "{% if redovisat and not avsteg or svar %}x{% endif %}{{ 'a' if redovisat else ('b' if utdrag else 'c') }}",
    "{{ rader('aktiviteter') | selectattr('resultat') | list | length }}",
    "{% macro antal(n) %}{{ ord(n) if n else 'ingen' }}{% endmacro %}{{ antal(0) }}{{ antal(3) }}",
    "{% macro m(a, b) %}{% if a and b == 2 %}x{% endif %}{% endmacro %}{{ m('x', 2) }}",
    "{% set visa = true %}{% if visa %}x{% endif %}{% if visa and redovisat %}x{% endif %}",
]  # fmt: skip
AT_REPORT = {
    "in_a_macro": "{% macro m(x) %}{{ 'x' if x else 'y' }}{% endmacro %}{{ m((rader('lagesbild') | list | first).analys_kon) }}",
    "that_is_asked_of_any_row": "{% for r in [rader('lagesbild') | first] | list %}{% if r.analys_kon %}x{% endif %}{% endfor %}",
    "that_are_chosen": "{{ [rader('lagesbild') | first] | selectattr('analys_kon') | list | length }}",
    "beside_and": "{% macro m(x) %}{{ x and 'y' }}{% endmacro %}{{ m([(rader('lagesbild') | first).analys_kon] | last) }}",
    "beside_or": "{% macro m(x) %}{% if x or 'y' == ar ~ '' %}z{% endif %}{% endmacro %}{{ m([(rader('lagesbild') | first).analys_kon] | last) }}",
}  # fmt: skip


class DescribeConditions:
    @pytest.mark.parametrize("name", WRONG)
    def it_refuses_what_decides_nothing(self, faults, name):
        text, said = WRONG[name]
        assert faults(text) == [(3, said)]

    @pytest.mark.parametrize("text", RIGHT)
    def it_takes_what_can_be_both(self, faults, text):
        assert faults(text) == []


class DescribeAYesOrNoThatIsReckonedOut:
    @pytest.mark.parametrize("name", AT_REPORT)
    def it_is_refused_when_the_chapter_is_written(self, year, tmp_path, name):
        changed = with_chapter(year, tmp_path, f"# Titel {{titel}}\n\n{AT_REPORT[name]}\n")
        if name != "in_a_macro":
            assert chapter_faults(changed) == []
        with pytest.raises(ReportError) as caught:
            write_report(money_of(data_of(changed)))
        assert "också för ”Nej”. Jämför med en kod: " in str(caught.value)
        assert str(caught.value).startswith("01-allt.md.j2, rad 3: ")

    def it_is_printed_as_it_is_answered(self, year, tmp_path):
        text = "{% for r in rader('lagesbild') %}{{ r.analys_kon or '–' }}{{ r.analys_kon | default('–', true) }}.{% endfor %}"
        changed = with_chapter(year, tmp_path, f"# Titel {{titel}}\n\n{text}\n")
        assert write_report(money_of(data_of(changed)))
