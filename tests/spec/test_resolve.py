"""A spec that is well-formed and wrong: every mistake is refused with file, line and reason."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year

# What is written wrong: the text in arbetsbok.yaml, what stands there instead, and what is said of it.
SEEDED = {
    "earmark_names_no_field": ("ekonomi.valdsform: [PMH]", "ekonomi.valdform: [PMH]", "Fältet ”ekonomi.valdform” finns inte"),
    "earmark_wants_no_code": ("ekonomi.valdsform: [PMH]", "ekonomi.valdsform: [PHM]", "Koden ”PHM” finns inte i kodlistan ”valdsform”"),
    "earmark_code_in_no_list": ("    code: PM\n", "    code: PN\n", "Koden ”PN” finns inte i någon kodlista"),
    "rule_wants_no_code": ("when: {status: [P]}", "when: {status: [X]}", "Koden ”X” finns inte i kodlistan ”status”"),
    "referred_by_no_field": ("by: aktiviteter.mal_id", "by: aktiviteter.malid", "Fältet ”aktiviteter.malid” finns inte"),
    "rule_says_no_message": ("{kostnadsslag: [OH]}, code: RAD-KRAV", "{kostnadsslag: [OH]}, code: RAD-KRVA", "Koden ”RAD-KRVA” finns inte i meddelanden.yaml"),
    "minimum_above_maximum": ("minimum: 2017, maximum: 2030", "minimum: 2031, maximum: 2030", "minimum 2031 och maximum 2030"),
    "shortest_above_longest": ("min_length: 40, max_length: 800", "min_length: 900, max_length: 800", "min_length 900 och max_length 800"),
    "sheets_of_one_label": ("label: Ekonomi\n    intro", "label: indikatorer\n    intro", "Två blad heter ”indikatorer”"),
    "fields_of_one_label": ("id: budget, label: Budget,", "id: budget, label: Utfall,", "har rubriken ”Utfall (kr)”"),
    "label_that_excel_refuses": ("label: Mål\n    intro", "label: Mål/2020\n    intro", "Excel godtar inte något av tecknen"),
    "example_that_is_no_code": ("Antal eller andel., example: 2 –", "Antal eller andel., example: 2 –", None),
    "computed_over_a_text": ("computed: {plus: [utgifter], minus: [ekonomi]}", "computed: {plus: [utgifter], minus: [kommentar]}", "”anslag.kommentar” är inget tal"),
    "lists_of_one_id": ("- id: arena\n", "- id: malgrupp\n", "Två kodlistor har id ”malgrupp”"),
    "code_that_ends_before_it_begins": ("{code: PM, label: Prostitution och människohandel, valid_from: 2020, invented: true}", "{code: PM, label: Prostitution och människohandel, valid_from: 2020, valid_to: 2019, invented: true}", "Den gäller aldrig"),
    "tables_of_one_id": ("- id: lagesbild\n        label", "- id: mal\n        label", "Två tabeller har id ”mal”"),
    "code_twice": ('- "NEJ Nej"', '- "JA Nej"', "koden ”JA” står två gånger"),
}  # fmt: skip
OWN = {
    "list_misspelt": ("list: kostnadsslag", "list: kostnadslag", "Menade ni ”kostnadsslag”?"),
    "reference_to_no_field": ("ref: mal.id, required", "ref: mal.idd, required", "Fältet ”mal.idd” finns inte"),
    "reference_to_what_is_no_id": ("ref: mal.id, required", "ref: mal.formulering, required", "som inte är av typen id"),
    "rows_from_no_list": ("rows_from: omrade", "rows_from: omraden", "Kodlistan ”omraden” finns inte"),
    "rows_from_another_list": ("rows_from: omrade", "rows_from: janej", "ska ha kodlistan ”janej”"),
    "sum_of_no_field": ("{sum_of: ekonomi.utfall, where: {anslagspost", "{sum_of: ekonomi.utfal, where: {anslagspost", "Menade ni ”ekonomi.utfall”?"),
    "sum_where_no_field": ("where: {anslagspost: anslagspost}", "where: {anslagsposten: anslagspost}", "Fältet ”ekonomi.anslagsposten” finns inte"),
    "a_label_that_is_anothers_without_its_unit": ("label: Kommentar, type: text, max_length: 1000, width: 40, help: Förklara en differens som inte är noll.}\n      - id: sarredovisning", "label: Enligt huvudboken, type: text, max_length: 1000, width: 40, help: Förklara en differens som inte är noll.}\n      - id: sarredovisning", "har rubriken ”Enligt huvudboken”"),
    "amounts_in_thousands": ("type: amount, unit: kr", "type: amount, unit: tkr", "har enheten ”tkr”, men svar av typen amount räknas alltid som kr"),
    "computed_whole_of_parts": ("Differens, type: amount, unit: kr,", "Differens, type: integer,", "”anslag.differens” är ett heltal (type: integer) men räknas ut av ”anslag.utgifter”, som kan ha decimaler"),
    "codes_told_apart_by_a_blank_that_nobody_sees": ('- "P Profitörer"', '- {code: "U\u200b", label: Profitörer}', "har mellanslag först, sist eller flera i rad, eller tecken som inte syns"),
    "code_with_a_blank_before": ('- "P Profitörer"', '- {code: " P", label: Profitörer}', "Koden ” P” i listan ”perspektiv” har mellanslag först"),
    "codes_that_differ_in_a_dash": ('- "P Profitörer"', '- {code: "a—b", label: Profitörer}\n      - {code: "a–b", label: Andra}', "skiljer sig bara i mellanslag, streck"),
    "code_that_holds_a_label": ('- "P Profitörer"', '- {code: "P – Q", label: Profitörer}', "innehåller ett tankstreck med mellanslag omkring"),
    "code_that_is_a_formula": ('- "P Profitörer"', '- {code: "=P", label: Profitörer}', "Koden ”=P” i listan ”perspektiv” börjar med ”=”"),
    "code_that_is_a_day": ('- "P Profitörer"', '- {code: "2020-01-01", label: Profitörer}', "ser ut som ett datum"),
    "tables_of_one_label": ("        label: Mål\n", "        label: lägesbild\n", "Två tabeller heter ”lägesbild”"),
    "heading_without_end": ("label: Målformulering,", f"label: {'Mål' * 90},", "Rubriken är 270 tecken lång. Den får vara högst 255"),
    "more_choices_than_codes": ("list: perspektiv, required: true, choices: 3,", "list: perspektiv, required: true, choices: 9,", "har 9 val (choices), men listan ”perspektiv” har bara"),
    "parts_as_bounds_of_whole_numbers": ("type: year, required: true, minimum: 2020,", "type: year, required: true, minimum: 0.5,", "Gränsen 0.5 för ”uppgifter.ar” är inget heltal"),
    "empty_where_an_answer_is_always_asked_for": ("{kind: empty_when, field: kommun,", "{kind: empty_when, field: niva,", "vill ha fältet ”niva” tomt i vissa rader, men fältet måste alltid fyllas i"),
    "unique_among_several": ("id: samverkan, label: Samverkanspart,", "id: samverkan, unique: true, label: Samverkanspart,", "kan ha flera svar"),
    "pattern_of_a_number": ("id: budget, label: Budget, type: amount,", "id: budget, pattern: '[0-9]+', label: Budget, type: amount,", "Fältet ”ekonomi.budget” har ett mönster (pattern), men det gäller bara texter och id (här är typen amount)"),
    "code_that_excel_searches_with": ('- "P Profitörer"', '- {code: "P*", label: Profitörer}', "Koden ”P*” i listan ”perspektiv” har tecknet ”*”, som Excel letar med"),
    "code_that_is_less_than": ('- "P Profitörer"', '- {code: "<5", label: Profitörer}', "har tecknet ”<”, som Excel letar med"),
    "sum_of_all_spend": ("sum_of: ekonomi.utfall, where: {verksamhetskod: verksamhetskod}", "sum_of: ekonomi.utfall", "Fältet ”huvudbok.ekonomi” har rollen ledger.sum och jämförs med raderna i redovisningen. Då ska det räknas ut så här: computed: {sum_of: ekonomi.utfall, where: {verksamhetskod: verksamhetskod}}."),
    "sum_of_the_budget": ("sum_of: ekonomi.utfall, where: {anslagspost: anslagspost}", "sum_of: ekonomi.budget, where: {anslagspost: anslagspost}", "Fältet ”anslag.ekonomi” har rollen appropriation.sum"),
    "difference_the_other_way": ("computed: {plus: [huvudbok], minus: [ekonomi]}", "computed: {plus: [ekonomi], minus: [huvudbok]}", "Fältet ”huvudbok.differens” har rollen ledger.difference"),
    "computed_and_required": ("computed: {plus: [utgifter], minus: [ekonomi]}", "required: true, computed: {plus: [utgifter], minus: [ekonomi]}", "”anslag.differens” räknas ut (computed) och fylls inte i av någon. Det kan inte ha ”required”"),
    "computed_and_bounded": ("computed: {plus: [utgifter], minus: [ekonomi]}", "minimum: 0, computed: {plus: [utgifter], minus: [ekonomi]}", "Det kan inte ha ”minimum”"),
    "computed_in_a_form": ("{id: dnr, label: ", "{id: rak, label: Räknat, type: integer, computed: {plus: [ar]}}\n          - {id: dnr, label: ", "”uppgifter.rak” står i ett formulär (kind: form), där inget räknas ut"),
    "sum_of_a_form": ("{sum_of: ekonomi.utfall, where: {verksamhetskod: verksamhetskod}}", "{sum_of: uppgifter.ar}", "”uppgifter.ar” står i ett formulär (kind: form) och kan inte summeras"),
    "computed_from_itself": ("computed: {plus: [utgifter], minus: [ekonomi]}", "computed: {plus: [differens], minus: [ekonomi]}", "räknas ut av sig självt"),
    "computed_from_itself_by_the_rows_that_it_sums": ("computed: {sum_of: ekonomi.utfall, where: {verksamhetskod", "computed: {sum_of: huvudbok.differens, where: {verksamhetskod", "räknas ut av sig självt"),
    "order_of_what_is_no_date": ("first: start, then: slut, code: RAD-D", "first: start, then: resultat, code: RAD-D", "”aktiviteter.resultat” är inget datum"),
    "rule_on_no_field_of_its_table": ("{kind: order, first: start, then: slut,", "{kind: order, first: start, then: stopp,", "stopp"),
    "above_zero_of_a_text": ('when: {andel: ["*"]}', 'when: {kommentar: [">0"]}', "”ekonomi.kommentar” är inget tal"),
    "special_that_is_no_answer": ("when: {andel: [\"*\"]}", "when: {andel: [u.s.]}", "godtar inte svaret ”u.s.”"),
    "referred_by_another_table": ("by: indikatorer.aktivitet_id", "by: indikatorer.mal_id", "pekar inte på tabellen ”aktiviteter”"),
    "bound_that_is_no_date": ("minimum: 20150101, maximum: 20301231", "minimum: 20150101, maximum: 20301301", "20301301"),
    "bound_of_a_text": ("label: Källa, type: text, required: true, max_length: 200", "label: Källa, type: text, required: true, minimum: 3, max_length: 200", "är inget tal och inget datum"),
    "length_of_a_number": ("id: varde, label: Värde, type: number,", "id: varde, label: Värde, type: number, max_length: 3,", "är ingen text"),
    "share_beyond_a_hundred": ("minimum: 0, maximum: 100, width: 20", "minimum: 0, maximum: 120, width: 20", "är en andel"),
    "example_beyond_its_bounds": ('id: utfall, label: Utfall, type: amount, unit: kr, required: true, specials: true,', 'id: utfall, label: Utfall, type: amount, unit: kr, required: true, specials: true, minimum: 90000,', "utanför fältets gränser"),
    "example_that_is_no_date": ('help: Datum då redovisningen godkändes (åååå-mm-dd)., example: "{next_year}-02-15"', 'help: Datum då redovisningen godkändes (åååå-mm-dd)., example: "{next_year}-02-35"', "är inget datum"),
    "example_too_short": ("example: Utbildningsdag om köp av sexuella tjänster", "example: Dag", "3 tecken långt"),
    "example_against_its_pattern": ("help: \"Ett eget id: E1, E2, E3 …\", example: E1", "help: \"Ett eget id: E1, E2, E3 …\", example: X1", "följer inte fältets mönster"),
    "example_of_no_code": ("example: KÖP – Köpta tjänster", "example: KÅP – Köpta saker", "är ingen kod i listan ”kostnadsslag”"),
    "place_that_nothing_fills": ("Samma uppgift för {last_year}.", "Samma uppgift för {lastyear}.", "”{lastyear}” i en text går inte att fylla i"),
    "sheet_with_apostrophe": ("label: Mål\n    intro", "label: \"Mål'\"\n    intro", "ingen apostrof"),
    "sheet_that_excel_keeps": ("label: Mål\n    intro", "label: History\n    intro", "upptaget i Excel"),
    "one_code_too_few_of_nil": ('      - "ANS Anslagsredovisning"\n', "", "Listan ”tabell” har 5 koder, men 6 tabeller"),
    "letters_of_two": ("namn: Uppsala, bokstav: C", "namn: Uppsala, bokstav: AB", "”AB” kan betyda både koden ”01” och koden ”03” i listan ”lan”"),
    "name_of_two": ("namn: Uppsala, bokstav: C", "namn: Stockholm, bokstav: C", "”Stockholm” kan betyda både koden ”01” och koden ”03” i listan ”lan”"),
    "letters_that_are_another_s_name": ("namn: Uppsala, bokstav: C", "namn: Uppsala, bokstav: stockholms län", "”stockholms län” kan betyda både koden ”01” och koden ”03”"),
    "name_longer_than_a_file_s": ("namn: Uppsala, bokstav: C", f"namn: {'Uppsala' * 30}, bokstav: C", "Namnet på ”03” är för långt för ett filnamn"),
    "nil_codes_in_another_order": ('      - "LÄGE Lägesbild"\n      - "MÅL Mål"\n', '      - "MÅL Mål"\n      - "LÄGE Lägesbild"\n', "heter som tabellen"),
    "label_that_nobody_sees": ("label: Målformulering,", "label: \"\\u200b\",", "Rubriken är tom"),
    "return_that_is_no_form": ("label: Uppgifter om redovisningen\n        kind: form", "label: Uppgifter om redovisningen\n        kind: list", "Tabellen ”uppgifter” har rollen return och ska vara ett formulär"),
    "a_time_for_a_number": ("trend_percent: 25", "trend_percent: 1:10", "”trend_percent” i ”limits” ska vara ett tal, men är 1:10."),
    "a_limit_without_end": ("trend_percent: 25", "trend_percent: .inf", "”trend_percent” i ”limits” ska vara ett tal"),
    "one_of_a_single_field": ("among: [aktivitet_id, mal_id]", "among: [mal_id]", "nämner bara fältet ”mal_id”"),
    "a_stem_of_a_letter": ("    words: [prost", "    words: [a, prost", "Ordet ”a” i området ”pm” är så kort"),
    "percent_above_a_hundred": ("alike_percent: 90", "alike_percent: 900", "Gränsen ”alike_percent” är 900"),
    "secrecy_of_nobody": ("secrecy_minimum: 5", "secrecy_minimum: 0", "Gränsen ”secrecy_minimum” är 0"),
    "secrecy_beyond_reckoning": ("secrecy_minimum: 5", "secrecy_minimum: 10000000000000000000000000000000000000000", "Gränsen ”secrecy_minimum” är orimligt stor"),
    "codes_that_differ_in_capitals": ('- "P Profitörer"', '- "u Profitörer"', "bara i stora och små bokstäver"),
    "codes_of_one_label": ('- "P Profitörer"', '- "P Köpare"', "Två koder i listan ”perspektiv” heter ”Köpare”"),
    "area_older_than_its_code": ("    code: PM\n    valid_from: 2020", "    code: PM\n    valid_from: 2019", "från 2019, men koden ”PM” från 2020"),
    "other_name_that_no_code_has": ("also: [namn, bokstav]", "also: [namn, bokstaven]", "har egenskapen ”bokstaven”"),
    "both_specials_alike": ("not_applicable: e.t.", "not_applicable: u.s.", "”not_applicable” är alltid ”e.t.”"),
    "column_without_width": ("id: budget, label: Budget, type: amount, unit: kr, specials: true, minimum: 0, width: 16", "id: budget, label: Budget, type: amount, unit: kr, specials: true, minimum: 0, width: 0", "bredd mellan 1 och 255"),
    "scope_of_a_list_without_counties": ("type: code, list: niva,", "type: code, list: niva, scope: county,", "börjar inte med koderna för dem som redovisar"),
}  # fmt: skip
SEEDED["example_that_is_no_code"] = (
    "example: A – Alla åldrar", "example: Z – Alla åldrar", "är ingen kod i listan ”alder”",
)  # fmt: skip
PATH = "2020/arbetsbok.yaml"


def spoiled(templates, old, new):
    """The lines between which the fault stands once a text is exchanged."""
    path = templates / PATH
    text = path.read_text(encoding="utf-8")
    assert old in text
    start = text.index(old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    first = text[:start].count("\n") + 1
    return first, first + max(old.count("\n"), new.count("\n"))


def refusal(templates, year=2020):
    with pytest.raises(SpecError) as caught:
        load_year(templates, year)
    return str(caught.value)


class DescribeAMistakeInTheSpec:
    @pytest.mark.parametrize("name", [*SEEDED, *OWN])
    def it_is_refused_with_file_line_and_reason(self, templates, name):
        old, new, reason = {**SEEDED, **OWN}[name]
        first, last = spoiled(templates, old, new)
        told = [line for line in refusal(templates).split("\n") if reason in line]
        assert told, refusal(templates)
        assert told[0].startswith("templates/2020/arbetsbok.yaml, rad ")
        number = int(told[0].split("rad ")[1].split(":")[0])
        near = {"tables_of_one_id": 25, "computed_from_itself": 0, "code_twice": 4, "one_code_too_few_of_nil": 8,
                "codes_that_differ_in_capitals": 2, "other_name_that_no_code_has": 2,
                "area_older_than_its_code": 2}.get(name, 3)  # fmt: skip
        assert first - near <= number <= last + near

    def it_tells_several_at_once(self, templates):
        spoiled(templates, "ekonomi.valdsform: [PMH]", "ekonomi.valdsform: [PHM]")
        spoiled(templates, "by: aktiviteter.mal_id", "by: aktiviteter.malid")
        spoiled(templates, "secrecy_minimum: 5", "secrecy_minimum: 0")
        assert len(refusal(templates).split("\n")) == 3

    def it_says_nothing_in_english(self, templates):
        spoiled(
            templates,
            "id: budget, label: Budget, type: amount,",
            "id: budget, label: Budget, typ: amount,",
        )
        said = refusal(templates)
        for word in ("Field required", "Extra inputs", "Value error", "should be", "Input"):
            assert word not in said


class DescribeAMistakeInADifference:
    def add(self, templates, text):
        path = templates / "2021/arbetsbok.yaml"
        before = path.read_text(encoding="utf-8")
        path.write_text(before + text, encoding="utf-8")
        return before.count("\n") + 1

    def it_is_told_at_the_change_that_brought_it(self, templates):
        line = self.add(
            templates,
            "  - set: ekonomi.budget\n    to: {minimum: 5, maximum: 4}\n  - retire_code: status.P\n    last: 2020\n",
        )
        assert refusal(templates, 2021).startswith(
            f"templates/2021/arbetsbok.yaml, rad {line}: Fältet ”ekonomi.budget”"
        )

    def it_may_be_mended_by_a_later_change(self, templates):
        self.add(
            templates,
            "  - set: ekonomi.budget\n    to: {minimum: 5, maximum: 4}\n  - set: ekonomi.budget\n    to: {minimum: 0, maximum: null}\n",
        )
        assert load_year(templates, 2021).spec.tables["ekonomi"].by_id["budget"].maximum is None


class DescribeTheShippedYears:
    @pytest.mark.parametrize("year", [2020, 2021])
    def it_has_no_fault(self, year):
        assert load_year(ROOT / "templates", year).spec.year == year

    def it_is_yaml_to_a_reader_without_libyaml(self):
        import yaml

        for path in sorted((ROOT / "templates").rglob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            plain = yaml.load(text, yaml.SafeLoader)
            assert plain == yaml.load(text, yaml.CSafeLoader), path
