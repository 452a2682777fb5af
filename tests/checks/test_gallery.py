"""The error gallery: every code has the smallest input that gives it, and the page about it is true."""

from __future__ import annotations

import ast
import re

import pytest
import yaml

from tests.conftest import ROOT, said
from tests.errors import make_gallery
from tests.errors import page as gallery_page
from tests.errors.make_gallery import PAGE, Case, base_workbook, cases, main, whole_page, years
from tests.errors.page import amiss, expectation
from tests.sampled import sampled
from toolkit.checks.file import judge

CASES = cases()
SAMPLE = sampled(CASES)
WITHOUT_A_CASE = {"FIL-EJ-FIL", "FIL-ATKOMST"}
"""What no file's content brings about: a pipe, a folder that nobody may look into (tests/year/test_sent_again.py)."""
SPOKEN = re.compile(r"[A-Z]{3,}(-[A-Z]+)+")
"""What a finding's code looks like; nothing else in the toolkit looks so."""


def declared() -> set[str]:
    return {code for year in years().values() for code in year.catalogue.entries}


def spoken_by_code() -> set[str]:
    sources = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "toolkit").rglob("*.py"))
    constants = (
        node.value for tree in sources for node in ast.walk(tree) if isinstance(node, ast.Constant)
    )
    return {value for value in constants if isinstance(value, str) and SPOKEN.fullmatch(value)}


def spoken_by_rules() -> set[str]:
    tables = (table for year in years().values() for table in year.spec.tables.values())
    return {rule.code for table in tables for rule in table.rules}


@pytest.fixture(scope="module")
def found() -> list[tuple[Case, list]]:
    return [(case, case.findings()) for case in SAMPLE]


@pytest.mark.whole
class DescribeTheGallery:
    def it_has_a_case_for_every_declared_code_and_no_other(self):
        assert {case.code for case in CASES} == declared() - WITHOUT_A_CASE

    def it_declares_every_code_that_is_spoken_and_no_other(self):
        assert spoken_by_code() | spoken_by_rules() == declared()

    @pytest.mark.parametrize("year", [2020, 2021])
    def it_starts_from_a_workbook_with_nothing_to_remark_on(self, year):
        assert said(judge(base_workbook("clean", year), "fil.xlsx", years())) == []

    @pytest.mark.slow
    def it_gives_each_code_by_its_own_case_and_no_other_code(self, found):
        assert {case.code: {f.code for f in findings} for case, findings in found} == {
            c.code: {c.code} for c in SAMPLE
        }

    @pytest.mark.slow
    def it_says_the_exact_text_in_the_exact_cell(self, found):
        for case, findings in found:
            assert expectation(findings) == (case.folder / "expected.yaml").read_text("utf-8"), (
                case.code
            )

    def it_says_what_and_why_and_how_in_whole_sentences(self):
        for case in CASES:
            for told in yaml.safe_load((case.folder / "expected.yaml").read_text("utf-8")):
                assert (
                    told["what"] and told["why"].endswith((".", "?")) and told["how"].endswith(".")
                ), case.code
                assert not re.search(r"\.\.|  |[{}]|\bNone\b", told["why"] + told["how"]), case.code

    def it_is_what_the_page_shows(self):
        assert whole_page() == PAGE.read_text("utf-8")

    def it_shows_every_case_in_some_part_of_the_page(self):
        shown = set(re.findall(r"^### ([A-Z-]+)$", PAGE.read_text("utf-8"), re.M))
        assert {case.code for case in cases()} <= shown

    def it_explains_each_case_in_a_sentence(self):
        for case in CASES:
            assert re.fullmatch(r"[A-ZÅÄÖ].*\.", case.recipe["about"]), case.code

    def it_would_see_a_code_that_nobody_declared(self):
        assert SPOKEN.fullmatch("FALT-HITTEPA") and not SPOKEN.fullmatch("UTF-8")


@pytest.mark.whole
class DescribeMakingOneCase:
    """`python -m tests.errors.make_gallery --only CODE`, in a gallery of its own."""

    def case_of(self, monkeypatch, folder, recipe):
        """A gallery with one case, whose page is written beside it."""
        monkeypatch.setattr(make_gallery, "HERE", folder)
        monkeypatch.setattr(gallery_page, "HERE", folder)
        monkeypatch.setattr(make_gallery, "PAGE", folder / "felkoder.md")
        (folder / "RAD-KRAV").mkdir()
        (folder / "RAD-KRAV/case.yaml").write_text(recipe, "utf-8")
        (folder / "sida.yaml").write_bytes((ROOT / "tests/errors/sida.yaml").read_bytes())

    def it_writes_what_is_expected_and_the_codes_part_of_the_page(self, monkeypatch, tmp_path):
        recipe = (ROOT / "tests/errors/RAD-KRAV/case.yaml").read_text("utf-8")
        self.case_of(monkeypatch, tmp_path, recipe)
        main(["--only", "RAD-KRAV"])
        parts = PAGE.read_text("utf-8").split("\n### ")
        part = next(part for part in parts if part.startswith("RAD-KRAV\n"))
        expected = ROOT / "tests/errors/RAD-KRAV/expected.yaml"
        assert (tmp_path / "RAD-KRAV/expected.yaml").read_bytes() == expected.read_bytes()
        assert part in (tmp_path / "felkoder.md").read_text("utf-8")

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ("{}", "RAD-KRAV: the case does not give its code. It gives nothing at all."),
            ("{Mål!E6: 1}", "RAD-KRAV: the case does not give its code. It gives FALT-KORT in Mål!E6."),
            ("{Aktiviteter!X6: null, Mål!E6: 1}",
             "RAD-KRAV: the case gives other codes too. It gives FALT-KORT in Mål!E6; RAD-KRAV in Aktiviteter!X6."),
        ],
    )  # fmt: skip
    def it_says_which_codes_came_and_where(self, monkeypatch, tmp_path, cells, said):
        self.case_of(monkeypatch, tmp_path, f"about: Ett försök.\ncells: {cells}\n")
        with pytest.raises(SystemExit) as ended:
            main(["--only", "RAD-KRAV"])
        assert ended.value.code == said
        assert not (tmp_path / "RAD-KRAV/expected.yaml").exists()

    def it_shows_where_our_own_code_failed_and_leaves_the_page_alone(self, monkeypatch, tmp_path):
        recipe = "about: Ett försök.\nfails: toolkit.checks.file.check_submission\n"
        self.case_of(monkeypatch, tmp_path, recipe)
        with pytest.raises(SystemExit) as ended:
            main(["--only", "RAD-KRAV"])
        said = str(ended.value.code).splitlines()
        assert (
            said[0]
            == "RAD-KRAV: the case does not give its code. It gives FIL-VERKTYG of fil.xlsx."
        )
        assert said[1] == "Traceback (most recent call last):"
        assert said[-1] == "ZeroDivisionError"
        assert not (tmp_path / "felkoder.md").exists()

    def it_gives_codes_that_no_part_of_the_page_is_for_a_part_of_their_own(
        self, monkeypatch, tmp_path
    ):
        recipe = (ROOT / "tests/errors/RAD-KRAV/case.yaml").read_text("utf-8")
        self.case_of(monkeypatch, tmp_path, recipe)
        parts = (tmp_path / "sida.yaml").read_text("utf-8").replace("  En rad: [RAD]\n", "")
        (tmp_path / "sida.yaml").write_text(parts, "utf-8")
        main(["--only", "RAD-KRAV"])
        assert "\n## Övrigt\n\n### RAD-KRAV\n" in (tmp_path / "felkoder.md").read_text("utf-8")

    def it_says_that_there_is_no_such_case(self, capsys):
        with pytest.raises(SystemExit):
            main(["--only", "FALT-HITTEPA"])
        assert "there is no tests/errors/FALT-HITTEPA/case.yaml" in capsys.readouterr().err

    def it_tells_a_finding_of_the_whole_file_by_its_name(self):
        finding = years()[2020].catalogue.finding("FIL-TOM", {"file": "a.xlsx"}, file="a.xlsx")
        assert amiss("FIL-STOR", [finding]) == (
            "FIL-STOR: the case does not give its code. It gives FIL-TOM of a.xlsx."
        )
