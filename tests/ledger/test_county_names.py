"""Whose a ledger is by the name of its file: whole words, the code at the beginning, and no guess where
they differ."""

import pytest

from tests.conftest import ROOT
from toolkit.ledger.chart import read_chart
from toolkit.ledger.county_names import county_in
from toolkit.ledger.files import read_ledger
from toolkit.ledger.findings import ledger_findings
from toolkit.spec.codelists import Code
from toolkit.spec.load import load_year

YEAR = load_year(ROOT / "templates", 2020)
COUNTIES = YEAR.spec.counties
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
COUNTED = (
    "månader", "mån", "dagar", "veckor", "kvartal", "år", "filer", "blad", "sidor", "konton", "koder", "rader",
    "transaktioner", "verifikationer", "huvudböcker", "utskrifter", "st", "tkr", "kap", "h", "månaders utfall", "of 21", "per",
)  # fmt: skip
PLACES = [
    Code(code="1440", label="Ale"),
    Code(code="0643", label="Habo"),
    Code(code="0305", label="Håbo"),
    Code(code="0139", label="Upplands-Bro"),
    Code(code="0128", label="Bro"),
    Code(code="0160", label="Täby"),
]


def _alike(shown, number):
    """The number's own county, where what is shown may be its name too."""
    own = next(one for one in COUNTIES if one.code == number)
    return [number] if own.label.startswith(shown) else []


class DescribeCountyNames:
    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("05 Ostergotland.csv", "05"),
            ("Ostergotland.csv", "05"),
            ("OSTERGOTLANDS LAN 2020.xlsx", "05"),
            ("Vastra Gotaland.csv", "14"),
            ("VästraGötaland.csv", "14"),
            ("vastra_gotalands_huvudbok.csv", "14"),
            ("HuvudbokSkåne2020.csv", "12"),
            ("Gotland.csv", "09"),
            ("huvudbok_gotlands_2020.csv", "09"),
            ("Länsstyrelsen i Östergo\u0308tlands län", "05"),
            ("12 utdrag.csv", "12"),
            ("12 Skåne.csv", "12"),
            ("2020 Skåne.csv", "12"),
            ("2020-12 utdrag.csv", None),
            ("Skåneland.csv", None),
            ("Skåne och Halland.csv", None),
            ("utdrag.csv", None),
        ],
    )
    def it_takes_whole_words_with_or_without_their_marks(self, name, code):
        assert county_in(name, COUNTIES) == code

    @pytest.mark.parametrize("number", ["12", "14", "19", "25"])
    def it_takes_no_number_of_something_for_a_code(self, number):
        for word in (*MONTHS, *(month[:3] for month in MONTHS), *COUNTED):
            for form in (
                "{} {}",
                "{} {} 2020",
                "{} {} 2021 export",
                "{}_{}",
                "{}-{}",
                "{}{}",
                "{}. {}",
                "{} {} huvudbok",
            ):
                name = form.format(number, word)
                assert county_in(f"{name}.csv", COUNTIES) is None, name
                assert county_in(f"{name.upper()}.XLSX", COUNTIES) is None, name

    @pytest.mark.parametrize("number", ["12", "14", "19", "25"])
    def it_takes_no_month_of_a_year_for_a_code(self, number):
        for name in (
            f"{number} 2020",
            f"{number} 20",
            f"{number} - 2020",
            f"{number}.20",
            f"{number}_2020",
        ):
            assert county_in(f"{name}.csv", COUNTIES) is None, name

    @pytest.mark.parametrize("number", ["12", "14", "19", "25"])
    def it_takes_a_number_that_can_be_nothing_else_for_a_code(self, number):
        for rest in (
            "",
            " huvudbok",
            "_huvudbok_2020",
            " Utdrag 2020-12-31",
            "-ekonomi",
            " (1)",
            " a",
            " lst",
            " huvudbok v2",
            " SIE4",
            " länsstyrelsen",
        ):
            assert county_in(f"{number}{rest}.csv", COUNTIES) == number, rest

    @pytest.mark.parametrize(
        "rest",
        [
            "huvudbok jan-dec 2020", "huvudbok januari–december", "huvudbok hela 2020", "huvudbok 2020 Agresso", "huvudbok Anna",
            "huvudbok export", "huvudbok utskrift", "huvudbok ok", "hb", "hb 2020", "verifikationslista", "kontoutdrag", "Agresso export",
            "huvudbok från ekonomisystemet", "ekonomi underlag", "huvudbok Maria", "bokföring helår",
        ],
    )  # fmt: skip
    def it_takes_the_number_before_what_the_file_is_for_a_code(self, rest):
        for county in COUNTIES:
            for name in (f"{county.code} {rest}.csv", f"Lst{county.code} {rest}.csv"):
                assert county_in(name, COUNTIES) == county.code, name
            assert county_in(f"{county.code}_{rest}.xlsx".upper(), COUNTIES) == county.code

    @pytest.mark.parametrize("number", ["12", "14", "19", "25"])
    @pytest.mark.parametrize("first", ["huvudbok", "hb", "utdrag", "Agresso"])
    def it_takes_none_where_what_it_may_be_of_comes_later(self, number, first):
        others = [one for one in COUNTIES if one.code != number]
        for word in (
            *MONTHS,
            *(month[:3] for month in MONTHS),
            *COUNTED[:-3],
            "del 2",
            "VG",
            "Sthlm",
            "Jönk",
        ):
            for form in ("{} {} {}", "{}_{}_{}", "{} {} {} 2020", "{} {} Anna {}", "{} {} jan-{}"):
                if not (word in ("dec", "december") and "jan" in form):
                    assert county_in(f"{form.format(number, first, word)}.csv", COUNTIES) is None, (
                        word
                    )
        for other in others:
            for shown in (other.label, other.label[:4], f"{other.label}s län"):
                name = f"{number} {first} {shown}.csv"
                assert county_in(name, COUNTIES) in (None, *_alike(shown, number)), name

    def it_takes_the_countys_name_behind_any_number_of_something(self):
        assert county_in("31 december Skåne.csv", COUNTIES) == "12"
        assert county_in("12 december Skåne.csv", COUNTIES) == "12"
        assert county_in("25 januari Skåne.csv", COUNTIES) is None

    @pytest.mark.parametrize("name", ["05 Gotland.csv", "12 Ostergotland.csv", "13_Skåne.xlsx"])
    def it_asks_where_the_code_and_the_name_differ(self, name):
        assert county_in(name, COUNTIES) is None

    def it_knows_every_county_by_each_of_its_names_also_without_marks(self):
        for county in COUNTIES:
            for form in (county.name, county.label, f"{county.code}-{county.name}"):
                bare = form.translate(str.maketrans("ÅÄÖåäö", "AAOaao"))
                for name in (form, form.upper(), bare, form.replace(" ", "_"), f"utdrag {bare}"):
                    assert county_in(f"{name}.csv", COUNTIES) == county.code, name

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("Ale.csv", "1440"),
            ("Ales huvudbok.csv", "1440"),
            ("Kalender finale.csv", None),
            ("Habo.csv", "0643"),
            ("Håbo.csv", "0305"),
            ("0305 Habo.csv", "0305"),
            ("0643 Habo.csv", "0643"),
            ("HÅBO och Täby.csv", None),
            ("0160 Habo.csv", None),
            ("Upplands Bro.csv", "0139"),
            ("Bro.csv", "0128"),
        ],
    )
    def it_keeps_short_and_like_names_apart(self, name, code):
        assert county_in(name, PLACES) == code

    def it_tells_the_agency_of_a_file_whose_code_and_name_differ(self):
        name = "05 Gotland.csv"
        ledger = read_ledger(
            b"Konto;Vht;Belopp\n4110;PM;100,00\n", name, read_chart(YEAR), COUNTIES
        )
        found = ledger_findings(YEAR, name, ledger)
        assert (ledger.county, ledger.county_by) == (None, "")
        assert next(one.code for one in found) == "HUVUDBOK-LAN"
