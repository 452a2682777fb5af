"""Rules of which no row could meet both."""

from __future__ import annotations

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.spec.load import load_year

EMPTY = "{kind: empty_when, field: resultat, when: {status: [P]}, code: RAD-STATUS}"
REQUIRED = "{kind: required_when, field: resultat, when: {status: [K]}, code: RAD-KRAV}"
# The conditions of both rules, and the field and answer by which both hold; None where they never do.
PAIRS = {
    "the_same": ("status: [K]", "status: [K]", ("status", "K")),
    "fewer_answers": ("status: [K]", "status: [K, PÅ]", ("status", "K")),
    "more_answers": ("status: [P, K]", "status: [K]", ("status", "K")),
    "some_answers": ("status: [P, K]", "status: [K, PÅ]", ("status", "K")),
    "a_further_condition": ("status: [K], typ: [KAM]", "status: [K]", ("status", "K")),
    "any_answer": ("status: ['*']", "status: [K]", ("status", "K")),
    "other_answers": ("status: [P]", "status: [K]", None),
    "other_answers_beside_the_same": ("status: [P], typ: [KAM]", "status: [K], typ: [KAM]", None),
    "what_is_not_known": ("malgrupp: ['*']", "malgrupp: [u.s.]", None),
    "answers_to_different_questions": ("typ: [KAM]", "status: [K]", None),
}


class DescribeAConditionThatNoRowCouldMeet:
    @pytest.mark.parametrize(
        ("when", "told"),
        [
            ("", "har inga villkor (when). Den skulle aldrig gälla."),
            ("status: []", "nämner inget svar för ”status” (when). Den skulle aldrig gälla."),
            ("resultat: ['*']", "har fältet ”resultat” som villkor för sig självt."),
        ],
    )
    def it_is_refused(self, templates, when, told):
        line = exchange(templates, EMPTY, EMPTY.replace("status: [P]", when))
        assert refusal(templates)[0] == (
            f"templates/2020/arbetsbok.yaml, rad {line}: Regel 8 i tabellen ”aktiviteter” {told}"
        )

    def it_names_the_rule_of_a_field_that_was_taken_away(self, templates):
        path = templates / "2021/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text + "  - remove_field: aktiviteter.resultat\n", encoding="utf-8")
        told = "\n".join(refusal(templates, 2021))
        assert (
            "Regel 5 i tabellen ”aktiviteter” nämner fältet ”resultat”, som inte finns. "
            "Är fältet borttaget ska regeln också tas bort (remove_rule)."
        ) in told


class DescribeAFieldThatIsToBeEmpty:
    @pytest.mark.parametrize("name", PAIRS)
    def it_is_not_to_be_filled_in_in_the_same_rows(self, templates, name):
        empty, required, both = PAIRS[name]
        exchange(templates, REQUIRED, REQUIRED.replace("status: [K]", required))
        line = exchange(templates, EMPTY, EMPTY.replace("status: [P]", empty))
        if both is None:
            assert load_year(templates, 2020).spec.year == 2020
            return
        assert "\n".join(refusal(templates)) == (
            f"templates/2020/arbetsbok.yaml, rad {line}: Regel 8 i tabellen ”aktiviteter” vill ha fältet ”resultat” tomt, "
            f"men regel 5 vill ha det ifyllt i samma rader, till exempel när ”{both[0]}” är ”{both[1]}”."
        )  # fmt: skip

    def it_is_not_always_required(self, templates):
        line = exchange(templates, EMPTY, EMPTY.replace("field: resultat", "field: rubrik"))
        assert "\n".join(refusal(templates)) == (
            f"templates/2020/arbetsbok.yaml, rad {line}: Regel 8 i tabellen ”aktiviteter” vill ha fältet ”rubrik” tomt i vissa rader, "
            "men fältet måste alltid fyllas i (required). Ta bort required, och skriv en regel (required_when) för de rader där det behövs."
        )  # fmt: skip

    def it_is_not_always_required_where_not_applicable_is_an_answer(self, templates):
        """Who is told to empty a cell empties it, and writes no e.t."""
        old = "{id: resultat, label: Resultat, type: text, specials: true,"
        exchange(templates, old, old + " required: true,")
        exchange(templates, f"          - {REQUIRED}\n", "")
        assert "måste alltid fyllas i (required)" in "\n".join(refusal(templates))
