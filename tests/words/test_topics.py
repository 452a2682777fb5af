"""A stem that stands several times in a clause: one place that is meant is enough."""

from __future__ import annotations

import pytest

from toolkit.words.topics import Topic

AREA = Topic(("prostitu",), before=("inte", "ej", "utan"), after=("ingår inte",), even=("bara",))


class DescribeAStemInAClause:
    @pytest.mark.parametrize(
        ("text", "speaks"),
        [
            ("Inte prostitution i sig men stöd till personer i prostitution", True),
            ("Ej prostitution och utan prostitution", False),
            ("Prostitution ingår inte men mycket handlar om prostitution", True),
            ("Mycket om prostitution men prostitution ingår inte", False),
            ("Inte bara prostitution", True),
            ("", False),
        ],
    )
    def it_counts_every_place(self, text, speaks):
        assert AREA.is_in(text) == speaks
