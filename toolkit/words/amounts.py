"""Numbers as people write them, as exact decimals, and back to Swedish paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from toolkit.words.unseen import without_unseen

NBSP = "\u00a0"
MINUS = "\u2212"
# Swedish groups thousands with a space, which programs write as a no-break, figure, thin or narrow
# no-break space.
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_UNIT = re.compile(
    r"(?<![a-zåäö])(?:"
    r"(?P<kr>kronor|kr|sek)"
    r"|(?P<tkr>tusen(?: ?kronor| ?kr)?|t ?kr|[kt]sek)"
    r"|(?P<mnkr>(?:miljoner|milj\.?)(?: ?kronor| ?kr)?|mn? ?kr|msek)"
    r"|(?P<mdkr>miljard(?:er)?(?: ?kronor| ?kr)?|md ?kr)"
    r"|(?P<percent>%|procent)|(?P<st>st\.?))\.?$",
    re.IGNORECASE,
)
# `500:-` and `500,- kr`: a dash in the place of the öre says that there are none.
_NO_ORE = re.compile(r"(?<=\d) ?[:,.] ?[-−–—]{1,2}\.?$")
_BEFORE = re.compile(r"(?:sek|kr\.?) (?=[\d(+\-−–—])", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[ .'’]\d{3})+")
_TWO_LINES = re.compile(r"\d[^\S\n\r]*[\n\r\v\u2028]\s*\d")  # as of Alt+Enter in Excel
_NUMERIC = re.compile(r"\d[\d .,'’]*")
_NO_DIGIT = re.compile(r"\D")
_SPACE = re.compile(r"[ '’]")
# Behind the first one to three digits every group has three; nothing groups decimals.
_SPACED = re.compile(r"(?:\d+|\d{1,3}(?:[ '’]\d{3})+)(?:[.,]\d*)*")
_GROUPS = re.compile(r"\d{1,3}(?:[ .,'’]\d{3})+")
_LOOKS_GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")
_GROUPED_BY_STOPS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_UNIT_NAMES = {"percent": "%"}
_MINUSES = {"-", MINUS, "–", "—"}  # Word makes a dash of a hyphen, and accountants use the others
_ORE_DECIMALS = 2  # with more, an amount has parts of an öre, which its cell hides and sums show
_NOISE = 9  # a float with more decimals than this carries binary noise, not a figure
_WITHOUT_NOISE = Decimal("1e-6")
BEYOND = 10**15
"""From here on a number is none: below it Excel shows every digit and a float holds every whole
number, and sums of many such are exact in the 28 digits of Decimal."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as understood. `decimals` are the digits that were reported. `notes` tell what had
    to be understood: text, thousands, currency, minus, hidden_ore, ambiguous. `unit` is what stood
    beside it (kr, tkr, mnkr, mdkr, %); `value` is as written, never multiplied."""

    value: Decimal
    decimals: int = 0
    notes: tuple[str, ...] = ()
    unit: str | None = None


# ------------------------------------------------------------------------------------------ reading
def read_number(raw: object) -> Number | None:
    r"""A cell's content as a number; None when it is not one (NaN and infinity are not, nor what
    is `BEYOND` all that is counted).

    >>> read_number("1\xa0234,50 kr")
    Number(value=Decimal('1234.50'), decimals=2, notes=('text', 'thousands', 'currency'), unit='kr')
    >>> read_number("5.000").value, read_number("5.000").notes  # or five with three decimals
    (Decimal('5000'), ('text', 'thousands', 'ambiguous'))
    >>> read_number(0.1 + 0.2).value
    Decimal('0.3')
    >>> read_number("(1 200)").value, read_number("12-").value
    (Decimal('-1200'), Decimal('-12'))
    >>> read_number(True) is read_number("12 eller 13") is read_number(float("nan")) is None
    True
    """
    number = _read(raw)
    return number if number is not None and abs(number.value) < BEYOND else None


def is_beyond(raw: object) -> bool:
    """Whether a cell holds a number that is too large to be one here.

    >>> is_beyond(1e15), is_beyond("9" * 40), is_beyond(999999999999999), is_beyond("tolv")
    (True, True, False, False)
    """
    number = _read(raw)
    return number is not None and abs(number.value) >= BEYOND


def _read(raw: object) -> Number | None:
    """A cell's content as a number, however large.

    >>> _read("1e3") is None, _read(1e30).value
    (True, Decimal('1E+30'))
    """
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, int):
        return Number(Decimal(raw))
    if isinstance(raw, float | Decimal):
        return _read_float(raw)
    return _read_text(raw) if isinstance(raw, str) else None


def _read_float(raw: float | Decimal) -> Number | None:
    """Excel keeps every number as a binary float: 4225.02 may arrive as 4225.0200000000004.

    >>> _read_float(4225.0200000000004).value
    Decimal('4225.02')
    >>> _read_float(0.125).notes
    ('hidden_ore',)
    """
    if isinstance(raw, float) and raw.is_integer() and 0 < abs(raw) < BEYOND:
        return Number(Decimal(int(raw)))
    value = raw if isinstance(raw, Decimal) else Decimal(repr(raw))
    if not value.is_finite():
        return None
    if abs(value) >= BEYOND:
        return Number(value)
    value = _without_noise(_plain(value))
    decimals = _decimals(value)
    return Number(value, decimals, ("hidden_ore",) if decimals > _ORE_DECIMALS else ())


def _without_noise(value: Decimal) -> Decimal:
    """Without more decimals than a figure has.

    >>> _without_noise(Decimal("0.1234567890123")), _without_noise(Decimal("0.125"))
    (Decimal('0.123457'), Decimal('0.125'))
    """
    is_noise = _decimals(value) > _NOISE
    return _plain(value.quantize(_WITHOUT_NOISE, ROUND_HALF_UP)) if is_noise else value


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent.

    >>> _plain(Decimal("1200.500")), _plain(Decimal("1E+3"))
    (Decimal('1200.5'), Decimal('1000'))
    """
    normal = value.normalize()
    return normal.quantize(Decimal(1)) if normal == normal.to_integral_value() else normal


def _decimals(value: Decimal) -> int:
    """How many digits stand behind the decimal sign.

    >>> _decimals(Decimal("1.50")), _decimals(Decimal("1E+3"))
    (2, 0)
    """
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _read_text(raw: str) -> Number | None:
    r"""A text as a number, its notes in the order in which they are told.

    >>> _read_text("100\n200") is None  # two amounts, and no thousands
    True
    >>> _read_text("SEK 1 234").unit, _read_text("\N{ZERO WIDTH SPACE}7").value
    ('kr', Decimal('7'))
    """
    if _TWO_LINES.search(raw):
        return None
    text = _SPACES.sub(" ", without_unseen(raw)).strip()
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
    value = _without_noise(value) if abs(value) < BEYOND else value
    decimals = _decimals(value)
    notes = {
        "text": True,
        "thousands": _GROUPED.search(text) is not None,
        "currency": unit == "kr",
        "minus": negative,
        "ambiguous": ambiguous,
        "hidden_ore": decimals > _ORE_DECIMALS,
    }
    told = tuple(name for name, is_so in notes.items() if is_so)
    return Number(-value if negative else value, decimals, told, unit)


def _take_unit(text: str) -> tuple[str, str | None]:
    """The text without its unit, and the unit.

    >>> _take_unit("1,5 mnkr"), _take_unit("kr 500"), _take_unit("500,-"), _take_unit("12 procent")
    (('1,5', 'mnkr'), ('500', 'kr'), ('500', 'kr'), ('12', '%'))
    >>> _take_unit("84 500,- kr"), _take_unit("80,–st"), _take_unit("SEK 500.—")
    (('84 500', 'kr'), ('80', 'st'), ('500', 'kr'))
    """
    match = _UNIT.search(text)
    name = (match.lastgroup or "") if match else ""
    beside = text[: match.start()].rstrip(" ,") if match else text
    whole = _NO_ORE.sub("", beside)
    unit = _UNIT_NAMES.get(name, name) or ("kr" if whole != beside else None)
    before = _BEFORE.match(whole) if unit in {None, "kr"} else None
    return (whole[before.end() :], "kr") if before else (whole, unit)


def _take_sign(text: str) -> tuple[str, bool]:
    """The text without its sign, and whether it is negative. Parentheses and a minus behind are
    what ledger programs print.

    >>> _take_sign("(1 200)"), _take_sign("1 200-"), _take_sign("+7")
    (('1 200', True), ('1 200', True), ('7', False))
    """
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in _MINUSES:
        return text[1:].strip(), True
    if text[-1:] in _MINUSES and text[:-1].strip():
        return text[:-1].strip(), True
    return text.removeprefix("+"), False


def _one_decimal_sign(text: str) -> tuple[str, bool] | None:
    """The digits with a full stop as decimal sign, and whether another reading was possible; None
    for what cannot be a number.

    >>> _one_decimal_sign("1 234,5"), _one_decimal_sign("1,234.5"), _one_decimal_sign("1 23")
    (('1234.5', False), ('1234.5', False), None)
    """
    if not _NUMERIC.fullmatch(text):
        return None
    if "," in text and "." in text:
        return _with_both_signs(text)
    if not _SPACED.fullmatch(text):
        return None
    text = _SPACE.sub("", text)
    return _with_comma(text) if "," in text else _with_stops(text)


def _with_both_signs(text: str) -> tuple[str, bool] | None:
    """The last sign is the decimal one, and stands once; before it are groups of three.

    >>> _with_both_signs("1.234,50"), _with_both_signs("1,234.50"), _with_both_signs("1 234.567,5")
    (('1234.50', False), ('1234.50', False), ('1234567.5', False))
    >>> _with_both_signs("1.234,5,0") is _with_both_signs("84.50,5") is None
    True
    """
    place = max(text.rindex(","), text.rindex("."))
    whole, mark, decimals = text[:place], text[place], text[place + 1 :]
    if mark in whole or not _GROUPS.fullmatch(whole) or _SPACE.search(decimals):
        return None
    return f"{_NO_DIGIT.sub('', whole)}.{decimals}", False


def _with_comma(text: str) -> tuple[str, bool] | None:
    """A comma is a decimal sign in Swedish; before three digits an English writer may mean
    thousands.

    >>> _with_comma("1,5"), _with_comma("1,500"), _with_comma("0,500"), _with_comma("1,2,3")
    (('1.5', False), ('1.500', True), ('0.500', False), None)
    """
    if text.count(",") > 1:
        return None
    return text.replace(",", "."), _LOOKS_GROUPED_BY_COMMA.fullmatch(text) is not None


def _with_stops(text: str) -> tuple[str, bool] | None:
    """Full stops before groups of three are thousands, as in older Swedish; a single one may be a
    decimal sign.

    >>> _with_stops("1.234.567"), _with_stops("5.000"), _with_stops("5.5"), _with_stops("1.2.3")
    (('1234567', False), ('5000', True), ('5.5', False), None)
    """
    stops = text.count(".")
    if _GROUPED_BY_STOPS.fullmatch(text):
        return text.replace(".", ""), stops == 1
    return (text, False) if stops <= 1 else None


# ---------------------------------------------------------------------------------------- reckoning
def ore(value: Decimal) -> Decimal:
    """Rounded to whole öre, halves away from zero, as Excel rounds.

    >>> ore(Decimal("0.125")), ore(Decimal("-0.125"))
    (Decimal('0.13'), Decimal('-0.13'))
    """
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def is_whole(value: Decimal) -> bool:
    """Whether an amount is reported without öre.

    >>> is_whole(Decimal("12.00")), is_whole(Decimal("12.50"))
    (True, False)
    """
    return value == value.to_integral_value()


def tolerance(decimals: int) -> Decimal:
    """Half a unit of the last digit reported: what two roundings of the same figure may differ by.

    >>> tolerance(0), tolerance(2)
    (Decimal('0.5'), Decimal('0.005'))
    """
    return Decimal(5).scaleb(-decimals - 1)


# ----------------------------------------------------------------------------------------- printing
def format_number(value: Decimal | int, decimals: int = 0) -> str:
    r"""Groups with no-break spaces, a decimal comma, a true minus.

    >>> format_number(Decimal("-1234567.5"), 1) == "\N{MINUS SIGN}1\xa0234\xa0567,5"
    True
    >>> format_number(Decimal("-0.4"))  # no minus before nothing
    '0'
    """
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return (MINUS if rounded < 0 else "") + text


def format_as_is(value: Decimal) -> str:
    r"""With the decimals that it has, and no others: for limits, which are not rounded.

    >>> format_as_is(Decimal("0.50")), format_as_is(Decimal("1e3"))
    ('0,5', '1\xa0000')
    """
    exponent = value.normalize().as_tuple().exponent
    return format_number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def format_percent(ratio: Decimal, decimals: int = 1) -> str:
    r"""A ratio as per cent, with a no-break space before the sign as Swedish wants it.

    >>> format_percent(Decimal("0.824")), format_percent(Decimal(2), 0)
    ('82,4\xa0%', '200\xa0%')
    """
    return f"{format_number(ratio * 100, decimals)}{NBSP}%"


def format_percent_above(ratio: Decimal, limit: Decimal | int) -> str:
    r"""A ratio as whole per cent, with decimals where it would else be said to be the limit that it
    is above.

    >>> format_percent_above(Decimal("0.254"), 25), format_percent_above(Decimal("0.3"), 25)
    ('25,4\xa0%', '30\xa0%')
    >>> format_percent_above(Decimal("0.204"), 25)  # above another limit, in kronor
    '20\xa0%'
    """
    percent = abs(ratio) * 100
    for decimals in (0, 1, 2):
        if percent <= limit or round(percent, decimals) > limit:
            return format_percent(ratio, decimals)
    return format_percent(ratio, 3)


def format_kr(value: Decimal) -> str:
    r"""Kronor with öre only where there are any.

    >>> format_kr(Decimal("1234.00")), format_kr(Decimal("0.5"))
    ('1\xa0234\xa0kr', '0,50\xa0kr')
    """
    exact = ore(value)
    return format_number(exact, 0 if is_whole(exact) else _ORE_DECIMALS) + NBSP + "kr"


def format_mnkr(value: Decimal, decimals: int = 1) -> str:
    r"""Kronor as millions.

    >>> format_mnkr(Decimal(90600545)), format_mnkr(Decimal(40000))
    ('90,6\xa0mnkr', '0,0\xa0mnkr')
    """
    return format_number(value / 1_000_000, decimals) + NBSP + "mnkr"
