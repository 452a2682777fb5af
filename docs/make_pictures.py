"""Pictures of the template for docs/mallen.md: each sheet as on a screen, filled in with a few gaps and faults.

Needs LibreOffice and poppler. Run from the root of the project: .venv/bin/python docs/make_pictures.py"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from copy import deepcopy
from datetime import date
from pathlib import Path

import openpyxl

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.conftest import CLEAN, RECALCULATE  # noqa: E402
from toolkit.spec.load import load_year  # noqa: E402
from toolkit.template import place_tables, write_template  # noqa: E402
from toolkit.words.cells import column_letter  # noqa: E402

A3, ROWS_SHOWN, COLUMNS_SHOWN, DOTS = "8", 10, 12, 85
WIDTH, FULL, SHORT = 1405, 993, 400  # pixels
LOCALE = (
    '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">'
    "<value>sv-SE</value></prop></item>"
)


def content() -> dict[str, list[dict[str, object]]]:
    """The clean submission of the tests with rows that lack something, are impossible, or raise a question."""
    rows = deepcopy(CLEAN)
    activity, line = rows["aktiviteter"][0], rows["ekonomi"][0]
    rows["uppgifter"][0]["godkand_roll"] = None
    rows["aktiviteter"] += [
        {
            **activity,
            "id": "A2",
            "mal_id": "M7",
            "rubrik": "Nätverksträff om köp av sexuella tjänster",
        },
        {
            **activity,
            "id": "A3",
            "rubrik": "Kartläggning",
            "slut": date(2020, 1, 10),
            "resultat": None,
            "typ": "KART",
        },
        {**activity, "id": "A3", "rubrik": "Stöd", "beskrivning": "Kort text."},
    ]
    rows["ekonomi"] += [
        {**line, "id": "E2", "utfall": 1250000, "budget": 1300000, "kostnadsslag": "PERS"},
        {**line, "id": "E3", "utfall": "tolv", "kostnadsslag": "BID", "mottagare": None},
        {**line, "id": "E4", "verksamhetskod": "XX", "utfall": None},
    ]
    return rows


def workbook() -> bytes:
    """The template of a county with that content, each sheet set to print its upper left at full size."""
    year = load_year(ROOT / "templates", 2020)
    data = write_template(
        year.spec, year.spec.lists["lan"].by_code["12"], year.texts("mall"), content()
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    places = place_tables(year.spec).values()
    for sheet in book:
        last = max((place.last_column for place in places if place.sheet == sheet.title), default=7)
        lists = any(
            place.sheet == sheet.title and place.table.capacity > 100 and not place.rows
            for place in places
        )
        rows = (
            ROWS_SHOWN if lists and len([p for p in places if p.sheet == sheet.title]) == 1 else 34
        )
        sheet.print_area = f"A1:{column_letter(min(last, COLUMNS_SHOWN) if rows == ROWS_SHOWN else max(last, 5))}{rows}"
        sheet.print_title_rows = None
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = sheet.page_setup.fitToWidth = 1
        sheet.page_setup.paperSize, sheet.page_setup.orientation = A3, "landscape"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def main() -> None:
    """One picture for each sheet, named after it."""
    target = ROOT / "docs/bilder"
    target.mkdir(exist_ok=True)
    sheets = load_year(ROOT / "templates", 2020).spec.sheets
    names = [sheet.id for sheet in sheets]
    lists = [sheet.id for sheet in sheets if len(sheet.tables) == 1]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "p/user").mkdir(parents=True)
        settings = RECALCULATE.replace("</oor:items>", LOCALE + "</oor:items>")
        (place / "p/user/registrymodifications.xcu").write_text(settings, encoding="utf-8")
        (place / "mall.xlsx").write_bytes(workbook())
        run = [
            "soffice",
            f"-env:UserInstallation=file://{place}/p",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
        ]
        subprocess.run([*run, str(place / "mall.xlsx")], check=True, capture_output=True)
        for page, name in enumerate(names, 1):
            height = SHORT if name in lists else FULL
            crop = [
                "-f",
                str(page),
                "-l",
                str(page),
                "-singlefile",
                "-x",
                "0",
                "-y",
                "0",
                "-W",
                str(WIDTH),
                "-H",
                str(height),
            ]
            picture = str(target / f"mall-{name}")
            subprocess.run(
                ["pdftoppm", "-png", "-r", str(DOTS), *crop, str(place / "mall.pdf"), picture],
                check=True,
            )


if __name__ == "__main__":
    main()
