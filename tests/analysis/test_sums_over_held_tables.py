"""A sum over another table is not known where that table is held back, or where a row of it may
belong to any of its groups."""

from __future__ import annotations

from copy import deepcopy

import pytest

from toolkit.analysis.merge import merge
from toolkit.returns.submission import Missing


@pytest.fixture
def two_lines(rows):
    second = deepcopy(rows["ekonomi"][0])
    rows["ekonomi"].append({**second, "id": "E2", "verksamhetskod": "801", "valdsform": "FPS"})
    return rows


def computed(data, table, field):
    return [row.record.get(field) for row in data.rows(table)]


class DescribeASumOverATableThatIsHeldBack:
    @pytest.mark.parametrize(
        ("field", "value"),
        [("verksamhetskod", "VNN"), ("anslagspost", "ap.44"), ("utfall", "tolv"), ("kostnadsslag", "Gurka")],
    )  # fmt: skip
    def it_is_not_known(self, year, two_lines, small_workbook, look, field, value):
        two_lines["ekonomi"][1][field] = value
        data = merge(year, [look(small_workbook(two_lines))])
        assert set(computed(data, "huvudbok", "differens")) == {Missing.UNKNOWN}
        assert computed(data, "anslag", "ekonomi") == [Missing.UNKNOWN]

    def it_is_known_where_nothing_is_wrong(self, year, two_lines, small_workbook, look):
        data = merge(year, [look(small_workbook(two_lines))])
        assert Missing.UNKNOWN not in computed(data, "huvudbok", "differens")


class DescribeTheCheckOfASum:
    def it_does_not_blame_a_sum_that_may_be_whole(self, two_lines, small_workbook, look):
        two_lines["ekonomi"][1]["verksamhetskod"] = "VNN"
        found = look(small_workbook(two_lines))
        assert [one.code for one in found.findings] == ["FALT-KODLISTA"]
