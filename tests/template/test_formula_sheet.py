"""Formulas are written as XlsxWriter itself writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from toolkit.template.formula_sheet import FormulaSheet

NAMES = st.sampled_from(
    ["SUM", "IF", "UNIQUE", "SORT", "XLOOKUP", "SINGLE", "RSINGLE", "FILTER", "STDEV.S", "IFNA", "_xlfn.IFNA", "ANTAL", "LET"]
)  # fmt: skip
PIECES = st.sampled_from(["A1", "-", "+", '"(text)"', "Blad!$B$2", ",", " ", "'Å (1)'!C3"])
CALLS = st.recursive(
    PIECES,
    lambda inner: st.builds("{}({})".format, NAMES, st.lists(inner, max_size=3).map("".join)),
)
FORMULAS = st.lists(CALLS, min_size=1, max_size=4).map("".join)


class DescribeAFormula:
    @given(FORMULAS, st.sampled_from(["={}", "{}", "{{={}}}"]))
    def it_is_written_as_the_library_writes_it(self, formula, form):
        whole = form.format(formula)
        assert FormulaSheet()._prepare_formula(whole) == Worksheet()._prepare_formula(whole)

    @pytest.mark.parametrize(
        ("formula", "written"),
        [
            ('=IF(SUM(A1:A3)>0,"x","")', 'IF(SUM(A1:A3)>0,"x","")'),
            ("=UNIQUE(A1:A3)", "_xlfn.UNIQUE(A1:A3)"),
            ("{=SUM(A1)}", "SUM(A1)"),
        ],
    )
    def it_has_its_newer_functions_marked(self, formula, written):
        assert FormulaSheet()._prepare_formula(formula) == written
