"""What people's hands do besides: sums and notes below a table, headings pasted along, kronor and days in short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tests.mutants.ground import (
    NUMBERS,
    PERSONAL_NUMBER,
    Ground,
    Mutation,
    columns_of,
    free_texts,
    of_type,
)
from toolkit.spec.model import TableSpec
from toolkit.words.cells import CellRef


def only_spaces(base: Ground) -> Iterator[Mutation]:
    """Spaces, and a sign that no one sees, where something is required."""
    for spot in base.spots:
        if spot.field.required:
            cells = tuple((ref, " \u00a0\u200b ") for ref in columns_of(base, spot))
            yield Mutation(
                "only_spaces", spot.name, cells, frozenset({("FALT-SAKNAS", str(spot.ref))})
            )


def kronor_with_a_dash(base: Ground) -> Iterator[Mutation]:
    """The right amount as `20 000,-`: the dash is no minus."""
    for spot in of_type(base, "amount"):
        if (
            isinstance(spot.value, Decimal)
            and spot.value == spot.value.to_integral_value()
            and spot.value >= 0
        ):
            yield spot.becomes(
                "kronor_with_a_dash", f"{int(spot.value):,},-".replace(",", " ", 1), "NOT-TAL"
            )


def thousands_in_words(base: Ground) -> Iterator[Mutation]:
    """An amount whose unit is spelled out."""
    for spot in of_type(base, "amount"):
        for written in ("84 tusen kr", "0,5 miljoner", "2 MSEK"):
            yield spot.becomes("thousands_in_words", written, "FALT-ENHET")


def about_so_many(base: Ground) -> Iterator[Mutation]:
    """A number that is not quite known."""
    for spot in of_type(base, *NUMBERS):
        for written in ("ca 50", "50–60", "<5", "-"):
            yield spot.becomes("about_so_many", written, "FALT-TAL")


def day_in_short(base: Ground) -> Iterator[Mutation]:
    """The right day as ååmmdd, as text and as a number."""
    for spot in of_type(base, "date"):
        assert isinstance(spot.value, date)
        for written in (f"{spot.value:%y%m%d}", float(f"{spot.value:%y%m%d}")):
            yield spot.becomes("day_in_short", written, "NOT-DATUM")


def label_of_another_code(base: Ground) -> Iterator[Mutation]:
    """A code beside the label of another: nobody knows which is meant."""
    for spot in of_type(base, "code", "codes"):
        codes = base.spec.lists[spot.field.list or ""].codes
        if len(codes) > 2 and codes[0].label != codes[0].code:
            yield spot.becomes(
                "label_of_another_code", f"{codes[0].code} – {codes[1].label}", "FALT-KOD-NAMN"
            )


def personal_number_with_a_long_dash(base: Ground) -> Iterator[Mutation]:
    """A personal number as Word writes it, with a dash where the hyphen was."""
    for spot in of_type(base, "text"):
        if not spot.field.pattern:
            text = f"Ärendet gällde {PERSONAL_NUMBER.replace('-', ' – ')}, som hade sökt stöd i kommunen."
            yield spot.becomes("personal_number_with_a_long_dash", text, "PERSON-NUMMER")


def personal_number_in_two_parts(base: Ground) -> Iterator[Mutation]:
    """A personal number whose parts only stand beside each other."""
    for spot in free_texts(base):
        text = f"Ärendet {PERSONAL_NUMBER.replace('-', chr(160))[2:]} gällde stöd i kommunen."
        yield spot.becomes("personal_number_in_two_parts", text, "PERSON-MISSTANKE")


# ------------------------------------------------------------------------------------------------------- rows
def headings_again(base: Ground) -> Iterator[Mutation]:
    """The headings were pasted along below the rows."""
    for table in _lists(base):
        place = base.places[table.id]
        header = next(sheet for sheet in base.book.sheets if sheet.name == place.sheet).rows[
            place.header_row - 1
        ]
        columns = sorted(column for several in place.columns.values() for column in several)
        cells = tuple((below(base, table, column), header[column - 1]) for column in columns)
        told = frozenset({("RAD-RUBRIK", str(cells[0][0]))})
        yield Mutation("headings_again", table.id, cells, told)


def sums_below(base: Ground) -> Iterator[Mutation]:
    """The sums of the amounts stand below the rows, with and without a word."""
    for table in _lists(base):
        fields = [
            field for field in table.fields if field.type == "amount" and field.computed is None
        ]
        sums = tuple((below(base, table, base.places[table.id].columns[field.id][0]), _sum(base, table, field.id))
                     for field in fields)  # fmt: skip
        if sums:
            first = below(base, table, base.places[table.id].columns[table.fields[0].id][0])
            for cells in (sums, ((first, "Summa"), *sums), ((first, "TOTALT:"), *sums)):
                yield Mutation(
                    "sums_below",
                    f"{table.id}, {cells[0][1]}",
                    cells,
                    frozenset({("RAD-SUMMA", str(cells[0][0]))}),
                )


def note_below(base: Ground) -> Iterator[Mutation]:
    """A note in the first column below the rows, in the row after them and two rows on."""
    for table in _lists(base):
        for further in (0, 2):
            ref = below(base, table, base.places[table.id].columns[table.fields[0].id][0], further)
            cells = ((ref, "* Uppgifterna är hämtade i januari."),)
            yield Mutation(
                "note_below", f"{table.id}, {ref.row}", cells, frozenset({("RAD-STUMP", str(ref))})
            )


def ids_beforehand(base: Ground) -> Iterator[Mutation]:
    """Ids were written in for rows that were never filled in: one finding, not one for every cell."""
    for table in _lists(base):
        key = table.key_field
        if key is not None:
            column, letter = base.places[table.id].columns[key.id][0], key.example[0]
            cells = tuple((below(base, table, column, n), f"{letter}{n + 50}") for n in range(5))
            yield Mutation(
                "ids_beforehand", table.id, cells, frozenset({("RAD-STUMP", str(cells[0][0]))})
            )


def own_rows_on_the_example(base: Ground) -> Iterator[Mutation]:
    """The first row of a list was written over the example."""
    for table in _lists(base):
        place = base.places[table.id]
        cells = tuple(
            (CellRef(place.sheet, place.example_row or 0, ref.column), value)
            for ref, value in _first_row(base, table)
        )
        told = frozenset({("RAD-EXEMPEL", str(min(ref for ref, _ in cells)))})
        yield Mutation("own_rows_on_the_example", table.id, cells, told)


def _first_row(base: Ground, table: TableSpec) -> Iterator[tuple[CellRef, object]]:
    """Another id and other texts than the example's, in the cells of the first row."""
    for spot in (spot for spot in base.spots if spot.table is table and spot.row == 0):
        value = float(spot.value) if isinstance(spot.value, Decimal) else spot.value
        yield (
            spot.ref,
            "; ".join(value)
            if isinstance(value, tuple)
            else f"{value}7"
            if spot.field.type == "id"
            else value,
        )


def _lists(base: Ground) -> list[TableSpec]:
    return [table for table in base.spec.tables.values() if table.kind == "list"]


def below(base: Ground, table: TableSpec, column: int, further: int = 0) -> CellRef:
    """A cell in the row after a table's last one, or further down."""
    place = base.places[table.id]
    return CellRef(place.sheet, place.first_row + len(base.rows[table.id]) + further, column)


def _sum(base: Ground, table: TableSpec, name: str) -> float:
    return float(sum((row.get(name) or Decimal(0) for row in base.rows[table.id]), Decimal(0)))


def headings_below_the_first_row(base: Ground) -> Iterator[Mutation]:
    """The headings were sorted along with the rows, and stand below the first of them. Only where
    no cell is computed: a formula would have moved along."""
    for table in _lists(base):
        if any(field.computed for field in table.fields):
            continue
        place = base.places[table.id]
        [sheet] = [one for one in base.book.sheets if one.name == place.sheet]
        cells: list[tuple[CellRef, object]] = []
        for column in range(2, len(sheet.columns) + 1):
            for here, there in (
                (place.header_row, place.first_row),
                (place.first_row, place.header_row),
            ):
                cells.append((CellRef(place.sheet, here, column), sheet.at(there, column)))
        told = frozenset({("RAD-OVANFOR", str(CellRef(place.sheet, place.header_row, 2)))})
        yield Mutation("headings_below_the_first_row", table.id, tuple(cells), told)


def headings_in_another_order(base: Ground) -> Iterator[Mutation]:
    """Another workbook's rows were pasted along with their headings, whose columns run the other way."""
    for table in _lists(base):
        place = base.places[table.id]
        [sheet] = [one for one in base.book.sheets if one.name == place.sheet]
        own = [one for one in table.fields if not one.computed]
        columns = sorted(column for one in own for column in place.columns[one.id])
        cells: list[tuple[CellRef, object]] = []
        for further, source in enumerate((place.header_row, place.first_row)):
            for column, other in zip(columns, reversed(columns), strict=True):
                value = sheet.at(source, other)
                cells.append((below(base, table, column, further), None if value == "" else value))
        told = frozenset({("RAD-ORDNING", str(cells[0][0]))})
        yield Mutation("headings_in_another_order", table.id, tuple(cells), told)


HABIT_KINDS = (
    only_spaces, kronor_with_a_dash, thousands_in_words, about_so_many, day_in_short, label_of_another_code,
    personal_number_with_a_long_dash, personal_number_in_two_parts, headings_again, sums_below, note_below,
    ids_beforehand, own_rows_on_the_example, headings_below_the_first_row,
    headings_in_another_order,
)  # fmt: skip
