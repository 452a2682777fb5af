"""That nobody has done a thing is said only where nothing else in the same report says otherwise, and examples are of what is counted."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, money_of
from tests.datasets import mapping_of, with_tables
from tests.report.oracle import contradictions
from tests.report.test_headings import data_with, report_of, sections_of  # noqa: F401
from toolkit.analysis.coherence import chains
from toolkit.report.facts import Facts
from toolkit.report.gate import gate_remarks
from toolkit.report.wording import Wording

AREA = {"valdsform": "PMH"}


def bare(year, text="Något annat.", indicators=()):
    """A year in which everyone has written of the area, and nobody has given an answer that a chapter counts."""
    data = data_with(year, 20, 20)
    rows = {}
    for table, told in {
        "lagesbild": {"perspektiv": ("U",), "malgrupp": ("KVI",), "arena": "GATA", "analys_hbtq": "NEJ", "analys_funktion": "NEJ", "beskrivning": "Läget."},
        "aktiviteter": {"typ": "RES", "samverkan": ("SIS",), "yrkesgrupp": ("SOC",), "perspektiv": "U", "status": "PÅ", "belagg": None, "resultat": None, "uppfoljning_metod": "INGEN", "malgrupp": ("KVI",), "rubrik": "Något", "beskrivning": "Något."},
        "indikatorer": {"indikator": "1", "varde": Decimal(1), "kommentar": None},
    }.items():  # fmt: skip
        rows[table] = [{**mapping_of(data, table, row), **told} for row in data.rows(table)]
    for table, field in (("lagesbild", "beskrivning"), ("aktiviteter", "beskrivning"), ("indikatorer", "kommentar")):  # fmt: skip
        rows[table][0][field] = text
    first = rows["indikatorer"][0]
    rows["indikatorer"] += [{**first, "id": f"J{code}", "indikator": code, "varde": Decimal(70), "rad": 20 + n, "kommentar": None} for n, code in enumerate(indicators)]  # fmt: skip
    return with_tables(data, **rows)


def said_of_none(report):
    """The sentences that say a thing of none, and no more."""
    text = " ".join(told for _, told in sections_of(report).values())
    every = re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text)
    return [
        one
        for one in every
        if re.search(r"(?i)\bingen (länsstyrelse|av de)\b", one)
        and not re.search(", men .* (nämner|redovisar tal)", one)
    ]


@pytest.fixture
def asked_of_none(report_of, monkeypatch):  # noqa: F811
    """What was asked where the report says that nobody has answered so."""

    def of(data):
        found, own = [], Facts.phrase

        def noting(facts, counties, *named):
            if not counties and counties.asked:
                found.append(counties.asked)
            return own(facts, counties, *named)

        with monkeypatch.context() as patch:
            patch.setattr(Facts, "phrase", noting)
            report_of(data)
        return found

    return of


class DescribeWhatIsSaidOfNone:
    def it_names_words_that_speak_against_it(self, year, asked_of_none):
        entries = year.texts("rapport").entries
        asked = [*asked_of_none(bare(year)), *asked_of_none(data_with(year, 0, 20))]
        found = set()
        for table, wanted in asked:
            about = {field: codes for field, codes in wanted.items() if len(wanted) == 1 or field not in AREA}  # fmt: skip
            for field, codes in about.items():
                for code in codes if isinstance(codes, list) else [codes]:
                    if not isinstance(code, bool):
                        assert entries.get(f"motsagelser.{table}.{field}.{code}"), (table, field, code)  # fmt: skip
                        found.add((table, field, code))
        assert len(found) >= 39

    def it_has_words_for_answers_that_there_are(self, year):
        for key in year.texts("rapport").entries:
            kind, *address = key.split(".")
            if kind in {"motsagelser", "motsagelser_tal"}:
                table, field, code = address
                asked = year.spec.tables[table].by_id[field]
                assert code in year.spec.lists[asked.list].by_code, key
        indicators = year.spec.lists["indikator"].by_code
        told = {key: text for key, text in year.texts("rapport").entries.items() if key.startswith("motsagelser_tal.")}  # fmt: skip
        assert all(code in indicators for text in told.values() for code in text.split())

    def it_is_not_said_where_a_county_writes_of_it(self, year, report_of):  # noqa: F811
        plain = bare(year)
        assert len(said_of_none(report_of(plain))) > 15
        words = [text for key, text in year.texts("rapport").entries.items() if key.startswith("motsagelser.")]  # fmt: skip
        told = " ".join(text.split()[0].replace("_", " ") for text in words)
        data = bare(year, text=f"{told} regionen andra länsstyrelser idéburen")
        report = report_of(data)
        left = said_of_none(report)
        assert all(re.search("kedja|mål som går att följa|målvärde|resultat", one) for one in left), left  # fmt: skip
        assert contradictions(report, data) == []
        assert not any(heading.endswith(("redovisas inte", "redovisas")) for heading, _ in sections_of(report).values())  # fmt: skip

    def it_is_not_said_where_a_county_counts_it(self, year, report_of):  # noqa: F811
        data = bare(year, indicators=("3", "4", "7", "10", "11", "12", "23", "24"))
        report = report_of(data)
        left = " ".join(said_of_none(report))
        for said in ("samtalsstöd", "insatsvecka", "kampanj", "kartläggning", "vänder sig till skolan", "riktar sig till köpare"):  # fmt: skip
            assert said not in left
        assert contradictions(report, data) == []

    def it_is_asked_before_it_is_printed(self, year, report_of):  # noqa: F811
        data = bare(year, text="Vi har gett samtalsstöd.", indicators=("10",))
        asked = [one.asked for one in gate_remarks(report_of(data), data)]
        found = [one for one in asked if one.startswith("Länens svar säger ett")]
        assert len({one for one in found if "samtalsstöd" in one}) == 1
        assert sum("insatsvecka" in one for one in found) == 1
        quiet = bare(year)
        told = [one.asked for one in gate_remarks(report_of(quiet), quiet)]
        assert [
            one
            for one in told
            if one.startswith(("Länens svar", "Här står")) and "utbildning" not in one
        ] == []


class DescribeTheExamples:
    def it_tells_no_row_that_the_claim_does_not_count(self, year, report_of):  # noqa: F811
        """Of two activities with one title, only one of them turns to schools."""
        data = bare(year)
        rows = [mapping_of(data, "aktiviteter", row) for row in data.rows("aktiviteter")]
        good = {"gott_exempel": "JA", "rubrik": "Skolan", "exempeltext": "har talat med skolans rektorer om köp av sex."}  # fmt: skip
        rows[0] |= {**good, "yrkesgrupp": ("SOC",)}
        rows[1] |= {"rubrik": "Skolan", "yrkesgrupp": ("SKO",)}
        report = report_of(with_tables(data, aktiviteter=rows))
        assert "skolans rektorer" not in sections_of(report)["skola_rattsvasende"][1]
        rows[0] |= {"yrkesgrupp": ("SKO",)}
        report = report_of(with_tables(data, aktiviteter=rows))
        assert "skolans rektorer" in sections_of(report)["skola_rattsvasende"][1]

    def it_quotes_a_text_in_capitals(self, year):
        wording = Wording(year.texts("rapport"))
        assert wording.continued("HAR EN HANDLINGSPLAN") == ""
        assert wording.continued("Har en handlingsplan") == "har en handlingsplan."


class DescribeTheChains:
    def it_starts_from_what_is_seen_of_the_area(self, year):
        data = data_with(year, 4, 5)
        rows = [mapping_of(data, "lagesbild", row) for row in data.rows("lagesbild")]
        rows[0]["valdsform"] = "VNR"
        other = with_tables(data, lagesbild=rows)
        held = [{one.county for one in chains(some, year.spec.earmark) if "lagesbild" in one.steps} for some in (data, other)]  # fmt: skip
        assert held[0] - held[1] == {rows[0]["lan"]}
        facts = Facts(money_of(other), year.texts("rapport"))
        assert facts.coherent() <= facts.counties("lagesbild", **AREA)
        assert CLEAN["lagesbild"][0]["valdsform"] == "PMH"
