"""Whether what a spec says of its fields, lists and labels can be true: bounds with room between
them, names that Excel takes, examples that pass their own field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from toolkit.files.yaml import Path_
from toolkit.spec.codelists import Code, CodeList, fold_answer
from toolkit.spec.codenames import called_alike, unfit_names
from toolkit.spec.faults import FieldPlace, SpecFault, fault, fields_of, meant, tables_of
from toolkit.spec.marks import (
    FEEDBACK_SHEET,
    HIDDEN_SHEET,
    PROVENANCE,
    SPECIAL_ANSWERS,
    SPECIAL_WRITINGS,
)
from toolkit.spec.model import NUMERIC, Field, Limits, SheetSpec, Spec
from toolkit.spec.patterns import may_never_end, misunderstood
from toolkit.spec.roles import RESPONDENTS, RETURN, RETURN_RESPONDENT
from toolkit.words.amounts import read_number
from toolkit.words.celltext import plain
from toolkit.words.periods import read_date
from toolkit.words.swedish import fold

# What Excel refuses in the name of a sheet (the dialog "Byt namn" says so); History is its own.
_FORBIDDEN = set(r"[]:*?/\\")
_RESERVED = {"history", "historik"}
_WIDEST = 255  # characters; Excel's widest column
_MOST_CHOICES = 20  # columns of one field; nobody answers in more
_TEXTS = {"text", "id"}
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
    for one in tables_of(spec):
        if one.table.capacity < 1:
            yield fault((*one.place, "capacity"), "grans.rum", plats=one.table.id)
    for field in fields_of(spec):
        yield from _own_id(spec, field)
        yield from _bounds(field)
        wrong = list(_pattern(field))
        # A pattern that cannot be tried is not tried with the example.
        yield from wrong or _example(spec, field)
    for number, codelist in enumerate(spec.codelists):
        place = ("codelists", number)
        yield from _codes(codelist, place)
        yield from called_alike(codelist, spec.year, place)
        if codelist.id == spec.bound.of(RESPONDENTS):
            yield from unfit_names(codelist, place)
    yield from _limits(spec.limits)
    for key, written in SPECIAL_ANSWERS.items():
        if getattr(spec, key) != written:
            told = {"varde": getattr(spec, key), "nyckel": key, "ska": written}
            yield fault((key,), "text.svar", **told)


def unfilled_places(data: Any, place: Path_ = ()) -> Iterator[SpecFault]:
    """Places such as `{yaer}` that are left in the texts once the years are filled in. `data` is
    the plain data of the file."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, dict | list):
                yield from unfilled_places(value, (*place, key))
            elif key in _PROSE or key == "example":
                yield from _places_in(value, (*place, key))
    elif isinstance(data, list):
        prose = bool(place) and place[-1] in _PROSE
        for number, value in enumerate(data):
            if isinstance(value, dict | list):
                yield from unfilled_places(value, (*place, number))
            elif prose:
                yield from _places_in(value, (*place, number))


def _places_in(value: Any, place: Path_) -> Iterator[SpecFault]:
    if isinstance(value, str):
        for name in _PLACE.findall(value):
            yield fault(place, "text.plats", namn=name)


def _same_names(spec: Spec) -> Iterator[SpecFault]:
    sheets = [(("sheets", number), sheet) for number, sheet in enumerate(spec.sheets)]
    yield from _twice([(place, sheet.id) for place, sheet in sheets], "dubbel.blad", "id")
    labels: list[tuple[Path_, str]] = [((*place, "label"), one.label) for place, one in sheets]
    yield from _twice(labels, "dubbel.bladnamn", "label")
    yield from _twice([(one.place, one.table.id) for one in tables_of(spec)], "dubbel.tabell", "id")
    lists = [(("codelists", number), one.id) for number, one in enumerate(spec.codelists)]
    yield from _twice(lists, "dubbel.lista", "id")
    earmarks = [(("earmarks", number), one.id) for number, one in enumerate(spec.earmarks)]
    yield from _twice(earmarks, "dubbel.omrade", "id")
    for table in tables_of(spec):
        headings: list[tuple[Path_, str]] = []
        for one in table.fields():
            names = (*one.field.headings, *one.field.aliases)
            headings.extend(((*one.place, "label"), name) for name in names)
        yield from _twice(headings, "dubbel.rubrik", "label", tabell=table.table.label)


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
    elif _FORBIDDEN & set(label):
        yield fault(place, "bladnamn.tecken", label=label)
    elif label[0] == "'" or label[-1] == "'":
        yield fault(place, "bladnamn.apostrof", label=label)
    elif label.casefold() in _RESERVED:
        yield fault(place, "bladnamn.upptaget", label=label)
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
    low, high = field.min_length, field.max_length
    if (low is not None or high is not None) and field.type not in _TEXTS:
        yield fault(place, "grans.inte_text", plats=name)
    if low is not None and high is not None and low > high:
        yield fault((*place, "min_length"), "grans.langd", plats=name, minst=low, hogst=high)


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
    low, high = one.field.minimum, one.field.maximum
    given = [bound for bound in (low, high) if bound is not None]
    if given:
        yield from _kind_of_bounds(one, given)
    if low is not None and high is not None and low > high:
        place = (*one.place, "minimum")
        yield fault(place, "grans.varde", plats=one.name, minst=low, hogst=high)


def _kind_of_bounds(one: FieldPlace, given: Sequence[Decimal]) -> Iterator[SpecFault]:
    """Bounds are for numbers and dates; a date's are written 20201231, a share's are per cent."""
    kind, place, name = one.field.type, one.place, one.name
    if kind == "date":
        for bound in given:
            if _day(bound) is None:
                yield fault(place, "grans.datum", plats=name, varde=bound)
    elif kind == "share":
        if any(not 0 <= bound <= 100 for bound in given):
            yield fault(place, "grans.andel", plats=name)
    elif kind not in NUMERIC:
        yield fault(place, "grans.inte_tal", plats=name)


def _day(bound: Decimal) -> date | None:
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
        first, last = code.valid_from, code.valid_to
        if first is not None and last is not None and first > last:
            years = {"fran": first, "till": last}
            yield fault(where, "grans.ar", kod=code.code, lista=codelist.id, **years)
        yield from _as_special(codelist, code, where)
        other = folded.setdefault(code.code.casefold(), code.code)
        if other != code.code:
            yield fault(where, "dubbel.kod", kod=other, annan=code.code, lista=codelist.id)
    for name in codelist.also:
        if all(name not in code.attributes for code in codes):
            yield fault((*place, "also"), "saknas.egenskap", lista=codelist.id, namn=name)


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
        if not 0 <= value <= 100:
            yield fault(("limits", name), "grans.procent", namn=name, varde=value)
    for name, value in limits:
        if isinstance(value, int | Decimal) and value > _LARGEST_LIMIT:
            yield fault(("limits", name), "grans.hogst", namn=name, hogst=_LARGEST_LIMIT)
    for name, least in _AT_LEAST.items():
        value = getattr(limits, name)
        if value < least:
            yield fault(("limits", name), "grans.minst", namn=name, varde=value, minst=least)


def _example(spec: Spec, one: FieldPlace) -> Iterator[SpecFault]:
    """An example is shown in the template above the headings: it must be an answer."""
    field, example = one.field, one.field.example
    if not example or example in {spec.unknown, spec.not_applicable}:
        return
    place = (*one.place, "example")
    said: dict[str, object] = {"plats": one.name, "varde": example}
    if field.list is not None:
        yield from _code_example(spec, field, example, place, said)
    elif field.type in NUMERIC:
        yield from _number_example(field, example, place, said)
    elif field.type == "date" and read_date(example) is None:
        yield fault(place, "exempel.datum", **said)
    elif field.type in _TEXTS:
        yield from _text_example(field, example, place, said)


def _code_example(
    spec: Spec, field: Field, example: str, place: Path_, said: dict[str, object]
) -> Iterator[SpecFault]:
    codelist = spec.lists.get(field.list or "")
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
    low, high = field.minimum, field.maximum
    if low is not None and high is not None and low > high:
        return  # no number would do: that is said of the bounds
    if (low is not None and value < low) or (high is not None and value > high):
        yield fault(place, "exempel.grans", **said)


def _text_example(
    field: Field, example: str, place: Path_, said: dict[str, object]
) -> Iterator[SpecFault]:
    if field.pattern is not None and re.fullmatch(field.pattern, example) is None:
        yield fault(place, "exempel.monster", **said)
    least, most = field.min_length or 0, field.max_length
    if len(example) < least or (most is not None and len(example) > most):
        highest = "…" if most is None else most
        yield fault(
            place,
            "exempel.langd",
            plats=said["plats"],
            langd=len(example),
            minst=least,
            hogst=highest,
        )
