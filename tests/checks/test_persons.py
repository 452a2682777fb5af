"""A text that tells how many persons it was, where so low a number is not printed, is asked about."""

from __future__ import annotations

import pytest

PLACE = "Aktiviteter!E6"


def told(found):
    return [(one.code, str(one.refs[0])) for one in found]


class DescribeLowCountsInTexts:
    @pytest.fixture
    def of(self, rows, small_workbook, look):
        def found(value, text, indicator="2", before="e.t."):
            rows["indikatorer"][0] |= {"indikator": indicator, "varde": value, "foregaende": before}
            rows["aktiviteter"][0]["beskrivning"] = f"Om människohandel. {text} Så gick det till."
            return [one for one in look(small_workbook(rows)).findings if one.code == "TEXT-ANTAL"]

        return found

    @pytest.mark.parametrize(
        "text",
        [
            "Tre utsatta kvinnor fick stöd.",
            "3 personer fick stöd.",
            "Stöd gavs till tre av de utsatta.",
            "TRE BARN har placerats.",
            "Vi mötte tre\nkvinnor i länet.",
            "Stöd gavs till 3 st kvinnor.",
            "Tre (3) personer fick stöd.",
            "3 poliser utbildades.",
        ],
    )
    def it_asks_about_the_number_that_an_indicator_has(self, of, text):
        assert told(of(3, text)) == [("TEXT-ANTAL", PLACE)]

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (3, "Fyra kvinnor fick stöd."),  # another number
            (5, "Fem kvinnor fick stöd."),  # not low
            (0, "Inga kvinnor fick stöd."),
            (3, "Tre kurser hölls. Kvinnor deltog."),
            (3, "Tre kvinnojourer deltog."),
            (3, "I tre kommuner fick kvinnor stöd."),
            (3, "Tre möten om fyra kvinnor."),
        ],
    )
    def it_asks_about_nothing_else(self, of, value, text):
        assert of(value, text) == []

    def it_asks_about_the_number_of_the_year_before(self, of):
        assert told(of(80, "Två flickor fick stöd.", before=2)) == [("TEXT-ANTAL", PLACE)]

    def it_says_what_stands_there_and_which_indicator_has_it(self, of):
        (found,) = of(3, "Till slut fick tre utsatta kvinnor stöd.")
        assert found.message == (
            "I Beskrivning står ”tre utsatta”. Samma antal står i indikator 2, "
            "och så låga antal personer trycks inte."
        )

    def it_leaves_indicators_alone_that_count_no_persons(self, of, year):
        codes = year.spec.lists["indikator"].codes
        other = next(one.code for one in codes if not one.as_indicator.counts_persons)
        assert of(3, "Tre kvinnor fick stöd.", indicator=other) == []
