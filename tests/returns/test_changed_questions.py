"""An answer goes on to a question that was changed only where it still means what the county said."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.errors.make_gallery import years
from tests.returns.made import submission_of
from toolkit.checks.file import judge
from toolkit.returns.carryover import move
from toolkit.returns.prefill import prefill
from toolkit.returns.submission import Missing
from toolkit.spec.model import Spec
from toolkit.year.refill import fill_template

OLD = years()[2020].spec
ARENAS = {"NÄT": "Nattklubb", "GATA": "Gata", "HOT": "Hotell"}


def later(change, field="", **properties):
    """The spec of the year after, with a changed field and what `change` does to the whole."""
    data = OLD.model_dump()
    data["year"] = 2021
    tables = {table["id"]: table for sheet in data["sheets"] for table in sheet["tables"]}
    if field:
        table, _, name = field.partition(".")
        (one,) = [one for one in tables[table]["fields"] if one["id"] == name]
        one.update(properties)
    change(data)
    return Spec.model_validate(data)


def changed(field, **properties):
    return later(lambda data: None, field, **properties)


def with_list(field, codes, **properties):
    """The spec of the year after, with a field that is answered from another list."""
    made = [{"code": code, "label": label} for code, label in codes.items()]

    def add(data):
        data["codelists"] = [*data["codelists"], {"id": "ny", "label": "Ny", "codes": made}]

    return later(add, field, list="ny", **properties)


def told(left):
    return [(str(one.ref), one.value, one.why, one.now) for one in left]


def row_of(spec, table, **values):
    """What goes on of one row, and what is told of the rest by why."""
    rows, left = move(submission_of(OLD, **{table: [values]}), OLD, spec)
    return rows[table][0], [one.why for one in left]


class DescribeAReplacedList:
    @pytest.fixture
    def spec(self):
        return with_list("lagesbild.arena", ARENAS)

    def it_does_not_move_a_code_that_stands_for_something_else(self, spec):
        found = submission_of(OLD, lagesbild=[{"id": "L1", "arena": "NÄT"}])
        rows, left = move(found, OLD, spec)
        assert rows["lagesbild"] == [{"id": "L1"}]
        (one,) = left
        assert (one.value, one.why, one.now) == ("NÄT", "kod_annan", "Nattklubb")

    def it_is_told_of_what_was_prefilled_as_well(self, spec):
        found = submission_of(OLD, lagesbild=[{"id": "L1", "arena": "NÄT"}])
        done = prefill(found, OLD, spec)
        assert done.rows["lagesbild"] == [{"id": "L1"}]
        assert [one.why for one in done.left] == ["kod_annan"]

    def it_moves_a_code_that_is_called_the_same(self):
        label = OLD.lists["arena"].by_code["GATA"].label
        spec = with_list("lagesbild.arena", {"GATA": label.upper()})
        assert row_of(spec, "lagesbild", arena="GATA") == ({"arena": "GATA"}, [])

    def it_moves_a_code_whose_name_was_set_anew_in_its_list(self):
        def rename(data):
            (arenas,) = [one for one in data["codelists"] if one["id"] == "arena"]
            arenas["codes"] = [{**one, "label": f"Ny {one['label']}"} for one in arenas["codes"]]

        spec = later(rename)
        assert row_of(spec, "lagesbild", arena="NÄT") == ({"arena": "NÄT"}, [])

    def it_says_the_same_of_one_answer_and_of_several(self):
        few = {"KVI": OLD.lists["malgrupp"].by_code["KVI"].label, "BARN": "Barnmorskor"}
        spec = with_list("aktiviteter.malgrupp", few)
        row, why = row_of(spec, "aktiviteter", malgrupp=("KVI", "BARN", "MÄN"))
        assert (row, why) == ({"malgrupp": ("KVI",)}, ["kod_annan", "kod_slut"])


class DescribeAFieldThatTakesFewerAnswers:
    def it_keeps_the_first_and_tells_which_had_no_room(self):
        answers = ("KVI", "BARN", "MÄN")
        choices = OLD.tables["aktiviteter"].by_id["malgrupp"].choices
        spec = changed("aktiviteter.malgrupp", choices=choices - 1)
        found = submission_of(OLD, aktiviteter=[{"malgrupp": answers}])
        rows, left = move(found, OLD, spec)
        assert rows["aktiviteter"] == [
            {"malgrupp": answers[: choices - 1] if choices > 2 else "KVI"}
        ]
        assert [(one.value, one.why) for one in left] == [
            (answer, "svar_fler") for answer in answers[choices - 1 :]
        ]


class DescribeAnotherTypeOrOtherLimits:
    @pytest.mark.parametrize(
        ("field", "properties", "value", "goes_on"),
        [
            ("ekonomi.utfall", {"type": "integer"}, Decimal("400000.75"), False),
            ("ekonomi.utfall", {"type": "integer"}, Decimal(400000), True),
            ("ekonomi.utfall", {"type": "year"}, Decimal(400000), False),
            ("ekonomi.utfall", {"unit": "tkr"}, Decimal(400000), False),
            ("ekonomi.utfall", {"maximum": Decimal(100)}, Decimal(101), False),
            ("ekonomi.utfall", {"maximum": Decimal(100)}, Decimal(100), True),
            ("ekonomi.utfall", {"type": "text", "unit": ""}, Decimal(100), False),
            ("ekonomi.kommentar", {"max_length": 3}, "Fyra", False),
            ("ekonomi.kommentar", {"max_length": 4}, "Fyra", True),
            ("ekonomi.kommentar", {"type": "code", "list": "arena"}, "NÄT", False),
            ("lagesbild.arena", {"type": "text", "list": None}, "NÄT", False),
            ("aktiviteter.start", {"minimum": Decimal(20200201)}, date(2020, 1, 31), False),
            ("aktiviteter.start", {"minimum": Decimal(20200131)}, date(2020, 1, 31), True),
            ("aktiviteter.mal_id", {"ref": "lagesbild.id"}, "M1", False),
        ],
    )  # fmt: skip
    def it_moves_what_can_still_be_answered(self, field, properties, value, goes_on):
        table, _, name = field.partition(".")
        row, why = row_of(changed(field, **properties), table, **{name: value})
        if goes_on:
            assert (row, why) == ({name: value}, [])
        else:
            assert (row, len(why)) == ({}, 1)
            assert set(why) <= {"passar_inte", "annat_slag"}

    def it_tells_of_a_special_answer_that_is_none_any_more(self):
        found = submission_of(OLD, ekonomi=[{"utfall": Missing.UNKNOWN}])
        data = found.tables["ekonomi"]
        place = data.columns.fields.index("utfall")
        raw = tuple(["u.s."] if at == place else column for at, column in enumerate(data.raw))
        found = replace(found, tables={"ekonomi": replace(data, raw=raw)})
        rows, left = move(found, OLD, changed("ekonomi.utfall", specials=False))
        assert rows["ekonomi"] == [{}]
        assert [(one.value, one.why) for one in left] == [("u.s.", "passar_inte")]

    def it_moves_a_value_beyond_limits_that_were_the_same(self):
        wrong = Decimal(-5)
        row, why = row_of(changed("ekonomi.utfall", width=20), "ekonomi", utfall=wrong)
        assert (row, why) == ({"utfall": wrong}, [])


class DescribeManyChangesAtOnce:
    """Answers of several codes against a model of its own."""

    def it_moves_and_tells_each_answer_once(self):
        chance = random.Random(12)
        codes = [code.code for code in OLD.lists["malgrupp"].codes]
        labels = {code.code: code.label for code in OLD.lists["malgrupp"].codes}
        for _ in range(40):
            now = {code: chance.choice([labels[code], "Annat"]) for code in chance.sample(codes, 4)}
            room = chance.choice([1, 2])
            answers = tuple(chance.sample(codes, chance.randint(1, 5)))
            spec = with_list("aktiviteter.malgrupp", now, choices=room)
            row, why = row_of(spec, "aktiviteter", malgrupp=answers)
            same = [one for one in answers if now.get(one) == labels[one]]
            before = OLD.tables["aktiviteter"].by_id["malgrupp"].choices
            fitting = same if before == room > 1 else same[:room]
            kept = row.get("malgrupp", ())
            assert list(kept if isinstance(kept, tuple) else (kept,)) == fitting
            other = [one for one in answers if one in now and now[one] != labels[one]]
            assert why.count("kod_annan") == len(other)
            assert why.count("kod_slut") == len([one for one in answers if one not in now])
            assert why.count("svar_fler") == len(same) - len(fitting)
            assert len(why) + len(fitting) == len(answers)


class DescribeAWorkbookMovedToTheNextYear:
    @pytest.fixture
    def filled(self, rows, small_workbook, edited, year):
        """The cells J6 and K6 (of three columns) of the workbook in the next year's template."""

        def fill(change, spec, cells):
            data = edited(small_workbook(rows), change)
            then = replace(year, spec=OLD)
            found = judge(data, "fil.xlsx", {2020: then})
            done = fill_template(data, found, then, replace(year, spec=spec))
            book = openpyxl.load_workbook(io.BytesIO(done.workbook))
            sheet, _, names = cells.partition("!")
            return [book[sheet][name].value for name in names.split()], told(done.left)

        return fill

    def it_writes_nothing_for_an_empty_cell(self, filled):
        def spoil(book):
            book["Aktiviteter"]["J6"], book["Aktiviteter"]["K6"] = "Kvinnorna i hamnen", None

        spec = changed("aktiviteter.malgrupp", choices=1)
        cells, left = filled(spoil, spec, "Aktiviteter!J6")
        assert (cells, left) == (["Kvinnorna i hamnen"], [])

    def it_keeps_what_could_be_read_before_what_could_not(self, filled):
        def spoil(book):
            book["Aktiviteter"]["J6"], book["Aktiviteter"]["K6"] = "Kvinnorna i hamnen", "KVI"

        spec = changed("aktiviteter.malgrupp", choices=1)
        cells, left = filled(spoil, spec, "Aktiviteter!J6")
        label = OLD.lists["malgrupp"].by_code["KVI"].shown
        assert cells == [label]
        assert left == [("Aktiviteter!J6", "Kvinnorna i hamnen", "olasbar", "")]

    def it_does_not_write_a_code_of_another_list_as_it_stood(self, filled):
        def answer(book):
            book["Aktiviteter"]["J6"], book["Aktiviteter"]["K6"] = "KVI", "finns inte"

        spec = with_list("aktiviteter.malgrupp", {"KVI": "Kvitton"})
        cells, left = filled(answer, spec, "Aktiviteter!J6 K6")
        assert cells == [None, None]
        assert left == [
            ("Aktiviteter!J6", "KVI", "kod_annan", "Kvitton"),
            ("Aktiviteter!K6", "finns inte", "olasbar", ""),
        ]

    def it_does_not_write_a_number_that_no_longer_fits_though_it_is_asked_about(self, filled):
        def spoil(book):
            book["Ekonomi"]["K6"].value = 84500.5
            book["Ekonomi"]["K6"].number_format = '#,##0.0" tkr"'

        spec = changed("ekonomi.utfall", type="integer")
        cells, left = filled(spoil, spec, "Ekonomi!K6")
        assert cells == [None]
        assert left == [("Ekonomi!K6", "84500,5", "passar_inte", "")]
