"""Whether what a spec says of its fields, lists and labels can be true: bounds with room between
them, names that Excel takes, examples that pass their own field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, pairwise
from typing import Any

from toolkit.files.yaml import Path_
from toolkit.spec.codelists import CodeList, fold_answer
from toolkit.spec.codenames import called_alike, unfit_names
from toolkit.spec.codewriting import unfit_codes
from toolkit.spec.demands import impossible_demands, wrong_pattern
from toolkit.spec.faults import FieldPlace, SpecFault, fault, fields_of, meant, tables_of
from toolkit.spec.fields import Bounds
from toolkit.spec.marks import FEEDBACK_SHEET, HIDDEN_SHEET, PROVENANCE, SPECIAL_ANSWERS
from toolkit.spec.model import NUMERIC, Earmark, Field, Limits, SheetSpec, Spec
from toolkit.spec.roles import RESPONDENTS, RETURN, RETURN_RESPONDENT
from toolkit.spec.sheetnames import SHEET_NAME, unfit_name
from toolkit.words.amounts import read_number
from toolkit.words.celltext import plain
from toolkit.words.periods import format_date, read_date

_TEXTS = {"text", "id"}
_PER_CENT = Bounds(0, 100)
_PERCENT_LIMITS = ("alike_percent", "shift_percent")
_AT_LEAST = {"secrecy_minimum": 1, "shared_activities": 1, "trend_amount": 0, "trend_count": 0,
             "trend_percent": 0, "spend_over_budget_percent": 0, "tkr_ceiling": 0}  # fmt: skip
_LARGEST_LIMIT = 10**12  # more kronor than there are; numbers beyond 28 digits cannot be reckoned
_PLACE = re.compile(r"\{([^{}]*)\}")
_PROSE = ("label", "help", "intro", "paragraphs", "title", "pattern_help")


def unsound(spec: Spec) -> Iterator[SpecFault]:
    """What cannot be true of a spec's fields, lists, labels, limits and examples."""
    yield from _same_names(spec)
    for number, sheet in enumerate(spec.sheets):
        yield from _sheet_label(sheet, ("sheets", number, "label"))
    yield from _rooms(spec)
    for field in fields_of(spec):
        yield from _of_field(spec, field)
    for number, codelist in enumerate(spec.codelists):
        place = ("codelists", number)
        yield from unfit_codes(codelist, place)
        yield from called_alike(codelist, spec.year, place)
        if codelist.id == spec.bound.of(RESPONDENTS):
            yield from unfit_names(codelist, place)
    yield from _limits(spec.limits)
    yield from _special_answers(spec)
    yield from _days_in_order(spec)


def _days_in_order(spec: Spec) -> Iterator[SpecFault]:
    """The days of a collection, which are sent to all who report: a trial, the last day, and the
    last day for corrections."""
    days = list(spec.insamling.days.items()) if spec.insamling else []
    for (name, day), (after, later) in pairwise(days):
        if later < day:
            told = {"namn": after, "dag": format_date(later), "foredag": format_date(day)}
            yield fault(("insamling", after), "insamling.ordning", fore=name, **told)


def _rooms(spec: Spec) -> Iterator[SpecFault]:
    for one in tables_of(spec):
        if one.table.capacity < 1:
            yield fault((*one.place, "capacity"), "grans.rum", plats=one.table.id)


def _of_field(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    yield from _own_id(spec, one)
    yield from impossible_demands(spec, one)
    wrong = list(wrong_pattern(one))
    # A pattern that cannot be tried is not tried with the example.
    yield from wrong or _example(spec, one)


def _special_answers(spec: Spec) -> Iterator[SpecFault]:
    """`u.s.` and `e.t.` are written in one way."""
    for key, written in SPECIAL_ANSWERS.items():
        if getattr(spec, key) != written:
            told = {"varde": getattr(spec, key), "nyckel": key, "ska": written}
            yield fault((key,), "text.svar", **told)


def unfilled_places(data: Any, place: Path_ = ()) -> Iterator[SpecFault]:
    """Places such as `{yaer}` that are left in the texts once the years are filled in. `data` is
    the plain data of the file, or of the part of it at `place`."""
    for step, value, is_prose in _entries(data, place):
        if isinstance(value, dict | list):
            yield from unfilled_places(value, (*place, step))
        elif is_prose:
            yield from _places_in(value, (*place, step))


def _entries(data: Any, place: Path_) -> Iterator[tuple[str | int, Any, bool]]:
    """What stands in a mapping or a list, each with its step and whether it is read by people."""
    if isinstance(data, dict):
        yield from ((key, value, key in {*_PROSE, "example"}) for key, value in data.items())
    elif isinstance(data, list):
        is_prose = bool(place) and place[-1] in _PROSE
        yield from ((number, value, is_prose) for number, value in enumerate(data))


def _places_in(value: Any, place: Path_) -> Iterator[SpecFault]:
    if isinstance(value, str):
        for name in _PLACE.findall(value):
            yield fault(place, "text.plats", namn=name)


def _same_names(spec: Spec) -> Iterator[SpecFault]:
    yield from _twice(_ids("sheets", spec.sheets), "dubbel.blad", "id")
    labels = [(("sheets", number, "label"), one.label) for number, one in enumerate(spec.sheets)]
    yield from _twice(labels, "dubbel.bladnamn", "label")
    yield from _twice([(one.place, one.table.id) for one in tables_of(spec)], "dubbel.tabell", "id")
    tables = [((*one.place, "label"), one.table.label) for one in tables_of(spec)]
    yield from _twice(tables, "dubbel.tabellnamn", "label")
    yield from _twice(_ids("codelists", spec.codelists), "dubbel.lista", "id")
    yield from _twice(_ids("earmarks", spec.earmarks), "dubbel.omrade", "id")
    for table in tables_of(spec):
        fields = list(table.fields())
        headings: list[tuple[Path_, str]] = []
        for one in fields:
            # Without its keys a column is found by its heading, with or without the unit.
            names = {name.casefold(): name for name in (one.field.label, *one.field.headings)}
            headings.extend(((*one.place, "label"), name) for name in names.values())
        yield from _twice(headings, "dubbel.rubrik", "label", tabell=table.table.label)
        yield from _former(fields)


def _former(fields: Sequence[FieldPlace]) -> Iterator[SpecFault]:
    """An old heading that another field has this year, or has had too."""
    now: dict[str, FieldPlace] = {}
    before: dict[str, FieldPlace] = {}
    for one in fields:
        now |= {name.casefold(): one for name in (one.field.label, *one.field.headings)}
    for one, name in chain.from_iterable(map(_old_headings, fields)):
        for kind, owners in (("dubbel.gammal", now), ("dubbel.gamla", before)):
            other = owners.get(name.casefold(), one)
            if other is not one:
                said = {"label": name, "falt": one.name, "annat": other.name}
                yield fault((*one.place, "aliases"), kind, **said)
        before.setdefault(name.casefold(), one)


def _old_headings(one: FieldPlace) -> list[tuple[FieldPlace, str]]:
    return [(one, name) for name in one.field.aliases]


def _ids(
    key: str, entries: Sequence[SheetSpec | CodeList | Earmark]
) -> Iterator[tuple[Path_, str]]:
    """The ids of what stands below a key of the file, with the ways to them."""
    return (((key, number), one.id) for number, one in enumerate(entries))


def _twice(
    named: Iterable[tuple[Path_, str]], kind: str, parameter: str, **values: str
) -> Iterator[SpecFault]:
    """A fault at every name that has stood before, capitals aside."""
    seen: set[str] = set()
    for place, name in named:
        if name.casefold() in seen:
            yield fault(place, kind, **{parameter: name}, **values)
        seen.add(name.casefold())


def _sheet_label(sheet: SheetSpec, place: Path_) -> Iterator[SpecFault]:
    label = sheet.label
    if not plain(label).strip():
        yield fault(place, "bladnamn.tomt", id=sheet.id)
    elif kind := unfit_name(label):
        yield fault(place, kind, label=label, hogst=SHEET_NAME)
    elif _is_our_own(label):
        yield fault(place, "bladnamn.eget", label=label)


def _is_our_own(label: str) -> bool:
    """Whether a sheet would be taken for one that the program itself writes into a workbook, and
    what stands on it be passed over or written away."""
    folded = fold_answer(label)
    return folded == fold_answer(FEEDBACK_SHEET) or folded.startswith(HIDDEN_SHEET)


def _own_id(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    """A column that is called as one that the program puts before it could be told apart by nobody.
    Whose return it is stands in both, and is the same."""
    whose = f"{spec.bound.of(RETURN)}.{spec.bound.of(RETURN_RESPONDENT)}"
    taken = PROVENANCE[1:] if one.name == whose else PROVENANCE
    if one.field.id in taken:
        listed = ", ".join(PROVENANCE)
        yield fault((*one.place, "id"), "dubbel.kolumn", plats=one.name, finns=listed)


def _limits(limits: Limits) -> Iterator[SpecFault]:
    for name in _PERCENT_LIMITS:
        value = getattr(limits, name)
        if not _PER_CENT.hold(value):
            yield fault(("limits", name), "grans.procent", namn=name, varde=value)
    for name, value in limits:
        if isinstance(value, int | Decimal) and value > _LARGEST_LIMIT:
            yield fault(("limits", name), "grans.hogst", namn=name, hogst=_LARGEST_LIMIT)
    yield from _too_low(limits)


def _too_low(limits: Limits) -> Iterator[SpecFault]:
    for name, least in _AT_LEAST.items():
        value = getattr(limits, name)
        if value < least:
            yield fault(("limits", name), "grans.minst", namn=name, varde=value, minst=least)


def _example(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    """An example is shown in the template above the headings: it must be an answer."""
    field, example = one.field, one.field.example
    if example in {"", spec.unknown, spec.not_applicable}:
        return
    place = (*one.place, "example")
    said: dict[str, object] = {"plats": one.name, "varde": example}
    if field.list is not None:
        yield from _code_example(spec, field, example, place, said)
    elif field.type in NUMERIC:
        yield from _number_example(field, example, place, said)
    elif field.type == "date":
        yield from _day_example(example, place, said)
    elif field.type in _TEXTS:
        yield from _text_example(field, example, place, said)


def _day_example(example: str, place: Path_, said: dict[str, object]) -> Iterator[SpecFault]:
    if read_date(example) is None:
        yield fault(place, "exempel.datum", **said)


def _code_example(
    spec: Spec, field: Field, example: str, place: Path_, said: dict[str, object]
) -> Iterator[SpecFault]:
    codelist = spec.list_for(field)
    if codelist is None:
        return
    code = codelist.named(example)
    if code is None:
        likely = meant(example, [one.shown for one in codelist.codes])
        yield fault(place, "exempel.kod", lista=codelist.id, menade=likely, **said)
    elif not code.is_valid_in(spec.year):
        yield fault(place, "exempel.kodar", ar=spec.year, **said)


def _number_example(
    field: Field, example: str, place: Path_, said: dict[str, object]
) -> Iterator[SpecFault]:
    number = read_number(example)
    if number is None:
        yield fault(place, "exempel.tal", **said)
        return
    value = number.value
    if field.type in {"integer", "year"} and value != int(value):
        yield fault(place, "exempel.heltal", **said)
    # Where no number would do, that is said of the bounds.
    if not field.bounds.are_crossed and not field.bounds.hold(value):
        yield fault(place, "exempel.grans", **said)


def _text_example(
    field: Field, example: str, place: Path_, said: dict[str, object]
) -> Iterator[SpecFault]:
    if field.pattern is not None and re.fullmatch(field.pattern, example) is None:
        yield fault(place, "exempel.monster", **said)
    if not field.lengths.hold(len(example)):
        yield fault(
            place,
            "exempel.langd",
            plats=said["plats"],
            langd=len(example),
            minst=field.min_length or 0,
            hogst="…" if field.max_length is None else field.max_length,
        )
