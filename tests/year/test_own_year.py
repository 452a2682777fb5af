"""A year of one's own, from an empty folder to a report, by files of templates/ and inputs/ alone: nothing of the example
is in what comes out."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date

import pytest

from tests.collections.folder import said_by
from tests.conftest import CLEAN
from tests.year.test_new_year import decide
from toolkit.cli.commands import finance
from toolkit.cli.commands import merge as merge_command
from toolkit.cli.reporting import report
from toolkit.cli.sayings import TEXTS
from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.year.newyear import make_year
from toolkit.year.workspace import Workspace, lay_out

EXAMPLE = re.compile(r"(?i:påhitt|exempelrapport)|\bExempel\. |\b2020\b")
SERIES = """ar;post;belopp;kalla;anmarkning
2024;anslag;100000000;Regleringsbrev 2024;
2026;anslag;120000000;Regleringsbrev 2026;
2024;utgifter;98000000;Länsstyrelsen Örebro 2027;
2026;utgifter;117500000;Länsstyrelsen Örebro 2027;
"""
HISTORY = re.compile(r"Arbetsmarknadsdepartementet(, | \()2020\)?|A2020/\d+/JÄM")
"""What the chapters cite is of its own year: the assignment of 2020 to the counties."""


def rows_of(year):
    """The clean return of 2020, six years later."""
    rows = deepcopy(CLEAN)
    for table in rows.values():
        for row in table:
            for name, value in row.items():
                if isinstance(value, date):
                    row[name] = value.replace(year=value.year + year - 2020)
                elif isinstance(value, str):
                    row[name] = value.replace("2020", str(year))
    rows["mal"][0] |= {"malsattning": "Å1", "malar": year + 1}
    rows["ekonomi"][0]["malsattning"] = "Å1"
    return rows


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    folder = tmp_path_factory.mktemp("år med å, % och mellanslag")
    lay_out(folder)
    space = Workspace(folder, 2026)
    make_year(space, TEXTS.part("nytt"))
    decide(space)
    space.series.write_text(SERIES, encoding="utf-8")
    year = load_year(space.templates, 2026)
    for county in [one for one in year.spec.counties if one.code in {"10", "12"}]:
        book = write_template(year.spec, county, year.texts("mall"), rows_of(2026))
        (space.inputs / "submissions" / f"{county.name}.xlsx").write_bytes(book)
    assert merge_command(2026, root=folder) == 0
    assert finance(2026, root=folder) == 0
    assert report(2026, root=folder) == 0
    assert report(2026, chapter="county", county=["12"], root=folder) == 0
    return space


@pytest.mark.whole
class DescribeAYearOfOnesOwn:
    def it_says_nothing_of_the_example_and_nothing_of_its_year(self, space):
        found = []
        for path in sorted(space.outputs.rglob("*")):
            if path.is_file():
                for place, text in said_by(path):
                    told = HISTORY.sub("", text)
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
