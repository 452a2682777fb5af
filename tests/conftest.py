"""What the tests share: the year 2020, a clean submission to spoil, and the example year as read."""

from __future__ import annotations

import gc
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import settings

from tests.sampled import ALL, looked_at
from toolkit.analysis.merge import Dataset, merge
from toolkit.checks.file import judge
from toolkit.returns.submission import Return
from toolkit.spec.load import Year, load_year
from toolkit.spec.model import Spec, TableSpec
from toolkit.template import write_template

if TYPE_CHECKING:
    from toolkit.analysis.appropriations import Series
    from toolkit.analysis.results import YearResults
    from toolkit.report.prose import Report

# As the command does (toolkit/cli/commands.py), but more often: workbooks and documents of openpyxl and python-docx do have cycles,
# and two workers with thousands of them must fit into one machine.
gc.set_threshold(5_000, 10, 10)

# A machine that is at work with other things as well is no failure; half the examples in each run, all in `make test-all`.
settings.register_profile("each_run", max_examples=100 if ALL else 50, deadline=None)
settings.load_profile("each_run")

ROOT = Path(__file__).parents[1]
WHOLE = {
    "workbook", "small_workbook", "look", "edited", "convert", "printed", "saved_by_sheetjs",
    "example", "example_returns", "example_money", "example_report", "example_document",
}  # fmt: skip
"""The fixtures that write or read whole workbooks and reports: seconds for each test."""
Rows = dict[str, list[dict[str, Any]]]

CLEAN: Rows = {
    "uppgifter": [{
        "dnr": "801-3809-2020", "regeringsbeslut": "A2020/00696/JÄM", "kontakt_namn": "Anna Andersson",
        "kontakt_epost": "anna@exempel.se", "godkand_av": "Bengt Berg", "godkand_roll": "Enhetschef",
        "godkand_datum": date(2021, 2, 15),
    }],
    "lagesbild": [{
        "id": "L1", "beskrivning": "Kontakter tas främst på internet och få fall upptäcks.", "valdsform": "PMH",
        "perspektiv": ("U", "K"), "malgrupp": ("KVI",), "arena": "NÄT", "analys_kon": "JA", "analys_alder": "JA",
        "analys_hbtq": "NEJ", "analys_funktion": "NEJ", "underlag": "Kartläggning 2020",
    }],
    "mal": [{
        "id": "M1", "lagesbild_id": "L1", "malsattning": "1",
        "formulering": "Alla kommuner i länet ska ha en rutin före målåret.", "malar": 2021,
    }],
    "aktiviteter": [{
        "id": "A1", "mal_id": "M1", "rubrik": "Utbildning om upptäckt",
        "beskrivning": "Heldag för socialtjänst och polis om upptäckt av människohandel.", "typ": "UTB", "deluppdrag": "5",
        "valdsform": "PMH", "perspektiv": "K", "malgrupp": ("KVI", "BARN"), "yrkesgrupp": ("SOC", "POL"),
        "samverkan": ("POL",), "ansvarig": "Sociala enheten", "status": "K", "start": date(2020, 3, 10),
        "slut": date(2020, 3, 11), "verksamhetskod": "PM", "resultat": "Deltagarna har tagit fram en rutin.",
        "belagg": "ENK", "uppfoljning_metod": "ENK", "uppfoljning_ansvarig": "Sociala enheten",
        "uppfoljning_datum": date(2020, 9, 30), "gott_exempel": "NEJ",
    }],
    "indikatorer": [{
        "id": "I1", "indikator": "2", "aktivitet_id": "A1", "mal_id": "M1", "niva": "L", "kon": "T", "alder": "A",
        "varde": 84, "foregaende": 80, "malvarde": 100, "kalla": "Deltagarlistor",
    }],
    "ekonomi": [{
        "id": "E1", "verksamhetskod": "PM", "anslag": "3:1", "anslagspost": "ap.4", "malsattning": "1",
        "valdsform": "PMH", "kostnadsslag": "KÖP", "slag": "K", "budget": Decimal(90000), "utfall": Decimal("84500.50"),
        "aktivitet_id": "A1",
    }],
    "anslag": [{
        "anslag": "3:1", "anslagspost": "ap.4", "ingaende": Decimal(0), "tilldelning": Decimal(100000),
        "omdisponerat": Decimal(0), "overskridande": Decimal(0), "indragning": Decimal(0),
        "utgifter": Decimal("84500.50"), "inkomster": Decimal(0),
    }],
    "huvudbok": [
        {"verksamhetskod": code, "huvudbok": Decimal("84500.50") if code == "PM" else Decimal(0)}
        for code in ("801", "VN", "HR", "VF", "PM")
    ],
    "sarredovisning": [{"omrade": "PM", "status": "SÄR", "belopp": Decimal("84500.50")}],
}  # fmt: skip
"""A submission with nothing to remark on, small enough to spoil one thing at a time."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that ask for a whole workbook are marked so, which `make quick` leaves out; and of many such cases of one
    test every second waits for `make test-all`, unless tests are asked for by name."""
    for item in items:
        if WHOLE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.whole)
    if config.option.keyword or any("::" in one for one in config.args):
        return
    costly = [
        item for item in items if {"whole", "libreoffice"} & {m.name for m in item.iter_markers()}
    ]
    chosen = looked_at([item.nodeid for item in costly])
    left = {item for item, is_chosen in zip(costly, chosen, strict=True) if not is_chosen}
    config.hook.pytest_deselected(items=[item for item in items if item in left])
    items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="module", autouse=True)
def _kept_apart() -> Iterator[None]:
    """What a module leaves behind, in caches and sessions' fixtures, is looked through no more: thousands of tests'
    workbooks would else be walked through again and again to find what is left of the last."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def year() -> Year:
    return load_year(ROOT / "templates", 2020)


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of the shipped templates, to be changed."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    return tmp_path / "templates"


@pytest.fixture
def rows() -> Rows:
    return deepcopy(CLEAN)


@pytest.fixture(scope="session")
def workbook(year: Year) -> Callable[..., bytes]:
    """A filled-in template for a county (Skåne unless told)."""

    return made_once(year, year.spec)


def made_once(year: Year, spec: Spec) -> Callable[..., bytes]:
    """Fills in a template, the same rows of the same county but once: many tests of a module begin with the same."""
    made: dict[str, bytes] = {}

    def make(content: Rows, county: str = "12") -> bytes:
        key = f"{county} {content!r}"
        if key not in made:
            lan = year.spec.lists["lan"].by_code[county]
            made[key] = write_template(spec, lan, year.texts("mall"), content)
            while len(made) > MADE:
                del made[next(iter(made))]
        return made[key]

    return make


MADE = 50  # filled-in templates that are kept
ROOMS = 30  # prepared rows of a list: what is read does not hang on how many there are


@pytest.fixture(scope="session")
def short_template(year: Year) -> Spec:
    """The template with few prepared rows, so that openpyxl opens it soon."""
    return shortened(year.spec)


def shortened(whole: Spec) -> Spec:
    """A spec with few prepared rows in each list."""
    sheets = [
        sheet.model_copy(update={"tables": tuple(map(_short, sheet.tables))})
        for sheet in whole.sheets
    ]
    spec = whole.model_copy(update={"sheets": tuple(sheets)})
    for name in set(vars(spec)) - set(type(spec).model_fields):
        del vars(spec)[name]
    return spec


def _short(table: TableSpec) -> TableSpec:
    return table.model_copy(update={"capacity": min(table.capacity, ROOMS)})


@pytest.fixture(autouse=True, scope="session")
def _a_home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where the secret of the memory lies: not in the home of whoever runs the tests."""
    home = str(tmp_path_factory.mktemp("hem"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", home)
        patch.setenv("LOCALAPPDATA", home)
        yield


@pytest.fixture(autouse=True, scope="session")
def _looks_through_chapters_once() -> Iterator[None]:
    """A year's chapters, as long as their texts are the same, are looked through once: hundreds of tests write a report
    of the year that is shipped."""
    from toolkit.report import prose
    from toolkit.report.chapters import chapters_of

    look, sound = prose.refuse_faults, {}

    def refuse(year: Year) -> None:
        texts = tuple((path.name, path.read_bytes()) for path in chapters_of(year))
        if sound.get(id(year), (None, None))[1] != texts:
            look(year)
            sound[id(year)] = (year, texts)  # the year is kept: its id is nobody else's

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "refuse_faults", refuse)
        yield


@pytest.fixture(autouse=True)
def _works_everything_out(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands in this process remember nothing, unless a test is about that: code that a test has changed has no print
    of its own."""
    if "remembers" not in request.keywords:
        monkeypatch.setattr("toolkit.files.memory.Store.get", lambda *_: None)


@pytest.fixture(scope="session")
def small_workbook(year: Year, short_template: Spec) -> Callable[..., bytes]:
    """The same as `workbook` in the template with few prepared rows: a fifth of the time to write and to open."""

    return made_once(year, short_template)


@pytest.fixture(scope="session")
def look(year: Year) -> Callable[..., Return]:
    """Read and check a file as `lansrapport check` does, without the child process."""

    def check(data: bytes, file: str = "fil.xlsx") -> Return:
        return judge(data, file, {2020: year})

    return check


@pytest.fixture(scope="session")
def edited() -> Callable[[bytes, Callable[[Any], None]], bytes]:
    """A workbook as somebody else's program (openpyxl) saves it after a change."""

    def edit(data: bytes, change: Callable[[Any], None]) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(data))
        change(book)
        target = io.BytesIO()
        book.save(target)
        return target.getvalue()

    return edit


@pytest.fixture(scope="session")
def example_returns(year: Year) -> list[Return]:
    paths = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
    return [judge(path.read_bytes(), path.name, {2020: year}) for path in paths]


@pytest.fixture(scope="session")
def example(year: Year, example_returns: list[Return]) -> Dataset:
    return merge(year, example_returns)


def money_of(data: Dataset, series: Series | None = None) -> YearResults:
    """Merged data with their verdicts and a series of appropriations and spend: the example's, when none is given."""
    from toolkit.analysis.appropriations import read_series
    from toolkit.analysis.earmarks import first_verdicts
    from toolkit.analysis.results import YearResults

    if series is None:
        series = read_series(
            (ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv"
        )
    return YearResults(data, first_verdicts(data), series)


@pytest.fixture(scope="session")
def example_money(example: Dataset) -> YearResults:
    return money_of(example)


@pytest.fixture(scope="session")
def example_report(example_money: YearResults) -> Report:
    from toolkit.report import write_report
    from toolkit.year.issue import issue_of
    from toolkit.year.workspace import Workspace

    return write_report(example_money, issue=issue_of(Workspace(ROOT, 2020)))


@pytest.fixture(scope="session")
def example_document(example_report: Report) -> bytes:
    from toolkit.word import render_report

    return render_report(example_report, ROOT / "templates/2020/rapport.docx")


@pytest.fixture(scope="session")
def soffice() -> str:
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    return found


RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


_ARRAY_FORMULA = re.compile(rb'<f [^>]*t="array"[^>]*>[^<]*</f>')


def without_control(data: bytes) -> bytes:
    """A county's workbook whose sheet Kontroll has its numbers but not their formulas, which take LibreOffice ten seconds of
    the processor's time to count. Any other file as it is."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if b'name="Kontroll"' not in parts.get("xl/workbook.xml", b""):
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            is_sheet = name.startswith("xl/worksheets/")
            package.writestr(name, _ARRAY_FORMULA.sub(b"", part) if is_sheet else part)
    return target.getvalue()


@pytest.fixture(scope="session")
def convert(convert_all: Callable[..., bytes]) -> Callable[..., bytes]:
    """The same as `convert_all`, of a county's workbook without counting its Kontroll."""

    def run(data: bytes, name: str, to: str, *, recalculate: bool = True) -> bytes:
        return convert_all(without_control(data), name, to, recalculate=recalculate)

    return run


@pytest.fixture(scope="session")
def convert_all(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """A file as LibreOffice opens it, recalculates it (or not, as it is installed), and saves it in another format."""
    recalculating, plain = (tmp_path_factory.mktemp("profil") for _ in range(2))
    (recalculating / "user").mkdir()
    (recalculating / "user/registrymodifications.xcu").write_text(RECALCULATE, encoding="utf-8")

    def run(data: bytes, name: str, to: str, *, recalculate: bool = True) -> bytes:
        profile = recalculating if recalculate else plain
        place = tmp_path_factory.mktemp("omvandlad")
        (place / name).write_bytes(data)
        out = place / "ut"
        command = [
            soffice,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            to,
        ]
        subprocess.run(
            [*command, "--outdir", str(out), str(place / name)], check=True, capture_output=True
        )
        return (out / f"{Path(name).stem}.{to.split(':')[0]}").read_bytes()

    return run


@pytest.fixture(scope="session")
def saved_by_sheetjs(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """A workbook as SheetJS saves it in a format (xlsx, xlsm, xlsb, xls, ods), with cells written anew: see save.mjs."""
    node, client = shutil.which("node"), ROOT / "tests/clients/sheetjs"
    if node is None or not (client / "node_modules/xlsx").is_dir():
        pytest.skip("SheetJS is not installed (npm ci --prefix tests/clients/sheetjs)")

    def save(
        data: bytes, ending: str, cells: Sequence[tuple[str, str, Any]] = (), given: str = "xlsx"
    ) -> bytes:
        place = tmp_path_factory.mktemp("sheetjs")
        given_path, path = place / f"in.{given}", place / f"ut.{ending}"
        given_path.write_bytes(data)
        order = {"open": str(given_path), "save": str(path), "cells": cells}
        (place / "order.json").write_text(json.dumps(order), encoding="utf-8")
        subprocess.run(
            [node, str(client / "save.mjs"), str(place / "order.json")],
            check=True,
            capture_output=True,
        )
        return path.read_bytes()

    return save


@pytest.fixture(scope="session")
def printed(
    convert: Callable[..., bytes], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[bytes], str]:
    """What stands on the pages of a Word file as LibreOffice lays them out; the same file is laid out once."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    known: dict[bytes, str] = {}

    def read(document: bytes) -> str:
        if document not in known:
            path = tmp_path_factory.mktemp("tryckt") / "r.pdf"
            path.write_bytes(convert(document, "r.docx", "pdf"))
            done = subprocess.run(
                ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True
            )
            known[document] = done.stdout.decode()
        return known[document]

    return read


def said(found: Return) -> list[tuple[str, str | None]]:
    """Codes and cells of everything that was said, `("FALT-TAL", "Ekonomi!K6")`."""
    return [(f.code, f"{f.sheet}!{f.cell}" if f.refs else None) for f in found.findings]
