"""The page in Chromium, as a county uses it, with the network gone once it is ready: it finds and says what the
command line does, shows what stands in files as text, and lets nothing out.

Needs Debian's chromium, Node, `npm ci --prefix tests/clients/browser` and the parts of the page
(`tests/clients/browser/get-parts`); `.ci/run` installs them."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import zipfile
from itertools import chain
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.errors.make_gallery import build_workbook, cases
from tests.sampled import ALL
from toolkit.checks.file import judge
from toolkit.spec.load import load_year
from toolkit.web.marked import can_be_marked
from toolkit.web.shown import letter
from toolkit.web.tab import Tab
from toolkit.year.layout import lay_out

EXAMPLE = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
ODD = sorted(path for path in (ROOT / "tests/workbooks").iterdir() if path.suffix != ".md")
GALLERY = [case for case in cases() if case.inputs_are_returns and "fails" not in case.recipe]
SHOWN = GALLERY if ALL else GALLERY[::12]
SCRIPT = "<script>alert(1)</script>"
NAMED = '<img src=x onerror="alert(2)">.xlsx'
SHEET = "<b onclick=x>mitt<b>"
HUGE, DAMAGED = "jättestor.xlsx", "skadad.xlsx"
ASKED = [path for path in EXAMPLE if path.stem.split()[1] in {"Blekinge", "Kronoberg"}]
"""Files of the example year in which something is wrong or asked."""
BLEKINGE, SKANE = "Redovisning Blekinge 2020.xlsx", "Redovisning Skåne 2020.xlsx"

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def gallery(tmp_path_factory) -> list[Path]:
    """Some of the gallery's files, by code."""
    place, made = tmp_path_factory.mktemp("galleri"), []
    for case in SHOWN:
        [(name, data)] = case.inputs().items()
        made.append(place / f"{case.code}{Path(name).suffix}")
        made[-1].write_bytes(data)
    return made


@pytest.fixture(scope="module")
def hostile() -> bytes:
    """A workbook with a script wherever a county can write."""
    cells = {"Aktiviteter!F6": SCRIPT, "Aktiviteter!D6": SCRIPT, f"{SHEET}!A1": "19640823-3234"}
    return build_workbook({"base": "clean", "cells": cells, "add_sheets": [SHEET]})


@pytest.fixture(scope="module")
def session(use, page, gallery, hostile, tmp_path_factory):
    """One visit to the page: what was seen, by the names of its steps."""
    shots = tmp_path_factory.mktemp("bilder")
    script = {"name": NAMED, "data": base64.b64encode(hostile).decode()}
    torn = {"name": DAMAGED, "data": base64.b64encode(EXAMPLE[0].read_bytes()[:3000]).decode()}
    two = [str(path) for path in EXAMPLE if path.name in {BLEKINGE, SKANE}]
    steps = [
        ("axe at first", {"axe": 0}),
        ("keys", {"keys": ["Tab", "Tab", "Tab"]}),
        ("example time", {"choose": list(map(str, EXAMPLE))}),
        ("example", {"shown": 0}),
        *((f"copy of {path.stem}", {"mark": path.name}) for path in ASKED),
        ("clear", {"clear": 0}),
        ("", {"choose": list(map(str, ODD))}),
        ("odd", {"shown": 0}),
        ("copies of the odd", {"copies": 0}),
        ("", {"clear": 0}),
        ("", {"choose": list(map(str, gallery))}),
        ("gallery", {"shown": 0}),
        ("copies of the gallery", {"copies": 0}),
        ("", {"clear": 0}),
        ("", {"drop": [script, {"name": HUGE, "size": 200 << 20}, torn]}),
        ("dropped", {"shown": 0}),
        ("opened", {"opened": 0}),
        ("", {"clear": 0}),
        ("", {"evaluate": "PAGE.seconds = 0.001"}),
        ("", {"choose": two[:1]}),
        ("slow", {"shown": 0}),
        ("", {"evaluate": "PAGE.seconds = 120"}),
        ("", {"choose": two}),
        ("after slow", {"shown": 0}),
        ("saved", {"save": 0}),
        ("axe with results", {"axe": 0}),
        ("wide", {"look": {"path": str(shots / "ljus.png")}}),
        ("phone", {"look": {"path": str(shots / "telefon.png"), "width": 320, "scheme": "dark"}}),
        ("axe in the dark", {"axe": 0}),
        ("print", {"look": {"path": str(shots / "utskrift.png"), "width": 750, "media": "print"}}),
        ("", {"look": {}}),
        ("wrong", {"wrong": 0}),
        ("fetched", {"evaluate": "fetch('/sida.js').then(() => 'sent', () => 'refused')"}),
        ("wrong after that", {"wrong": 0}),
        ("", {"evaluate": "document.querySelector('main').append(document.createElement('img'))"}),
        ("axe of a fault", {"axe": 0}),
    ]  # fmt: skip
    seen = use(page, *(step for _, step in steps))
    by_name = dict(zip((name for name, _ in steps), seen.pop("steps"), strict=True))
    return {**seen, **by_name, "shots": shots}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the command line finds in the example's files and the odd ones, by file."""
    place = tmp_path_factory.mktemp("arbetsmapp")
    lay_out(place)
    shutil.rmtree(place / "inputs")
    command = [str(ROOT / ".venv/bin/lansrapport"), "check", "--json", "--root", str(place)]
    done = subprocess.run(
        [*command, *map(str, (*EXAMPLE, *ODD))],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    findings: dict[str, list[list[str]]] = {path.name: [] for path in (*EXAMPLE, *ODD)}
    for line in done.stdout.splitlines():
        one = json.loads(line)
        cell = f"{one['sheet'] or 'Hela filen'} {one['cell'] or ''}".strip()
        findings[one["file"]].append([one["code"], cell, one["message"]])
    letters = {path.stem: path.read_text("utf-8-sig") for path in place.rglob("returns/*.txt")}
    marked = {path.stem: path.read_bytes() for path in place.rglob("returns/*.xlsx")}
    return findings, letters, marked


def by_file(shown: list[dict]) -> dict[str, dict]:
    return {one["file"]: one for one in shown}


def found_in(shown: list[dict]) -> dict[str, list]:
    return {one["file"]: sorted(one["found"]) for one in shown}


def parts_of(text: str) -> str:
    """A letter's findings: from the first heading that counts them."""
    lines = text.splitlines()
    starts = [
        n
        for n, line in enumerate(lines)
        if line.startswith(("FEL (", "FRÅGOR (", "UPPLYSNINGAR ("))
    ]
    return "\n".join(lines[starts[0] :]) if starts else ""


class DescribeTheTab:
    def it_finds_what_the_command_line_finds_in_the_example_year(self, session, told):
        expected = {path.name: sorted(told[0][path.name]) for path in EXAMPLE}
        assert found_in(session["example"]) == expected
        assert sum(map(len, expected.values())) == 30

    def it_says_it_in_the_same_words(self, session, told):
        letters = {text.splitlines()[2].removeprefix("Er fil: "): text for text in told[1].values()}
        for path in EXAMPLE:
            shown = by_file(session["example"])[path.name]["letter"]
            assert parts_of(shown) == parts_of(letters[path.name])

    def it_finds_what_the_command_line_finds_in_odd_and_hostile_files(self, session, told):
        expected = {path.name: sorted(told[0][path.name]) for path in ODD}
        # Where the machine is busy the command line may run out of its 30 seconds before its memory.
        slow = {name for name, [found, *_] in expected.items() if found[0] == "FIL-LANGSAM"}
        shown = found_in(session["odd"])
        assert {shown[name][0][0] for name in slow} <= {"FIL-SKADAD", "FIL-LANGSAM"}
        assert len(slow) <= 2
        assert {name: found for name, found in shown.items() if name not in slow} == {
            name: found for name, found in expected.items() if name not in slow
        }

    def it_writes_the_letter_that_python_writes_of_the_gallery(self, session, gallery):
        years = {number: load_year(ROOT / "templates", number) for number in (2020, 2021)}
        expected = {}
        for path in gallery:
            data = path.read_bytes()
            found = judge(data, path.name, years)
            has_copy = can_be_marked(data, found)
            expected[path.name] = letter(found, years[2020], has_copy=has_copy)
        assert {one["file"]: one["letter"] for one in session["gallery"]} == expected
        assert len(expected) >= 8

    def it_shows_the_newest_first_and_every_file_by_itself(self, session):
        assert [one["file"] for one in session["example"]] == [path.name for path in EXAMPLE]
        assert {one["file"]: one["kind"] for one in session["after slow"][:2]} == {
            BLEKINGE: "file wrong", SKANE: "file good",
        }  # fmt: skip

    def it_starts_from_a_folder_too(self, use, page):
        seen = use(page, {"choose": [str(EXAMPLE[0])]}, {"shown": 0}, **{"from": "folder"})
        assert [one["file"] for one in seen["steps"][1]] == [EXAMPLE[0].name]
        assert seen["steps"][1][0]["letter"] and seen["errors"] == []


def files_in(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


class DescribeTheMarkedCopy:
    def it_is_the_command_lines_where_something_is_wrong(self, session, told):
        saved = session["copy of Redovisning Blekinge 2020"]
        assert saved["name"] == "Redovisning Blekinge 2020-markerad.xlsx"
        [theirs] = (data for stem, data in told[2].items() if "Blekinge" in stem)
        mine, given = (files_in(data) for data in (base64.b64decode(saved["data"]), theirs))
        differing = [name for name in given if mine.get(name) != given[name]]
        # What the command line gives back has come in, and carries what was approved; the tab's has not.
        assert mine.keys() == given.keys()
        assert len(differing) == 1
        assert b"lr:godkand" in given[differing[0]] and b"lr:godkand" not in mine[differing[0]]

    def it_is_what_python_makes_of_the_same_file(self, session):
        years = {number: load_year(ROOT / "templates", number) for number in (2020, 2021)}
        for path in ASKED:
            marked = Tab(years).check_and_mark(path.name, path.read_bytes())[1]
            assert marked is not None
            assert base64.b64decode(session[f"copy of {path.stem}"]["data"]) == marked

    @pytest.mark.parametrize("files", ["gallery", "odd"])
    def it_is_what_python_makes_of_the_gallery_and_of_odd_files(self, session, gallery, files):
        tab = Tab({number: load_year(ROOT / "templates", number) for number in (2020, 2021)})
        saved = session[f"copies of the {files}"]
        # What brings the reader down is told of as damaged, and has no copy.
        paths = {path.name: path for path in (gallery if files == "gallery" else ODD)}
        shown = {one["file"] for one in session[files] if one["found"] and one["copy"]}
        assert saved.keys() == shown
        for name, data in saved.items():
            assert base64.b64decode(data) == tab.check_and_mark(name, paths[name].read_bytes())[1]
        assert files == "odd" or len(saved) >= 5


class DescribeWhatStaysInTheComputer:
    def it_asks_for_nothing_once_it_is_ready(self, session):
        assert [address for address in session["later"] if not address.startswith("blob:")] == []

    def it_loads_from_its_own_server_alone(self, session):
        assert {
            address.split("/")[2] for address in session["requests"] if address.startswith("http")
        } == {session["requests"][0].split("/")[2]}

    def it_keeps_no_cookies_and_nothing_else(self, session):
        assert (session["cookies"], session["stored"]) == ([], 0)

    def it_does_nothing_that_its_own_policy_forbids(self, session):
        assert session["wrong"] == {"refused": [], "errors": []}

    def it_may_not_connect_even_if_it_were_told_to(self, session):
        assert session["fetched"] == "refused"
        [refused] = session["wrong after that"]["refused"]
        assert refused.startswith("connect-src ")


class DescribeWhatACountyWrites:
    def it_is_shown_as_text(self, session):
        shown = by_file(session["dropped"])[NAMED]
        said = "".join(chain.from_iterable(shown["found"]))
        assert SCRIPT in said and SHEET in said
        assert not {"script", "img"} & set(shown["elements"])
        assert session["dialogs"] == 0

    def it_is_refused_unread_when_it_is_too_large(self, session):
        assert [code for code, _, _ in by_file(session["dropped"])[HUGE]["found"]] == ["FIL-STOR"]
        assert HUGE not in session["opened"] and NAMED in session["opened"]

    def it_is_told_of_in_words_when_it_is_damaged(self, session):
        assert [code for code, _, _ in by_file(session["dropped"])[DAMAGED]["found"]] == [
            "FIL-SKADAD"
        ]

    def it_is_ended_when_it_takes_too_long_and_the_next_is_tried(self, session):
        assert [code for code, _, _ in session["slow"][0]["found"]] == ["FIL-LANGSAM"]
        assert [one["kind"] for one in session["after slow"]][:2] == ["file wrong", "file good"]

    def it_can_be_saved_as_windows_writes_texts(self, session):
        saved, shown = session["saved"], session["after slow"][0]
        assert saved["name"] == f"{Path(shown['file']).stem}.txt"
        assert saved["text"] == "\ufeff" + shown["letter"].replace("\n", "\r\n")


class DescribeForEverybody:
    @pytest.mark.parametrize("state", ["at first", "with results", "in the dark"])
    def it_breaks_no_rule_of_accessibility(self, session, state):
        assert session[f"axe {state}"] == []

    def it_would_be_told_of_a_fault(self, session):
        assert any(one.startswith("image-alt") for one in session["axe of a fault"])

    def it_is_reached_by_the_keyboard(self, session):
        assert session["keys"] == [
            "Så ser ni att det stämmer",
            "files",
            "Vad sidan är gjord av, och licenser",
        ]

    @pytest.mark.parametrize("look", ["wide", "phone", "print"])
    def it_is_never_wider_than_the_window(self, session, look):
        assert session[look] == 0


class DescribeAPartThatIsWrong:
    @pytest.mark.parametrize(
        ("data", "told"),
        [
            (b'deliver("worker", "H4sIAAAAAAACAwMAAAAAAAAAAAA=");', "En del av kontrollen är inte den som hör till sidan."),
            (None, "En del av kontrollen kunde inte hämtas."),
        ],
    )  # fmt: skip
    def it_is_told_and_nothing_starts(self, use, page, tmp_path, data, told):
        copy = Path(shutil.copytree(page, tmp_path / "sida"))
        [part] = (copy / "delar").glob("worker-*.js")
        part.unlink()
        if data:
            part.write_bytes(data)
        assert use(copy, stopped=True)["told"].startswith(told)
