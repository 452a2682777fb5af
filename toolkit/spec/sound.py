"""Whether what a spec says of its fields, lists and labels can be true: bounds with room between
them, names that Excel takes, examples that pass their own field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, filterfalse, pairwise
from typing import Any

from toolkit.files.yaml import Path_
from toolkit.spec.codelists import Code, CodeList, fold_answer
from toolkit.spec.codenames import called_alike, unfit_names
from toolkit.spec.faults import FieldPlace, SpecFault, fault, fields_of, meant, tables_of
from toolkit.spec.fields import Bounds
from toolkit.spec.marks import (
    FEEDBACK_SHEET,
    HIDDEN_SHEET,
    PROVENANCE,
    SPECIAL_ANSWERS,
    SPECIAL_WRITINGS,
)
from toolkit.spec.model import NUMERIC, Earmark, Field, Limits, SheetSpec, Spec
from toolkit.spec.patterns import may_never_end, misunderstood
from toolkit.spec.roles import RESPONDENTS, RETURN, RETURN_RESPONDENT
from toolkit.spec.sheetnames import SHEET_NAME, unfit_name
from toolkit.words.amounts import read_number
from toolkit.words.celltext import plain
from toolkit.words.periods import format_date, read_date
from toolkit.words.swedish import fold

_WIDEST = 255  # characters; Excel's widest column
_MOST_CHOICES = 20  # columns of one field; nobody answers in more
_TEXTS = {"text", "id"}
_UNITS = {"amount": ("", "kr"), "share": ("", "%", "procent")}
_OF_ANSWERS = ("required", "unique", "minimum", "maximum")
_PER_CENT = Bounds(0, 100)
_PERCENT_LIMITS = ("alike_percent", "shift_percent")
_AT_LEAST = {"secrecy_minimum": 1, "shared_activities": 1, "trend_amount": 0, "trend_count": 0,
             "trend_percent": 0, "spend_over_budget_percent": 0, "tkr_ceiling": 0}  # fmt: skip
_LARGEST_LIMIT = 10**12  # more kronor than there are; numbers beyond 28 digits cannot be reckoned
_PLACE = re.compile(r"\{([^{}]*)\}")
_PROSE = ("label", "help", "intro", "paragraphs", "title", "help_contact", "pattern_help")


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
        yield from _codes(codelist, place)
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
    yield from _bounds(one)
    yield from _demands_of_reckoned(one)
    yield from _unit(one)
    wrong = list(_pattern(one))
    # A pattern that cannot be tried is not tried with the example.
    yield from wrong or _example(spec, one)


def _unit(one: FieldPlace) -> Iterator[SpecFault]:
    """Amounts are kronor and shares per cent wherever they are reckoned with."""
    units = _UNITS.get(one.field.type)
    if units and one.field.unit not in units:
        told = {"plats": one.name, "typ": one.field.type, "enhet": one.field.unit}
        yield fault((*one.place, "unit"), "slag.enhet", ska=units[-1], **told)


def _demands_of_reckoned(one: FieldPlace) -> Iterator[SpecFault]:
    """What is asked of those who fill in a field cannot be asked of one that is reckoned."""
    if one.field.computed is None:
        return
    for key in _OF_ANSWERS:
        demand = getattr(one.field, key)
        if demand is not None and demand is not False:
            yield fault((*one.place, key), "slag.ifyllt", plats=one.name, nyckel=key)


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
    yield from _twice(_ids("codelists", spec.codelists), "dubbel.lista", "id")
    yield from _twice(_ids("earmarks", spec.earmarks), "dubbel.omrade", "id")
    for table in tables_of(spec):
        fields = list(table.fields())
        headings: list[tuple[Path_, str]] = []
        for one in fields:
            headings.extend(((*one.place, "label"), name) for name in one.field.headings)
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


def _bounds(one: FieldPlace) -> Iterator[SpecFault]:
    field, place, name = one.field, one.place, one.name
    if not plain(field.label).strip():
        yield fault((*place, "label"), "text.tom")
    if not 1 <= field.choices <= _MOST_CHOICES:
        yield fault((*place, "choices"), "grans.val", plats=name, flest=_MOST_CHOICES)
    if not 1 <= field.width <= _WIDEST:
        yield fault((*place, "width"), "grans.bredd", plats=name)
    yield from _value_bounds(one)
    yield from _length_bounds(one)


def _length_bounds(one: FieldPlace) -> Iterator[SpecFault]:
    lengths = one.field.lengths
    if lengths.given and one.field.type not in _TEXTS:
        yield fault(one.place, "grans.inte_text", plats=one.name)
    if lengths.are_crossed:
        place, said = (*one.place, "min_length"), {"minst": lengths.low, "hogst": lengths.high}
        yield fault(place, "grans.langd", plats=one.name, **said)


def _pattern(one: FieldPlace) -> Iterator[SpecFault]:
    pattern, place = one.field.pattern, (*one.place, "pattern")
    if pattern is None:
        return
    sign = misunderstood(pattern)
    if sign is not None:
        yield fault(place, "grans.monster", plats=one.name, monster=pattern, tecken=sign)
    elif may_never_end(pattern):
        yield fault(place, "grans.utan_slut", plats=one.name, monster=pattern)


def _value_bounds(one: FieldPlace) -> Iterator[SpecFault]:
    bounds = one.field.bounds
    if bounds.given:
        yield from _kind_of_bounds(one, bounds.given)
    if bounds.are_crossed:
        place, said = (*one.place, "minimum"), {"minst": bounds.low, "hogst": bounds.high}
        yield fault(place, "grans.varde", plats=one.name, **said)


def _kind_of_bounds(one: FieldPlace, given: Sequence[Decimal | int]) -> Iterator[SpecFault]:
    """Bounds are for numbers and dates; a date's are written 20201231, a share's are per cent."""
    kind, place, name = one.field.type, one.place, one.name
    if kind == "date":
        for bound in filterfalse(_day, given):
            yield fault(place, "grans.datum", plats=name, varde=bound)
    elif kind == "share":
        if not all(map(_PER_CENT.hold, given)):
            yield fault(place, "grans.andel", plats=name)
    elif kind not in NUMERIC:
        yield fault(place, "grans.inte_tal", plats=name)


def _day(bound: Decimal | int) -> date | None:
    """The date that a bound such as 20201231 stands for."""
    try:
        return date.fromisoformat(f"{int(bound):08d}")
    except ValueError:
        return None


def _codes(codelist: CodeList, place: Path_) -> Iterator[SpecFault]:
    codes: Sequence[Code] = codelist.codes
    folded: dict[str, str] = {}
    for number, code in enumerate(codes):
        where = (*place, "codes", number)
        yield from _years(codelist, code, where)
        yield from _as_special(codelist, code, where)
        other = folded.setdefault(code.code.casefold(), code.code)
        if other != code.code:
            yield fault(where, "dubbel.kod", kod=other, annan=code.code, lista=codelist.id)
    for name in codelist.also:
        if all(name not in code.attributes for code in codes):
            yield fault((*place, "also"), "saknas.egenskap", lista=codelist.id, namn=name)


def _years(codelist: CodeList, code: Code, place: Path_) -> Iterator[SpecFault]:
    """A code that ends before it begins."""
    if Bounds(code.valid_from, code.valid_to).are_crossed:
        years = {"fran": code.valid_from, "till": code.valid_to}
        yield fault(place, "grans.ar", kod=code.code, lista=codelist.id, **years)


def _as_special(codelist: CodeList, code: Code, place: Path_) -> Iterator[SpecFault]:
    """A code that is read as u.s. or e.t., so that it is no answer of its own."""
    written = fold(code.code)
    for key, writings in SPECIAL_WRITINGS.items():
        if written in writings:
            told = {"kod": code.code, "lista": codelist.id, "svar": SPECIAL_ANSWERS[key]}
            yield fault(place, "text.specialsvar", **told)


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
