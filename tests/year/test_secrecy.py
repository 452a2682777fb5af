"""What the house keeps so that low counts stay hidden: a key that is made once, and what was printed."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import money_of
from toolkit.analysis.merge import merge
from toolkit.analysis.secrecy import WITHHELD
from toolkit.files.errors import CannotBeDone
from toolkit.spec.roles import INDICATORS
from toolkit.year.secrecy import keep_record, with_secrecy
from toolkit.year.workspace import Workspace

COUNTS = {"12": 3, "01": 40, "13": 20, "05": 30}


@pytest.fixture
def space(tmp_path):
    return Workspace(tmp_path, 2020)


def results_of(year, rows, workbook, look, counts):
    returns = []
    for code, value in counts.items():
        rows["indikatorer"][0] |= {"varde": value, "foregaende": 90}
        returns.append(look(workbook(rows, code), f"{code}.xlsx"))
    return money_of(merge(year, returns))


@pytest.fixture
def results(year, rows, workbook, look):
    return results_of(year, rows, workbook, look, COUNTS)


class DescribeTheKey:
    def it_is_made_once(self, space, results):
        first = with_secrecy(space, results).secrecy.key
        assert len(bytes.fromhex(first.decode())) == 32
        assert with_secrecy(space, results).secrecy.key == first
        assert space.secrecy_key.read_bytes() == first

    def it_is_another_in_another_house(self, space, results, tmp_path):
        other = Workspace(tmp_path / "annat", 2020)
        assert with_secrecy(space, results).secrecy.key != with_secrecy(other, results).secrecy.key


class DescribeWhatWasPrinted:
    def it_is_kept_and_read(self, space, results):
        known = with_secrecy(space, results)
        keep_record(space, known)
        told = json.loads(space.printed.read_text())["2"]
        assert told["tryckta"] | told["dolda"] == {code: str(one) for code, one in COUNTS.items()}
        assert "12" in told["dolda"]
        assert len(told["dolda"]) in {3, 4}
        later = with_secrecy(replace(space, year=2021), results).secrecy
        assert later.before == known.printed_record()
        assert later.edition is None

    def it_holds_in_a_corrected_edition(self, space, results, year, rows, workbook, look):
        (code,) = [one for one in year.spec.list_of(INDICATORS).valid_in(2020) if one.code == "2"]
        first = with_secrecy(space, results)
        keep_record(space, first)
        space.secrecy_key.write_text("en annan nyckel")
        late = results_of(year, rows, workbook, look, COUNTS | {"25": 9})
        assert with_secrecy(space, late).pattern(code) == first.pattern(code)
        low = results_of(year, rows, workbook, look, COUNTS | {"25": 2})
        assert with_secrecy(space, low).pattern(code) == WITHHELD

    def it_is_needed_for_last_years_numbers(self, space, results, year):
        (code,) = [one for one in year.spec.list_of(INDICATORS).valid_in(2020) if one.code == "2"]
        keep_record(space, with_secrecy(space, results))
        later = with_secrecy(replace(space, year=2021), results)
        shown = [county for county in COUNTS if later.shows_before(code, county, Decimal(COUNTS[county]))]  # fmt: skip
        assert set(shown) == set(results.counts(code)) - with_secrecy(space, results).pattern(code).hidden  # fmt: skip
        assert not later.shows_before(code, "05", Decimal(31))

    @pytest.mark.parametrize("text", ["", "[]", '{"2": {}}', '{"2": {"tryckta": {"01": "x"}, "dolda": {}, "utelämnad": false}}'])  # fmt: skip
    def it_is_not_guessed_when_it_cannot_be_read(self, space, results, text):
        space.printed.parent.mkdir(parents=True)
        space.printed.write_text(text)
        with pytest.raises(CannotBeDone) as caught:
            with_secrecy(space, results)
        assert (caught.value.name, caught.value.values) == ("fel.tryckt", {"file": "inputs/2020/tryckt.json"})  # fmt: skip
