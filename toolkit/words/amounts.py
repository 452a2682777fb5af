"""Numbers as people write them, as exact decimals, and back to Swedish paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

Amount = Decimal

NBSP = "\u00a0"
MINUS = "\u2212"
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
_UNIT = re.compile(
    r"(?<![a-zåäö])(?:(?P<kr>kronor|kr|sek|[:,.][-–])|(?P<tkr>tusen(?: ?kronor| ?kr)?|t ?kr|[kt]sek)"
    r"|(?P<mnkr>(?:miljoner|milj\.?)(?: ?kronor| ?kr)?|mn? ?kr|msek)|(?P<mdkr>miljard(?:er)?(?: ?kronor| ?kr)?|md ?kr)"
    r"|(?P<percent>%|procent)|(?P<st>st\.?))\.?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:sek|kr\.?) (?=[\d(+\-−–—])", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[ .'’]\d{3})+")
_UNIT_NAMES = {"percent": "%"}
_MINUSES = {"-", MINUS, "–", "—"}
_EXACT = 1e15  # below this a float holds every whole number
_NOISE = 9  # a float with more decimals than this carries binary noise, not a figure


@dataclass(frozen=True, slots=True)
class Number:
    """A number as understood. `decimals` are the digits that were reported. `notes` tell what had
    to be understood: text, thousands, currency, minus, hidden_ore, ambiguous. `unit` is what stood
    beside it (kr, tkr, mnkr, mdkr, %); `value` is as written, never multiplied."""

    value: Decimal
    decimals: int = 0
    notes: tuple[str, ...] = ()
    unit: str | None = None


def read_number(raw: object) -> Number | None:
    """A cell's content as a number; None when it is not one (NaN and infinity are not)."""
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, int):
        return Number(Decimal(raw))
    if isinstance(raw, float | Decimal):
        return _read_float(raw)
    return _read_text(raw) if isinstance(raw, str) else None


def _read_float(raw: float | Decimal) -> Number | None:
    if isinstance(raw, float) and raw.is_integer() and 0 < abs(raw) < _EXACT:
        return Number(Decimal(int(raw)))
    value = raw if isinstance(raw, Decimal) else Decimal(repr(raw))
    if not value.is_finite():
        return None
    value = _plain(value)
    if _decimals(value) > _NOISE:
        value = (
            _plain(value.quantize(Decimal("1e-6"), ROUND_HALF_UP)) if abs(value) < 10**15 else value
        )
    return Number(value, _decimals(value), ("hidden_ore",) if _decimals(value) > 2 else ())


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    normal = value.normalize()
    return (
        normal.quantize(Decimal(1))
        if normal == normal.to_integral_value() and abs(normal) < 10**25
        else normal
    )


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _read_text(raw: str) -> Number | None:
    text = _SPACES.sub(" ", _UNSEEN.sub("", raw)).strip()
    text, unit = _take_unit(text)
    text, negative = _take_sign(text)
    digits = _one_decimal_sign(text)
    if digits is None:
        return None
    body, ambiguous = digits
    try:
        value = Decimal(body)
    except InvalidOperation:
        return None
    notes = [name for name, true in (
        ("text", True),
        ("thousands", bool(_GROUPED.search(text))),
        ("currency", unit == "kr"),
        ("minus", negative),
        ("ambiguous", ambiguous),
        ("hidden_ore", _decimals(value) > 2),
    ) if true]  # fmt: skip
    return Number(-value if negative else value, _decimals(value), tuple(notes), unit)


def _take_unit(text: str) -> tuple[str, str | None]:
    match = _UNIT.search(text)
    if match:
        name = match.lastgroup or ""
        return text[: match.start()].rstrip(" ,"), _UNIT_NAMES.get(name, name)
    before = _BEFORE.match(text)
    return (text[before.end() :], "kr") if before else (text, None)


def _take_sign(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in _MINUSES:
        return text[1:].strip(), True
    if text[-1:] in _MINUSES and text[:-1].strip():
        return text[:-1].strip(), True
    return text.removeprefix("+"), False


def _one_decimal_sign(text: str) -> tuple[str, bool] | None:
    """The digits with a full stop as decimal sign, and whether another reading was possible."""
    if not re.fullmatch(r"\d[\d .,'’]*", text):
        return None
    text = re.sub(r"(?<=\d)[ '’](?=\d{3}(?!\d))", "", text)
    if re.search(r"[ '’]", text):
        return None
    commas, stops = text.count(","), text.count(".")
    if commas and stops:
        thousands, mark = (".", ",") if text.rindex(",") > text.rindex(".") else (",", ".")
        return (
            (text.replace(thousands, "").replace(mark, "."), False)
            if text.count(mark) == 1
            else None
        )
    if commas:
        return (
            (text.replace(",", "."), bool(re.fullmatch(r"[1-9]\d{0,2},\d{3}", text)))
            if commas == 1
            else None
        )
    if stops and re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", text):
        return text.replace(".", ""), stops == 1
    return (text, False) if stops <= 1 else None


def ore(value: Decimal) -> Decimal:
    """Rounded to whole öre, halves away from zero."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_whole(value: Decimal) -> bool:
    """Whether an amount is reported without öre."""
    return value == value.to_integral_value()


def tolerance(decimals: int) -> Decimal:
    """Half a unit of the last digit reported: what two roundings of the same figure may differ
    by."""
    return Decimal(5).scaleb(-decimals - 1)


def format_number(value: Decimal | int, decimals: int = 0) -> str:
    """`-1234567.5` → `−1 234 567,5`: groups with no-break spaces, decimal comma, a true minus."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def format_percent(ratio: Decimal, decimals: int = 1) -> str:
    """`0.824` → `82,4 %`, with a no-break space before the sign."""
    return f"{format_number(ratio * 100, decimals)}{NBSP}%"


def format_kr(value: Decimal) -> str:
    """Kronor with öre only where there are any."""
    exact = ore(value)
    return format_number(exact, 0 if exact == exact.to_integral_value() else 2) + NBSP + "kr"


def format_mnkr(value: Decimal, decimals: int = 1) -> str:
    """`90600545` → `90,6 mnkr`."""
    return format_number(value / 1_000_000, decimals) + NBSP + "mnkr"
