"""What goes wrong when a chapter is written is told in Swedish, with file and row, and never in Python's words."""

from __future__ import annotations

import re

import pytest

from tests.conftest import money_of
from tests.smaller import data_of, with_chapter
from toolkit.report import write_report
from toolkit.report.chapters import ReportError, chapter_faults
from toolkit.report.mishaps import Mishaps
from toolkit.report.syntax import chapter_texts

WRITTEN = "Här jämförs en kod som har skrivits om till text (| lower, ~ eller join) och då aldrig kan vara lika. Jämför fältet självt."
UNLIKE = "Här jämförs {} och {}. De är aldrig lika. Tal skrivs utan citattecken, koder och andra texter inom citattecken."
ORDER = "En kod är varken större eller mindre än något. Skriv vilka koder som menas: … in ['kod', 'kod']"
SET_AND_LIST = "Det som lan(…), redovisat, alla och vanligast(…) ger är aldrig lika med en lista. Fråga efter en kod i taget, 'kod' in …, eller hur många de är, … | length."
WRONG = {
    "a_division_by_nothing": ("{{ 1 / (lan('mal', malsattning='4') | length) }}", "Här delas med noll. Pröva först med if att det som delas med inte är noll."),
    "an_amount_by_nothing": ("{{ ar / (ar - ar) }}", "Här delas med noll. Pröva först med if att det som delas med inte är noll."),
    "a_table_that_is_reckoned_out": ("{% set t = ['aktivitetr'] | first %}{{ lan(t) | length }}", "Det finns ingen tabell som heter ”aktivitetr” 2020. Menade ni ”aktiviteter”?"),
    "rows_of_it": ("{% set t = ['aktivitetr'] | first %}{{ rader(t) | length }}", "Det finns ingen tabell som heter ”aktivitetr” 2020. Menade ni ”aktiviteter”?"),
    "a_code_that_is_reckoned_out": ("{% set k = ['utb'] | first | upper %}{{ lan('aktiviteter', typ=k ~ 'B') }}", "Koden ”UTBB” finns inte i listan ”aktivitetstyp”, som fältet ”aktiviteter.typ” hämtar sina svar ur. Menade ni ”UTB”?"),
    "a_part_of_lage": ("{% set l = [lage['12']] | last %}{{ l.namn }}", "Det som står före ”namn” har inget som heter så. Menade ni ”name”?"),
    "one_who_is_not_in_lage": ("{{ lage['9' ~ '9'].name }}", "Det som står före ”99” har inget som heter så."),
    "a_field_of_a_row": ("{% set r = [rader('mal')[0]] | last %}{{ r.formulring }}", "Tabellen ”mal” har inget fält som heter ”formulring” 2020. Menade ni ”formulering”?"),
    "an_endless_range": ("{% for i in range(100000000) %}x{% endfor %}", "Talet eller talföljden är för stor. range ger högst 100 000 tal."),
    "a_sum_of_a_text": ("{% macro m(x) %}{{ 'a' + x }}{% endmacro %}{{ m(1) }}", "Det går inte att räkna ”+” med en text och ett tal."),
    "a_comparison_of_a_text": ("{% macro m(x) %}{{ 'a' < x }}{% endmacro %}{{ m(ar) }}", "Det går inte att jämföra en text och ett tal med ”<”."),
    "a_minus_before_a_text": ("{{ -('a') }}", "”-” kan inte stå före en text."),
    "a_call_of_a_number": ("{% macro m(x) %}{{ x() }}{% endmacro %}{{ m(ar) }}", "Det som står före parentesen är ett tal och ingen funktion."),
    "a_loop_through_a_number": ("{% for x in ar %}{% endfor %}", "Det går inte att gå igenom ett tal eller att söka i det."),
    "the_length_of_a_number": ("{{ ar | length }}", "Det går inte att räkna (length) hur mycket som finns i ett tal."),
    "a_form_of_a_text": ("{% macro m(x) %}{{ kr(x) }}{% endmacro %}{{ m('tusen') }}", "”kr” kan inte räkna med det som står inom parentesen: en text."),
    "a_form_of_nothing": ("{% macro m(f) %}{{ f() }}{% endmacro %}{{ m(kr) }}", "kr: Något saknas inom parentesen."),
    "an_argument_too_many": ("{% macro m(f) %}{{ f('mal', 1, 2) | length }}{% endmacro %}{{ m(lan) }}", "lan: Det står för mycket inom parentesen."),
    "an_argument_of_another_name": ("{% macro m(f) %}{{ f(1, decimaler=2) }}{% endmacro %}{{ m(procent) }}", "procent: Det som står inom parentesen har ett namn för mycket: ”decimaler”."),
    "a_set_of_another_kind": ("{% macro m(x) %}{{ lst(x) }}{% endmacro %}{{ m(1) }}", "”lst” kan inte räkna med det som står inom parentesen: ett tal."),
    "the_first_of_none": ("{{ (rader('mal', malsattning='4') | first).formulering }}", "Listan är tom, så inget i den är först, sist, minst eller störst. Pröva först med if att listan inte är tom."),
    "a_place_that_is_not_there": ("{{ rader('mal')[9].formulering }}", "Det finns inget på platsen 9."),
    "a_name_set_in_a_branch": ("{% if ar == 1 %}{% set y = 1 %}{% endif %}{{ y }}", "”y” har inget värde här. Det som sätts (set) i en for finns bara där, och i en if bara när villkoret gäller."),
    "a_macro_without_end": ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "Ett macro anropar sig självt utan slut."),
    "an_amount_as_a_share": ("{% set e = rader('ekonomi') | sum(attribute='utfall') %}{{ procent(e) }}", "procent skriver en andel, och det som står inom parentesen är ingen. Dela det med något: procent((redovisat | length) / (alla | length))."),
    "a_count_as_a_share": ("{% set n = alla | length %}{{ procent(n, 0) }}", "procent skriver en andel, och det som står inom parentesen är ingen. Dela det med något: procent((redovisat | length) / (alla | length))."),
    "a_code_of_a_macro": ("{% macro m(k) %}{% for r in rader('aktiviteter') %}{{ 'x' if r.typ == k }}{% endfor %}{% endmacro %}{{ m(['UTBX'] | first) }}",
                          "Koden ”UTBX” finns inte i listan ”aktivitetstyp”, så jämförelsen kan aldrig stämma. Menade ni ”UTB”?"),
    "a_label_of_a_macro": ("{% macro m(k) %}{% for r in rader('aktiviteter') %}{{ 'x' if k in [r.typ] }}{% endfor %}{% endmacro %}{{ m(['Utbildning'] | first) }}",
                           "Koden ”Utbildning” finns inte i listan ”aktivitetstyp”, så jämförelsen kan aldrig stämma."),
    "codes_that_are_mapped": ("{{ 'UTBX' in rader('aktiviteter') | map(attribute='typ.kod') }}",
                              "Koden ”UTBX” finns inte i listan ”aktivitetstyp”, så jämförelsen kan aldrig stämma. Menade ni ”UTB”?"),
    "a_code_among_several": ("{% set k = ['YY'] | first %}{{ k in (rader('lagesbild') | first).perspektiv }}",
                             "Koden ”YY” finns inte i listan ”perspektiv”, så jämförelsen kan aldrig stämma."),
    "one_of_several": ("{% set k = ['U'] | first %}{{ (rader('lagesbild') | first).perspektiv == k }}",
                       "Ett fält som kan ha flera svar jämförs inte med =. Skriv: 'U' in följt av fältet."),
    "a_code_in_small_letters": ("{% macro m(r) %}{{ 'x' if (r.typ | lower) == 'utb' }}{% endmacro %}{{ m([rader('aktiviteter') | first] | last) }}", WRITTEN),
    "a_code_joined_by_a_macro": ("{% macro m(k) %}{{ 'utb' in (k ~ '') }}{% endmacro %}{{ m([(rader('aktiviteter') | first).typ] | last) }}", WRITTEN),
    "a_number_and_a_text": ("{% macro m(k) %}{{ k == '2' }}{% endmacro %}{{ m(ar) }}", UNLIKE.format("ett tal", "en text")),
    "a_number_among_codes": ("{% macro m(k) %}{{ k in redovisat }}{% endmacro %}{{ m(12) }}", UNLIKE.format("ett tal", "en text")),
    "a_part_of_how_it_stands": ("{% set l = [lage['12']] | last %}{{ l.errors == '0' }}", UNLIKE.format("ett tal", "en text")),
    "a_test_of_two_kinds": ("{{ ar is eq '2020' }}", UNLIKE.format("ett tal", "en text")),
    "chosen_by_another_kind": ("{{ [1, 2] | select('equalto', '1') | list | length }}", UNLIKE.format("ett tal", "en text")),
    "codes_of_two_lists": ("{% set r = [rader('ekonomi') | first] | last %}{{ r.slag == r.kostnadsslag }}",
                           "Här jämförs koder ur listorna ”utgiftkostnad” och ”kostnadsslag”, som inte har någon kod gemensam."),
    "a_code_that_is_greater": ("{% macro m(k, x) %}{{ k > x }}{% endmacro %}{{ m([(rader('aktiviteter') | first).typ] | last, 'A') }}", ORDER),
    "a_code_itself_that_is_less": ("{{ [(rader('aktiviteter') | first).typ.kod] | select('lt', 'X') | list | length }}", ORDER),
    "a_code_in_a_text": ("{% macro m(k, x) %}{{ k in x }}{% endmacro %}{{ m([(rader('aktiviteter') | first).typ] | last, 'UTB') }}", "”UTB” är en text och ingen lista. Skriv: … in ['UTB']"),
    "a_text_among_rows": ("{% set x = [rader('mal')] | first %}{{ '12' in x }}", UNLIKE.format("en text", "en rad")),
    "a_row_and_a_text": ("{% set r = [rader('mal')[0]] | first %}{{ r == 'M1' }}", UNLIKE.format("en rad", "en text")),
    "a_set_and_a_list": ("{% macro m(a, b) %}{{ a == b }}{% endmacro %}{{ m(lan('mal'), ['12']) }}", SET_AND_LIST),
    "several_answers_and_a_list": ("{% set p = [(rader('lagesbild') | first).perspektiv] | first %}{{ p == ['U'] }}",
                                   "Ett fält som kan ha flera svar är aldrig lika med en lista. Fråga efter varje kod för sig: 'kod' in följt av fältet."),
    "what_nobody_thought_of": ("{{ 1 | round('x') }}", "Raden går inte att räkna ut. Jämför med hur samma ord används i andra kapitel."),
}  # fmt: skip


class DescribeAMishapInAChapter:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_told_in_swedish_with_its_row(self, year, tmp_path, name):
        text, said = WRONG[name]
        changed = with_chapter(year, tmp_path, f"# Titel {{titel}}\n\nText.\n\n{text}\n")
        assert chapter_faults(changed) == []
        with pytest.raises(ReportError) as caught:
            write_report(money_of(data_of(changed)))
        assert str(caught.value) == f"01-allt.md.j2, rad 5: {said}"

    @pytest.mark.parametrize(
        "error", [ValueError("bad"), KeyError("x"), MemoryError(), RuntimeError("oops"), AttributeError("'a.B' object has no attribute 'c'")]
    )  # fmt: skip
    def it_says_nothing_of_python_whatever_the_error(self, error):
        told = Mishaps(chapter_texts(), 2020).told(error)
        assert (
            told == "Raden går inte att räkna ut. Jämför med hur samma ord används i andra kapitel."
        )
        assert not re.search(r"[Ee]rror|object|toolkit", told)
