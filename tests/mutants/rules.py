"""Mistakes between cells: against a rule of the spec, between tables, in sums and in columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.mutants.ground import COUNTY, Ground, Mutation, Said, columns_of
from toolkit.spec.model import Rule, TableSpec
from toolkit.words.cells import CellRef


def dates_reversed(base: Ground) -> Iterator[Mutation]:
    """The later date before the earlier, for every order rule."""
    for table, rule in rules(base, "order"):
        for number, row in enumerate(base.rows[table.id]):
            first, then = base.ref(table, rule.first, number), base.ref(table, rule.then, number)
            cells = ((then, row[rule.first] - timedelta(days=1)),)
            yield Mutation(
                "dates_reversed",
                f"{table.id}.{rule.then}, row {first.row}",
                cells,
                frozenset({(rule.code, str(then))}),
            )


def outside_year(base: Ground) -> Iterator[Mutation]:
    """Both dates before the year."""
    for table, rule in rules(base, "within_year"):
        for number, _ in enumerate(base.rows[table.id]):
            first, then = base.ref(table, rule.first, number), base.ref(table, rule.then, number)
            cells = ((first, date(2018, 3, 1)), (then, date(2018, 3, 2)))
            yield Mutation(
                "outside_year",
                f"{table.id}, row {first.row}",
                cells,
                frozenset({(rule.code, str(first))}),
            )


def required_by_another(base: Ground) -> Iterator[Mutation]:
    """A cell is empty that another answer makes necessary, for every such rule."""
    for table, rule in rules(base, "required_when"):
        for number, row in enumerate(base.rows[table.id]):
            name, accepted = next(iter(rule.when.items()))
            answers = accepted if "*" not in accepted else (row.get(name),)
            for answer in answers:
                yield from _required(base, table, rule, number, answer)


def _required(
    base: Ground, table: TableSpec, rule: Rule, number: int, answer: object
) -> Iterator[Mutation]:
    """Only where the other answer stands already, or can be given without another mistake."""
    name = next(iter(rule.when))
    if base.rows[table.id][number].get(name) != answer or answer is None:
        return
    target = base.ref(table, rule.field, number)
    label = f"{table.id}.{rule.field}, row {target.row} when {name}={answer!r:.20}"
    yield Mutation(
        "required_by_another", label, ((target, None),), frozenset({(rule.code, str(target))})
    )


def forbidden_by_another(base: Ground) -> Iterator[Mutation]:
    """A cell is filled in that another answer forbids, for every such rule and answer."""
    fillings = {"kommun": "1280 – Malmö", "resultat": "Deltagarna har tagit fram en rutin."}
    for table, rule in rules(base, "empty_when"):
        name, accepted = next(iter(rule.when.items()))
        for number, row in enumerate(base.rows[table.id]):
            if row.get(name) in accepted and row.get(rule.field) is None:
                target = base.ref(table, rule.field, number)
                cells = ((target, fillings[rule.field]),)
                if rule.field == "resultat":
                    cells += ((base.ref(table, "belagg", number), "ENK"),)
                label = f"{table.id}.{rule.field}, row {target.row} when {name}={row[name]}"
                yield Mutation(
                    "forbidden_by_another", label, cells, frozenset({(rule.code, str(target))})
                )


def answer_that_requires(base: Ground) -> Iterator[Mutation]:
    """An answer that makes a cell necessary that is (then) empty, for every such rule and answer."""
    also = {"K": ("KEDJA-INDIKATOR", "Aktiviteter!B8"), "NOLL": ("SAR-NOLL", "Avstämning!C29"),
            "EJ": ("SAR-EJ", "Avstämning!C29")}  # fmt: skip
    for table, rule in rules(base, "required_when"):
        name, accepted = next(iter(rule.when.items()))
        for number, row in enumerate(
            base.rows[table.id] if table is not base.spec.nil_table else ()
        ):
            for answer in sorted(set(accepted) - {"*", row.get(name)}):
                target = base.ref(table, rule.field, number)
                label = f"{table.id}.{rule.field}, row {target.row}: {name} ← {answer}"
                told = set(
                    _required_by(base, table, number, {**row, name: answer, rule.field: None}, name)
                )
                told |= {also[answer]} if name == "status" and answer in also else set()
                cells = ((base.ref(table, name, number), answer), (target, None))
                yield Mutation("answer_that_requires", label, cells, frozenset(told))


def _required_by(
    base: Ground, table: TableSpec, number: int, row: dict[str, object], name: str
) -> Iterator[Said]:
    """What one answer makes necessary and the row does not have."""
    for owner, rule in rules(base, "required_when"):
        if owner is table and row[name] in rule.when.get(name, ()) and row.get(rule.field) is None:
            yield rule.code, str(base.ref(table, rule.field, number))


def answer_that_forbids(base: Ground) -> Iterator[Mutation]:
    """An answer that forbids a filled cell, for every such rule and answer."""
    for table, rule in rules(base, "empty_when"):
        name, accepted = next(iter(rule.when.items()))
        for number, row in enumerate(base.rows[table.id]):
            for answer in (
                sorted(set(accepted) - {row.get(name)}) if row.get(rule.field) is not None else ()
            ):
                target = base.ref(table, rule.field, number)
                label = f"{table.id}.{rule.field}, row {target.row}: {name} ← {answer}"
                cells = ((base.ref(table, name, number), answer),)
                yield Mutation(
                    "answer_that_forbids", label, cells, frozenset({(rule.code, str(target))})
                )


def given_row_gone(base: Ground) -> Iterator[Mutation]:
    """A row of the template is deleted whose code has not been used in the year."""
    for table in base.spec.tables.values():
        rows = base.rows[table.id] if table.kind == "fixed" else []
        for number in range(len(rows)):
            own = [spot for spot in base.spots if spot.table is table and spot.row == number]
            if any(spot.field.id == "kommentar" and "inte använts" in spot.value for spot in own):
                cells = tuple((spot.ref, None) for spot in own)
                target = base.ref(table, table.fields[0].id, number)
                label = f"{table.id}, row {target.row}"
                expected = frozenset({("RAD-BORTA", str(target))})
                yield Mutation("given_row_gone", label, cells, expected)


def code_of_another_row(base: Ground) -> Iterator[Mutation]:
    """A fixed table's code is overwritten with its neighbour's: the lower of the two is told."""
    for table in base.spec.tables.values():
        rows = base.rows[table.id] if table.kind == "fixed" else []
        for number in range(1, len(rows)):
            name = table.fields[0].id
            told = frozenset({("FALT-UNIK", str(base.ref(table, name, number)))})
            for here, there in ((number, number - 1), (number - 1, number)):
                cells = ((base.ref(table, name, here), rows[there][name]),)
                yield Mutation(
                    "code_of_another_row", f"{table.id}, row {cells[0][0].row}", cells, told
                )


def nothing_but_rows(base: Ground) -> Iterator[Mutation]:
    """Ja for nothing to report in a table that has rows."""
    for number, table in enumerate(nil_tables(base)):
        cells = ((base.at("inget", "inget", number), "JA – Ja"),)
        first = base.ref(table, table.fields[0].id, 0)
        yield Mutation("nothing_but_rows", table.id, cells, frozenset({("NIL-RADER", str(first))}))


def nothing_without_reason(base: Ground) -> Iterator[Mutation]:
    """Ja for a table that is empty, without a reason."""
    for number, table in enumerate(nil_tables(base)):
        if table.id == "anslag":
            answer, reason = base.at("inget", "inget", number), base.at("inget", "skal", number)
            cells = (*emptied(base, table), (answer, "JA – Ja"), (reason, None))
            yield Mutation(
                "nothing_without_reason", table.id, cells, frozenset({("NIL-SKAL", str(reason))})
            )


def empty_table(base: Ground) -> Iterator[Mutation]:
    """A table is empty and nothing is said of it."""
    for number, table in enumerate(nil_tables(base)):
        expected = {
            ("NIL-OSAGT", str(base.at("inget", "inget", number))),
            *CHAINS.get(table.id, ()),
        }
        yield Mutation("empty_table", table.id, tuple(emptied(base, table)), frozenset(expected))


CHAINS = {
    "aktiviteter": (("KEDJA-MAL", "Mål!B6"), ("KEDJA-MAL", "Mål!B7")),
    "indikatorer": (("KEDJA-INDIKATOR", "Aktiviteter!B6"),),
}
"""What else is true, and told, when a whole table is empty."""


def nil_tables(base: Ground) -> list[TableSpec]:
    """The tables for which a county can say that there is nothing to report."""
    return [table for table in base.spec.tables.values() if table.nil_allowed]


def emptied(base: Ground, table: TableSpec) -> Iterator[tuple[CellRef, object]]:
    """All of a table's rows as empty cells."""
    for number, _ in enumerate(base.rows[table.id]):
        for spot in (s for s in base.spots if s.table is table and s.row == number):
            yield from ((ref, None) for ref in columns_of(base, spot))


def sum_differs(base: Ground) -> Iterator[Mutation]:
    """An amount that should equal the rows of Ekonomi is more, or less, than they are, and no comment says why."""
    told = {
        ("huvudbok", "huvudbok"): "EKON-DIFFERENS",
        ("anslag", "utgifter"): "EKON-DIFFERENS",
        ("sarredovisning", "belopp"): "SAR-BELOPP",
    }
    for spot in base.spots:
        code = told.get((spot.table.id, spot.field.id))
        if code and not base.rows[spot.table.id][spot.row].get("kommentar"):
            for change in (Decimal(1000), Decimal(-1)):
                yield spot.becomes("sum_differs", float(spot.value + change), code)


def spent_differs(base: Ground) -> Iterator[Mutation]:
    """A row's outcome is otherwise than in the account, the ledger and the särredovisning: each is told."""
    told = {
        0: {
            ("EKON-DIFFERENS", "Avstämning!J6"),
            ("EKON-DIFFERENS", "Avstämning!C22"),
            ("SAR-BELOPP", "Avstämning!D29"),
        },
        1: {("EKON-DIFFERENS", "Avstämning!J7"), ("EKON-DIFFERENS", "Avstämning!C18")},
    }
    for spot in (s for s in base.spots if (s.table.id, s.field.id) == ("ekonomi", "utfall")):
        yield Mutation(
            "spent_differs", spot.name, ((spot.ref, 10000.0),), frozenset(told[spot.row])
        )


def negative_spend(base: Ground) -> Iterator[Mutation]:
    """A negative outcome without a comment, while all sums agree."""
    spent, comment = base.at("ekonomi", "utfall", 1), base.at("ekonomi", "kommentar", 1)
    sums = (base.at("anslag", "utgifter", 1), base.at("huvudbok", "huvudbok", 0))
    cells = ((spent, -20000.0), (comment, None), *((ref, -20000.0) for ref in sums))
    yield Mutation(
        "negative_spend", f"row {spent.row}", cells, frozenset({("EKON-MINUS", str(spent))})
    )


def same_indicator(base: Ground) -> Iterator[Mutation]:
    """The last indicator again on the row below, with an id of its own."""
    last = len(base.rows["indikatorer"]) - 1
    spots = {s.field.id: s for s in base.spots if (s.table.id, s.row) == ("indikatorer", last)}
    values = {
        name: float(s.value) if s.field.type == "number" else s.value for name, s in spots.items()
    }
    below = {name: CellRef(s.ref.sheet, s.ref.row + 1, s.ref.column) for name, s in spots.items()}
    cells = tuple((below[name], "I99" if name == "id" else value) for name, value in values.items())
    told = frozenset({("DUBBLETT-INDIKATOR", str(below["indikator"]))})
    yield Mutation("same_indicator", f"row {below['id'].row}", cells, told)


def heading_against_code(base: Ground) -> Iterator[Mutation]:
    """A heading that speaks of what is earmarked, on an activity that is coded otherwise."""
    told = frozenset({("TEXT-KOD", str(base.at("aktiviteter", "valdsform", 1)))})
    for earmark in base.spec.earmarks:
        for word in earmark.words:
            cells = ((base.at("aktiviteter", "rubrik", 1), f"Utbildning: {word}, ett stöd"),)
            yield Mutation("heading_against_code", word, cells, told)


def low_count_in_a_text(base: Ground) -> Iterator[Mutation]:
    """A text tells how many persons it was, and an indicator has the same low number."""
    text = base.at("aktiviteter", "beskrivning", 1)
    told = frozenset({("TEXT-ANTAL", str(text))})
    for spot in (s for s in base.spots if (s.table.id, s.field.id) == ("indikatorer", "varde")):
        code = base.rows["indikatorer"][spot.row]["indikator"]
        if base.spec.lists["indikator"].by_code[code].as_indicator.counts_persons:
            said = "Tre utsatta kvinnor fick stöd av människohandel i länet."
            cells = (
                (spot.ref, 3),
                (base.at("indikatorer", "foregaende", spot.row), 3),
                (text, said),
            )
            yield Mutation("low_count_in_a_text", str(spot.ref), cells, told)


def template_of_another_county(base: Ground) -> Iterator[Mutation]:
    """Another county in the form than the template was made for. The municipality is then elsewhere too, which follows
    from it and is not said."""
    place = base.at("uppgifter", "lan")
    told = {("FIL-ANNAT-LAN", str(place))}
    for county in base.spec.counties:
        if county.code != COUNTY:
            yield Mutation(
                "template_of_another_county", county.code, ((place, county.shown),), frozenset(told)
            )


def column_gone(base: Ground) -> Iterator[Mutation]:
    """A whole column is gone with its key and heading."""
    for table in base.spec.tables.values():
        place = base.places[table.id]
        for field in table.fields if table.kind == "list" else ():
            if field.computed is None:
                by_rule = any(
                    rule.kind == "required_when" and rule.field == field.id for rule in table.rules
                )
                code = "KOL-SAKNAS" if field.required or by_rule else "KOL-SAKNAS-FRIVILLIG"
                yield _column_gone(
                    base,
                    table,
                    field.id,
                    code,
                    {
                        place.key_row,
                        place.header_row,
                        *(place.first_row + n for n, _ in enumerate(base.rows[table.id])),
                    },
                )


def _column_gone(base: Ground, table: TableSpec, name: str, code: str, rows: set[int]) -> Mutation:
    place = base.places[table.id]
    first = min(
        column for other, columns in place.columns.items() if other != name for column in columns
    )
    cells = tuple(
        (CellRef(place.sheet, row, column), None) for row in rows for column in place.columns[name]
    )
    expected = frozenset({(code, str(CellRef(place.sheet, place.header_row, first)))})
    return Mutation("column_gone", f"{table.id}.{name}", cells, expected)


def shifted_right(base: Ground) -> Iterator[Mutation]:
    """Rows of a list were pasted one column to the right, all of them or from the third column on."""
    return _shifted(base, "shifted_right", 1)


def shifted_left(base: Ground) -> Iterator[Mutation]:
    """Rows of a list were pasted one column to the left, all of them or from the third column on."""
    return _shifted(base, "shifted_left", -1)


def shifted_two_right(base: Ground) -> Iterator[Mutation]:
    """Rows of a list were pasted two columns to the right, all of them or from the third column on."""
    return _shifted(base, "shifted_two_right", 2)


def _shifted(base: Ground, kind: str, step: int) -> Iterator[Mutation]:
    """What was left behind, or is wrong where it came to, is where the block begins. Where there are amounts alone
    from the third column on (anslag), or too few columns (mal), nobody could tell."""
    for table in (table for table in base.spec.tables.values() if table.kind == "list"):
        place = base.places[table.id]
        columns = sorted(column for several in place.columns.values() for column in several)
        for first in {columns[0], columns[2] if table.id not in ("mal", "anslag") else columns[0]}:
            moved = range(first, columns[-1] + 1)
            begins = max(columns[0], min(first, first + step))
            told = frozenset(
                {("KOL-FORSKJUTEN", str(CellRef(place.sheet, place.first_row, begins)))}
            )
            cells = {(row, column): None for row in range(3) for column in moved}
            cells |= {(row, column + step): value for row in range(3) for column in moved
                      if (value := _filled(base, table, row, column)) is not None}  # fmt: skip
            own = {
                (row, column): _filled(base, table, row, column)
                for row in range(3)
                for column in columns
            }
            written = {**own, **cells}
            refs = tuple((CellRef(place.sheet, place.first_row + row, column), value)
                         for (row, column), value in written.items())  # fmt: skip
            yield Mutation(kind, f"{table.id} from column {first}", refs, told)


def _filled(base: Ground, table: TableSpec, row: int, column: int) -> object:
    """What stands in a column of the clean submission; a list with too few rows has its last one again, with an id of
    its own."""
    place, last = base.places[table.id], len(base.rows[table.id]) - 1
    sheet = next(sheet for sheet in base.book.sheets if sheet.name == place.sheet)
    value = sheet.rows[place.first_row + min(row, last) - 1][column - 1]
    key = table.key_field
    if row > last and key is not None and column == place.columns[key.id][0]:
        return f"{str(value)[0]}{row + 1}"
    return None if value == "" else value


def indicator_beyond(base: Ground) -> Iterator[Mutation]:
    """More than an indicator can be, or decimals in what is counted in whole numbers."""
    highest = {
        code.code: code.attributes.get("hogst") for code in base.spec.lists["indikator"].codes
    }
    for spot in (s for s in base.spots if (s.table.id, s.field.id) == ("indikatorer", "varde")):
        code = base.rows["indikatorer"][spot.row]["indikator"]
        value = float(highest[code]) + 1 if highest[code] else float(spot.value) + 0.5
        yield spot.becomes("indicator_beyond", value, "IND-VARDE")


def large_change(base: Ground) -> Iterator[Mutation]:
    """Much more than last year, without a comment."""
    for spot in (s for s in base.spots if (s.table.id, s.field.id) == ("indikatorer", "varde")):
        comment = base.at("indikatorer", "kommentar", spot.row)
        cells = ((spot.ref, float(spot.value) + 60), (comment, None))
        yield Mutation(
            "large_change", spot.name, cells, frozenset({("TREND-INDIKATOR", str(spot.ref))})
        )


def over_budget(base: Ground) -> Iterator[Mutation]:
    """The outcome is more than twice the budget."""
    for spot in (s for s in base.spots if (s.table.id, s.field.id) == ("ekonomi", "budget")):
        spent = base.at("ekonomi", "utfall", spot.row)
        yield Mutation(
            "over_budget",
            spot.name,
            ((spot.ref, 9000.0),),
            frozenset({("EKON-BUDGET", str(spent))}),
        )


def belongs_to_nothing(base: Ground) -> Iterator[Mutation]:
    """An indicator of the region that names neither activity nor goal."""
    number = 2
    cells = tuple(
        (base.at("indikatorer", name, number), None) for name in ("aktivitet_id", "mal_id")
    )
    yield Mutation(
        "belongs_to_nothing", "row 8", cells, frozenset({("IND-TILLHOR", str(cells[0][0]))})
    )


def rules(base: Ground, kind: str) -> Iterator[tuple[TableSpec, Rule]]:
    """All rules of a kind."""
    return (
        (table, rule)
        for table in base.spec.tables.values()
        for rule in table.rules
        if rule.kind == kind
    )


RULE_KINDS = (
    dates_reversed, outside_year,
    required_by_another, forbidden_by_another, answer_that_requires, answer_that_forbids, given_row_gone, code_of_another_row, nothing_but_rows, nothing_without_reason, empty_table, sum_differs,
    spent_differs, negative_spend, same_indicator, heading_against_code, low_count_in_a_text, template_of_another_county, column_gone, shifted_right, shifted_left, shifted_two_right, indicator_beyond, large_change, over_budget, belongs_to_nothing,
)  # fmt: skip
