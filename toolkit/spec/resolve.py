"""Every name that a spec mentions must be there: fields, lists, codes, message codes.

A name that nothing answers to would otherwise be found when a county's file is read, or never: a
misspelt code in `earmarks` moves a county's verdict without a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from toolkit.files.yaml import Path_
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.faults import (
    FieldPlace,
    SpecFault,
    TablePlace,
    fault,
    fields_of,
    meant,
    meant_field,
    place_of_list,
    tables_of,
)
from toolkit.spec.joins import unlike
from toolkit.spec.marks import SPECIAL_ANSWERS
from toolkit.spec.model import NUMERIC, Earmark, Field, Rule, Spec, TableSpec
from toolkit.spec.roles import AREA_CODES, NIL_TABLES, RESPONDENTS
from toolkit.words.swedish import fold

ANY, ABOVE_ZERO = (
    "*",
    ">0",
)  # a condition's words for "anything filled in" and "a number above zero"


def unresolved(spec: Spec, messages: Collection[str]) -> Iterator[SpecFault]:
    """The names in a spec that stand for nothing, or for something of the wrong kind. `messages`
    are the codes of the year's catalogue."""
    for one in fields_of(spec):
        yield from _of_field(spec, one)
    for table in tables_of(spec):
        yield from _of_table(spec, table)
        for number, rule in enumerate(table.table.rules):
            yield from _of_rule(spec, table, rule, (*table.place, "rules", number), messages)
    for number, earmark in enumerate(spec.earmarks):
        yield from _of_earmark(spec, earmark, ("earmarks", number))
    yield from _nil_codes(spec)


_WHOLE = frozenset({"integer", "year"})


def find_field(spec: Spec, address: str) -> Field | None:
    """The field that an address such as `ekonomi.utfall` names; None when there is none."""
    table, _, name = address.partition(".")
    if table not in spec.tables:
        return None
    return spec.tables[table].by_id.get(name)


def _fields_by_table(spec: Spec) -> dict[str, list[str]]:
    return {table.id: list(table.by_id) for table in spec.tables.values()}


def _of_field(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    if one.field.list is not None:
        yield from _list_of_field(spec, one, one.field.list)
    if one.field.ref is not None:
        yield from _reference(spec, one, one.field.ref)
    if one.field.computed is not None:
        yield from _computed(spec, one)


def _list_of_field(spec: Spec, one: FieldPlace, name: str) -> Iterator[SpecFault]:
    if name not in spec.lists:
        where, likely = (*one.place, "list"), meant(name, spec.lists)
        yield fault(where, "saknas.lista", lista=name, plats=one.name, menade=likely)
    elif one.field.scope == "county":
        yield from _county_scope(spec, one, spec.lists[name])


def _county_scope(spec: Spec, one: FieldPlace, own: CodeList) -> Iterator[SpecFault]:
    """With scope county a county may use the codes that begin with its own."""
    if not spec.bound.has(RESPONDENTS):
        return
    starts = tuple(code.code for code in spec.list_of(RESPONDENTS).codes)
    if any(not code.code.startswith(starts) for code in own.codes):
        yield fault((*one.place, "scope"), "slag.lan", plats=one.name, lista=own.id)


def _reference(spec: Spec, one: FieldPlace, address: str) -> Iterator[SpecFault]:
    target = find_field(spec, address)
    place = (*one.place, "ref")
    if target is None:
        likely = meant_field(address, _fields_by_table(spec))
        yield fault(place, "saknas.falt", falt=address, plats=one.name, menade=likely)
    elif target.type != "id":
        yield fault(place, "slag.pekar", falt=address, plats=one.name)


def _computed(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    computed = one.field.computed
    assert computed is not None
    place = (*one.place, "computed")
    yield from _named(TablePlace(one.table, one.place), computed.named, place)
    yield from _terms(one, (*computed.plus, *computed.minus), place)
    if bool(computed.plus or computed.minus) == (computed.sum_of is not None):
        yield fault(place, "slag.rakning", plats=one.name)
    if one.table.kind == "form":
        yield fault(place, "slag.raknat_formular", plats=one.name)
    if computed.sum_of is not None:
        yield from _summed(spec, one, computed.sum_of, computed.where)
    if _goes_round(spec, one):
        yield fault(place, "slag.krets", plats=one.name)


def _terms(one: FieldPlace, terms: Sequence[str], place: Path_) -> Iterator[SpecFault]:
    """The fields of its row that a computed field adds and takes off."""
    for name in dict.fromkeys(terms):
        address = f"{one.table.id}.{name}"
        term = one.table.by_id.get(name)
        if terms.count(name) > 1:
            yield fault(place, "slag.tva_ganger", falt=address, plats=one.name)
        if term is not None:
            yield from _countable(one, term, address, place)


def _countable(one: FieldPlace, term: Field, address: str, place: Path_) -> Iterator[SpecFault]:
    """A term must be a number; of whole numbers where what is computed is said to be whole."""
    if term.type not in NUMERIC:
        yield fault(place, "slag.raknat", falt=address, plats=one.name)
    elif one.field.type == "integer" and term.type not in _WHOLE:
        yield fault(place, "slag.raknat_heltal", falt=address, plats=one.name)


def _summed(
    spec: Spec, one: FieldPlace, address: str, where: Mapping[str, str]
) -> Iterator[SpecFault]:
    place = (*one.place, "computed", "sum_of")
    target = find_field(spec, address)
    if target is None:
        likely = meant_field(address, _fields_by_table(spec))
        yield fault(place, "saknas.falt", falt=address, plats=one.name, menade=likely)
        return
    yield from _countable(one, target, address, place)
    table = spec.tables[address.partition(".")[0]]
    if table.kind == "form":
        yield fault(place, "slag.summa_formular", falt=address, plats=one.name)
    for far, near in where.items():
        if far not in table.by_id:
            wrong, likely = f"{table.id}.{far}", meant(far, table.by_id)
            yield fault(place, "saknas.falt", falt=wrong, plats=one.name, menade=likely)
        elif near in one.table.by_id:
            there = FieldPlace(table, table.by_id[far], ())
            here = FieldPlace(one.table, one.table.by_id[near], (*place[:-1], "where", far))
            yield from unlike(spec, one.name, there, here)


def _goes_round(spec: Spec, one: FieldPlace) -> bool:
    """Whether a computed field follows from itself, by other computed fields of its row or of the
    rows that it sums."""
    own = (one.table.id, one.field.id)
    waiting, seen = [own], set[tuple[str, str]]()
    while waiting:
        for part in _reckoned_from(spec, *waiting.pop()):
            if part == own:
                return True
            if part not in seen:
                seen.add(part)
                waiting.append(part)
    return False


def _reckoned_from(spec: Spec, table: str, name: str) -> list[tuple[str, str]]:
    """The fields, with their tables, that a computed field follows from; none for any other."""
    field = find_field(spec, f"{table}.{name}")
    if field is None or field.computed is None:
        return []
    rule, parts = field.computed, [(table, part) for part in field.computed.named]
    if rule.sum_of is not None:
        far, _, summed = rule.sum_of.partition(".")
        parts += [(far, part) for part in (summed, *rule.where)]
    return parts


def _of_table(spec: Spec, one: TablePlace) -> Iterator[SpecFault]:
    table, place = one.table, (*one.place, "rows_from")
    if table.rows_from is None:
        return
    if table.rows_from not in spec.lists:
        likely = meant(table.rows_from, spec.lists)
        yield fault(place, "saknas.lista", lista=table.rows_from, plats=table.id, menade=likely)
    elif table.fields and table.fields[0].list != table.rows_from:
        yield fault(place, "slag.forsta", plats=table.id, lista=table.rows_from)


def _of_rule(
    spec: Spec, one: TablePlace, rule: Rule, place: Path_, messages: Collection[str]
) -> Iterator[SpecFault]:
    yield from _names_in_rule(one.table, rule, place, messages)
    match rule.kind:
        case "order" | "within_year":
            yield from _of_type(one, (rule.first, rule.then), {"date"}, "slag.datum", place)
        case "shares":
            yield from _of_type(one, (rule.field,), NUMERIC, "slag.andel", place)
        case "required_when" | "empty_when":
            yield from _conditions(spec, one.table, rule.when, place)
        case "referred":
            yield from _conditions(spec, one.table, rule.when, place)
            yield from _referred(spec, one, rule.by, (*place, "by"))


def _names_in_rule(
    table: TableSpec, rule: Rule, place: Path_, messages: Collection[str]
) -> Iterator[SpecFault]:
    """The message and the fields that a rule of any kind names."""
    if rule.code not in messages:
        likely = meant(rule.code, messages)
        where = (*place, "code")
        yield fault(where, "saknas.meddelande", kod=rule.code, plats=table.id, menade=likely)
    for name in rule.named:
        if name not in table.by_id:
            told = {"nummer": int(place[-1]) + 1, "tabell": table.id, "falt": name}
            yield fault(place, "saknas.regelfalt", menade=meant(name, table.by_id), **told)


def _conditions(
    spec: Spec, table: TableSpec, when: Mapping[str, Sequence[str]], place: Path_
) -> Iterator[SpecFault]:
    """What is wrong with the conditions of a rule; a field that is not there has been told."""
    for name, values in when.items():
        field = table.by_id.get(name)
        if field is not None:
            yield from _condition(spec, field, f"{table.id}.{name}", values, place, table.id)


def _named(one: TablePlace, names: Sequence[str], place: Path_) -> Iterator[SpecFault]:
    """The fields of its own table that a computed field names."""
    for name in names:
        if name not in one.table.by_id:
            address, likely = f"{one.table.id}.{name}", meant(name, one.table.by_id)
            yield fault(place, "saknas.falt", falt=address, plats=one.table.id, menade=likely)


def _of_type(
    one: TablePlace, names: Sequence[str], types: Collection[str], kind: str, place: Path_
) -> Iterator[SpecFault]:
    for name in names:
        field = one.table.by_id.get(name)
        if field is not None and field.type not in types:
            yield fault(place, kind, falt=f"{one.table.id}.{name}", plats=one.table.id)


def _referred(spec: Spec, one: TablePlace, address: str, place: Path_) -> Iterator[SpecFault]:
    field = find_field(spec, address)
    if field is None:
        likely = meant_field(address, _fields_by_table(spec))
        yield fault(place, "saknas.falt", falt=address, plats=one.table.id, menade=likely)
    elif field.ref is None or field.ref.partition(".")[0] != one.table.id:
        yield fault(place, "slag.hanvisas", falt=address, plats=one.table.id)


def _condition(
    spec: Spec, field: Field, name: str, values: Sequence[str], place: Path_, said: str
) -> Iterator[SpecFault]:
    """What is wrong with the values that a condition wants of a field."""
    for value in values:
        yield from _wanted(spec, field, name, value, place, said)


def _wanted(
    spec: Spec, field: Field, name: str, value: str, place: Path_, said: str
) -> Iterator[SpecFault]:
    if value == ABOVE_ZERO:
        if field.type not in NUMERIC:
            yield fault(place, "slag.over_noll", falt=name, plats=said)
    elif value in SPECIAL_ANSWERS.values():
        if not field.specials:
            yield fault(place, "slag.special", falt=name, varde=value, plats=said)
    elif value != ANY:
        yield from _wanted_value(spec, field, name, value, place, said)


def _wanted_value(
    spec: Spec, field: Field, name: str, value: str, place: Path_, said: str
) -> Iterator[SpecFault]:
    if field.list is not None:
        yield from _wanted_code(spec, field.list, value, place, said)
    elif field.type not in NUMERIC:
        kind = "slag.fritt_svar" if field.specials else "slag.fritt"
        yield fault(place, kind, varde=value, falt=name, plats=said)
    elif not value.lstrip("-").replace(".", "", 1).isdigit():
        yield fault(place, "slag.tal", varde=value, falt=name, plats=said)


def _wanted_code(
    spec: Spec, codelist: str, value: str, place: Path_, said: str
) -> Iterator[SpecFault]:
    if codelist not in spec.lists:
        return  # told of the field
    known = spec.lists[codelist].by_code
    if value not in known:
        likely = meant(value, known)
        yield fault(place, "saknas.kod", kod=value, lista=codelist, plats=said, menade=likely)


def _of_earmark(spec: Spec, earmark: Earmark, place: Path_) -> Iterator[SpecFault]:
    for address, values in earmark.condition.items():
        field = find_field(spec, address)
        where = (*place, "condition", address)
        if field is None:
            likely = meant_field(address, _fields_by_table(spec))
            yield fault(where, "saknas.falt", falt=address, plats=earmark.id, menade=likely)
        else:
            yield from _condition(spec, field, address, values, where, earmark.id)
    yield from _own_code(spec, earmark, place)


def _own_code(spec: Spec, earmark: Earmark, place: Path_) -> Iterator[SpecFault]:
    """The code that spend must stand on is one that the lines in question can have."""
    lists = _lists_of_lines(spec, earmark)
    holding = [one for one in lists if earmark.code in one.by_code]
    if not holding:
        known = chain.from_iterable(one.by_code for one in lists)
        likely = meant(earmark.code, known)
        where = (*place, "code")
        yield fault(where, "saknas.omradeskod", kod=earmark.code, plats=earmark.id, menade=likely)
    for one in holding:
        yield from _since(earmark, one.by_code[earmark.code], (*place, "valid_from"))


def _since(earmark: Earmark, code: Code, place: Path_) -> Iterator[SpecFault]:
    """An area cannot be asked for before its code is valid."""
    since = code.valid_from
    if since is not None and since > earmark.valid_from:
        values = {"fran": earmark.valid_from, "till": since}
        yield fault(place, "grans.omradesar", plats=earmark.id, kod=earmark.code, **values)


def _lists_of_lines(spec: Spec, earmark: Earmark) -> list[CodeList]:
    """The lists whose codes the lines of an area may stand on. Where money is booked on the codes
    of one list, it is on one of these."""
    tables = {address.partition(".")[0] for address in earmark.condition} & set(spec.tables)
    lists = _lists_of(spec, tables)
    booked = [one for one in lists if one.id == spec.bound.of(AREA_CODES)]
    return booked or lists


def _lists_of(spec: Spec, tables: Collection[str]) -> list[CodeList]:
    """The code lists that some tables' fields use, each once."""
    found: dict[str, CodeList] = {}
    for table in tables:
        for codelist in map(spec.list_for, spec.tables[table].fields):
            if codelist is not None:
                found[codelist.id] = codelist
    return list(found.values())


def _nil_codes(spec: Spec) -> Iterator[SpecFault]:
    """The codes of the list of tables and the tables that may be left empty go together one by
    one: with one too few, each would stand for its neighbour."""
    if not spec.bound.has(NIL_TABLES) or spec.nil_table is None:
        return
    named = spec.list_of(NIL_TABLES)
    codes = named.valid_in(spec.year)
    able = [table for table in spec.tables.values() if table.nil_allowed]
    place = place_of_list(spec, named.id)
    if len(codes) != len(able):
        yield fault(place, "inget.antal", koder=len(codes), tabeller=len(able))
        return
    yield from _in_another_order(codes, able, (*place, "codes"), named)


def _in_another_order(
    codes: Sequence[Code], tables: Sequence[TableSpec], place: Path_, codelist: CodeList
) -> Iterator[SpecFault]:
    """Codes that are called as another of the tables than the one that they stand for."""
    labels = {fold(table.label): table for table in tables}
    for code, table in zip(codes, tables, strict=True):
        other = labels.get(fold(code.label), table)
        if other is not table:
            told = {"kod": code.code, "tabell": table.label, "annan": other.label}
            yield fault(place, "inget.ordning", lista=codelist.id, **told)
