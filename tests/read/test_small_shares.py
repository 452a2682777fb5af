"""A share of at most one per cent is asked about, unless the field takes nothing so small: then that
is what is wrong with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toolkit.read.values import read_value


@pytest.mark.parametrize(
    ("low", "raw", "code"),
    [
        ("0", 0.2, "FALT-ANDEL"),
        ("0", 1, "FALT-ANDEL"),
        ("0", 0, None),
        ("0.25", 0.2, None),
        ("0.25", 0.25, "FALT-ANDEL"),
        ("5", 0.5, None),
    ],
)
def it_asks_only_of_what_the_field_takes(year, low, raw, code):
    share = year.spec.tables["ekonomi"].by_id["andel"]
    field = share.model_copy(update={"minimum": Decimal(low)})
    reading = read_value(year.spec, field, raw)
    assert (reading.typed, reading.code) == (Decimal(str(raw)), code)
