"""A year of which nothing has come: workbooks to send out, and not a word to anybody that theirs is missing."""

from __future__ import annotations

import pytest

from tests.collections.folder import lay_out
from tests.conftest import ROOT, money_of
from toolkit.analysis.merge import merge
from toolkit.cli.commands import run
from toolkit.year.money import write_memos
from toolkit.year.workspace import Workspace


class DescribeAYearOfWhichNothingHasCome:
    def it_makes_the_workbooks_and_says_that_nothing_has_come(self, tmp_path, capsys):
        root = lay_out(tmp_path)
        letter = root / "outputs/2022/returns/Svar-ekonomi.docx"
        letter.parent.mkdir(parents=True)
        letter.write_bytes(b"PK")
        assert run(2022, root=root) == 0
        said = capsys.readouterr().out
        assert said.startswith(
            "Inga redovisningar har kommit in till inputs/2022/submissions. Det här är gjort:\n"
        )
        assert "Mallar i outputs/2022/templates: 3" in said
        assert "Skicka ut mallarna till kommunerna (3)." in said
        made = sorted(path.name for path in (root / "outputs/2022").rglob("*") if path.is_file())
        assert len(made) == 4
        assert made[-1] == "status.xlsx"
        assert not letter.exists()

    @pytest.mark.parametrize(("sent", "letters"), [(False, 0), (True, 2)])
    def it_writes_no_letters_until_something_has_come(self, tmp_path, year, sent, letters):
        space = Workspace(tmp_path, 2020)
        (space.inputs / "submissions").mkdir(parents=True)
        if sent:
            (space.inputs / "submissions/Skåne.xlsx").write_bytes(b"PK")
        money = money_of(merge(year, []))
        few = [one for one in money.data.counties if one.code in {"10", "12"}]
        object.__setattr__(money.data, "counties", few)
        assert len(write_memos(space, money)) == letters
        assert year.path("rapport.docx").is_relative_to(ROOT)
