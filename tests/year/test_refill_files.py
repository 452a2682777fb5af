"""`refill` of several files: each is told of, none stops another, and no copy takes another's place."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import ROOT
from toolkit.cli import commands
from toolkit.cli.sayings import migration_lines
from toolkit.year.inputs import newest_inputs
from toolkit.year.refill import Migration
from toolkit.year.templates import refill_files, write_left


@pytest.fixture
def root(tmp_path, rows, small_workbook):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    for name in ("a", "b"):
        (tmp_path / f"{name}.xlsx").write_bytes(small_workbook(rows))
    (tmp_path / "rubbish.xlsx").write_bytes(b"rubbish")
    return tmp_path


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """The copies are not made here, only named."""

    def write(space, year, data, found, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"copy")
        return Migration(target, 1, ())

    monkeypatch.setattr("toolkit.year.templates.write_refilled", write)


def named(root, *files):
    """The copies' names by file; their lists are written as the command writes them."""
    given = {}
    for one in refill_files(newest_inputs(root), [root / file for file in files]):
        lines = [*migration_lines(one.source, one.year, 1, ()), one.source]
        write_left(one.done, "\n".join(lines).encode("utf-8-sig"))
        given[one.source] = one.done.path.name
    return given


def copies(root):
    return sorted(path.name for path in (root / "outputs/2020/refilled").glob("*.xlsx"))


class DescribeSeveralFiles:
    def it_tells_of_each_bad_one_and_refills_the_rest(self, root, capsys):
        files = [root / name for name in ("rubbish.xlsx", "a.xlsx", "gone.xlsx")]
        assert commands.refill(files, root) == commands.FAILED
        said = capsys.readouterr()
        assert "rubbish.xlsx" in said.err
        assert "gone.xlsx" in said.err
        assert copies(root) == ["12-Skåne.xlsx"]
        listed = (root / "outputs/2020/refilled/12-Skåne.txt").read_text("utf-8-sig").splitlines()
        assert listed[2] == "a.xlsx"

    def it_gives_the_copy_of_another_file_its_own_name(self, root):
        assert named(root, "a.xlsx", "b.xlsx") == {"a.xlsx": "12-Skåne.xlsx", "b.xlsx": "b.xlsx"}
        assert named(root, "b.xlsx") == {"b.xlsx": "b.xlsx"}
        assert copies(root) == ["12-Skåne.xlsx", "b.xlsx"]

    def it_takes_away_the_copy_of_the_same_file_that_had_another_name(self, root):
        named(root, "a.xlsx", "b.xlsx")
        (root / "outputs/2020/refilled/12-Skåne.xlsx").unlink()
        (root / "outputs/2020/refilled/12-Skåne.txt").unlink()
        assert named(root, "b.xlsx") == {"b.xlsx": "12-Skåne.xlsx"}
        assert copies(root) == ["12-Skåne.xlsx"]
