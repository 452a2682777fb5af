"""A year's changes: lists, tables, sheets and rules come and go without touching the year before."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.spec import edits
from tests.spec.edits import exchange
from toolkit.files.yaml import SpecError
from toolkit.spec.differences import differences
from toolkit.spec.load import load_year
from toolkit.spec.model import Spec

COUNTRIES = """
  - add_list:
      id: land
      label: Länder
      codes: ["RO Rumänien", "NG Nigeria"]
  - add_field: aktiviteter
    after: kommuner
    field: {id: land, label: Land, type: codes, list: land, choices: 2, help: Ursprungsland., example: RO – Rumänien}
"""
TABLE = """
  - add_sheet: {id: boende, label: Skyddade boenden, intro: Boenden som länet har stött.}
    after: indikatorer
  - add_table: boende
    table:
      id: boende
      label: Skyddade boenden
      fields:
        - {id: id, label: Boende-id, type: id, required: true, unique: true, example: B1}
        - {id: platser, label: Platser, type: integer, required: true, minimum: 0, help: Antal platser., example: "12"}
        - {id: fran, label: Från, type: date, help: Första dagen., example: "2021-01-01"}
        - {id: till, label: Till, type: date, help: Sista dagen., example: "2021-12-31"}
  - add_rule: boende
    rule: {kind: order, first: fran, then: till, code: RAD-DATUMORDNING}
"""
MOVED = TABLE.replace(
    "  - add_sheet: {id: boende, label: Skyddade boenden, intro: Boenden som länet har stött.}\n    after: indikatorer\n",
    "",
).replace("add_table: boende", "add_table: indikatorer")


def changed(templates, text):
    """The line of the file where the text begins."""
    path = templates / "2021/arbetsbok.yaml"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + text, encoding="utf-8")
    return before.count("\n") + 1


def refusal(templates):
    with pytest.raises(SpecError) as caught:
        load_year(templates, 2021)
    return str(caught.value)


def told(templates):
    old, new = load_year(templates, 2020).spec, load_year(templates, 2021).spec
    return {one.kind: dict(one.parts) for one in differences(old, new)}


class DescribeLists:
    def it_adds_one_and_a_column_that_uses_it(self, templates):
        changed(templates, COUNTRIES)
        spec = load_year(templates, 2021).spec
        assert [code.code for code in spec.lists["land"].codes] == ["RO", "NG"]
        assert spec.tables["aktiviteter"].by_id["land"].headings == ("Land 1", "Land 2")
        assert told(templates)["lista_ny"] == {"list": "Länder"}

    def it_may_come_after_the_column_that_uses_it(self, templates):
        one, other = COUNTRIES.split("  - add_field")
        changed(templates, "\n  - add_field" + other + one)
        assert "land" in load_year(templates, 2021).spec.lists

    def it_refuses_to_remove_one_that_a_field_uses(self, templates):
        line = changed(templates, "\n  - remove_list: arena\n")
        assert refusal(templates).startswith(
            f"templates/2021/arbetsbok.yaml, rad {line + 1}: Kodlistan ”arena” finns inte (nämns i ”lagesbild.arena”)"
        )

    def it_removes_one_with_the_column_that_used_it(self, templates):
        changed(templates, "\n  - remove_list: arena\n  - remove_field: lagesbild.arena\n")
        assert "arena" not in load_year(templates, 2021).spec.lists
        assert told(templates)["lista_borta"] == {"list": "Arenor där det förekommer"}


class DescribeTablesSheetsAndRules:
    def it_adds_a_sheet_a_table_and_a_rule(self, templates):
        changed(templates, TABLE)
        spec = load_year(templates, 2021).spec
        assert [sheet.id for sheet in spec.sheets][5:8] == ["indikatorer", "boende", "ekonomi"]
        assert [rule.kind for rule in spec.tables["boende"].rules] == ["order"]
        assert told(templates)["blad_nytt"] == {"sheet": "Skyddade boenden"}
        assert told(templates)["tabell_ny"] == {"table": "Skyddade boenden"}

    def it_removes_a_rule_by_what_it_says(self, templates):
        changed(
            templates,
            "\n  - remove_rule: aktiviteter\n    rule: {kind: empty_when, field: resultat}\n",
        )
        rules = load_year(templates, 2021).spec.tables["aktiviteter"].rules
        assert [rule.kind for rule in rules].count("empty_when") == 0
        assert told(templates)["regel_borta"]["code"] == "RAD-STATUS"

    def it_refuses_a_rule_that_is_not_the_only_one(self, templates):
        line = changed(templates, "\n  - remove_rule: aktiviteter\n    rule: {kind: order}\n")
        said = refusal(templates)
        assert f"rad {line + 1}: Det ska vara precis en regel i tabellen ”aktiviteter”" in said
        assert said.endswith("men det är 2.")

    def it_refuses_to_remove_a_table_that_others_point_to(self, templates):
        line = changed(templates, "\n  - remove_table: lagesbild\n")
        assert (
            f"rad {line + 1}: Fältet ”lagesbild.id” finns inte (nämns i ”mal.lagesbild_id”)"
            in refusal(templates)
        )

    def it_removes_a_sheet_with_its_tables(self, templates):
        changed(templates, TABLE + "\n  - remove_sheet: boende\n")
        assert "boende" not in load_year(templates, 2021).spec.tables


class DescribeWhatIsToldOfATable:
    def it_says_that_it_stands_on_another_sheet(self, templates):
        changed(templates, TABLE)
        before = load_year(templates, 2021).spec
        changed(templates, "\n  - remove_table: boende\n" + MOVED)
        after = load_year(templates, 2021).spec
        assert [(one.kind, dict(one.parts)) for one in differences(before, after)] == [
            (
                "tabell_flyttad",
                {"table": "Skyddade boenden", "was": "Skyddade boenden", "now": "Indikatorer"},
            )
        ]

    @pytest.mark.parametrize(
        ("to", "kind", "parts"),
        [
            ("{capacity: 7}", "tabell.capacity", {"was": "200", "now": "7"}),
            ("{label: Målen}", "tabell_namn", {"was": "Mål", "now": "Målen"}),
        ],
    )
    def it_says_what_is_changed_of_it(self, templates, to, kind, parts):
        before = load_year(templates, 2021).spec
        label = before.tables["mal"].label
        changed(templates, f"\n  - set: mal\n    to: {to}\n")
        (one,) = differences(before, load_year(templates, 2021).spec)
        assert (one.kind, dict(one.parts)) in [
            (kind, {"table": label, **parts}), (kind, {**parts, "was": label}),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda data: data.update(title="En annan titel"), ("helhet.title", "En annan titel")),
            (lambda data: data.update(unknown="okänt"), ("helhet.unknown", "okänt")),
            (lambda data: data["empty_texts"].update(marks="-"), ("helhet.empty_texts", "-")),
            (lambda data: data["sheets"][1].update(intro="Läs noga."), ("blad_text", "Uppgifter")),
            (lambda data: data.update(sheets=data["sheets"][:-1]), ("blad_borta", "Kodlistor")),
            (lambda data: data["codelists"][0].update(label="Länen"), ("lista_namn", "Länen")),
        ],
    )
    def it_says_what_is_changed_of_the_whole(self, year, change, told):
        data = year.spec.model_dump()
        before = Spec.model_validate(data)
        change(data)
        found = differences(before, Spec.model_validate(data))
        assert [(one.kind, one.parts[-1][1]) for one in found] == [told]

    def it_says_that_sheets_and_columns_come_in_another_order(self, year):
        data = year.spec.model_dump()
        data["sheets"] = [*data["sheets"][:-2], data["sheets"][-1], data["sheets"][-2]]
        fields = data["sheets"][2]["tables"][0]["fields"]
        data["sheets"][2]["tables"][0]["fields"] = [fields[0], fields[2], fields[1], *fields[3:]]
        found = differences(year.spec, Spec.model_validate(data))
        assert [one.kind for one in found] == ["blad_ordning", "falt_ordning"]

    def it_says_nothing_of_texts_in_which_only_the_year_differs(self, templates):
        kinds = told(templates)
        assert "blad_text" not in kinds
        assert "helhet.title" not in kinds

    def it_says_that_its_sheet_is_called_something_else(self):
        data = load_year(ROOT / "templates", 2020).spec.model_dump()
        before = Spec.model_validate(data)
        sheet = next(one for one in data["sheets"] if one["kind"] == "tables")
        was, sheet["label"] = sheet["label"], "Nytt blad"
        (one,) = differences(before, Spec.model_validate(data))
        assert (one.kind, dict(one.parts)) == ("blad_namn", {"was": was, "now": "Nytt blad"})

    def it_tells_a_field_that_was_given_the_id_of_another_from_one_renamed(self, templates):
        before = load_year(templates, 2021).spec
        heading = before.tables["aktiviteter"].by_id["kommuner"].label
        other = "{id: kommuner, label: Samarbete, type: text, help: Hur., example: Möten}"
        changed(
            templates,
            "\n  - remove_field: aktiviteter.kommuner\n"
            f"  - add_field: aktiviteter\n    after: samverkan\n    field: {other}\n",
        )
        found = differences(before, load_year(templates, 2021).spec)
        assert [(one.kind, dict(one.parts)["field"]) for one in found] == [
            ("falt_nytt", "Samarbete"),
            ("falt_borta", heading),
        ]


class DescribeAChangeThatCannotBeMade:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("  - remove_feild: ekonomi.budget\n", "”remove_feild” är ingen ändring."),
            ("  - remove_feild: ekonomi.budget\n", "Menade ni ”remove_field”?"),
            ("  - remove_field: ekonomi.buget\n", "Fältet ”ekonomi.buget” finns inte. Menade ni ”ekonomi.budget”?"),
            ("  - remove_table: ekonmi\n", "Tabellen ”ekonmi” finns inte. Menade ni ”ekonomi”?"),
            ("  - remove_sheet: mol\n", "Bladet ”mol” finns inte."),
            ("  - retire_code: status.KK\n    last: 2020\n", "Koden ”KK” finns inte i listan ”status”."),
            ("  - retire_code: status.K\n    last: snart\n", "”last” ska vara ett heltal, men är snart."),
            ("  - add_field: ekonomi\n    efter: utfall\n    field: {id: x, label: X, type: text}\n", "”efter” är inget som kan stå här."),
            ("  - add_code: status\n", "”code” saknas."),
        ],
    )  # fmt: skip
    def it_is_told_with_its_line_in_swedish(self, templates, text, said):
        line = changed(templates, text)
        message = refusal(templates)
        assert said in message
        numbers = [int(one.split("rad ")[1].split(":")[0]) for one in message.split("\n")]
        assert numbers and line <= numbers[0] <= line + 1


class DescribeHeadingsThatComeBack:
    def it_lets_two_fields_change_headings(self, templates):
        changes = """
  - rename: aktiviteter.start
    label: Slut
  - rename: aktiviteter.slut
    label: Start
"""
        changed(templates, changes)
        fields = load_year(templates, 2021).spec.tables["aktiviteter"].by_id
        assert (fields["start"].label, fields["start"].aliases) == ("Slut", ())
        assert (fields["slut"].label, fields["slut"].aliases) == ("Start", ())

    def it_lets_a_field_have_its_first_heading_again(self, templates):
        changes = """
  - rename: aktiviteter.ansvarig
    label: Ansvarig funktion
"""
        changed(templates, changes)
        field = load_year(templates, 2021).spec.tables["aktiviteter"].by_id["ansvarig"]
        assert (field.label, field.aliases) == ("Ansvarig funktion", ("Ansvarig enhet",))

    NEW = """
  - add_field: aktiviteter
    after: rubrik
    field: {id: ny, label: LABEL, type: text, help: Något annat., example: Ja}
"""
    RENAMED = """
  - rename: aktiviteter.rubrik
    label: Insats
"""
    RELABELLED = """
  - set: aktiviteter.ny
    to: {label: Rubrik}
"""

    @pytest.mark.parametrize(
        "text",
        [
            RENAMED + NEW.replace("LABEL", "Rubrik"), NEW.replace("LABEL", "Rubrik") + RENAMED,
            RENAMED + NEW.replace("LABEL", "RUBRIK"), RENAMED + NEW.replace("LABEL", "Annat") + RELABELLED,
        ],
        ids=["renamed_first", "added_first", "in_capitals", "set_last"],
    )  # fmt: skip
    def it_gives_an_old_heading_to_a_new_field_that_has_it(self, templates, text):
        changed(templates, text)
        fields = load_year(templates, 2021).spec.tables["aktiviteter"].by_id
        assert (fields["rubrik"].label, fields["rubrik"].aliases) == ("Insats", ())
        assert fields["ny"].label.casefold() == "rubrik"

    @pytest.mark.parametrize(("alias", "said"), [
        ("beskrivning", "”beskrivning” är en tidigare rubrik (aliases) för fältet ”aktiviteter.rubrik”, men så heter nu fältet ”aktiviteter.beskrivning”. Ta bort den ur aliases."),
        ("Namn, namn", None), ("Rubrik", None),
    ])  # fmt: skip
    def it_says_whose_an_old_heading_is_that_another_field_has(self, templates, alias, said):
        old = "id: rubrik, label: Rubrik,"
        line = exchange(templates, old, f"{old} aliases: [{alias}],")
        if said is None:
            assert load_year(templates, 2020).spec.tables["aktiviteter"].by_id["rubrik"].aliases
        else:
            assert edits.refusal(templates) == [
                f"templates/2020/arbetsbok.yaml, rad {line}: {said}"
            ]


class DescribeAChangeOfWhatTheSameYearHasBrought:
    @pytest.mark.parametrize(
        "changes",
        [
            """
  - add_list: {id: former, label: Former, codes: [D Dag, K Kväll]}
  - add_field: aktiviteter
    after: rubrik
    field: {id: form, label: Form, type: code, list: former, width: 14, help: Formen., example: D – Dag}
  - add_code: former
    code: {code: H, label: Helg}
""",
            TABLE + """
  - add_field: boende
    after: platser
    field: {id: kommentar, label: Kommentar, type: text, help: Det som behöver förklaras.}
  - set: boende.platser
    to: {maximum: 500}
""",
        ],
    )  # fmt: skip
    def it_is_the_same_however_often_it_is_read(self, templates, changes):
        changed(templates, changes)
        first = load_year(templates, 2021).spec
        (templates / "2022").mkdir()
        later = (
            'based_on: 2021\n\nchanges:\n  - set: spec\n    to: {year: 2022, version: "2022.1"}\n'
        )
        later += "  - set: uppgifter.ar\n    to: {minimum: 2022, maximum: 2022}\n"
        (templates / "2022/arbetsbok.yaml").write_text(later, encoding="utf-8")
        for _ in range(2):
            assert load_year(templates, 2022).spec.tables.keys() == first.tables.keys()
            assert load_year(templates, 2021).spec == first
