"""The days of a collection: in an order that can be kept, and in a year that can be meant."""

from __future__ import annotations

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.spec.advice import advice, advise
from toolkit.spec.load import load_year

START = "# Gränser. En förändring"
CROSSED = [
    ("sista_dag: 2021-03-01, rattas_till: 2021-02-01", "rattas_till (1 februari 2021) är före sista_dag (1 mars 2021)"),
    ("provomgang: 2021-04-01, sista_dag: 2021-03-01", "sista_dag (1 mars 2021) är före provomgang (1 april 2021)"),
    ("provomgang: 2021-04-01, rattas_till: 2021-03-01", "rattas_till (1 mars 2021) är före provomgang (1 april 2021)"),
]  # fmt: skip
UNLIKELY = {
    "sista_dag: 2012-03-01": ("sista_dag", "1 mars 2012"),
    "sista_dag: 2020-03-01": ("sista_dag", "1 mars 2020"),
    "rattas_till: 2202-03-01": ("rattas_till", "1 mars 2202"),
    "provomgang: 2019-12-01": ("provomgang", "1 december 2019"),
}


def collected(templates, days):
    exchange(templates, START, f"insamling: {{{days}}}\n{START}")
    path = templates / "2020/arbetsbok.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith("insamling:"))


class DescribeTheDaysOfACollection:
    @pytest.mark.parametrize(("days", "said"), CROSSED)
    def it_is_refused_where_one_is_before_another(self, templates, days, said):
        line = collected(templates, days)
        [told] = refusal(templates)
        assert told == f"templates/2020/arbetsbok.yaml, rad {line}: Under insamling: {said}."  # fmt: skip

    @pytest.mark.parametrize("day", ["1 mars 2021", "2021-3-1", "våren"])
    def it_is_asked_for_as_a_date(self, templates, day):
        line = collected(templates, f"sista_dag: {day}")
        assert refusal(templates) == [
            f"templates/2020/arbetsbok.yaml, rad {line}: ”sista_dag” i ”insamling” ska vara ett datum, skrivet åååå-mm-dd, men är ”{day}”."
        ]

    def it_may_be_one_day_for_all(self, templates):
        collected(templates, "provomgang: 2021-03-01, sista_dag: 2021-03-01, rattas_till: 2021-03-01")  # fmt: skip
        assert load_year(templates, 2020).spec.insamling.sista_dag.year == 2021

    @pytest.mark.parametrize("days", UNLIKELY)
    def it_is_told_of_a_year_that_cannot_be_meant(self, templates, days):
        name, day = UNLIKELY[days]
        collected(templates, days)
        told = advice("insamling_ar", namn=name, dag=day, ar=2020)
        assert told in advise(load_year(templates, 2020).spec, 2020)

    def it_has_nothing_to_say_of_days_that_follow_on_the_year(self, templates):
        collected(templates, "provomgang: 2020-11-01, sista_dag: 2021-03-01, rattas_till: 2022-01-15")  # fmt: skip
        told = advise(load_year(templates, 2020).spec, 2020)
        assert [one for one in told if one.kind == "insamling_ar"] == []
