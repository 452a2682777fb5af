"""How many of many alike cases a run looks at. Some lists have a case for each finding code or field, seconds
each: some of them are looked at in every run, all of them with `LANSRAPPORT_ALL=1` (`make test-all`)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")
ALL = bool(os.environ.get("LANSRAPPORT_ALL"))


def sampled(cases: Sequence[Case], every: int = 2) -> list[Case]:
    """Every second case, or every so many-th; all where the environment asks for all."""
    return list(cases) if ALL else list(cases)[::every]
