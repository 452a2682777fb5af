"""docs/ny-insamling.md, carried out in an empty folder: what it says is run, in its order."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.collections.folder import said_by, send
from toolkit.cli.sayings import TEXTS
from toolkit.spec.load import load_year
from toolkit.year.speccheck import _on_the_covers

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ny-insamling.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"(?:^Filen `(?P<path>[^`]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<block>.*?)^```$", re.M | re.S
)
OTHERS = re.compile(
    r"länsstyrels|\blän(s|et|ets|en|ens)?\b|särredovis|prostitu|jämställd", re.IGNORECASE
)
FILLED_IN = "lansrapport check"
COURSES = {
    "UU": [("K1", "JUR", Decimal(30)), ("K2", "SOC", "u.s.")],
    "LU": [("K1", "JUR", "många")],
}
"""What two of the three report: one of them with a word where a number should be."""


class Page(NamedTuple):
    """A folder in which the page has been carried out, and all that was printed on the way."""

    root: Path
    told: str


def rows(courses):
    return {
        "uppgifter": [{"beslutad": date(2023, 2, 1)}],
        "kurser": [{"nr": nr, "amne": subject, "deltagare": count} for nr, subject, count in courses],
    }  # fmt: skip


def program(folder):
    """The command as it is called when it is installed."""
    path = folder / "bin/lansrapport"
    path.parent.mkdir()
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m toolkit "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path.parent


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sidan")
    environment = {**os.environ, "PATH": f"{program(folder)}{os.pathsep}{os.environ['PATH']}"}
    here, told = folder, []
    for step in STEP.finditer(PAGE):
        root = folder / "kurser"
        if step["path"]:
            (root / step["path"]).write_text(step["block"], encoding="utf-8")
            continue
        if step["block"].startswith(FILLED_IN):
            send(root, {code: rows(courses) for code, courses in COURSES.items()})
        done = subprocess.run(
            ["sh", "-c", f"{step['block']}\npwd > '{folder}/pwd'"], capture_output=True,
            text=True, encoding="utf-8", check=False, cwd=here, env=environment,
        )  # fmt: skip
        assert done.stderr == ""
        here = Path((folder / "pwd").read_text().strip())
        told.append(done.stdout)
    return Page(folder / "kurser", "".join(told))


class DescribeThePage:
    def it_gives_templates_that_have_nothing_to_mend(self, page):
        assert "Inget behöver rättas i templates/2022.\n" in page.told
        assert "Mallar i outputs/2022/templates: 3\n" in page.told

    def it_finds_what_is_wrong_in_a_return(self, page):
        assert "  Fel Kurser D6: Här ska det stå ett tal (FALT-TAL)\n" in page.told
        assert page.told.count("FALT-TAL") == 1

    def it_calls_the_respondents_what_they_are_called(self, page):
        lines = page.told.splitlines()
        start = "Lärosäte                Läge           Att göra"
        assert [one for one in lines if one.startswith(start)]
        assert lines[-2:] == [
            "1 lärosäte har inte skickat in: Umeå universitet.",
            "1 lärosäte har fel som behöver rättas: Lunds universitet. Deras markerade filer ligger i "
            "outputs/2022/returns.",
        ]
        assert (
            "  outputs/2022/internt/sammanstallning.xlsx – alla lärosätens rader, och fynden"
            in lines
        )

    def it_writes_a_report(self, page):
        import docx

        document = docx.Document(str(page.root / "outputs/2022/publicering/rapport.docx"))
        text = [one.text for one in document.paragraphs]
        assert "Två av de tre lärosätena har redovisat sina kurser för 2022." in text
        assert (
            "Lärosätet Uppsala universitet har haft kurser i juridik. Sammanlagt redovisas två kurser."
            in text
        )
        told = [
            [cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:]
        ]
        assert told == [
            ["Redovisningen", "Klar"], ["Kurser", "2"], ["Redovisningen", "Fel kvar"], ["Kurser", ".."],
            ["Redovisningen", "Inte inkommen"], ["Kurser", ".."],
        ]  # fmt: skip

    def it_has_a_cover_of_its_own_for_several_years_too(self, page):
        year = load_year(page.root / "templates", 2022)
        texts = year.texts("flerar")
        assert texts("undertitel", years="2022–2023") == "Redovisning 2022–2023"
        assert texts("sidfot", years="2022–2023") == "Kursmyndigheten | Redovisning 2022–2023"
        assert list(_on_the_covers(year, 2022)) == []
        shipped = ROOT / "templates/2020/texter/flerar.yaml"
        (page.root / "templates/2022/texter/flerar.yaml").write_bytes(shipped.read_bytes())
        kept = _on_the_covers(load_year(page.root / "templates", 2022), 2022)
        told = [TEXTS(f"granska.{one.kind}", **dict(one.parts)) for one in kept]
        assert told == [
            "templates/2022/texter/flerar.yaml, rad 2: undertitel är ”Länsstyrelsernas arbete mot prostitution och människohandel "
            "för sexuella ändamål {years}”, men i templates/2022/texter/rapport.yaml står ”Redovisning {year}”.",
            "templates/2022/texter/flerar.yaml, rad 3: sidfot är ”Jämställdhetsmyndigheten | Rapport {years}”, "
            "men i templates/2022/texter/rapport.yaml står ”Kursmyndigheten | Redovisning {year}”.",
        ]

    def it_leaves_no_word_of_the_shipped_years_in_what_is_made(self, page):
        found = []
        for path in sorted((page.root / "outputs").glob("[0-9]*/**/*")):
            if path.is_file():
                found += [
                    (place, match[0])
                    for place, text in said_by(path)
                    for match in OTHERS.finditer(text)
                ]
        assert found == []
