"""`lansrapport report 2017-2020`: what may be written as years, and what is refused."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.cli.arguments import last_there, span_of
from toolkit.files.errors import CannotBeDone
from toolkit.returns.submission import Record
from toolkit.spec.load import load_year
from toolkit.spec.roles import INDICATOR, INDICATOR_BEFORE, INDICATOR_CODE, INDICATOR_VALUE
from toolkit.year.inputs import Inputs
from toolkit.year.progress import no_step
from toolkit.year.workspace import Workspace


class DescribeTheYears:
    @pytest.mark.parametrize(
        ("written", "years"),
        [("2020", (2020, 2020)), ("2017-2020", (2017, 2020)), ("2017–2020", (2017, 2020)), ("2017 - 2020", (2017, 2020))],
    )  # fmt: skip
    def it_reads_one_year_or_the_first_and_the_last(self, written, years):
        assert span_of(written) == years

    @pytest.mark.parametrize("written", ["20", "2020-2017", "2017-", "i fjol", "2017-18"])
    def it_refuses_what_is_no_years(self, written):
        with pytest.raises(CannotBeDone) as raised:
            span_of(written)
        assert (raised.value.name, raised.value.values["value"]) == ("fel.aren", written)

    def it_takes_the_last_year_with_returns(self):
        assert last_there(ROOT, 2018, 2025) == 2020

    def it_refuses_years_without_any(self, tmp_path):
        (tmp_path / "templates").symlink_to(ROOT / "templates")
        with pytest.raises(CannotBeDone) as raised:
            last_there(tmp_path, 2017, 2020)
        assert raised.value.name == "fel.ar_utan"


class DescribeTheExamplesYears:
    """The returns of 2019 say what those of 2020 give as last year's."""

    @pytest.fixture(scope="class")
    def judged(self):
        inputs, found = Inputs(Workspace(ROOT, 2020)), {}
        for year in (2019, 2020):
            path = ROOT / f"inputs/{year}/submissions/Redovisning Värmland {year}.xlsx"
            (checked,) = inputs.of(year).judged([path], no_step)
            found[year] = checked.found
        return found

    def it_gives_each_value_that_the_next_year_tells_of(self, judged):
        def numbers(year, role):
            rows: list[Record] = judged[year].submission.records(INDICATOR)
            return {(row.text(INDICATOR_CODE), row.get(role)) for row in rows}

        told = {
            one for one in numbers(2020, INDICATOR_BEFORE) if not isinstance(one[1], type(None))
        }
        assert told <= numbers(2019, INDICATOR_VALUE)

    def it_has_no_error_in_an_earlier_year(self, judged):
        assert not any(finding.blocks for finding in judged[2019].findings)

    def it_has_no_code_for_the_area_before_2020(self):
        codes = load_year(ROOT / "templates", 2019).spec.lists["verksamhetskod"].valid_in(2019)
        assert [code.code for code in codes] == ["801", "VN", "HR", "VF"]
