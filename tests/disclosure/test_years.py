"""Generated years, by the closed form and by the audit; and with the rule broken, so that both are seen to fail."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.disclosure import years
from toolkit.analysis import results, secrecy
from toolkit.analysis.secrecy import Pattern


def low(values, least):
    return {name for name, value in values.items() if 0 < value < least}


def with_one_other(values, least, draw):
    """The low ones and the smallest of the others: what was done before."""
    others = sorted(
        (name for name in values if values[name] >= least), key=lambda name: values[name]
    )
    return Pattern(
        frozenset([*low(values, least), *others[:1]]) if low(values, least) else frozenset()
    )


def low_alone(values, least, draw):
    return Pattern(frozenset(low(values, least)))


def planned_anew(earlier, values, least):
    """Another draw for a corrected edition, as if nothing had been printed."""
    return secrecy.plan(values, least, lambda name: secrecy.drawn(b"ny", name, str(values)))


def told_always(self, code, county, value):
    return True


class DescribeGeneratedYears:
    def it_leaves_five_values_to_everybody(self):
        assert [seed for seed in range(400) if list(years.breaches(years.history(seed)))] == []

    def it_says_the_same_by_the_audit(self):
        assert [leak for seed in range(4) for leak in years.leaks(years.history(seed))] == []

    def it_is_of_every_kind(self):
        found = [one for seed in range(60) for one in years.history(seed)]
        hidden = [one for one in found if one.printed.hidden and not one.printed.withheld]
        assert len(hidden) > 50
        assert sum(one.printed.withheld for one in found) > 20
        assert sum(bool(one.before) for one in found) > 20
        assert sum(len(one.printed.hidden) > 3 for one in hidden) > 20

    @pytest.mark.parametrize(
        ("where", "name", "broken"),
        [
            (results, "plan", with_one_other),
            (results, "plan", low_alone),
            (results, "stand_by", planned_anew),
            (years.Counted, "shows_before", told_always),
        ],
    )
    def it_finds_what_another_rule_would_give_away(self, monkeypatch, where, name, broken):
        monkeypatch.setattr(where, name, broken)
        wrong = [seed for seed in range(60) if list(years.breaches(years.history(seed)))]
        assert len(wrong) > 10

    @pytest.mark.parametrize(
        ("where", "name", "broken"),
        [(results, "plan", low_alone), (years.Counted, "shows_before", told_always)],
    )
    def it_is_found_in_the_pages_too(self, monkeypatch, where, name, broken):
        monkeypatch.setattr(where, name, broken)
        assert any(years.leaks(years.history(seed)) for seed in range(8))

    def it_knows_a_sum_less_what_is_printed(self):
        first, *_ = years.history(0)
        assert years.rest_of(first) == sum(first.printed.hidden.values(), Decimal(0))
