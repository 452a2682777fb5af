"""The finance check against an answer sheet calculated by hand, and what must hold for any rows at all."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from conftest import ROOT, said
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.ledger import Chart
from toolkit.ledgerfile import read_ledger
from toolkit.merge import PROVENANCE, merge
from toolkit.reconcile import earmark_verdicts, reconcile, spend_by_code
from toolkit.specfile import load_year, parse
from toolkit.yamlsource import read_yaml

YEAR = load_year(ROOT / "templates", 2020)
CHART = parse(read_yaml((ROOT / "templates/2020/huvudbok.yaml").read_text(encoding="utf-8"), "huvudbok.yaml"), Chart)
COUNTIES = YEAR.spec.counties
HERE = ROOT / "tests/ledgers"
ACCOUNTS = {"PER": "4110", "LOK": "5010", "KÖP": "5410", "RES": "5510", "BID": "7310", "OH": "5990", "ÖVR": "5790"}
CODES = ("801", "HR", "PM", "VF", "VN")
NAMES = {"12": "Skåne", "14": "Västra Götaland", "19": "Västmanland"}


def table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter=";"))


def kr(text):
    return Decimal(text.replace(",", "."))


@pytest.fixture(scope="module")
def gotland(workbook, look):
    """The county of the answer sheet, through template, reading, checks and merge."""
    from conftest import CLEAN

    lines = []
    for row in table("redovisning.csv"):
        line = {**CLEAN["ekonomi"][0], **row, "utfall": kr(row["utfall"]), "budget": Decimal(200_000)}
        line |= {"BID": {"mottagare": "Jouren på Gotland", "slag": "U"}, "OH": {"grund": "ÅA"}}.get(
            row["kostnadsslag"], {}
        )
        lines.append(line)
    sums = {row["namn"]: kr(row["redovisat"]) for row in table("facit.csv")}
    post = {**CLEAN["anslag"][0], "tilldelning": Decimal(200_000)}
    content = {
        **CLEAN,
        "ekonomi": lines,
        "anslag": [{**post, "anslagspost": name, "utgifter": sums[name]} for name in ("ap.1", "ap.4")],
        "huvudbok": [{"verksamhetskod": code, "huvudbok": sums[code]} for code in CODES],
        "sarredovisning": [{"omrade": "PM", "status": "SÄR", "belopp": sums["PM"]}],
    }
    return look(workbook(content, "09"), "Gotland.xlsx")


@pytest.fixture(scope="module")
def ledger():
    path = HERE / "09 Gotland huvudbok.csv"
    return read_ledger(path.read_bytes(), path.name, CHART, COUNTIES)


class DescribeTheAnswerSheet:
    def it_is_a_return_with_nothing_that_blocks(self, gotland):
        assert said(gotland) == [("EKON-MINUS", "Ekonomi!K12")]

    def it_has_the_ledgers_sums_by_code_and_by_kind(self, ledger):
        by_kind: dict[str, Decimal] = {}
        for (_, kind), amount in ledger.sums.items():
            by_kind[kind] = by_kind.get(kind, Decimal(0)) + amount
        expected = {row["namn"]: kr(row["huvudbok"]) for row in table("facit.csv") if kr(row["huvudbok"])}
        found = {**ledger.by_code(), **by_kind}
        assert found == {name: amount for name, amount in expected.items() if not name.startswith("ap.")}

    def it_counts_every_line_of_the_ledger(self, ledger):
        assert (ledger.county, ledger.transactions, ledger.left_out) == ("09", 9, 1)
        assert (ledger.bad_lines, ledger.control) == (((11, "femhundra"),), Decimal("210000.25"))

    def it_finds_the_difference_on_the_sheet_and_no_other(self, gotland, ledger):
        lines = reconcile(merge(YEAR, [gotland]), {"09": ledger})
        found = {line.code: (line.reported, line.ledger, line.difference) for line in lines}
        rows = [row for row in table("facit.csv") if row["del"] == "verksamhetskod"]
        assert found == {row["namn"]: tuple(kr(row[n]) for n in ("redovisat", "huvudbok", "differens")) for row in rows}
        assert [line.code for line in lines if not line.ties] == ["PM"]

    def it_gives_the_verdict_on_the_sheet_and_the_row_that_decides_it(self, gotland):
        verdicts = earmark_verdicts(merge(YEAR, [gotland]), YEAR.spec.earmarks[0])
        verdict = next(one for one in verdicts if one.county == "09")
        assert (verdict.verdict, verdict.own, verdict.traced, verdict.total) == (
            "delvis", Decimal("26499.75"), Decimal(30_000), Decimal("209000.25"),
        )  # fmt: skip
        assert [row["id"] for row in verdict.rows] == ["E6", "E4", "E5", "E7"]


line = st.fixed_dictionaries({
    "lan": st.sampled_from(sorted(NAMES)), "verksamhetskod": st.sampled_from(CODES),
    "kostnadsslag": st.sampled_from(sorted(ACCOUNTS)), "anslagspost": st.sampled_from(["ap.1", "ap.3", "ap.4"]),
    "ore": st.integers(-(10**11), 10**11),
})  # fmt: skip
some_lines = st.lists(line, min_size=1, max_size=25)
delta = st.integers(51, 10**9).flatmap(lambda ore: st.sampled_from([ore, -ore]))  # beyond the tolerance of 0,50 kr


def year_of(example, lines):
    """A year whose sheets Ekonomi hold these lines, for the counties that ledgers come from."""
    names = [*PROVENANCE, *(field.id for field in YEAR.spec.tables["ekonomi"].fields)]
    rows = [
        {**dict.fromkeys(names), **line, "utfall": Decimal(line["ore"]) / 100, "lansnamn": NAMES[line["lan"]], "rad": n}
        for n, line in enumerate(lines, 6)
    ]
    tables = {
        **example.tables,
        "ekonomi": pd.DataFrame(rows, columns=names, dtype=object),
        "huvudbok": example.tables["huvudbok"].iloc[:0],
        "anslag": example.tables["anslag"].iloc[:0],
    }
    return replace(example, tables=tables, counties=tuple(c for c in example.counties if c.code in NAMES))


def ledgers_of(lines):
    """The same lines as the counties' ledger extracts."""
    found = {}
    for code, name in NAMES.items():
        body = "".join(
            f"{n};2020-05-05;{ACCOUNTS[x['kostnadsslag']]};{x['verksamhetskod']};{x['anslagspost']};"
            f"{'-' if x['ore'] < 0 else ''}{abs(x['ore']) // 100},{abs(x['ore']) % 100:02d};text\n"
            for n, x in enumerate(lines)
            if x["lan"] == code
        )
        head = "Verifikationsnummer;Datum;Konto;Verksamhetskod;Anslagspost;Belopp;Text\n"
        found[code] = read_ledger((head + body).encode(), f"{code} {name}.csv", CHART, COUNTIES)
    return found


def off(example, lines, booked):
    """What does not tie, and by how much."""
    found = reconcile(year_of(example, lines), ledgers_of(booked))
    return [(one.county, one.code, one.difference) for one in found if not one.ties]


class DescribeAnyRows:
    @given(lines=some_lines, chance=st.randoms(use_true_random=False))
    def it_gives_the_same_result_in_any_order(self, example, lines, chance):
        mixed, booked = list(lines), list(lines)
        chance.shuffle(mixed)
        chance.shuffle(booked)
        once = reconcile(year_of(example, lines), ledgers_of(lines))
        again = reconcile(year_of(example, mixed), ledgers_of(booked))
        assert once == again
        assert all(one.ties and not one.difference for one in again)

    @given(lines=some_lines)
    def it_loses_and_gains_no_krona(self, example, lines):
        total = Decimal(sum(one["ore"] for one in lines)) / 100
        data, ledgers = year_of(example, lines), ledgers_of(lines)
        found = reconcile(data, ledgers)
        assert sum(one.reported for one in found) == total
        assert sum(one.ledger for one in found) == total
        assert sum(spend_by_code(data).values()) == total
        assert sum(one.control for one in ledgers.values()) == total
        assert sum(one.transactions for one in ledgers.values()) == len(lines)
        verdicts = earmark_verdicts(data, YEAR.spec.earmarks[0])
        assert sum(one.total for one in verdicts) == total

    @given(lines=some_lines, more=delta, where=st.data())
    def it_finds_a_difference_planted_in_the_workbook_there_and_nowhere_else(self, example, lines, more, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + more} if n == place else x for n, x in enumerate(lines)]
        hit = lines[place]
        assert off(example, spoilt, lines) == [(hit["lan"], hit["verksamhetskod"], -Decimal(more) / 100)]

    @given(lines=some_lines, more=delta, where=st.data())
    def it_finds_a_difference_planted_in_the_ledger_there_and_nowhere_else(self, example, lines, more, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + more} if n == place else x for n, x in enumerate(lines)]
        hit = lines[place]
        assert off(example, lines, spoilt) == [(hit["lan"], hit["verksamhetskod"], Decimal(more) / 100)]

    @given(lines=some_lines, other=st.sampled_from(CODES), where=st.data())
    def it_finds_a_line_booked_on_another_code_at_both_codes(self, example, lines, other, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        hit = lines[place]
        moved = [{**x, "verksamhetskod": other} if n == place else x for n, x in enumerate(lines)]
        amount = Decimal(hit["ore"]) / 100
        expected = [(hit["lan"], hit["verksamhetskod"], -amount), (hit["lan"], other, amount)]
        silent = other == hit["verksamhetskod"] or abs(amount) <= Decimal("0.5")
        assert off(example, lines, moved) == ([] if silent else sorted(expected))

    @given(lines=some_lines, cut=st.integers(-(10**9), 10**9), where=st.data())
    @settings(max_examples=50)
    def it_ties_when_the_ledger_has_one_line_in_two_parts(self, example, lines, cut, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        parts = [{**lines[place], "ore": cut}, {**lines[place], "ore": lines[place]["ore"] - cut}]
        assert off(example, lines, [*lines[:place], *parts, *lines[place + 1 :]]) == []

    @given(lines=some_lines, drift=st.integers(-50, 50), where=st.data())
    @settings(max_examples=50)
    def it_lets_half_a_krona_pass_and_not_more(self, example, lines, drift, where):
        place = where.draw(st.integers(0, len(lines) - 1))
        spoilt = [{**x, "ore": x["ore"] + drift} if n == place else x for n, x in enumerate(lines)]
        assert off(example, spoilt, lines) == []
