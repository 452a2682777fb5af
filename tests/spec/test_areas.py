"""What must hang together in a spec beyond its names: the areas with the rows that ask for them, and
the tables with the sheet that they stand on."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from toolkit.files.yaml import SpecError
from toolkit.spec.fits import last_row
from toolkit.spec.load import load_year
from toolkit.template.layout import place_tables

SECOND = "  - {id: andra, label: Andra, code: PM, valid_from: 2020, condition: {ekonomi.valdsform: [PMH]}, words: [ord]}\n\n# Texter som"
OTHER = SECOND.replace("code: PM", "code: HR").replace("PMH", "HRV")
BOOK = (ROOT / "templates/2020/arbetsbok.yaml").read_text(encoding="utf-8")
WORDS = re.search(r"^    words: \[prostitu.*?\]\n", BOOK, re.DOTALL | re.MULTILINE)[0]
CONDITION = "    condition:\n      ekonomi.valdsform: [PMH]\n      aktiviteter.valdsform: [PMH]\n"
AREAS = BOOK[BOOK.index("    code: PM\n") : BOOK.index("\n# Texter som")]
BOTH = (
    f"{AREAS}\n# Texter som",
    f"    main: true\n{AREAS}" + OTHER.replace("id: andra", "main: true, id: andra"),
)
# What stands in arbetsbok.yaml, what is written instead, what the told line holds, and what is said.
WRONG = {
    "an_area_that_is_not_yet_valid": ("    valid_from: 2020\n    condition", "    valid_from: 2200\n    condition", "valid_from: 2200",
        "Området ”pm” gäller från 2200, men tabellen ”sarredovisning” frågar efter det redan 2020: raden ”PM”."),
    "a_row_that_is_not_yet_valid": ("människohandel, valid_from: 2020, invented: true}\n  - id: sarredovisning", "människohandel, valid_from: 2021, invented: true}\n  - id: sarredovisning", "    valid_from: 2020",
        "Området ”pm” gäller 2020, men tabellen ”sarredovisning” har ingen rad för det det året: koden ”PM” i listan ”omrade”."),
    "a_code_that_the_rows_have_not": ("    code: PM\n", "    code: HR\n", "    code: HR",
        "Området ”pm” har koden ”HR”, men raderna i tabellen ”sarredovisning” är PM (listan ”omrade”)."),
    "a_row_without_an_area": ('      - {code: PM, label: Prostitution och människohandel, valid_from: 2020, invented: true}\n  - id: sarr', '      - {code: PM, label: Prostitution och människohandel, valid_from: 2020, invented: true}\n      - "XY Annat"\n  - id: sarr', "XY Annat",
        "Tabellen ”sarredovisning” frågar efter ”XY”, som inget område under earmarks har som kod eller id."),
    "an_area_without_words": (WORDS, "    words: []\n", "words: []", "Området ”pm” har inga ord (words)."),
    "an_area_with_an_empty_word": ("[prostitu,", '[" ", prostitu,', 'words: [" "', "Området ”pm” har ett tomt ord. Det skulle finnas i varje text."),
    "a_word_of_another_area_misspelt": ("      människohand: [", "      människohnd: [", "      människohnd:",
        "”människohnd” under other_areas är inget av orden (words eller related) i området ”pm”. Menade ni ”människohand”?"),
    "an_empty_word_of_another_area": ("regionkoordinator: [heder,", "regionkoordinator: [\" \", heder,", "regionkoordinator: [\" \"", "Området ”pm” har ett tomt ord."),
    "an_area_without_condition": (CONDITION, "    condition: {}\n", "condition: {}", "Området ”pm” har inget villkor (condition)."),
    "a_condition_without_codes": ("      aktiviteter.valdsform: [PMH]\n", "      aktiviteter.valdsform: []\n", "aktiviteter.valdsform: []", "Villkoret på ”aktiviteter.valdsform” i området ”pm” har inga värden."),
    "an_area_without_a_name": ("    label: Prostitution och människohandel för sexuella ändamål\n    code", '    label: ""\n    code', '    label: ""', "Rubriken är tom."),
    "two_areas_of_one_code": ("\n# Texter som", SECOND, "id: andra", "Områdena ”pm” och ”andra” har samma kod (PM)."),
    "two_areas_and_none_chosen": ("\n# Texter som", OTHER, "earmarks:",
        "Det finns flera områden under earmarks (”pm” och ”andra”), men inte vilket av dem som rapporten och bladet Översikt gäller. Skriv main: true i det området."),
    "two_areas_and_both_chosen": (*BOTH, "code: HR,", "Både ”pm” och ”andra” under earmarks har main: true."),
    "a_table_longer_than_a_sheet": ("        capacity: 2000\n", "        capacity: 2000000\n", "capacity: 2000000",
        "Bladet ”Aktiviteter” skulle bli 2000005 rader långt, men Excel har 1048576. Minska capacity."),
    "a_text_longer_than_a_cell": ("max_length: 150,", "max_length: 150000,", "max_length: 150000", "”aktiviteter.rubrik” får vara 150000 tecken, men en cell i Excel rymmer 32767."),
    "a_table_wider_than_a_sheet": ("choices: 3", "choices: 20000", "choices: 20000", "kolumner bred, men Excel har 16384."),
    "a_heading_that_is_a_formula": ("label: Rubrik,", 'label: "=Rubrik",', "=Rubrik", "Rubriken ”=Rubrik” börjar med ”=”. Excel tar den för en formel."),
    "a_heading_that_looks_required": ("label: Rubrik,", 'label: "Rubrik *",', "Rubrik *", "Rubriken ”Rubrik *” slutar med *, som i mallen betyder att fältet måste fyllas i."),
    "a_table_called_as_a_formula": ("        label: Särredovisning\n        kind: fixed", "        label: +Särredovisning\n        kind: fixed", "+Särredovisning", "Rubriken ”+Särredovisning” börjar med ”+”."),
}  # fmt: skip


def spoiled(templates, old, new):
    """What is refused once a text is exchanged, and the file's lines."""
    path = templates / "2020/arbetsbok.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load_year(templates, 2020)
    return str(caught.value).split("\n"), text.splitlines()


class DescribeWhatMustHangTogether:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_refused_at_its_line(self, templates, name):
        old, new, near, reason = WRONG[name]
        told, lines = spoiled(templates, old, new)
        [found] = [line for line in told if reason in line]
        at = {number for number, one in enumerate(lines, 1) if near in one}
        assert int(found.split("rad ")[1].split(":")[0]) in at

    def it_may_be_an_area_of_a_later_year_that_no_row_asks_for_yet(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        text = text.replace(
            "    valid_from: 2020\n    condition", "    valid_from: 2021\n    condition"
        )
        row = "människohandel, valid_from: 2020, invented: true}\n  - id: sarr"
        assert row in text
        path.write_text(text.replace(row, row.replace("2020", "2021")), encoding="utf-8")
        assert load_year(templates, 2020).spec.earmarks[0].valid_from == 2021


class DescribeTheLengthOfASheet:
    @pytest.mark.parametrize("year", [2020, 2021])
    def it_is_what_the_template_makes_it(self, year):
        spec = load_year(ROOT / "templates", year).spec
        placed = place_tables(spec)
        for sheet in spec.sheets:
            ends = [placed[table.id].last_row for table in sheet.tables]
            assert last_row(spec, sheet) == max(ends, default=0)
