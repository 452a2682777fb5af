"""A county officer with files as people have them: other formats, the wrong file, the same one again, many at once.
The page finds, says and marks what the command line does, and looks as it should in every state.

With LANSRAPPORT_BILDER=1 the pictures of the states in docs/bilder are made anew."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import shutil
import subprocess
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import CLEAN, ROOT
from tests.errors.make_gallery import build_workbook
from tests.sampled import in_all
from toolkit.files.zip import ending_of, read_package
from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.web import tab as judging
from toolkit.web.carried import packed
from toolkit.web.tab import opened
from toolkit.year.layout import lay_out

SENT = ROOT / "inputs/2020/submissions"
BLEKINGE, KRONOBERG, SKANE = (
    f"Redovisning {county} 2020.xlsx" for county in ("Blekinge", "Kronoberg", "Skåne")
)
PICTURES = ROOT / "docs/bilder"
MOST = 1_000_000  # bytes of all pictures of the page together

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def files(tmp_path_factory, saved_by_sheetjs):
    """Twelve files that officers have dropped somewhere, by name."""
    wrong, asked = ((SENT / name).read_bytes() for name in (BLEKINGE, KRONOBERG))
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as package:
        package.writestr("word/document.xml", "<w:document/>")
    made = {
        "Blekinge gammal.xls": saved_by_sheetjs(wrong, "xls"),
        "Blekinge binär.xlsb": saved_by_sheetjs(wrong, "xlsb"),
        "Blekinge öppen.ods": saved_by_sheetjs(wrong, "ods"),
        "Kronoberg öppen.ods": saved_by_sheetjs(asked, "ods"),
        "Ekonomi.csv": "Konto;Belopp\n5010;1 234,50\n".encode("cp1252"),
        "Skannad.xlsx": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF",
        "Brev.xlsx": document.getvalue(),
        "Fel år.xlsx": build_workbook({"base": "clean", "cells": {"Uppgifter!C6": 2019}}),
        "Gammal mall.xlsx": build_workbook({"base": "clean", "cells": {"_lansrapport!B1": "1999"}}),
        "Låst.xlsx": (ROOT / "tests/workbooks/losenord.xlsx").read_bytes(),
        "Tom.xlsx": b"",
        "Halv.xlsx": wrong[: len(wrong) // 2],
    }
    place = tmp_path_factory.mktemp("filer")
    for name, data in made.items():
        (place / name).write_bytes(data)
    return {name: place / name for name in made}


@pytest.fixture(scope="module")
def ours():
    """What is told where our own code fails."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(judging, "judge", _failing)
        years = [load_year(ROOT / "templates", number) for number in (2020, 2021)]
        return opened(packed(years)).check(SKANE, (SENT / SKANE).read_bytes())


def _failing(data, name, years):
    from toolkit.checks.file import judge

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr("toolkit.checks.file.read_raw", lambda _: 1 / 0)
        return judge(data, name, years)


@pytest.fixture(scope="module")
def session(use, page, files, ours, year, tmp_path_factory):
    """One visit: what was seen, by the names of its steps."""
    shots = tmp_path_factory.mktemp("bilder")
    again = tmp_path_factory.mktemp("rättad")
    shutil.copy(SENT / SKANE, again / BLEKINGE)  # what was wrong is mended, under its old name
    slow = tmp_path_factory.mktemp("stor")
    (slow / BLEKINGE).write_bytes(large(year))  # still tried when somebody leaves it
    sent = {name: str(SENT / name) for name in (BLEKINGE, KRONOBERG, SKANE)}
    marked = [name for name in files if name.endswith(".ods")]

    def look(name, at=None, **more):
        place = str(shots / f"{name}.png")
        return name, {"look": {"path": place, "width": 900, "from": at, **more}}

    steps = [
        look("flik-redo", height=620),
        ("axe flik-redo", {"axe": 0}),
        ("", {"during": {"paths": list(sent.values()), "path": str(shots / "flik-provas.png")}}),
        ("", {"clear": 0}),
        ("", {"choose": list(map(str, files.values()))}),
        ("odd", {"shown": 0}),
        *((f"copy of {name}", {"mark": name}) for name in marked),
        ("axe of the odd", {"axe": 0}),
        ("", {"clear": 0}),
        ("cleared", {"evaluate": "at('state').textContent"}),
        ("", {"choose": [sent[BLEKINGE]]}),
        look("flik", height=1000, at="#results"),
        ("axe flik", {"axe": 0}),
        look("flik-telefon", width=360, height=900, scheme="dark", at="#results"),
        ("axe flik-telefon", {"axe": 0}),
        look("flik-utskrift", width=750, height=1000, media="print"),
        ("", {"choose": [str(again / BLEKINGE)]}),
        ("corrected", {"shown": 0}),
        look("flik-igen", height=760, at="#results"),
        ("texts", {"evaluate": "[...document.querySelectorAll('.earlier')].map((one) => one.innerText)"}),
        ("axe flik-igen", {"axe": 0}),
        ("", {"clear": 0}),
        ("", {"hurry": [[sent[BLEKINGE]], [sent[SKANE], str(files["Skannad.xlsx"])], [sent[KRONOBERG]]]}),
        ("hurried", {"shown": 0}),
        ("", {"clear": 0}),
        ("", {"choose": [sent[KRONOBERG]]}),
        look("flik-fragor", height=900, at="#results"),
        ("axe flik-fragor", {"axe": 0}),
        ("", {"focus": "#clear"}),
        ("keys", {"keys": ["Tab", "Tab", "Enter", "Tab", "Tab", "Tab", "Tab"]}),
        ("", {"clear": 0}),
        ("", {"choose": [sent[SKANE]]}),
        look("flik-bra", height=700, at="#results"),
        ("axe flik-bra", {"axe": 0}),
        ("", {"clear": 0}),
        ("", {"choose": [str(files["Låst.xlsx"]), str(files["Skannad.xlsx"])]}),
        look("flik-avvisad", height=1000, at="#results"),
        ("axe flik-avvisad", {"axe": 0}),
        ("", {"clear": 0}),
        ("", {"evaluate": f"at('all').hidden = false, at('list').append(card({{name: ''}})), show(at('list').firstChild, {ours})"}),
        look("flik-vart-fel", height=760, at="#results"),
        ("axe flik-vart-fel", {"axe": 0}),
        ("", {"clear": 0}),
        ("", {"choose": [sent[BLEKINGE]]}),
        ("left", {"leave": [str(slow / BLEKINGE)]}),
        ("after leaving", {"shown": 0}),
        ("wrong", {"wrong": 0}),
    ]  # fmt: skip
    seen = use(page, *(step for _, step in steps), loading=str(shots / "flik-hamtar.png"))
    by_name = dict(zip((name for name, _ in steps), seen.pop("steps"), strict=True))
    return {**seen, **by_name, "shots": shots}


def large(year):
    """Blekinge's workbook with as many lines of spend as it has room for."""
    rows = deepcopy(CLEAN)
    (line,) = rows["ekonomi"]
    rows["ekonomi"] = [line | {"id": f"E{number}"} for number in range(1, 3001)]
    county = year.spec.lists["lan"].by_code["10"]
    return write_template(year.spec, county, year.texts("mall"), rows)


@pytest.fixture(scope="module")
def told(files, tmp_path_factory):
    """What the command line says and gives back of the same files, one by one as a county sends them."""
    findings, letters, marked = {}, {}, {}
    for name, path in files.items():
        place = tmp_path_factory.mktemp("arbetsmapp")
        lay_out(place)
        shutil.rmtree(place / "inputs")
        command = [str(ROOT / ".venv/bin/lansrapport"), "check", "--json", "--root", str(place)]
        done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
        lines = list(map(json.loads, done.stdout.splitlines()))
        findings[name] = sorted([one["code"], place_of(one), one["message"]] for one in lines)
        [letters[name]] = (p.read_text("utf-8-sig") for p in place.rglob("returns/*.txt"))
        [marked[name]] = (
            p.read_bytes() for p in place.rglob("returns/*") if p.suffix in {".xlsx", ".ods"}
        )
    return findings, letters, marked


def place_of(one):
    return f"{one['sheet'] or 'Hela filen'} {one['cell'] or ''}".strip()


def by_file(shown):
    return {one["file"]: one for one in shown}


def is_marked(sent, given):
    """Whether what came back is the county's own file, and not the feedback alone or a fresh copy."""
    if not sent.startswith(b"PK") or ending_of(sent) != ending_of(given):
        return False
    return read_package(sent).keys() <= read_package(given).keys()


def findings_of(letter):
    """A letter from its first heading that counts findings, without what is said of the copy."""
    lines = letter.splitlines()
    heads = ("FEL (", "FRÅGOR (", "UPPLYSNINGAR (")
    starts = [n for n, line in enumerate(lines) if line.startswith(heads)]
    return lines[starts[0] :] if starts else []


class DescribeWhatIsLoaded:
    def it_is_no_more_than_8_mb_where_the_server_compresses(self, page):
        loaded = [path for path in page.rglob("*") if path.suffix in {".html", ".css", ".js"}]
        assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in loaded) <= 8_000_000
        assert len(loaded) == 12


@in_all  # tests/web/test_browser.py has odd files too
class DescribeOddFiles:
    def it_finds_what_the_command_line_finds(self, session, told):
        shown = by_file(session["odd"])
        assert {name: sorted(one["found"]) for name, one in shown.items()} == told[0]
        assert len(shown) == 12

    def it_says_it_in_the_same_words(self, session, told):
        for name, one in by_file(session["odd"]).items():
            assert findings_of(one["letter"]) == findings_of(told[1][name]), name

    @pytest.mark.parametrize("name", ["Blekinge öppen.ods", "Kronoberg öppen.ods"])
    def it_marks_an_ods_as_the_command_line_does(self, session, told, name):
        saved = session[f"copy of {name}"]
        mine, theirs = map(read_package, (base64.b64decode(saved["data"]), told[2][name]))
        assert saved["name"] == f"{Path(name).stem}-markerad.ods"
        # Only what is true of a file that has come in alone is said otherwise: on the sheet Återkoppling.
        assert mine.keys() == theirs.keys()
        assert {part for part in mine if mine[part] != theirs[part]} == {"content.xml"}
        own, other = (one["content.xml"].partition(b"</table:table>") for one in (mine, theirs))
        assert own[1:] == other[1:]

    def it_marks_what_the_command_line_marks_and_no_other(self, session, told, files):
        own = {name for name, data in told[2].items() if is_marked(files[name].read_bytes(), data)}
        # What is not read as a return has no cell to mark: the page tells all of it, and offers no copy.
        unread = {"Gammal mall.xlsx"}
        assert {
            name for name, one in by_file(session["odd"]).items() if one["copy"]
        } == own - unread
        assert {"Blekinge öppen.ods", "Kronoberg öppen.ods"} <= own < files.keys()

    def it_is_read_in_every_format_alike(self, session):
        shown = by_file(session["odd"])
        errors = {
            name: sum(code[0] == "FALT-SAKNAS" for code in one["found"])
            for name, one in shown.items() if name.startswith("Blekinge")
        }  # fmt: skip
        assert len(errors) == 3 and len(set(errors.values())) == 1 and min(errors.values()) > 0

    @pytest.mark.parametrize(
        "name",
        ["Ekonomi.csv", "Skannad.xlsx", "Brev.xlsx", "Låst.xlsx", "Tom.xlsx", "Halv.xlsx", "Gammal mall.xlsx"],
    )  # fmt: skip
    def it_says_of_what_is_no_return_to_it_that_it_was_not_tried(self, session, name):
        shown = by_file(session["odd"])[name]
        assert shown["verdict"] == "Filen kunde inte prövas som redovisning."
        assert "direkt i bladen" not in shown["letter"]
        assert "Gör som det står här nedanför, och pröva igen." in shown["letter"]

    def it_leaves_nothing_of_them_when_they_are_taken_away(self, session):
        assert session["cleared"] == "Kontrollen är klar att använda, också utan nätverk."

    def it_breaks_no_rule_of_accessibility(self, session):
        assert session["axe of the odd"] == []


class DescribeAFileThatIsDroppedAgain:
    def it_is_told_of_as_it_is_now(self, session):
        newest, earlier = session["corrected"]
        assert (newest["kind"], newest["file"]) == ("file good", BLEKINGE)
        assert earlier["kind"] == "file wrong earlier"

    def it_is_said_of_what_was_before_that_it_was_before(self, session):
        assert session["texts"] == [
            f"{BLEKINGE}\n\nEn fil med samma namn har prövats senare. Det som gäller nu står ovanför."
        ]


class DescribeFilesThatAreDroppedWhileOthersAreTried:
    def it_mixes_none_of_them(self, session):
        kinds = {one["file"]: one["kind"] for one in session["hurried"]}
        assert kinds == {
            BLEKINGE: "file wrong", SKANE: "file good", KRONOBERG: "file asked", "Skannad.xlsx": "file wrong",
        }  # fmt: skip
        counties = {one["file"]: one["letter"].count("Blekinge") > 1 for one in session["hurried"]}
        assert counties == {BLEKINGE: True, SKANE: False, KRONOBERG: False, "Skannad.xlsx": False}


class DescribeTheKeyboard:
    def it_reaches_all_that_can_be_done_with_a_result(self, session):
        assert session["keys"][:6] == [
            "Spara den markerade filen", "Återkopplingen som text", "Återkopplingen som text",
            "Kopiera texten", "Spara texten", "Skriv ut",
        ]  # fmt: skip

    def it_is_not_lost_when_a_file_is_left(self, session):
        assert session["left"] == BLEKINGE
        assert session["after leaving"][0]["verdict"] == "Avbruten."

    def it_takes_nothing_from_what_was_said_before_of_a_file_that_is_left(self, session):
        assert [one["kind"] for one in session["after leaving"]] == ["file", "file wrong"]


STATES = (
    "flik-hamtar", "flik-redo", "flik-provas", "flik", "flik-fragor", "flik-bra", "flik-avvisad", "flik-igen",
    "flik-vart-fel", "flik-stopp", "flik-telefon", "flik-utskrift",
)  # fmt: skip


class DescribeEveryState:
    @pytest.mark.parametrize(
        "state",
        ["flik-redo", "flik", "flik-telefon", "flik-igen", "flik-fragor", "flik-bra", "flik-avvisad", "flik-vart-fel"],
    )  # fmt: skip
    def it_breaks_no_rule_of_accessibility_and_is_never_wider_than_the_window(self, session, state):
        assert (session[f"axe {state}"], session[state]) == ([], 0)

    def it_does_nothing_that_its_own_policy_forbids(self, session):
        assert session["wrong"] == {"refused": [], "errors": []}

    def it_is_pictured(self, session, use, page, tmp_path):
        copy = Path(shutil.copytree(page, tmp_path / "sida"))
        next((copy / "delar").glob("stdlib-*.js")).unlink()
        use(copy, stopped=True, picture=str(session["shots"] / "flik-stopp.png"), size=[900, 700])
        made = {name: small(session["shots"] / f"{name}.png") for name in STATES}
        if os.environ.get("LANSRAPPORT_BILDER"):
            for name, data in made.items():
                (PICTURES / f"{name}.png").write_bytes(data)
        assert sum(map(len, made.values())) < MOST

    def it_is_in_the_documents(self):
        shown = "".join(
            (ROOT / f"docs/{name}.md").read_text("utf-8") for name in ("lan", "myndighet", "sidan")
        )
        assert [name for name in STATES if f"bilder/{name}.png" not in shown] == []
        assert sum((PICTURES / f"{name}.png").stat().st_size for name in STATES) < MOST


def small(path: Path) -> bytes:
    """A picture in as few colours as it has in effect."""
    written = io.BytesIO()
    Image.open(path).convert("RGB").quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()
