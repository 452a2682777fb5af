"""huvudbok.yaml, which the agency edits: what is wrong in it is refused, and no county is blamed."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT
from tests.spec.edits import exchange
from toolkit.files.yaml import SpecError
from toolkit.ledger.chart import read_chart, without_accounts
from toolkit.spec.load import load_year
from toolkit.year.inputs import Inputs
from toolkit.year.speccheck import look_through
from toolkit.year.workspace import Workspace

LINES = (ROOT / "templates/2020/huvudbok.yaml").read_text(encoding="utf-8").splitlines()
UNCOUNTED = next(n for n, one in enumerate(LINES) if one.startswith("# Konton som är kända"))
# What stands in the file, what is written instead, the line that is told, and what is said of it.
WRONG = {
    "kind_misspelt": ("kind: PER", "kind: PRE", "kind: PER", "”PRE” är inget kostnadsslag (listan ”kostnadsslag”). Menade ni ”PER”?"),
    "interval_backwards": ('first: "5000", last: "5099"', 'first: "5099", last: "5000"', '"5000"', "Inget konto ligger mellan 5099 och 5000"),
    "intervals_overlap": ('first: "5400"', 'first: "4500"', '"5400"', "Kontona 4500–5499 (KÖP) går in i 4000–4999 (PER) på rad "),
    "lengths_differ": ('first: "5700"', 'first: "570"', '"5700"', "570 och 5789 är olika långa"),
    "no_account": ('first: "5700"', 'first: "57OO"', '"5700"', "”57OO” är inget kontonummer"),
    "uncounted_and_a_cost": ('first: "7611", last: "7612"', 'first: "7711", last: "7712"', 'name: Fonder', "Kontona 7711–7712 ska inte räknas, men några av dem hör till BID under kinds"),
    "column_misspelt": ("  account:", "  acount:", "  account:", "”acount” är ingen del av en transaktion. Menade ni ”account”?"),
    "side_misspelt": ("  debit:", "  debti:", "  debit:", "”debti” är ingen del av en transaktion. Menade ni ”debit”?"),
    "column_gone": ("  code: [verksamhetskod, verksamhet, vht, verksamhetsnr]\n", "", "columns:", "Kolumnen ”code” saknas under columns"),
    "column_of_no_heading": ("[belopp, belopp (kr), belopp i kr, utfall]", "[]", "  amount:", "Kolumnen ”amount” har ingen rubrik"),
    "heading_of_two": ("[anslagspost, anslag/anslagspost, finansiering]", "[Konto, anslagspost]", "  post:", "Rubriken ”Konto” står både för account och post"),
    "heading_in_kr_and_tkr": ("tkr]", "utfall]", "thousands:", "Rubriken ”utfall” står både för amount och thousands"),
    "unknown_key": ("totals:", "totls:", "totals:", "Menade ni ”totals”?"),
    "dimension_that_is_no_number": ('code_dimension: "7"', "code_dimension: sju", "code_dimension", "”sju” är inget nummer på en dimension"),
    "uncounted_and_two_costs": ('first: "7611", last: "7612"', 'first: "7310", last: "7712"', 'name: Fonder', "Kontona 7310–7712 ska inte räknas, men några av dem hör till BID under kinds"),
    "uncounted_and_costs_of_two_kinds": ('first: "7611", last: "7612"', 'first: "5911", last: "7712"', 'name: Fonder', "Kontona 5911–7712 ska inte räknas, men några av dem hör till ÖVR, OH och BID under kinds"),
    "sum_that_is_a_code": ("totals: [", "totals: [pm, ", "totals:", "”pm” under totals är en kod i listan ”verksamhetskod” eller dess namn. Raderna med den skulle inte räknas."),
    "balance_that_is_a_kind": ("balances: [", "balances: [Lokaler, ", "balances:", "”Lokaler” under balances är en kod i listan ”kostnadsslag” eller dess namn."),
    "sum_and_balance": ("balances: [", "balances: [Summa, ", "balances:", "”Summa” står både under totals och under balances."),
    "empty_word": ("totals: [", "totals: ['  ', ", "totals:", "Ett ord under totals är tomt."),
    "sum_that_is_a_number": ("totals: [", "totals: [010, ", "totals:", "”värde 1” i ”totals” ska vara en text, men är talet 010. Sätt citattecken runt det."),
    "received_and_a_cost": ('first: "7411", last: "7419"}\n#', 'first: "7411", last: "7719"}\n#', "last: \"7419\"}", "Kontona 7411–7719 står under received, men några av dem hör till BID under kinds."),
    "counterpart_that_is_no_county": ('{county: "01"', '{county: "02"', 'county: "01"', "”02” är inget läns kod."),
    "counterpart_of_a_range": ('last: "7979", kind: BID', 'last: "7979", kind: BID, counterpart: "99"', 'last: "7979"', "”99” är inget läns kod."),
    "not_booked_and_unknown": ('code_dimension: "7"', 'not_booked: [PRE]\ncode_dimension: "7"', "code_dimension", "”PRE” är inget kostnadsslag (listan ”kostnadsslag”). Menade ni ”PER”?"),
    "not_booked_and_booked": ('code_dimension: "7"', 'not_booked: [PER]\ncode_dimension: "7"', "code_dimension", "Kostnadsslaget ”PER” står under not_booked, men har konton under kinds (4000–4999)."),
    "no_kinds": (LINES[LINES.index("kinds:")] + "\n" + "\n".join(LINES[LINES.index("kinds:") + 1 : UNCOUNTED]), "kinds: []", "kinds:", "Inga konton är utgifter"),
}  # fmt: skip


@pytest.fixture
def wrong(tmp_path):
    """What is said of a chart in which a text is exchanged."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / "templates/2020/huvudbok.yaml"

    def read(old, new, year=2020):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(SpecError) as caught:
            read_chart(load_year(tmp_path / "templates", year))
        return str(caught.value).split("\n")

    return read


WITHOUT = {
    "no_accounts": ('  - {first: "4000", last: "4999", kind: PER}\n', "", ["PER"]),
    "another_kind": ('last: "4999", kind: PER', 'last: "4999", kind: ÖVR', ["PER"]),
    "not_booked": ('  - {first: "4000", last: "4999", kind: PER}\n', "", None),
    "one_of_several_intervals": ('  - {first: "5200", last: "5399", kind: ÖVR}\n', "", []),
}  # fmt: skip


class DescribeAKindWithoutAccounts:
    @pytest.mark.parametrize("name", WITHOUT)
    def it_is_told_by_spec_check(self, templates, name):
        old, new, kinds = WITHOUT[name]
        path = templates / "2020/huvudbok.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        text = text.replace(old, "" if kinds is None else new, 1)
        path.write_text(text + ("not_booked: [PER]\n" if kinds is None else ""), "utf-8")
        told = look_through(Inputs(Workspace(templates.parent, 2020)))
        found = [dict(one.parts) for one in told if one.kind == "slag_utan_konto"]
        file = "templates/2020/huvudbok.yaml"
        assert found == [{"fil": file, "kod": kind, "namn": "Personal"} for kind in kinds or []]
        assert all(one.wrong for one in told if one.kind == "slag_utan_konto")

    def it_is_not_asked_for_a_kind_that_is_not_valid_this_year(self, templates):
        exchange(templates, '      - "PER Personal"', "      - {code: PER, label: Personal, valid_to: 2019}")  # fmt: skip
        chart = read_chart(load_year(ROOT / "templates", 2020))
        kept = tuple(kind for kind in chart.kinds if kind.kind != "PER")
        spec = load_year(templates, 2020).spec
        assert not list(without_accounts(chart.model_copy(update={"kinds": kept}), spec))


class DescribeTheChartOfAccounts:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_refused_with_file_line_and_reason(self, wrong, name):
        old, new, near, reason = WRONG[name]
        [told] = [line for line in wrong(old, new) if reason in line]
        line = next(number for number, one in enumerate(LINES, 1) if near in one)
        assert told.startswith(f"templates/2020/huvudbok.yaml, rad {line}: ")

    def it_tells_several_at_once(self, wrong):
        assert len(wrong('4999", kind: PER', '3999", kind: PRE')) == 2

    def it_names_the_file_that_a_later_year_has_from_an_earlier(self, wrong):
        assert wrong("kind: PER", "kind: PRE", 2021)[0].startswith("templates/2020/huvudbok.yaml")

    def it_is_told_by_its_name_when_it_is_empty(self, wrong):
        told = wrong("\n".join(LINES) + "\n", "")
        assert told[0] == "templates/2020/huvudbok.yaml, rad 1: Filen är tom."

    @pytest.mark.parametrize("year", [2020, 2021])
    def it_has_no_fault_as_shipped(self, year):
        chart = read_chart(load_year(ROOT / "templates", year))
        assert chart.kind_of("4010") == "PER"

    def it_may_name_further_columns_of_the_agencys_own(self, tmp_path):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        path = tmp_path / "templates/2020/huvudbok.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("  post:", "  projekt: [projekt, projektnr]\n  post:"), "utf-8"
        )
        assert "projekt" in read_chart(load_year(tmp_path / "templates", 2020)).columns
