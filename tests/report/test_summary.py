"""Foreword and summary: true with any number of counties, and nobody's words invented."""

from __future__ import annotations

import re

import pytest

from tests.conftest import money_of
from toolkit.analysis.merge import merge
from toolkit.report import write_report
from toolkit.report.blocks import Heading, Paragraph, Reference, Text


def chapter(report, name):
    """The passages of a chapter by its name."""
    found, inside = [], False
    for block in report.blocks:
        if isinstance(block, Heading):
            inside = block.name == name
        elif inside and isinstance(block, Paragraph):
            words = (
                r.text if isinstance(r, Text) else r.id if isinstance(r, Reference) else ""
                for r in block.runs
            )
            found.append("".join(words).replace("\u00a0", " "))
    return found


class DescribeTheForeword:
    def it_leaves_room_for_the_one_who_signs_and_names_nobody(self, example):
        said = chapter(write_report(money_of(example)), "forord")
        assert said[-3:] == ["[Ort och datum fylls i]", "[Namn fylls i]", "[Titel fylls i]"]
        assert not re.search(r"\b(jag|vi|min|vår)\b", " ".join(said), re.IGNORECASE)


class DescribeTheSummary:
    @pytest.fixture
    def summary(self, year, example_returns):
        """The summary with so many counties; those with errors and nothing to report go first."""

        def write(count):
            left = sorted(
                example_returns, key=lambda found: found.submission.county in {"09", "10"}
            )
            return chapter(write_report(money_of(merge(year, left[:count]))), "sammanfattning")

        return write

    def it_counts_with_all_counties(self, summary):
        said = summary(21)
        assert said[0] == (
            "Samtliga 21 länsstyrelser har redovisat sitt arbete för 2020. Sammanlagt redovisas 294 aktiviteter mot mäns "
            "våld mot kvinnor. Av dem gäller 140 (48 %) främst prostitution och människohandel för sexuella ändamål. Nästan "
            "alla länsstyrelser (19 av 20) har minst en sådan aktivitet som pågår eller är klar."
        )
        assert said[1].startswith(
            "Redovisningarna omfattar 18,1 mnkr i utgifter och 72,5 mnkr i kostnader. På den egna koden för "
            "prostitution och människohandel står 1,7 mnkr i utgifter och 6,8 mnkr i kostnader, "
            "vilket är 9,3 % av utgifterna och 9,3 % av kostnaderna."
        )
        assert said[2] == (
            "Nästan alla länsstyrelser (18 av 20) samverkar med regionkoordinatorn, och nästan alla (17 av 20) med "
            "kommuner. Även ett fåtal länsstyrelser (Dalarna och Kronoberg) redovisar tal som visar på arbete med kommuner. "
            "Utbildningar finns hos 19 av 20 länsstyrelser. Några länsstyrelser (Stockholm, Västerbotten och "
            "Östergötland) har aktiviteter som ger samtalsstöd genom Mika eller KAST. Vad arbetet har lett till är svårare "
            "att belägga: merparten av länsstyrelserna (16 av 20) redovisar resultat som bygger på den egna upplevelsen."
        )
        assert len(said) == 5

    def it_counts_those_that_have_reported(self, summary):
        said = summary(19)
        assert said[0].startswith("Nitton av de 21 länsstyrelserna har redovisat")
        assert (
            "Samtliga 19 länsstyrelser vars uppgifter ingår har minst en sådan aktivitet som pågår eller är klar."
            in said[0]
        )
        assert "av de 21 som" not in " ".join(said)

    def it_names_a_single_county(self, summary):
        said = " ".join(summary(1))
        assert said.startswith("En av de 21 länsstyrelserna har redovisat sitt arbete för 2020.")
        assert said.count("Länsstyrelsen Dalarna") == 4
        assert len(re.findall("länsstyrelsen Dalarna", said, re.IGNORECASE)) <= 7

    def it_says_that_nothing_is_known_when_nobody_has_reported(self, summary):
        said = summary(0)
        assert said == [
            "Ingen länsstyrelse har redovisat sitt arbete mot prostitution och människohandel för 2020. Det går därför "
            "inte att säga vad som har gjorts eller vad det har kostat."
        ]

    @pytest.mark.parametrize("count", [21, 20, 19, 2, 1, 0])
    def it_is_whole(self, summary, count):
        for passage in summary(count):
            assert passage.endswith(".")
            assert not re.search(r"  |None|Missing|[{}]| \.|0,0 mnkr", passage)

    def it_is_true_without_money_and_activities(self, year, rows, workbook, look):
        rows["ekonomi"][0] |= {"verksamhetskod": "801", "valdsform": "FPS", "aktivitet_id": "e.t."}
        rows["sarredovisning"][0] |= {"status": "NOLL", "belopp": 0}
        rows["aktiviteter"][0] |= {"valdsform": "VNR", "verksamhetskod": "VN"}
        report = write_report(money_of(merge(year, [look(workbook(rows))])))
        said = " ".join(chapter(report, "sammanfattning"))
        assert (
            "Den gäller inte främst prostitution" in said or "Inga aktiviteter redovisas." in said
        )
        assert "Inga kända belopp står på den egna koden för prostitution" in said
