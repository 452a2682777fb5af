"""Patterns of a field: those that cannot be understood, and those that one answer could keep busy for ever."""

from __future__ import annotations

import re

import pytest

from tests.spec.edits import exchange, refusal
from toolkit.spec.patterns import may_never_end

OLD = "pattern: 'L\\d{1,3}'"
ENDLESS = [
    r"(L+)+\d", r"(L*)*", r"(L+){2,}", r"(?:L+)+", r"((L)+)+", r"(L+|x)+", r"(\w+\s?)*", r"([a-z]+)*\d", r"(a|aa)+",
    r"(\d|\d\d)*-", r"(a?)*", r"(a{1,5})*", r"(.*,?)*", r"(?=(a+)+b)c", r"(?i)(a+A)*b", r"x((ab+)*b)+", r"(\w+-?){2,40}",
]  # fmt: skip
FINE = [
    r"L\d{1,3}", r"L+", r"(LM)+", r"(\w+\.)+se", r"[^@\s]+@[^@\s]+\.[^@\s]+", r"(-\d+)?", r"(\d{1,3}\.){3}\d", r"(ab|cd)*",
    r"(a|b)+", r"(\d{2})+", r"[a-z]+(-[a-z]+)*", r"(\d+;)*\d+", r"\+?[\d][\d \-–/()]{5,}", r"(\d{1,3} ?){1,4}",
]  # fmt: skip


def refused(templates, pattern):
    line = exchange(templates, OLD, f"pattern: '{pattern}'")
    return line, "\n".join(refusal(templates))


class DescribeAPattern:
    @pytest.mark.parametrize("pattern", ENDLESS)
    def it_is_seen_when_it_could_be_tried_for_ever(self, pattern):
        re.compile(pattern)
        assert may_never_end(pattern)

    @pytest.mark.parametrize("pattern", FINE)
    def it_may_repeat_what_has_an_end_of_its_own(self, pattern):
        assert not may_never_end(pattern)

    def it_is_refused_where_it_stands(self, templates):
        line, told = refused(templates, r"(L+)+\d")
        assert told == (
            f"templates/2020/arbetsbok.yaml, rad {line}: Mönstret ”(L+)+\\d” för ”lagesbild.id” kan ta hur lång tid som helst att "
            "pröva: det upprepar något som självt kan upprepas på flera sätt. Skriv till exempel L+ i stället för (L+)+."
        )  # fmt: skip

    def it_is_refused_where_it_cannot_be_understood(self, templates):
        line, told = refused(templates, r"L(\d{1,3}")
        assert told == (
            f"templates/2020/arbetsbok.yaml, rad {line}: Mönstret ”L(\\d{{1,3}}” för ”lagesbild.id” går inte att förstå, från tecken 2."
        )
