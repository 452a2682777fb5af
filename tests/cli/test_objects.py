"""`--json`: every command but the one that prints a script says what it has to say as objects, one a line."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.test_cli import lansrapport
from tests.cli.test_help import COMMANDS
from tests.collections.folder import lay_out, send
from tests.collections.test_chain import ROWS
from tests.conftest import ROOT

SCRIPTS = {"completion", "spec"}  # one prints a script, the other is no command of its own


def objects(root, *arguments, code):
    """What a command says: its code is the same as without."""
    done = lansrapport(*arguments, "--json", cwd=root)
    assert done.returncode == code, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(isinstance(one, dict) for one in found)
    return found


def of(found, key):
    return [one[key] for one in found if key in one]


@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in SCRIPTS])
def it_is_an_option_of_every_command(command, tmp_path):
    assert "--json" in lansrapport(*command.split(), "--help", cwd=tmp_path).stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = tmp_path_factory.mktemp("objekt")
    (found,) = objects(root, "init", code=0)
    assert (found["year"], found["kept"]) == (2021, [])
    return root


class DescribeWhatIsSaidOfAYear:
    def it_is_told_what_was_left_when_the_folder_was_there(self, root):
        (found,) = objects(root, "init", code=0)
        assert len(found["kept"]) == len(list((root / "templates").iterdir()))

    def it_is_what_is_to_be_decided_and_what_was_written(self, root):
        found = objects(root, "new", "2026", code=0)
        assert found[0] == {"year": 2026, "base": 2021}
        assert "templates/2026/arbetsbok.yaml" in of(found, "written")
        assert "att_insamling" in of(found, "advice")
        again = objects(root, "spec", "check", "2026", code=1)
        assert [one for one in found if "advice" in one] == again
        assert {one["text"] for one in again} >= {
            "Insamlingen (insamling i arbetsbok.yaml) saknar sista_dag, skickas_till, kontakt."
        }

    def it_is_how_two_years_differ(self, root):
        found = objects(root, "spec", "diff", "2020", "2021", code=0)
        assert {"kod_ny", "kod_slut", "falt_nytt"} <= set(of(found, "difference"))

    def it_is_what_explains_a_year(self, root):
        found = objects(root, "spec", "doc", "2020", code=0)
        assert of(found, "written") == [
            "outputs/2020/publicering/ifyllnadsanvisning.docx",
            "outputs/2020/publicering/dataordbok.xlsx",
        ]

    def it_is_every_cell_that_could_not_be_moved(self, root):
        shutil.copy(ROOT / "inputs/2020/submissions/Redovisning Skåne 2020.xlsx", root / "a.xlsx")
        for arguments in (("migrate", "a.xlsx", "--to", "2021"), ("refill", "a.xlsx")):
            found = objects(root, *arguments, code=0)
            lost = of(found, "not_moved")
            assert [found[0]["file"], found[0]["count_not_moved"]] == ["a.xlsx", len(lost)]
            assert len(of(found, "written")) >= 1
            told = lansrapport(*arguments, cwd=root).stdout
            assert all(text in told for text in of(found, "text"))


class DescribeWhatIsSaidOfAnArchive:
    def it_is_each_file_that_differs(self, tmp_path):
        root = lay_out(tmp_path)
        send(root, {"0180": ROWS["0180"]})
        lansrapport("run", "2022", cwd=root)
        assert objects(root, "archive", "2022", code=0)[0]["differing"] == 0
        archive = "outputs/2022/internt/arkiv.zip"
        (same,) = objects(root, "reproduce", archive, code=0)
        assert (same["year"], same["differing"]) == (2022, 0)
        (root / "outputs/2022/internt/status.xlsx").write_bytes(b"egen")
        found = objects(root, "archive", "2022", code=1)
        assert [(one["differs"], one["how"]) for one in found if "differs" in one] == [
            ("outputs/2022/internt/status.xlsx", "annan")
        ]
        assert of(found, "written") == [archive]
