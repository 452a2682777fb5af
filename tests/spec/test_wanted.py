"""meddelanden.yaml and texter/*.yaml against what the code says and asks for: a misspelt message moves no
verdict, and no text is missed in the middle of a run."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from tests.spec.edits import exchange, refusal
from tests.spec.make_wanted import needs_of, texts_found, words_found
from toolkit.checks.run import CHECKS, FURTHER
from toolkit.files.yaml import SpecError
from toolkit.findings.texts import Texts
from toolkit.spec.load import load_year
from toolkit.spec.rules import places_of
from toolkit.spec.wanted import wanted
from toolkit.year.inputs import Inputs
from toolkit.year.speccheck import look_through
from toolkit.year.workspace import Workspace

MESSAGES = {
    "a_code": ("\nEKON-BUDGET:", "\nEKON-BUDGETT:", ["Koden ”EKON-BUDGETT” är ingen som programmet säger. Menade ni ”EKON-BUDGET”?"]),
    "a_code_that_is_gone": (re.compile(r"^EKON-BUDGET:.*\n", re.M), "", ["Meddelandet ”EKON-BUDGET” saknas."]),
    "a_place": ("mot budgeten {budget},", "mot budgeten {budgett},",
        ["”{budgett}” i ”EKON-BUDGET” går inte att fylla i. Det som kan stå så är {budget}, {cell}, {label}, {over}, {spent}, {table}. Menade ni ”budget”?"]),
    "a_brace": ("mot budgeten {budget},", "mot budgeten {budget,", ["Klamrarna { och } i ”EKON-BUDGET” går inte ihop."]),
    "an_empty_brace": ("mot budgeten {budget},", "mot budgeten {},", ["”{}” i ”EKON-BUDGET” går inte att fylla i."]),
    "a_word": ("  minst: ", "  mints: ", ["Ordet ”mints” är inget som programmet frågar efter. Menade ni ”minst”?"]),
    "a_word_that_is_gone": (re.compile(r"^  hogst: .*\n", re.M), "", ["Ordet ”hogst” saknas under ORD."]),
    "a_place_in_a_word": ('minst: "minst {low}"', 'minst: "minst {lo}"', ["”{lo}” i ”minst” går inte att fylla i."]),
    "a_form": ("mot budgeten {budget},", "mot budgeten {budget:d},", ["”{budget:d}” i ”EKON-BUDGET” går inte att fylla i. Skriv bara namnet: {budget}."]),
    "a_conversion": ("mot budgeten {budget},", "mot budgeten {budget!r},", ["”{budget!r}” i ”EKON-BUDGET” går inte att fylla i. Skriv bara namnet: {budget}."]),
    "a_form_in_a_word": ('minst: "minst {low}"', 'minst: "minst {low:>5}"', ["”{low:>5}” i ”minst” går inte att fylla i. Skriv bara namnet: {low}."]),
    "a_form_with_a_place_in_it": ('minst: "minst {low}"', 'minst: "minst {low:{low}}"', ["”{low:{low}}” i ”minst” går inte att fylla i. Skriv bara namnet: {low}."]),
    "a_place_that_its_rule_does_not_fill": ("{label} ({value}) ligger före", "{label} ({budget}) ligger före",
        ["”{budget}” i ”RAD-DATUMORDNING” går inte att fylla i. Det som kan stå så är {cell}, {first}, {label}, {other}, {table}, {value}."]),
    "a_severity": ("EKON-MINUS: {severity: QUERY", "EKON-MINUS: {severity: QUERRY", ["”QUERRY” är inget av det som kan stå för ”severity”"]),
}  # fmt: skip
TEXTS = {
    "a_key": ("mall", "  lista: Värdet", "  listan: Värdet", "Texten ”fel.listan” är ingen som programmet frågar efter. Menade ni ”fel.lista”?"),
    "a_key_that_is_gone": ("rapport", '  forklaring: "{word}: {counted}"\n', "", "Texten ”karta.forklaring” saknas."),
    "a_place": ("mall", "{low} och {high}.", "{low} och {hihg}.", "”{hihg}” i ”fel.mellan” går inte att fylla i. Det som kan stå så är {high}, {low}. Menade ni ”high”?"),
    "a_place_of_a_letter": ("ekonomibrev", "i {county}, redo", "i {xcounty}, redo", "”{xcounty}” i ”undertitel” går inte att fylla i."),
    "a_place_of_a_table": ("rapport", "verksamhetskod {year}.", "verksamhetskod {yaer}.", "Menade ni ”year”?"),
    "a_form": ("mall", "{low} och {high}.", "{low} och {high:,}.", "”{high:,}” i ”fel.mellan” går inte att fylla i. Skriv bara namnet: {high}."),
    "a_conversion": ("ekonomibrev", "i {county}, redo", "i {county!s}, redo", "”{county!s}” i ”undertitel” går inte att fylla i. Skriv bara namnet: {county}."),
    "a_list_for_a_text": ("mall", "  lista: Värdet finns inte i listan.", "  lista: [a]\n  listb: Värdet", "Texten ”fel.lista” ska vara en text, men är en lista."),
}  # fmt: skip

KINDS = {"order", "required_when", "empty_when", "one_of", "within_year", "shares", "referred"}


def change(path, old, new):
    """The line on which a text is exchanged."""
    text = path.read_text(encoding="utf-8")
    found = old.search(text) if isinstance(old, re.Pattern) else re.search(re.escape(old), text)
    assert found
    path.write_text(text[: found.start()] + new + text[found.end() :], encoding="utf-8")
    return text[: found.end()].rstrip("\n").count("\n") + 1


class DescribeTheCatalogueOfAYear:
    @pytest.mark.parametrize("name", MESSAGES)
    def it_is_refused_when_the_year_is_loaded(self, templates, name):
        old, new, reasons = MESSAGES[name]
        line = change(templates / "2020/meddelanden.yaml", old, new)
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2021)
        told = str(caught.value).split("\n")
        assert len(told) == len(reasons)
        for one, reason in zip(told, reasons, strict=True):
            where = f"{line}: " if new else ""
            assert one.startswith(f"templates/2020/meddelanden.yaml, rad {where}")
            assert reason in one

    def it_may_have_messages_of_rules_of_its_own(self, templates):
        path = templates / "2020/meddelanden.yaml"
        own = 'RAD-EGEN: {severity: NOTE, title: Egen, message: "{label}: {reason}", hint: H}\n'
        path.write_text(path.read_text(encoding="utf-8") + own, encoding="utf-8")
        assert "RAD-EGEN" in load_year(templates, 2020).catalogue.entries

    @pytest.mark.parametrize("placed", ["{reason}", "{reason:d}", "{first}"])
    def it_may_not_ask_a_rule_for_what_it_does_not_give(self, templates, placed):
        """A message of the year's own: what its rules have in common can stand in it."""
        path = templates / "2020/meddelanden.yaml"
        text = path.read_text(encoding="utf-8")
        own = f'RAD-EGEN: {{severity: NOTE, title: Egen, message: "{placed}", hint: H}}\n'
        path.write_text(text + own, encoding="utf-8")
        rule = "kind: order, first: start, then: slut, code: "
        line = change(
            templates / "2020/arbetsbok.yaml", rule + "RAD-DATUMORDNING", rule + "RAD-EGEN"
        )
        if placed == "{first}":
            assert line
            assert load_year(templates, 2020).spec.year == 2020
            return
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020)
        start = f"templates/2020/meddelanden.yaml, rad {text.count(chr(10)) + 1}: "
        assert str(caught.value).startswith(
            f"{start}”{{reason}}” i ”RAD-EGEN” går inte att fylla i. Det som kan stå så är {{cell}}, {{first}}, "
        )

    def it_is_let_through_in_a_collection_that_asks_for_less(self):
        templates = ROOT / "tests/collections/kommuner/templates"
        year = load_year(templates, 2022)
        assert "EKON-BUDGET" not in year.catalogue.entries
        found = look_through(Inputs(Workspace(templates.parent, 2022)))
        assert [one for one in found if one.wrong] == []

    def it_needs_no_message_of_what_a_year_does_not_ask_for(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        [budget] = re.findall(r"^ *- \{id: budget, .*\n", text, re.M)
        path.write_text(text.replace(budget, ""), encoding="utf-8")
        change(templates / "2020/meddelanden.yaml", re.compile(r"^EKON-BUDGET:.*\n", re.M), "")
        assert load_year(templates, 2020).spec.year == 2020


class DescribeARuleAndItsMessage:
    @pytest.mark.parametrize(
        ("rule", "code", "reason"),
        [
            ("kind: order, first: start, then: slut, code: RAD-DATUMORDNING", "EKON-BUDGET",
             "Meddelandet ”EKON-BUDGET” ska fyllas i med {budget}, {over}, {spent}, men en regel av slaget order kan bara fylla i "
             "{cell}, {first}, {label}, {other}, {table}, {value}. Välj ett annat meddelande (code)."),
            ("kind: one_of, among: [aktivitet_id, mal_id], code: IND-TILLHOR", "RAD-KRAV",
             "Meddelandet ”RAD-KRAV” ska fyllas i med {reason}, men en regel av slaget one_of kan bara fylla i {cell}, {label}, {table}. "
             "Välj ett annat meddelande (code)."),
        ],
    )  # fmt: skip
    def it_is_refused_where_the_rule_cannot_fill_it(self, templates, rule, code, reason):
        new = rule.rpartition(" ")[0] + f" {code}"
        line = change(templates / "2020/arbetsbok.yaml", rule, new)
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020)
        assert str(caught.value) == f"templates/2020/arbetsbok.yaml, rad {line}: {reason}"

    def it_gives_what_the_check_was_seen_to_give(self):
        spec = load_year(ROOT / "templates", 2020).spec
        rules = [rule for table in spec.tables.values() for rule in table.rules]
        assert {rule.kind for rule in rules} == KINDS - {"shares"}
        seen = {rule.code: wanted().codes[rule.code].places for rule in rules}
        assert {rule.code: places_of(rule) for rule in rules} == seen


class DescribeTheTextsOfAYear:
    @pytest.mark.parametrize("name", TEXTS)
    def it_is_refused_when_they_are_asked_for(self, templates, name):
        file, old, new, reason = TEXTS[name]
        line = change(templates / f"2020/texter/{file}.yaml", old, new)
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020).texts(file)
        [told] = str(caught.value).split("\n")
        where = f"{line}: " if new else ""
        assert told.startswith(f"templates/2020/texter/{file}.yaml, rad {where}")
        assert reason in told

    def it_is_told_of_all_files_by_spec_check(self, templates):
        for name in ("a_key", "a_place_of_a_letter", "a_place_of_a_table"):
            file, old, new, _ = TEXTS[name]
            change(templates / f"2020/texter/{file}.yaml", old, new)
        found = look_through(Inputs(Workspace(templates.parent, 2020)))
        told = [dict(one.parts)["text"] for one in found if one.kind == "text"]
        assert [one.partition(",")[0] for one in told] == [
            "templates/2020/texter/ekonomibrev.yaml",
            "templates/2020/texter/mall.yaml",
            "templates/2020/texter/rapport.yaml",
        ]

    def it_is_refused_before_any_file_is_marked_when_it_is_in_what_they_get_back(self, templates):
        change(templates / "2020/texter/aterkoppling.yaml", "{count}", "{cuont}")
        with pytest.raises(SpecError, match="Menade ni ”count”"):
            Inputs(Workspace(templates.parent, 2020)).year.spec  # noqa: B018

    def it_names_file_and_text_where_one_is_missed_after_all(self):
        with pytest.raises(SpecError, match=r"mall\.yaml: Texten ”a\.b” saknas\."):
            Texts("mall.yaml", {})("a.b")
        with pytest.raises(SpecError, match=r"mall\.yaml: ”\{c\}” i ”a” går inte att fylla i\."):
            Texts("mall.yaml", {"a": "{c}"})("a", b=1)


class DescribeTheListOfWhatIsWanted:
    """`make wanted` writes it anew."""

    def it_has_the_texts_and_words_that_are_shipped(self):
        assert wanted().texts == texts_found()
        assert {name: word.places for name, word in wanted().words.items()} == words_found()

    @pytest.mark.parametrize("year", [2020, 2021])
    def it_has_the_codes_that_are_shipped_with_places_enough(self, year):
        entries = load_year(ROOT / "templates", year).catalogue.entries
        assert set(entries) == set(wanted().codes)
        short = {
            code: entry.parameters - set(wanted().codes[code].places)
            for code, entry in entries.items()
        }
        assert {code: names for code, names in short.items() if names} == {}

    def it_knows_what_each_check_needs(self):
        for check in (*CHECKS, *FURTHER):
            for code in check.codes:
                assert list(check.needs) in needs_of(code) or not check.needs
                assert [list(one) for one in wanted().codes[code].needs] == needs_of(code)


class DescribeASeverityThatNoYearCanChange:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (
                "FIL-SKADAD: {severity: ERROR, fixed: true",
                "FIL-SKADAD: {severity: NOTE, fixed: false",
            ),
            ("FIL-SKADAD: {severity: ERROR, fixed: true", "FIL-SKADAD: {severity: ERROR"),
            (
                "FIL-FORMAT: {severity: ERROR, fixed: true",
                "FIL-FORMAT: {severity: QUERY, fixed: true",
            ),
        ],
    )
    def it_is_refused_in_the_messages_too(self, templates, old, new):
        line = exchange(templates, old, new, "2020/meddelanden.yaml")
        code = old[:10]
        assert refusal(templates) == [
            f"templates/2020/meddelanden.yaml, rad {line}: ”{code}” betyder att en fil inte kan läsas och har alltid "
            "samma slag."
        ]
