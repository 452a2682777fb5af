"""What county boards hand on to each other: both ends matched, counted once, and told where only one
end shows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.export.small import results_of, small_dataset, written
from tests.ledger.layouts import CHART, YEAR
from tests.ledger.transfers_oracle import NAMES, made
from toolkit.analysis.transfers import transfers
from toolkit.export.finance.transfers import write_transfers
from toolkit.ledger.files import read_ledger
from toolkit.ledger.owners import LedgerMap, OwnerEntry, as_told
from toolkit.ledger.proof import proved

COUNTIES = YEAR.spec.counties
HEADS = "Konto;Verksamhetskod;Anslagspost;Motpart;Belopp"
GIVER = ("7711;PM;ap.4;Länsstyrelsen i Skåne län;500,25", "4110;PM;ap.4;;100,00")
RECEIVER = ("3511;PM;bidrag;Länsstyrelsen i Örebro län;-500,25", "4110;PM;ap.4;;480,00")


def book(county, *rows, heads=HEADS, chart=CHART):
    data = "\n".join([heads, *rows]).encode()
    return proved(YEAR, read_ledger(data, f"{county} a.csv", chart, COUNTIES))


def found(**books):
    return transfers(YEAR.spec, {county.lstrip("c"): one for county, one in books.items()})


def as_read(county, text, turned):
    """An extract, with the sign that lan.csv tells."""
    name = f"{county} a.csv"
    told = LedgerMap({name: OwnerEntry("", turned=county in turned, signed=True)})
    return as_told(read_ledger(text.encode(), name, CHART, COUNTIES), told)


class DescribeGeneratedYears:
    @pytest.mark.parametrize("start", range(0, 1000, 250))
    def it_agrees_with_the_count_by_hand(self, start):
        for seed in range(start, start + 250):
            files, turned, wanted = made(seed)
            books = {code: as_read(code, text, turned) for code, text in files.items()}
            told = {
                (one.giver, one.receiver): (one.given, one.received, one.once, one.state.value)
                for one in transfers(YEAR.spec, books)
            }
            assert told == wanted, seed


class DescribeATransfer:
    def it_is_matched_when_both_ends_show(self):
        (one,) = found(c18=book("18", *GIVER), c12=book("12", *RECEIVER))
        assert (one.giver, one.receiver) == ("18", "12")
        assert (one.given, one.received, one.once) == (Decimal("500.25"),) * 2 + (
            Decimal("500.25"),
        )
        assert one.state.value == "lika" and not one.asks

    def it_is_told_when_only_the_giver_shows_it(self):
        (one,) = found(c18=book("18", *GIVER), c12=book("12", *RECEIVER[1:]))
        assert (one.received, one.once, one.state.value, one.asks) == (0, 0, "bara_givare", True)

    def it_is_not_asked_about_when_the_other_extract_cannot_tell(self):
        silent = book("12", "4110;PM;ap.4;480,00", heads="Konto;Verksamhetskod;Anslagspost;Belopp")
        for other in (silent, replace(book("12", *RECEIVER), doubts=("summa",)), None):
            books = {"c18": book("18", *GIVER)} | ({"c12": other} if other else {})
            (one,) = found(**books)
            assert (one.received, one.state.value, one.asks) == (None, "oklart", False)

    def it_may_differ_by_what_roundings_in_tkr_take(self):
        heads = HEADS.replace("Belopp", "Belopp (tkr)")
        rounded = book("12", "3511;PM;bidrag;Lst Örebro;-0,5", "4110;PM;ap.4;;480,0", heads=heads)
        (one,) = found(c18=book("18", *GIVER), c12=rounded)
        assert (one.received, one.state.value) == (500, "lika")

    def it_is_found_in_sie_by_the_name_of_the_dimension(self):
        sie = (
            '#FLAGGA 0\n#FNAMN "Länsstyrelsen i Örebro län"\n#DIM 7 Verksamhet\n#DIM 11 Motpart\n#VER A 1 20200301 x\n{\n'
            '#TRANS 7711 {7 PM 11 "202100-2346"} 500.25\n#TRANS 1930 {11 "202100-2346"} -500.25\n}\n'
        )
        giver = read_ledger(sie.encode(), "18.se", CHART, COUNTIES)
        (one,) = found(c18=giver, c12=book("12", *RECEIVER))
        assert one.state.value == "lika"

    def it_may_be_told_by_the_accounts_of_the_chart(self):
        given = next(kind for kind in CHART.kinds if kind.first == "7711")
        others = tuple(kind for kind in CHART.kinds if kind is not given)
        chart = CHART.model_copy(
            update={"kinds": (*others, given.model_copy(update={"counterpart": "12"}))}
        )
        row = GIVER[0].replace("Länsstyrelsen i Skåne län", "")
        (one,) = found(c18=book("18", row, chart=chart), c12=book("12", *RECEIVER))
        assert (one.given, one.state.value) == (Decimal("500.25"), "lika")

    def it_is_none_with_a_region_a_municipality_or_itself(self):
        rows = [
            f"7711;PM;ap.4;{who};1,00"
            for who in ("Region Skåne", "Polisen Skåne", "Örebro kommun", "Lst Örebro", "12 tim")
        ]
        assert found(c18=book("18", *rows), c12=book("12", *RECEIVER[1:])) == []


class DescribeTheSheet:
    def it_counts_the_money_once(self):
        books = {"18": book("18", *GIVER), "12": book("12", *RECEIVER)}
        results = results_of(small_dataset(counties=("12", "18")), ledgers=books)
        page = written(results, write_transfers)["Överföringar"]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
        assert rows[1][:6] == ["18", "Örebro", "12", "Skåne", 500.25, 500.25]
        assert rows[1][8] == "Båda visar samma belopp."
        labels = {row[0]: row for row in rows if isinstance(row[0], str)}
        assert "Kostnader enligt utdragen" in labels and "Räknat en gång" in labels

    def it_says_when_there_are_none(self):
        results = results_of(
            small_dataset(counties=("12",)), ledgers={"12": book("12", RECEIVER[1])}
        )
        page = written(results, write_transfers)["Överföringar"]
        told = [cell.value for row in page.iter_rows() for cell in row if cell.value]
        assert "Inga överföringar mellan länsstyrelser syns i utdragen." in told


def it_names_five_counties_in_the_oracle():
    labels = {code.code: code.label for code in COUNTIES}
    assert all(labels[code] == f"{name} län" for code, name in NAMES.items())
