"""`new`: a year laid out after the year before, and the list of what is to be decided, until it is empty."""

from __future__ import annotations

import runpy
import shutil

import pytest

from tests.conftest import ROOT
from toolkit.cli.sayings import TEXTS
from toolkit.files.errors import CannotBeDone
from toolkit.files.yaml import SpecError
from toolkit.ledger.owners import LedgerMap, read_map
from toolkit.spec.change_kinds import BY_WORD
from toolkit.spec.load import load_year
from toolkit.year.decisions import decisions
from toolkit.year.inputs import Inputs
from toolkit.year.newyear import make_year
from toolkit.year.speccheck import look_through
from toolkit.year.workspace import Workspace

SERIES = "ar;post;belopp;kalla;anmarkning\n2026;anslag;1;Regleringsbrev 2026;\n2026;utgifter;1;Örebro 2027;\n"
OWN_YEAR = runpy.run_path(str(ROOT / ".ci/own_year.py"))


def laid_out(folder, year=2026):
    shutil.copytree(ROOT / "templates", folder / "templates")
    space = Workspace(folder, year)
    make_year(space, TEXTS.part("nytt"))
    return space


def decide(space):
    """Everything, by files of templates/ and inputs/ alone."""
    OWN_YEAR["decide"](space.root, SERIES)


def left(space):
    return [one.kind for one in decisions(Inputs(space))]


class DescribeANewYear:
    @pytest.fixture
    def space(self, tmp_path):
        return laid_out(tmp_path)

    def it_is_a_difference_from_the_year_before(self, space):
        spec = load_year(space.templates, 2026).spec
        year = spec.tables["uppgifter"].by_id["ar"]
        assert (spec.year, spec.version, year.minimum, year.maximum) == (2026, "2026.1", 2026, 2026)
        assert (space.templates / "2026/arbetsbok.yaml").read_text("utf-8").count(
            "based_on: 2021"
        ) == 1
        assert [code.code for code in spec.lists["malsattning"].valid_in(2026)] == [
            "Å1",
            "Å2",
            "Å3",
            "Å4",
            "Å5",
            "Å6",
        ]
        assert spec.tables["mal"].by_id["malsattning"].example.startswith("Å1 – ")

    def it_says_how_every_change_is_written(self, space):
        told = (space.templates / "2026/arbetsbok.yaml").read_text(encoding="utf-8")
        assert [word for word in BY_WORD if word not in told] == []

    def it_has_empty_forms_that_are_read_as_empty(self, space):
        names = sorted(path.name for path in space.inputs.iterdir())
        assert names == [
            "LÄS MIG.txt",
            "adresser.csv",
            "anslagsserie.csv",
            "avsteg.xlsx",
            "filer.xlsx",
            "ledgers",
            "submissions",
            "utgivning.yaml",
        ]
        assert read_map(space.ledger_map.read_bytes(), (), ()) == LedgerMap({})
        inputs = Inputs(space)
        assert (inputs.waivers(inputs.year).waivers, inputs.waivers(inputs.year).findings) == (
            (),
            (),
        )
        assert (inputs.choices(inputs.year).choices, inputs.choices(inputs.year).findings) == (
            (),
            (),
        )

    def it_lists_what_is_to_be_decided_until_nothing_is_left(self, space):
        assert left(space) == [
            "att_insamling",
            "att_exempel",
            "att_exempel",
            "att_text",
            "att_text",
            "att_text",
            "att_text",
            "att_kapitel",
            "att_kallor",
            "att_konton",
            "att_serie",
            "att_licens",
            "att_utgivning",
        ]
        decide(space)
        assert left(space) == []
        assert [one for one in look_through(Inputs(space)) if one.wrong] == []

    def it_reaches_as_far_ahead_as_the_year_before_did(self, tmp_path):
        spec = load_year(laid_out(tmp_path, 2036).templates, 2036).spec
        assert spec.tables["mal"].by_id["malar"].maximum == 2046
        dates = spec.tables["aktiviteter"].by_id
        assert (dates["start"].maximum, dates["slut"].maximum) == (20461231, 20461231)

    def it_leaves_nothing_behind_when_it_cannot_be_laid_out(self, tmp_path):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        wrong = tmp_path / "templates/2021/arbetsbok.yaml"
        wrong.write_text("based_on: 1999\n", encoding="utf-8")
        with pytest.raises(SpecError):
            make_year(Workspace(tmp_path, 2026), TEXTS.part("nytt"))
        assert sorted(path.name for path in (tmp_path / "templates").iterdir()) == [
            "2017",
            "2018",
            "2019",
            "2020",
            "2021",
        ]
        assert not (tmp_path / "inputs").exists()

    def it_asks_the_same_of_a_year_that_somebody_has_laid_out_by_hand(self, space):
        found = list(decisions(Inputs(space)))
        space.issue.unlink()
        assert list(decisions(Inputs(space))) == found
        assert len(found) > 3

    @pytest.mark.parametrize(
        ("second", "asked"),
        [
            ("112500000", True),
            ("112501", False),
            ("0", True),
            ("1125000", True),
            ("1124999", False),
        ],
    )
    def it_asks_about_two_amounts_that_cannot_be_in_one_unit(self, space, second, asked):
        rows = [
            "ar;post;belopp;kalla;anmarkning",
            "2026;anslag;112500;Regleringsbrev;",
            f"2026;anslag;{second};Bokslut;",
        ]
        space.series.write_text("\n".join(rows) + "\n", "utf-8")
        assert ("serie_enhet" in left(space)) is asked

    def it_touches_nothing_that_is_there(self, space):
        space.series.write_text(SERIES, encoding="utf-8")
        assert make_year(space, TEXTS.part("nytt")).written == []
        assert space.series.read_text(encoding="utf-8") == SERIES

    def it_tells_of_codes_that_have_ended_and_that_nothing_has_followed(self, space):
        later = Workspace(space.root, 2028)
        make_year(later, TEXTS.part("nytt"))
        found = [one for one in decisions(Inputs(later)) if one.kind == "att_koder"]
        assert [dict(one.parts)["koder"] for one in found] == ["Å1, Å2, Å3, Å4, Å5, Å6"]
        assert "lista_tom" in {one.kind for one in look_through(Inputs(later)) if one.wrong}

    def it_asks_nothing_of_a_code_that_the_year_itself_puts_an_end_to(self, space):
        later = Workspace(space.root, 2028)
        make_year(later, TEXTS.part("nytt"))
        path = later.templates / "2028/arbetsbok.yaml"
        codes = [*"1234", *(f"Å{number}" for number in range(1, 7))]
        ended = [f"  - retire_code: malsattning.{code}\n    last: 2026\n" for code in codes]
        path.write_text(path.read_text(encoding="utf-8") + "".join(ended), encoding="utf-8")
        assert "att_koder" not in {one.kind for one in decisions(Inputs(later))}

    def it_tells_of_a_bound_that_the_years_have_reached(self, space):
        later = Workspace(space.root, 2029)
        make_year(later, TEXTS.part("nytt"))
        told = {
            dict(one.parts)["falt"] for one in decisions(Inputs(later)) if one.kind == "att_grans"
        }
        assert told == {"mal.malar", "aktiviteter.start"}

    def it_moves_a_limit_that_was_the_year_itself_by_a_year(self, tmp_path):
        shutil.copytree(ROOT / "tests/collections/kommuner/templates", tmp_path / "templates")
        path = tmp_path / "templates/2022/arbetsbok.yaml"
        text = path.read_text(encoding="utf-8")
        at = text.index("          - {id: slutade,")
        fields = (
            "          - {id: sedan, label: Sedan, type: year, minimum: 1900, maximum: 2022, help: År.}\n"
            "          - {id: dag, label: Dag, type: date, minimum: 20150101, maximum: 20221231, help: Dag.}\n"
        )
        path.write_text(text[:at] + fields + text[at:], encoding="utf-8")
        for year in (2023, 2024):
            space = Workspace(tmp_path, year)
            make_year(space, TEXTS.part("nytt"))
            spec = load_year(space.templates, year).spec
            (table,) = (one for one in spec.tables.values() if "sedan" in one.by_id)
            assert table.by_id["sedan"].maximum == year
            assert table.by_id["dag"].maximum == year * 10_000 + 1231
            assert "att_grans" not in {one.kind for one in decisions(Inputs(space))}

    def it_asks_nothing_of_the_example(self, space):
        example = Workspace(space.root, 2020)
        assert left(example) == []
        example.invented.parent.mkdir(parents=True)
        shutil.copy(ROOT / "inputs/2020/pahittat.yaml", example.invented)
        assert left(example) == []

    def it_needs_a_year_before(self, tmp_path):
        with pytest.raises(CannotBeDone) as raised:
            laid_out(tmp_path, 2016)
        assert raised.value.name == "fel.inget_ar"
