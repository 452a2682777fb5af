"""The numbers of an indicator that a later year counts otherwise: hours are no number of
occasions."""

from __future__ import annotations

from collections.abc import Collection

from toolkit.returns.submission import Record
from toolkit.spec.continuity import is_comparable
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    INDICATOR,
    INDICATOR_BEFORE,
    INDICATOR_CODE,
    INDICATOR_TARGET,
    INDICATOR_VALUE,
)

_NUMBERS = (INDICATOR_VALUE, INDICATOR_BEFORE, INDICATOR_TARGET)


def numbers_counted_otherwise(record: Record, old: Spec, spec: Spec) -> Collection[str]:
    """The ids of a row's fields whose number is none of the new year's: this year's, last year's
    and the target. The row goes on without them."""
    if record.columns.table != old.bound.of(INDICATOR) or not old.bound.has(INDICATOR_CODE):
        return ()
    if is_comparable(old, spec, record.text(INDICATOR_CODE)):
        return ()
    return {old.bound[role] for role in _NUMBERS if old.bound.has(role)}
