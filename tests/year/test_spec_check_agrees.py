"""What `spec check` says of a mistake, and what the commands do of it: the same lines, the same code."""

from __future__ import annotations

import pytest

from tests.collections.folder import lay_out
from toolkit.cli.commands import spec_check
from toolkit.files.yaml import SpecError
from toolkit.report.chapters import ReportError, refuse_faults
from toolkit.report.own_figures import own_of
from toolkit.spec.load import load_year

OWN = """tables:
  - {id: min, caption: A, table: stod, rows: slag, stub: Slag, heading: Antal, source: B, measure: MEASURE, total: true}
"""


@pytest.fixture
def root(tmp_path):
    return lay_out(tmp_path)


def checked(root, capsys):
    """The exit code of `spec check`, and the lines that it prints."""
    code = spec_check(2022, root=root, every=False)
    return code, [line.strip() for line in capsys.readouterr().out.splitlines()]


def refused(root, by):
    with pytest.raises((SpecError, ReportError)) as raised:
        by(load_year(root / "templates", 2022))
    return str(raised.value).split("\n")


class DescribeSpecCheck:
    def it_is_content_with_a_sound_collection(self, root, capsys):
        code, lines = checked(root, capsys)
        assert (code, lines[-1]) == (0, "Inget behöver rättas i templates/2022.")

    @pytest.mark.parametrize("measure", ["slutade", "respondents", "persone"])
    def it_refuses_an_own_table_as_the_report_does(self, root, capsys, measure):
        (root / "templates/2022/tabeller.yaml").write_text(OWN.replace("MEASURE", measure), "utf-8")
        said = refused(root, own_of)
        code, lines = checked(root, capsys)
        assert (code, set(said) <= set(lines)) == (2, True)
        assert "Det här i templates/2022 måste rättas, annars stannar det som behöver det:" in lines
        assert " län" not in "".join(said)

    @pytest.mark.parametrize("text", ["", "  \n\n"])
    def it_refuses_an_empty_chapter_as_the_report_does(self, root, capsys, text):
        chapter = sorted((root / "templates/2022/report").iterdir())[-1]
        (root / "templates/2022/report/99-sist.md.j2").write_text(text, "utf-8")
        said = refused(root, refuse_faults)
        assert said == ["99-sist.md.j2, rad 1: Kapitlet är tomt. Skriv det, eller ta bort filen."]
        code, lines = checked(root, capsys)
        assert (code, set(said) <= set(lines), chapter.exists()) == (2, True, True)

    def it_refuses_a_chapter_that_is_a_link_to_nothing(self, root, capsys):
        (root / "templates/2022/report/99-sist.md.j2").symlink_to("borta.md.j2")
        said = refused(root, refuse_faults)
        code, lines = checked(root, capsys)
        assert (code, set(said) <= set(lines)) == (2, True)
        assert said[0].startswith("templates/2022/report/99-sist.md.j2: länken leder ingenstans.")

    def it_tells_of_a_column_that_is_called_as_the_program_s_own(self, root, capsys):
        path = root / "templates/2022/arbetsbok.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("label: Antal anhöriga", "label: kontroll"), "utf-8")
        code, lines = checked(root, capsys)
        assert code == 1
        assert [one for one in lines if one.startswith("Fältet stod.personer heter ”Kontroll”")]

    def it_tells_of_all_mistakes_beside_a_time_of_day(self, root):
        path = root / "templates/2022/arbetsbok.yaml"
        text = path.read_text("utf-8")
        path.write_text(
            text.replace("trend_amount: 200000", "trend_amount: 12:30").replace("capacity: 60", "capacity: många"),
            "utf-8",
        )  # fmt: skip
        said = refused(root, lambda year: year)
        assert len([one for one in said if "12:30" in one]) == 1
        assert len([one for one in said if "många" in one]) == 2
