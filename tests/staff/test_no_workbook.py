"""A file of the staff's own that is no workbook: they are told what to do with it, not to send it to anybody."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.spec.load import load_year
from toolkit.staff.chosen import read_choices
from toolkit.staff.decisions import read_decisions
from toolkit.staff.editorial import read_edition
from toolkit.staff.waivers import read_waivers
from toolkit.year.faults import fault_finding

YEAR = load_year(ROOT / "templates", 2020)


def faults(read, file):
    return [fault_finding(YEAR, fault, file) for fault in read.faults]


READ = {
    "finance-decisions.xlsx": lambda data, name: faults(
        read_decisions(data, 2020, YEAR.texts("export")), name
    ),
    "redaktion.xlsx": lambda data, name: faults(read_edition(data, YEAR.texts("export")), name),
    "avsteg.xlsx": lambda data, name: read_waivers(data, name, YEAR).findings,
    "filer.xlsx": lambda data, name: read_choices(data, name, YEAR).findings,
}
DATA = {
    "FIL-TOM-FIL": b"",
    "FIL-FORMAT": b"L\xc3\xa4n;Beslut\r\nSk\xc3\xa5ne;Godk\xc3\xa4nd\r\n",
    "FIL-SKADAD": b"PK\x03\x04" + b"x" * 90,
}


class DescribeAFileOfTheStaffThatIsNoWorkbook:
    @pytest.mark.parametrize("code", DATA)
    @pytest.mark.parametrize("name", READ)
    def it_is_told_with_what_they_are_to_do(self, name, code):
        (found,) = READ[name](DATA[code], name)
        assert found.code == code
        assert name in found.message
        assert "skicka" not in found.hint.casefold()
        assert "edovisning" not in found.hint
        assert name in found.hint or name.partition(".")[0] in found.hint
