"""The prints of our own texts on Återkoppling, and what is left of them in a file that another program has saved."""

from __future__ import annotations

import pytest

from toolkit.returns.row_words import print_of_words, read_prints, written_prints

TEXTS = [f"Fyll i cellen nummer {number}." for number in range(40)]
PRINTS = frozenset(map(print_of_words, TEXTS))


class DescribeAListOfPrints:
    def it_is_read_as_it_was_written(self):
        assert read_prints(["", written_prints(TEXTS)]) == PRINTS

    @pytest.mark.parametrize("length", [255, 254, 100, 20])
    def it_says_nothing_when_it_was_cut_off(self, length):
        assert read_prints([written_prints(TEXTS)[:length]]) == frozenset()

    def it_is_read_as_earlier_versions_wrote_it(self):
        written = written_prints(TEXTS).removesuffix(" lr:ord")
        assert read_prints([written]) == PRINTS

    def it_says_nothing_where_a_print_was_changed(self):
        assert read_prints(["lr:ord abcdefg hijklmno lr:ord"]) == frozenset()
