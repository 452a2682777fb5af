"""What the pages for people say is what happens: README, and those in docs/ that it leads to."""

from __future__ import annotations

import fnmatch
import re
import shlex
import shutil
import subprocess
import sys
import warnings

import openpyxl
import pytest

from tests.conftest import ROOT

PAGES = [
    "README.md",
    "SECURITY.md",
    "docs/lan.md",
    "docs/myndighet.md",
    "docs/ekonom.md",
    "docs/filer.md",
]
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in PAGES}
README, AGENCY, FILES = TEXTS["README.md"], TEXTS["docs/myndighet.md"], TEXTS["docs/filer.md"]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(text):
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL)


def commands():
    """Each command once, in the order of the pages; what is done to a year of one's own first."""
    lines = [
        line for text in TEXTS.values() for block in blocks(text) for line in block.splitlines()
    ]
    return list(dict.fromkeys(line for line in lines if line.startswith("lansrapport ")))


COMMANDS = commands()
MADE = {
    "init": ["templates/2020/arbetsbok.yaml"],
    "new": ["templates/2026/arbetsbok.yaml", "inputs/2026/LÄS MIG.txt"],
    "templates 2020": ["outputs/2020/templates/12-Skåne.xlsx"],
    "templates 2021": ["outputs/2021/templates/12-Skåne.xlsx"],
    "check": ["outputs/2020/returns/12-Skåne.xlsx"],
    "merge": ["outputs/2020/internt/sammanstallning.xlsx", "outputs/2020/internt/data/ekonomi.csv"],
    "finance": ["outputs/2020/internt/ekonomi.xlsx"],
    "report 2020 --final": ["outputs/2020/publicering/rapport.docx", "inputs/2020/tryckt.json", "outputs/2020/publicering/12-Skåne-rapport.docx"],
    "report": ["outputs/2020/publicering/rapport.docx"],
    "status": ["outputs/2020/internt/status.xlsx", "inputs/2020/inkommet.csv"],
    "remind": ["outputs/2020/paminnelser/10-Blekinge.eml", "inputs/2020/paminnelser.csv"],
    "refill": ["outputs/2020/refilled/12-Skåne.xlsx", "outputs/2020/refilled/12-Skåne.txt"],
    "migrate": ["outputs/2021/migrated/12-Skåne.xlsx", "outputs/2021/migrated/12-Skåne.txt"],
    "spec doc": ["outputs/2020/publicering/ifyllnadsanvisning.docx", "outputs/2020/publicering/dataordbok.xlsx"],
    "web": ["sidan/index.html", "sidan/sha256.txt"],
    "archive": ["outputs/2020/internt/arkiv.zip"],
    "run": ["outputs/2020/publicering/rapport.docx", "outputs/2020/internt/ekonomi.xlsx", "outputs/2020/internt/sammanstallning.xlsx"],
}  # fmt: skip
"""What is there after a command, by how the command begins."""
WITH_FINDINGS = ("check", "merge", "status", "run", "finance", "spec check 2026")
"""The commands that end with 1: the example year has a county with errors, and a new year has much to decide."""


def lansrapport(root, line):
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *shlex.split(line)[1:]],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=root,
    )  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sidor")
    for name in ("templates", "inputs"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


PARTS = ROOT / "tests/clients/browser/parts"  # made by others, and fetched where that can be done
ISSUE = """tryckort: {ort: "Göteborg, maj 2021", nummer: "Rapport 2021:14", dnr: "Dnr 2020/12", kontakt: "info@myndigheten.se"}
forord: {ort: Göteborg den 3 maj 2021, namn: Karin Ek, titel: Generaldirektör}
"""


def prepare(root, line):
    """What the page says shall lie there before a command."""
    if line.startswith("lansrapport verify "):
        report = root / "outputs/2020/publicering/rapport.docx"
        shutil.copy(report, root / shlex.split(line)[2])
    if "--final" in line:
        (root / "inputs/2020/utgivning.yaml").write_text(ISSUE, "utf-8")
    if line.startswith("lansrapport web ") and PARTS.is_dir():
        shutil.copytree(PARTS, root / "delar")


@pytest.fixture(scope="module")
def made(root):
    """All commands of the pages, one after the other. The report that is verified is the one that was made."""
    done = {}
    for line in COMMANDS:
        prepare(root, line)
        done[line] = lansrapport(root, line)
    return done


@pytest.mark.slow
class DescribeTheCommandsOnThePages:
    @pytest.mark.parametrize("line", COMMANDS)
    def it_does_what_it_says(self, root, made, line):
        done, written = made[line], line.removeprefix("lansrapport ")
        if written.startswith("web ") and not PARTS.is_dir():
            pytest.skip("the parts of the page have not been fetched")
        has_findings = written.startswith(WITH_FINDINGS) or written in (
            "report 2020",
            "report 2020 --final",
        )
        assert done.returncode == int(has_findings), done.stdout + done.stderr
        for name in next((names for start, names in MADE.items() if written.startswith(start)), []):
            assert (root / name).is_file(), name

    def it_makes_no_file_that_the_page_of_files_does_not_name(self, root, made):
        known = named_in(FILES)
        lacking = []
        for folder in ("inputs/2020", "inputs/2026", "outputs/2020", "outputs/2021"):
            paths = [path for path in (root / folder).rglob("*") if path.is_file()]
            names = {path.relative_to(root / folder).as_posix() for path in paths}
            lacking += [f"{folder}/{name}" for name in sorted(names) if not is_named(name, known)]
        assert lacking == []

    def it_names_the_columns_and_the_sheets_that_there_are(self, root, made):
        for path in (root / "outputs/2020/internt/data").glob("*.csv"):
            assert f"| `{path.name}` |" in FILES
            assert path.read_text("utf-8-sig").startswith("lan;lansnamn;fil;blad;rad;")
        for name in ("inkommet.csv", "paminnelser.csv", "anslagsserie.csv"):
            head = (root / "inputs/2020" / name).read_text("utf-8-sig").splitlines()[0]
            assert f"`{head}`" in FILES
        head = (root / "inputs/2026/adresser.csv").read_text("utf-8-sig").splitlines()[0]
        assert f"`{head}`" in FILES
        for file, told in re.findall(
            r"^\| `(\w+\.xlsx)` \| ([^|]+?)(?: \(se [^|]*)? \|$", FILES, re.MULTILINE
        ):
            if "ett blad per tabell" not in told:
                assert sheets(root / "outputs/2020/internt" / file) == told.split(", ")


def sheets(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, read_only=True).sheetnames


def named_in(text):
    """The patterns of files in the tables of a page."""
    cells = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)
    names = [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]
    return [name.replace("<länskod>-<namn>", "*") for name in names] + [
        "example/*",
        "make_example.py",
        "make_earlier.py",
    ]


def is_named(name, known):
    return any(
        fnmatch.fnmatch(name, pattern) or (pattern.endswith("/") and name.startswith(pattern))
        for pattern in known
    )


class DescribeThePages:
    @pytest.mark.parametrize("name", PAGES)
    def it_leads_to_pages_and_pictures_that_exist(self, name):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXTS[name]):
            assert ((ROOT / name).parent / link).exists(), link

    @pytest.mark.parametrize("name", PAGES)
    def it_leads_to_headings_that_exist(self, name):
        for page, heading in re.findall(r"\]\(([^)#:]+)#([^)]+)\)", TEXTS[name]):
            text = ((ROOT / name).parent / page).read_text(encoding="utf-8")
            # As GitHub names them: without punctuation.
            known = [
                re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-")
                for head in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
            ]
            assert heading in known

    @pytest.mark.parametrize("name", PAGES)
    def it_names_places_that_exist(self, name):
        found = re.findall(
            r"`((?:toolkit|templates|tests|docs|benchmarks|\.ci)/[\w./-]+)`", TEXTS[name]
        )
        for place in found:
            if (
                "2026" not in place
                and "/ÅR" not in place
                and not place.startswith("templates/2021/report")
            ):
                assert (ROOT / place).exists(), place

    def it_is_one_screen(self):
        assert len(README.splitlines()) <= 50
        assert len(re.findall(r"!\[", README)) == 1
        assert re.findall(r"(?<!!)\[[^\]]*\]\(([^)]*)\)", README) == [
            "docs/lan.md", "docs/myndighet.md", "docs/ekonom.md",
        ]  # fmt: skip
        assert re.findall(r"^(?:make|lansrapport) .*", README, re.MULTILINE) == [
            "make report",
            "lansrapport run 2020",
        ]

    def it_shows_every_sheet_of_the_finance_officers_workbook(self):
        page = TEXTS["docs/ekonom.md"]
        listed = re.findall(
            r"^\| ([^|]+) \| [^|]+\? ?[^|]*\|$|^\| (Bokfört|Rader) \|", page, re.MULTILINE
        )
        sheets = {one or other for one, other in listed} - {"Vilande beslut"}
        pictures = re.findall(r"!\[([^:\]]+):[^\]]*\]\(bilder/(ekonomi-[^)]+)\)", page)
        assert {name for name, _ in pictures} == sheets
        assert max((ROOT / "docs/bilder" / file).stat().st_size for _, file in pictures) < 60_000

    def it_says_that_amounts_are_invented(self):
        assert "Alla belopp per län" in README
        assert "påhittade" in README

    def it_names_every_command_there_is(self):
        known = re.findall(
            r"^  ([a-z]+)  ", lansrapport(ROOT, "lansrapport --help").stdout, re.MULTILINE
        )
        assert len(known) == 20
        for name in known:
            assert f"| `lansrapport {name} " in AGENCY, name

    def it_names_make_targets_that_exist(self):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        told = "\n".join(blocks(README) + blocks(CONTRIBUTING))
        named = set(re.findall(r"^make (\w+)$", told, re.MULTILINE))
        assert {"report", "setup", "quick", "test", "check", "bench", "example", "gallery"} <= named
        for target in named:
            assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.mark.slow
def it_makes_the_example_files_again_byte_for_byte(tmp_path):
    for name in ("templates", "inputs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    made = [
        *(tmp_path / "inputs/2020/submissions").iterdir(),
        *(tmp_path / "inputs/2020/ledgers").iterdir(),
    ]
    before = {path: path.read_bytes() for path in made}
    for path in made:
        path.unlink()
    script = tmp_path / "inputs/2020/make_example.py"
    subprocess.run([sys.executable, str(script)], check=True, capture_output=True, cwd=ROOT)
    # By name: a comparison of so many bytes would take pytest a quarter of an hour to tell.
    assert [path.name for path in made if path.read_bytes() != before[path]] == []
