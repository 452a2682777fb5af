"""One mistake at a time, in every field of a clean submission: what the check should say, and where.

Everything follows from the spec: which fields there are, what they accept, which rules bind them. A mutation writes
one to a few cells of the clean workbook as it was read, so that reading and checking one takes milliseconds; the same
mutation can be written into the real xlsx file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from tests.conftest import CLEAN, ROOT, Rows
from toolkit.checks.run import check_submission
from toolkit.read import RawBook, RawSheet, interpret, read_raw
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year, load_year
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.template import Placement, place_tables, write_template
from toolkit.words.cells import CellRef

COUNTY, OTHER_COUNTY = "12", "01"
RETIRED = Code(code="UTG9", label="Utgången kod", valid_to=2019)
PERSONAL_NUMBER = "19811228-9874"
NUMBERS = {"integer", "number", "amount", "share", "year"}


@dataclass(frozen=True)
class Fault:
    """A cell whose value cannot be had: an error value, or a formula that was never calculated."""

    written: str

    @property
    def is_error(self) -> bool:
        """Whether it is an error value."""
        return self.written.startswith("#")


Said = tuple[str, str]
"""A code and the cell that is marked first, `("FALT-TAL", "Ekonomi!K6")`."""


@dataclass(frozen=True)
class Mutation:
    """One mistake: the cells that are written, and all that should be said of it."""

    kind: str
    name: str
    cells: tuple[tuple[CellRef, object], ...]
    expected: frozenset[Said]


@dataclass(frozen=True)
class Spot:
    """A field of one row of the clean submission that holds something."""

    table: TableSpec
    field: Field
    row: int
    ref: CellRef
    value: Any

    @property
    def name(self) -> str:
        """`mal.formulering, rad 6`."""
        return f"{self.table.id}.{self.field.id}, row {self.ref.row}"

    def becomes(self, kind: str, value: object, code: str, *also: Said) -> Mutation:
        """The mutation that writes a value here and is told by a code here."""
        return Mutation(
            kind,
            f"{self.name} ← {value!r}"[:110],
            ((self.ref, value),),
            frozenset({(code, str(self.ref)), *also}),
        )


@dataclass(frozen=True)
class Ground:
    """The clean submission that mistakes are made in, with the spec of its year."""

    year: Year
    rows: Rows
    data: bytes
    book: RawBook
    places: Mapping[str, Placement]

    @property
    def spec(self) -> Spec:
        """The year's spec."""
        return self.year.spec

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every filled cell that a county fills in (the first column of several choices), by its field."""
        return tuple(spot for table in self.spec.tables.values() for spot in self._spots(table))

    def _spots(self, table: TableSpec) -> Iterator[Spot]:
        for number, row in enumerate(self.rows[table.id]):
            for item in table.fields:
                value = row.get(item.id)
                if value is not None and item.computed is None:
                    yield Spot(table, item, number, self.ref(table, item.id, number), value)

    def ref(self, table: TableSpec, name: str, number: int) -> CellRef:
        """The cell of a field in the n:th row."""
        place = self.places[table.id]
        row = place.rows[name] if place.rows else place.first_row + number
        return CellRef(place.sheet, row, place.columns[name][0])

    def at(self, table: str, name: str, number: int = 0) -> CellRef:
        """The same by the table's id."""
        return self.ref(self.spec.tables[table], name, number)


@cache
def ground() -> Ground:
    """The year 2020 with a retired code in every list, and a clean submission that fills in all fields."""
    year = load_year(ROOT / "templates", 2020)
    raw = year.spec.model_dump(exclude_none=True)
    for codelist in raw["codelists"]:
        retired = RETIRED.model_dump(exclude_none=True)
        if codelist["id"] == "indikator":
            retired["attributes"] = {"enhet": "st", "personer": "nej", "decimaler": "2"}
        codelist["codes"] = [*codelist["codes"], retired]
    year = replace(year, spec=Spec.model_validate(raw))
    rows = full_rows(year.spec)
    data = write_template(
        year.spec, year.spec.lists["lan"].by_code[COUNTY], year.texts("mall"), rows
    )
    return Ground(year, rows, data, read_raw(data), place_tables(year.spec))


def full_rows(spec: Spec) -> Rows:
    """The clean submission with more rows, so that every field of the spec is filled in somewhere."""
    rows = deepcopy(CLEAN)
    rows["uppgifter"][0] |= {"lan": COUNTY, "ar": 2020, "kontakt_telefon": "010-223 10 00"}
    rows["inget"] = [
        {"tabell": code.code, "inget": "NEJ", "skal": "Tabellen är ifylld."}
        for code in spec.lists["tabell"].valid_in(2020)
    ]
    rows["lagesbild"] += [
        {
            **rows["lagesbild"][0],
            "id": "L2",
            "beskrivning": "Köp sker även i lägenheter i de mindre kommunerna.",
        }
    ]
    rows["mal"] += [{**rows["mal"][0], "id": "M2", "lagesbild_id": "L2", "malsattning": "2"}]
    good = "har tillsammans med polisen utbildat socialsekreterare i elva kommuner."
    rows["aktiviteter"] += [
        {**rows["aktiviteter"][0], "id": "A2", "mal_id": "M2", "rubrik": "Metodstöd till skolor", "valdsform": "VNR",
         "beskrivning": "Skolornas elevhälsa fick en vägledning i samtal om våld i nära relationer.",
         "verksamhetskod": "801", "gott_exempel": "JA", "exempeltext": good},
        {**rows["aktiviteter"][0], "id": "A3", "rubrik": "Kartläggning av arenor", "status": "P", "resultat": None,
         "belagg": None, "slut": date(2021, 5, 1), "uppfoljning_datum": date(2021, 9, 1)},
    ]  # fmt: skip
    rows["indikatorer"] += [
        {**rows["indikatorer"][0], "id": "I2", "indikator": "1", "aktivitet_id": "A2", "mal_id": "M2", "niva": "K",
         "kommun": "1280", "varde": 3, "foregaende": 2, "malvarde": 4, "kommentar": "Två gavs digitalt under hösten."},
        {**rows["indikatorer"][0], "id": "I3", "indikator": "25", "niva": "R", "varde": Decimal("1.5"),
         "foregaende": Decimal("1.4"), "malvarde": Decimal(1)},
    ]  # fmt: skip
    rows["ekonomi"] += [
        {**rows["ekonomi"][0], "id": "E2", "verksamhetskod": "801", "anslagspost": "ap.1", "malsattning": "2",
         "valdsform": "VNR", "kostnadsslag": "BID", "slag": "U", "budget": Decimal(20000), "utfall": Decimal(20000),
         "andel": Decimal(50), "grund": "TID", "aktivitet_id": "A2", "mottagare": "Malmö stad",
         "kommentar": "Bidrag efter ansökan."},
    ]  # fmt: skip
    rows["anslag"] += [
        {
            **rows["anslag"][0],
            "anslagspost": "ap.1",
            "tilldelning": Decimal(20000),
            "utgifter": Decimal(20000),
        }
    ]
    rows["anslag"] += [
        {
            name: Decimal(0)
            for name, value in rows["anslag"][0].items()
            if isinstance(value, Decimal)
        }
        | {
            "anslag": "3:1",
            "anslagspost": "ap.3",
            "kommentar": "Posten har inte använts under året.",
        }
    ]
    rows["huvudbok"][1]["kommentar"] = "Koden har inte använts under året."
    rows["sarredovisning"][0]["skal"] = "Alla utgifter står på egen kod."
    rows["huvudbok"][0]["huvudbok"] = Decimal(20000)
    return rows


# ------------------------------------------------------------------------------------------------ what is said
def said_of(mutation: Mutation | None) -> frozenset[Said]:
    """What reading and checking say of the clean submission with one mistake in it (or none)."""
    base = ground()
    book = spoilt(base.book, mutation.cells) if mutation else base.book
    found = interpret(book, {2020: base.year}, "fil.xlsx", "")
    if found.submission is None:
        return frozenset((finding.code, "") for finding in found.findings)
    findings = check_submission(base.spec, base.year.catalogue, found.submission, found.findings)
    return frozenset(
        (finding.code, str(finding.refs[0]) if finding.refs else "") for finding in findings
    )


def spoilt(book: RawBook, cells: Iterable[tuple[CellRef, object]]) -> RawBook:
    """The workbook as read, with some cells otherwise."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for ref, value in cells:
        sheets[ref.sheet] = _written(sheets[ref.sheet], ref, value)
    return replace(book, sheets=tuple(sheets[sheet.name] for sheet in book.sheets))


def _written(sheet: RawSheet, ref: CellRef, value: object) -> RawSheet:
    where = (ref.row, ref.column)
    rows = [*sheet.rows, *[()] * (ref.row - len(sheet.rows))]
    cells = list(rows[ref.row - 1]) + [""] * (ref.column - len(rows[ref.row - 1]))
    cells[ref.column - 1] = "" if value is None or isinstance(value, Fault) else value
    rows[ref.row - 1] = tuple(cells)
    errors, formulas = dict(sheet.errors), set(sheet.uncalculated)
    if isinstance(value, Fault) and value.is_error:
        errors[where] = value.written
    elif isinstance(value, Fault):
        formulas.add(where)
    return RawSheet(sheet.name, tuple(rows), errors, frozenset(formulas))


def columns_of(base: Ground, spot: Spot) -> list[CellRef]:
    """All cells of a field in its row."""
    columns = base.places[spot.table.id].columns[spot.field.id]
    return [CellRef(spot.ref.sheet, spot.ref.row, column) for column in columns]


def of_type(base: Ground, *types: str) -> Iterator[Spot]:
    """The spots whose fields are of certain types."""
    return (spot for spot in base.spots if spot.field.type in types)


def free_texts(base: Ground) -> Iterator[Spot]:
    """Texts that are not contact details."""
    return (
        spot for spot in of_type(base, "text") if not spot.field.personal and not spot.field.pattern
    )
