"""Which of many alike cases a run looks at."""

from __future__ import annotations

import pytest

from tests import sampled

NAMES = ["a[1]", "a[2]", "a[3]", "a[4]", "b[1]", "b[2]", "c"]


@pytest.mark.parametrize(
    ("is_all", "looked_at"), [(False, ["a[1]", "a[3]", "b[1]", "b[2]", "c"]), (True, NAMES)]
)
def it_looks_at_every_second_of_many_and_at_all_of_few(monkeypatch, is_all, looked_at):
    monkeypatch.setattr(sampled, "ALL", is_all)
    chosen = sampled.looked_at(NAMES)
    assert [name for name, is_one in zip(NAMES, chosen, strict=True) if is_one] == looked_at


def it_looks_at_every_fourth_of_very_many(monkeypatch):
    monkeypatch.setattr(sampled, "ALL", False)
    chosen = list(sampled.looked_at([f"a[{number}]" for number in range(9)]))
    assert [number for number, is_one in enumerate(chosen) if is_one] == [0, 4, 8]
