"""A year's own texts that no longer show what the shipped ones show, above all a number."""

from __future__ import annotations

import re
import shutil

import pytest
import yaml

from tests.conftest import ROOT
from toolkit.cli.sayings import tell_advice, words_of
from toolkit.year.inputs import Inputs
from toolkit.year.speccheck import look_through
from toolkit.year.workspace import Workspace


def exchange(path, old, new):
    """The line of a text that is exchanged."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text.partition(old)[0].count("\n") + 1


def advised(templates, year=2020):
    """What is said of texts that show less: those that should be mended, and those that may be meant."""
    found = look_through(Inputs(Workspace(templates.parent, year)))
    told = [(one, dict(one.parts).get("text", "")) for one in found]
    wrong = [text for one, text in told if one.wrong and "visar inte längre" in text]
    return wrong, [text for one, text in told if one.kind == "text_visar"]


class DescribeATextWithoutItsNumber:
    def it_is_told_with_its_line_as_something_to_mend(self, templates):
        path = templates / "2020/texter/rapport.yaml"
        line = exchange(path, '"{share} av kostnaderna"', '"av kostnaderna"')
        wrong, rest = advised(templates)
        (one,) = wrong
        where = f"templates/2020/texter/rapport.yaml, rad {line}: "
        assert one.startswith(f"{where}Texten ”")
        assert "av_kostnad” visar inte längre {share}. Där ska ett tal stå" in one
        assert rest == []

    def it_is_told_in_a_later_year_that_has_its_texts_from_there(self, templates):
        path = templates / "2020/texter/rapport.yaml"
        exchange(path, '"{share} av kostnaderna"', '"av kostnaderna"')
        (one,), rest = advised(templates, 2021)
        assert one.startswith("templates/2020/texter/rapport.yaml, rad ")
        assert rest == []

    def it_is_told_of_messages_and_of_words_as_well(self, templates):
        path = templates / "2020/meddelanden.yaml"
        message = exchange(path, "mot budgeten {budget},", "mot budgeten,")
        word = exchange(path, 'minst: "minst {low}"', 'minst: "minst"')
        wrong, rest = advised(templates)
        assert [re.sub(r"Texten.*längre ", "", one).partition(".")[0] for one in wrong] == [
            "templates/2020/meddelanden"
        ] * 2
        assert f"rad {message}: Texten ”EKON-BUDGET” visar inte längre {{budget}}." in wrong[0]
        assert f"rad {word}: Texten ”minst” visar inte längre {{low}}." in wrong[1]
        assert rest == []


class DescribeATextWithoutSomethingElse:
    @pytest.fixture
    def told(self, templates, year, capsys):
        path = templates / "2020/texter/lansrapport.yaml"
        (titled,) = re.findall(r"^titel: .*\{county\}.*$", path.read_text("utf-8"), re.M)
        exchange(path, titled, "titel: En rapport")
        found = look_through(Inputs(Workspace(templates.parent, 2020)))
        asked = tell_advice(2020, found, words_of(year.spec))
        return asked, capsys.readouterr().out

    def it_is_told_and_need_not_be_mended(self, told):
        asked, printed = told
        assert not asked
        assert "visar mindre än de gjorde från början" in printed
        assert re.search(
            r"lansrapport\.yaml, rad \d+: Texten ”titel” visar inte längre \{", printed
        )
        assert "utgår" not in printed


class DescribeTheShippedTexts:
    @pytest.mark.parametrize(
        ("folder", "year"), [("templates", 2020), ("templates", 2021), ("tests/collections/kommuner/templates", 2022)]
    )  # fmt: skip
    def it_is_silent_about_them(self, tmp_path, folder, year):
        shutil.copytree(ROOT / folder, tmp_path / "templates")
        assert advised(tmp_path / "templates", year) == ([], [])

    def it_loses_each_number_of_the_report_by_itself(self, templates):
        """Every text of one place that is a share or an amount, its place cut out: all of them are told."""
        path = templates / "2020/texter/rapport.yaml"
        flat = re.compile(r"\{(?:share|amount)\}")
        before = path.read_text(encoding="utf-8")
        cut = flat.sub("", before)
        yaml.safe_load(cut)
        path.write_text(cut, encoding="utf-8")
        wrong, _ = advised(templates)
        lines = {number for number, line in enumerate(before.split("\n"), 1) if flat.search(line)}
        told = {int(one.split("rad ")[1].split(":")[0]) for one in wrong}
        assert lines == told
