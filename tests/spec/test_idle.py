"""Rules that could never say anything."""

from __future__ import annotations

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.spec.load import load_year

ORDER = "{kind: order, first: start, then: slut, code: RAD-DATUMORDNING}"
AMONG = "among: [aktivitet_id, mal_id]"
NEED = "field: kommentar, when: {varde: [u.s.]}"
# What stands in a rule, what is written instead, and what is said of rule and table.
WRONG = {
    "a_day_before_itself": (ORDER, ORDER.replace("slut", "start"), "Regel 1 i tabellen ”aktiviteter” jämför fältet ”start” med sig självt (first och then). Den skulle aldrig gälla."),
    "one_of_what_is_always_answered": (AMONG, "among: [aktivitet_id, varde]", "Regel 1 i tabellen ”indikatorer” skulle aldrig gälla: fältet ”varde” måste alltid fyllas i (required). Ta bort regeln (i ett senare år med remove_rule) eller required."),
    "one_of_nothing": (AMONG, "among: []", "Regel 1 i tabellen ”indikatorer” nämner inga fält (among)."),
    "one_of_the_same": (AMONG, "among: [mal_id, mal_id]", "Regel 1 i tabellen ”indikatorer” nämner fältet ”mal_id” två gånger (among)."),
    "what_is_required_anyway": (NEED, "field: kalla, when: {varde: [u.s.]}", "Regel 4 i tabellen ”indikatorer” skulle aldrig gälla: fältet ”kalla” måste alltid fyllas i (required). Ta bort regeln (i ett senare år med remove_rule) eller required."),
    "a_number_beyond_its_bounds": (NEED, 'field: kommentar, when: {varde: ["-3"]}', "Regel 4 i tabellen ”indikatorer” skulle aldrig gälla: -3 ligger utanför gränserna för ”varde” (when)."),
    "what_another_rule_forbids": (NEED, "field: kommentar, when: {niva: [L, R], kommun: ['*']}", "Villkoren (when) i regel 4 i tabellen ”indikatorer” går inte ihop: ”kommun” ska vara tomt i de raderna enligt regel 3."),
    "the_same_again": (ORDER, f"{ORDER}\n          - {ORDER}", "Regel 2 i tabellen ”aktiviteter” är densamma som regel 1. Allt skulle sägas två gånger."),
    "what_the_template_fills_in": ("when: {status: [NOLL, EJ]}, code: SAR-SKAL}", "when: {status: [NOLL, EJ]}, code: SAR-SKAL}\n          - {kind: empty_when, field: omrade, when: {status: [EJ]}, code: RAD-STATUS}", "Regel 2 i tabellen ”sarredovisning” kan inte gälla fältet ”omrade”: det fyller mallen själv i."),
}  # fmt: skip


class DescribeARuleThatCouldNeverSayAnything:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_refused_at_its_line(self, templates, name):
        old, new, said = WRONG[name]
        line = exchange(templates, old, new) + new.count("\n")
        assert f"templates/2020/arbetsbok.yaml, rad {line}: {said}" in refusal(templates)

    @pytest.mark.parametrize(
        ("per", "said"),
        [
            ("andel", "har fältet ”andel” både som andel (field) och i per."),
            ("id", "har ”id” i per, men det är olika i varje rad."),
        ],
    )
    def it_cannot_share_a_row_with_itself(self, templates, per, said):
        old = "{kind: required_when, field: mottagare, when: {kostnadsslag: [BID]}, code: RAD-KRAV}"
        exchange(templates, old, f"{{kind: shares, field: andel, per: [{per}], code: RAD-KRAV}}")
        assert f"Regel 1 i tabellen ”ekonomi” {said}" in "\n".join(refusal(templates))

    @pytest.mark.parametrize(
        "when", ["{niva: [K], kommun: ['*']}", "{niva: [L, K], kommun: ['*']}", '{varde: [">0"]}']
    )
    def it_is_left_where_a_row_could_meet_it(self, templates, when):
        exchange(templates, NEED, f"field: kommentar, when: {when}")
        assert load_year(templates, 2020).spec.year == 2020
