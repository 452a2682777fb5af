"""Rows by sex and age against their total, and the same spend twice."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from tests.conftest import said


def by_sex(rows, **values):
    """Rows of one indicator, a value for each sex."""
    row = rows["indikatorer"][0] | {"foregaende": None}
    rows["indikatorer"] = [
        deepcopy(row) | {"id": f"I{number}", "kon": sex, "varde": value}
        for number, (sex, value) in enumerate(values.items(), 1)
    ]
    return rows


class DescribePartsAndTotals:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"T": 84}, []), ({"T": 84, "K": 50, "M": 34}, []), ({"T": 84, "K": 50, "M": 30, "A": 4}, []),
            ({"T": 84, "K": 50, "M": 40}, [("IND-DELAR", "Indikatorer!J6")]),
            ({"K": 1, "M": 2, "T": 4}, [("IND-DELAR", "Indikatorer!J8")]),
            ({"T": 84, "K": 50, "M": 30}, [("IND-DELAR", "Indikatorer!J6")]),
            ({"K": 50, "M": 34}, [("IND-TOTAL", "Indikatorer!J6")]),
            ({"T": 84, "K": 50}, []), ({"K": 50}, []),
            ({"T": 0, "K": 0, "M": 0}, []), ({"T": "u.s.", "K": 50, "M": 34}, []),
        ],
    )  # fmt: skip
    def it_asks_when_what_is_merged_is_not_what_the_parts_say(
        self, rows, workbook, look, values, expected
    ):
        told = said(look(workbook(by_sex(rows, **values))))
        assert [one for one in told if one[0].startswith("IND-")] == expected

    def it_keeps_places_and_activities_apart(self, rows, workbook, look):
        by_sex(rows, T=84, K=50, M=40)
        for row in rows["indikatorer"][1:]:
            row |= {"niva": "K", "kommun": "1280"}
        assert "IND-DELAR" not in {code for code, _ in said(look(workbook(rows)))}

    def it_is_told_by_age_as_well(self, rows, workbook, look):
        by_sex(rows, T=84)
        for age, value in (("U", 20), ("Ö", 60)):
            row = deepcopy(rows["indikatorer"][0])
            rows["indikatorer"].append(row | {"id": f"I{value}", "alder": age, "varde": value})
        assert ("IND-DELAR", "Indikatorer!J6") in said(look(workbook(rows)))


class DescribeTheSameSpendTwice:
    def twice(self, rows, **changes):
        rows["ekonomi"].append(deepcopy(rows["ekonomi"][0]) | {"id": "E2"} | changes)
        return rows

    def it_asks_in_both_lines(self, rows, workbook, look):
        told = said(look(workbook(self.twice(rows))))
        assert ("EKON-DUBBEL", "Ekonomi!K6:K7") in told

    def it_asks_nothing_of_what_recurs(self, rows, workbook, look):
        self.twice(self.twice(rows))
        rows["ekonomi"][2]["id"] = "E3"
        assert "EKON-DUBBEL" not in dict(said(look(workbook(rows))))

    @pytest.mark.parametrize(
        "changes", [{"utfall": Decimal("84500.51")}, {"mottagare": "Malmö kommun"}, {"verksamhetskod": "VN"}]
    )  # fmt: skip
    def it_takes_lines_that_differ_in_anything_for_two(self, rows, workbook, look, changes):
        assert "EKON-DUBBEL" not in dict(said(look(workbook(self.twice(rows, **changes)))))
