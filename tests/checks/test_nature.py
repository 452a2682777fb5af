"""Utgift and kostnad, which are never in one sum: a grant is the one, administration the other."""

from __future__ import annotations

from itertools import product

import pytest

from tests.conftest import said

KINDS = ("PER", "LOK", "KÖP", "RES", "ÖVR", "BID")


class DescribeUtgiftAndKostnad:
    @pytest.mark.parametrize(("kind", "nature"), list(product(KINDS, "UK")))
    def it_asks_where_the_kind_of_cost_says_the_other(self, kind, nature, rows, workbook, look):
        line = {
            "kostnadsslag": kind,
            "slag": nature,
            "mottagare": "Jouren" if kind == "BID" else "",
        }
        rows["ekonomi"][0] |= line
        found = [code for code, _ in said(look(workbook(rows)))]
        assert ("EKON-SLAG" in found) == ((kind == "BID") != (nature == "U"))

    def it_asks_once_of_all_rows(self, rows, workbook, look):
        line = rows["ekonomi"][0]
        rows["ekonomi"] = [
            {**line, "id": f"E{n}", "slag": "U", "utfall": 42250 + n} for n in (1, 2)
        ]
        found = [place for code, place in said(look(workbook(rows))) if code == "EKON-SLAG"]
        assert found == ["Ekonomi!I6:I7"]

    def it_is_not_explained_by_whatever_stands_in_the_comment(self, rows, workbook, look):
        rows["ekonomi"][0] |= {"slag": "U", "kommentar": "Avser våren."}
        assert said(look(workbook(rows))) == [("EKON-SLAG", "Ekonomi!I6")]
