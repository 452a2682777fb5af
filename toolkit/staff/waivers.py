"""Waivers: what the agency has set aside for a county, read from inputs/<year>/avsteg.xlsx and laid
on its findings.

A waived finding neither blocks nor asks, but it is shown wherever it would have been, with owner,
reason and last day. The waivers are applied after all checks have run: what follows from a waived
cell stays as silent as before."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.findings.finding import Catalogue, Finding, Waiver
from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, HeadedRow, Unreadable, find_list, read_raw
from toolkit.spec.load import Year
from toolkit.spec.model import Spec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.periods import format_date, read_date
from toolkit.words.personal import mask
from toolkit.words.swedish import fold

COLUMNS = ("lan", "kod", "blad", "falt", "agare", "skal", "sista_dag")
_OPTIONAL = {"blad", "falt"}
_LEDGERS = "HUVUDBOK-"  # codes that speak of ledgers; all others speak of the counties' workbooks
_OFFICE = re.compile(r"(?:länsstyrelsen|lst)\s+(?:i\s+)?", re.IGNORECASE)
_ENOUGH = 3  # headings, by which the list is known


@dataclass(frozen=True, slots=True)
class WaiverFile:
    """What a file gave: the waivers that can be used, and what was wrong with the rest."""

    file: str = ""
    waivers: tuple[Waiver, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _WaiverReading:
    """What a sheet is read with."""

    file: str
    spec: Spec
    catalogue: Catalogue
    labels: Mapping[str, str]

    def say(self, code: str, ref: CellRef | None, **values: object) -> Finding:
        told = {"file": self.file, **values}
        return self.catalogue.finding(code, told, file=self.file, refs=(ref,) if ref else ())


def read_waivers(data: bytes, file: str, year: Year) -> WaiverFile:
    """The waivers of a file. Whatever is wrong with it is a finding with sheet and cell, never an
    error."""
    texts = year.texts("avsteg")
    reading = _WaiverReading(file, year.spec, year.catalogue, column_labels(texts))
    try:
        book = read_raw(data)
    except Unreadable as error:
        return WaiverFile(file, findings=(reading.say(error.code, None),))
    lists = [
        found for sheet in book.sheets if (found := find_list(sheet, reading.labels, _is_header))
    ]
    read = [item for found in lists for item in _read_list(found, reading)]
    if not lists:
        read.append(reading.say("AVSTEG-EJ-LISTA", None))
    waivers = tuple(item for item in read if isinstance(item, Waiver))
    return WaiverFile(file, waivers, tuple(item for item in read if isinstance(item, Finding)))


def column_labels(texts: Texts) -> dict[str, str]:
    """The headings of the list: id → what stands above the column."""
    return {name: texts(f"kolumn.{name}") for name in COLUMNS}


def _is_header(columns: Collection[str]) -> bool:
    return len(columns) >= _ENOUGH


def _read_list(found: HeadedList, reading: _WaiverReading) -> Iterator[Waiver | Finding]:
    missing = [name for name in COLUMNS if name not in found.places and name not in _OPTIONAL]
    if missing:
        yield reading.say("AVSTEG-KOLUMN", found.corner, label=reading.labels[missing[0]])
        return
    for row in found:
        if any(row.text(name) for name in COLUMNS):
            yield _read_row(row, reading)


def _read_row(row: HeadedRow, reading: _WaiverReading) -> Waiver | Finding:
    for name in COLUMNS:
        if name not in _OPTIONAL and (
            not row.text(name) or reading.spec.empty_texts.is_marks(row.text(name))
        ):
            return reading.say("AVSTEG-SAKNAS", row.ref(name), label=reading.labels[name])
    county = _county(row.text("lan"), reading.spec)
    if county is None:
        return reading.say("AVSTEG-LAN", row.ref("lan"), value=shown(row.text("lan")))
    code = row.text("kod").split()[0].upper()
    entry = reading.catalogue.entries.get(code)
    if entry is None or entry.fixed:
        return reading.say(
            "AVSTEG-FAST" if entry else "AVSTEG-KOD", row.ref("kod"), value=shown(row.text("kod"))
        )
    last = read_date(row.raw("sista_dag"))
    if last is None:
        return reading.say("AVSTEG-DATUM", row.ref("sista_dag"), value=shown(row.raw("sista_dag")))
    tables = _tables(row.text("blad"), reading.spec)
    fields = {name for table in tables for name in _fields(row.text("falt"), table, reading.spec)}
    if not tables or (row.text("falt") and not fields):
        name = "falt" if tables else "blad"
        return reading.say(
            "AVSTEG-PLATS", row.ref(name), value=shown(row.text(name)), label=reading.labels[name]
        )
    return Waiver(
        county, code, mask(row.text("agare")), mask(row.text("skal")), last.value, row.ref("kod"),
        frozenset(tables) if row.text("blad") else frozenset(), frozenset(fields),
    )  # fmt: skip


def _county(written: str, spec: Spec) -> str | None:
    """`12`, `12 Skåne`, `Skåne`, `Skåne län` or `M`; Excel drops the zero of `01`."""
    found = spec.lists["lan"].find(_OFFICE.sub("", written))
    return found.code if found else None


def _tables(written: str, spec: Spec) -> list[str]:
    """The tables of a sheet or table by its name; all of them when none is named."""
    names = {
        name: {fold(table.label), fold(spec.sheet_of[name].label)}
        for name, table in spec.tables.items()
    }
    return [name for name, known in names.items() if not written or fold(written) in known]


def _fields(written: str, table: str, spec: Spec) -> Iterator[str]:
    for field in spec.tables[table].fields:
        if written and fold(written) in {fold(field.label), fold(field.heading)}:
            yield f"{table}.{field.id}"


def waive(
    findings: Iterable[Finding], waivers: Sequence[Waiver], day: date | None
) -> tuple[Finding, ...]:
    """The findings with the first waiver that holds laid on each. `day` is the day that last days
    are measured against; without one no waiver has expired."""
    holding = [waiver for waiver in waivers if not has_expired(waiver, day)]
    return tuple(
        replace(
            finding,
            waiver=next((waiver for waiver in holding if fits(waiver, finding)), finding.waiver),
        )
        for finding in findings
    )


def has_expired(waiver: Waiver, day: date | None) -> bool:
    """Whether the last day had passed."""
    return day is not None and waiver.last < day


def fits(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is about a finding."""
    return (
        (waiver.county, waiver.code) == (finding.county, finding.code)
        and (not waiver.tables or finding.table in waiver.tables)
        and (not waiver.fields or f"{finding.table}.{finding.field}" in waiver.fields)
    )


def tell_waivers(
    file: WaiverFile,
    year: Year,
    findings: Sequence[Finding],
    days: Mapping[str, date | None],
    *,
    ledgers: bool = False,
) -> list[Finding]:
    """What the agency is told of its waivers: those that have expired, and those that are about
    nothing.

    `days` holds the day for each county that was looked at; the waivers of other counties are not
    spoken of. A waiver about ledgers is spoken of when ledgers have been read, all others when
    workbooks have."""
    said = []
    for waiver in file.waivers:
        if waiver.county not in days or waiver.code.startswith(_LEDGERS) != ledgers:
            continue
        told = {
            "code": waiver.code, "county": year.spec.lists["lan"].by_code[waiver.county].label,
            "last": format_date(waiver.last), "file": file.file,
        }  # fmt: skip
        if has_expired(waiver, days[waiver.county]):
            told["day"] = format_date(days[waiver.county] or waiver.last)
            said.append(
                year.catalogue.finding("AVSTEG-UTGANGET", told, file=file.file, refs=(waiver.ref,))
            )
        elif not any(fits(waiver, finding) for finding in findings):
            said.append(
                year.catalogue.finding("AVSTEG-UTAN-FYND", told, file=file.file, refs=(waiver.ref,))
            )
    return said
