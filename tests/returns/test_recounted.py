"""An indicator that a later year counts otherwise: its numbers go on to no other year, and are compared with none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.errors.make_gallery import years
from tests.returns.made import submission_of
from toolkit.checks.case import Case
from toolkit.checks.trends import Past, check_changed_indicators, check_stated_as_last_year
from toolkit.returns.carryover import move
from toolkit.returns.prefill import prefill
from toolkit.spec.continuity import counted_anew, is_comparable
from toolkit.spec.model import Spec

NEW = years()[2020]
ROW = {
    "id": "I1",
    "indikator": "1",
    "niva": "LÄN",
    "kon": "T",
    "alder": "ALLA",
    "foregaende": Decimal(800),
}
OTHERWISE = (
    {"enhet": "timmar"},
    {"personer": "ja"},
    {"summering": "högsta per län"},
    {"art": "annan"},
)
ALIKE = (
    {"decimaler": "2"},
    {"kalla": "kommun"},
    {"hogst": "900"},
    {"summering": "summa"},
    {"enhet": "Antal "},
)


def before(label="Utbildningstillfällen", **attributes):
    """The spec of 2019, in which indicator 1 has other attributes, or another name."""
    data = NEW.spec.model_dump()
    data["year"] = 2019
    listed = next(one for one in data["codelists"] if one["id"] == "indikator")
    code = next(one for one in listed["codes"] if one["code"] == "1")
    code["attributes"] |= attributes
    code["label"] = label
    return Spec.model_validate(data)


def asked(old, stated=Decimal(800)):
    """The codes of what is asked of a return of 2020 that states another number than 2019's."""
    past = Past(old, submission_of(old, indikatorer=[ROW | {"varde": Decimal(900)}]))
    sent = submission_of(NEW.spec, indikatorer=[ROW | {"varde": Decimal(12), "foregaende": stated}])
    case = Case(NEW.spec, NEW.catalogue, sent)
    checks = (check_stated_as_last_year, check_changed_indicators)
    return [finding.code for check in checks for finding in check(case, past)]


class DescribeWhatIsCountedOtherwise:
    @pytest.mark.parametrize("attributes", OTHERWISE)
    def it_is_asked_nothing_of_beside_last_year(self, attributes):
        old = before(**attributes)
        assert asked(old) == []
        assert counted_anew(old, NEW.spec) == {"1"}

    @pytest.mark.parametrize("attributes", ALIKE)
    def it_is_asked_of_where_only_how_it_is_written_differs(self, attributes):
        old = before(**attributes)
        assert asked(old) == ["TREND-FOREGAENDE", "TREND-REDOVISAT"]
        assert is_comparable(old, NEW.spec, "1")

    def it_is_asked_of_where_it_has_another_name_alone(self):
        assert asked(before("Utbildningar")) == ["TREND-FOREGAENDE", "TREND-REDOVISAT"]

    @pytest.mark.parametrize("attributes", OTHERWISE)
    def it_is_prefilled_without_numbers_and_they_are_told(self, attributes):
        old = before(**attributes)
        sent = submission_of(
            old, indikatorer=[ROW | {"varde": Decimal(900), "malvarde": Decimal(950)}]
        )
        done = prefill(sent, old, NEW.spec)
        (row,) = done.rows["indikatorer"]
        assert row["indikator"] == "1"
        assert [row.get(name) for name in ("varde", "foregaende", "malvarde")] == [None] * 3
        assert [(one.value, one.why) for one in done.left if one.why == "raknas_annat"] == [
            ("900", "raknas_annat"), ("950", "raknas_annat"),
        ]  # fmt: skip

    def it_is_prefilled_with_them_where_it_is_counted_alike(self):
        old = before("Utbildningar", decimaler="2")
        sent = submission_of(
            old, indikatorer=[ROW | {"varde": Decimal(900), "malvarde": Decimal(950)}]
        )
        (row,) = prefill(sent, old, NEW.spec).rows["indikatorer"]
        assert (row["foregaende"], row["malvarde"]) == (Decimal(900), Decimal(950))

    def it_is_moved_to_another_years_workbook_without_them(self):
        old = before(enhet="timmar")
        rows, left = move(
            submission_of(old, indikatorer=[ROW | {"varde": Decimal(900)}]), old, NEW.spec
        )
        assert "varde" not in rows["indikatorer"][0]
        assert ("900", "raknas_annat") in [(one.value, one.why) for one in left]
