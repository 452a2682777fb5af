"""The text is true and whole whatever the data are, and every number in it comes from them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import ROOT, money_of
from tests.datasets import frame_of, with_tables
from tests.report.oracle import contradictions
from toolkit.analysis.appropriations import AppropriationFigure as Amount
from toolkit.analysis.appropriations import Series
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import reconcile
from toolkit.analysis.states import TableState
from toolkit.ledger.entries import Ledger
from toolkit.report import write_report
from toolkit.report.blocks import Figure, Heading, Note, Paragraph, Text

CHAPTERS = sorted((ROOT / "templates/2020/report").glob("*.md.j2"))
COUNTS = (21, 20, 19, 2, 1, 0)
SMALL = "två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv"


def words_of(block):
    if isinstance(block, Heading):
        return block.text
    runs = block.runs if isinstance(block, Paragraph) else ()
    return "".join(
        run.text if isinstance(run, Text) else "" if isinstance(run, Note) else run.kind
        for run in runs
    )


def section(report, name):
    """The heading and the passages of a section by its name."""
    found, inside = [], False
    for block in report.blocks:
        inside = block.name == name if isinstance(block, Heading) else inside
        found += [words_of(block).replace("\u00a0", " ")] if inside else []
    return [text for text in found if text]


@pytest.fixture(scope="module")
def reports(year, example_returns):
    """The report with so many counties; the one with errors and the one with nothing to report go last."""
    left = sorted(example_returns, key=lambda found: found.submission.county in {"09", "10"})
    return {count: write_report(money_of(merge(year, left[:count]))) for count in COUNTS}


class DescribeTheTextWithAnyNumberOfCounties:
    @pytest.mark.parametrize("count", COUNTS)
    def it_is_whole(self, reports, count):
        for text in map(words_of, reports[count].blocks):
            assert not re.search(r"  |None|Missing|\{|\}| [.,]|\.\.[^)]|undefined|\[\[", text), text
            assert not re.match(r"[a-zåäö].*\.$", text) or text.startswith(
                ("tabell", "figur", "regional")
            ), text

    @pytest.mark.parametrize("count", COUNTS)
    def it_says_nothing_that_no_swede_would_say(self, reports, count):
        for text in map(words_of, reports[count].blocks):
            assert not re.search(
                r"(?i)ingen länsstyrelse har minst|samtliga \d\b|\bnoll av de", text
            ), text
            assert not re.search(
                r"(?i)länsstyrelserna \w+ har inte|\b(1|en) (aktiviteter|län|mål)\b", text
            ), text

    @pytest.mark.parametrize("count", COUNTS)
    def it_names_no_more_counties_than_there_are(self, reports, count):
        said = " ".join(map(words_of, reports[count].blocks))
        bases = [int(base) for base in re.findall(r"av de (\d+) som redovisat", said)]
        assert all(base <= count for base in bases)
        for some, base in re.findall(r"\((\d+) av de (\d+) som redovisat\)", said):
            assert 2 <= int(some) < int(base)

    @pytest.mark.parametrize("name", ["verksamhet", "iakttagelser"])
    def it_does_not_take_what_is_not_known_for_nothing_done(self, reports, name):
        assert section(reports[0], name)[1].endswith(
            "betyder därför att uppgifter saknas, inte att inget har gjorts."
        )
        # Of one county the chapter says what it is made of, and nothing of what is not known.
        [_, base] = section(reports[1], name)
        assert "bygger på" in base and "betyder därför" not in base

    def it_gives_no_examples_of_what_no_county_has_done(self, reports):
        said = " ".join(map(words_of, reports[0].blocks))
        assert "Till exempel" not in said
        assert "Därutöver" not in said

    def it_makes_the_headings_say_what_the_data_show(self, reports):
        headings = {
            count: [b.text for b in reports[count].blocks if isinstance(b, Heading)]
            for count in COUNTS
        }
        assert "Utveckling av samverkansstrukturer ger resultat" in headings[21]
        assert "Samverkansstrukturer" in headings[0]
        assert "Mål, insatser och indikatorer hänger ihop i flertalet län" in headings[19]
        assert "Mål, insatser och indikatorer hänger ihop i ett län" in headings[1]
        assert "Insatser mot upprepat våld" in headings[0]

    def it_counts_those_who_are_missing_instead_of_a_long_list(self, reports):
        notes = [
            "".join(text.text for text in run.runs)
            for block in reports[2].blocks
            if isinstance(block, Paragraph)
            for run in block.runs
            if isinstance(run, Note)
        ]
        assert "Redovisning saknas från 19 av de 21 länsstyrelserna." in notes


class DescribeTheTextOnTheAppropriation:
    @pytest.mark.parametrize(
        ("spent", "expected"),
        [
            ((90, 80), "Länsstyrelserna förbrukade inte hela anslaget 2019 och 2020. Under 2020 förbrukades 80,0 % av "
                       "anslaget."),
            ((110, 120), "Utgifterna var högre än anslaget 2019 och 2020. Under 2020 förbrukades 120,0 % av anslaget."),
            ((110, 80), "Länsstyrelserna förbrukade inte hela anslaget 2020. Utgifterna var högre än anslaget 2019. Under "
                        "2020 förbrukades 80,0 % av anslaget."),
        ],
    )  # fmt: skip
    def it_follows_from_the_series(self, year, spent, expected):
        million = Decimal(1_000_000)
        figures = [Amount(y, "anslag", 100 * million, "Källa", "") for y in (2019, 2020)]
        figures += [
            Amount(y, "utgifter", s * million, "Källa", "")
            for y, s in zip((2019, 2020), spent, strict=True)
        ]
        report = write_report(money_of(merge(year, []), Series(tuple(figures))))
        said = section(report, "resurser")
        assert (
            said[1]
            == "Länsstyrelsernas anslag uppgick till 100 mnkr 2020 jämfört med 100 mnkr 2019."
        )
        assert any(text.startswith(expected) for text in said)

    def it_says_nothing_when_nothing_is_known(self, year):
        report = write_report(money_of(merge(year, []), Series(())))
        said = " ".join(section(report, "resurser"))
        assert "Beloppen har inte jämförts" in said
        assert not re.search(r"nslag(et)? (uppgick|saknas|och utgifter)|0 mnkr|2017", said)


class DescribeTheTextOnTheLedgers:
    def it_says_bokfort_of_nothing_that_no_ledger_shows(self, example_report):
        said = " ".join(map(words_of, example_report.blocks))
        assert not re.search(r"(?i)bokförda|bokförts|deras bokföring", said)
        assert "Beloppen har inte jämförts med några huvudboksutdrag." in said

    def it_names_whose_extracts_there_were_and_who_does_not_tie(self, example):
        booked = {("PM", "KÖP", ""): Decimal(1)}
        ledgers = {"12": Ledger("12.csv", "12", booked, 1, Decimal(1), total=Decimal(1))}
        money = replace(money_of(example), lines=reconcile(example, ledgers))
        (said,) = [
            text
            for text in section(write_report(money), "resurser")
            if "jämförts med huvudboksutdrag" in text
        ]
        assert "Beloppen har jämförts med huvudboksutdrag från länsstyrelsen Skåne." in said
        assert (
            "Hos länsstyrelsen Skåne skiljer sig beloppen från huvudboken eller "
            "anslagsredovisningen." in said
        )


def with_goals_lost(data, *counties):
    """The same data where these counties' goals have errors."""
    states = [
        replace(one, tables={**one.tables, "mal": TableState.BLOCKED})
        if one.code in counties
        else one
        for one in data.counties
    ]
    rows = tuple(row for row in data.rows("mal") if row.county not in counties)
    return replace(data, counties=tuple(states), merged={**data.merged, "mal": rows})


class DescribeTheGoals:
    """Activities whose målsättning is not known are never counted as none."""

    def table_of(self, data):
        report = write_report(money_of(data))
        (found,) = [
            b.table
            for b in report.blocks
            if isinstance(b, Figure) and b.table.id == "malsattningar"
        ]
        assert contradictions(report, data) == []
        return found

    def it_says_whose_activities_are_not_there(self, year, example_returns):
        data = merge(
            year, [one for one in example_returns if one.submission.county in {"03", "12"}]
        )
        whole, part = self.table_of(data), self.table_of(with_goals_lost(data, "12"))
        assert (
            whole.columns[0].note == "Talen omfattar inte 19 länsstyrelser, som inte har redovisat."
        )
        assert part.columns[0].note.startswith("Talen omfattar inte Skåne.")
        numbers = [sum(int(row[1]) for row in table.rows) for table in (whole, part)]
        own = [row for row in data.rows("aktiviteter") if row.county == "03"]
        assert numbers == [len(data.rows("aktiviteter")), len(own)]

    def it_says_nothing_where_no_goal_is_known(self, year, example_returns):
        data = merge(
            year, [one for one in example_returns if one.submission.county in {"03", "12"}]
        )
        table = self.table_of(with_goals_lost(data, "03", "12"))
        assert {cell for row in table.rows for cell in row[1:]} == {".."}
        assert "Uppsala och Skåne" in table.columns[0].note

    def it_counts_the_activities_that_belong_to_none(self, year, example_returns):
        data = merge(year, [one for one in example_returns if one.submission.county == "12"])
        goals = frame_of(data, "mal")
        first = goals.iloc[0]["id"]
        table = self.table_of(with_tables(data, mal=goals[goals["id"] != first]))
        lost = sum(row["mal_id"] == first for row in data.rows("aktiviteter"))
        assert lost
        assert table.columns[0].note.endswith(f"Antal sådana aktiviteter: {lost}.")


class DescribeTheNumbers:
    """What a chapter prints as a number is computed; what is typed is history, and has its source in a footnote."""

    @pytest.mark.parametrize(
        "path", [p for p in CHAPTERS if "referenser" not in p.name], ids=lambda path: path.name
    )
    def it_types_no_number_without_a_source(self, path):
        source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for line in source.splitlines():
            typed = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{-?[^{}%]*\}$", "", line)
            bare = re.sub(r"\^\[[^\]]*\]", "", typed)
            if re.search(rf"\d|\b({SMALL})\b", re.sub(r"alla fem leden", "", bare)):
                assert re.search(r"\^\[[^\]]*\d{4}", typed), line

    @pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.name)
    def it_has_no_number_of_a_year_in_an_expression(self, path):
        inside = re.findall(r"\{[{%].*?[%}]\}", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        numbers = [
            number
            for one in inside
            for number in re.findall(r"(?<![\w'.])\d+", re.sub(r"'[^']*'", "", one))
        ]
        assert {int(number) for number in numbers} <= {0, 1, 2, 3}

    def it_prints_the_sums_of_the_merged_rows(self, example, example_report):
        said = " ".join(map(words_of, example_report.blocks)).replace("\u00a0", " ")
        rows = example.rows("ekonomi")
        own, total = {}, {}
        for row in rows:
            total[row["slag"]] = total.get(row["slag"], Decimal(0)) + row["utfall"]
            if row["verksamhetskod"] == "PM":
                own[row["slag"]] = own.get(row["slag"], Decimal(0)) + row["utfall"]
        acts = example.rows("aktiviteter")
        about = [row for row in acts if row["valdsform"] == "PMH"]
        grouped = "{:,.0f} kr".format
        spent, paid = (grouped(own[kind]).replace(",", " ") for kind in "UK")
        shares = [f"{own[kind] / total[kind] * 100:.1f} %".replace(".", ",") for kind in "UK"]
        assert (
            f"På den egna koden står sammanlagt {spent} i utgifter och {paid} i kostnader, vilket är "
            f"{shares[0]} av utgifterna och {shares[1]} av kostnaderna." in said
        )
        both = grouped(own["U"] + own["K"]).replace(",", " ")
        assert both not in said  # they are never added up
        assert f"Sammanlagt redovisas {len(acts)} aktiviteter" in said
        assert f"Av dem gäller {len(about)} ({round(100 * len(about) / len(acts))} %)" in said
        police = {row["lan"] for row in about if "POL" in row["samverkan"]}
        assert f"({len(police)} av 20) samverkar med polisen" in said
