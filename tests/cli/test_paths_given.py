"""A path that leads nowhere, in a circle, to what is no file, or to what nobody may read: each is an answer of its own,
in words that are true, and the others are answered too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="made with tools of POSIX")
WITHOUT_POWERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Root may read everything, unless it is told not to."""


def lansrapport(root, *arguments):
    """Its exit code, and what it said; never a traceback, and never a fault of ours."""
    before = WITHOUT_POWERS if os.geteuid() == 0 else []
    if before and shutil.which("setpriv") is None:
        pytest.skip("root may read everything here")
    done = subprocess.run(
        [*before, sys.executable, "-m", "toolkit", *arguments], cwd=root, capture_output=True, text=True,
        encoding="utf-8", check=False, timeout=200,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    assert "Felet är vårt" not in done.stdout + done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    for year in ("2019", "2020"):
        (tmp_path / "inputs" / year / "submissions").mkdir(parents=True)
        (tmp_path / "inputs" / year / "ledgers").mkdir(parents=True)
    return tmp_path


def nothing(path):
    return path


def broken(path):
    path.symlink_to("ingenstans.xlsx")


def circle(path):
    path.symlink_to(path.name)


def pair(path):
    path.symlink_to(f"{path.name}2")
    path.with_name(f"{path.name}2").symlink_to(path.name)


def pipe(path):
    os.mkfifo(path)


def device(path):
    path.symlink_to("/dev/zero")


def folder(path):
    path.mkdir()


def unreadable(path):
    path.write_bytes(b"PK")
    path.chmod(0)


def closed_folder(path):
    path.mkdir()
    path.chmod(0)


def in_a_file(path):
    path.parent.joinpath("fil").write_bytes(b"")
    return path.parent / "fil" / path.name


KINDS = [nothing, broken, circle, pair, pipe, device, folder, unreadable, closed_folder, in_a_file]
NOT_OPENED = {broken, circle, pair, pipe, device}
MISSING = {nothing, in_a_file}


def word_of(make, name):
    """What is to be said of it, and where: a finding, or a reason why nothing was done."""
    if make in NOT_OPENED:
        return f"{name} är ingen vanlig fil och har inte öppnats."
    if make in {unreadable, closed_folder}:
        return f"{name} kan inte öppnas av den som kör verktyget."
    if make is folder:
        return f"Det finns inga filer att kontrollera i {name}."
    return "finns inte."


class DescribePathsThatAreGiven:
    @pytest.mark.parametrize("make", KINDS)
    def it_answers_each_by_itself(self, root, rows, small_workbook, make):
        (root / "h.xlsx").write_bytes(small_workbook(rows))
        made = make(root / "x.xlsx") or root / "x.xlsx"
        shown = made.relative_to(root).as_posix()
        code, said, errors = lansrapport(root, "check", shown, "h.xlsx")
        assert "h.xlsx (12)" in said
        assert word_of(make, made.name) in said + errors
        # 2 where the path leads to nothing that can be told of, else 1 as any file that is refused.
        assert code == (2 if make in MISSING | {folder} else 1)

    @pytest.mark.parametrize("name", ["å" * 300 + ".xlsx", "", "a/" * 3000 + "x.xlsx"])
    def it_refuses_names_that_no_file_can_have(self, root, rows, small_workbook, name):
        (root / "h.xlsx").write_bytes(small_workbook(rows))
        code, said, errors = lansrapport(root, "check", name, "h.xlsx")
        assert (code, "h.xlsx (12)" in said) == (2, True)
        assert errors.startswith("Det gick inte: ")
        assert "finns inte." in errors or "är tomt." in errors

    def it_does_not_take_an_empty_name_for_the_folder_it_stands_in(
        self, root, rows, small_workbook
    ):
        (root / "h.xlsx").write_bytes(small_workbook(rows))
        for command in (
            ["check", ""],
            ["refill", ""],
            ["diff", "", "h.xlsx"],
            ["migrate", "", "--to", "2020"],
        ):
            code, said, errors = lansrapport(root, *command)
            assert (code, said, errors) == (
                2,
                "",
                "Det gick inte: Ett namn på en fil eller mapp är tomt.\n",
            )

    def it_says_in_json_what_it_can(self, root, rows, small_workbook):
        (root / "h.xlsx").write_bytes(small_workbook(rows))
        broken(root / "x.xlsx")
        code, said, errors = lansrapport(root, "check", "x.xlsx", "borta.xlsx", "h.xlsx", "--json")
        assert code == 2
        found = [json.loads(line) for line in said.splitlines()]
        assert {"x.xlsx", "h.xlsx"} >= {one["file"] for one in found} >= {"x.xlsx"}
        assert errors == "Det gick inte: Filen eller mappen borta.xlsx finns inte.\n"


class DescribeWhatLiesAmongTheSubmissions:
    @pytest.mark.parametrize("of", ["2019", "2020"])
    def it_never_stops_the_year(self, root, rows, small_workbook, of):
        (root / "inputs/2020/submissions/12-Skåne.xlsx").write_bytes(small_workbook(rows))
        for make in (circle, pair, broken, unreadable, closed_folder, pipe):
            make(root / f"inputs/{of}/submissions/{make.__name__}.xlsx")
        code, said, errors = lansrapport(root, "status", "2020")
        assert (code, errors) == (1 if of == "2020" else 0, "")
        assert "12 Skåne" in said
        for make in (circle, pair, broken, unreadable, closed_folder, pipe):
            assert (f"{make.__name__}.xlsx" in said) == (of == "2020")

    def it_names_a_ledger_that_was_not_read(self, root, rows, small_workbook):
        (root / "inputs/2020/submissions/12-Skåne.xlsx").write_bytes(small_workbook(rows))
        kinds = (circle, broken, pipe, device, unreadable, closed_folder)
        for make in kinds:
            make(root / f"inputs/2020/ledgers/12 {make.__name__}.csv")
        code, said, errors = lansrapport(root, "finance", "2020")
        assert (code, errors) == (1, "")
        for make in kinds:
            assert word_of(make, f"12 {make.__name__}.csv") in said

    @pytest.mark.parametrize(
        ("name", "command", "make"),
        [
            ("avsteg.xlsx", "merge", pipe), ("filer.xlsx", "merge", device),
            ("finance-decisions.xlsx", "finance", circle), ("ledgers/lan.csv", "finance", unreadable),
            ("redaktion.xlsx", "report", broken), ("texter.docx", "report", unreadable),
            ("adresser.csv", "remind", pipe), ("inkommet.csv", "status", broken),
            ("paminnelser.csv", "status", unreadable), ("anslagsserie.csv", "finance", pipe),
            ("sekretess-nyckel.txt", "report", circle), ("tryckt.json", "report", unreadable),
            ("utgivning.yaml", "report", broken), ("pahittat.yaml", "report", pipe),
        ],
    )  # fmt: skip
    def it_names_a_list_that_was_not_read(self, root, rows, small_workbook, name, command, make):
        (root / "inputs/2020/submissions/12-Skåne.xlsx").write_bytes(small_workbook(rows))
        path = root / "inputs/2020" / name
        make(path)
        code, said, errors = lansrapport(root, command, "2020")
        assert code in {1, 2}
        told = said + errors
        assert f"{path.name} är ingen vanlig fil" in told or f"{path.name} kan inte" in told
        assert os.path.lexists(path)


class DescribeFoldersAmongTheSubmissions:
    def sent(self, root, rows, small_workbook, place):
        place.mkdir(parents=True)
        (place / "12-Skåne.xlsx").write_bytes(small_workbook(rows))

    def it_follows_a_link_to_a_folder(self, root, rows, small_workbook, tmp_path_factory):
        far = tmp_path_factory.mktemp("annanstans") / "halland"
        self.sent(root, rows, small_workbook, far)
        (root / "inputs/2020/submissions/mapp").symlink_to(far)
        _, said, _ = lansrapport(root, "status", "2020")
        assert "12-Skåne.xlsx" in said

    def it_names_a_link_that_leads_back(self, root, rows, small_workbook):
        below = root / "inputs/2020/submissions/skåne"
        self.sent(root, rows, small_workbook, below)
        for name, aim in (("upp", ".."), ("igen", "skåne"), ("här", ".")):
            (below.parent / name).symlink_to(aim)
        code, said, _ = lansrapport(root, "status", "2020")
        assert code == 1
        assert [said.count(f"  {name}: Ingen vanlig fil") for name in ("upp", "igen", "här")] == [
            1,
            1,
            1,
        ]
        assert "har skickat flera filer" not in said

    def it_names_a_hidden_folder_with_workbooks_and_no_other(self, root, rows, small_workbook):
        folder = root / "inputs/2020/submissions"
        self.sent(root, rows, small_workbook, folder / ".dold/under")
        (folder / ".git").mkdir()
        (folder / ".git/HEAD").write_text("x")
        _, said, _ = lansrapport(root, "status", "2020")
        assert "  .dold: Ingen vanlig fil" in said
        assert ".git" not in said

    def it_does_not_grow_without_end(self, root):
        folder = root / "inputs/2020/submissions"
        for number in range(30):
            place = folder / f"m{number}"
            place.mkdir()
            for name in ("a", "b"):
                (place / name).symlink_to(f"../m{number + 1}")
        code, _, errors = lansrapport(root, "status", "2020")
        assert (code, errors) == (1, "")


def test_no_path_is_followed_but_in_one_place():
    """Python 3.11 raises what nobody expects of a link that leads to itself."""
    for path in Path(ROOT / "toolkit").rglob("*.py"):
        if path.name != "regular.py":
            assert ".resolve()" not in path.read_text(encoding="utf-8"), path
