"""Outcomes that look like thousands of kronor: of a whole code the table is held back, of single ones it is only
asked. What is to be said is reckoned here from the books alone, by what was done to them: books that are right, with
small amounts too, are to be silent."""

from __future__ import annotations

import random
from copy import deepcopy
from decimal import Decimal

import pytest

from tests.conftest import CLEAN
from toolkit.analysis.earmarks import first_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.states import Verdict

CODES = ("801", "VN", "HR", "VF", "PM")
FORMS = {"801": "FPS", "VN": "VNR", "HR": "HRV", "VF": "FPS", "PM": "PMH"}
SHARES = (46, 18, 20, 2, 4, 8, 2)  # of a code's budget, in percent


def usual(total=1_000_000, codes=CODES, shares=SHARES):
    """Books in kronor: for each code its (budget, outcome), row by row."""
    books = {}
    for number, code in enumerate(codes):
        own = total * (10 - number) // 10
        books[code] = [(own * share // 100, own * share * 93 // 10000) for share in shares]
    return books


def made(books, told=None):
    """A return with these books. `told`: what the county says of a code beside its lines, where it is not their sum."""
    rows = deepcopy(CLEAN)
    line, lines = rows["ekonomi"][0], []
    for code, own in books.items():
        for budget, amount in own:
            given = {
                "id": f"E{len(lines) + 1}",
                "verksamhetskod": code,
                "valdsform": FORMS[code],
                "budget": budget,
            }
            lines.append(
                line | given | {"utfall": amount, "aktivitet_id": "e.t.", "kostnadsslag": "KÖP"}
            )
    rows["ekonomi"] = lines
    sums = {
        code: sum((Decimal(kr) for _, kr in books.get(code, ())), Decimal(0)) for code in CODES
    } | (told or {})
    for row in rows["huvudbok"]:
        row["huvudbok"] = sums[row["verksamhetskod"]]
    rows["sarredovisning"][0]["belopp"] = sums["PM"]
    rows["anslag"][0] |= {"utgifter": sum(sums.values()), "tilldelning": Decimal(6_000_000)}
    return rows


def asked(found):
    return [one for one in found.findings if one.code == "RIMLIG-TKR"]


def cells(books, code, places=None):
    """The cells of a code's amounts, in the order in which `made` writes them."""
    first = 6
    for other, own in books.items():
        if other == code:
            return {f"K{first + n}" for n in (range(len(own)) if places is None else places)}
        first += len(own)
    raise KeyError(code)


def message_of(finding):
    return finding.message.replace("\N{NO-BREAK SPACE}", " ")


def named(finding):
    return {ref.cell for ref in finding.refs}


def in_thousands(own):
    return [(round(budget / 1000), round(amount / 1000)) for budget, amount in own]


@pytest.fixture
def checked(look, small_workbook, workbook):
    def check(books, told=None):
        count = sum(map(len, books.values()))
        return look((small_workbook if count <= 2 else workbook)(made(books, told)))

    return check


class DescribeACodeInThousands:
    @pytest.mark.parametrize("code", CODES)
    def it_is_asked_about_and_held_back_with_its_budgets_as_small(self, checked, code):
        books = usual()
        books[code] = in_thousands(books[code])
        (one,) = asked(checked(books))
        assert named(one) == cells(books, code)
        assert one.keeps_out
        largest = max(amount for _, amount in books[code])
        assert f"({one.cell}) är {largest} kr" in message_of(one)

    def it_is_not_judged_until_the_county_has_answered(self, year, checked):
        books = usual()
        books["PM"] = in_thousands(books["PM"])
        data = merge(year, [checked(books)])
        assert [one.verdict for one in first_verdicts(data) if one.county == "12"] == [
            Verdict.NOT_JUDGED
        ]

    def it_is_asked_about_where_there_are_no_budgets_but_many_amounts(self, checked):
        books = usual()
        books["PM"] = [(None, amount) for _, amount in in_thousands(books["PM"])]
        (one,) = asked(checked(books))
        assert named(one) == cells(books, "PM") and one.keeps_out

    def it_is_asked_about_when_the_ledger_says_a_thousand_times_as_much(self, checked):
        books = usual()
        right = sum(Decimal(amount) for _, amount in books["PM"])
        books["PM"] = [(None, amount) for _, amount in in_thousands(books["PM"])][:1]
        told = {"PM": Decimal(books["PM"][0][1]) * 1000 + 300}
        found = checked(books, told)
        wrong = [one for one in found.findings if one.code in {"RIMLIG-TKR", "EKON-TKR"}]
        assert [named(one) for one in wrong] == [cells(books, "PM")] and wrong[0].keeps_out
        assert right > told["PM"] > 0

    def it_is_asked_about_when_the_account_alone_says_a_thousand_times_as_much(
        self, look, workbook
    ):
        books = usual()
        books["PM"] = [(None, 185), (None, 73)]
        rows = made(books)
        rows["anslag"][0]["utgifter"] += 999 * 258
        found = look(workbook(rows))
        (one,) = asked(found)
        assert named(one) == cells(books, "PM") and one.keeps_out

    @pytest.mark.parametrize("more", [258 * 100, 258 * 500, 258 * 2000])
    def it_is_not_where_the_account_says_something_else(self, look, workbook, more):
        books = usual()
        books["PM"] = [(None, 185), (None, 73)]
        rows = made(books)
        rows["anslag"][0]["utgifter"] += more
        found = look(workbook(rows))
        assert asked(found) == []
        assert "EKON-DIFFERENS" in {one.code for one in found.findings}


class DescribeASingleAmountInThousands:
    @pytest.mark.parametrize(("place", "amount"), [(0, 500), (0, 175), (1, 98)])
    def it_is_asked_about_and_holds_nothing_back(self, year, checked, place, amount):
        books = usual()
        budget = books["PM"][place][0]
        books["PM"][place] = (budget, amount)
        found = checked(books)
        (one,) = asked(found)
        assert named(one) == cells(books, "PM", [place])
        assert not one.keeps_out and not one.closed
        assert "räknas inte" not in message_of(one)
        assert f"({one.cell}) är {amount} kr" in message_of(one)
        data = merge(year, [found])
        assert [one.verdict for one in first_verdicts(data) if one.county == "12"] == [
            Verdict.APART
        ]

    def it_leaves_what_the_ledger_says_otherwise_to_be_asked_too(self, checked):
        books = usual()
        books["PM"][0] = (books["PM"][0][0], 500)
        total = sum(Decimal(amount) for _, amount in books["PM"])
        codes = [one.code for one in checked(books, {"PM": total + 70000}).findings]
        assert "RIMLIG-TKR" in codes
        assert {"EKON-DIFFERENS", "SAR-BELOPP"} & set(codes)

    def it_is_one_question_of_all_of_them(self, checked):
        books = usual()
        for code in ("801", "PM"):
            books[code][0] = (books[code][0][0], round(books[code][0][1] / 1000))
        (one,) = asked(checked(books))
        assert named(one) == cells(books, "801", [0]) | cells(books, "PM", [0])
        assert not one.keeps_out
        assert f"({one.cell})" in message_of(one)

    def it_is_the_only_amount_of_its_code(self, checked):
        books = usual()
        books["PM"] = in_thousands([(230000, 185000)])
        (one,) = asked(checked(books))
        assert (named(one), one.keeps_out) == (cells(books, "PM"), False)

    def it_is_asked_beside_a_code_that_is_held_back(self, checked):
        books = usual()
        books["VN"] = in_thousands(books["VN"])
        books["PM"][0] = (books["PM"][0][0], 250)
        held, single = sorted(asked(checked(books)), key=lambda one: not one.keeps_out)
        assert (named(held), held.keeps_out) == (cells(books, "VN"), True)
        assert (named(single), single.keeps_out) == (cells(books, "PM", [0]), False)


def small_and_right(seed):
    """Books that are right, with one code of little work: öre, larger budgets, few amounts without budgets, or
    amounts that are small but not beside the others."""
    chance = random.Random(seed)
    books = usual(chance.choice([60_000, 200_000, 1_000_000]))
    code, count = chance.choice(CODES), chance.randint(1, 7)
    kind = seed % 4
    if kind == 0:
        own = [
            (Decimal(kr), Decimal(kr) - Decimal("0.50"))
            for kr in chance.sample(range(200, 990), count)
        ]
    elif kind == 1:
        own = [(chance.randint(2, 20) * 1000, chance.randint(150, 990)) for _ in range(count)]
    elif kind == 2:
        own = [(None, chance.randint(100, 990)) for _ in range(min(count, 4))]
    else:
        books = usual(60_000)
        own = [(kr + chance.randint(0, 9), kr) for kr in chance.sample(range(250, 900), count)]
    books[code] = own
    return books


class DescribeSmallBooksThatAreRight:
    @pytest.mark.parametrize("seed", range(24))
    def it_says_nothing(self, checked, seed):
        assert asked(checked(small_and_right(seed))) == []

    def it_says_nothing_of_the_example(self, example_returns):
        assert [one for found in example_returns for one in asked(found)] == []

    def it_says_nothing_of_a_code_with_nothing(self, checked):
        books = usual()
        books["PM"] = [(0, 0), (0, 0)]
        assert asked(checked(books)) == []

    @pytest.mark.parametrize("count", [1, 2, 6, 12])
    def it_says_nothing_where_all_is_nothing(self, checked, count):
        books = {code: [(0, 0)] * count for code in CODES}
        assert asked(checked(books)) == []

    @pytest.mark.parametrize("noughts", [0, 1, 4, 30])
    def it_does_not_count_noughts_as_small_amounts(self, checked, noughts):
        """Four amounts are few, whatever stands beside them; with nothing else to go by they may well be kronor."""
        books = {"PM": [(None, 400)] * 4 + [(None, 0)] * noughts}
        assert asked(checked(books)) == []

    def it_still_asks_of_many_small_ones_among_noughts(self, checked):
        (one,) = asked(checked({"PM": [(None, 400)] * 5 + [(None, 0)] * 3}))
        assert one.keeps_out
