"""Conditions (`condition` of what is reported apart, `when` of a rule) that no answer could meet."""

from __future__ import annotations

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.spec.load import load_year

RULE = "when: {status: [P]}, code: RAD-STATUS"
AREA = "      ekonomi.valdsform: [PMH]\n"
FREE = "besvaras fritt och inte ur en kodlista, så det blir aldrig ”{}” som i villkoret (nämns i ”{}”)."
ANY = ' Det som kan stå är "*" (ifyllt).'
SPECIAL = ' Det som kan stå är "*" (ifyllt), u.s. och e.t.'


class DescribeAConditionOnAFieldWithoutAList:
    @pytest.mark.parametrize(
        ("name", "value", "also"),
        [
            ("uppfoljning_ansvarig", "JA", SPECIAL),
            ("rubrik", "JA", ANY),
            ("start", "2021", ANY),
            ("id", "A1", ANY),
            ("mal_id", "M1", SPECIAL),
        ],
    )
    def it_cannot_ask_for_an_answer(self, templates, name, value, also):
        line = exchange(templates, RULE, f'when: {{{name}: ["{value}"]}}, code: RAD-STATUS')
        said = f"Fältet ”aktiviteter.{name}” {FREE.format(value, 'aktiviteter')}{also}"
        assert refusal(templates) == [f"templates/2020/arbetsbok.yaml, rad {line}: {said}"]

    def it_cannot_ask_for_one_that_makes_an_area(self, templates):
        line = exchange(templates, AREA, "      ekonomi.kommentar: [PMH]\n")
        said = f"Fältet ”ekonomi.kommentar” {FREE.format('PMH', 'pm')}{ANY}"
        assert refusal(templates) == [f"templates/2020/arbetsbok.yaml, rad {line}: {said}"]

    def it_cannot_in_a_rule_of_a_later_year(self, templates):
        path = templates / "2021/arbetsbok.yaml"
        added = "  - add_rule: ekonomi\n    rule: {kind: required_when, field: budget, when: {kommentar: [JA]}, code: RAD-KRAV}\n"
        text = path.read_text(encoding="utf-8")
        path.write_text(text + added, encoding="utf-8")
        line = text.count("\n") + 1
        told = refusal(templates, 2021)
        assert [one.split(":")[0] for one in told] == [f"templates/2021/arbetsbok.yaml, rad {line}"]
        assert "Fältet ”ekonomi.kommentar” besvaras fritt" in told[0]

    @pytest.mark.parametrize("when", ['{start: ["*"]}', "{uppfoljning_ansvarig: [u.s.]}"])
    def it_can_ask_whether_there_is_one(self, templates, when):
        exchange(templates, RULE, f"when: {when}, code: RAD-STATUS")
        assert load_year(templates, 2020).spec.year == 2020
