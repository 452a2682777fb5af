"""Rounds from one county, in every order of arrival, against a model that is written apart: it knows
what came before what, which the program has to find out of the marks in the files."""

from __future__ import annotations

import hashlib
import random
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import CLEAN
from toolkit.analysis.comparison import in_company
from toolkit.analysis.precedence import precedence
from toolkit.returns.submission import Return
from toolkit.returns.trail import read_trail
from toolkit.year.refill import trail_of

DAYS = [date(2021, 1, 20), date(2021, 2, 20), date(2021, 3, 1)]
NO_DAYS = [date(2019, 2, 20), date(2031, 1, 1), None]
"""What is written, and can be no day on which a return for 2020 was approved."""


@dataclass
class Sent:
    """A file as the model knows it: what it says, when it was approved, the file that it was made
    from, and all that had come when that one was marked."""

    number: int
    says: int
    day: date | None
    made_from: int | None = None
    came_before: set[int] = field(default_factory=set)


def play(rng, rounds):
    """A county that sends, corrects what came back in any round, sends a file of its own once more,
    and writes whatever day it likes. Now and then a run is put off."""
    sent, marked = [], {}
    for number in range(rounds):
        one = Sent(number, rng.randrange(3), rng.choice(DAYS + NO_DAYS))
        if marked and rng.random() < 0.7:
            one.made_from = rng.choice(list(marked))
            one.came_before = set(marked[one.made_from])
        sent.append(one)
        if rng.random() < 0.8:
            marked |= {other.number: set(range(number + 1)) for other in sent}
    return sent


def all_before(sent, number):
    """Everything that a file came after for certain, step by step back."""
    found, left = set(), [number]
    while left:
        new = sent[left.pop()].came_before - found
        found |= new
        left += new
    return found


def expected(sent, there):
    """The files of which one counts, and by the one that does all those of which nobody can know
    that they do not: as late, of a line in which something was approved later, or on no day that can be one."""
    past = {number: all_before(sent, number) for number in there}
    gone = {other for number in there for other in past[number]}
    newest = [number for number in there if number not in gone]

    def latest(numbers):
        known = [sent[one].day for one in numbers]
        return max([one for one in known if one in DAYS], default=date.min)

    def line(number):
        return latest({number, *past[number] & set(there)})

    def day(number):
        return sent[number].day if sent[number].day in DAYS else line(number)

    def said_before(number):
        old = (gone & set(there)) - past[number]
        return any(says_the_same(sent[one], sent[number]) for one in old)

    last = max(day(number) for number in newest)
    equal = [number for number in newest if day(number) == last]
    equal = [number for number in equal if not said_before(number)] or equal
    line_of_last = {name: line(name) for name in equal}
    return equal, lambda counts: [
        n for n in newest if n in equal or line(n) > line_of_last[counts] or line(n) == date.min
    ]


def says_the_same(one, other):
    return (one.says, one.day) == (other.says, other.day)


class Files:
    """The files of a game as the program gets them: the marks in them are its own."""

    def __init__(self, year, submission, sent, names):
        self.year, self.base, self.by_number = year, submission, {}
        for one in sent:
            trail = self.marked(one.made_from, one.came_before) if one.came_before else None
            print_ = hashlib.sha256(repr((one, trail)).encode()).hexdigest()
            tables = self.tables(one)
            file = names[one.number]
            made = replace(submission, file=file, sha256=print_, tables=tables, trail=trail)
            self.by_number[one.number] = Return(file, print_, made, ())

    def tables(self, one):
        tables = dict(self.base.tables)
        for table, name, value in (
            ("uppgifter", "godkand_datum", one.day), ("ekonomi", "utfall", Decimal(one.says)),
        ):  # fmt: skip
            data, typed = tables[table], list(tables[table].typed)
            typed[data.columns.index[name]] = (value,) * len(data.rows)
            tables[table] = replace(data, typed=tuple(typed))
        return tables

    def marked(self, number, lay_there):
        lay = [self.by_number[one] for one in sorted(lay_there)]
        told = in_company(self.year, lay, {})
        return read_trail([trail_of(told[lay.index(self.by_number[number])])])


def names_for(rng, rounds):
    return [
        f"{rng.choice(['12-Skåne', 'a', 'Ö', 'Redovisning'])} {rng.randrange(99)} {n}.xlsx"
        for n in range(rounds)
    ]


@pytest.fixture(scope="module")
def submission(look, small_workbook):
    return look(small_workbook(deepcopy(CLEAN))).submission


class DescribeFiveRounds:
    @pytest.mark.parametrize("seed", range(60))
    def it_counts_the_last_that_can_be_known_in_every_order(self, year, submission, seed):
        rng = random.Random(seed)
        sent = play(rng, 5)
        there = sorted(rng.sample(range(5), rng.choice([3, 4, 5, 5])))
        wanted, unsure = expected(sent, there)
        files = Files(year, submission, sent, names_for(rng, 5)).by_number
        for _ in range(4):
            rng.shuffle(there)
            found = precedence(year.spec, [files[number] for number in there])
            counts = next(number for number in there if files[number] is found.files[-1])
            assert counts in wanted
            others = [
                files[n].file for n in unsure(counts) if not says_the_same(sent[n], sent[counts])
            ]
            assert sorted(one.file for one in found.doubtful) == sorted(others)
            assert len(found.files) == len(there)

    @pytest.mark.parametrize("seed", range(20))
    def it_lets_a_correction_of_what_counts_count_whatever_its_day(self, year, submission, seed):
        rng = random.Random(seed)
        sent = play(rng, 4)
        files = Files(year, submission, sent, names_for(rng, 4))
        lay = list(files.by_number.values())
        counts = precedence(year.spec, lay).files[-1]
        number = next(n for n, one in files.by_number.items() if one is counts)
        last = Sent(4, 9, rng.choice(DAYS + NO_DAYS), number, {0, 1, 2, 3})
        all_files = Files(year, submission, [*sent, last], [*(one.file for one in lay), "0.xlsx"])
        found = precedence(year.spec, list(all_files.by_number.values()))
        assert (found.files[-1].file, found.doubtful, found.by_descent) == ("0.xlsx", (), True)
