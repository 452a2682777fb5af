"""Keys, words and years that are written wrong in a year's files: told in words, with what was meant."""

from __future__ import annotations

import shutil

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year

RUBRIK = "{id: rubrik, label: Rubrik, type: text, required: true, min_length: 5, max_length: 150"
# What stands in arbetsbok.yaml, what is written instead, and all that is said of it.
WRONG = {
    "a_key_of_a_field": (RUBRIK, RUBRIK.replace("required", "requierd").replace("max_length", "max_lenght"), [
        "”max_lenght” är inget som kan stå i fältet ”aktiviteter.rubrik”. Menade ni ”max_length”?",
        "”requierd” är inget som kan stå i fältet ”aktiviteter.rubrik”. Menade ni ”required”?",
    ]),
    "a_key_that_is_needed": ("label: Rubrik, type: text", "lable: Rubrik, type: text", [
        "”lable” är inget som kan stå i fältet ”aktiviteter.rubrik”. Menade ni ”label”?",
    ]),
    "a_key_of_an_area": ("    words: [prost", "    word: [prost", ["”word” är inget som kan stå i området ”pm”. Menade ni ”words”?"]),
    "a_key_at_the_top": ("agency: ", "agancy: ", ["”agancy” är inget som kan stå här. Menade ni ”agency”?"]),
    "a_limit": ("trend_percent: 25", "trend_procent: 25", ["”trend_procent” är inget som kan stå i ”limits”. Menade ni ”trend_percent”?"]),
    "a_limit_that_is_gone": ("  trend_percent: 25\n", "", ["”trend_percent” saknas i ”limits”."]),
    "a_kind_of_rule": ("kind: one_of, among", "kind: one_off, among", [
        "”one_off” är ingen sort av regel (kind) i regel 1 i tabellen ”indikatorer”. Det som finns är order, "
        "required_when, empty_when, one_of, within_year, shares, referred. Menade ni ”one_of”?",
    ]),
    "a_key_of_a_rule": ("{kind: order, first: start, then: slut,", "{kind: order, frist: start, then: slut,", [
        "”frist” är inget som kan stå i regel 1 i tabellen ”aktiviteter”. Menade ni ”first”?",
    ]),
    "a_type": ("label: Diarienummer, type: text", "label: Diarienummer, type: txt", None),
    "a_key_of_a_code": ('{code: "01", label', '{code: "01", lable', ["”lable” är inget som kan stå i koden ”01”. Menade ni ”label”?"]),
    "a_code_that_is_a_number": ('{code: "01", label', "{code: 01, label", [
        "”code” i koden ”01” är talet 01, men ska vara en text. Sätt citattecken runt: code: \"01\"."
    ]),
    "a_code_with_zeros": ('{code: "01", label', "{code: 010, label", [
        "”code” i koden ”010” är talet 010, men ska vara en text. Sätt citattecken runt: code: \"010\"."
    ]),
    "a_truth_for_a_text": ("agency: Jämställdhetsmyndigheten", "agency: no", [
        "”agency” ska vara en text, men är ja/nej-värdet no. Sätt citattecken runt det."
    ]),
    "a_truth_for_a_whole_number": ("secrecy_minimum: 5", "secrecy_minimum: true", ["”secrecy_minimum” i ”limits” ska vara ett heltal, men är true."]),
    "a_truth_for_a_number": ("trend_percent: 25", "trend_percent: yes", ["”trend_percent” i ”limits” ska vara ett tal, men är yes."]),
    "an_answer_that_the_program_reads": ("\nnot_applicable: e.t.\n", "\nnot_applicable: ej\n", [
        "Svaret ”ej” går inte att byta ut: ”not_applicable” är alltid ”e.t.”, som verktyget läser i cellerna och skriver i mallen.",
    ]),
    "letters_that_have_changed_places": ("ekonomi.valdsform: [PMH]", "ekonomi.valdsform: [PHM]", [
        "Koden ”PHM” finns inte i kodlistan ”valdsform” (nämns i ”pm”). Menade ni ”PMH”?",
    ]),
}  # fmt: skip
CHANGES = """
  - remove_field: aktiviteter.rubrikk
  - rename: aktiviteter.ansvarigg
    label: X
  - set: limits
    to: {trend_procent: 3}
  - retire_code: verksamhetskod.HRR
    last: 2020
  - remove_table: anslagg
  - remove_rule: ekonomi
    rule: {kind: required_when, field: mottagar}
  - add_feild: aktiviteter
    field: {id: z, label: Z, type: text}
  - rename: aktiviteter.rubrik
    lable: X
"""
TOLD = [
    (0, "Fältet ”aktiviteter.rubrikk” finns inte. Menade ni ”aktiviteter.rubrik”?"),
    (1, "Fältet ”aktiviteter.ansvarigg” finns inte. Menade ni ”aktiviteter.ansvarig”?"),
    (3, "”trend_procent” är inget som kan stå i ”limits”. Menade ni ”trend_percent”?"),
    (5, "Koden ”HRR” finns inte i listan ”verksamhetskod”. Menade ni ”HR”?"),
    (7, "Tabellen ”anslagg” finns inte. Menade ni ”anslag”?"),
    (8, "som har de egenskaperna, men det är 0."),
    (10, "”add_feild” är ingen ändring."),
    (13, "”lable” är inget som kan stå här. Menade ni ”label”?"),
]


class DescribeWhatIsMisspelt:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_told_in_words_with_what_was_meant(self, templates, name):
        old, new, wanted = WRONG[name]
        line = exchange(templates, old, new)
        told = [one.split(", rad ") for one in refusal(templates)]
        assert {file for file, _ in told} == {"templates/2020/arbetsbok.yaml"}
        texts = sorted(text.partition(": ")[2] for _, text in told)
        if wanted is None:
            assert texts[0].endswith("Menade ni ”text”?")
        else:
            assert texts == wanted
        lines = [int(text.partition(":")[0]) for _, text in told]
        assert all(abs(one - line) <= 12 for one in lines)


class DescribeAYearOfManyMistakes:
    def it_is_told_all_of_them_at_once(self, templates):
        path = templates / "2021/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.rstrip("\n") + CHANGES, encoding="utf-8")
        first = text.rstrip("\n").count("\n") + 2
        told = refusal(templates, 2021)
        assert len(told) == len(TOLD)
        for after, said in TOLD:
            start = f"templates/2021/arbetsbok.yaml, rad {first + after}: "
            assert any(line.startswith(start) and said in line for line in told), (said, told)

    def it_tells_them_in_the_order_of_the_file(self, templates):
        exchange(templates, "secrecy_minimum: 5", "secrecy_minimum: fem")
        exchange(templates, "trend_percent: 25", "trend_procent: 25")
        exchange(templates, "    label: Prostitution", "    lable: Prostitution")
        lines = [int(one.split("rad ")[1].partition(":")[0]) for one in refusal(templates)]
        assert len(lines) == 3
        assert lines == sorted(lines)

    def it_says_how_the_codes_of_a_change_are_written(self, templates):
        path = templates / "2021/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8").rstrip("\n")
        changes = """
  - add_code: verksamhetskod
    code: {code: 010, label: Nytt}
  - add_list: {id: nya, label: Nya, codes: [no, Ja]}
  - set_code: verksamhetskod.PM
    to: {code: 1e3}
"""
        path.write_text(text + changes, encoding="utf-8")
        said = 'Koden {} står utan citattecken och blir då ingen text. Skriv "{}".'
        assert [one.partition("rad ")[2] for one in refusal(templates, 2021)] == [
            f"47: {said.format('010', '010')}",
            f"48: {said.format('no', 'no')}",
        ]

    def it_says_which_years_there_are(self, templates):
        line = exchange(templates, "based_on: 2020", "based_on: 2012", "2021/arbetsbok.yaml")
        assert refusal(templates, 2021) == [
            f"templates/2021/arbetsbok.yaml, rad {line}: Det finns ingen mapp för 2012, som based_on nämner. "
            "Mappar finns för 2017, 2018, 2019, 2020."
        ]


class DescribeACopiedFolder:
    def it_is_told_before_all_else(self, templates):
        shutil.copytree(templates / "2020", templates / "2022")
        exchange(templates, "PMH]", "PHM]", "2022/arbetsbok.yaml")
        lines = (templates / "2022/arbetsbok.yaml").read_text(encoding="utf-8").splitlines()
        at = {
            key: next(n for n, one in enumerate(lines, 1) if one.startswith(f"{key}:"))
            for key in ("year", "version")
        }
        name = "templates/2022/arbetsbok.yaml"
        assert refusal(templates, 2022) == [
            f"{name}, rad {at['year']}: Mappen heter 2022, men year säger 2020. Har mappen kopierats från ett "
            "annat år? Ändra year och version.",
            f"{name}, rad {at['version']}: Mappen heter 2022, men version säger 2020.1. Ändra version till det här "
            'årets, till exempel "2022.1".',
        ]

    def it_is_told_of_a_difference_too(self, templates):
        shutil.copytree(templates / "2021", templates / "2022")
        assert "Mappen heter 2022, men year är fortfarande 2021." in refusal(templates, 2022)[0]

    def it_is_told_in_a_difference_without_a_change_too(self, templates):
        (templates / "2022").mkdir()
        path = templates / "2022/arbetsbok.yaml"
        path.write_text("based_on: 2021\n\nchanges: []\n", encoding="utf-8")
        name = "templates/2022/arbetsbok.yaml"
        assert refusal(templates, 2022) == [
            f"{name}, rad 1: Mappen heter 2022, men year är fortfarande 2021. Lägg till ändringen set: spec med to: {{year: 2022}}.",
            f"{name}, rad 1: Mappen heter 2022, men version säger 2021.1. Ändra version till det här årets, till exempel \"2022.1\".",
            f"{name}, rad 3: Fältet ”uppgifter.ar” godtar inte 2022. Gränserna är kvar från ett annat år. "
            "Lägg till eller rätta ändringen set: uppgifter.ar med to: {minimum: 2022, maximum: 2022}.",
        ]  # fmt: skip


class DescribeAYearBasedOnALaterOne:
    def it_differs_from_it(self, templates):
        (templates / "2016").mkdir()
        text = (
            'based_on: 2017\n\nchanges:\n  - set: spec\n    to: {year: 2016, version: "2016.1"}\n'
        )
        bounds = "  - set: uppgifter.ar\n    to: {minimum: 2016, maximum: 2016}\n"
        (templates / "2016/arbetsbok.yaml").write_text(text + bounds, encoding="utf-8")
        found = load_year(templates, 2016)
        assert [folder.name for folder in found.folders] == ["2016", "2017", "2019", "2020"]
        assert found.spec.tables["aktiviteter"].capacity == 40

    def it_may_not_lead_round(self, templates):
        line = exchange(templates, "based_on: 2020", "based_on: 2017", "2019/arbetsbok.yaml")
        assert refusal(templates, 2019) == [
            "templates/2017/arbetsbok.yaml, rad 3: based_on leder tillbaka till 2019. Något av åren måste beskrivas helt."
        ]
        assert line

    def it_may_not_be_itself(self, templates):
        line = exchange(templates, "based_on: 2020", "based_on: 2021", "2021/arbetsbok.yaml")
        assert refusal(templates, 2021) == [
            f"templates/2021/arbetsbok.yaml, rad {line}: based_on leder tillbaka till 2021. Något av åren måste beskrivas helt."
        ]


class DescribeTheBoundsOfTheYear:
    OWN = "  - set: uppgifter.ar\n    to: {minimum: 2021, maximum: 2021}\n"
    REASON = (
        "Fältet ”uppgifter.ar” godtar inte 2021. Gränserna är kvar från ett annat år. Lägg till eller rätta "
        "ändringen set: uppgifter.ar med to: {minimum: 2021, maximum: 2021}."
    )

    @pytest.mark.parametrize(
        ("new", "near"),
        [
            ("", "changes:"),
            (OWN.replace(" maximum: 2021", " maximum: 2022").replace("2021", "2022"), "set: uppgifter.ar"),
            (OWN.replace("minimum: 2021, ", "minimum: 2020, ").replace("maximum: 2021", "maximum: 2020"), "set: uppgifter.ar"),
        ],
        ids=["forgotten", "too_high", "too_low"],
    )  # fmt: skip
    def it_is_told_in_the_years_own_file(self, templates, new, near):
        exchange(templates, self.OWN, new, "2021/arbetsbok.yaml")
        lines = (templates / "2021/arbetsbok.yaml").read_text(encoding="utf-8").splitlines()
        [line] = [at for at, one in enumerate(lines, 1) if one.strip().strip("- ") == near]
        assert refusal(templates, 2021) == [
            f"templates/2021/arbetsbok.yaml, rad {line}: {self.REASON}"
        ]


class DescribeAFileThatIsNoUtf8:
    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
    @pytest.mark.parametrize("name", ["arbetsbok.yaml", "meddelanden.yaml", "texter/rapport.yaml"])
    def it_is_told_how_to_save_it(self, templates, name, encoding):
        path = templates / "2020" / name
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding, "replace"))
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020).texts("rapport")
        assert str(caught.value) == (
            f"templates/2020/{name}: filen är inte sparad som UTF-8, så å, ä och ö går inte att läsa. Öppna den, "
            "välj Spara som och kodningen UTF-8."
        )

    def it_may_begin_with_the_mark_that_windows_writes(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
        assert load_year(templates, 2020).spec.year == 2020


class DescribeTheDeviations:
    def it_may_be_an_empty_file(self, templates):
        (templates / "2020/avsteg.yaml").write_text("", encoding="utf-8")
        assert load_year(templates, 2020).spec.year == 2020

    def it_is_told_which_code_was_meant(self, templates):
        exchange(templates, "severities: {}", "severities: {FALT-KROT: NOTE}", "2020/avsteg.yaml")
        [told] = refusal(templates)
        assert told.endswith(
            "Koden ”FALT-KROT” finns inte i meddelanden.yaml. Menade ni ”FALT-KORT”?"
        )


class DescribeAFileThatIsGone:
    @pytest.mark.parametrize("year", [2020, 2021])
    def it_is_told_once_and_not_by_what_it_held(self, templates, year):
        (templates / "2020/meddelanden.yaml").unlink()
        assert refusal(templates, year) == ["templates/2020/meddelanden.yaml: filen finns inte."]


class DescribeAWordOfTheMessages:
    @pytest.mark.parametrize(
        ("written", "told"),
        [("ja", None), ("yes", "ja/nej-värdet yes. Sätt citattecken runt det"), ("", "tomt"), ("[a]", "en lista")],
    )  # fmt: skip
    def it_is_a_text(self, templates, written, told):
        line = exchange(templates, 'och: " och "', f"och: {written}", "2020/meddelanden.yaml")
        if told is None:
            assert load_year(templates, 2020).catalogue.word("och") == written
            return
        said = f"rad {line}: ”och” i ”ORD” ska vara en text, men är {told}."
        assert refusal(templates) == [f"templates/2020/meddelanden.yaml, {said}"]
