"""Roles: what code counts with, and who holds it in a year."""

from __future__ import annotations

import pytest

from tests.spec.edits import refusal
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year
from toolkit.spec.misbound import unasked_roles
from toolkit.spec.roles import (
    DECLARED,
    GRANT,
    RESPONDENTS,
    SPEND,
    SPEND_AMOUNT,
    SPEND_BUDGET,
)  # fmt: skip


def later(templates, changes):
    path = templates / "2021/arbetsbok.yaml"
    path.write_text(path.read_text(encoding="utf-8") + changes, encoding="utf-8")
    return load_year(templates, 2021).spec


def given(templates, roles):
    """The line on which the first year's roles are given."""
    path = templates / "2020/arbetsbok.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\nroles:\n  {roles}\n", encoding="utf-8")
    return text.count("\n") + 3


class DescribeRoles:
    def it_declares_many_and_says_what_each_means(self):
        assert len(DECLARED) > 100
        assert [key for key, role in DECLARED.items() if not role.meaning] == []

    def it_declares_a_fields_table_and_a_codes_list_before_it(self):
        seen = {""}
        for key, role in DECLARED.items():
            assert role.within in seen
            seen.add(key)

    def it_takes_no_fields_id_for_a_role(self, year):
        ids = {field.id for table in year.spec.tables.values() for field in table.fields}
        assert ids & {key for key, role in DECLARED.items() if role.kind == "field"} == set()


class DescribeTheRolesOfAYear:
    def it_finds_all_of_them_in_the_shipped_year(self, year):
        assert unasked_roles(year.spec) == []
        assert year.spec.bound[SPEND_AMOUNT] == "utfall"
        assert year.spec.field_of(SPEND_AMOUNT).label == "Utfall"
        assert year.spec.list_of(RESPONDENTS).id == "lan"

    def it_leaves_out_what_a_year_does_not_ask_for(self, templates):
        spec = later(templates, "\n  - remove_field: ekonomi.budget\n")
        assert unasked_roles(spec) == [SPEND_BUDGET]
        assert not spec.bound.has(SPEND, SPEND_BUDGET)

    def it_follows_a_role_to_another_id(self, templates):
        changes = "\n  - remove_field: ekonomi.budget\n" + "".join((
            "  - add_field: ekonomi\n    after: slag\n",
            "    field: {id: plan, label: Plan, type: amount, unit: kr, help: Planerat., example: \"1\"}\n",
            "  - set: spec\n    to: {roles: {spend.budget: plan}}\n",
        ))  # fmt: skip
        assert later(templates, changes).bound[SPEND_BUDGET] == "plan"

    def it_takes_the_fields_of_a_table_from_the_table_that_holds_the_role(self, templates):
        with pytest.raises(SpecError, match="Rollen ”spend” kan inte ha ”pengar”"):
            later(templates, "\n  - set: spec\n    to: {roles: {spend: pengar}}\n")

    def it_cannot_do_without_those_who_report(self, templates):
        path = templates / "2020/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        text = text.replace("list: lan,", "list: myndighet,").replace(
            "- id: lan\n", "- id: myndighet\n"
        )
        path.write_text(text, encoding="utf-8")
        with pytest.raises(
            SpecError, match=r"rad \d+: Det finns ingen kodlista över dem som redovisar"
        ):
            load_year(templates, 2020)
        path.write_text(f"{text}\nroles: {{respondents: myndighet}}\n", encoding="utf-8")
        assert len(load_year(templates, 2020).spec.counties) == 21

    def it_has_no_code_when_the_list_does_not_hold_it(self, year):
        assert year.spec.bound[GRANT] == "BID"

    @pytest.mark.parametrize(
        ("roles", "said"),
        [
            ("{spend.amuont: utfall}", "Det finns ingen roll som heter ”spend.amuont”. Menade ni ”spend.amount”?"),
            ("{spend.amount: kommentar}", "Rollen ”spend.amount” kan inte ha ”kommentar”"),
            ("{grant: XYZ}", "Rollen ”grant” kan inte ha ”XYZ”"),
        ],
    )  # fmt: skip
    def it_refuses_a_role_that_cannot_be_held(self, templates, roles, said):
        with pytest.raises(SpecError) as caught:
            later(templates, f"\n  - set: spec\n    to: {{roles: {roles}}}\n")
        assert said in str(caught.value)

    def it_refuses_a_column_of_a_roles_id_and_another_type(self, templates):
        with pytest.raises(SpecError, match=r"Fältet ”aktiviteter.start” är av fel typ"):
            later(
                templates,
                "\n  - set: aktiviteter.start\n    to: {type: text, minimum: null, maximum: null}\n",
            )

    @pytest.mark.parametrize(
        ("roles", "name", "both"),
        [
            ("spend.budget: utfall", "ekonomi.utfall", "”spend.budget” och rollen ”spend.amount”"),
            ("spend.amount: budget", "ekonomi.budget", "”spend.budget” och rollen ”spend.amount”"),
            ("spend: anslag", "anslag", "”spend” och rollen ”appropriation”"),
            ("cost: U", "utgiftkostnad.U", "”expenditure” och rollen ”cost”"),
        ],
    )
    def it_refuses_what_would_have_two_roles(self, templates, roles, name, both):
        told = f"”{name}” kan inte ha både rollen {both}. Säg under roles vad som har den andra."
        line = given(templates, roles)
        assert f"templates/2020/arbetsbok.yaml, rad {line}: {told}" in refusal(templates)

    @pytest.mark.parametrize(
        ("roles", "field", "own"),
        [
            ("respondents: kommun", "uppgifter.lan", "lan"),
            ("indicators: niva", "indikatorer.indikator", "indikator"),
            ("area_codes: kostnadsslag", "ekonomi.verksamhetskod", "verksamhetskod"),
            ("area_codes: kostnadsslag", "aktiviteter.verksamhetskod", "verksamhetskod"),
            ("cost_kinds: verksamhetskod", "ekonomi.kostnadsslag", "kostnadsslag"),
        ],
    )
    def it_refuses_a_list_that_its_fields_are_not_answered_from(self, templates, roles, field, own):
        role, name = roles.split(": ")
        line = given(templates, roles)
        told = (
            f"Rollen ”{role}” har kodlistan ”{name}”, men fältet ”{field}” besvaras ur ”{own}”. "
            "Det ska vara samma lista."
        )
        assert f"templates/2020/arbetsbok.yaml, rad {line}: {told}" in refusal(templates)

    def it_lets_more_answers_stand_beside_yes_and_no(self, templates):
        changes = (
            "\n  - add_list: {id: kanske, label: Kanske, codes: [JA Ja, NEJ Nej, VET Vet ej]}\n"
            "  - set: aktiviteter.gott_exempel\n    to: {list: kanske}\n"
        )
        assert later(templates, changes).year == 2021
