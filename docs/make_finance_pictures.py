"""Pictures for docs/ekonom.md and docs/myndighet.md: the upper left of some sheets of ekonomi.xlsx and status.xlsx of the
example year, as LibreOffice draws them.

Needs LibreOffice and poppler. Run from the root of the project: .venv/bin/python docs/make_finance_pictures.py"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl
from PIL import Image, ImageChops

ROOT = Path(__file__).parents[1]
SHEETS = {
    "ekonomi.xlsx": {
        "Översikt": "ekonomi-oversikt", "Särredovisning": "ekonomi-sarredovisning", "Per kod": "ekonomi-per-kod",
        "Avstämning": "ekonomi-avstamning", "Anslag": "ekonomi-anslag", "Anslagsbelastning": "ekonomi-belastning",
        "Överföringar": "ekonomi-overforingar", "Fördelning": "ekonomi-fordelning", "Bidrag": "ekonomi-bidrag",
        "Över tid": "ekonomi-over-tid", "Så lästes huvudboken": "ekonomi-lastes", "Bokfört": "ekonomi-bokfort", "Rader": "ekonomi-rader",
    },
    "status.xlsx": {"Läget": "laget"},
}  # fmt: skip
"""The sheets that are shown, with the names of their pictures."""
LEAST, COLOURS, WHITE = 8, 64, (255, 255, 255)
A3, ROWS, DOTS, WIDTH, HEIGHT = "8", 14, 60, 992, 330
LEFT_OUT = "Skåne"  # whose return is taken away, so that something has not come


def made(folder: Path) -> Path:
    """The example year's outputs, without one return."""
    for name in ("templates", "inputs"):
        shutil.copytree(ROOT / name, folder / name)
    for path in (folder / "inputs/2020/submissions").glob(f"*{LEFT_OUT}*"):
        path.unlink()
    for command in ("finance", "status"):
        arguments = [sys.executable, "-m", "toolkit", command, "2020", "--root", str(folder)]
        subprocess.run(arguments, check=False, capture_output=True, cwd=ROOT)
    return folder / "outputs/2020/internt"


def shortened(path: Path, names: dict[str, str]) -> list[str]:
    """Leave only those sheets, each printing its upper left on one page; the names of their pictures in order."""
    book = openpyxl.load_workbook(path)
    for sheet in list(book):
        if sheet.title not in names:
            sheet.sheet_state = "hidden"
            continue
        sheet.print_area = (
            f"A1:{sheet.cell(1, max(LEAST, min(sheet.max_column, 12))).column_letter}{ROWS}"
        )
        sheet.print_title_rows = None
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = sheet.page_setup.fitToWidth = 1
        sheet.page_setup.paperSize, sheet.page_setup.orientation = A3, "landscape"
        sheet.oddFooter.left.text = sheet.oddFooter.center.text = sheet.oddFooter.right.text = ""
    shown = [names[sheet.title] for sheet in book if sheet.title in names]
    book.active = next(number for number, sheet in enumerate(book) if sheet.title in names)
    book.save(path)
    return shown


def draw(path: Path, names: list[str]) -> None:
    """One picture for each page of a workbook."""
    folder = path.parent
    office = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/p",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(office, check=True, capture_output=True)
    crop = ["-x", "0", "-y", "0", "-W", str(WIDTH), "-H", str(HEIGHT)]
    for page, name in enumerate(names, 1):
        pages = ["-f", str(page), "-l", str(page), "-singlefile"]
        picture = [str(path.with_suffix(".pdf")), str(ROOT / "docs/bilder" / name)]
        subprocess.run(["pdftoppm", "-png", "-r", str(DOTS), *pages, *crop, *picture], check=True)
        make_small(ROOT / f"docs/bilder/{name}.png")


def make_small(path: Path) -> None:
    """Without the empty paper below, and in few colours."""
    whole = Image.open(path).convert("RGB")
    shown = ImageChops.difference(whole, Image.new("RGB", whole.size, WHITE)).getbbox()
    bottom = min(whole.height, shown[3] + 12) if shown else whole.height
    whole.crop((0, 0, whole.width, bottom)).quantize(COLOURS).save(path, optimize=True)


def main() -> None:
    """All pictures."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = made(Path(folder))
        for file, names in SHEETS.items():
            draw(outputs / file, shortened(outputs / file, names))


if __name__ == "__main__":
    main()
