"""Which amounts are wrong by a factor. The oracle knows the right amounts: books are made that agree, some amounts are
spoilt, and what is found must restore the right ones to the öre, or nothing may be found."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from toolkit.checks.factors import (
    FACTORS,
    Books,
    StatedSum,
    WrittenLine,
    root_of_lines,
    root_of_sums,
)

CODES, ITEMS = ("801", "VN", "PM"), ("ap.3", "ap.4")


def books(seed, *, budgets=True):
    """Right amounts, by code and item, with the ledger, the account and the earmark of PM that follow from them."""
    drawn = random.Random(seed)
    lines, codes, items = [], [], []
    for _ in range(drawn.randint(3, 9)):
        value = Decimal(drawn.randint(1_000_000, 200_000_000)) / 100
        lines.append(
            WrittenLine(
                value, Decimal("0.005"), value * drawn.randint(80, 130) / 100 if budgets else None
            )
        )
        codes.append(drawn.choice(CODES))
        items.append(drawn.choice(ITEMS))

    def total(table, keys, key, *, binds=True):
        own = frozenset(n for n, one in enumerate(keys) if one == key)
        return StatedSum(
            table,
            WrittenLine(sum((lines[n].value for n in own), Decimal(0)), Decimal("0.005")),
            own,
            binds,
        )

    sums = [total("huvudbok", codes, code) for code in CODES] + [
        total("anslag", items, item) for item in ITEMS
    ]
    return Books(tuple(lines), (*sums, total("sarredovisning", codes, "PM", binds=False)))


def spoilt(right, lines=(), sums=(), *, by):
    made = [
        one._replace(value=one.value / by) if n in lines else one
        for n, one in enumerate(right.lines)
    ]
    stated = [
        one._replace(stated=one.stated._replace(value=one.stated.value / by)) if n in sums else one
        for n, one in enumerate(right.sums)
    ]
    return Books(tuple(made), tuple(stated))


def values(of):
    return [line.value for line in of.lines], [one.stated.value for one in of.sums]


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("budgets", [True, False])
class DescribeTheRoot:
    def it_is_the_lines_that_were_spoilt(self, factor, budgets):
        found = 0
        for seed in range(60):
            right, drawn = books(seed, budgets=budgets), random.Random(-seed)
            size = drawn.choice([1, 2, len(right.lines)])
            wrong = frozenset(drawn.sample(range(len(right.lines)), min(size, len(right.lines))))
            made = spoilt(right, wrong, by=factor)
            root = root_of_lines(made)
            if root and root.is_exact:
                assert (root.factor, root.lines) == (factor, wrong)
                assert values(made.mended(root)) == values(right)
                found += 1
        assert found >= 55

    def it_is_the_table_that_was_spoilt(self, factor, budgets):
        found = 0
        for table in ("huvudbok", "anslag"):
            for seed in range(30):
                right = books(seed, budgets=budgets)
                wrong = {
                    n for n, one in enumerate(right.sums) if one.table == table and one.stated.value
                }
                made = spoilt(right, sums=wrong, by=factor)
                assert root_of_lines(made) is None
                root = root_of_sums(made, table)
                if root:
                    assert (root.factor, root.sums) == (factor, wrong)
                    assert values(made.mended(root)) == values(right)
                    found += 1
        # What rounding leaves open may be more than a small sum.
        assert found >= 58 if budgets or abs(factor) >= 1 else found == 0

    def it_is_nothing_where_all_that_is_stated_agrees(self, factor, budgets):
        for seed in range(20):
            right = books(seed, budgets=budgets)
            every = range(len(right.lines))
            made = spoilt(right, every, range(len(right.sums)), by=factor)
            assert root_of_lines(made) is None
            assert not any(root_of_sums(made, table) for table in ("huvudbok", "anslag"))


class DescribeWhatIsNoRoot:
    @pytest.mark.parametrize("off", [Decimal(1), Decimal(-9000), Decimal("250000.5")])
    def it_is_not_an_amount_that_is_off_by_anything_else(self, off):
        for seed in range(60):
            right = books(seed)
            lines = list(right.lines)
            lines[0] = lines[0]._replace(value=lines[0].value + off)
            made = Books(tuple(lines), right.sums)
            assert root_of_lines(made) is None
            assert not any(root_of_sums(made, table) for table in ("huvudbok", "anslag"))

    def it_is_not_one_of_two_lines_that_explain_the_same(self):
        lines = (
            WrittenLine(Decimal("1.5")),
            WrittenLine(Decimal("1.5")),
            WrittenLine(Decimal(900)),
        )
        every = frozenset({0, 1, 2})
        sums = (
            StatedSum("huvudbok", WrittenLine(Decimal("2401.5")), every),
            StatedSum("anslag", WrittenLine(Decimal("2401.5")), every),
        )
        assert root_of_lines(Books(lines, sums)) is None

    def it_is_not_a_ledger_in_thousands_where_nothing_bears_the_lines_out(self):
        lines = (WrittenLine(Decimal(245300)),)
        made = Books(
            lines,
            (
                StatedSum(
                    "huvudbok", WrittenLine(Decimal("245.3"), Decimal("0.05")), frozenset({0})
                ),
            ),
        )
        assert root_of_sums(made, "huvudbok") is None
        assert root_of_lines(made) is None

    def it_is_not_the_ledger_where_the_lines_have_budgets_a_thousand_times_as_large(self):
        small = (WrittenLine(Decimal("245.3"), Decimal("0.05"), Decimal(250000)),)
        one = frozenset({0})
        sums = (
            StatedSum("huvudbok", WrittenLine(Decimal(245300)), one), StatedSum("anslag", WrittenLine(Decimal("245.3")), one),
            StatedSum("sarredovisning", WrittenLine(Decimal("245.3")), one, binds=False),
        )  # fmt: skip
        assert root_of_sums(Books(small, sums), "huvudbok") is None

    def it_is_found_among_many_lines_by_itself_or_by_budgets(self):
        right = [
            WrittenLine(Decimal(10_000 + 37 * n), Decimal("0.5"), Decimal(10_500 + 37 * n))
            for n in range(40)
        ]
        total = WrittenLine(sum((line.value for line in right), Decimal(0)))
        every = frozenset(range(40))
        sums = (StatedSum("huvudbok", total, every), StatedSum("anslag", total, every))
        for wrong in ({3}, {3, 7, 21}):
            made = spoilt(Books(tuple(right), sums), wrong, by=Decimal(1000))
            root = root_of_lines(made)
            assert root is not None
            assert (root.lines, root.factor) == (wrong, 1000)
