"""The error gallery: every code has the smallest input that gives it, and the page about it is true."""

from __future__ import annotations

import ast
import re

import pytest
import yaml

from tests.conftest import ROOT, said
from tests.errors.make_gallery import (
    PAGE,
    YEARS,
    Case,
    base_workbook,
    cases,
    expectation,
    page,
    years,
)
from toolkit.checks.file import judge

CASES = cases()
SPOKEN = re.compile(r"[A-Z]{3,}(-[A-Z]+)+")
"""What a finding's code looks like; nothing else in the toolkit looks so."""


def declared() -> set[str]:
    return {code for year in years().values() for code in year.catalogue.entries}


def spoken_by_code() -> set[str]:
    sources = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "toolkit").rglob("*.py"))
    constants = (
        node.value for tree in sources for node in ast.walk(tree) if isinstance(node, ast.Constant)
    )
    return {value for value in constants if isinstance(value, str) and SPOKEN.fullmatch(value)}


def spoken_by_rules() -> set[str]:
    tables = (table for year in years().values() for table in year.spec.tables.values())
    return {rule.code for table in tables for rule in table.rules}


@pytest.fixture(scope="module")
def found() -> list[tuple[Case, list]]:
    return [(case, case.findings()) for case in CASES]


class DescribeTheGallery:
    def it_has_a_case_for_every_declared_code_and_no_other(self):
        assert {case.code for case in CASES} == declared()

    def it_declares_every_code_that_is_spoken_and_no_other(self):
        assert spoken_by_code() | spoken_by_rules() == declared()

    @pytest.mark.parametrize("year", YEARS)
    def it_starts_from_a_workbook_with_nothing_to_remark_on(self, year):
        assert said(judge(base_workbook("clean", year), "fil.xlsx", years())) == []

    def it_gives_each_code_by_its_own_case_and_no_other_code(self, found):
        assert {case.code: {f.code for f in findings} for case, findings in found} == {
            c.code: {c.code} for c in CASES
        }

    def it_says_the_exact_text_in_the_exact_cell(self, found):
        for case, findings in found:
            assert expectation(findings) == (case.folder / "expected.yaml").read_text("utf-8"), (
                case.code
            )

    def it_says_what_and_why_and_how_in_whole_sentences(self):
        for case in CASES:
            for told in yaml.safe_load((case.folder / "expected.yaml").read_text("utf-8")):
                assert (
                    told["what"] and told["why"].endswith((".", "?")) and told["how"].endswith(".")
                ), case.code
                assert not re.search(r"\.\.|  |[{}]|\bNone\b", told["why"] + told["how"]), case.code

    def it_is_what_the_page_shows(self, found):
        assert page(found) == PAGE.read_text("utf-8")

    def it_explains_each_case_in_a_sentence(self):
        for case in CASES:
            assert re.fullmatch(r"[A-ZÅÄÖ].*\.", case.recipe["about"]), case.code

    def it_would_see_a_code_that_nobody_declared(self):
        assert SPOKEN.fullmatch("FALT-HITTEPA") and not SPOKEN.fullmatch("UTF-8")
