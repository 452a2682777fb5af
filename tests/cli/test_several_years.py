"""`lansrapport report 2017-2020`: what may be written as years, and what is refused."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT
from toolkit.cli.arguments import last_there, span_of
from toolkit.cli.commands import spec_diff
from toolkit.cli.gaps import tell_counted_anew, tell_gaps
from toolkit.files.errors import CannotBeDone
from toolkit.report.blocks import Figure
from toolkit.report.county import write_county
from toolkit.returns.submission import Record
from toolkit.spec.load import load_year
from toolkit.spec.roles import INDICATOR, INDICATOR_BEFORE, INDICATOR_CODE, INDICATOR_VALUE
from toolkit.year.inputs import Inputs
from toolkit.year.money import examine_money
from toolkit.year.progress import no_step
from toolkit.year.run import merged_data
from toolkit.year.secrecy import with_secrecy
from toolkit.year.several import write_several
from toolkit.year.workspace import Workspace


class DescribeTheYears:
    @pytest.mark.parametrize(
        ("written", "years"),
        [("2020", (2020, 2020)), ("2017-2020", (2017, 2020)), ("2017–2020", (2017, 2020)), ("2017 - 2020", (2017, 2020))],
    )  # fmt: skip
    def it_reads_one_year_or_the_first_and_the_last(self, written, years):
        assert span_of(written) == years

    @pytest.mark.parametrize("written", ["20", "2020-2017", "2017-", "i fjol", "2017-18"])
    def it_refuses_what_is_no_years(self, written):
        with pytest.raises(CannotBeDone) as raised:
            span_of(written)
        assert (raised.value.name, raised.value.values["value"]) == ("fel.aren", written)

    def it_takes_the_last_year_with_returns(self):
        assert last_there(ROOT, 2018, 2025) == 2020

    def it_refuses_years_without_any(self, tmp_path):
        (tmp_path / "templates").symlink_to(ROOT / "templates")
        with pytest.raises(CannotBeDone) as raised:
            last_there(tmp_path, 2017, 2020)
        assert raised.value.name == "fel.ar_utan"


class DescribeTheExamplesYears:
    """The returns of 2019 say what those of 2020 give as last year's."""

    @pytest.fixture(scope="class")
    def judged(self):
        inputs, found = Inputs(Workspace(ROOT, 2020)), {}
        for year in (2019, 2020):
            path = ROOT / f"inputs/{year}/submissions/Redovisning Värmland {year}.xlsx"
            (checked,) = inputs.of(year).judged([path], no_step)
            found[year] = checked.found
        return found

    def it_gives_each_value_that_the_next_year_tells_of(self, judged):
        def numbers(year, role):
            rows: list[Record] = judged[year].submission.records(INDICATOR)
            return {(row.text(INDICATOR_CODE), row.get(role)) for row in rows}

        told = {
            one for one in numbers(2020, INDICATOR_BEFORE) if not isinstance(one[1], type(None))
        }
        assert told <= numbers(2019, INDICATOR_VALUE)

    def it_has_no_error_in_an_earlier_year(self, judged):
        assert not any(finding.blocks for finding in judged[2019].findings)

    def it_has_no_code_for_the_area_before_2020(self):
        codes = load_year(ROOT / "templates", 2019).spec.lists["verksamhetskod"].valid_in(2019)
        assert [code.code for code in codes] == ["801", "VN", "HR", "VF"]


CHANGES = """
  - set_code: indikator.1
    to: {label: Utbildningstimmar, attributes: {enhet: timmar, kalla: länsstyrelsen, art: indikator, personer: "nej", decimaler: "1"}}
  - remove_field: aktiviteter.typ
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Skåne in 2019 and 2020; indicator 1 was hours in 2019, and no kind of activity was asked for."""
    root = tmp_path_factory.mktemp("olika")
    for year in (2019, 2020):
        shutil.copytree(ROOT / f"templates/{year}", root / f"templates/{year}")
        folder = root / f"inputs/{year}/submissions"
        folder.mkdir(parents=True)
        shutil.copy(ROOT / f"inputs/{year}/submissions/Redovisning Skåne {year}.xlsx", folder)
    with (root / "templates/2019/arbetsbok.yaml").open("a", encoding="utf-8") as file:
        file.write(CHANGES)
    return root


class DescribeYearsThatAskOtherwise:
    def it_says_what_the_report_cannot_tell(self, root, capsys):
        inputs = Inputs(Workspace(root, 2020))
        written = write_several(inputs, 2019, 2020)
        assert written.paths == [root / "outputs/2020/publicering/rapport-2019-2020.docx"]
        tell_gaps(written.gaps)
        tell_counted_anew(written.counted_anew)
        lacks = "har inte alla uppgifter för 2019, då arbetsboken inte frågade efter ”Typ av aktivitet”."
        assert capsys.readouterr().out.splitlines() == [
            f"Avsnittet ”Verksamheten år för år” {lacks}",
            f"Avsnittet ”Vad som har börjat och vad som har upphört” {lacks}",
            "Räknas inte på samma sätt alla år, och har en rad i tabellen för varje sätt: "
            "1 Utbildningstimmar och 1 Utbildningstillfällen.",
        ]

    def it_is_said_beforehand(self, root, capsys):
        spec_diff(2019, 2020, root)
        told = capsys.readouterr().out.splitlines()
        assert "  Indikatorer: koden 1 hade enhet timmar och har nu antal." in told
        assert "  Indikatorer: koden 1 hade decimaler 1 och har nu 0." in told
        heading = told.index("Det här kan en rapport över båda åren inte jämföra:")
        assert [line.split("”")[1] for line in told[heading + 1 :]] == [
            "Verksamheten år för år", "Vad som har börjat och vad som har upphört",
        ]  # fmt: skip

    def it_prints_no_number_of_the_year_before_that_was_counted_otherwise(self, root):
        inputs = Inputs(Workspace(root, 2020))
        results, _ = examine_money(inputs, merged_data(inputs))
        assert results.counted_anew == {"1"}
        blocks = write_county(with_secrecy(inputs.space, results), "12").blocks
        tables = {block.table.id: block.table for block in blocks if isinstance(block, Figure)}
        before = {row[0].split("\u00a0")[0]: row[2] for row in tables["indikatorer"].rows}
        assert before["1"] == ".."
        assert before["9"] not in {"..", "–"}
