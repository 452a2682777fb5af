"""Files that do not count: their counties are told so, and never that nothing has come or that all is done."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
from copy import deepcopy
from datetime import date

import pytest

from tests.cli.test_paths_given import closed_folder, lansrapport, unreadable
from tests.conftest import CLEAN, ROOT
from tests.year.test_files_that_count import decide
from tests.year.test_sent_again import send
from toolkit.cli.collecting import remind
from toolkit.template import write_template
from toolkit.year.inputs import Inputs
from toolkit.year.run import run_year
from toolkit.year.workspace import Workspace

WHO = ("Anna Ek", "Fel fil.", "2021-03-01")


@pytest.fixture
def space(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return Workspace(tmp_path, 2020)


@pytest.fixture
def of_2021():
    """A return for another year: the template of 2021."""
    from toolkit.spec.load import load_year

    later = load_year(ROOT / "templates", 2021)
    return write_template(
        later.spec, later.spec.lists["lan"].by_code["12"], later.texts("mall"), {}
    )


def letter(space, name):
    path = space.outputs / f"paminnelser/{name}.eml"
    return (
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        .get_body()
        .get_content()
    )


def returned(space):
    return sorted(path.name for path in space.returns.iterdir()) if space.returns.is_dir() else []


class DescribeAFileThatTheAgencyHasSetAside:
    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04 en halv fil"])
    def it_gets_nothing_back_where_it_could_not_be_read_either(self, space, year, data):
        send(space, "Gotland 2020.xlsx", data)
        decide(space, year, ("Gotland", "Gotland 2020.xlsx", "Gäller inte", *WHO))
        run_year(Inputs(space))
        assert [name for name in returned(space) if not name.endswith("-ekonomi.docx")] == []

    def it_is_not_told_as_one_that_has_not_come(self, space, year, small_workbook):
        send(space, "A.xlsx", small_workbook(CLEAN))
        decide(space, year, ("Skåne", "A.xlsx", "Gäller inte", *WHO))
        remind(2020, county=["12"], day="2021-02-20", root=space.root)
        said = " ".join(letter(space, "12-Skåne").split())
        assert (
            "Filen A.xlsx som vi har fått från er räknas inte som er redovisning för 2020." in said
        )
        assert "Vi har inte fått er redovisning" not in said


class DescribeAFileOfAnotherYear:
    def it_is_told_by_name_and_year_in_the_letters(self, space, of_2021):
        send(space, "Skåne.xlsx", of_2021)
        run_year(Inputs(space))
        remind(2020, county=["12"], day="2021-02-20", root=space.root)
        said = " ".join(letter(space, "12-Skåne").split())
        assert "Filen Skåne.xlsx som vi har fått från er gäller 2021, inte 2020." in said
        assert "Vi har inte fått er redovisning" not in said
        back = (space.returns / "Skåne.txt").read_text("utf-8-sig")
        assert "Rätta det som är fel direkt i bladen" not in back
        assert "Gör så som det står vid felet, och skicka sedan in redovisningen igen." in back
        assert "Fyll i mallen för 2020 och skicka den." in " ".join(back.split())

    def it_can_be_set_aside_in_the_year_among_whose_files_it_lies(
        self, space, year, of_2021, capsys
    ):
        send(space, "Skåne.xlsx", of_2021)
        decide(space, year, ("Skåne", "Skåne.xlsx", "Gäller inte", *WHO))
        run_year(Inputs(space))
        assert "Skåne.txt" not in returned(space)
        code, said, _ = lansrapport(space.root, "status", "2020", "--datum", "2021-02-20")
        assert "Filer som inte gäller enligt inputs/2020/filer.xlsx: 1" in said
        assert "har sammanställts" not in said
        assert code == 0


class DescribeAFileThatAnotherHasReplaced:
    @pytest.fixture
    def both(self, space, small_workbook):
        for name, day in (("gammal.xlsx", date(2021, 2, 1)), ("ny.xlsx", date(2021, 2, 2))):
            rows = deepcopy(CLEAN)
            rows["uppgifter"][0]["godkand_datum"] = day
            send(space, name, small_workbook(rows))
        run_year(Inputs(space))
        return space

    def it_is_told_that_the_other_counts_and_not_that_it_is_in(self, both):
        said = (both.returns / "gammal.txt").read_text("utf-8-sig")
        assert "Den här filen räknas inte, för ny.xlsx gäller. Inget behöver göras i den." in said
        assert "är med i sammanställningen" not in said
        assert "Redovisningen är klar" not in said

    def it_is_told_the_other_way_in_the_one_that_counts(self, both):
        said = (both.returns / "12-Skåne.txt").read_text("utf-8-sig")
        assert "Redovisningen är klar. Inget behöver göras." in said

    def it_is_told_that_nobody_knows_where_that_is_so(self, space, small_workbook):
        for name, aim in (
            ("A.xlsx", "Mål A för alla kommuner."),
            ("B.xlsx", "Mål B för alla kommuner."),
        ):
            rows = deepcopy(CLEAN)
            rows["mal"][0]["formulering"] = aim
            send(space, name, small_workbook(rows))
        run_year(Inputs(space))
        said = {
            name: (space.returns / name).read_text("utf-8-sig")
            for name in returned(space)
            if name.endswith(".txt")
        }
        (other,) = (text for name, text in said.items() if name != "12-Skåne.txt")
        assert "Det är oklart vilken av era filer som gäller. Tills vidare räknas " in other
        assert "är med i sammanställningen" not in other
        assert "Redovisningen är med i sammanställningen." in said["12-Skåne.txt"]


class DescribeABlankWorkbook:
    def it_is_no_return_in_the_report_and_a_file_to_send_again_in_the_status(
        self, space, year, small_workbook
    ):
        send(space, "Skåne.xlsx", small_workbook({}))
        done = run_year(Inputs(space))
        (skane,) = (one for one in done.data.counties if one.code == "12")
        assert (str(skane.verdict), str(skane.file_state)) == ("missing", "errors")


class DescribeWhatCannotBeOpenedHere:
    def it_stops_every_command_where_it_is_the_whole_folder(self, space):
        space.sent.rmdir()
        closed_folder(space.sent)
        for words in (
            ["status", "2020"],
            ["remind", "2020"],
            ["run", "2020"],
            ["report", "2020", "--final"],
        ):
            code, said, errors = lansrapport(space.root, *words)
            assert code == 2
            assert (
                "Mappen inputs/2020/submissions kan inte öppnas av den som kör verktyget"
                in errors + said
            )
        assert not (space.inputs / "paminnelser.csv").exists()
        assert not space.report.exists()

    @pytest.mark.parametrize(
        ("make", "name"), [(closed_folder, "nytt"), (unreadable, "redovisning.xlsx")]
    )
    def it_may_be_anybodys_where_it_bears_no_countys_name(self, space, make, name):
        make(space.sent / name)
        _, said, _ = lansrapport(space.root, "remind", "2020", "--json")
        found = [json.loads(line) for line in said.splitlines()]
        assert {one["file"] for one in found if "withheld" in one} == {name}
        assert not [one for one in found if "about" in one]

    def it_stops_a_final_print(self, space):
        unreadable(space.sent / "Skåne.xlsx")
        code, said, errors = lansrapport(space.root, "report", "2020", "--final")
        assert code == 2
        assert "något som kan ha skickats in inte går att öppna här: Skåne.xlsx" in errors + said
        assert not space.report.exists()


class DescribeAFileThatHasVanished:
    def it_is_told_by_name_and_day(self, space, small_workbook):
        send(space, "Skåne.xlsx", small_workbook(CLEAN))
        assert lansrapport(space.root, "status", "2020")[0] == 0
        (space.sent / "Skåne.xlsx").unlink()
        code, said, _ = lansrapport(space.root, "status", "2020")
        assert code == 1
        assert "inte längre ligger i inputs/2020/submissions: 1." in said
        assert "Skåne.xlsx: inkommen den" in said
        _, objects, _ = lansrapport(space.root, "run", "2020", "--json")
        gone = [one for one in map(json.loads, objects.splitlines()) if one.get("how") == "borta"]
        assert [one["not_merged"] for one in gone] == ["Skåne.xlsx"]

    def it_is_not_missed_when_another_has_taken_its_place(self, space, small_workbook):
        send(space, "Skåne.xlsx", small_workbook(CLEAN))
        lansrapport(space.root, "status", "2020")
        (space.sent / "Skåne.xlsx").rename(space.sent / "Skåne rättad.xlsx")
        code, said, _ = lansrapport(space.root, "status", "2020")
        assert (code, "inte längre ligger" in said) == (0, False)


class DescribeTheObjectsOfARun:
    def it_says_what_stands_in_the_way(self, space, small_workbook):
        book = small_workbook({**deepcopy(CLEAN), "mal": []})
        send(space, "Skåne.xlsx", book)
        send(space, "Kalmar.pdf", b"%PDF-1.4")
        code, said, _ = lansrapport(space.root, "run", "2020", "--json")
        found = list(map(json.loads, said.splitlines()))
        assert code == 1
        assert {"Kalmar.pdf"} == {one["not_merged"] for one in found if "not_merged" in one}
        states = {one["state"]: one["counties"] for one in found if "state" in one}
        assert states["errors"] == ["Skåne"]
        assert len(states["missing"]) == 19
