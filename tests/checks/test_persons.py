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

    @pytest.mark.parametrize(
        "text",
        [
            "Mika träffade 3,0 kvinnor i maj.",
            "Mika träffade 3.00 kvinnor i maj.",
            "Mika träffade ③ kvinnor i maj.",
            "Mika träffade ⑶ kvinnor i maj.",
            "Mika träffade ３ kvinnor i maj.",
            "Mika träffade 1+2 kvinnor i maj.",
            "Mika träffade en plus två kvinnor i maj.",
            "Mika träffade tre\u200bkvinnor i maj.",
            "Mika träffade trekvinnor i maj.",
            "Mika träffade t\u00adre kvinnor i maj.",
            "Mika träffade tre\u2060 kv\u00adinnor i maj.",
            "Mika hade III besökare i maj.",
            "Mika hade Ⅲ besökare i maj.",
        ],
    )
    def it_reads_a_number_however_it_is_written(self, of, text):
        assert told(of(3, text)) == [("TEXT-ANTAL", PLACE)]

    @pytest.mark.parametrize(
        "text",
        [
            "Mika träffade 3,05 procent av kvinnorna i maj.",
            "Mika träffade 13,0 kvinnor i maj.",
            "Mika träffade 11+2 kvinnor i maj.",
            "Sexköparna är män.",
            "Version 3.0 av rutinen om kvinnor gäller.",
        ],
    )
    def it_reads_no_other_number_so(self, of, text):
        assert of(3, text) == []


class DescribeLowCountsWhereTheNumberIsNotKnown:
    """Indicator 23, Mika, has u.s.: what a text tells of it is all that anybody knows."""

    @pytest.fixture
    def of(self, rows, small_workbook, look):
        def found(comment, text="", value="u.s.", indicator="23"):
            told = {
                "indikator": indicator,
                "varde": value,
                "foregaende": "e.t.",
                "kommentar": comment,
            }
            rows["indikatorer"][0] |= told
            rows["aktiviteter"][0]["beskrivning"] = f"Om människohandel. {text} Så gick det till."
            return [one for one in look(small_workbook(rows)).findings if one.code == "TEXT-ANTAL"]

        return found

    def it_asks_about_a_low_number_in_the_comment(self, of):
        (found,) = of(
            "Vi har haft kontakt med minst tre kvinnor, men den fullständiga uppgiften saknas."
        )
        assert found.message == (
            "I Kommentar står ”tre kvinnor”. Indikator 23 har u.s., så antalet är inte redovisat, "
            "och så låga antal personer trycks inte."
        )

    def it_asks_about_a_low_number_of_the_same_elsewhere(self, of):
        (found,) = of("Uppgiften har inte gått att få fram i år.", "Mika nådde två kvinnor.")
        assert str(found.refs[0]) == PLACE

    @pytest.mark.parametrize(
        "given",
        [
            {"comment": "Vi har haft kontakt med minst tolv kvinnor."},
            {"comment": "Tre kommuner har inte svarat, men kvinnor har fått stöd."},
            {"comment": "Uppgiften har inte gått att få fram.", "text": "Tre kvinnor utbildades."},
            {"comment": "Minst tre kvinnor deltog i alla tillfällen.", "indikator": "1"},
            {"comment": "Minst tre kvinnor i varje månad kom dit.", "value": 80},
        ],
    )
    def it_asks_about_nothing_else(self, of, given):
        given = {"indicator": given.pop("indikator", "23"), **given}
        assert of(**given) == []
