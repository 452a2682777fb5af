"""Signs that nobody sees, by Unicode's own list of format characters."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from toolkit.words.amounts import read_number
from toolkit.words.celltext import plain, shown, text
from toolkit.words.periods import read_date
from toolkit.words.personal import mask, personal_number_in
from toolkit.words.swedish import fold
from toolkit.words.unseen import as_seen, without_unseen

FORMAT = [
    sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) == "Cf"
]
JOINERS = "\u200c\u200d"


class DescribeWhatNobodySees:
    def it_is_passed_over_wherever_it_stands(self):
        for sign in FORMAT:
            assert without_unseen(f"{sign}a{sign}å{sign}") == "aå", ascii(sign)
            assert as_seen(f" {sign}å {sign}") == "å", ascii(sign)
            assert as_seen(f"a{sign}å") == (f"a{sign}å" if sign in JOINERS else "aå"), ascii(sign)

    def it_leaves_every_letter_digit_and_dash(self):
        seen = [
            sign for sign in map(chr, range(0x2FFFF)) if unicodedata.category(sign)[0] in "LNPS"
        ]
        assert without_unseen("".join(seen)) == as_seen("".join(seen)) == "".join(seen)

    @pytest.mark.parametrize(
        "sign",
        ["\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069", "\u061c", "\u200b", "\ufeff"],
    )
    def it_hides_no_number_date_code_or_heading(self, sign):
        assert read_number(f"{sign}84{sign} 500,50{sign}").value == Decimal("84500.50")
        assert read_date(f"{sign}2020{sign}-03-15{sign}").value == date(2020, 3, 15)
        assert plain(f"{sign}M{sign}1") == "M1"
        assert fold(f"{sign}M{sign}ål *") == "mål"
        assert text(f"{sign} Må{sign}l{sign}") == shown(f"Mål{sign}") == "Mål"

    @pytest.mark.parametrize("sign", ["\u200e", "\u202c", "\u2069", "\u061c", "\u200d"])
    def it_hides_no_personal_number(self, sign):
        assert personal_number_in(f"811228{sign}-{sign}9874") == "strict"
        assert "9874" not in mask(f"811228{sign}-{sign}9874")
