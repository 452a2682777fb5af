"""Each check declares what it can say, and what silences it."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from inspect import getsource
from sys import modules

import pytest

from toolkit.checks import case, outside_tables, run
from toolkit.checks.run import CHECKS, FURTHER

SPOKEN = re.compile(r"[A-Z]{3,}(-[A-Z]+)+")
BY_MODULE: dict[str, set[str]] = defaultdict(set)
for check in (*CHECKS, *FURTHER):
    BY_MODULE[check.run.__module__] |= set(check.codes)


def named(module: str) -> set[str]:
    """The codes that a module's source names."""
    nodes = ast.walk(ast.parse(getsource(modules[module])))
    constants = (node.value for node in nodes if isinstance(node, ast.Constant))
    return {text for text in constants if isinstance(text, str) and SPOKEN.fullmatch(text)}


class DescribeTheList:
    @pytest.mark.parametrize("module", BY_MODULE)
    def it_declares_the_codes_that_each_module_names_and_no_others(self, module):
        assert named(module) == BY_MODULE[module]

    def it_holds_every_check_once(self):
        defined = {
            f"{name}.{one}"
            for name in BY_MODULE
            for one in vars(modules[name])
            if one.startswith("check_") and vars(modules[name])[one].__module__ == name
        }
        listed = [f"{each.run.__module__}.{each.run.__name__}" for each in (*CHECKS, *FURTHER)]
        assert sorted(listed) == sorted(defined)

    def it_declares_codes_that_the_year_has(self, year):
        assert set().union(*BY_MODULE.values()) <= year.catalogue.entries.keys()

    def it_lets_a_consequence_follow_from_a_code_that_is_said(self, year):
        assert {each.unless for each in (*CHECKS, *FURTHER) if each.unless} <= set(
            year.catalogue.entries
        )

    def it_would_see_a_code_that_a_module_does_not_declare(self):
        assert named(outside_tables.__name__) == {"PERSON-NUMMER", "PERSON-MISSTANKE"}
        assert named(case.__name__) == set()

    @pytest.mark.parametrize(
        "code", ["PERSON-NUMMER", "PERSON-MISSTANKE", "PERSON-KONTAKT", "KOL-SAKNAS",
                 "KOL-SAKNAS-FRIVILLIG"],
    )  # fmt: skip
    def it_lets_personal_data_and_missing_columns_always_speak(self, code):
        assert code in run._ALWAYS

    def it_lets_nothing_else_always_speak(self):
        assert len(run._ALWAYS) == 5
