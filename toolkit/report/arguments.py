"""What the functions of the chapters' language may be given: tables, fields and codes of the
year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jinja2 import nodes

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.records import PLACED
from toolkit.analysis.states import Verdict
from toolkit.findings.texts import Texts
from toolkit.report.held import unheld
from toolkit.report.writing import written
from toolkit.spec.codelists import CodeList
from toolkit.spec.faults import meant
from toolkit.spec.marks import PROVENANCE
from toolkit.spec.model import NUMERIC, Field, Spec, TableSpec
from toolkit.spec.roles import ACTIVITY, INDICATORS, RESPONDENTS


class Argument(NamedTuple):
    """An argument as it is written: its name (empty when it has none), its line, and the literals
    that it can be, each with its line. None are known of what is counted out."""

    name: str
    line: int
    literals: tuple[tuple[int, object], ...]


class NameFault(NamedTuple):
    """A name that stands for nothing: the line, the key of the text that says so, and what the text
    needs."""

    line: int
    kind: str
    values: Mapping[str, str]


_OF_RESPONDENTS = ("lanen", "namn", "Namn", "lst", "Lst", "kort", "brak")
"""Functions whose first argument are codes of those who report, where it is written out."""
_OF_TABLES = ("bortfall", "brett", "hallna", "underlag", "inget_i", "inget_skal")
_OF_ROWS: Mapping[str, tuple[int, bool]] = {
    "lan": (0, False),
    "rader": (0, False),
    "vanligast": (0, True),
    "gemensamt": (0, True),
    "gemensamma": (0, True),
    "egna": (0, True),
    "citat": (1, True),
    "omnamner": (1, True),
}
"""Functions of a table's rows: which of their arguments is the table, and whether a field follows
it."""
_PARTS_OF: Mapping[str, tuple[str, ...]] = {
    "date": ("year", "month", "day"),
    "code": ("kod", "label", "place"),
}
_Check = Callable[[object], Iterator[tuple[str, Mapping[str, str]]]]


@dataclass(frozen=True)
class Arguments:
    """What a year has for the functions to be given."""

    spec: Spec
    texts: Texts

    def faults(self, function: str, given: Sequence[Argument]) -> Iterator[NameFault]:
        """What is wrong with the arguments of a call."""
        plain = [one for one in given if not one.name]
        named = [one for one in given if one.name]
        if function == "exempel":
            own, lists = _wordlist_apart(named)
            yield from self._fields(self.spec.bound.of(ACTIVITY), own)
            yield from _each(lists, self._wordlist)
        elif function in _OF_ROWS:
            yield from self._of_rows(function, plain, named)
        else:
            yield from self._words(function, plain)

    def _of_rows(
        self, function: str, plain: Sequence[Argument], named: Sequence[Argument]
    ) -> Iterator[NameFault]:
        """Functions that are given a table, conditions on its rows, and perhaps a field of it."""
        start, has_field = _OF_ROWS[function]
        own, lists = _wordlist_apart(named)
        yield from self._rows(plain[start : start + 1], own)
        if has_field:
            yield from self._field_names(plain[start:])
        named_first = plain[:1] if function == "omnamner" else []
        yield from _each([*lists, *named_first], self._wordlist)

    def _words(self, function: str, plain: Sequence[Argument]) -> Iterator[NameFault]:
        """Functions that are given words or codes alone."""
        checks: Mapping[str, tuple[slice, _Check]] = {
            **dict.fromkeys(("indikatorsumma", "indikatorord"), (slice(1), self._indicator)),
            **dict.fromkeys(("inom_omradet", "samma_lan"), (slice(None), self._indicator)),
            "exempel_fran": (slice(1), self._respondent),
            **dict.fromkeys(_OF_RESPONDENTS, (slice(1), self._written_respondent)),
            "utslag": (slice(None), lambda word: _word(word, "utslag", Verdict)),
            "kallor": (slice(1), lambda word: _word(word, "post", ITEMS)),
            "tal_ar": (slice(1, 2), lambda word: _word(word, "post", ITEMS)),
            "text": (slice(1), lambda word: _word(word, "text", self.texts.entries)),
            **dict.fromkeys(("utan", "varav_inget"), (slice(1, None), self._table)),
            **dict.fromkeys(_OF_TABLES, (slice(None), self._table)),
            "antal_koder": (slice(1), lambda word: _word(word, "lista", self.spec.lists)),
        }
        if function in checks:
            which, check = checks[function]
            yield from _each(plain[which], check)

    def field(self, table: str, name: str) -> Field | None:
        """A field of a table; None where there is none."""
        found = self.spec.tables.get(table)
        return found.by_id.get(name) if found else None

    def row_field(self, table: str, name: str, line: int) -> Iterator[NameFault]:
        """What is wrong with a field that is asked of a row."""
        found = self.spec.tables.get(table)
        if found and name not in {*found.by_id, *PROVENANCE, *PLACED}:
            yield NameFault(line, "falt", _no_field(found, name))

    def part(
        self, table: str, name: str, part: str, line: int, *, is_one: bool = False
    ) -> Iterator[NameFault]:
        """What is wrong with what is asked of an answer: the year of a day, the code itself. Of
        several answers only one of them has parts."""
        found = self.spec.tables.get(table)
        field = found.by_id.get(name) if found else None
        if field is None:
            return
        has = _PARTS_OF.get("code" if field.list else field.type, ())
        if field.choices > 1 and not is_one:
            has = ()
        # A method is told as that.
        if part not in has and not hasattr(str, part):
            told = {"i": name, "namn": part, "menade": meant(part, has)}
            yield NameFault(line, "lage_del", told)

    def part_of_day(self, table: str, name: str, line: int, value: object) -> Iterator[NameFault]:
        """The year of a day is a number."""
        field = self.field(table, name)
        absent = {self.spec.unknown, self.spec.not_applicable, ""}
        if field and field.type == "date" and isinstance(value, str) and value not in absent:
            yield NameFault(line, "tal_av_dag", {"falt": f"{table}.{name}", "varde": value})

    def apart(self, one: tuple[str, str], other: tuple[str, str], line: int) -> Iterator[NameFault]:
        """Two fields (each its table and its name) whose codes are of lists that have none in
        common."""
        mine, others = self._list_of(*one), self._list_of(*other)
        if mine and others and mine.by_code.keys().isdisjoint(others.by_code):
            yield NameFault(line, "olika_listor", {"lista": mine.id, "andra": others.id})

    def _list_of(self, table: str, name: str) -> CodeList | None:
        field = self.field(table, name)
        return self.spec.lists[field.list] if field and field.list else None

    def added_up(self, table: str, name: str, line: int) -> Iterator[NameFault]:
        """Only numbers can be added up."""
        field = self.field(table, name)
        if field is not None and field.type not in NUMERIC:
            yield NameFault(line, "ingen_summa", {"falt": f"{table}.{name}"})

    def label(self, table: str, name: str, line: int, value: object) -> Iterator[NameFault]:
        """What a code means is one of the list's labels."""
        codes = self._list_of(table, name)
        labels = [one.label for one in codes.codes] if codes else []
        if codes and value and value not in labels:
            told = {"varde": str(value), "lista": codes.id, "menade": meant(str(value), labels)}
            yield NameFault(line, "lydelse", told)

    def key(self, of: str, name: str, line: int) -> Iterator[NameFault]:
        """What is wrong with a table or a respondent within brackets behind `lage`."""
        check = self._table if of in {"states", "table_names"} else self._respondent
        yield from _each([Argument("", line, ((line, name),))], check)

    def respondent(self, by: str, value: object, line: int) -> Iterator[NameFault]:
        """What is wrong with the code, or the name, that one who reports is compared with."""
        check = self._respondent_name if by == "name" else self._respondent
        yield from _each([Argument("", line, ((line, value),))], check)

    def rewritten(self, table: str, name: str, line: int, value: object) -> Iterator[NameFault]:
        """A field of codes that has been made a text of is equal to no code."""
        found = self.spec.tables.get(table)
        field = found.by_id.get(name) if found else None
        if field is not None and field.list is not None and value:
            yield NameFault(line, "utskriven", {})

    def takes_several(self, table: str, name: str, value: object) -> bool:
        """Whether a field may have several answers, and so is never simply equal to one of them. A
        blank and `u.s.` stand alone."""
        found = self.spec.tables.get(table)
        field = found.by_id.get(name) if found else None
        absent = {self.spec.unknown, self.spec.not_applicable, "", None}
        return field is not None and field.choices > 1 and value not in absent

    def compared(
        self, table: str, name: str, line: int, value: object, equal: bool
    ) -> Iterator[NameFault]:
        """What is wrong with a literal that a row's field is compared with."""
        found = self.spec.tables.get(table)
        absent = {self.spec.unknown, self.spec.not_applicable, ""}
        if found is None or value is None or value in absent:
            return
        field = found.by_id.get(name)
        if field is not None and (equal or field.list is None):
            yield from self._value(f"{table}.{name}", field, line, value)
        elif field is None:
            yield from self._of_origin(table, name, line, value, equal)

    def _of_origin(
        self, table: str, name: str, line: int, value: object, equal: bool
    ) -> Iterator[NameFault]:
        """Where a row comes from: whose it is, and its number in the sheet."""
        if name in {PROVENANCE[-1], PLACED[-1]} and isinstance(value, str):
            yield NameFault(line, "tal", {"falt": f"{table}.{name}", "varde": value})
        elif name in {PROVENANCE[0], PLACED[0]} and equal:
            yield from self.respondent("code", value, line)
        elif name in {PROVENANCE[1], PLACED[1]} and equal:
            yield from self.respondent("name", value, line)

    def _rows(self, tables: Sequence[Argument], named: Sequence[Argument]) -> Iterator[NameFault]:
        yield from _each(tables, self._table)
        for table in _literals(tables):
            yield from self._fields(str(table), named)

    def _table(self, name: object) -> Iterator[tuple[str, Mapping[str, str]]]:
        if name not in self.spec.tables:
            likely = meant(str(name), self.spec.tables)
            yield "tabell", {"namn": str(name), "menade": likely}

    def _wordlist(self, name: object) -> Iterator[tuple[str, Mapping[str, str]]]:
        if f"ordlistor.{name}" not in self.texts.entries:
            known = [one.partition(".")[2] for one in self.texts.entries if one.startswith("ordl")]
            yield "ordlista", {"namn": str(name), "menade": meant(str(name), known)}

    def _field_names(self, plain: Sequence[Argument]) -> Iterator[NameFault]:
        """The second argument: a field of the table in the first."""
        for name in _literals(plain[:1]):
            table = self.spec.tables.get(str(name))
            for line, asked in plain[1].literals if table and len(plain) > 1 else ():
                yield from self.row_field(str(name), str(asked), line)

    def _fields(self, table: str, named: Iterable[Argument]) -> Iterator[NameFault]:
        found = self.spec.tables.get(table)
        if found is None:
            return
        for one in named:
            if one.name in found.by_id:
                field = found.by_id[one.name]
                for line, value in one.literals:
                    yield from self._condition(f"{table}.{one.name}", field, line, value)
            elif one.name == PROVENANCE[0]:
                yield from _each([one], self._respondent)
            elif one.name not in PROVENANCE:
                yield NameFault(one.line, "falt", _no_field(found, one.name))

    def _condition(
        self, address: str, field: Field, line: int, value: object
    ) -> Iterator[NameFault]:
        """What has no answer meets no condition: that is asked of the rows themselves."""
        if isinstance(value, bool):  # any answer, or none
            return
        if value is None or value == "":
            told = {"varde": written(nodes.Const(value)), "falt": field.id}
            yield NameFault(line, "villkor_tomt", told)
        elif value == self.spec.not_applicable:
            yield NameFault(line, "villkor_utan", {"varde": str(value), "falt": field.id})
        elif value != self.spec.unknown:
            yield from self._value(address, field, line, value)
            yield from self._held(address, line, value)

    def _held(self, address: str, line: int, value: object) -> Iterator[NameFault]:
        """What a field of texts or numbers can never be."""
        for kind, values in unheld(self.spec, address, value):
            yield NameFault(line, kind, values)

    def held(self, table: str, name: str, line: int, value: object) -> Iterator[NameFault]:
        """What is wrong with a literal that an answer is said to be equal to."""
        absent = {self.spec.unknown, self.spec.not_applicable, "", None}
        if self.field(table, name) is None or isinstance(value, bool) or value in absent:
            return
        yield from self._held(f"{table}.{name}", line, value)

    def _value(self, address: str, field: Field, line: int, value: object) -> Iterator[NameFault]:
        if isinstance(value, bool):
            told = {"falt": address, "varde": written(nodes.Const(value))}
            yield NameFault(line, "sant_jamfort", told)
        elif field.list is not None:
            codes = self.spec.lists[field.list]
            for kind, values in self._code(value, codes, "kod"):
                yield NameFault(line, kind, {**values, "falt": address})
        elif field.type in {*NUMERIC, "year"} and not isinstance(value, int | float | Decimal):
            yield NameFault(line, "tal", {"falt": address, "varde": str(value)})
        elif field.type == "date" and isinstance(value, str | int | float):
            yield NameFault(line, "dag", {"falt": address, "varde": str(value)})

    def _code(
        self, value: object, codes: CodeList, kind: str
    ) -> Iterator[tuple[str, Mapping[str, str]]]:
        """A code must be one of the list, and valid in the year."""
        told = {"kod": str(value), "lista": codes.id}
        if isinstance(value, int):
            likely = next((one for one in (str(value), f"{value:02}") if one in codes.by_code), "")
            yield "kod_tal", {"kod": likely or str(value)}
            return
        code = codes.by_code.get(value) if isinstance(value, str) else None
        meant_by_label = codes.named(value) if code is None and isinstance(value, str) else None
        if meant_by_label is not None:
            yield "kod_namn", {**told, "ratt": meant_by_label.code}
        elif code is None:
            yield kind, {**told, "menade": meant(str(value), codes.by_code)}
        elif not code.is_valid_in(self.spec.year):
            yield "kod_ar", told

    def _indicator(self, value: object) -> Iterator[tuple[str, Mapping[str, str]]]:
        if self.spec.bound.has(INDICATORS):
            yield from self._code(value, self.spec.list_of(INDICATORS), "indikator")

    def _written_respondent(self, value: object) -> Iterator[tuple[str, Mapping[str, str]]]:
        """What is no text is told as what it is when the function is called."""
        if isinstance(value, str):
            yield from self._respondent(value)

    def _respondent_name(self, value: object) -> Iterator[tuple[str, Mapping[str, str]]]:
        names = [one.name for one in self.spec.counties]
        if value and value not in names:
            yield "lan_namn", {"namn": str(value), "menade": meant(str(value), names)}

    def _respondent(self, value: object) -> Iterator[tuple[str, Mapping[str, str]]]:
        if self.spec.bound.has(RESPONDENTS):
            yield from self._code(value, self.spec.list_of(RESPONDENTS), "lan")


def _wordlist_apart(named: Sequence[Argument]) -> tuple[list[Argument], list[Argument]]:
    """The conditions on a row, and the name of a list of words."""
    own = [one for one in named if one.name != "ordlista"]
    return own, [one for one in named if one.name == "ordlista"]


def _each(given: Iterable[Argument], check: _Check) -> Iterator[NameFault]:
    for one in given:
        for line, value in one.literals:
            for kind, values in check(value):
                yield NameFault(line, kind, values)


def _literals(given: Iterable[Argument]) -> Iterator[object]:
    for one in given:
        for _, value in one.literals:
            yield value


def _word(
    value: object, kind: str, known: Iterable[str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    if value not in set(known):
        yield kind, {"namn": str(value), "menade": meant(str(value), known)}


def _no_field(table: TableSpec, name: str) -> Mapping[str, str]:
    return {"tabell": table.id, "namn": name, "menade": meant(name, table.by_id)}
