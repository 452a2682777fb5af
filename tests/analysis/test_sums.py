"""Sums over Ekonomi, stated a second time with plain loops of Decimals over generated lines."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.datasets import row_of, small_dataset
from toolkit.analysis import frames
from toolkit.analysis.appropriations import AppropriationFigure, Series
from toolkit.analysis.natures import spent_apart
from toolkit.analysis.reconcile import reconcile, reconcile_parts, spent_by
from toolkit.analysis.records import AppropriationLine, SpendLine
from toolkit.analysis.shared_costs import shared_costs, shared_sum
from toolkit.analysis.states import Dimension, Nature
from toolkit.analysis.year_on_year import compare_years, openings, spend_by_county, total
from toolkit.returns.submission import Missing
from toolkit.spec.roles import COST, EXPENDITURE

few = settings(deadline=None, max_examples=30)
COUNTIES = ("01", "12", "25")
CODES = ("PM", "VN", "801", Missing.BLANK)
ATTRIBUTES = {Dimension.CODE: "code", Dimension.KIND: "kind", Dimension.POST: "post"}

ore = st.one_of(
    st.integers(-(10**8), 10**8), st.integers(-(10**6), 10**6).map(lambda kr: kr * 100),
    st.integers(-(10**22), 10**22),
)  # fmt: skip
amount = st.one_of(ore.map(lambda n: Decimal(n) / 100), st.sampled_from(list(Missing)))
line = st.fixed_dictionaries({
    "county": st.sampled_from(COUNTIES), "code": st.sampled_from(CODES),
    "kind": st.sampled_from(("LÖN", "BID", "OH")), "post": st.sampled_from(("ap.1", "ap.4")),
    "basis": st.sampled_from(("U", "K", Missing.BLANK)), "outcome": amount,
    "share": st.one_of(st.just(Missing.BLANK), st.integers(0, 100).map(Decimal)),
})  # fmt: skip
lines = st.lists(line, max_size=30)


def dataset(made, *more, counties=COUNTIES, **states):
    rows = [row_of(SpendLine, county, **one) for county, one in split(made)]
    return small_dataset(*rows, *more, counties=counties, **states)


def split(made):
    for one in made:
        yield one["county"], {name: value for name, value in one.items() if name != "county"}


def added(made, *names, value="outcome"):
    """The second statement: one loop, one Decimal after the other."""
    sums = {}
    for one in made:
        if isinstance(one[value], Decimal):
            key = tuple(one[name] or "" for name in names)
            sums[key] = sums.get(key, Decimal(0)) + one[value]
    return sums


class DescribeSums:
    @few
    @given(lines)
    def it_sums_by_county_and_each_cut_to_the_ore(self, made):
        data = dataset(made)
        for dimension, name in ATTRIBUTES.items():
            assert spent_by(data, dimension) == added(made, "county", name)

    @few
    @given(lines)
    def it_sums_by_all_columns_at_once_and_in_all(self, made):
        frame = dataset(made).spend_frame
        assert frames.spent_by(frame, *frames.COLUMNS) == added(made, *frames.COLUMNS)
        assert frames.spent(frame) == added(made).get((), Decimal(0))

    @few
    @given(lines)
    def it_sums_by_county_and_code_without_adding_utgift_to_kostnad(self, made):
        data = dataset(made)
        natures = {"U": Nature.EXPENDITURE, "K": Nature.COST, "": Nature.UNSAID}
        expected = {
            (county, code, natures[basis]): amount
            for (county, code, basis), amount in added(made, "county", "code", "basis").items()
        }
        found = spent_apart(data.year.spec, data.spend)
        assert {key: amount for key, amount in found.items() if key in expected} == expected
        assert all(amount == 0 for key, amount in found.items() if key not in expected)

    @few
    @given(lines)
    def it_counts_the_lines_of_counties_that_report_no_ore(self, made):
        known = [one for one in made if isinstance(one["outcome"], Decimal)]
        with_ore = {one["county"] for one in known if one["outcome"] % 1 != 0}
        counts = {}
        for one in known:
            if one["county"] not in with_ore:
                counts[one["county"],] = counts.get((one["county"],), 0) + 1
        whole = frames.in_whole_kronor(dataset(made).spend_frame)
        assert frames.lines_by(whole, "county") == counts

    def it_never_wraps_around_however_large_the_amounts(self):
        largest = Decimal(2**63 - 1) / 100
        made = [{"county": "01", "code": "PM", "outcome": largest}] * 3
        assert spent_by(dataset(made), Dimension.CODE) == {("01", "PM"): 3 * largest}

    def it_holds_machine_integers_and_categories(self):
        frame = dataset([{"county": "01", "code": "PM", "outcome": Decimal("1.5")}]).spend_frame
        assert [str(kind) for kind in frame.dtypes] == [*["category"] * 4, "int64", "category"]

    @pytest.mark.parametrize("missing", list(Missing))
    def it_keeps_the_kind_of_absence_and_no_zero_for_it(self, missing):
        data = dataset([{"county": "01", "code": "PM", "outcome": missing}])
        assert list(data.spend_frame["absent"]) == [missing.value]
        assert spent_by(data, Dimension.CODE) == {}

    def it_tells_zero_from_missing(self):
        data = dataset([{"county": "01", "code": "PM", "outcome": Decimal(0)}])
        assert spent_by(data, Dimension.CODE) == {("01", "PM"): 0}

    def it_refuses_an_amount_that_is_no_whole_ore(self):
        with pytest.raises(ValueError, match="whole öre"):
            frames.ore(Decimal("0.001"))


class DescribeReconciling:
    @few
    @given(lines)
    def it_reports_each_county_and_code_of_the_year(self, made):
        found = {(one.county, one.code): one.reported for one in reconcile(dataset(made), {})}
        sums = added(made, "county", "code")
        assert {key: value for key, value in found.items() if key in sums} == sums
        assert all(value == 0 for key, value in found.items() if key not in sums)
        assert set(found) >= {(county, code) for county in COUNTIES for code in ("PM", "HR")}

    @few
    @given(lines)
    def it_compares_the_whole_country_with_the_printed_spend(self, made):
        series = Series((AppropriationFigure(2020, "utgifter", Decimal(7), "källa", ""),))
        (one,) = reconcile_parts(dataset(made), {}, series)
        assert one.dimension is Dimension.COUNTRY
        unknown = any(each["outcome"] is Missing.UNKNOWN for each in made)
        assert one.compared is not unknown
        assert one.difference == (0 if unknown else 7 - added(made).get((), Decimal(0)))

    def it_leaves_out_a_county_whose_ekonomi_has_errors(self):
        data = dataset([], counties=("01", "12"), blocked={"12": ["ekonomi"]})
        assert {one.county for one in reconcile(data, {})} == {"01"}


class DescribeYearOnYear:
    @few
    @given(lines, lines)
    def it_sums_each_county_both_years_and_the_change(self, before, now):
        earlier, later = added(before, "county", "basis"), added(now, "county", "basis")
        found = compare_years(dataset(before), dataset(now))
        codes = {Nature.EXPENDITURE: "U", Nature.COST: "K", Nature.UNSAID: ""}
        # A cost that is not known leaves utgifter known; of one that says no nature nothing is.
        partly = [{(one["county"], basis) for one in made if one["outcome"] is Missing.UNKNOWN
                   for basis in ([one["basis"]] if one["basis"] in ("U", "K") else codes.values())}
                  for made in (before, now)]  # fmt: skip
        for one in found:
            key = (one.county, codes[one.nature])
            was, spent = (
                sums.get(key, Decimal(0)) if one.county in COUNTIES and key not in unknown else None
                for sums, unknown in zip((earlier, later), partly, strict=True)
            )
            change = None if None in (was, spent) else spent - was
            assert (one.before, one.now, one.change) == (was, spent, change)
        whole = (kr for key, kr in later.items() if key not in partly[1])
        assert total(one.now for one in found) == sum(whole)

    def it_knows_nothing_of_a_county_with_errors(self):
        data = dataset([], counties=("01", "12"), blocked={"12": ["ekonomi"]})
        found = spend_by_county(data, Nature.COST)
        assert (found["01"], found["12"], found["25"]) == (0, None, None)

    @few
    @given(ore, ore)
    def it_says_whether_the_year_opens_with_what_the_last_one_closed_with(self, closed, opened):
        before, now = Decimal(closed) / 100, Decimal(opened) / 100
        last = small_dataset(row_of(AppropriationLine, "12", post="ap.4", closing=before))
        this = small_dataset(row_of(AppropriationLine, "12", post="ap.4", opening=now))
        (one,) = openings(last, this)
        assert (one.difference * 100, one.ties) == (opened - closed, abs(opened - closed) <= 50)

    def it_compares_only_what_both_years_tell(self):
        last = small_dataset(row_of(AppropriationLine, "12", post="ap.4", closing=Missing.UNKNOWN))
        this = small_dataset(row_of(AppropriationLine, "12", post="ap.4", opening=Decimal(1)))
        assert openings(last, this) == []


def _part(county, share, kr, recipient=Missing.BLANK, code="PM"):
    """A county's share of a cost."""
    return {
        "county": county, "code": code, "kind": "LOK", "basis": "K", "ground": "YTA",
        "outcome": Decimal(kr), "share": Decimal(share), "recipient": recipient,
    }  # fmt: skip


class DescribeSharedCosts:
    @few
    @given(st.lists(line.filter(lambda one: abs(one["outcome"] or 0) < 10**9), max_size=30))
    def it_sums_parts_by_kind_with_and_without_overhead(self, made):
        costs = shared_costs(dataset(made))
        for kind, role in (("U", EXPENDITURE), ("K", COST)):
            for overhead in (True, False):
                expected = Decimal(0)
                for one in made:
                    about = one["kind"] == "OH" or (isinstance(one["share"], Decimal))
                    if about and one["basis"] == kind and (one["kind"] == "OH") == overhead:
                        expected += one["outcome"] or Decimal(0)
                assert shared_sum(costs, role, overhead=overhead).part == expected

    @pytest.mark.parametrize(
        ("parts", "wholes", "doubts"),
        [
            ([("01", 30, 3000), ("12", 30, 3000), ("25", 40, 4000)], [10000, None, None], ()),
            ([("01", Decimal("33.3"), 33333), ("12", Decimal("66.7"), 66667)],
             [Decimal("100099.10"), None], ()),
            ([("01", Decimal("33.3"), 3333), ("12", Decimal("33.3"), 3333),
              ("25", Decimal("33.3"), 3333)], [Decimal("10009.01"), None, None], ()),
            ([("01", 33, 3300), ("12", 33, 3300)], [10000, 10000], ("andel_under",)),
            ([("01", 60, 6000), ("12", 60, 6000)], [10000, 10000], ("andel_over",)),
            ([("01", 50, 5000), ("01", 50, 5000)], [10000, 10000], ()),  # twice on one code
            ([("01", 30, 3000), ("12", 70, 3000)], [10000, Decimal("4285.71")], ()),
            ([("01", 100, 3000), ("12", 100, 3000)], [3000, 3000], ()),
        ],
    )  # fmt: skip
    def it_counts_the_whole_once_of_what_is_paid_to_one_and_divided_to_the_last(
        self, parts, wholes, doubts
    ):
        costs = shared_costs(dataset([_part(*part, recipient="Konsult AB") for part in parts]))
        assert [cost.whole for cost in costs] == wholes
        assert {cost.doubts for cost in costs} == {doubts}
        known = sum(whole for whole in wholes if whole is not None)
        assert shared_sum(costs, COST, overhead=False).whole == known

    def it_takes_two_codes_of_one_county_for_shares_of_one_cost(self):
        made = [
            _part("01", 25, 250, recipient="Konsult AB", code="801"),
            _part("01", 75, 750, recipient="konsult ab", code="PM"),
        ]
        assert [cost.whole for cost in shared_costs(dataset(made))] == [1000, None]

    def it_never_guesses_that_equal_costs_of_two_counties_are_one(self):
        costs = shared_costs(dataset([_part("01", 50, 5000), _part("12", 50, 5000)]))
        assert [(cost.whole, cost.doubts) for cost in costs] == [(10000, ()), (10000, ())]

    def it_asks_where_a_county_seems_to_divide_a_cost_among_its_codes(self):
        made = [_part("01", 40, 400, code="801"), _part("01", 60, 600, code="PM")]
        costs = shared_costs(dataset([*made, _part("12", 40, 400, code="801")]))
        assert [(cost.whole, cost.doubts) for cost in costs] == [
            (1000, ("andel_kanske",)), (1000, ("andel_kanske",)), (1000, ()),
        ]  # fmt: skip

    def it_asks_nothing_of_shares_that_leave_a_part_to_others(self):
        made = [_part("01", 25, 250, code="801"), _part("01", 20, 200, code="PM")]
        assert {cost.doubts for cost in shared_costs(dataset(made))} == {()}

    def it_keeps_costs_of_other_kinds_and_grounds_apart(self):
        base = {"county": "01", "code": "PM", "kind": "LOK", "basis": "K", "ground": "YTA",
                "outcome": Decimal(500), "share": Decimal(50)}  # fmt: skip
        others = [{}, {"kind": "KÖP"}, {"basis": "U"}, {"ground": "ÅA"}]
        costs = shared_costs(dataset([base | other for other in others]))
        assert [cost.whole for cost in costs] == [1000] * 4
