"""A ledger says the same read in batches, row by row, and each row with all care."""

import random

import pytest

from tests.ledger.layouts import CHART, YEAR, made
from toolkit.ledger import table
from toolkit.ledger.files import read_ledger
from toolkit.read import Unreadable

COUNTIES = YEAR.spec.counties
HEAD = "Konto;Vht;Belopp;Text"
PLAIN = "4110;PM;100,00;Lön"
WORDS = (*CHART.balances, *CHART.totals)
ENDS = ("", " 4110", " konto 4110", ":", "\u00a04110 Löner", " mars", "liotek", "-1", "*")
STARTS = ("", " ", "*", "\t", "\u200b", "\u00a0* ")
SPELLINGS = (str, str.upper, str.title, str.swapcase, lambda word: word.replace(" ", " \u00a0"),
             "\u00ad".join)  # fmt: skip


def read(data, name="12 x.csv"):
    try:
        return read_ledger(data, name, CHART, COUNTIES)
    except Unreadable as error:
        return error.code


def in_three_ways(data, name, monkeypatch):
    """In batches, row by row, and each row with care."""
    found = [read(data, name)]
    with monkeypatch.context() as patched:
        patched.setattr(table._Quick, "add_batch", lambda *_: False)
        found.append(read(data, name))
        patched.setattr(table._Quick, "add_row", lambda *_: False)
        found.append(read(data, name))
    return found


def with_line(number, line, count=300):
    lines = [PLAIN] * count
    lines[number - 2] = line  # the headings are line 1
    return "\n".join([HEAD, *lines]).encode()


class DescribeBatches:
    @pytest.mark.parametrize("words", ["IB", "UB", "IB 4110", "ib", "*UB", " ub 4110 ", "Ib:"])
    def it_leaves_out_a_short_word_in_the_middle_of_plain_rows(self, words):
        ledger = read(with_line(200, f"4110;PM;5000,00;{words}"))
        assert (ledger.control, ledger.apart) == (29_900, (5000,))

    def it_books_a_transaction_whose_text_only_begins_alike(self):
        for words in ("Bibliotek", "Ibland", "UBS", "Summa hyra mars", "hiss UB"):
            assert read(with_line(200, f"4110;PM;5000,00;{words}")).control == 34_900

    def it_takes_every_word_alike_however_it_is_spelled(self, monkeypatch):
        draw = random.Random(4)
        for word in WORDS:
            for _ in range(8):
                words = draw.choice(STARTS) + draw.choice(SPELLINGS)(word) + draw.choice(ENDS)
                data = with_line(150, f"4110;PM;5000,00;{words}", count=200)
                first, *others = in_three_ways(data, "12 x.csv", monkeypatch)
                assert others == [first, first], repr(words)

    @pytest.mark.parametrize("seed", range(0, 120, 2))
    def it_reads_layouts_made_by_chance_alike(self, monkeypatch, seed):
        _, name, data, _ = made(seed)
        first, *others = in_three_ways(data, name, monkeypatch)
        assert others == [first, first]
