"""Personal numbers among texts that look alike, and the rule itself said a second time."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

import pytest

from tests.words.labelled_numbers import ASKED, NONE, STRICT
from toolkit.words.idnumber import is_id_number
from toolkit.words.personal import mask, may_hold_number, personal_number_in

TODAY = date.today()


def by_the_rule(digits):
    """Luhn's rule and the calendar, as Skatteverket writes them (SKV 704)."""
    century, rest = (digits[:2], digits[2:]) if len(digits) == 12 else (None, digits)
    if rest[6:9] == "000":  # the three digits run from 001
        return False
    weighed = "".join(str(int(digit) * (2, 1)[place % 2]) for place, digit in enumerate(rest[:9]))
    if (10 - sum(map(int, weighed)) % 10) % 10 != int(rest[9]):
        return False
    day = int(rest[4:6]) - (60 if int(rest[4:6]) > 60 else 0)
    for first in [century] if century else ["18", "19", "20"]:
        try:
            born = date(int(first + rest[:2]), int(rest[2:4]), day)
        except ValueError:
            continue
        if first in {"18", "19", "20"} and born <= TODAY:
            return True
    return False


def made_numbers(count, seed):
    chance = random.Random(seed)
    while count:
        born = date(1900, 1, 1) + timedelta(chance.randrange((TODAY - date(1900, 1, 1)).days))
        rest = f"{born:%y%m%d}{chance.randrange(1, 1000):03}"
        number = next(rest + str(last) for last in range(10) if by_the_rule(rest + str(last)))
        yield f"{born:%Y}"[:2], number
        count -= 1


class DescribeTheLabelledTexts:
    @pytest.mark.parametrize("text", STRICT)
    def it_blocks(self, text):
        assert personal_number_in(text) == "strict"

    @pytest.mark.parametrize("text", ASKED)
    def it_asks(self, text):
        assert personal_number_in(text) == "loose"

    @pytest.mark.parametrize("text", NONE)
    def it_says_nothing(self, text):
        assert personal_number_in(text) is None

    @pytest.mark.parametrize("text", [*STRICT, *ASKED])
    def it_hides_what_it_finds(self, text):
        assert may_hold_number(text)
        assert personal_number_in(mask(text)) is None
        assert "2384" not in re.sub(r"\D", "", mask(text))

    def it_has_many_of_both(self):
        assert len(STRICT) + len(ASKED) >= 60
        assert len(NONE) >= 45


class DescribeTheRule:
    def it_is_what_the_tax_agency_writes(self):
        chance = random.Random(11)
        for _ in range(20_000):
            digits = "".join(chance.choices("0123456789", k=chance.choice((10, 12))))
            if chance.random() < 0.7:
                digits = chance.choice(("", "18", "19", "20", "17", "21")) + f"{chance.randrange(100):02}" + f"{chance.randrange(13):02}" + f"{chance.randrange(93):02}" + f"{chance.randrange(10_000):04}"  # fmt: skip
            assert is_id_number(digits) == by_the_rule(digits), digits

    def it_finds_every_number_however_its_digits_are_kept_apart(self):
        chance = random.Random(12)
        ways = [
            "{0}-{1}", "{0} - {1}", "{0}--{1}", "({0}){1}", "{0}*{1}", "{0} {1}", "{0}/{1}", "{0}.{1}", "{0}_{1}",
        ]  # fmt: skip
        inner = ["", " ", ".", "*", "\u00a0", "\u200b", "·"]
        for century, number in made_numbers(3000, 13):
            day, last = number[:6], number[6:]
            if chance.random() < 0.4:
                day = century + day
            apart = chance.choice(inner)
            written = chance.choice(ways).format(apart.join(day), apart.join(last))
            assert personal_number_in(f"Stöd till {written} enligt akten") is not None, written

    def it_says_little_of_amounts_and_days(self):
        """Of ten digits by chance one in a hundred and forty is a number by the rule; of what is printed as an amount, a
        day, a time or a telephone number nothing is."""
        chance = random.Random(14)
        for _ in range(5000):
            amount = f"{chance.randrange(10**8):,}".replace(",", "\u00a0")
            start = date(2017, 1, 1) + timedelta(chance.randrange(1460))
            end = start + timedelta(chance.randrange(60))
            clock = f"{chance.randrange(24):02}:{chance.randrange(60):02}"
            phone = f"07{chance.randrange(10)}-{chance.randrange(1000):03} {chance.randrange(100):02} {chance.randrange(100):02}"
            for text in (
                f"{amount} kr", f"{start} {clock}", f"{start}–{end}", f"{start:%Y%m%d}–{end:%Y%m%d}", phone, f"{start} – {end:%m-%d}",
                f"{amount} kr och {amount} kr", f"{amount},50",
            ):  # fmt: skip
                assert personal_number_in(text) is None, text
