"""ledgers/lan.csv: whose an extract is and which sign it has, told by the agency where the file does not say."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.analysis.appropriations import Series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.results import YearResults
from toolkit.export.finance.workbook import write_finance
from toolkit.ledger.owners import OwnerEntry, Wrong, read_map
from toolkit.spec.load import load_year
from toolkit.year.ledgers import read_ledgers
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
HEAD = "Konto;Belopp;Verksamhetskod\n"


@pytest.fixture
def put(tmp_path):
    """Reads ledgers that lie in a working folder: `put({"a.csv": …})`."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    folder = tmp_path / "inputs/2020/ledgers"
    folder.mkdir(parents=True)

    def lay(files):
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        return read_ledgers(Workspace(tmp_path, 2020), YEAR)

    return lay


def told(text, files=("a.csv", "b.csv"), encoding="utf-8"):
    return read_map(text.encode(encoding), YEAR.spec.counties, files)


class DescribeTheMap:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("mark", [";", "\t", ","])
    def it_reads_what_excel_saves(self, mark, encoding):
        found = told(
            "fil;länskod;tecken\na.csv;12;-\n;;\nB.CSV;1;\n".replace(";", mark), encoding=encoding
        )
        assert (found.told, found.wrong) == (
            {"a.csv": OwnerEntry("12", True, True), "b.csv": OwnerEntry("01", False)},
            (),
        )

    @pytest.mark.parametrize(
        ("sign", "turned"),
        [
            ("", False),
            ("+", False),
            ("plus", False),
            ("-", True),
            ("−", True),
            ("Minus", True),
            ("omvänt", True),
        ],
    )
    def it_knows_a_sign_however_it_is_written(self, sign, turned):
        assert told(f"Fil;Länskod;Tecken\na.csv;12;{sign}\n").told == {
            "a.csv": OwnerEntry("12", turned, bool(sign))
        }

    def it_needs_no_column_for_the_sign(self):
        assert told("fil;lanskod\na.csv;12\n").told == {"a.csv": OwnerEntry("12", False)}

    @pytest.mark.parametrize(
        ("text", "wrong"),
        [
            ("", Wrong(1, "karta_rubrik", "")), ("a.csv;12\n", Wrong(1, "karta_rubrik", "a.csv; 12")),
            ("fil;länskod\nc.csv;12\n", Wrong(2, "karta_fil", "c.csv")),
            ("fil;länskod\n\na.csv;02\n", Wrong(3, "karta_lan", "02")),
            ("fil;länskod\na.csv;Skåne\n", Wrong(2, "karta_lan", "Skåne")),
            ("fil;länskod\na.csv;\n", Wrong(2, "karta_lan", "")),
            ("fil;länskod;tecken\na.csv;12;x\n", Wrong(2, "karta_tecken", "x")),
            ("fil;länskod\na.csv;12\nA.csv;14\n", Wrong(3, "karta_dubbel", "A.csv")),
        ],
    )  # fmt: skip
    def it_names_the_line_that_it_cannot_use(self, text, wrong):
        assert told(text).wrong == (wrong,)


class DescribeLedgersWithAMap:
    def it_gives_the_county_that_the_file_does_not_say(self, put):
        files = {"a.csv": HEAD + "5410;100,50;PM\n", "lan.csv": "fil;länskod\na.csv;12\n"}
        ledgers, findings = put(files)
        assert (ledgers["12"].control, ledgers["12"].county_by, findings) == (
            Decimal("100.50"),
            "karta",
            [],
        )

    def it_goes_before_the_name_of_the_file(self, put):
        ledgers, _ = put(
            {"14 a.csv": HEAD + "5410;1;PM\n", "lan.csv": "fil;länskod\n14 a.csv;12\n"}
        )
        assert list(ledgers) == ["12"]

    def it_turns_the_sign_of_every_sum(self, put):
        body = HEAD + "5410;-100,50;PM\n7310;20,25;VN\n1930;7,00;\nSumma;-73,25;\n"
        ledgers, findings = put({"12 a.csv": body, "lan.csv": "fil;länskod;tecken\n12 a.csv;;-\n"})
        ledger = ledgers["12"]
        assert ledger.sums == {("PM", "KÖP"): Decimal("100.50"), ("VN", "BID"): Decimal("-20.25")}
        assert (ledger.control, ledger.total, ledger.stated, ledger.missing) == (
            Decimal("80.25"), Decimal("73.25"), Decimal("73.25"), 0,
        )  # fmt: skip
        assert (ledger.county_by, ledger.turned, findings) == ("namn", True, [])

    REFUNDED = "5410;-100,00;PM\n5010;-50,00;PM\n7310;400,00;VN\n"

    def it_is_asked_about_where_most_costs_are_below_zero_and_the_sum_is_above(self, put):
        ledgers, findings = put({"12 a.csv": HEAD + self.REFUNDED})
        assert ledgers["12"].doubts == ("vant",)
        assert [one.code for one in findings] == ["HUVUDBOK-OANVAND"]
        assert "kolumnen tecken" in findings[0].message

    @pytest.mark.parametrize(("sign", "paid"), [("-", 100), ("+", -100)])
    def it_is_used_as_it_is_told_whatever_it_comes_to(self, put, sign, paid):
        told = f"fil;länskod;tecken\n12 a.csv;;{sign}\n"
        ledgers, findings = put({"12 a.csv": HEAD + self.REFUNDED, "lan.csv": told})
        assert (ledgers["12"].doubts, findings) == ((), [])
        assert ledgers["12"].sums["PM", "KÖP"] == paid

    def it_says_what_in_the_map_could_not_be_used(self, put):
        _, findings = put({"lan.csv": "fil;länskod\na.csv;12\n"})
        assert [(finding.code, finding.message) for finding in findings] == [
            ("HUVUDBOK-KARTA", "Rad 2 i filen lan.csv kan inte användas: filen ”a.csv” finns inte i mappen."),
        ]  # fmt: skip

    def it_does_not_forget_a_second_ledger_of_a_county_in_silence(self, put):
        ledgers, findings = put(
            {"12 a.csv": HEAD + "5410;1;PM\n", "12 b.csv": HEAD + "5410;2;PM\n"}
        )
        assert (ledgers["12"].file, [(one.code, one.file) for one in findings]) == (
            "12 b.csv", [("HUVUDBOK-DUBBEL", "12 a.csv")],
        )  # fmt: skip

    def it_shows_columns_county_and_sign_in_ekonomi_xlsx(self, put, example):
        files = {
            "a.csv": "Kontonr;Saldo;Vht\n5410;-100;PM\n",
            "lan.csv": "fil;länskod;tecken\na.csv;12;-\n",
        }
        ledgers, _ = put(files)
        verdicts = earmark_verdicts(example, YEAR.spec.earmarks[0])
        data = write_finance(YearResults(example, verdicts, Series(()), ledgers=ledgers))
        row = openpyxl.load_workbook(io.BytesIO(data))["Så lästes huvudboken"][5]
        assert [cell.value for cell in row][10:13] == [
            "Konto: Kontonr; Belopp: Saldo; Verksamhetskod: Vht", "lan.csv",
            "Omvänt i filen. Här är kostnader plusbelopp.",
        ]  # fmt: skip


class DescribeSeveralExtractsOfACounty:
    def it_adds_one_for_each_code(self, put):
        files = {"12 Skåne PM.csv": HEAD + "5410;1;PM\n", "12 Skåne VN.csv": HEAD + "5410;2;VN\n"}
        ledgers, findings = put(files)
        assert ledgers["12"].by_code() == {"PM": 1, "VN": 2}
        assert [one.code for one in findings] == ["HUVUDBOK-DELAR"]

    def it_does_not_add_one_that_lacks_the_posts_of_the_other(self, put):
        posted = "Anslagspost;" + HEAD + "ap.4;5410;1;PM\nap.4;4110;5;PM\n"
        ledgers, findings = put({"12 a.csv": posted, "12 b.csv": HEAD + "5410;1;PM\n4110;5;PM\n"})
        assert not ledgers["12"].used
        assert [one.code for one in findings] == ["HUVUDBOK-DUBBEL"]

    def it_adds_salaries_and_the_rest(self, put):
        files = {
            "12 Skåne löner.csv": HEAD + "4110;1;PM\n",
            "12 Skåne drift.csv": HEAD + "5410;2;PM\n5010;3;PM\n",
        }
        ledgers, findings = put(files)
        assert (ledgers["12"].control, [one.code for one in findings]) == (6, ["HUVUDBOK-DELAR"])

    def it_uses_halves_of_a_year_that_say_so_when_their_rows_tell_the_days(self, put):
        files = {
            f"12 Skåne {half}.csv": f"Period: 2020{first:02} - 2020{first + 5:02}\nDatum;{HEAD}"
            + "".join(f"2020-{month:02}-01;5410;1;PM\n" for month in range(first, first + 6))
            for half, first in (("a", 1), ("b", 7))
        }
        ledgers, findings = put(files)
        assert (ledgers["12"].control, ledgers["12"].doubts) == (12, ())
        assert [one.code for one in findings] == ["HUVUDBOK-DELAR"]

    def it_does_not_use_parts_that_lack_the_end_of_the_year(self, put):
        files = {
            f"12 Skåne {code}.csv": f"Datum;{HEAD}"
            + "".join(f"2020-{month:02}-01;5410;1;{code}\n" for month in range(1, 7))
            for code in ("PM", "VN")
        }
        ledgers, findings = put(files)
        assert ledgers["12"].doubts == ("period",)
        assert [one.code for one in findings] == ["HUVUDBOK-DELAR", "HUVUDBOK-PERIOD"]


class DescribeAMapThatSaysThatAnExtractIsWhole:
    HALF = f"Datum;{HEAD}" + "".join(f"2020-{month:02}-01;5410;1;PM\n" for month in range(1, 7))

    def it_is_asked_for_where_the_rows_end_early(self, put):
        ledgers, findings = put({"12 a.csv": self.HALF})
        assert (ledgers["12"].doubts, [one.code for one in findings]) == (
            ("period",),
            ["HUVUDBOK-PERIOD"],
        )
        assert "kolumnen hel" in findings[0].message

    def it_is_taken_at_its_word(self, put):
        ledgers, findings = put(
            {"12 a.csv": self.HALF, "lan.csv": "fil;länskod;hel\n12 a.csv;;ja\n"}
        )
        assert (ledgers["12"].doubts, findings) == ((), [])

    def it_says_what_it_did_not_understand(self, put):
        _, findings = put(
            {"12 a.csv": HEAD + "5410;1;PM\n", "lan.csv": "fil;länskod;hel\n12 a.csv;;kanske\n"}
        )
        assert [one.code for one in findings] == ["HUVUDBOK-KARTA"]
        assert "varken ja eller nej" in findings[0].message
