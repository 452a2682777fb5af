"""What the page is told: word for word what the county gets back, but for what is only true of a file that has
been sent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.checks import file as judging
from toolkit.checks.file import judge
from toolkit.files.regular import MOST_BYTES
from toolkit.spec.load import load_year
from toolkit.web.bundle import own_code
from toolkit.web.carried import packed
from toolkit.web.tab import opened

SENT = ROOT / "inputs/2020/submissions"
BLEKINGE, SKANE = "Redovisning Blekinge 2020.xlsx", "Redovisning Skåne 2020.xlsx"


@pytest.fixture(scope="module")
def years():
    return {number: load_year(ROOT / "templates", number) for number in (2020, 2021)}


@pytest.fixture(scope="module")
def tab(years):
    return opened(packed(years.values()))


@pytest.fixture
def told(tab):
    def told_of(name: str) -> dict:
        return json.loads(tab.check(name, (SENT / name).read_bytes()))

    return told_of


class DescribeAFileInTheTab:
    def it_has_the_findings_of_the_command_line(self, told, years):
        found = judge((SENT / BLEKINGE).read_bytes(), BLEKINGE, years)
        assert told(BLEKINGE)["findings"] == [finding.as_json() for finding in found.findings]
        assert len(found.findings) == 10

    def it_has_the_counties_name_and_year(self, told):
        seen = told(SKANE)
        assert (seen["county"], seen["year"]) == ("Länsstyrelsen i Skåne län", 2020)

    def it_says_in_one_sentence_what_remains(self, told):
        assert told(BLEKINGE)["verdict"] == "Redovisningen behöver rättas: 10 fel."
        assert told(SKANE)["verdict"] == "Vi ser inget att rätta. Redovisningen kan skickas in."

    def it_says_what_to_do_where_something_remains(self, told):
        assert told(BLEKINGE)["next"].startswith(
            "Spara den markerade filen, rätta det som är fel direkt i bladen, och pröva igen."
        )
        assert told(SKANE)["next"] == ""

    def it_tells_how_grave_it_is(self, told):
        assert (told(BLEKINGE)["state"], told(SKANE)["state"]) == ("wrong", "good")

    def it_groups_findings_by_what_is_wrong(self, told):
        [errors] = told(BLEKINGE)["groups"]
        missing = next(one for one in errors["causes"] if one["code"] == "FALT-SAKNAS")
        assert errors["label"] == "FEL (10)"
        assert missing["cause"] == "En obligatorisk uppgift saknas"
        assert [f"{line['sheet']} {line['cell']}" for line in missing["lines"]] == [
            "Aktiviteter D10", "Avstämning C29", "Avstämning D29",
        ]  # fmt: skip

    def it_has_every_finding_in_one_group(self, told):
        seen = told(BLEKINGE)
        lines = [
            line for group in seen["groups"] for cause in group["causes"] for line in cause["lines"]
        ]
        assert sorted(line["what"] for line in lines) == sorted(
            one["message"] for one in seen["findings"]
        )

    def it_never_says_that_the_file_has_come_in(self, told):
        letter = told(SKANE)["letter"]
        assert "mottagit" not in letter and "gula kolumnen" not in letter
        assert "Filen är inte inskickad." in letter


class DescribeAFileThatIsNotJudged:
    @pytest.mark.parametrize(
        ("why", "code", "what"),
        [
            ("large", "FIL-STOR", "Filen stor.xlsx är större än 25 MB."),
            ("slow", "FIL-LANGSAM", "Filen stor.xlsx tog för lång tid att läsa."),
            (
                "crashed",
                "FIL-SKADAD",
                "Filen stor.xlsx är skadad eller ofullständig och kunde inte läsas.",
            ),
        ],
    )
    def it_is_told_as_on_the_command_line(self, tab, why, code, what):
        [finding] = json.loads(tab.stopped("stor.xlsx", why))["findings"]
        assert (finding["code"], finding["message"]) == (code, what)

    def it_is_refused_when_it_is_larger_than_the_command_line_reads(self, tab):
        [finding] = json.loads(tab.check("stor.xlsx", bytes(MOST_BYTES + 1)))["findings"]
        assert finding["code"] == "FIL-STOR"

    def it_is_told_when_memory_does_not_suffice(self, tab, monkeypatch):
        def short_of_memory(*_):
            raise MemoryError

        monkeypatch.setattr(judging, "read_raw", short_of_memory)
        [finding] = json.loads(tab.check("stor.xlsx", b"PK"))["findings"]
        assert finding["code"] == "FIL-SKADAD"

    def it_is_told_as_our_fault_with_the_place_in_the_code(self, tab, monkeypatch):
        def faulty(*_):
            raise RuntimeError("".join(("hem", "ligt")))

        monkeypatch.setattr(judging, "read_raw", faulty)
        seen = json.loads(tab.check("fil.xlsx", b"PK"))
        assert seen["state"] == "ours"
        assert (
            seen["verdict"]
            == "Vårt verktyg kunde inte pröva filen. Felet är vårt. Skicka in den som vanligt."
        )
        assert "toolkit/checks/file.py" in seen["fault"] and "hemligt" not in seen["fault"]

    def it_hides_a_personal_number_in_the_files_name(self, tab):
        seen = tab.check("Anna 19640823-3234.xlsx", b"")
        assert "19640823" not in seen and "3234" not in seen


class DescribeWhatTheTabLoads:
    def it_is_all_in_the_archive(self):
        code = "import sys, toolkit.web.tab; print(*[m.__file__ for n, m in sys.modules.items() if n.startswith('toolkit')])"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        )
        loaded = {Path(path).resolve().relative_to(ROOT).as_posix() for path in done.stdout.split()}
        assert loaded - own_code().keys() == set()
