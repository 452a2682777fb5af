"""A year before the codes that its workbook must be answered with: described to be read, not to be filled in."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.files.errors import CannotBeDone
from toolkit.spec.load import load_year
from toolkit.year.templates import refuse_unfillable


class DescribeAYearBeforeItsCodes:
    @pytest.mark.parametrize("year", [2017, 2018, 2019])
    def it_is_said_what_the_year_is_for(self, year):
        with pytest.raises(CannotBeDone) as caught:
            refuse_unfillable(load_year(ROOT / "templates", year).spec)
        told = caught.value.values
        assert (told["year"], told["lists"], told["since"]) == (year, "omrade", 2020)

    @pytest.mark.parametrize("year", [2020, 2021])
    def it_is_none_of_the_years_that_are_filled_in(self, year):
        refuse_unfillable(load_year(ROOT / "templates", year).spec)
