"""What the report over several years must print, reckoned from the cells of the counties' workbooks and from
arbetsbok.yaml as they stand: nothing of the toolkit is used."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import python_calamine
import yaml

ROOT = Path(__file__).parents[2]
SHEETS = {"Aktiviteter": "A", "Indikatorer": "I", "Ekonomi": "E"}
Rows = list[dict[str, str]]
CODES = {
    one["id"]: one["codes"]
    for one in yaml.safe_load((ROOT / "templates/2020/arbetsbok.yaml").read_text("utf-8"))[
        "codelists"
    ]
}


def rows_of(path: Path) -> dict[str, Rows]:
    """The rows of each sheet by heading; the first line whose first cells hold a heading with `-id` is the head."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {
        sheet: list(_rows(book.get_sheet_by_name(sheet).to_python(), letter))
        for sheet, letter in SHEETS.items()
    }


def _rows(lines: list[list[Any]], letter: str) -> Rows:
    place = next(
        number
        for number, line in enumerate(lines)
        if any(re.search(r"-id \*?$", str(cell).strip()) for cell in line)
    )
    head = [str(cell).rstrip(" *") for cell in lines[place]]
    key = next(number for number, name in enumerate(head) if name.endswith("-id"))
    found = [line for line in lines[place + 1 :] if re.fullmatch(rf"{letter}\d+", str(line[key]))]
    return [
        {name: _text(cell) for name, cell in zip(head, line, strict=False) if name}
        for line in found
    ]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def code_of(cell: str) -> str:
    """`UTB – Föreläsning` → `UTB`."""
    return cell.split(" – ")[0]


class Oracle:
    """Every county's rows of some years: `files` by year and county."""

    def __init__(self, files: dict[int, dict[str, Path]]) -> None:
        self.years = sorted(files)
        self.rows = {
            year: {county: rows_of(path) for county, path in own.items()}
            for year, own in files.items()
        }

    def all(self, year: int, sheet: str) -> list[tuple[str, dict[str, str]]]:
        """The rows of a sheet with their county."""
        return [(county, row) for county, own in self.rows[year].items() for row in own[sheet]]

    def concerned(self, year: int) -> list[tuple[str, dict[str, str]]]:
        """The activities on trafficking."""
        return [
            (county, row)
            for county, row in self.all(year, "Aktiviteter")
            if code_of(row["Våldsform"]) == "PMH"
        ]

    def work(self) -> list[list[str]]:
        """All, on the area, counties of these."""
        return [
            [spaced(len(self.all(year, "Aktiviteter"))) for year in self.years],
            [spaced(len(self.concerned(year))) for year in self.years],
            [spaced(len({county for county, _ in self.concerned(year)})) for year in self.years],
        ]

    def kinds(self) -> dict[str, list[str]]:
        """Activities on the area by the label of their kind."""
        found = {}
        for code in CODES["aktivitetstyp"]:
            name, label = code.split(" ", 1)
            counts = [
                sum(code_of(row["Typ av aktivitet"]) == name for _, row in self.concerned(year))
                for year in self.years
            ]
            if any(counts):
                found[label] = [spaced(count) if count else "–" for count in counts]
        return found

    def shifts(self) -> dict[str, tuple[set[str], set[str]]]:
        """Which counties have begun and ended with each kind."""
        first, last = self.years[0], self.years[-1]
        both = set(self.rows[first]) & set(self.rows[last])
        held = {year: defaultdict(set) for year in (first, last)}
        for year, kinds in held.items():
            for county, row in self.concerned(year):
                kinds[row["Typ av aktivitet"].split(" – ")[1]].add(county)
        found = {}
        for label in {**held[first], **held[last]}:
            before, after = held[first][label] & both, held[last][label] & both
            if before != after:
                found[label] = (after - before, before - after)
        return found

    def indicators(self) -> dict[str, list[tuple[str, str]]]:
        """For each indicator and year its sum and how many counties have a number."""
        found: dict[str, list[tuple[str, str]]] = {}
        for code in CODES["indikator"]:
            cells = [self._indicator(year, code) for year in self.years]
            if any(total for total, _ in cells):
                found[code["code"]] = cells
        return found

    def _indicator(self, year: int, code: dict[str, Any]) -> tuple[str, str]:
        values: dict[str, list[Decimal]] = defaultdict(list)
        for county, row in self.all(year, "Indikatorer"):
            if code_of(row["Indikator"]) == code["code"] and row["Värde"] != "u.s.":
                values[county].append(Decimal(row["Värde"]))
        highest = str(code["attributes"].get("summering", "")).startswith("hög")
        total = sum((max(own) if highest else sum(own) for own in values.values()), Decimal(0))
        return (spaced(int(total)), str(len(values))) if values else ("", "")

    def spent(self, code: str, nature: str) -> list[str]:
        """Kronor by year on a verksamhetskod (all of them without one) of one nature."""
        found = []
        for year in self.years:
            lines = [
                row
                for _, row in self.all(year, "Ekonomi")
                if code_of(row["Utgift eller kostnad"]) == nature
            ]
            found.append(kronor(lines, lambda row: code in ("", code_of(row["Verksamhetskod"]))))
        return found

    def traced(self, nature: str) -> list[str]:
        """Kronor for trafficking on other codes than its own."""
        found = []
        for year in self.years:
            lines = [
                row
                for _, row in self.all(year, "Ekonomi")
                if code_of(row["Utgift eller kostnad"]) == nature
            ]
            wanted = [
                row
                for row in lines
                if code_of(row["Våldsform"]) == "PMH" and code_of(row["Verksamhetskod"]) != "PM"
            ]
            found.append(kronor(wanted, lambda _: True))
        return found

    def periods(self) -> set[tuple[str, str, str]]:
        """County, title and the years that tell of it, where the title names a period."""
        told: dict[tuple[str, str], list[str]] = defaultdict(list)
        for year in self.years:
            for county, row in self.all(year, "Aktiviteter"):
                if re.search(r"20\d\d[–-]20\d\d", row["Rubrik"]):
                    told[county, row["Rubrik"]].append(str(year))
        return {
            (*key, " och ".join(", ".join(years).rsplit(", ", 1))) for key, years in told.items()
        }

    def examples(self) -> set[tuple[str, str, str]]:
        """Every good example on the area that was offered: county, year, text."""
        return {
            (county, str(year), row["Gott exempel, text"])
            for year in self.years for county, row in self.concerned(year) if code_of(row["Gott exempel"]) == "JA"
        }  # fmt: skip


def kronor(lines: Rows, wanted: Any) -> str:
    total = sum((Decimal(row["Utfall (kr)"]) for row in lines if wanted(row)), Decimal(0))
    return spaced(int(total)) if total else "–"


def spaced(number: int) -> str:
    """Groups of three, as Swedish print has them."""
    return f"{number:,}".replace(",", "\u00a0")
