"""A low count planted at every place of a report, with its county and its indicator named in every form; and numbers at
the same places that are no low counts of persons."""

from __future__ import annotations

from itertools import chain, product

import pytest

from tests.datasets import SPEC
from tests.disclosure import pages
from tests.disclosure.pages import NEUTRAL, document, drawn, laid, said
from tests.sampled import ALL
from toolkit.disclosure.audit import audit_counts
from toolkit.disclosure.facts import facts_of
from toolkit.disclosure.housewords import HouseWords
from toolkit.disclosure.note_counts import counts_of_note
from toolkit.disclosure.published import Headings, House
from toolkit.disclosure.rows import rows_of
from toolkit.disclosure.table_counts import counts_of_table
from toolkit.disclosure.toldfacts import FactKind
from toolkit.word.read.pages import publication_of

LEAST = 5
NAMES = {
    "01": "Stockholm",
    "05": "Östergötland",
    "12": "Skåne",
    "14": "Västra Götaland",
    "25": "Norrbotten",
}
CALLED = {
    "01": ("Stockholms län", "AB"), "05": ("Östergötlands län", "E"), "12": ("Skåne län", "M"),
    "14": ("Västra Götalands län", "O"), "25": ("Norrbottens län", "BD"),
}  # fmt: skip
PERSONS = {
    "2": "Utbildade personer", "4": "Utbildade beslutsfattare och chefer", "20": "Lagförda för köp av sexuell tjänst",
    "22": "Misstänkta offer för människohandel", "23": "Mika: personer i kontakt", "24": "KAST: nya personer",
    "26": "Registrerade offer enligt EU",
}  # fmt: skip
OTHERS = ("Utbildningstillfällen", "Kampanjer", "Beviljade medel", "Anmälda köp av sexuell tjänst",
          "Anmäld människohandel för sexuella ändamål", "Beviljade projekt")  # fmt: skip


def house(indicator, counts):
    heads = Headings("Summa", "Antal län", "Året före", "I år", "Alla län")
    return House({(2020, indicator): counts}, NAMES, PERSONS, LEAST, heads, CALLED, OTHERS)


FORMS = {
    "01": ("Stockholm", "Stockholms län", "Stockholms", "STOCKHOLM", "01", "01 – Stockholms län", "01 Stockholm", "AB",
           "AB län", "SE-AB", "Stockholm (AB)", "01-Stockholm", "Länsstyrelsen i Stockholms län", "Länsstyrelsen Stockholm",
           "Region Stockholm", "stockholms lan", "Stockholms\u00a0län", "Länsstyrelsen i\nStockholms\u00adlän"),
    "14": ("Västra Götaland", "Västra Götalands län", "Västra Götalandsregionen", "14", "14 – Västra Götalands län", "O",
           "O län", "SE-O", "Vastra Gotaland", "vastra_gotaland", "Länsstyrelsen i Västra Götalands län"),
}  # fmt: skip
NAMINGS = {
    "23": ("Mika: personer i kontakt", "23 Mika: personer i kontakt", "23\u00a0Mika: personer i kontakt", "Mika",
           "Mika 2020", "Indikator 23", "Antal personer i kontakt med Mika", "Personer i kontakt med Mika-mottagning",
           "MIKA (antal)", "Kontakter, Mika"),
    "22": ("Misstänkta offer för människohandel", "22 – Misstänkta offer för människohandel", "Misstänkta offer",
           "Antal misstänkta offer", "Offer för människohandel", "Misstänkt offer", "Indikator 22 (antal)",
           "Misstänkta offer för människohandel, antal personer"),
    "4": ("Utbildade beslutsfattare och chefer", "Antal utbildade chefer", "Utbildade", "Beslutsfattare som utbildats"),
}  # fmt: skip


# Each place takes how the county and the indicator are named, and what stands there as the count.


def table_of_counties(county, indicator, value, of):
    return document(
        said(NEUTRAL), laid([("Län", indicator), ("Östergötland", ".."), (county, value)])
    )


def table_of_indicators(county, indicator, value, of):
    return document(
        said(NEUTRAL), laid([("Indikator", "Östergötland", county), (indicator, "..", value)])
    )


def caption_above(county, indicator, value, of):
    return document(
        said(f"Tabell 4. {indicator} per län."), laid([("Län", "Antal"), (county, value)])
    )


def caption_below(county, indicator, value, of):
    return document(
        laid([("Län", "Antal"), (county, value)]), said(f"Tabell 4. {indicator} per län.")
    )


def caption_transposed(county, indicator, value, of):
    return document(
        said(f"Tabell 4. {indicator}."),
        laid([("", "Östergötland", county), ("Antal", "..", value)]),
    )


def section(county, indicator, value, of):
    return document(
        said(indicator, 1),
        said("Så ser det ut."),
        said(NEUTRAL),
        laid([("Län", "Antal"), (county, value)]),
    )


def county_in_caption(county, indicator, value, of):
    rows = [("Uppgift", "Antal"), (indicator, value), ("Kampanjer", "8")]
    return document(said(f"Tabell 4. {county}."), laid(rows))


def county_in_section(county, indicator, value, of):
    return document(
        said(county, 1),
        said("Tabell 4. Läget 2020."),
        laid([("Uppgift", "2020"), (indicator, value)]),
    )


def all_in_caption(county, indicator, value, of):
    return document(
        said(f"Tabell 4. {county}: {indicator}."), laid([("", "2020"), ("Antal", value)])
    )


def long_table(county, indicator, value, of):
    rows = [
        ("Län", "Indikator", "Antal"),
        ("Östergötland", indicator, ".."),
        (county, indicator, value),
    ]
    return document(said(NEUTRAL), laid(rows))


def merged_heads(county, indicator, value, of):
    rows = [("Län", indicator, ""), ("", "2019", "2020"), (county, "..", value)]
    return document(said(NEUTRAL), laid(rows))


def group_of_rows(county, indicator, value, of):
    rows = [
        ("Uppgift", "Antal"),
        (county, ""),
        (indicator, value),
        ("Norrbotten", ""),
        (indicator, ".."),
    ]
    return document(said(NEUTRAL), laid(rows))


def without_head(county, indicator, value, of):
    return document(said(f"Tabell 4. {indicator}."), laid([(county, value), ("Norrbotten", "..")]))


def with_words(county, indicator, value, of):
    return document(
        said(f"Tabell 4. {indicator}."), laid([("Län", "Antal"), (county, f"{value} st")])
    )


def table_spoken(county, indicator, value, of):
    return document(said(NEUTRAL), laid([("Län", "Antal"), (county, value)], spoken=indicator))


def series(county, indicator, value, of):
    return pages.charted(NEUTRAL, pages.chart([county, "Norrbotten"], indicator, [value, "31"]))


def categories(county, indicator, value, of):
    return pages.charted(NEUTRAL, pages.chart(["Kampanjer", indicator], county, ["8", value]))


def chart_caption(county, indicator, value, of):
    return pages.charted(f"Figur 2. {indicator}.", pages.chart([county], "Antal personer", [value]))


def chart_title(county, indicator, value, of):
    return pages.charted("Figur 2.", pages.chart([county], "Antal", [value], title=indicator))


def axis_title(county, indicator, value, of):
    return pages.charted("Figur 2.", pages.chart([county], "2020", [f"{value}.0"], axis=indicator))


def chart_book(county, indicator, value, of):
    workbook = pages.book([("Antal", "2020"), (county, value)])
    return pages.charted(f"Figur 2. {indicator}.", pages.chart(["Malmö"], "Antal", ["1"]), workbook)


def chart_book_unit(county, indicator, value, of):
    workbook = pages.book([(indicator, "Antal"), (county, value)])
    return pages.charted(NEUTRAL, pages.chart(["Malmö"], "Antal", ["1"]), workbook)


def picture_spoken(county, indicator, value, of):
    return document(
        said(NEUTRAL), drawn(spoken=f"Stapeldiagram. {indicator}: {county} {value}, Norrbotten 31.")
    )


def picture_spoken_below(county, indicator, value, of):
    told = f"Liggande stapeldiagram. Minst är det i {county}, {value}."
    return document(said(f"Figur 2. {indicator}."), drawn(spoken=told))


def footnote(county, indicator, value, of):
    caption = said(f"Tabell 4. {indicator}.", note="1")
    return document(
        caption, laid([("Län", "Antal"), ("Norrbotten", "..")]), note=f"{county}: {value}."
    )


def source(county, indicator, value, of):
    told = said(f"Anm. {county}: {value}.")
    return document(
        said(f"Tabell 4. {indicator}."), laid([("Län", "Antal"), ("Norrbotten", "..")]), told
    )


def squares(county, indicator, value, of):
    return document(said(f"Karta 1. {indicator}."), pages.squares((county, value), ("BD", "..")))


def csv_caption(county, indicator, value, of):
    return pages.csv_file(
        [("Län", "Antal"), ("Norrbotten", ""), (county, value)], of, title=indicator
    )


def csv_columns(county, indicator, value, of):
    rows = [("county", "year", "indicator", "value"), (county, "2020", indicator, value)]
    return pages.csv_file(rows, of)


def csv_codes(county, indicator, value, of):
    [(_, code)] = of.counts
    rows = [("county", "year", "indicator_code", "value"), (county, "2020", code, value)]
    return pages.csv_file(rows, of)


def sheet_caption(county, indicator, value, of):
    rows = [
        (f"{indicator} per län",),
        ("Källa: länen.",),
        ("Län", "Antal"),
        (county, value),
        ("Norrbotten", ""),
    ]
    return pages.sheet_file(rows, of)


def chart_book_titled(county, indicator, value, of):
    workbook = pages.book(
        [("Underlag",), ("Län", "Aktiviteter"), ("Malmö", "7"), ("Län", indicator), (county, value)]
    )
    return pages.charted(NEUTRAL, pages.chart(["Malmö"], "Antal", ["1"]), workbook)


PLACES = (
    table_of_counties, table_of_indicators, caption_above, caption_below, caption_transposed, section, county_in_caption,
    county_in_section, all_in_caption, long_table, merged_heads, group_of_rows, without_head, with_words, table_spoken,
    series, categories, chart_caption, chart_title, axis_title, chart_book, chart_book_unit,
    chart_book_titled, picture_spoken,
    picture_spoken_below, footnote, source, squares, csv_caption, csv_columns, csv_codes, sheet_caption,
)  # fmt: skip
EVERY = [
    (county, form, indicator, naming)
    for (county, forms), (indicator, namings) in product(FORMS.items(), NAMINGS.items())
    for form, naming in product(forms, namings)
]


def sampled(place):
    """All forms in some of their combinations: each place begins with another."""
    step = 1 if ALL else 7
    return EVERY[PLACES.index(place) % step :: step]


def leaks(place, form, naming, value, of):
    return {leak.county for leak in audit_counts([place(form, naming, value, of)], of)}


def told(place, form, naming, value, of):
    """The counties whose low counts a page tells outright: what the audit begins with, in a hundredth of its time."""
    rows = rows_of(facts_of(place(form, naming, value, of), of), of).values()
    return {county for row in rows for county in row.shown_low}


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
class DescribeACountAtAPlace:
    def it_is_found_whatever_form_the_names_have(self, place):
        missed = []
        for number, (county, form, indicator, naming) in enumerate(sampled(place)):
            low = 1 + number % (LEAST - 1)
            of = house(indicator, {county: low, "05": 31, "25": 23})
            if county not in told(place, form, naming, str(low), of):
                missed.append((form, naming, low))
        assert missed == []

    @pytest.mark.parametrize("low", range(1, LEAST))
    def it_is_found_whatever_it_is(self, place, low):
        of = house("23", {"01": low, "05": 31, "25": 23})
        assert "01" in leaks(place, "Stockholm", "Mika", str(low), of)

    def it_may_be_told_from_the_limit_on(self, place):
        for number, (county, form, indicator, naming) in enumerate(sampled(place)):
            high = LEAST + number % 9
            of = house(indicator, {county: high, "12": 3, "05": 31, "25": 23})
            assert told(place, form, naming, str(high), of) == set(), (form, naming)

    @pytest.mark.parametrize(
        "mark", ["..", "–", "<5", "< 5", "1–4", "färre än 3", "3 tkr", "3 %", "3 kr", "2020"]
    )
    def it_is_not_told_by_what_is_no_count(self, place, mark):
        of = house("23", {"01": 3, "12": 4, "05": 31, "25": 23})
        assert told(place, "01 – Stockholms län", "Mika: personer i kontakt", mark, of) == set()


ROWS = ("Stockholm", "3")
OTHER = [
    # below a caption that names an indicator: what the head says
    *(
        document(said("Tabell 4. Misstänkta offer för människohandel per län."), laid([("Län", head), ROWS]))
        for head in ("Antal aktiviteter", "Aktiviteter", "Kostnad (kr)", "Budget, tkr", "Medel", "Andel (%)", "Procent",
                     "Antal möten", "Kampanjer", "Anmälda köp av sexuell tjänst", "Utbildningstillfällen", "Mål",
                     "Beviljade projekt", "Antal insatser")
    ),
    # a caption that names something else
    *(
        document(said(f"Tabell 4. {caption}"), laid([("Län", "Antal"), ROWS]))
        for caption in ("Aktiviteter mot människohandel per län.", "Aktiviteter mot mäns våld mot kvinnor per län.",
                        "Antal aktiviteter om utbildade chefer.", "Kostnad per utbildad person.", "Läget i länen.",
                        "Anmälda köp av sexuell tjänst per län.", "Pågående insatser för barn.")
    ),
    # groups that something is for
    document(said("Tabell 4. Aktiviteter efter målgrupp per län."), laid([("Län", "Kvinnor", "Män"), ("Stockholm", "3", "2")])),
    # a county's own amounts and activities among its counts
    document(said("Tabell 4. Stockholm."), laid([("Uppgift", "Antal"), ("Kampanjer", "3"), ("Utbildade personer", "..")])),
    document(said("Tabell 4. Stockholm."), laid([("Uppgift", "Antal län"), ("Utbildade personer", "3")])),
    document(said("Tabell 4. Läget."), laid([("Län", "Misstänkta offer", "Beviljade medel"), ("Stockholm", "..", "3")])),
    # a county's own report, with how many counties the sum of all is of
    *(
        document(said("Tabell 4. Stockholm."), laid([("Indikator", "I år", head), ("Utbildade personer", "..", "61 (3)")]), county="01")
        for head in ("Alla län", "Samtliga län", "Hela landet", "Riket")
    ),
    # numbers of tables, years, lists; and texts that count something else
    document(said("Figur 2. Misstänkta offer."), laid([("Län", "Se"), ("Stockholm", "Tabell 3"), ("Skåne", "Mål 3")])),
    document(said("Figur 2. Misstänkta offer."), drawn(spoken="Karta. Talen för Stockholm står i tabell 3.")),
    document(said("Figur 2. Misstänkta offer."), drawn(spoken="Stockholm har 3 aktiviteter och 3 kr kvar.")),
    document(said("Figur 2. Misstänkta offer."), drawn(spoken="I Stockholm är det färre än 3, i Skåne 1–3.")),
    document(said("Tabell 4. Misstänkta offer.", note="1"), laid([("Län", "Antal"), ("Stockholm", "..")]), note="Färre än 3."),
]  # fmt: skip


class DescribeWhatIsNoCountOfPersons:
    @pytest.mark.parametrize("number", range(len(OTHER)))
    def it_is_silent(self, number):
        of = House(
            {(2020, code): {"01": 3, "05": 31, "12": 4, "25": 23} for code in PERSONS},
            NAMES, PERSONS, LEAST, Headings("Summa", "Antal län", "Året före", "I år", "Alla län"), CALLED, OTHERS,
        )  # fmt: skip
        assert [
            one
            for one in facts_of(OTHER[number], of)
            if one.kind in {FactKind.COUNT, FactKind.PART}
        ] == []


class DescribeWhatFollows:
    """A low count that is told nowhere, and follows from what is."""

    OF = house("22", {"01": 3, "05": 31, "25": 23})
    CAPTION = said("Figur 2. Misstänkta offer per län.")

    @pytest.mark.parametrize(
        "rows",
        [
            [("Län", "Antal"), ("05", "31"), ("BD", "23"), ("Samtliga län", "57")],
            [("", "E", "BD", "Summa"), ("Antal", "31", "23", "57")],
            [("Län", "Kvinnor", "Män"), ("Stockholm", "2", "1")],
            [("", "Stockholms län"), ("Kvinnor", "2"), ("Män", "1")],
            [
                ("Län", "Kvinnor", "Män", "Totalt"),
                ("Länsstyrelsen i Stockholms län", "..", "..", "3"),
            ],
        ],
    )
    def it_is_found(self, rows):
        found = audit_counts([document(self.CAPTION, laid(rows))], self.OF)
        assert ("01", (3,)) in {(leak.county, leak.values) for leak in found}

    @pytest.mark.parametrize(
        "caption",
        ["Utbildade personer per län.", "Antal personer per län.", "Personer 2020.", "Mika."],
    )
    def it_is_found_below_the_name_of_another_indicator(self, caption):
        shown = document(said(f"Tabell 4. {caption}"), laid([("Län", "Antal"), ("AB", "3")]))
        assert {leak.county for leak in audit_counts([shown], self.OF)} == {"01"}

    @pytest.mark.parametrize(
        "head", ["Kvinnor", "Flickor, antal", "Under 18 år", "Antal personer", "Andra halvåret"]
    )
    def it_is_found_where_it_is_of_some_of_the_persons(self, head):
        shown = document(
            self.CAPTION, laid([("Län", head), ("Länsstyrelsen i Östergötlands län", "2")])
        )
        found = audit_counts([shown], house("22", {"05": 31, "25": 23}))
        assert [(leak.county, leak.values) for leak in found] == [("05", (2,))]
        assert found[0].places[0].words == f"Länsstyrelsen i Östergötlands län, {head}: 2"

    def it_is_found_of_last_year(self):
        of = house("22", {})
        of = House({(2019, "22"): {"01": 3}}, NAMES, PERSONS, LEAST, of.headings, CALLED, OTHERS)
        rows = [("Län", "Året före"), ("01 – Stockholms län", "3")]
        assert {leak.county for leak in audit_counts([document(self.CAPTION, laid(rows))], of)} == {
            "01"
        }

    def it_is_found_in_the_county_s_own_report(self):
        shown = document(self.CAPTION, laid([("Uppgift", "Antal"), ("I år", "3")]), county="01")
        assert ("01", "") in {(leak.county, leak.reader) for leak in audit_counts([shown], self.OF)}


def it_takes_no_other_number_of_a_whole_report_for_one(example_document):
    """The example's report, as if every county had some number of persons in every indicator: of all its tables,
    figures and notes those alone tell of it that print it for a county below an indicator's name."""
    names = {code.code: code.attributes["namn"] for code in SPEC.spec.counties}
    called = {code.code: (code.label, code.attributes["bokstav"]) for code in SPEC.spec.counties}
    indicators = SPEC.spec.lists["indikator"].codes
    persons = {code.code: code.label for code in indicators if code.attributes["personer"] == "ja"}
    others = [code.label for code in indicators if code.code not in persons]
    seen = publication_of(example_document, 2020, "", "rapport.docx")
    for number in (*range(1, 13), 1000):
        counts = {(2020, code): dict.fromkeys(names, number) for code in persons}
        of = House(
            counts, names, persons, LEAST, Headings("Summa", "Antal län", "", ""), called, others
        )
        words = HouseWords(of)
        found = chain.from_iterable(counts_of_table(seen, words, one) for one in seen.tables)
        found = chain(found, *(counts_of_note(seen, words, one) for one in seen.notes))
        printed = {(fact.county, fact.indicator) for fact in found}
        assert printed == ({("20", "22")} if number == 12 else set()), number
