"""A raw cell value as a value of its field's type, with what had to be understood or could not
be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from toolkit.returns.submission import Missing, Typed
from toolkit.spec.codelists import CodeList
from toolkit.spec.model import Field, Spec
from toolkit.words.amounts import format_number, ore, read_number
from toolkit.words.celltext import text
from toolkit.words.periods import is_impossible_date, read_date
from toolkit.words.swedish import fold, suggest

_TIMES = (date, time, timedelta)
_UNKNOWN = {"u.s.", "u.s", "us", "uppgift saknas"}
_STRANGE = {
    "amount": {"%", "st", "st."},
    "year": {"%", "kr", "st", "st."},
    "share": {"kr", "st", "st."},
}
_SPECIAL_STARTS = "uUeE*\u00ad"  # the last two are left out when texts are compared
_WORD = re.compile(r"\s*[–—:.,/;-]\s*|\s+")
_LONG_LABEL, _SHORTEST_ALIKE, _ALIKE = 5, 3, 0.75  # characters, characters, likeness
_NOT_APPLICABLE = {"e.t.", "e.t", "et", "ej tillämpligt", "ej tillämplig"}


class Reading(NamedTuple):
    """A typed value. `code` is the code of a finding about it, if any, with the parameters of its
    text and a `suggestion` that could stand there instead."""

    typed: Typed
    code: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    suggestion: str | None = None


BLANK = Reading(Missing.BLANK)


def read_value(spec: Spec, field: Field, raw: object, *, epoch_1904: bool = False) -> Reading:
    """One cell by its field's type. Never raises: what cannot be understood is UNREADABLE with a
    code."""
    shown = text(raw)
    if not shown:
        return BLANK
    special = _special(shown) if shown[0] in _SPECIAL_STARTS else None
    if special is not None:
        return (
            Reading(special) if field.specials else Reading(Missing.UNREADABLE, "FALT-EJ-SPECIAL")
        )
    if field.type == "date":
        return _date(raw, epoch_1904)
    return _READERS[field.type](spec, field, raw, shown)


def is_unlisted(spec: Spec, field: Field, raw: object) -> bool:
    """Whether a cell would be told to be outside its list; no code is looked for that may have been
    meant."""
    shown = text(raw)
    if field.list is None or not shown or _special(shown) is not None:
        return False
    return spec.lists[field.list].find(shown) is None


def _special(shown: str) -> Missing | None:
    folded = fold(shown)
    if folded in _UNKNOWN:
        return Missing.UNKNOWN
    return Missing.NOT_APPLICABLE if folded in _NOT_APPLICABLE else None


def _text(_spec: Spec, _field: Field, raw: object, shown: str) -> Reading:
    if isinstance(raw, date):
        return Reading(raw.date().isoformat() if isinstance(raw, datetime) else raw.isoformat())
    return Reading(shown)


def _identifier(_spec: Spec, _field: Field, _raw: object, shown: str) -> Reading:
    return Reading(shown.upper())


def _code(spec: Spec, field: Field, raw: object, shown: str) -> Reading:
    codelist = spec.lists[field.list or ""]
    found = codelist.find(
        f"{raw.hour}:{raw.minute}" if isinstance(raw, time) else shown
    )  # Excel's own reading of 3:1
    if found is None:
        return Reading(
            Missing.UNREADABLE,
            "FALT-KODLISTA",
            (("list", codelist.label),),
            _likely(codelist, shown),
        )
    if not found.is_valid_in(spec.year):
        return Reading(found.code, "FALT-KOD-AR", (("code", found.shown), ("year", str(spec.year))))
    return Reading(found.code)


def _likely(codelist: CodeList, shown: str) -> str | None:
    """The code that was likely meant: the one whose label stands in the text, or the one most like
    it. None when the text begins with a code, since then something else is wrong with it."""
    if codelist.leading(_WORD.split(shown, maxsplit=1)[0]):
        return None
    folded = fold(shown)
    inside = {
        code.shown
        for code in codelist.codes
        if len(code.label) >= _LONG_LABEL and fold(code.label) in folded
    }
    if len(inside) == 1:
        return inside.pop()
    by_text = codelist.by_other_name | {
        name: code for code in codelist.codes for name in (code.shown, code.label, code.code)
    }
    alike = suggest(shown, [name for name in by_text if len(name) >= _SHORTEST_ALIKE], _ALIKE)
    return by_text[alike].shown if alike else None


def _number(_spec: Spec, field: Field, raw: object, _shown: str) -> Reading:
    if isinstance(raw, _TIMES):
        return Reading(Missing.UNREADABLE, "FALT-TAL")
    number = read_number(raw)
    if number is None:
        return Reading(Missing.UNREADABLE, "FALT-TAL")
    if number.unit in {"tkr", "mnkr", "mdkr"}:
        factor = {"tkr": 1_000, "mnkr": 1_000_000, "mdkr": 1_000_000_000}[number.unit]
        return Reading(
            Missing.UNREADABLE,
            "FALT-ENHET",
            (("unit", number.unit),),
            format_number(number.value * factor),
        )
    if number.unit in _STRANGE.get(field.type, ()):
        return Reading(Missing.UNREADABLE, "FALT-TAL")
    value = (
        ore(number.value)
        if field.type == "amount" and "hidden_ore" in number.notes
        else number.value
    )
    if "ambiguous" in number.notes:
        return Reading(value, "FALT-TVETYDIGT", (("read", _as_read(value)),))
    if field.type == "share" and number.unit is None and 0 < value <= 1:
        return Reading(
            value,
            "FALT-ANDEL",
            (("read", _as_read(value)), ("percent", _as_read(_plain(value * 100)))),
        )
    if field.type == "amount" and "hidden_ore" in number.notes:
        return Reading(value, "NOT-ORE", (("read", format_number(value, 2)),))
    if "text" not in number.notes:
        return Reading(value)
    return Reading(
        value, "NOT-TAL", (("read", str(value) if field.type == "year" else _as_read(value)),)
    )


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _as_read(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    return format_number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def _whole(spec: Spec, field: Field, raw: object, shown: str) -> Reading:
    reading = _number(spec, field, raw, shown)
    if not isinstance(reading.typed, Decimal):
        return reading
    if reading.typed != reading.typed.to_integral_value():
        return Reading(Missing.UNREADABLE, "FALT-HELTAL")
    return Reading(int(reading.typed), reading.code, reading.parameters)


def _date(raw: object, epoch_1904: bool) -> Reading:
    found = read_date(raw, epoch_1904=epoch_1904)
    if found is None:
        return Reading(
            Missing.UNREADABLE, "FALT-OMOJLIGT-DATUM" if is_impossible_date(raw) else "FALT-DATUM"
        )
    read = (("read", found.value.isoformat()),)
    return Reading(found.value, "NOT-DATUM", read) if found.notes else Reading(found.value)


_READERS: dict[str, Callable[[Spec, Field, object, str], Reading]] = {
    "text": _text,
    "id": _identifier,
    "ref": _identifier,
    "refs": _identifier,
    "code": _code,
    "codes": _code,
    "number": _number,
    "amount": _number,
    "share": _number,
    "integer": _whole,
    "year": _whole,
}
