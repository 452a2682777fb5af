"""Years as JSON: nothing is lost on the way, and what comes in otherwise is refused."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from tests.conftest import ROOT
from toolkit.spec.load import load_year
from toolkit.web.carried import TEXT_FILES, packed, unpacked


@pytest.fixture(scope="module")
def years():
    return {number: load_year(ROOT / "templates", number) for number in (2020, 2021)}


class DescribeYearsAsJson:
    def it_gives_back_the_same_specs(self, years):
        carried = unpacked(packed(years.values()))
        assert {number: year.spec for number, year in carried.items()} == {
            number: year.spec for number, year in years.items()
        }

    def it_gives_back_the_same_messages_but_for_a_fault_of_ours(self, years):
        carried = unpacked(packed(years.values()))[2020].catalogue
        sent = years[2020].catalogue
        differ = [code for code, one in sent.entries.items() if carried.entries[code] != one]
        assert differ == ["FIL-VERKTYG"]
        assert "mottagen" not in carried.entries["FIL-VERKTYG"].message
        assert carried.words == sent.words

    @pytest.mark.parametrize("name", TEXT_FILES)
    def it_gives_back_the_same_texts(self, years, name):
        carried = unpacked(packed(years.values()))[2021]
        assert carried.texts(name).entries == years[2021].texts(name).entries

    def it_needs_no_folder(self, years):
        assert unpacked(packed(years.values()))[2020].folders == ()

    def it_refuses_a_key_that_the_spec_does_not_know(self, years):
        data = json.loads(packed(years.values()))
        data[0]["spec"]["extra"] = 1
        with pytest.raises(ValidationError, match="extra"):
            unpacked(json.dumps(data))
