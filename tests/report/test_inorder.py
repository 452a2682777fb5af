"""A set that a chapter goes through has the order of the list: the same report from the same inputs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, money_of
from tests.datasets import with_tables
from tests.smaller import data_of, with_chapter
from toolkit.report import write_report
from toolkit.report.blocks import Paragraph
from toolkit.spec.load import load_year

ORDER = ["01", "08", "12", "21", "25"]
TYPES = ["UTB", "KAM", "MET", "STR"]
ASKED = {
    "redovisat": ",".join(ORDER),
    "lan('mal')": ",".join(ORDER),
    "underlag('mal')": ",".join(ORDER),
    "utslag('sarredovisat', 'noll') or redovisat": ",".join(ORDER),
    "utan(lan('mal', malar=2017))": ",".join(ORDER),
    "lanen(['25', '08', '12'])": "08,12,25",
    "omnamner('polis', 'mal', 'formulering') or lan('mal')": ",".join(ORDER),
    "redovisat - ['12']": "01,08,21,25",
    "redovisat - lan('mal')": "",
    "alla - redovisat": "03,04,05,06,07,09,10,13,14,17,18,19,20,22,23,24",
    "lan('mal').base": ",".join(ORDER),
    "alla | select('in', redovisat)": ",".join(ORDER),
    "redovisat | reverse": ",".join(reversed(ORDER)),
}
CHAPTER = (
    "# Titel {titel}\n\n"
    + "\n\n".join("{% for k in " + asked + " %}{{ k }},{% endfor %}–" for asked in ASKED)
    + "\n\n{{ redovisat | first }} {{ redovisat | last }} {{ lan('mal') | join(';') }} {{ redovisat[1] }}"
    + "\n\n{% for t in vanligast('aktiviteter', 'typ') %}{{ t.kod }},{% endfor %}–\n"
)
SAID = [*(f"{said},–" if said else "–" for said in ASKED.values()), "01 25 01;08;12;21;25 08"]


def paragraphs(folder: Path) -> list[str]:
    """What the chapter prints of five that have sent, given in another order than the list's."""
    year = with_chapter(load_year(ROOT / "templates", 2020), folder, CHAPTER)
    report = write_report(money_of(five(data_of(year))))
    told = [block for block in report.blocks if isinstance(block, Paragraph)]
    return ["".join(run.text for run in block.runs) for block in told]


def five(data):
    """Each with one activity of its own type, so that all types are as common."""
    rows = [{"lan": code, "lansnamn": code, "fil": "a.xlsx", "rad": 6} for code in reversed(ORDER)]
    typed = [{**row, "id": "A1", "typ": typ} for row in rows for typ in reversed(TYPES)]
    mal = [{**row, "id": "M1", "malar": 2020, "formulering": "Polisen ska ha fått veta mer."} for row in rows]  # fmt: skip
    return with_tables(data, aktiviteter=typed, mal=mal)


if __name__ == "__main__":
    import tests.smaller

    tests.smaller.SENT = tuple(reversed(ORDER))
    sys.stdout.buffer.write("\n".join(paragraphs(Path(sys.argv[1]))).encode())


def printed(folder: Path, seed: str) -> list[str]:
    """The same, of a Python that begins with another seed for the order of its sets."""
    command = [sys.executable, "-m", "tests.report.test_inorder", str(folder)]
    env = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.check_output(command, cwd=ROOT, env=env, encoding="utf-8").split("\n")


class DescribeASetInAChapter:
    @pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
    def it_is_gone_through_in_the_order_of_the_list(self, tmp_path, seed):
        assert printed(tmp_path, seed)[:-1] == SAID

    def it_has_the_order_of_the_codes_in_their_list(self, tmp_path, year):
        listed = [code for code in year.spec.lists["aktivitetstyp"].by_code if code in TYPES]
        found = set()
        for seed in "123":
            folder = tmp_path / seed
            folder.mkdir()
            found.add(printed(folder, seed)[-1])
        assert found == {f"{','.join(listed)},–"}
