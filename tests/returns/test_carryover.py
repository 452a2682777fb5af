"""One row on its way to the next year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.errors.make_gallery import years
from tests.returns.made import submission_of
from tests.spec.test_removal import year_without
from toolkit.returns.carryover import count, move, transfer
from toolkit.returns.prefill import prefill
from toolkit.returns.submission import Missing
from toolkit.spec.model import Spec
from toolkit.words.cells import column_letter

OLD, NEW = years()[2020].spec, years()[2021].spec


class DescribeWhatGoesOn:
    @pytest.mark.parametrize(("status", "stays"), [("P", True), ("K", False)])
    def it_is_an_activity_that_is_not_finished(self, status, stays):
        found = submission_of(OLD, aktiviteter=[{"id": "A1", "status": status}])
        assert bool(prefill(found, OLD, NEW).rows["aktiviteter"]) is stays

    @pytest.mark.parametrize(
        ("target", "status", "stays"),
        [(2021, "K", True), (2020, "K", False), (2020, "P", True), (Missing.BLANK, "K", True)],
    )
    def it_is_a_goal_that_is_ahead_or_that_an_activity_works_for(self, target, status, stays):
        found = submission_of(
            OLD,
            mal=[{"id": "M1", "malar": target}],
            aktiviteter=[{"id": "A1", "mal_id": "M1", "status": status}],
        )
        assert bool(prefill(found, OLD, NEW).rows["mal"]) is stays

    def it_is_an_indicator_with_its_value_as_last_years(self):
        row = {"id": "I1", "indikator": "2", "varde": Decimal(84), "aktivitet_id": "A1"}
        found = submission_of(OLD, indikatorer=[row], aktiviteter=[{"id": "A1", "status": "K"}])
        (carried,) = prefill(found, OLD, NEW).rows["indikatorer"]
        assert carried == {"id": "I1", "indikator": "2", "foregaende": Decimal(84)}


def renamed(spec):
    """The spec with spend in another table and its amount in another field, and with the id of
    that field held by one that has nothing to do with it."""
    data = spec.model_dump()
    tables = [table for sheet in data["sheets"] for table in sheet["tables"]]
    spend = next(table for table in tables if table["id"] == "ekonomi")
    spend["id"] = "kostnader"
    for field in spend["fields"]:
        field["id"] = {"utfall": "kostat", "kommentar": "utfall"}.get(field["id"], field["id"])
    data["roles"] = {"spend": "kostnader", "spend.amount": "kostat", "spend.comment": "utfall"}
    return Spec.model_validate(data)


class DescribeWhatIsCalledSomethingElse:
    def it_goes_where_the_same_is_asked_for(self):
        row = {"id": "E1", "utfall": Decimal(5), "kommentar": "Se not 3.", "budget": Decimal(7)}
        moved = transfer(submission_of(OLD, ekonomi=[row]), OLD, renamed(NEW))
        assert moved.rows == {
            "kostnader": [
                {"id": "E1", "kostat": Decimal(5), "utfall": "Se not 3.", "budget": Decimal(7)}
            ]
        }
        assert (moved.left, list(moved.origins)) == ([], ["kostnader"])
        assert moved.was["kostnader"].table == "ekonomi"
        assert moved.was["kostnader"].fields["kostat"] == "utfall"

    def it_goes_back_as_well(self):
        row = {"id": "E1", "kostat": Decimal(5), "utfall": "Se not 3."}
        rows, left = move(submission_of(renamed(OLD), kostnader=[row]), renamed(OLD), NEW)
        assert rows == {"ekonomi": [{"id": "E1", "utfall": Decimal(5), "kommentar": "Se not 3."}]}
        assert left == []

    def it_is_told_by_its_heading_now_where_it_could_not_be_read(self):
        found = submission_of(OLD, ekonomi=[{"id": "E1", "utfall": Missing.UNREADABLE}])
        _, (left,) = move(found, OLD, renamed(NEW))
        assert (left.why, left.field) == ("olasbar", NEW.tables["ekonomi"].by_id["utfall"].label)

    def it_has_no_place_where_another_has_taken_over_its_id(self):
        new = Spec.model_validate(
            {**NEW.model_dump(), "roles": {"spend.budget": "utfall", "spend.amount": "budget"}}
        )
        row = {"id": "E1", "utfall": Decimal(5), "budget": Decimal(7)}
        rows, _ = move(submission_of(OLD, ekonomi=[row]), OLD, new)
        assert rows["ekonomi"] == [{"id": "E1", "budget": Decimal(5), "utfall": Decimal(7)}]

    def it_is_carried_into_a_new_year_as_well(self):
        data = NEW.model_dump()
        tables = [table for sheet in data["sheets"] for table in sheet["tables"]]
        goals = next(table for table in tables if table["id"] == "mal")
        goals["id"] = "syften"
        data["roles"] = {"goal": "syften"}
        found = submission_of(OLD, mal=[{"id": "M1", "malar": 2030}])
        assert prefill(found, OLD, Spec.model_validate(data)).rows["syften"] == [
            {"id": "M1", "malar": 2030}
        ]


class DescribeWhatIsLeft:
    def it_is_the_cell_of_what_could_not_be_read(self):
        found = submission_of(OLD, ekonomi=[{"id": "E1", "utfall": Missing.UNREADABLE}])
        rows, left = move(found, OLD, NEW)
        assert rows["ekonomi"] == [{"id": "E1"}]
        assert [(one.why, one.field) for one in left] == [
            ("olasbar", NEW.tables["ekonomi"].by_id["utfall"].label)
        ]

    def it_is_nothing_where_all_has_a_place(self):
        rows, left = move(submission_of(OLD, mal=[{"id": "M1", "malar": 2022}]), OLD, NEW)
        assert (rows, left) == ({"mal": [{"id": "M1", "malar": 2022}]}, [])

    def it_is_not_a_special_answer(self):
        rows, left = move(submission_of(OLD, ekonomi=[{"utfall": Missing.UNKNOWN}]), OLD, NEW)
        assert (rows["ekonomi"], left) == ([{"utfall": "u.s."}], [])


class DescribeCounting:
    def it_counts_the_cells_that_hold_anything(self):
        assert count({"mal": [{"id": "M1", "malar": None}, {"id": ""}]}) == 1


class DescribeAYearThatAsksForLess:
    WORK = (
        {"id": "A1", "mal_id": "M1", "status": "K"},
        {"id": "A2", "mal_id": "M1", "status": "P"},
    )

    def it_carries_over_all_activities_when_none_was_said_to_be_finished(self):
        then = year_without("aktiviteter.status").spec
        found = submission_of(then, aktiviteter=self.WORK)
        assert len(prefill(found, then, OLD).rows["aktiviteter"]) == 2

    def it_knows_the_finished_by_last_year_when_the_new_one_does_not_ask(self):
        now = year_without("aktiviteter.status").spec
        found = submission_of(OLD, aktiviteter=self.WORK)
        assert prefill(found, OLD, now).rows["aktiviteter"] == [{"id": "A2", "mal_id": "M1"}]

    def it_gives_no_value_as_last_years_where_that_is_not_asked_for(self):
        now = year_without("indikatorer.foregaende").spec
        found = submission_of(OLD, indikatorer=[{"id": "I1", "varde": Decimal(84)}])
        assert prefill(found, OLD, now).rows["indikatorer"] == [{"id": "I1"}]

    def it_has_no_table_that_the_new_year_does_not_have(self):
        now = year_without("aktiviteter.id").spec
        found = submission_of(OLD, aktiviteter=self.WORK)
        assert set(prefill(found, OLD, now).rows) <= now.tables.keys()


class DescribeWhatHadNoPlace:
    def it_is_told_whole(self):
        twice = [{"omrade": "PM"}, {"omrade": "PM", "skal": "x" * 200}]
        found = submission_of(OLD, sarredovisning=twice)
        _, left = move(found, OLD, NEW)
        assert "x" * 200 in {one.value for one in left}


class DescribeWhatDoesNotGoOn:
    def left(self, now=NEW, **tables):
        return [
            (str(one.ref), one.value, one.why)
            for one in prefill(submission_of(OLD, **tables), OLD, now).left
        ]

    def it_names_the_activities_that_are_finished(self):
        work = [{"id": "A1", "status": "K"}, {"id": "A2", "status": "P"}]
        assert self.left(aktiviteter=work) == [("Aktiviteter!B6", "A1", "avslutad")]

    def it_names_the_goals_whose_year_has_passed(self):
        goals = [{"id": "M1", "malar": 2020}, {"id": "M2", "malar": 2021}]
        assert self.left(mal=goals) == [("Mål!B6", "M1", "malar_natt")]

    def it_names_the_cells_of_rows_that_go_on_which_have_no_place(self):
        data = NEW.model_dump()
        table = next(
            t for sheet in data["sheets"] for t in sheet["tables"] if t["id"] == "aktiviteter"
        )
        table["fields"] = [one for one in table["fields"] if one["id"] != "exempeltext"]
        table["rules"] = ()
        now = Spec.model_validate(data)
        row = {"id": "A1", "status": "P", "exempeltext": "Malmö"}
        work = [row, {**row, "id": "A2", "status": "K"}]
        column = [one.id for one in OLD.tables["aktiviteter"].fields].index("exempeltext") + 2
        place = f"Aktiviteter!{column_letter(column)}6"
        assert self.left(now, aktiviteter=work) == [
            (place, "Malmö", "falt_borta"),
            ("Aktiviteter!B7", "A2", "avslutad"),
        ]

    def it_is_silent_about_what_is_for_the_county_to_say_anew(self):
        spend = [{"id": "E1", "verksamhetskod": "VF", "utfall": Decimal(5)}]
        assert self.left(ekonomi=spend, uppgifter=[{"dnr": "1-2020", "kontakt_namn": "Bo"}]) == []
