"""What codes say of themselves (`attributes`): read in one place, and refused where it cannot be read, since
a rule of secrecy or a sum hangs on it."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from tests.spec.edits import refusal
from toolkit.spec.load import load_year

KNOWN = "enhet, kalla, art, personer, decimaler, summering, hogst"
# What stands for it in the line of a code, and what is said of that code and line.
WRONG = {
    "a_word_in_capitals": ("2", 'personer: "ja"', 'personer: "Ja"',
        ["”Ja” är inget av det som kan stå för egenskapen ”personer” hos koden ”2” i listan ”indikator”: ja, nej. Menade ni ”ja”?"]),
    "a_sum_of_another_spelling": ("5", "högsta per län", "högsta per Län",
        ["”högsta per Län” är inget av det som kan stå för egenskapen ”summering” hos koden ”5” i listan ”indikator”: summa, högsta per län, summeras inte. Menade ni ”högsta per län”?"]),
    "a_misspelt_key": ("2", "personer:", "persone:",
        [f"”persone” är ingen egenskap som koden ”2” i listan ”indikator” kan ha. Det som finns är {KNOWN}. Menade ni ”personer”?"]),
    "a_key_of_nothing": ("2", "art: indikator", "xyz: indikator",
        [f"”xyz” är ingen egenskap som koden ”2” i listan ”indikator” kan ha. Det som finns är {KNOWN}."]),
    "decimals_in_words": ("2", 'decimaler: "0"', "decimaler: noll",
        ["Egenskapen ”decimaler” hos koden ”2” i listan ”indikator” ska vara ett tal, men är ”noll”."]),
    "decimals_below_zero": ("2", 'decimaler: "0"', 'decimaler: "-1"',
        ["Egenskapen ”decimaler” hos koden ”2” i listan ”indikator” är -1 och får inte vara lägre än 0."]),
    "too_many_decimals": ("2", 'decimaler: "0"', 'decimaler: "60"',
        ["Egenskapen ”decimaler” hos koden ”2” i listan ”indikator” är 60 och får inte vara högre än 6."]),
    "a_highest_value_in_words": ("11", 'hogst: "1"', "hogst: ett",
        ["Egenskapen ”hogst” hos koden ”11” i listan ”indikator” ska vara ett tal, men är ”ett”."]),
    "a_highest_value_without_end": ("25", 'hogst: "100"', "hogst: NaN",
        ["Egenskapen ”hogst” hos koden ”25” i listan ”indikator” ska vara ett tal, men är ”NaN”."]),
    "no_unit": ("2", "enhet: personer,", 'enhet: " ",', ["Egenskapen ”enhet” hos koden ”2” i listan ”indikator” är tom."]),
    "no_attributes": ("2", re.compile(r", attributes: \{.*\}\}"), "}", [
        "Koden ”2” i listan ”indikator” saknar egenskapen ”decimaler” (attributes).",
        "Koden ”2” i listan ”indikator” saknar egenskapen ”enhet” (attributes).",
        "Koden ”2” i listan ”indikator” saknar egenskapen ”personer” (attributes).",
    ]),
    "two_at_once": ("2", 'personer: "ja", decimaler: "0"', 'persone: "ja", decimaler: två', [
        "Egenskapen ”decimaler” hos koden ”2” i listan ”indikator” ska vara ett tal, men är ”två”.",
        f"”persone” är ingen egenskap som koden ”2” i listan ”indikator” kan ha. Det som finns är {KNOWN}. Menade ni ”personer”?",
    ]),
    "a_number_without_quotes": ("2", 'decimaler: "0"', "decimaler: 0", [
        "”decimaler” i ”attributes” i koden ”2” är talet 0, men ska vara en text. Sätt citattecken runt: decimaler: \"0\".",
    ]),
    "a_key_of_one_who_reports": ("12", "region: Syd", "regio: Syd",
        ["”regio” är ingen egenskap som koden ”12” i listan ”lan” kan ha. Det som finns är namn, bokstav, region, kommuner. Menade ni ”region”?"]),
    "a_name_that_is_empty": ("12", "namn: Skåne", 'namn: ""', ["Egenskapen ”namn” hos koden ”12” i listan ”lan” är tom."]),
    "a_state_that_may_have_ended": ("K", "avslutad: ja", "avslutad: JA",
        ["”JA” är inget av det som kan stå för egenskapen ”avslutad” hos koden ”K” i listan ”status”: ja, nej. Menade ni ”ja”?"]),
}  # fmt: skip


class DescribeTheAttributesOfACode:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_refused_where_it_cannot_be_read(self, templates, name):
        code, old, new, reasons = WRONG[name]
        path = templates / "2020/arbetsbok.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        starts = (f'- {{code: "{code}"', f"- {{code: {code},")
        sought = old if isinstance(old, re.Pattern) else re.compile(re.escape(old))
        [number] = [
            at
            for at, line in enumerate(lines, 1)
            if line.strip().startswith(starts) and sought.search(line)
        ]
        lines[number - 1] = sought.sub(new, lines[number - 1], count=1)
        path.write_text("".join(lines), encoding="utf-8")
        start = f"templates/2020/arbetsbok.yaml, rad {number}: "
        assert refusal(templates) == [start + reason for reason in reasons]

    def it_is_asked_of_a_code_that_a_year_adds(self, templates):
        path = templates / "2021/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        line = text.count("\n") + 1
        code = 'code: {code: "28", label: Digitala utbildningar, valid_from: 2021}'
        path.write_text(text + f"  - add_code: indikator\n    {code}\n", encoding="utf-8")
        assert refusal(templates, 2021) == [
            f"templates/2021/arbetsbok.yaml, rad {line}: Koden ”28” i listan ”indikator” saknar egenskapen ”{name}” (attributes)."
            for name in ("decimaler", "enhet", "personer")
        ]  # fmt: skip

    def it_may_be_the_sum_in_words(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8").replace("högsta per län}", "summa}", 1)
        path.write_text(text, encoding="utf-8")
        codes = load_year(templates, 2020).spec.lists["indikator"].by_code
        takes = [code.code for code in codes.values() if code.as_indicator.takes_highest]
        assert takes == ["6", "11"]

    def it_may_be_of_the_years_own_where_a_code_can_be_called_by_it(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8").replace(
            "also: [namn, bokstav]", "also: [namn, gammalt]"
        )
        path.write_text(text.replace("namn: Skåne,", "namn: Skåne, gammalt: Malmöhus,"), "utf-8")
        named = load_year(templates, 2020).spec.lists["lan"].named("Malmöhus")
        assert named is not None
        assert named.code == "12"

    def it_is_the_years_own_in_a_list_that_the_program_does_not_read(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        old = '      - "KAM Kampanj"\n'
        assert old in text
        new = "      - {code: KAM, label: Kampanj, attributes: {persone: kanske}}\n"
        path.write_text(text.replace(old, new), encoding="utf-8")
        codes = load_year(templates, 2020).spec.lists["aktivitetstyp"].by_code
        assert codes["KAM"].attributes == {"persone": "kanske"}

    def it_is_read_as_what_it_is_and_nowhere_else(self):
        """Only the dictionary shows them as they stand, and `also` calls a code by them."""
        readers = {
            path.relative_to(ROOT / "toolkit").as_posix()
            for path in (ROOT / "toolkit").rglob("*.py")
            if "annotate" not in path.parts  # those of XML elements; the room asks no code for any
            and re.search(
                r"code\.attributes|one\.attributes|self\.attributes", path.read_text("utf-8")
            )
        }
        assert readers == {
            "export/dictionary.py",
            "spec/codelists.py",
            "spec/misdescribed.py",
            "spec/codenames.py",
            "spec/codewriting.py",
        }
