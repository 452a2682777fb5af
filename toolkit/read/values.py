"""A raw cell value as a value of its field's type, with what had to be understood or could not
be."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from toolkit.read.remarks import Concern
from toolkit.returns.submission import Missing, Typed
from toolkit.spec.answers import Sense, answer_in, joints
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.marks import SPECIAL_WRITINGS
from toolkit.spec.model import NUMERIC, Field, Spec
from toolkit.words.amounts import Number, format_number, is_beyond, ore, read_number
from toolkit.words.celltext import plain, stored_days, text
from toolkit.words.periods import (
    is_impossible_date,
    month_first_day,
    read_date,
    stored_number,
    year_shown_as,
)
from toolkit.words.swedish import fold, join_and, suggest

_TIMES = (date, time, timedelta)
_UNKNOWN, _NOT_APPLICABLE = SPECIAL_WRITINGS["unknown"], SPECIAL_WRITINGS["not_applicable"]
_SPECIAL_STARTS = "uUeE*\u00ad"
"""How such a text begins: most are known by their first letter to be another. The last two signs
are left out when texts are compared."""
_FACTORS = {"tkr": 1_000, "mnkr": 1_000_000, "mdkr": 1_000_000_000}
_STRANGE = {
    "amount": {"%", "st", "st."},
    "integer": {"%"},
    "year": {"%", "kr", "st", "st."},
    "share": {"kr", "st", "st."},
}
"""Units that a number of a type cannot have: it stands in the wrong column, or is no number."""
_ID = re.compile(r"[^\W\d_]{0,2}\d+")
_SEVERAL_IDS = re.compile(
    r"[^\W\d_]{1,2}\d+(?:(?:\s*[-–—]\s*|\s+)[^\W\d_]{1,2}\d+"
    r"|\s*(?:[,;/+&]|och|samt|eller)\s*(?:[^\W\d_]{1,2}\d+|\d{1,3}))+",
    re.IGNORECASE,
)
"""Ids with something between them; the letter of a later one may be left out, as in `A1, 2`."""
_WORD = re.compile(r"\s*[–—:.,/;-]\s*|\s+")
_ROUND_STOPS = re.compile(r"\s*\.\s*")
_YEARS = range(1950, 2101)
_WRITTEN_DAYS = 20  # years from the report's: nearer, a day may be one that was written
_MONTHS = 12
_LONG_LABEL, _SHORTEST_ALIKE, _ALIKE = 5, 3, 0.75  # characters, characters, likeness


class Reading(NamedTuple):
    """A typed value. `code` is the code of a remark on it, if any, with the parameters of its text,
    a `suggestion` that could stand there instead, and what it concerns: the CELL, or only its
    WRITING."""

    typed: Typed
    code: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None
    concern: Concern = Concern.CELL


BLANK = Reading(Missing.BLANK)


def read_value(spec: Spec, field: Field, raw: object, *, epoch_1904: bool = False) -> Reading:
    """One cell by its field's type. Never raises: what cannot be understood is UNREADABLE with a
    code. `epoch_1904` is for workbooks whose days are counted from 1904."""
    shown = text(raw)
    if not shown:
        return BLANK
    special = special_in(shown) if shown[0] in _SPECIAL_STARTS else None
    if special is not None:
        return Reading(special) if field.specials else _unreadable("FALT-EJ-SPECIAL")
    if field.type == "date":
        return _date(field, raw, epoch_1904)
    if field.type in NUMERIC and isinstance(raw, _TIMES):
        return _shown_as_day(spec, field, raw, epoch_1904)
    return _READERS[field.type](spec, field, raw, shown)


def is_unlisted(spec: Spec, field: Field, raw: object) -> bool:
    """Whether a cell would be told to be outside its list; no code is looked for that may have been
    meant."""
    shown = text(raw)
    if field.list is None or not shown or special_in(shown) is not None:
        return False
    answer = answer_in(spec.lists[field.list], shown)
    return answer.sense in {Sense.NONE, Sense.OTHERS}


def special_in(shown: str) -> Missing | None:
    """UNKNOWN for `u.s.`, NOT_APPLICABLE for `e.t.`, however they are written; None for any other
    text."""
    folded = fold(shown)
    if folded in _UNKNOWN:
        return Missing.UNKNOWN
    return Missing.NOT_APPLICABLE if folded in _NOT_APPLICABLE else None


def _unreadable(code: str, suggestion: str | None = None, **parameters: str) -> Reading:
    return Reading(Missing.UNREADABLE, code, tuple(parameters.items()), suggestion)


def _written(value: Typed, code: str, read: str) -> Reading:
    """Understood, though written otherwise than the template asks: told, and nothing to correct."""
    return Reading(value, code, (("read", read),), concern=Concern.WRITING)


# -------------------------------------------------------------------------------------------- texts
def _text(_spec: Spec, _field: Field, raw: object, shown: str) -> Reading:
    if isinstance(raw, date):
        return Reading(raw.date().isoformat() if isinstance(raw, datetime) else raw.isoformat())
    return Reading(shown)


def _identifier(_spec: Spec, _field: Field, _raw: object, shown: str) -> Reading:
    return Reading(plain(shown).upper())


def _reference(spec: Spec, field: Field, raw: object, shown: str) -> Reading:
    """The id of another row; several of them are no answer where one is asked for."""
    if field.choices == 1 and _SEVERAL_IDS.fullmatch(shown):
        ids = list(dict.fromkeys(one.upper() for one in _ID.findall(shown)))
        if len(ids) > 1:
            return _unreadable("FALT-FLERA", codes=join_and(ids))
    return _identifier(spec, field, raw, shown)


def _code(spec: Spec, field: Field, raw: object, shown: str) -> Reading:
    codelist = spec.lists[field.list or ""]
    answer = answer_in(codelist, _as_typed(raw, shown))
    match answer.sense:
        case Sense.NONE:
            likely = _likely(codelist, shown, spec.year)
            return _unreadable("FALT-KODLISTA", likely, list=codelist.label)
        case Sense.OTHERS:
            code, other = answer.codes
            told = {"number": code.code, "own": code.label, "other": other.shown}
            return _unreadable("FALT-KOD-NAMN", **told)
        case Sense.SEVERAL:
            return _unreadable("FALT-FLERA", codes=join_and(code.shown for code in answer.codes))
    return _one_code(answer.codes[0], answer.sense, spec.year)


def _as_typed(raw: object, shown: str) -> str:
    """Excel takes an appropriation such as 3:1 that is typed into a cell for one minute past
    three."""
    return f"{raw.hour}:{raw.minute}" if isinstance(raw, time) else shown


def _one_code(code: Code, sense: Sense, year: int) -> Reading:
    if not code.is_valid_in(year):
        return Reading(code.code, "FALT-KOD-AR", (("code", code.shown), ("year", str(year))))
    if sense is Sense.MORE:
        return Reading(code.code, "FALT-KOD-TILLAGG", (("code", code.shown),))
    return (
        _written(code.code, "NOT-KOD", code.shown) if sense is Sense.NEARLY else Reading(code.code)
    )


def _likely(codelist: CodeList, shown: str, year: int) -> str | None:
    """The code that was likely meant, of those that may be used for a year: the one whose label
    stands in the text, or the one most like it. None when the text begins with a code, since then
    something else is wrong with it."""
    if codelist.leading(_WORD.split(shown, maxsplit=1)[0]):
        return None
    inside = _labels_inside(codelist.valid_in(year), fold(shown))
    if len(inside) == 1:
        return _whole_answer(inside.pop(), shown)
    by_text = _by_any_name(codelist, year)
    alike = suggest(shown, [name for name in by_text if len(name) >= _SHORTEST_ALIKE], _ALIKE)
    return _whole_answer(by_text[alike].shown, shown) if alike else None


def _whole_answer(suggested: str, shown: str) -> str | None:
    """A suggestion, unless the text may be several answers of which it is only one."""
    return suggested if joints(suggested) >= joints(shown) else None


def _by_any_name(codelist: CodeList, year: int) -> dict[str, Code]:
    """The codes of a year by all that they may be written as."""
    others = codelist.by_other_name.items()
    by_text = {name: code for name, code in others if code.is_valid_in(year)}
    for code in codelist.valid_in(year):
        by_text.update(dict.fromkeys((code.shown, code.label, code.code), code))
    return by_text


def _labels_inside(codes: Sequence[Code], folded: str) -> set[str]:
    """The codes whose label stands in a text. A short label may stand in any text by chance."""
    labels = {code.shown: code.label for code in codes if len(code.label) >= _LONG_LABEL}
    return {shown for shown, label in labels.items() if fold(label) in folded}


# ------------------------------------------------------------------------------------------ numbers
def _asks_for_amounts(spec: Spec) -> bool:
    """Whether a year asks for kronor anywhere: elsewhere nobody is told to write them."""
    fields = chain.from_iterable(table.fields for table in spec.tables.values())
    return any(field.type == "amount" for field in fields)


def _number(spec: Spec, field: Field, raw: object, shown: str) -> Reading:
    number = read_number(raw)
    if number is None and is_beyond(raw):
        return _unreadable("FALT-INTERVALL")
    if number is None:
        return _unreadable("FALT-TAL", _spaced_special(field, shown))
    if number.unit in _STRANGE.get(field.type, ()):
        return _unreadable("FALT-TAL")
    if number.unit in _FACTORS and not _asks_for_amounts(spec):
        return _unreadable("FALT-TAL")
    if number.unit in _FACTORS:
        # A number of thousands in a column of kronor is asked about, never multiplied in silence.
        kronor = _to_the_ore(number.value * _FACTORS[number.unit])
        return _unreadable("FALT-ENHET", kronor, unit=number.unit)
    return _understood(field, number)


def _spaced_special(field: Field, shown: str) -> str | None:
    """`u.s.` of a text that is that with blanks in it, where the field takes it."""
    special = special_in(_ROUND_STOPS.sub(".", shown)) if field.specials else None
    return None if special is None else str(special.value)


def _shown_as_day(
    spec: Spec, field: Field, raw: date | time | timedelta, epoch_1904: bool
) -> Reading:
    """A number in a cell whose format shows days or hours. It is read where it cannot be a day that
    somebody has written there, and asked about."""
    stored, seen = _stored(raw, epoch_1904), _seen(raw)
    if not stored.is_integer() or not _is_no_day(spec, field, raw, int(stored)):
        return _unreadable("FALT-TAL", value=seen, format=seen)
    told = (("shown", seen), ("value", str(int(stored))))
    is_whole = field.type in {"year", "integer"}
    return Reading(int(stored) if is_whole else Decimal(int(stored)), "FALT-CELLFORMAT", told)


def _stored(raw: date | time | timedelta, epoch_1904: bool) -> float:
    if isinstance(raw, date):
        return stored_number(raw, epoch_1904=epoch_1904)
    return stored_days(raw)


def _seen(raw: date | time | timedelta) -> str:
    """What the cell shows, as far as is known."""
    if not isinstance(raw, date):
        return text(raw)
    return (
        raw.isoformat(" ") if isinstance(raw, datetime) and raw.time() != time() else str(raw)[:10]
    )


def _is_no_day(spec: Spec, field: Field, raw: date | time | timedelta, stored: int) -> bool:
    if field.type == "year":
        return stored in _YEARS
    if isinstance(raw, date):
        return abs(raw.year - spec.year) > _WRITTEN_DAYS
    return isinstance(raw, timedelta) and stored > 0


def _to_the_ore(kronor: Decimal) -> str | None:
    """An amount as it would be written, with the öre that it has; None where it is not in whole
    öre, and so cannot be what was meant."""
    decimals = max(0, -int(kronor.normalize().as_tuple().exponent))
    if decimals > 2:
        return None
    return format_number(kronor, 2 if decimals else 0)


def _understood(field: Field, number: Number) -> Reading:
    """A number in the field's own unit; what is doubtful comes before how it was written."""
    has_hidden_ore = _has_hidden_ore(field, number)
    value = ore(number.value) if has_hidden_ore else number.value
    if "ambiguous" in number.notes:
        return Reading(value, "FALT-TVETYDIGT", (("read", _as_read(value)),))
    if _is_small_share(field, number):
        return _small_share(value)
    if has_hidden_ore:
        return _written(value, "NOT-ORE", format_number(value, 2))
    return _from_text(field, value) if "text" in number.notes else Reading(value)


def _from_text(field: Field, value: Decimal) -> Reading:
    """A number that was written as text; a year's thousands are not told apart."""
    return _written(value, "NOT-TAL", str(value) if field.type == "year" else _as_read(value))


def _has_hidden_ore(field: Field, number: Number) -> bool:
    return field.type == "amount" and "hidden_ore" in number.notes


def _is_small_share(field: Field, number: Number) -> bool:
    """Of at most one per cent, as far as the field takes so little."""
    is_small = field.type == "share" and number.unit is None and 0 < number.value <= 1
    return is_small and field.bounds.hold(number.value)


def _small_share(value: Decimal) -> Reading:
    """0,5 in a column of per cent: half a per cent, or what Excel makes of 50 % typed into a cell
    that shows per cent."""
    read = (("read", _as_read(value)), ("percent", _as_read(_plain(value * 100))))
    return Reading(value, "FALT-ANDEL", read)


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros, and without the exponent that `normalize` gives a whole number."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _as_read(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    return format_number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def _whole(spec: Spec, field: Field, raw: object, shown: str) -> Reading:
    reading = _number(spec, field, raw, shown)
    if not isinstance(reading.typed, Decimal):
        return reading
    if reading.typed != reading.typed.to_integral_value():
        return _unreadable("FALT-HELTAL")
    return reading._replace(typed=int(reading.typed))


# --------------------------------------------------------------------------------------------- days
def _date(field: Field, raw: object, epoch_1904: bool) -> Reading:
    found = read_date(raw, epoch_1904=epoch_1904)
    if found is None and isinstance(raw, date):
        return _long_ago(field, raw, epoch_1904)
    meant = month_first_day(raw) if found is None and isinstance(raw, str) else None
    if meant is not None and meant.day > _MONTHS:
        return _unreadable("FALT-DATUM", meant.isoformat(), meant=meant.isoformat())
    if found is None:
        return _unreadable("FALT-OMOJLIGT-DATUM" if is_impossible_date(raw) else "FALT-DATUM")
    if found.notes:
        return _written(found.value, "NOT-DATUM", found.value.isoformat())
    return Reading(found.value)


def _long_ago(field: Field, raw: date, epoch_1904: bool) -> Reading:
    """A day that is one, though no report can be about it: what a cell that shows dates makes of
    a year alone, or a day that is outside the field's bounds, if it has any."""
    day = raw.date() if isinstance(raw, datetime) else raw
    year = year_shown_as(day, epoch_1904=epoch_1904)
    if year is not None:
        return _unreadable("FALT-DATUM", value=day.isoformat(), typed=str(year))
    if field.minimum is not None:
        return Reading(day)
    return _unreadable("FALT-DATUM", value=day.isoformat())


_READERS: dict[str, Callable[[Spec, Field, object, str], Reading]] = {
    "text": _text,
    "id": _identifier,
    "ref": _reference,
    "refs": _identifier,
    "code": _code,
    "codes": _code,
    "number": _number,
    "amount": _number,
    "share": _number,
    "integer": _whole,
    "year": _whole,
}
