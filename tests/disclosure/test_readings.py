"""A low count in a published text, however its number is written, and what a text tells of a count that is not known."""

from __future__ import annotations

import pytest

from tests.disclosure.test_planted import LEAST, NAMES, PERSONS
from toolkit.disclosure.audit import audit_counts
from toolkit.disclosure.published import Headings, House, Publication, PublishedTable

HEADS = Headings("Summa", "Antal län", "Året före", "I år", "Alla län")
KNOWN = {(2020, "23"): {"01": 3, "12": 40, "13": 20}}


def leaks(*paragraphs, county="01", unknown=None, tables=()):
    house = House(KNOWN, NAMES, PERSONS, LEAST, HEADS, unknown=unknown or {})
    found = Publication(
        2020, county, "rapport.docx", paragraphs, [PublishedTable(one) for one in tables]
    )
    return [
        (leak.county, leak.indicator, leak.values)
        for leak in audit_counts([found], house)
        if not leak.reader
    ]


class DescribeANumberHoweverItIsWritten:
    @pytest.mark.parametrize(
        "text",
        [
            "Mika träffade 3,0 kvinnor i maj.",
            "Mika träffade ③ kvinnor i maj.",
            "Mika träffade ３ kvinnor i maj.",
            "Mika träffade 1+2 kvinnor i maj.",
            "Mika träffade tre\u200bkvinnor i maj.",
            "Mika träffade trekvinnor i maj.",
            "Mika hade III besökare i maj.",
        ],
    )
    def it_is_stopped(self, text):
        assert leaks(text) == [("01", "23", (3,))]

    @pytest.mark.parametrize(
        "text", ["Mika träffade 13,0 kvinnor i maj.", "Mika träffade 3,4 kvinnor om dagen."]
    )
    def it_is_no_other_number(self, text):
        assert leaks(text) == []

    def it_is_stopped_in_a_table(self):
        rows = [("Indikator", "I år"), ("23 Mika: personer i kontakt", "③")]
        assert ("01", "23", (3,)) in leaks(tables=[rows])


UNKNOWN = {(2020, "23"): frozenset({"05"})}


class DescribeACountThatIsNotKnown:
    TEXT = "Länsstyrelsen Östergötland uppger att Mika har haft kontakt med minst tre kvinnor."

    def it_may_not_be_told_as_a_low_number(self):
        assert leaks(self.TEXT, county="", unknown=UNKNOWN) == [("05", "23", (3,))]

    def it_may_where_the_county_has_told_it_or_the_number_is_not_low(self):
        assert leaks(self.TEXT, county="") == []
        assert leaks(self.TEXT.replace("tre", "tolv"), county="", unknown=UNKNOWN) == []
        assert leaks(self.TEXT.replace("kvinnor", "kommuner"), county="", unknown=UNKNOWN) == []

    def it_may_where_nobody_knows_any(self):
        """The indicator has no count at all."""
        unknown = {(2020, "24"): frozenset({"05"})}
        text = "I Östergötland nådde KAST två nya klienter."
        assert leaks(text, county="", unknown=unknown) == [("05", "24", (2,))]
