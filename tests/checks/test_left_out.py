"""What is said of a return when one field is not asked for: the same as before, but for what that
field was needed for. A check that cannot be made is left out, and none counts what is not there."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.returns.made import submission_of
from tests.sampled import sampled
from tests.spec.test_removal import SLOPPY, addresses, whole, year_without
from toolkit.checks.run import check_submission, idle_checks
from toolkit.files.yaml import SpecError
from toolkit.returns.submission import Missing
from toolkit.spec.resolve import find_field

ALIKE = {
    "aktiviteter.beskrivning": {"DUBBLETT-AKTIVITET"},
    "indikatorer.kon": {"DUBBLETT-INDIKATOR"},
}
"""What is seen otherwise without a field by which two rows are compared."""


def understood(name, value):
    """A value as the reading understands it."""
    if value == "u.s.":
        return Missing.UNKNOWN
    if isinstance(value, int) and name not in {"malar"}:
        return Decimal(value)
    return value if value != "" else Missing.BLANK


def said(year):
    """Code, table and field of all that is said of the sloppy return."""
    rows = {}
    for name in SLOPPY.keys() & year.spec.tables.keys():
        rows[name] = [{key: understood(key, row[key]) for key in row} for row in SLOPPY[name]]
    found = submission_of(year.spec, **rows)
    findings = check_submission(year.spec, year.catalogue, found, ())
    return {(finding.code, finding.table, finding.field) for finding in findings}


def rule_codes(year):
    """The codes of each table's rules, one for each rule."""
    return [(table.id, repr(rule)) for table in year.spec.tables.values() for rule in table.rules]


@pytest.fixture(scope="module")
def of_the_whole():
    return said(whole())


@pytest.mark.whole
class DescribeAReturnWithoutAField:
    def it_is_said_much_of_when_nothing_is_missing(self, of_the_whole):
        assert len({code for code, *_ in of_the_whole}) > 12

    @pytest.mark.parametrize("address", sampled(addresses()))
    def it_is_told_all_that_does_not_need_the_field(self, address, of_the_whole):
        try:
            year = year_without(address)
        except SpecError:
            return
        excused = set(ALIKE.get(address, ()))
        excused |= {code for check in idle_checks(year.spec) for code in check.codes}
        kept = rule_codes(year)
        for table in whole().spec.tables.values():
            excused |= {rule.code for rule in table.rules if (table.id, repr(rule)) not in kept}
        lost = []
        for code, table, field in of_the_whole - said(year):
            is_there = field is None or find_field(year.spec, f"{table}.{field}")
            if is_there and table in year.spec.tables and code not in excused:
                lost.append((code, table, field))
        assert lost == []
