"""A code that no answer can have is refused wherever a chapter compares with it, without any data."""

from __future__ import annotations

import pytest

from tests.smaller import with_chapter
from toolkit.report.chapters import chapter_faults

UTBX = "Koden ”UTBX” finns inte i listan ”aktivitetstyp”, som fältet ”aktiviteter.typ” hämtar sina svar ur. Menade ni ”UTB”?"
KLAR = "”KLAR” är ingen kod i listan ”status”. Skriv koden ”K”."
STATUSS = "Tabellen ”aktiviteter” har inget fält som heter ”statuss” 2020. Menade ni ”status”?"
SEVERAL = "Ett fält som kan ha flera svar jämförs inte med =. Skriv: 'U' in följt av fältet."
REWRITTEN = "Här jämförs en kod som har skrivits om till text (| lower, ~ eller join) och då aldrig kan vara lika. Jämför fältet självt."
UNLIKE = "Här jämförs {} och {}. De är aldrig lika. Tal skrivs utan citattecken, koder och andra texter inom citattecken."
TRUE_AS_TEXT = "”{}” är ingen text som någon svarar i fältet ”aktiviteter.resultat”. Att det är besvarat skrivs utan citattecken, resultat=true inom parentesen eller if r.resultat."
DAY_PART = "En del av dagen i fältet ”aktiviteter.start” är ett tal och kan inte vara ”{}”. Skriv talet utan citattecken."
SHARE = "procent skriver en andel, och det som står inom parentesen är ingen. Dela det med något: procent((redovisat | length) / (alla | length))."
ORDER = "En kod är varken större eller mindre än något. Skriv vilka koder som menas: … in ['kod', 'kod']"
SET_AND_LIST = "Det som lan(…), redovisat, alla och vanligast(…) ger är aldrig lika med en lista. Fråga efter en kod i taget, 'kod' in …, eller hur många de är, … | length."
SOUGHT = "En rad är ingen kod eller text, så {0} finns aldrig i rader(…). Skriv: {0} in rader(…) | map(attribute='{1}')"
NO_LIST = "”{}” är en text och ingen lista. Skriv: {} in ['{}']"
THERE = (
    "”{0}” finns i varje rad, så {0} {1} är likadant för alla. Om det är tomt frågas så: {0} == ''."
)
RECKONED = "Det går inte att räkna ”{}” med {} och {}."
NO_TEXT = "Det går inte att skriva ut {} som text. Skriv med punkt vilken del av det som ska stå."
IN = "{% for r in rader('aktiviteter') %}"
OF = "{% for r in rader('lagesbild') %}"
END = "{% endfor %}"
WRONG = {
    "a_row_in_a_loop": (IN + "{% if r.typ == 'UTBX' %}x{% endif %}" + END, UTBX),
    "the_other_way_round": (IN + "{% if 'UTBX' != r.typ %}x{% endif %}" + END, UTBX),
    "in_a_list": (IN + "{{ 'x' if r.typ in ['UTB', 'UTBX'] }}" + END, UTBX),
    "the_condition_of_a_loop": ("{% for r in rader('aktiviteter') if r.typ == 'UTBX' %}x{% endfor %}", UTBX),
    "rows_that_are_set": ("{% set a = rader('aktiviteter') | sort(attribute='id') %}{% for r in a %}{{ r.typ == 'UTBX' }}{% endfor %}", UTBX),
    "a_row_that_is_set": ("{% set r = rader('aktiviteter') | first %}{{ r.typ == 'UTBX' }}", UTBX),
    "a_row_by_its_number": ("{{ rader('aktiviteter')[0].typ == 'UTBX' }}", UTBX),
    "a_code_that_is_set": (IN + "{% set k = 'UTBX' %}{{ r.typ == k }}" + END, UTBX),
    "the_code_by_itself": (IN + "{{ r.typ.kod == 'UTBX' }}" + END, UTBX),
    "the_commonest": ("{% if 'UTBX' in vanligast('aktiviteter', 'typ') %}x{% endif %}", UTBX),
    "the_commonest_that_is_set": ("{% set v = vanligast('aktiviteter', 'typ') %}{% if 'UTBX' in v %}x{% endif %}", UTBX),
    "a_filter": ("{{ rader('aktiviteter') | selectattr('typ', 'equalto', 'UTBX') | list | length }}", UTBX),
    "a_filter_with_several": ("{{ rader('aktiviteter') | rejectattr('typ', 'in', ['UTBX']) | list | length }}", UTBX),
    "a_test": (IN + "{{ r.typ is eq('UTBX') }}" + END, UTBX),
    "mapped": ("{{ 'UTBX' in rader('aktiviteter') | map(attribute='typ') }}", UTBX),
    "a_group": ("{% for t, r in rader('aktiviteter') | groupby('typ') %}{{ t == 'UTBX' }}{% endfor %}", UTBX),
    "the_table_that_is_set": ("{% set t = 'aktiviteter' %}{{ lan(t, typ='UTBX') }}", UTBX),
    "a_label": (IN + "{{ r.status == 'KLAR' }}" + END, KLAR),
    "a_label_as_an_argument": ("{{ lan('aktiviteter', status='KLAR') }}", KLAR),
    "a_number": ("{% for r in rader('ekonomi') %}{{ r.utfall > '0' }}{% endfor %}", "Fältet ”ekonomi.utfall” är ett tal och kan inte vara ”0”."),
    "a_day": (IN + "{{ r.start >= '2020-07-01' }}" + END, "Fältet ”aktiviteter.start” är en dag och kan inte vara ”2020-07-01”. Jämför till exempel året: falt.year."),
    "one_who_reports": (IN + "{{ r.lan == '99' }}" + END, "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
    "a_field_in_a_filter": ("{{ rader('aktiviteter') | map(attribute='statuss') | list | length }}", STATUSS),
    "a_field_of_a_row_in_a_group": ("{% for t, g in rader('aktiviteter') | groupby('typ') %}{% for r in g %}{{ r.statuss }}{% endfor %}{% endfor %}", STATUSS),
    "a_verdict": ("{% for l in lage.values() %}{{ l.verdict == 'error' }}{% endfor %}", "”error” är inget av de ord som lage har. Menade ni ”errors”?"),
    "a_verdict_in_a_filter": ("{{ lage.values() | selectattr('verdict', 'equalto', 'mising') | list | length }}", "”mising” är inget av de ord som lage har. Menade ni ”missing”?"),
    "a_state": ("{% for l in lage.values() %}{% for t in l.tables if l.tables[t] == 'bloked' %}x{% endfor %}{% endfor %}", "”bloked” är inget av de ord som lage har. Menade ni ”blocked”?"),
    "a_part_of_lage": ("{% for l in lage.values() %}{{ l.namn }}{% endfor %}", "Det finns inget i lage som heter ”namn”. Menade ni ”name”?"),
    "a_verdict_of_pairs": ("{% for k, l in lage.items() if l.verdict == 'cleen' %}x{% endfor %}", "”cleen” är inget av de ord som lage har. Menade ni ”clean”?"),
    "a_verdict_that_is_mapped": ("{{ lage.values() | map(attribute='verdict') | select('equalto', 'cleen') | list | length }}", "”cleen” är inget av de ord som lage har. Menade ni ”clean”?"),
    "answers_that_are_chosen": ("{{ rader('aktiviteter') | map(attribute='typ') | select('equalto', 'UTBX') | list | length }}", UTBX),
    "a_state_behind_a_stop": ("{{ lage['12'].tables.mal == 'mergd' }}", "”mergd” är inget av de ord som lage har. Menade ni ”merged”?"),
    "a_table_in_lage": ("{% for l in lage.values() %}{{ l.tables['aktivitter'] == 'merged' }}{% endfor %}", "Det finns ingen tabell som heter ”aktivitter” 2020. Menade ni ”aktiviteter”?"),
    "a_table_behind_a_stop": ("{{ lage['12'].tables.aktivitter == 'merged' }}", "Det finns ingen tabell som heter ”aktivitter” 2020. Menade ni ”aktiviteter”?"),
    "one_in_lage": ("{{ lage['99'].name }}", "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
    "a_field_within_brackets": (IN + "{{ r['statuss'] }}" + END, STATUSS),
    "one_among_those_who_reported": ("{{ '99' in redovisat }}", "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
    "one_among_those_who_answered": ("{{ '99' in lan('mal') }}", "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
    "one_in_a_loop_of_lage": ("{% for l in lage.values() if l.code == '99' %}x{% endfor %}", "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
    "a_state_among_all": ("{% for l in lage.values() %}{{ 'bloked' in l.tables.values() }}{% endfor %}", "”bloked” är inget av de ord som lage har. Menade ni ”blocked”?"),
    "a_part_of_a_waiver": ("{% for a in avsteg %}{{ a.decison }}{% endfor %}", "Det finns inget i avsteg som heter ”decison”. Menade ni ”decision”?"),
    "a_part_of_an_answer": ("{% for s in svar %}{{ s.answr }}{% endfor %}", "Det finns inget i svar som heter ”answr”. Menade ni ”answer”?"),
    "one_of_several": ("{% for r in rader('lagesbild') %}{{ r.perspektiv == 'U' }}{% endfor %}", SEVERAL),
    "one_of_several_in_a_filter": ("{{ rader('lagesbild') | selectattr('perspektiv', 'ne', 'U') | list | length }}", SEVERAL),
    "a_name": ("{% for l in lage.values() if l.name == 'Skånee' %}x{% endfor %}", "Det finns ingen uppgiftslämnare som heter ”Skånee” 2020. Menade ni ”Skåne”?"),
    "the_name_in_a_row": (IN + "{{ r.lansnamn == 'Skånee' }}" + END, "Det finns ingen uppgiftslämnare som heter ”Skånee” 2020. Menade ni ”Skåne”?"),
    "a_code_in_small_letters": (IN + "{{ (r.typ | lower) == 'utb' }}" + END, REWRITTEN),
    "a_code_within_small_letters": (IN + "{{ 'utb' in (r.typ.kod | lower) }}" + END, REWRITTEN),
    "a_code_with_a_text_behind": (IN + "{% set t = r.typ ~ '' %}{{ t == 'UTB' }}" + END, REWRITTEN),
    "a_code_looked_up": (IN + "{{ {'UTB': 1}.get(r.typ.kod) }}" + END, "Ett uppslag, {'A': …}, kan inte stå i ett kapitel. Skriv if och elif i stället."),
    "a_method": (IN + "{{ r.typ.kod.lower() }}" + END, "”.lower()” kan inte stå i ett kapitel. Skriv | lower i stället."),
    "another_method": (IN + "{{ r.typ.kod.format(1) }}" + END, "”.format(…)” kan inte stå i ett kapitel."),
    "a_power": ("{{ 2 ** 3 }}", "Potenser (**) går inte att räkna i ett kapitel."),
    "a_filter_that_asks_of_anything": (IN + "{{ r | attr('typ') }}" + END, "Filtret ”attr” finns inte i ett kapitel. De som finns är abs, capitalize, count, d, default, first, groupby, int, join, last, length, list, lower, map, max, min, reject, rejectattr, reverse, round, select, selectattr, sort, string, sum, trim, unique och upper."),
    "a_test_of_kinds": (IN + "{{ r.typ is mapping }}" + END, "Provet (is) ”mapping” finns inte i ett kapitel. De som finns är defined, divisibleby, eq, equalto, even, ge, greaterthan, gt, in, le, lessthan, lt, ne, none, odd och undefined."),
    "a_number_and_a_text": ("{% if redovisat | length == '2' %}x{% endif %}", UNLIKE.format("ett tal", "en text")),
    "the_year_and_a_text": ("{{ ar == '2020' }}", UNLIKE.format("ett tal", "en text")),
    "a_number_among_codes": ("{{ 12 in redovisat }}", UNLIKE.format("ett tal", "en text")),
    "a_list_and_a_number": ("{{ redovisat == 2 }}", UNLIKE.format("en lista", "ett tal")),
    "a_number_as_a_code": (IN + "{{ r.deluppdrag == 5 }}" + END, "En kod skrivs inom citattecken: '5'."),
    "a_number_as_a_code_of_who_reports": (IN + "{{ r.lan == 12 }}" + END, "En kod skrivs inom citattecken: '12'."),
    "a_number_as_a_code_that_is_given": ("{{ indikatorsumma(1) }}", "En kod skrivs inom citattecken: '1'."),
    "no_answer_as_a_condition": ("{{ lst(lan('indikatorer', varde='u.s.')) }}", "”u.s.” kan inte vara ett villkor inom parentesen. Fråga varje rad i stället: r.varde == 'u.s.'."),
    "a_table_that_is_named": ("{{ tabellnamn['aktivitet'] }}", "Det finns ingen tabell som heter ”aktivitet” 2020. Menade ni ”aktiviteter”?"),
    "a_part_of_a_day": (IN + "{{ r.start.yaer }}" + END, "Det finns inget i start som heter ”yaer”. Menade ni ”year”?"),
    "several_among_others": ("{% for r in rader('lagesbild') %}{{ r.perspektiv in ['U'] }}{% endfor %}", SEVERAL),
    "a_sum_that_is_a_text": ("{% if indikatorsumma('1') > 5 %}x{% endif %}", "Det går inte att jämföra en text och ett tal med ”>”."),
    "a_sum_that_equals_a_number": ("{{ indikatorsumma('1') == 5 }}", UNLIKE.format("en text", "ett tal")),
    "a_set_and_a_number": ("{{ 5 < lan('mal') }}", "Det går inte att jämföra ett tal och en lista med ”<”."),
    "a_code_where_a_set_is_wanted": ("{{ lst('12') }}", "”lst” kan inte räkna med det som står inom parentesen: en text."),
    "rows_where_a_set_is_wanted": ("{{ lst(rader('mal')) }}", "”lst” kan inte räkna med det som står inom parentesen: en lista."),
    "a_code_where_names_are_wanted": ("{{ namn('12') }}", "”namn” kan inte räkna med det som står inom parentesen: en text."),
    "a_text_where_a_number_is_wanted": ("{{ kr(lst(redovisat)) }}", "”kr” kan inte räkna med det som står inom parentesen: en text."),
    "a_set_where_a_number_is_wanted": ("{{ ord(lan('mal')) }}", "”ord” kan inte räkna med det som står inom parentesen: en lista."),
    "a_code_that_a_macro_is_given": ("{% macro m(k) %}{% for r in rader('aktiviteter') if r.typ == k %}x{% endfor %}{% endmacro %}{{ m('UTBX') }}", UTBX),
    "a_code_by_the_name_of_a_parameter": ("{% macro m(r, k='UTB') %}{{ r.typ == k }}{% endmacro %}" + IN + "{{ m(r, k='UTBX') }}" + END, UTBX),
    "the_usual_code_of_a_macro": ("{% macro m(r, k='UTBX') %}{{ r.typ == k }}{% endmacro %}" + IN + "{{ m(r) }}" + END, UTBX),
    "a_code_in_a_macro_of_a_macro": ("{% macro n(r, k) %}{{ r.typ == k }}{% endmacro %}{% macro m(r) %}{{ n(r, 'UTBX') }}{% endmacro %}" + IN + "{{ m(r) }}" + END, UTBX),
    "a_row_that_a_macro_is_given": ("{% macro m(x) %}{{ x.statuss }}{% endmacro %}" + IN + "{{ m(r) }}" + END, STATUSS),
    "a_code_in_small_letters_in_a_macro": ("{% macro m(x) %}{{ (x.typ | lower) == 'utb' }}{% endmacro %}" + IN + "{{ m(r) }}" + END, REWRITTEN),
    "true_as_a_text": ("{{ Lst(lan('aktiviteter', resultat='true')) }}", TRUE_AS_TEXT.format("true")),
    "true_as_a_text_with_a_capital": ("{{ Lst(lan('aktiviteter', resultat='True')) }}", TRUE_AS_TEXT.format("True")),
    "false_as_a_text": ("{{ rader('aktiviteter', resultat='false') | length }}", TRUE_AS_TEXT.format("false")),
    "yes_as_a_text": ("{{ Lst(lan('aktiviteter', resultat='ja')) }}", TRUE_AS_TEXT.format("ja")),
    "true_as_one_of_several": ("{{ Lst(lan('aktiviteter', resultat=['true'])) }}", TRUE_AS_TEXT.format("true")),
    "true_as_a_text_of_a_row": (IN + "{{ r.resultat == 'true' }}" + END, TRUE_AS_TEXT.format("true")),
    "true_as_a_text_in_a_filter": ("{{ rader('aktiviteter') | selectattr('resultat', 'eq', 'true') | list | length }}", TRUE_AS_TEXT.format("true")),
    "a_blank_as_a_condition": ("{{ Lst(lan('aktiviteter', belagg='')) }}", "'' kan inte vara ett villkor inom parentesen. Fråga varje rad i stället: r.belagg == ''."),
    "an_answer_that_is_true": (IN + "{{ r.resultat == true }}" + END, "Fältet ”aktiviteter.resultat” är aldrig true. Jämför med det som svaret ska vara."),
    "a_code_that_is_false": ("{% for r in rader('lagesbild') %}{{ r.analys_kon == false }}{% endfor %}", "Fältet ”lagesbild.analys_kon” är aldrig false. Jämför med det som svaret ska vara."),
    "a_number_as_a_text": (IN + "{{ r.rubrik == 5 }}" + END, "Fältet ”aktiviteter.rubrik” är en text och kan inte vara 5. Skriv texten inom citattecken."),
    "an_id_of_another_form": (IN + "{{ r.id == 'M1' }}" + END, "Fältet ”aktiviteter.id” kan inte vara ”M1”. Det skrivs: A följt av en siffra, till exempel A1."),
    "an_id_that_is_referred_to": ("{{ lan('aktiviteter', mal_id='1') }}", "Fältet ”aktiviteter.mal_id” kan inte vara ”1”. Det skrivs: M följt av en siffra, till exempel M1."),
    "a_text_that_is_too_long": (IN + "{{ r.ansvarig == '" + "x" * 301 + "' }}" + END, "Fältet ”aktiviteter.ansvarig” har högst 100 tecken, och texten här är längre. Den kan ingen ha svarat."),
    "a_year_that_is_too_early": ("{{ lan('mal', malar=1999) }}", "Fältet ”mal.malar” är minst 2017 och kan inte vara 1999."),
    "a_share_that_is_too_great": ("{% for r in rader('ekonomi') %}{{ r.andel == 150 }}{% endfor %}", "Fältet ”ekonomi.andel” är högst 100 och kan inte vara 150."),
    "the_year_of_a_day_as_a_text": (IN + "{{ r.start.year == '2020' }}" + END, DAY_PART.format("2020")),
    "a_month_among_texts": (IN + "{{ r.start.month in ['3', '4'] }}" + END, DAY_PART.format("3"), DAY_PART.format("4")),
    "a_year_that_is_later_than_a_text": (IN + "{{ r.start.year > '2019' }}" + END, DAY_PART.format("2019")),
    "years_in_a_filter": ("{{ rader('aktiviteter') | selectattr('start.year', 'eq', '2020') | list | length }}", DAY_PART.format("2020")),
    "what_a_code_means": (IN + "{{ r.status.label == 'Klarr' }}" + END, "”Klarr” är inget som en kod i listan ”status” betyder. Menade ni ”Klar”?"),
    "a_part_of_an_example": ("{% for e in exempel(1, typ='UTB') %}{{ e.txt }}{% endfor %}", "Det finns inget i exempel som heter ”txt”. Menade ni ”text”?"),
    "a_part_of_a_quotation": ("{% macro visa(lista) %}{% for e in lista %}{{ e.saidd }}{% endfor %}{% endmacro %}{{ visa(citat(1, 'aktiviteter', 'resultat')) }}", "Det finns inget i exempel som heter ”saidd”. Menade ni ”said”?"),
    "a_part_of_what_is_shared": ("{% set g = gemensamt('mal', 'formulering') %}{{ g[0].texten }}", "Det finns inget i gemensamt som heter ”texten”. Menade ni ”text”?"),
    "a_part_of_a_reason": ("{% for r in inget_skal('mal') %}{{ r.countyy }}{% endfor %}", "Det finns inget i inget_skal som heter ”countyy”. Menade ni ”county”?"),
    "a_part_of_the_targets": ("{{ malvarden.all }}", "Det finns inget i malvarden som heter ”all”. Menade ni ”alla”?"),
    "examples_of_another_field": ("{{ exempel(1, typp='UTB') | length }}", "Tabellen ”aktiviteter” har inget fält som heter ”typp” 2020. Menade ni ”typ”?"),
    "what_is_shared_of_another_field": ("{{ gemensamt('mal', 'formulering', malarr=2020) | length }}", "Tabellen ”mal” har inget fält som heter ”malarr” 2020. Menade ni ”malar”?"),
    "a_value_that_is_called": ("{{ malvarden(alla=1) }}", "”malvarden” är ingen funktion. Skriv namnet utan parentes."),
    "a_function_without_brackets": ("{% if sammanhang %}x{% endif %}", "”sammanhang” är en funktion. Skriv en parentes efter namnet."),
    "one_that_is_printed": ("{{ bortfall }}", "”bortfall” är en funktion. Skriv en parentes efter namnet."),
    "one_that_is_counted": ("{{ sammanhang | length }}", "”sammanhang” är en funktion. Skriv en parentes efter namnet."),
    "too_little": ("{{ kr() }}", "kr: Något saknas inom parentesen."),
    "too_little_of_two": ("{{ citat(1, 'aktiviteter') | length }}", "citat: Något saknas inom parentesen."),
    "too_much": ("{{ lan('mal', 1, 2) | length }}", "lan: Det står för mycket inom parentesen."),
    "too_much_for_none": ("{{ Lst(sammanhang('mal')) }}", "sammanhang: Det står för mycket inom parentesen."),
    "a_name_within_the_brackets": ("{{ procent(1, decimaler=2) }}", "procent: Det som står inom parentesen har ett namn för mycket: ”decimaler”. Menade ni ”decimals”?"),
    "a_test_by_name": ("{{ rader('aktiviteter') | selectattr('status', 'eqto', 'K') | list | length }}", "Det finns inget prov (is) som heter ”eqto”. Menade ni ”equalto”?"),
    "a_test_of_answers_by_name": ("{{ [1, 2] | select('od') | list | length }}", "Det finns inget prov (is) som heter ”od”. Menade ni ”odd”?"),
    "a_filter_by_name": ("{{ ['a'] | map('uper') | join }}", "Det finns inget filter som heter ”uper”. Menade ni ”upper”?"),
    "another_chapter": ("{% include '02-uppdrag.md.j2' %}", "”include” kan inte stå i ett kapitel. Skriv det som ska stå där i kapitlet självt."),
    "what_another_chapter_has": ("{% import 'a.md.j2' as a %}", "”import” kan inte stå i ett kapitel. Skriv det som ska stå där i kapitlet självt."),
    "a_macro_of_another_chapter": ("{% from 'a.md.j2' import b %}", "”from … import” kan inte stå i ett kapitel. Skriv det som ska stå där i kapitlet självt."),
    "another_chapter_around": ("{% extends 'a.md.j2' %}", "”extends” kan inte stå i ett kapitel. Skriv det som ska stå där i kapitlet självt."),
    "an_amount_as_a_share": ("{{ procent(minst) }}", SHARE),
    "a_count_as_a_share": ("{{ procent(redovisat | length, 0) }}", SHARE),
    "rows_as_a_share": ("{{ procent(rader('ekonomi') | sum(attribute='utfall')) }}", SHARE),
    "a_count_of_how_it_stands": ("{% for l in lage.values() if l.errors == '0' %}x{% endfor %}", UNLIKE.format("ett tal", "en text")),
    "a_count_of_targets": ("{{ malvarden.natt == '0' }}", UNLIKE.format("ett tal", "en text")),
    "codes_of_two_lists": ("{% for r in rader('ekonomi') %}{{ r.slag == r.kostnadsslag }}{% endfor %}", "Här jämförs koder ur listorna ”utgiftkostnad” och ”kostnadsslag”, som inte har någon kod gemensam."),
    "a_text_that_is_added_up": ("{{ rader('ekonomi') | sum(attribute='mottagare') }}", "Fältet ”ekonomi.mottagare” är inget tal och kan inte räknas ihop (sum)."),
    "a_code_that_is_greater": (IN + "{{ r.typ > 'A' }}" + END, ORDER),
    "a_code_that_is_less_than_a_number": (IN + "{{ 5 >= r.typ }}" + END, ORDER),
    "a_code_that_is_less_than_a_code": (IN + "{{ r.typ < r.status }}" + END, ORDER),
    "the_code_itself_that_is_greater": (IN + "{{ r.typ.kod > 'A' }}" + END, ORDER),
    "a_code_that_is_tested_greater": (IN + "{{ r.typ is gt('A') }}" + END, ORDER),
    "rows_with_a_greater_code": ("{{ rader('aktiviteter') | selectattr('typ', 'ge', 'A') | list | length }}", ORDER),
    "one_who_reports_that_is_greater": (IN + "{{ r.lan > '12' }}" + END, ORDER),
    "one_of_all_that_is_greater": ("{% for k in alla if k > '12' %}x{% endfor %}", ORDER),
    "an_answer_and_a_list": (IN + "{{ r.typ == ['UTB', 'KAM'] }}" + END, "Ett svar är aldrig lika med en lista. Skriv: r.typ in ['UTB', 'KAM']"),
    "an_answer_unlike_a_list": (IN + "{{ ['UTB'] != r.typ }}" + END, "Ett svar är aldrig lika med en lista. Skriv: r.typ in ['UTB']"),
    "several_answers_and_a_list": (OF + "{{ r.perspektiv == ['U'] }}" + END, "Ett fält som kan ha flera svar är aldrig lika med en lista. Fråga efter varje kod för sig: 'kod' in följt av fältet."),
    "a_code_in_a_text": (IN + "{{ r.typ in 'UTB' }}" + END, NO_LIST.format("UTB", "r.typ", "UTB")),
    "a_code_in_brackets": (IN + "{{ r.typ not in ('UTB') }}" + END, NO_LIST.format("UTB", "r.typ", "UTB")),
    "rows_with_a_code_in_a_text": ("{{ rader('aktiviteter') | selectattr('typ', 'in', 'UTB') | list | length }}", NO_LIST.format("UTB", "r.typ", "UTB")),
    "one_who_reports_in_a_text": (IN + "{{ r.lan in '12' }}" + END, NO_LIST.format("12", "r.lan", "12")),
    "a_row_in_a_text": (IN + "{{ r.rubrik in 'polis' }}" + END, NO_LIST.format("polis", "r.rubrik", "polis")),
    "one_who_reports_among_rows": ("{{ '12' in rader('mal') }}", SOUGHT.format("'12'", "lan")),
    "a_code_among_rows": ("{{ 'UTB' not in rader('aktiviteter') | list }}", SOUGHT.format("'UTB'", "typ")),
    "a_code_among_rows_that_are_set": ("{% set a = rader('aktiviteter') %}{{ 'UTB' in a }}", SOUGHT.format("'UTB'", "typ")),
    "an_answer_among_rows": (IN + "{{ r.mal_id in rader('mal') }}" + END, SOUGHT.format("r.mal_id", "mal_id")),
    "a_set_and_a_list": ("{{ lan('mal') == ['12', '25'] }}", SET_AND_LIST),
    "all_and_a_list": ("{{ ['12'] != alla }}", SET_AND_LIST),
    "the_commonest_and_a_list": ("{{ vanligast('aktiviteter', 'typ') == ['UTB'] }}", SET_AND_LIST),
    "a_day_that_is_defined": (IN + "{{ r.start is defined }}" + END, THERE.format("r.start", "is defined")),
    "a_day_that_is_none": (IN + "{% if r.slut is not none %}x{% endif %}" + END, THERE.format("r.slut", "is none")),
    "a_day_that_equals_none": (IN + "{{ none != r.slut }}" + END, THERE.format("r.slut", "== none")),
    "rows_with_a_day_that_is_defined": ("{{ rader('aktiviteter') | selectattr('start', 'defined') | list | length }}", THERE.format("r.start", "is defined")),
    "the_number_of_a_row_as_a_text": (IN + "{{ r.rad == '5' }}" + END, "Fältet ”aktiviteter.rad” är ett tal och kan inte vara ”5”."),
    "a_row_beyond_a_text": (IN + "{{ r.rad > '5' }}" + END, "Fältet ”aktiviteter.rad” är ett tal och kan inte vara ”5”."),
    "a_number_among_texts": ("{{ redovisat | length in ['1', '2'] }}", UNLIKE.format("ett tal", "en text")),
    "the_year_of_a_number": ("{% for r in rader('mal') %}{{ r.malar.year }}{% endfor %}", "Det finns inget i malar som heter ”year”."),
    "the_code_of_several": (OF + "{{ r.perspektiv.kod }}" + END, "Det finns inget i perspektiv som heter ”kod”."),
    "a_part_of_one_in_lage": ("{{ lage['12'].eror }}", "Det finns inget i lage som heter ”eror”. Menade ni ”errors”?"),
    "one_in_lage_behind_a_stop": ("{{ lage.UU.errors }}", "Det finns ingen uppgiftslämnare med koden ”UU” 2020."),
    "a_part_of_the_loop": (IN + "{{ loop.indx }}" + END, "Det finns inget i loop som heter ”indx”. Menade ni ”index”?"),
    "a_form_of_a_code": (IN + "{{ kr(r.typ) }}" + END, "”kr” kan inte räkna med det som står inom parentesen: en kod."),
    "a_form_of_a_text": (IN + "{{ ord(r.rubrik) }}" + END, "”ord” kan inte räkna med det som står inom parentesen: en text."),
    "a_form_of_a_day": (IN + "{{ tal(r.start) }}" + END, "”tal” kan inte räkna med det som står inom parentesen: en dag."),
    "rows_that_are_printed": ("{{ rader('mal') }}", NO_TEXT.format("en rad")),
    "a_row_that_is_printed": (IN + "{{ r }}" + END, NO_TEXT.format("en rad")),
    "one_in_lage_that_is_printed": ("{{ lage['12'] }}", NO_TEXT.format("läget för en uppgiftslämnare")),
    "lage_that_is_printed": ("{{ lage }}", NO_TEXT.format("en samling")),
    "a_text_and_a_number_together": ("{{ 'a' + 1 }}", RECKONED.format("+", "en text", "ett tal")),
    "a_list_and_a_number_together": ("{{ [1, 2] + 3 }}", RECKONED.format("+", "en lista", "ett tal")),
    "a_code_that_is_reckoned": (IN + "{{ r.typ * 2 }}" + END, RECKONED.format("*", "en kod", "ett tal")),
    "a_division_by_nothing": ("{{ 1 / 0 }}", "Här delas med noll. Pröva först med if att det som delas med inte är noll."),
    "one_of_several_of_no_list": (OF + "{% for k in r.perspektiv if k == 'UX' %}x{% endfor %}" + END, "Koden ”UX” finns inte i listan ”perspektiv”, som fältet ”lagesbild.perspektiv” hämtar sina svar ur."),
    "one_of_all": ("{% for k in alla if k == '99' %}x{% endfor %}", "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
    "a_space_for_names": ("{% set n = namespace(x=0) %}", "Det finns inget som heter ”namespace”."),
}  # fmt: skip
RIGHT = [
    OF + "{% for k in r.perspektiv if k == 'U' %}{{ k }}{{ k.kod }}{% endfor %}{% for k in r.perspektiv %}{{ k in ['U', 'K'] }}{% endfor %}" + END,
    "{{ Lst(alla) }}{{ alla[0] }}{{ namn(alla[:2]) }}{{ utan(alla) | length }}{{ (alla | list) == ['12'] }}{{ 'x' if alla == redovisat }}",
    "{{ rader('aktiviteter') | map(attribute='typ') | sort | join }}{{ rader('aktiviteter') | sort(attribute='typ') | length }}{{ rader('aktiviteter') | map(attribute='typ') | max }}",
    "{{ '12' in rader('mal') | map(attribute='lan') }}{{ rader('mal')[0] in rader('mal') }}{{ 'x' in ['x', 1] }}{{ 1 in [1, 2] }}",
    IN + "{{ loop.index + 1 }}{{ loop.previtem is defined }}{{ r.start.year + 1 }}{{ r.rad > 5 }}{{ r.rubrik + ' x' }}{{ 'a' + 'b' }}" + END,
    "{{ [1] + [2] }}{{ redovisat - lan('mal') }}{{ ar / 2 }}{{ 2 * 3 + ar }}{{ 2020 in serie }}{{ lage.values() | map(attribute='name') | join }}",
    "{% macro m(x=none) %}{% if x is none or x is not defined %}x{% endif %}{% endmacro %}{{ m() }}" + IN + "{{ m(r.start) }}" + END,
    "{% for r in rader('ekonomi') %}{{ kr(r.utfall) }}{{ tal(r.andel, 1) }}{{ kr(r.utfall * 2) }}{% endfor %}{% for r in rader('mal') %}{{ ord(r.malar) }}{% endfor %}",
    "{{ Lst(lan('aktiviteter', resultat=false)) }}{{ rader('aktiviteter', resultat=true) | length }}",
    "{% for r in rader('ekonomi') %}{{ r.anslag == r.anslag }}{% endfor %}{{ rader('ekonomi') | sum(attribute='utfall') }}{{ lage['12'].errors == 0 }}",
    IN + "{{ r.start.year == 2020 and r.slut.month in [3, 4] and r.start.year != 'u.s.' and r.slut.year == '' and r.status.label == 'Klar' }}" + END,
    "{% for e in exempel(2, typ='UTB', ordlista='polis') %}{{ e.headed }}{{ e.code == '12' }}{% endfor %}{{ (citat(1, 'aktiviteter', 'resultat') | first).text }}",
    "{% for g in gemensamt('mal', 'formulering') %}{{ lst(g.lan) }}{{ g.text }}{% endfor %}{{ malvarden.natt }}{% for s in inget_skal('mal') %}{{ s.text }}{% endfor %}",
    "{{ ord(3, common=False) }}{{ tal(2, 1) }}{{ Lst(utslag('sarredovisat', 'noll')) }}{% macro m(f, x) %}{{ f(x) }}{% endmacro %}{{ m(kr, ar) }}",
    "{{ procent(minst / ar) }}{{ procent(0.5, 0) }}{% set a = 0.25 %}{{ procent(a) }}{{ ['a'] | map('upper') | join }}{{ [1] | select('odd') | list | length }}",
    "{{ Lst(lan('aktiviteter', resultat=true, belagg=true)) }}{{ lan('lagesbild', analys_kon='JA') }}{{ lan('mal', malar=2020) }}",
    IN + "{{ 'ja' in r.resultat }}{{ r.id == 'A1' or r.mal_id != 'M12' or r.mal_id == 'e.t.' }}{{ 'polis' in r.beskrivning }}" + END,
    "{% for r in rader('ekonomi') %}{{ r.andel == 100 or r.andel > 150 }}{% endfor %}",
    "{% macro a(n) %}{{ a(n) if n and n > 1 }}{% endmacro %}{{ a(2) }}",
    "{% macro m(r, k) %}{{ r.typ == k }}{% endmacro %}" + IN + "{{ m(r, 'UTB') }}{{ m(r, k='KAM') }}{{ m(e, 'X') if e is defined else '' }}" + END + "{% set e = 1 %}",
    "{{ lst(redovisat) }}{{ lst(lanen(['12'])) }}{{ utan(lan('mal'), 'mal') | length }}{{ namn(alla) }}{{ namn(['12']) }}{{ kort(underlag('mal')) }}",
    "{{ ord(redovisat | length) }}{{ kr(ar) }}{{ indikatorsumma('1') == '' }}{% macro lst(x) %}{{ x }}{% endmacro %}{{ lst('12') }}",
    "{% set a = lan('mal') %}{{ Lst(a) }}{% if flertal(a) and a | length > 2 %}x{% endif %}{{ lst(skiljer) }}{{ namn(a) }}",
    "{% set ar = 'x' %}{{ ar == 'x' }}{{ redovisat | length == 2 }}{{ 'x' in ['x'] }}{{ tabellnamn.mal }}",
    IN + "{{ r.typ | lower }}{{ (r.rubrik | lower) == 'x' }}{{ 'x' in (r.rubrik | lower) }}{{ r.typ ~ '' }}{{ (r.typ | lower) == '' }}" + END,
    "{% for l in lage.values() if l.name == 'Skåne' %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for a in avsteg %}{{ a.county }}{{ a.placed }}{{ a.code == '12' }}{% endfor %}{% for s in svar %}{{ s.answer }}{% endfor %}",
    "{% for l in lage.values() %}{{ 'blocked' in l.tables.values() and l.code == '12' }}{% endfor %}",
    "{{ '12' in redovisat and '12' in lan('mal') }}{% for redovisat in [['x']] %}{{ 'x' in redovisat }}{% endfor %}",
    "{% for r in rader('lagesbild') %}{{ 'U' in r.perspektiv and r.perspektiv != '' }}{% endfor %}",
    IN + "{{ r.typ == 'UTB' or r.typ in ['UTB', 'KAM'] or r.typ == 'u.s.' or r.typ == '' }}" + END,
    IN + "{{ r.rubrik == 'UTBXY' or r.mal_id == 'M1' or r.start.year == 2020 }}" + END,
    IN + "{{ r.typ == 'UTB' }}" + END + "{% for r in rader('mal') %}{{ r.malsattning == '1' }}{% endfor %}",
    "{% set r = rader('mal')[0] %}{% if ar %}{% set r = lage['12'] %}{% endif %}{{ r.name }}",
    "{% macro m(r) %}{{ r.vad_som_helst == 'UTBX' }}{% endmacro %}",
    "{% for r in rader('ekonomi') %}{{ r.utfall > 0 and r.utfall != 1.5 and r.lan == '12' }}{% endfor %}",
    "{% for k, l in lage.items() %}{{ k }}{{ lage[k].tables.get('mal') }}{{ lage['12'].name }}{% endfor %}",
    "{% for l in lage.values() %}{{ l.verdict == 'errors' and l.tables['mal'] == 'merged' }}{% endfor %}",
]  # fmt: skip


@pytest.fixture
def faults(year, tmp_path):
    def of(text):
        found = chapter_faults(with_chapter(year, tmp_path, f"# Titel {{titel}}\n\n{text}\n"))
        return [(fault.line, fault.text) for fault in found]

    return of


class DescribeComparisons:
    @pytest.mark.parametrize("name", WRONG)
    def it_refuses_what_can_never_be_equal(self, faults, name):
        text, *said = WRONG[name]
        assert faults(text) == [(3, one) for one in said]

    @pytest.mark.parametrize("text", RIGHT)
    def it_takes_what_can(self, faults, text):
        assert faults(text) == []
