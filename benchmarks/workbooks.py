"""Makes the workbooks that are measured: the example year's own rows, repeated with new ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.checks.file import judge
from toolkit.returns.submission import Missing, Record, Submission
from toolkit.spec.load import Year, load_year
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.template import Content, write_template

ROOT = Path(__file__).parents[1]
YEAR = 2020
ROOMY = 1000  # a list with at least this capacity is one whose rows are repeated

Row = dict[str, Any]


def make_workbooks(folder: Path, books: int, rows: int, *, distinct: bool = False) -> None:
    """`books` workbooks of about `rows` rows each into `folder`, the same bytes every time.
    `distinct`: the copied rows also differ in every text and amount."""
    year = load_year(ROOT / "templates", YEAR)
    contents = example_contents(year)
    chosen = list(contents.items())[:books]
    jobs = [(year.spec, year.spec.lists["lan"].by_code[county], year.texts("mall"),
             repeated(year.spec, content, rows, distinct=distinct))
            for county, content in chosen]  # fmt: skip
    with ProcessPoolExecutor() as pool:
        made = pool.map(write_template, *zip(*jobs, strict=True))
        for (county, _), data in zip(chosen, made, strict=True):
            (folder / f"{county}.xlsx").write_bytes(data)


def example_contents(year: Year) -> dict[str, Content]:
    """What the example year's counties have sent, by county code. A county with nothing to report
    gets the rows of the first county."""
    paths = sorted((ROOT / "inputs" / str(YEAR) / "submissions").glob("*.xlsx"))
    found = (judge(path.read_bytes(), path.name, {YEAR: year}).submission for path in paths)
    by_county = {item.county: _content(year.spec, item) for item in found if item is not None}
    first = by_county[min(by_county)]
    return {
        county: by_county[county] if _has_rows(by_county[county]) else first
        for county in sorted(by_county)
    }


def _has_rows(content: Content) -> bool:
    return bool(content["aktiviteter"])


def _content(spec: Spec, submission: Submission) -> Content:
    content = {
        name: [_row(spec.tables[name], record) for record in table.records]
        for name, table in submission.tables.items()
    }  # fmt: skip
    for field in (
        f for table in spec.tables.values() if table.kind == "form" for f in table.fields
    ):
        if field.list == "lan":
            _without(content, spec, field)
    return content


def _without(content: Mapping[str, list[Row]], spec: Spec, field: Field) -> None:
    """The template states the county itself, so that rows can stand in for another county's."""
    form = next(table for table in spec.tables.values() if table.kind == "form")
    for row in content[form.id]:
        row.pop(field.id, None)


def _row(table: TableSpec, record: Record) -> Row:
    """The values as `write_template` takes them; what was not understood stands as it was
    written."""
    return {f.id: _value(record, f) for f in table.fields if f.computed is None}


def _value(record: Record, field: Field) -> object:
    typed = record.get(field.id)
    if typed is Missing.UNREADABLE:
        return record.value(field.id).raw
    if isinstance(typed, Missing):
        return None if typed is Missing.BLANK else typed.value
    return typed


def repeated(spec: Spec, content: Content, rows: int, *, distinct: bool = False) -> Content:
    """Content with about `rows` rows: the roomy lists copied whole, ids and references renumbered,
    and the amounts of the other tables multiplied so that sums still agree."""
    roomy = [
        t
        for t in spec.tables.values()
        if t.kind == "list" and t.capacity >= ROOMY and content.get(t.id)
    ]
    copies = max(1, round(rows / sum(len(content[table.id]) for table in roomy)))
    ids = {table.id: _new_ids(table, content[table.id], copies) for table in roomy}
    made = {
        name: [_scaled(spec.tables[name], row, copies) for row in given]
        for name, given in content.items()
    }
    for table in roomy:
        made[table.id] = [_renumbered(table, row, copy, place + 1 + copy * len(content[table.id]), ids)
                          for copy in range(copies) for place, row in enumerate(content[table.id])]  # fmt: skip
        if distinct:
            made[table.id] = [
                _made_distinct(table, row, number) for number, row in enumerate(made[table.id])
            ]
    return made


def _made_distinct(table: TableSpec, row: Mapping[str, object], number: int) -> Row:
    """A row with its number in every text, and added to every amount."""
    made = dict(row)
    for field in table.fields:
        value = row.get(field.id)
        if field.type == "text" and isinstance(value, str) and value:
            made[field.id] = f"{value[: (field.max_length or 500) - 7]} ({number})"
        elif field.type in {"amount", "number"} and isinstance(value, Decimal) and value > 20:
            made[field.id] = value + number
    return made


def _new_ids(
    table: TableSpec, rows: Sequence[Mapping[str, object]], copies: int
) -> dict[tuple[object, int], str]:
    """(old id, copy) → new id, for the references from other tables."""
    key = table.key_field
    if key is None:
        return {}
    return {
        (row[key.id], copy): _new_id(row[key.id], place + 1 + copy * len(rows))
        for copy in range(copies)
        for place, row in enumerate(rows)
    }


def _new_id(old: object, number: int) -> str:
    return f"{str(old)[:1]}{number}"


def _renumbered(
    table: TableSpec, row: Mapping[str, object], copy: int, number: int, ids: Mapping[str, Any]
) -> Row:
    made = dict(row)
    for field in table.fields:
        if field is table.key_field:
            made[field.id] = _new_id(row[field.id], number)
        elif field.ref is not None:
            known = ids.get(field.ref.partition(".")[0], {})
            made[field.id] = known.get((row[field.id], copy), row[field.id])
    return made


def _scaled(table: TableSpec, row: Mapping[str, object], copies: int) -> Row:
    amounts = {field.id for field in table.fields if field.type == "amount"}
    return {
        name: value * copies if name in amounts and isinstance(value, Decimal) else value
        for name, value in row.items()
    }
