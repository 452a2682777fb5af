"""A year of one's own, from an empty folder to a report, by files of templates/ and inputs/ alone: nothing of the example
is in what comes out."""

from __future__ import annotations

import re
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from tests.collections.folder import said_by
from tests.conftest import ROOT
from tests.year.test_new_year import OWN_YEAR, decide
from toolkit.checks.file import judge
from toolkit.cli.collecting import remind
from toolkit.cli.commands import init, new, run, spec_doc
from toolkit.cli.reporting import report
from toolkit.report.tags import read_bookmark
from toolkit.returns.carryover import move
from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.year.workspace import Workspace

EXAMPLE = OWN_YEAR["OF_THE_EXAMPLE"]
HISTORY, PAST = OWN_YEAR["CITED"], OWN_YEAR["PAST"]
"""What the chapters cite is of its own year: the assignment of 2020 to the counties."""


def later(value):
    """A value of the example as it stands six years on."""
    if isinstance(value, date):
        return value.replace(year=value.year + 6)
    if isinstance(value, str):
        value = value.replace("Påhittat belopp för exemplet.", "Enligt huvudboken.")
        value = value.removesuffix(" (exempel)")
        return PAST.sub(lambda match: str(int(match[0]) + 6), value)
    return value


def rows_of(path, then, now):
    """A county's return of the example, moved into the new year's workbook, and answered anew where that asks for other
    codes."""
    found = judge(path.read_bytes(), path.name, {2020: then}).submission
    rows, _ = move(found, then.spec, now.spec)
    for name, table in rows.items():
        for row in table:
            row.update({field: later(value) for field, value in row.items()})
            if name in ("mal", "ekonomi"):
                row["malsattning"] = "Å1"
            if name == "mal" and isinstance(row.get("malar"), int | Decimal):
                row["malar"] += 6
            if name == "ekonomi":
                row.setdefault("verksamhetskod", "801")  # in the place of a code that has ended
    return found.county, rows


def write_returns(space, now):
    """What 21 counties send for 2026."""
    then = load_year(space.templates, 2020)
    counties = {county.code: county for county in now.spec.counties}
    sent = sorted((ROOT / "inputs/2020/submissions").iterdir())
    moved = [rows_of(path, then, now) for path in sent]
    jobs = [(now.spec, counties[code], now.texts("mall"), rows) for code, rows in moved]
    with ProcessPoolExecutor() as pool:
        for (_, county, *_), book in zip(
            jobs, pool.map(write_template, *zip(*jobs, strict=True)), strict=True
        ):
            (space.inputs / "submissions" / f"Redovisning {county.name} 2026.xlsx").write_bytes(
                book
            )


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    folder = tmp_path_factory.mktemp("år med å, % och mellanslag")
    assert init(folder) == 0
    assert new(2026, root=folder) == 0
    space = Workspace(folder, 2026)
    decide(space)
    space.series.write_text(OWN_YEAR["SERIES"], encoding="utf-8")
    write_returns(space, load_year(space.templates, 2026))
    assert run(2026, root=folder) == 1
    assert spec_doc(2026, root=folder) == 0
    (space.inputs / "submissions/Redovisning Skåne 2026.xlsx").unlink()
    assert remind(2026, day="2027-02-20", root=folder) == 0
    assert report("2026", chapter="county", county=["12"], root=folder) == 1  # Blekinge has errors
    return space


@pytest.mark.whole
class DescribeAYearOfOnesOwn:
    def it_says_nothing_of_the_example_and_nothing_of_its_year(self, space):
        found = []
        for path in sorted(space.outputs.rglob("*")):
            if path.is_file():
                for place, text in said_by(path):
                    if re.fullmatch(r"[A-Z]{0,3}2020", text):
                        continue  # the number of a row, a cell, the width of a column
                    if read_bookmark(text):
                        continue  # the digests in a number's name may hold any figures
                    told = HISTORY.sub("", text)
                    if path.parent.name == "codes":  # between which years a code is valid
                        told = re.sub(r",\d*,\d*\r?$", "", told, flags=re.MULTILINE)
                    found += [
                        f"{place}: {told[max(m.start() - 40, 0) : m.end() + 30]}"
                        for m in EXAMPLE.finditer(told)
                    ]
        assert found == []

    def it_names_the_sources_that_the_data_name(self, space):
        text = " ".join(said for _, said in said_by(space.report))
        assert "Källa: Regleringsbrev 2024; 2026 och Länsstyrelsen Örebro 2027." in text
        assert "Länsstyrelsen Örebro (2021" not in text
        assert "Rapport 2027:5" in text
        assert "fylls i]" not in text
