"""One cause is one point: what is seen in several cuts, and what stands on another code."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toolkit.analysis.causes import causes, is_moved
from toolkit.analysis.reconcile import Reconciliation
from toolkit.analysis.states import Dimension

CODE, KIND, POST = Dimension.CODE, Dimension.KIND, Dimension.POST


def off(*seen):
    """Differences by cut and code."""
    return [
        Reconciliation("12", "Skåne", code, Decimal(100), None, Decimal(100 + kr), dimension=cut)
        for cut, code, kr in seen
    ]


class DescribeCauses:
    @pytest.mark.parametrize(
        ("seen", "together"),
        [
            ([(CODE, "801", 50), (KIND, "KÖP", 50), (POST, "ap.4", 50)], [("801", "KÖP", "ap.4")]),
            ([(CODE, "801", 50), (CODE, "PM", -50)], [("801", "PM")]),
            ([(CODE, "801", 50), (CODE, "PM", -40)], [("801",), ("PM",)]),
            (
                [(CODE, "801", 50), (CODE, "VN", 50), (CODE, "PM", -50)],
                [("801",), ("VN",), ("PM",)],
            ),
            (
                [(CODE, "801", 50), (KIND, "KÖP", 50), (KIND, "LOK", 50)],
                [("801",), ("KÖP",), ("LOK",)],
            ),
            ([(CODE, "801", 50), (KIND, "KÖP", 7)], [("801",), ("KÖP",)]),
            ([], []),
        ],
    )
    def it_groups_what_has_one_and_nothing_else(self, seen, together):
        found = [tuple(line.code for line in lines) for lines in causes(off(*seen))]
        assert found == together

    def it_knows_what_stands_on_another_code(self):
        moved, same = (
            off((CODE, "801", 50), (CODE, "PM", -50)),
            off((CODE, "801", 50), (KIND, "KÖP", 50)),
        )
        assert [is_moved(lines) for lines in (*causes(moved), *causes(same))] == [True, False]
