"""A year of one's own with the installed program, in an empty folder: laid out, decided by files of templates/ and inputs/
alone, collected, reminded and reported. Nothing of the example is in what comes out.

    python .ci/own_year.py FOLDER      # FOLDER is empty; prints what is wrong, and nothing when all is right"""

from __future__ import annotations

import email
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import yaml

YEAR, EXAMPLE = 2026, 2020
LATER = YEAR - EXAMPLE
SERIES = """ar;post;belopp;kalla;anmarkning
2024;anslag;100000000;Regleringsbrev 2024;
2026;anslag;120000000;Regleringsbrev 2026;
2024;utgifter;98000000;Länsstyrelsen Örebro 2027;
2026;utgifter;117500000;Länsstyrelsen Örebro 2027;
"""
ISSUE = """tryckort: {ort: "Göteborg, maj 2027", nummer: "Rapport 2027:5", dnr: "Dnr 2026/12", kontakt: "info@myndigheten.se"}
forord: {ort: Göteborg den 3 maj 2027, namn: Karin Ek, titel: Generaldirektör}
"""
DECIDED = """
  - set: spec
    to:
      insamling: {sista_dag: 2027-03-01, skickas_till: redovisning@myndigheten.se, kontakt: Karin Ek}
  - {set_code: omrade.PM, to: {invented: false, valid_from: 2024}}
  - {set_code: verksamhetskod.VN, to: {invented: false}}
  - {set_code: verksamhetskod.HR, to: {invented: false}}
  - {set_code: verksamhetskod.PM, to: {invented: false, valid_from: 2024, note: Egen kod}}
  - {set: ekonomi.verksamhetskod, to: {help: Koden i huvudboken.}}
  - {set: uppgifter.regeringsbeslut, to: {example: Regeringsbeslut A2026/00123}}
  - {set: uppgifter.dnr, to: {pattern_help: till exempel 801-3809-2026}}
"""
OF_THE_EXAMPLE = re.compile(
    r"(?i:påhitt|exempelrapport|\(exempel\))|\bExempel\. |(?<!\d)2020(?!\d)"
)
CITED = re.compile(r"Arbetsmarknadsdepartementet(, | \()2020\)?")
"""What the chapters cite is of its own year."""
FIRST_ROW = 6  # below the example and the headings of a list
ANEW = {"malsattning": "Å1", "verksamhetskod": "801"}
PAST = re.compile(r"(?<!SOSFS )(?<!\d)20[12]\d(?!\d)")  # a statute keeps its year


def decide(root: Path, series: str = SERIES, year: int = YEAR) -> None:
    """All that `new` lists, decided in files of templates/ and inputs/."""
    templates, inputs = root / "templates", root / f"inputs/{year}"
    own, shipped = templates / str(year), templates / str(EXAMPLE)
    workbook = own / "arbetsbok.yaml"
    areas = yaml.safe_load((shipped / "arbetsbok.yaml").read_text(encoding="utf-8"))["earmarks"]
    known = [{"set": "spec", "to": {"earmarks": [{**one, "valid_from": 2024} for one in areas]}}]
    lines = yaml.safe_dump(known, allow_unicode=True).splitlines()
    text = workbook.read_text(encoding="utf-8") + DECIDED + "".join(f"  {line}\n" for line in lines)
    workbook.write_text(text, encoding="utf-8")
    shutil.copytree(shipped / "report", own / "report")
    (own / "texter").mkdir(exist_ok=True)
    shutil.copy(shipped / "texter/export.yaml", own / "texter")
    accounts = (shipped / "huvudbok.yaml").read_text(encoding="utf-8").split("\n")
    kept = [line for line in accounts if "invented: true" not in line]
    (own / "huvudbok.yaml").write_text("\n".join([*kept, "not_booked: [OH]"]), encoding="utf-8")
    (inputs / "anslagsserie.csv").write_text(series, encoding="utf-8")
    (inputs / "utgivning.yaml").write_text(ISSUE, encoding="utf-8")


def lansrapport(root: Path, *arguments: str, code: int) -> str:
    """What a command says, which ends as it should."""
    command = [sys.executable, "-m", "toolkit", *arguments]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != code:
        sys.exit(
            f"{' '.join(arguments)} ended with {done.returncode}, not {code}:\n{done.stdout}{done.stderr}"
        )
    return done.stdout


def later(value: Any) -> Any:
    """A value of the example as it stands in the new year."""
    if isinstance(value, date | datetime):
        return value.replace(year=value.year + LATER)
    if isinstance(value, str):
        told = value.replace("Påhittat belopp för exemplet.", "Enligt huvudboken.").removesuffix(
            " (exempel)"
        )
        return PAST.sub(lambda found: str(int(found[0]) + LATER), told)
    return value


def return_of(root: Path, sent: Path) -> None:
    """A county's return of the example, moved into the new year's workbook and brought up to date in Excel."""
    lansrapport(root, "migrate", str(sent), "--to", str(YEAR), code=0)
    folder = root / f"outputs/{YEAR}/migrated"
    (moved,) = folder.glob("*.xlsx")
    book = openpyxl.load_workbook(moved)
    for sheet in book.worksheets:
        first = 1 if sheet.title == "Uppgifter" else FIRST_ROW
        for row in sheet.iter_rows(min_row=first) if sheet.sheet_state == "visible" else ():
            for cell in row:
                if cell.data_type != "f" and cell.value is not None:
                    cell.value = later(cell.value)
    for sheet in (book["Mål"], book["Ekonomi"]):
        answer_anew(sheet)
    book.save(root / f"inputs/{YEAR}/submissions/{moved.name}")
    shutil.rmtree(folder)


def answer_anew(sheet: Any) -> None:
    """What could not be moved, since the code has ended. The first row, which is hidden, names the columns."""
    names = [cell.value for cell in sheet[1]]
    aim = names.index("malar") if "malar" in names else None
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        if aim is not None and isinstance(row[aim].value, int):
            row[aim].value += LATER
        for name, code in ANEW.items():
            if (
                row[names.index("id")].value
                and name in names
                and row[names.index(name)].value is None
            ):
                row[names.index(name)].value = code


def texts_in(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a file, and of the parts of a package: of XML what stands between and in its tags' values."""
    data = path.read_bytes()
    if path.suffix == ".eml":
        body = email.message_from_bytes(data, policy=default).get_body()
        yield path.name, body.get_content() if body else ""
        return
    if not data.startswith(b"PK"):
        yield path.name, data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")) and "/worksheets/" not in name:
                yield (
                    f"{path.name}!{name}",
                    re.sub(r"<[^>]*>", "\n", package.read(name).decode("utf-8")),
                )


def main(root: Path) -> None:
    """The year, and what of the example is in it."""
    lansrapport(root, "init", code=0)
    lansrapport(root, "new", str(YEAR), code=0)
    lansrapport(root, "spec", "check", str(YEAR), code=1)
    decide(root)
    left = lansrapport(root, "spec", "check", str(YEAR), code=0)
    for sent in sorted((root / f"inputs/{EXAMPLE}/submissions").glob("*.xlsx")):
        return_of(root, sent)
    lansrapport(root, "run", str(YEAR), code=0)
    lansrapport(root, "spec", "doc", str(YEAR), code=0)
    lansrapport(root, "remind", str(YEAR), "--datum", f"{YEAR + 1}-02-20", code=0)
    lansrapport(root, "report", str(YEAR), "--final", code=1)  # twenty counties are missing
    found = [left] if "beslutas" in left else []
    for path in sorted((root / f"outputs/{YEAR}").rglob("*")):
        for place, text in texts_in(path) if path.is_file() else ():
            told = CITED.sub("", text)
            if path.parent.name == "codes":  # between which years a code is valid
                told = re.sub(r",\d*,\d*\r?$", "", told, flags=re.MULTILINE)
            found += [
                f"{place}: {told[max(one.start() - 40, 0) : one.end() + 30]!r}"
                for one in OF_THE_EXAMPLE.finditer(told)
            ]
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # openpyxl's, of what it does not know of Excel
    main(Path(sys.argv[1]))
