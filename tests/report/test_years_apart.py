"""Years that ask and count otherwise in one report, laid beside an oracle written from docs/rapporten.md."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from tests.report import oracle_years_apart as oracle
from tests.report.oracle import number
from tests.report.oracle_left_out import REASONS
from tests.report.years_apart import made_years, several_of
from toolkit.report.blocks import Chart, Figure, Paragraph, Text
from toolkit.report.over_years import section_gaps, specs_of, texts_of, write_years
from toolkit.words.swedish import number_word

SEEDS = range(60)


class Printed:
    """A report's tables, their notes, and its running text."""

    def __init__(self, several):
        self.report = write_years(several)
        blocks = self.report.blocks
        self.tables = {one.table.id: one.table for one in blocks if isinstance(one, Figure)}
        self.charts = [one for one in blocks if isinstance(one, Chart)]
        paragraphs = (one for one in blocks if isinstance(one, Paragraph))
        self.lines = [
            "".join(run.text for run in one.runs if isinstance(run, Text)) for one in paragraphs
        ]

    def rows(self, table):
        return [list(row) for row in self.tables[table].rows] if table in self.tables else []

    def notes(self, table):
        """The footnotes at the rows' stubs."""
        return {note.row: note.text for note in self.tables[table].notes}


@pytest.fixture(scope="module")
def cases():
    made = {seed: made_years(seed) for seed in SEEDS}
    return {seed: (years, Printed(several_of(years))) for seed, years in made.items()}


def label_of(years, name, code, asking):
    """What the last year that asks calls a code: by its description, or as it is shipped."""
    own = [year for year in years if asking(year) and oracle.there(year, name, code)]
    return own[-1]["names"].get((name, code)) if own else None


class DescribeWhatIsPrintedOfEachYear:
    def it_counts_the_work_where_it_is_asked_for(self, cases):
        for seed, (years, printed) in cases.items():
            if any(map(oracle.asks_area, years)):
                assert [row[1:] for row in printed.rows("omfattning")] == oracle.work(years), seed

    def it_counts_the_kinds_where_they_are_asked_for(self, cases):
        for seed, (years, printed) in cases.items():
            if any(map(oracle.asks_kinds, years)):
                found = [row[1:] for row in printed.rows("slag_av")]
                assert found == list(oracle.kinds(years).values()), seed

    def it_compares_the_first_and_the_last_year_that_ask(self, cases):
        for seed, (years, printed) in cases.items():
            expected = oracle.shifts(years)
            assert len(printed.rows("skifte")) == len(expected or ()), seed
            if expected:
                asking = [year["year"] for year in years if oracle.asks_kinds(year)]
                told = printed.tables["skifte"].caption
                assert told.endswith(f"mellan {asking[0]} och {asking[-1]}."), seed

    def it_has_a_row_for_each_way_of_counting(self, cases):
        for seed, (years, printed) in cases.items():
            expected = oracle.indicators(years)
            found = printed.rows("indikator_ar")
            assert [row[1:] for row in found] == [cells for *_, cells in expected], seed
            for row, (code, told, name, _) in zip(found, expected, strict=True):
                assert row[0].startswith(f"{code}\u00a0{name}"), seed
                assert row[0].endswith(f" ({oracle.listed(told)})") == bool(told), seed

    def it_sums_the_money_where_it_is_asked_for(self, cases):
        natures = {"Utgifter": "utgift", "Kostnader": "kostnad", "Utfall": "utfall"}
        for seed, (years, printed) in cases.items():
            if not any(map(oracle.asks_codes, years)):
                assert "kod_ar" not in printed.tables
                continue
            found = {
                (row[0].split(" – ")[0], natures[row[1]]): row[2:] for row in printed.rows("kod_ar")
            }
            expected = oracle.spend(years)
            assert {key: found[key] for key in expected} == expected, seed

    def it_tells_what_is_on_the_own_code_and_on_others(self, cases):
        seen = set()
        for seed, (years, printed) in cases.items():
            rows = {row[0]: row[1:] for row in printed.rows("sarskilt")}
            for label, nature in (
                ("Utgifter", "utgift"),
                ("Kostnader", "kostnad"),
                ("Utfall", "utfall"),
            ):
                if f"{label} på den egna koden" in rows:
                    own, traced = oracle.of_area(years, nature)
                    assert rows[f"{label} på den egna koden"] == own, (seed, label)
                    assert rows[f"{label} på andra koder, märkta med våldsformen"] == traced, (
                        seed,
                        label,
                    )
                    seen |= {*own, *traced}
        assert {"..", "–", "."} <= seen

    def it_counts_those_that_can_be_judged(self, cases):
        seen = set()
        for seed, (years, printed) in cases.items():
            told = [
                line
                for line in printed.lines
                if f"{years[-1]['year']} särredovisade" in line or "går bara" in line
            ]
            known = "Hur många länsstyrelser som särredovisade"
            if not oracle.asks_judged(years[-1]):
                continue
            certain, apart = oracle.judged(years[-1])
            if not certain:
                assert any(known in line for line in printed.lines), seed
            elif len(certain) == 1:
                assert any("går bara en länsstyrelse att bedöma" in line for line in told), seed
                assert any("särredovisade inte alla" in line for line in told) == (not apart), seed
            else:
                count = number_word(len(apart)) if apart else "ingen"
                base = number_word(len(certain))
                words = f"särredovisade {count} av de {base} länsstyrelser som går att bedöma"
                assert any(words in line for line in told), seed
            seen.add(min(len(certain), 2))
        assert seen == {0, 1, 2}

    def it_compares_those_that_are_known_in_both_years(self, cases):
        seen = set()
        for seed, (years, printed) in cases.items():
            found = oracle.compared(years)
            if found is None:
                continue
            both, is_all, (before, after) = found
            lines = " ".join(printed.lines)
            count = "en aktivitet" if after == 1 else f"{number_word(after)} aktiviteter"
            words = f"redovisade {count} om prostitution och människohandel"
            ends = f", mot {number_word(before)} "
            start = (
                "Länsstyrelserna "
                if is_all
                else f"De {number_word(len(both))} länsstyrelser vars aktiviteter"
            )
            if len(both) == 1 and not is_all:
                start = "Den enda länsstyrelse vars aktiviteter"
            told = [one for one in lines.split(". ") if words in one and ends in one]
            if both:
                assert any(one.split("står i ")[-1].startswith(start) for one in told), (
                    seed,
                    start,
                    told,
                )
            else:
                assert "Hur arbetet har förändrats går därför inte att säga" in lines, seed
            seen.add((bool(both), is_all))
        assert len(seen) >= 3

    def it_says_whom_each_sum_leaves_out(self, cases):
        for seed, (years, printed) in cases.items():
            lines = " ".join(printed.lines)
            for year in years:
                for words, name, unsure, is_asked in (
                    ("Summorna för", "money", oracle.unsure(year), oracle.asks_codes(year)),
                    ("Antalen för", "work", (), oracle.asks_area(year)),
                ):  # fmt: skip
                    expected = oracle.left_out(year, name, unsure) if is_asked else {}
                    told = re.findall(rf"{words} {year['year']} omfattar inte ([^.]*)\.", lines)
                    assert bool(told) == bool(expected), (seed, year["year"], words)
                    found = reasons_in(told[0]) if told else {}
                    assert found == expected, (seed, year["year"], words, told)

    def it_draws_no_chart_of_what_is_counted_in_several_ways(self, cases):
        for years, printed in cases.values():
            broken = {code for code in oracle.INDICATORS if len(oracle.ways(years, code)) > 1}
            assert not {f"indikator_{code}" for code in broken} & {one.id for one in printed.charts}


def reasons_in(said):
    """How many are left out for each reason."""
    found, rest = {}, said
    while rest:
        ends = [
            (m.end(), m.start(), why)
            for why, words in REASONS.items()
            if (m := re.search(words, rest))
        ]
        end, start, why = min(ends)
        who = rest[:start].removeprefix("och ")
        kinds, hos, counties = who.partition(" hos ")
        assert not hos or kinds in {"utgifterna", "kostnaderna"}
        who = counties or who
        several = re.fullmatch(r"(\w+) länsstyrelser", who)
        count = number(several[1]) if several else len(re.split(", | och ", who))
        found[why] = found.get(why, 0) + count
        rest = rest[end:].lstrip(", ")
    return found


class DescribeWhatIsNoted:
    def it_says_what_a_row_was_called(self, cases):
        told = 0
        for seed, (years, printed) in cases.items():
            expected = []
            for code, _, _, _ in oracle.indicators(years):
                ways = oracle.ways(years, code)
                expected.append(
                    [oracle.names(way, "indikator", code, oracle.asks_indicators) for way in ways]
                )
            notes = printed.notes("indikator_ar") if "indikator_ar" in printed.tables else {}
            for row, ways in enumerate(expected):
                said = notes.get(row, "")
                if len(ways) == 1:
                    assert said == _called(ways[0]), seed
                    told += bool(said)
                else:
                    assert "räknas inte på samma sätt alla år" in said, seed
        assert told > 5

    @pytest.mark.parametrize(
        ("table", "name", "codes", "asking"),
        [
            ("slag_av", "aktivitetstyp", oracle.KINDS, oracle.asks_kinds),
            ("kod_ar", "verksamhetskod", oracle.CODES, oracle.asks_codes),
        ],
    )
    def it_says_what_a_code_was_called(self, cases, table, name, codes, asking):
        for seed, (years, printed) in cases.items():
            if table in printed.tables:
                expected = {_called(oracle.names(years, name, code, asking)) for code in codes} - {
                    ""
                }
                if table == "slag_av" and "UTB" not in oracle.kinds(years):
                    expected = set()
                assert set(printed.notes(table).values()) == expected, seed

    def it_says_what_each_year_does_not_ask_for(self, cases):
        for seed, (years, printed) in cases.items():
            said = [line for line in printed.lines if "frågade inte efter" in line]
            for year, label in oracle.lacked(years):
                assert any(str(year) in line and label in line for line in said), (
                    seed,
                    year,
                    label,
                )
            if not any(year["lacks"] - {"slag"} for year in years):
                assert not said, seed

    def it_says_the_same_to_who_writes_the_report(self, cases):
        for seed, (years, _) in cases.items():
            several = several_of(years)
            told = list(section_gaps(specs_of(several), texts_of(several)))
            for year, label in oracle.lacked(years):
                assert any(year in gap.years and label in gap.names for gap in told), (
                    seed,
                    year,
                    label,
                )


def _called(names):
    return " ".join(f"Hette {was} {oracle.listed(years)}." for was, years in names.items())


# ------------------------------------------------------------------------------------- one thing at a time
PLAIN = {"lacks": set(), "ended": set(), "names": {}, "sent": ["01", "12"]}
FACTS = {"enhet": "antal", "art": "indikator", "personer": "nej", "decimaler": "0"}
ROWS = {
    "work": [("01", {"typ": "UTB", "valdsform": "PMH"}), ("12", {"typ": "UTB", "valdsform": "PMH"})],
    "values": [("01", {"indikator": "1", "varde": Decimal(900)})],
    "money": [("01", {"verksamhetskod": "HR", "slag": "U", "valdsform": "PMH", "utfall": Decimal(70)})],
}  # fmt: skip


def two_years(before=None, now=None, first=2020):
    """A year and the one after it, alike but for what is given."""
    facts = {code: dict(FACTS) for code in oracle.INDICATORS}
    base = {**PLAIN, **ROWS, "facts": facts}
    years = [{**base, "year": first, **(before or {})}, {**base, "year": first + 1, **(now or {})}]
    return Printed(several_of(years))


def facts_with(**other):
    own = {code: dict(FACTS) for code in oracle.INDICATORS}
    own["1"] |= other
    return {"facts": own}


class DescribeAnIndicatorThatIsCountedOtherwise:
    @pytest.mark.parametrize(
        ("other", "told"),
        [
            ({"enhet": "timmar"}, "2020 i enheten timmar och 2021 i enheten antal"),
            (
                {"summering": "högsta per län"},
                "2020 som den högsta av länets rader och 2021 som summan av länets rader",
            ),
            ({"personer": "ja"}, "2020 som antal personer och 2021 inte som antal personer"),
            (
                {"art": "utvecklingsindikator"},
                "2020 som utvecklingsindikator och 2021 som indikator",
            ),
        ],
    )
    def it_has_two_rows_that_say_how(self, other, told):
        printed = two_years(facts_with(**other))
        label = "1\u00a0Utbildningstillfällen"
        assert printed.rows("indikator_ar") == [
            [f"{label} (2020)", "900\u00a0(1)", "."],
            [f"{label} (2021)", ".", "900\u00a0(1)"],
        ]
        note = f"Indikatorn räknas inte på samma sätt alla år: {told}. Åren går inte att jämföra."
        assert printed.notes("indikator_ar") == {0: note, 1: note}
        line = next(line for line in printed.lines if "Åren går då inte att jämföra" in line)
        assert "för utbildningstillfällen." in line
        assert not any("redovisades 2021 men inte 2020" in line for line in printed.lines)

    def it_is_one_row_where_only_decimals_source_and_highest_differ(self):
        printed = two_years(facts_with(decimaler="2", kalla="kommun", hogst="5000"))
        assert printed.rows("indikator_ar") == [
            ["1\u00a0Utbildningstillfällen", "900,00\u00a0(1)", "900,00\u00a0(1)"]
        ]
        assert not printed.tables["indikator_ar"].notes


class DescribeNamesThatHaveChanged:
    def it_says_what_a_county_was_called(self):
        printed = two_years({"names": {("lan", "12"): "Malmöhus"}})
        assert any("Skåne hette Malmöhus 2020." in line for line in printed.lines)


class DescribeAnAreaThatIsLaterThanItsCode:
    def it_shows_the_money_and_judges_nobody(self):
        money = [
            ("01", {"verksamhetskod": "PM", "slag": "U", "valdsform": "PMH", "utfall": Decimal(9)})
        ]
        printed = two_years({"area_from": 2021, "money": money}, {"area_from": 2021})
        rows = {row[0]: row[1:] for row in printed.rows("sarskilt")}
        assert rows["Utgifter på den egna koden"] == ["9", "–"]
        assert "Ej möjligt" not in rows
        assert rows["Inte inkommen"] == ["19", "19"]
        judged = [row for name, row in rows.items() if "koden" not in name and "koder" not in name]
        assert all(row[0] == "." for row in judged if row != rows["Inte inkommen"])
        told = "Koden PM fanns 2020, men området skulle särredovisas först 2021."
        assert any(told in line for line in printed.lines)
        assert not any("Före 2021 fanns ingen egen kod" in line for line in printed.lines)


class DescribeHowManyHaveBegun:
    @pytest.mark.parametrize(
        ("before", "now", "told"),
        [
            ("U/U", "U/UK", "har en fått någon typ av aktivitet som den inte hade 2020."),
            (
                "KU/U",
                "U/U",
                "Ingen av de två länsstyrelser vars aktiviteter är kända både 2020 och",
            ),
            ("U/U", "K/K", "Två har inte längre någon typ som de hade då."),
            ("K/U", "K/K", "En har inte längre någon typ som den hade då."),
            ("U/U", "U/UK", "Ingen har slutat med någon typ som den hade då."),
        ],
    )
    def it_fits_the_number(self, before, now, told):
        kinds = {"U": "UTB", "K": "KAM"}

        def work(letters):
            made = []
            for county, own in zip(("01", "12"), letters.split("/"), strict=True):
                made += [(county, {"typ": kinds[one], "valdsform": "PMH"}) for one in own]
            return {"work": made}

        printed = two_years(work(before), work(now))
        assert any(told in line for line in printed.lines), printed.lines
        assert not any(" noll " in line for line in printed.lines)

    def it_says_when_nobody_is_known_in_both_years(self):
        printed = two_years({"sent": ["01"]}, {"sent": ["12"]})
        assert any(
            "Ingen länsstyrelses aktiviteter är kända både" in line for line in printed.lines
        )

    def it_says_when_one_alone_is(self):
        work = [("01", {"typ": "KAM", "valdsform": "PMH"})]
        printed = two_years({"sent": ["01"], "work": work}, {})
        assert any("Bara en länsstyrelses aktiviteter är kända" in line for line in printed.lines)


class DescribeAYearThatTellsNoUtgiftFromKostnad:
    def it_has_rows_of_its_own(self):
        printed = two_years({"lacks": {"slag"}})
        rows = {(row[0][:2], row[1]): row[2:] for row in printed.rows("kod_ar")}
        assert rows["HR", "Utgifter"] == [".", "70"]
        assert rows["HR", "Utfall"] == ["70", "."]
