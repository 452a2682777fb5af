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
from toolkit.read import HeadedList, HeadedRow, Unreadable
from toolkit.spec.answers import one_code
from toolkit.spec.load import Year
from toolkit.spec.model import Spec
from toolkit.spec.roles import RESPONDENTS
from toolkit.staff.lists import as_staffs, lists_in
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.periods import format_date, read_date
from toolkit.words.personal import mask
from toolkit.words.swedish import fold

COLUMNS = ("lan", "kod", "blad", "falt", "agare", "skal", "sista_dag")
_OPTIONAL = {"blad", "falt"}
_LEDGERS = "HUVUDBOK-"  # codes that speak of ledgers; all others speak of the counties' workbooks
_OFFICE = re.compile(r"(?:länsstyrelsen|lst)\s+(?:i\s+)?", re.IGNORECASE)
_ENOUGH = 3  # headings, by which the list is known: a column that is gone is to be told


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
        refs = (ref,) if ref else ()
        return self.catalogue.finding(
            code, {"file": self.file, **values}, file=self.file, refs=refs
        )

    def say_of(self, row: HeadedRow, column: str, code: str, **values: object) -> Finding:
        """What is wrong with a cell, with what stands in it."""
        value = shown(row.text(column))
        return self.say(code, row.ref(column), value=value, **values)


def read_waivers(data: bytes, file: str, year: Year) -> WaiverFile:
    """The waivers of a file. Whatever is wrong with it is a finding with sheet and cell, never an
    error."""
    texts = year.texts("avsteg")
    reading = _WaiverReading(file, year.spec, year.catalogue, column_labels(texts))
    try:
        lists = lists_in(data, reading.labels, _is_header)
    except Unreadable as error:
        told = as_staffs(reading.say(error.code, None), year.catalogue, "AVSTEG-EJ-LISTA")
        return WaiverFile(file, findings=(told,))
    if not lists:
        return WaiverFile(file, findings=(reading.say("AVSTEG-EJ-LISTA", None),))
    waivers: list[Waiver] = []
    findings: list[Finding] = []
    for found in lists:
        for item in _read_list(found, reading):
            if isinstance(item, Waiver):
                waivers.append(item)
            else:
                findings.append(item)
    return WaiverFile(file, tuple(waivers), tuple(findings))


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
    """The waiver of a row, or the first thing that is wrong with it."""
    missing = _missing(row, reading.spec)
    if missing is not None:
        return reading.say("AVSTEG-SAKNAS", row.ref(missing), label=reading.labels[missing])
    county = _county(row.text("lan"), reading.spec)
    if county is None:
        return reading.say_of(row, "lan", "AVSTEG-LAN")
    code = _code(row.text("kod"))
    wrong = _wrong_code(code, reading.catalogue)
    if wrong is not None:
        return reading.say_of(row, "kod", wrong)
    last = read_date(row.raw("sista_dag"))
    if last is None:
        written = shown(row.raw("sista_dag"))
        return reading.say("AVSTEG-DATUM", row.ref("sista_dag"), value=written)
    scope = _scope(row, reading.spec)
    if isinstance(scope, str):
        return reading.say_of(row, scope, "AVSTEG-PLATS", label=reading.labels[scope])
    # Somebody may write a personal number as owner or reason: both are printed to others.
    owner, reason = mask(row.text("agare")), mask(row.text("skal"))
    return Waiver(county, code, owner, reason, last.value, row.ref("kod"), *scope)


def _missing(row: HeadedRow, spec: Spec) -> str | None:
    """The first column that must hold something and does not: a dash or `xxx` is nothing."""
    for name in COLUMNS:
        written = row.text(name)
        if name not in _OPTIONAL and (not written or spec.empty_texts.is_marks(written)):
            return name
    return None


def _code(written: str) -> str:
    """The code alone: the form's drop-down offers it with its title behind."""
    return written.split()[0].upper()


def _wrong_code(code: str, catalogue: Catalogue) -> str | None:
    """The finding about a code that cannot be waived: nothing has it, or it means that something
    cannot be read or must not be spread."""
    entry = catalogue.entries.get(code)
    if entry is None:
        return "AVSTEG-KOD"
    return "AVSTEG-FAST" if entry.fixed else None


def _scope(row: HeadedRow, spec: Spec) -> tuple[frozenset[str], frozenset[str]] | str:
    """The tables and fields that a waiver is limited to, none for all; or the column in which
    something stands that is none."""
    sheet, written = row.text("blad"), row.text("falt")
    tables, fields = _tables(sheet, spec), set[str]()
    for table in tables:
        fields |= set(_fields(written, table, spec))
    if not tables:
        return "blad"
    if written and not fields:
        return "falt"
    return (frozenset(tables) if sheet else frozenset(), frozenset(fields))


def _county(written: str, spec: Spec) -> str | None:
    """`12`, `12 Skåne`, `Skåne`, `Skåne län` or `M`; Excel drops the zero of `01`."""
    found = one_code(spec.list_of(RESPONDENTS), _OFFICE.sub("", written))
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
    laid = []
    for finding in findings:
        waiver = next((one for one in holding if fits(one, finding)), finding.waiver)
        laid.append(replace(finding, waiver=waiver))
    return tuple(laid)


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
    told: list[Finding] = []
    for waiver in file.waivers:
        if waiver.county in days and waiver.code.startswith(_LEDGERS) == ledgers:
            told += _tell_waiver(waiver, file.file, year, findings, days[waiver.county])
    return told


def _tell_waiver(
    waiver: Waiver, file: str, year: Year, findings: Sequence[Finding], day: date | None
) -> Iterator[Finding]:
    county = year.spec.list_of(RESPONDENTS).by_code[waiver.county].label
    last = format_date(waiver.last)
    told = {"code": waiver.code, "county": county, "last": last, "file": file}
    refs = (waiver.ref,)
    if day is not None and has_expired(waiver, day):
        told["day"] = format_date(day)
        yield year.catalogue.finding("AVSTEG-UTGANGET", told, file=file, refs=refs)
    elif not any(fits(waiver, finding) for finding in findings):
        yield year.catalogue.finding("AVSTEG-UTAN-FYND", told, file=file, refs=refs)
