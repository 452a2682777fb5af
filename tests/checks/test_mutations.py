"""One mistake at a time in every field: the right code in the right cell, and nothing else is said."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.mutants.ground import Fault, Mutation, ground, said_of
from tests.mutations import KINDS, mutations_of, outcomes_of
from tests.sampled import sampled
from toolkit.checks.file import judge

SAMPLE = [mutations_of(kind)[len(mutations_of(kind)) // 2] for kind in KINDS]
"""One of each kind, from the middle."""
IN_CELLS = ("FALT-", "NOT-", "RAD-", "REF-")
ABOUT_THE_FILE = {
    "FALT-ANNAN-BOK", "FALT-DRAGEN", "FALT-UPPRAKNAD", "FALT-SAMMAN", "FALT-CELLFORMAT", "FALT-FORMEL", "FALT-FORMELVARDE", "FALT-RATTAD", "FALT-SAMMANSLAGEN",
    "RAD-DOLD", "RAD-STRUKEN",
}  # fmt: skip
"""What no value in a cell brings about; tests/test_reading_list.py does, with files."""


def written_in_the_file(mutation: Mutation) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(ground().data))
    for ref, value in mutation.cells:
        book[ref.sheet].cell(ref.row, ref.column).value = (
            value.written if isinstance(value, Fault) else value
        )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.whole
class DescribeAMistake:
    @pytest.mark.parametrize("kind", KINDS)
    def it_is_found_in_its_cell_and_nothing_else_is_said(self, kind):
        outcomes = outcomes_of(sampled(mutations_of(kind), 5))
        assert outcomes
        wrong = [o for o in outcomes if o.missed or o.false_alarms]
        assert [(o.mutation.name, sorted(o.missed), sorted(o.false_alarms)) for o in wrong] == []

    @pytest.mark.parametrize("mutation", sampled(SAMPLE), ids=lambda mutation: mutation.kind)
    def it_is_found_in_the_real_file_too(self, mutation):
        found = judge(written_in_the_file(mutation), "fil.xlsx", {2020: ground().year})
        said = {
            (finding.code, str(finding.refs[0]) if finding.refs else "")
            for finding in found.findings
        }
        assert said == mutation.expected

    def it_is_no_mistake_to_be_clean(self):
        assert said_of(None) == frozenset()
        assert judge(ground().data, "fil.xlsx", {2020: ground().year}).findings == ()


class DescribeTheMutations:
    def it_makes_many_and_each_is_another(self):
        everything = [mutation for kind in KINDS for mutation in mutations_of(kind)]
        assert len(everything) > 1500
        assert len({(mutation.kind, mutation.cells) for mutation in everything}) == len(everything)

    def it_reaches_every_field_that_a_county_fills_in(self):
        spec = ground().spec
        own = {(t.id, f.id) for t in spec.tables.values() for f in t.fields if f.computed is None}
        assert {(spot.table.id, spot.field.id) for spot in ground().spots} == own

    def it_brings_about_every_rule_of_the_spec(self):
        expected = {
            code
            for kind in KINDS
            for mutation in mutations_of(kind)
            for code, _ in mutation.expected
        }
        rules = {rule.code for table in ground().spec.tables.values() for rule in table.rules}
        assert rules <= expected

    def it_brings_about_every_code_about_a_cell(self):
        expected = {
            code
            for kind in KINDS
            for mutation in mutations_of(kind)
            for code, _ in mutation.expected
        }
        about_cells = {
            code for code in ground().year.catalogue.entries if code.startswith(IN_CELLS)
        }
        assert about_cells - expected == ABOUT_THE_FILE
