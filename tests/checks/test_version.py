"""The version of the template that a file was made from."""

from __future__ import annotations

import pytest


@pytest.fixture
def stamped(rows, small_workbook, edited):
    def make(version):
        def stamp(book):
            book["_lansrapport"]["B2"] = version

        return edited(small_workbook(rows), stamp)

    return make


class DescribeTheVersionOfTheTemplate:
    def it_is_not_spoken_of_where_it_is_the_years_own(self, stamped, look, year):
        assert look(stamped(year.spec.version)).findings == ()

    @pytest.mark.parametrize("version", ["2020.0", "1999.0-beta"])
    def it_is_told_as_a_note_where_it_is_another(self, stamped, look, version):
        (told,) = look(stamped(version)).findings
        assert (told.code, told.county, told.blocks) == ("MALL-VERSION", "12", False)
        assert f"version {version} av mallen för 2020" in told.message
        assert "2020.1" in told.message

    def it_is_not_spoken_of_where_the_file_has_none(self, stamped, look):
        assert look(stamped(None)).findings == ()

    def it_hides_a_personal_number_that_stands_there(self, stamped, look):
        told = [one for one in look(stamped("811228-9874")).findings if "MALL" in one.code]
        assert len(told) == 1
        assert "811228" not in told[0].message
