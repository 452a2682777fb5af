"""What each check needs the year to ask for, and what is left out where it does not."""

from __future__ import annotations

import pytest

from tests.spec.test_removal import year_without
from toolkit.checks.run import CHECKS, FURTHER, checks_of, idle_checks
from toolkit.spec.roles import ACTIVITY_HEADING, DECLARED, LEDGER, SPEND_BUDGET

ALL = (*CHECKS, *FURTHER)


def idle_without(address: str) -> dict[str, tuple[str, ...]]:
    """The missing roles by the codes that are not said, in a year without a field."""
    return {" ".join(one.codes): one.missing for one in idle_checks(year_without(address).spec)}


class DescribeWhatAYearLeavesOut:
    def it_is_nothing_in_the_shipped_year(self, year):
        assert idle_checks(year.spec) == []
        assert checks_of(year.spec, ALL) == list(ALL)

    def it_is_the_budgets_check_without_a_budget(self):
        assert idle_without("ekonomi.budget") == {"EKON-BUDGET": (SPEND_BUDGET,)}

    def it_is_every_check_of_a_heading_without_headings(self):
        assert idle_without("aktiviteter.rubrik") == dict.fromkeys(
            ["DUBBLETT-AKTIVITET", "TEXT-KOD", "TEXT-OMRADE", "DUBBLETT-LAN"], (ACTIVITY_HEADING,)
        )

    def it_names_a_table_that_is_gone_and_not_its_fields(self):
        idle = idle_without("huvudbok.verksamhetskod")
        assert idle == {"EKON-DIFFERENS EKON-OKAND-SUMMA": (LEDGER,), "TREND-EKONOMI": (LEDGER,)}

    def it_is_no_check_that_only_reads_a_comment(self):
        assert idle_without("ekonomi.kommentar") == {}

    @pytest.mark.parametrize("check", ALL, ids=lambda check: check.run.__name__)
    def it_is_told_by_roles_that_are_declared(self, check):
        assert set(check.needs) <= DECLARED.keys()
