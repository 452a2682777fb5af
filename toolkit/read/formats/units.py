"""The unit that a cell shows beside its number. In `450 tkr` and `50 %` it may be the format's
doing: the number that is stored is 450, and 0.5."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from toolkit.read.formats.cell_formats import cell_formats
from toolkit.words.amounts import read_number, tolerance

# ECMA-376, 18.8.30: the formats of shares that need not stand in the file.
_OWN_SHARES = {9: "0%", 10: "0.00%"}
# What a format shows as it stands: words in quotation marks, escaped signs, the percent sign, and a
# currency in brackets (`[$€-41D]`), whose other brackets are colours, languages and conditions.
_SHOWN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(%)')
# Each comma behind the last digit divides what is shown by a thousand.
_SCALED = re.compile(r"[0#?](,+)(?![0#?.])")
_SCALES = {"tkr": 1, "mnkr": 2, "mdkr": 3}
_DIGITS = re.compile(r"[\d\s.,+\u2212-]+")
_FOREIGN = re.compile(r"[€$£]|\b(?:eur|usd|gbp|nok|dkk|öre)\b", re.IGNORECASE)
# What is shown as it stands, and what is not shown: blanks as wide as a sign, fillers, brackets.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
# Literal digits are told from the format's own zeros by being moved to where no letters are.
_AWAY = {ord("0") + digit: 0xE030 + digit for digit in range(10)}
_BACK = {away: own for own, away in _AWAY.items()}
_OWN_DIGITS = re.compile("[0#?]\\s*([\ue030-\ue039][\ue030-\ue039 .,]*)")
_OWN_MINUS = re.compile("(?<![0#?])([-\u2212\u2013])\\s*(?=[0#?G])")
_NO_DIGITS = re.compile(r"[^\d.,]")
_MORE = range(1, 7)  # digits that a format may add
_ENTITIES = (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def units_of_formats(styles: bytes) -> dict[bytes, str]:
    """The units that a workbook's cell formats show, by the formats' numbers as cells name them
    (`xl/styles.xml`); without the formats that show none."""
    found: dict[bytes, str] = {}
    for place, (number, code) in enumerate(cell_formats(styles)):
        unit = unit_of_format(number, _plain(code))
        if unit:
            found[str(place).encode()] = unit
    return found


def unit_of_format(number: int, code: str) -> str:
    """The unit that a number format shows; its code may be left out where its number says it."""
    return unit_of(code or _OWN_SHARES.get(number, ""))


def units_by_place(numbers: Iterable[int], codes: Mapping[int, str]) -> dict[int, str]:
    """The units that cell formats show, by their places from 0; without those that show none.
    `numbers` are their number formats, `codes` the codes of the number formats by number."""
    units = (unit_of_format(number, codes.get(number, "")) for number in numbers)
    return {place: unit for place, unit in enumerate(units) if unit}


def _plain(code: bytes) -> str:
    text = code.decode("utf-8", "replace")
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def unit_of(code: str) -> str:
    r"""The unit that a number format shows and the number does not have; empty for none, and for
    kronor. A format that divides by a thousand before it shows `tkr` shows the number that it has.

    >>> [unit_of(code) for code in ('#,##0" tkr"', "0%", "[$€-2] #,##0", '#,##0\\ "kr"', "0;-0")]
    ['tkr', '%', '€', '', '']
    >>> unit_of('#,##0," tkr"'), unit_of('0.0,," mnkr"'), unit_of('#,##0," mnkr"')
    ('', '', 'mnkr')

    Digits and a minus that are the format's own make another number of it.

    >>> unit_of('#,##0 "000"'), unit_of(r"0\0\0"), unit_of("-#,##0"), unit_of("_-* #,##0_-;-0")
    ('000', '00', '-', '')
    """
    positive = code.partition(";")[0]
    parts = ("".join(found.groups(default="")) for found in _SHOWN.finditer(positive))
    unit = unit_in("".join(parts).strip())
    scaled = _SCALED.search(_SHOWN.sub("", positive))
    if not unit:
        return _of_its_own(positive)
    return "" if scaled and _SCALES.get(unit) == len(scaled[1]) else unit


def _of_its_own(positive: str) -> str:
    """The digits that a format adds behind the number, or the minus before it; empty for none."""

    def moved_away(found: re.Match[str]) -> str:
        return (found[1] or found[2] or "").translate(_AWAY)

    said = _LITERAL.sub(moved_away, positive)
    found = _OWN_DIGITS.search(said) or _OWN_MINUS.search(said)
    return found[1].translate(_BACK).strip() if found else ""


def unit_beside(shown: str, value: str) -> str:
    """The unit in what a cell shows of its value, both as they stand in an OpenDocument file.

    >>> unit_beside("450 tkr", "450"), unit_beside("450 tkr", "450000"), unit_beside("50 %", "0.5")
    ('tkr', '', '%')
    >>> unit_beside("61,250 tkr", "61250"), unit_beside("61,3 tkr", "61250")
    ('tkr', '')
    >>> unit_beside("61 00", "61"), unit_beside("-61", "61"), unit_beside("61,00", "61")
    ('61 00', '-61', '')
    """
    unit, stored = unit_in(_DIGITS.sub("", shown)), read_number(value)
    if stored is None:
        return unit
    if not unit:
        return shown if _is_made_other(shown, stored.value) else ""
    return "" if unit in _SCALES and _is_scaled(shown, unit, stored.value) else unit


def _is_scaled(shown: str, unit: str, stored: Decimal) -> bool:
    """Whether the number beside a unit is what the stored one is in that unit."""
    ways, scaled = list(_ways(shown)), stored.scaleb(-3 * _SCALES[unit])
    if stored and any(_fits(one, stored) for one in ways):
        return False
    return any(_fits(one, scaled) for one in ways)


def _is_made_other(shown: str, stored: Decimal) -> bool:
    """Whether a number is shown with more digits behind it, or a minus before it, than it has."""
    if not stored or not _DIGITS.fullmatch(shown):
        return False
    ways, others = set(_ways(shown)), {-abs(stored), *map(stored.scaleb, _MORE)}
    return not others.isdisjoint(ways) and not any(_fits(one, stored) for one in ways)


def _ways(shown: str) -> Iterator[Decimal]:
    """The numbers that may be meant: the last stop or comma is the decimal sign, or groups
    thousands, as English programs have it."""
    sign = -1 if shown.lstrip()[:1] in {"-", "\u2212", "\u2013", "("} else 1
    digits = _NO_DIGITS.sub("", shown)
    whole, _, decimals = re.sub(r"[.,](?=.*[.,])", "", digits).replace(",", ".").partition(".")
    if whole + decimals:
        yield sign * Decimal(whole + decimals)
    if whole and decimals:
        yield sign * Decimal(f"{whole}.{decimals}")


def _fits(shown: Decimal, number: Decimal) -> bool:
    """Whether a number is shown as this, its last digits rounded off."""
    exponent = shown.as_tuple().exponent
    return isinstance(exponent, int) and abs(shown - number) <= tolerance(-exponent)


def unit_in(said: str) -> str:
    """The unit in what stands beside a number; empty for none, and for kronor.

    >>> unit_in("tkr"), unit_in("kr"), unit_in("USD"), unit_in("st")
    ('tkr', '', 'USD', '')
    """
    foreign = _FOREIGN.search(said)
    if foreign:
        return foreign[0]
    number = read_number(f"1 {said}")
    return number.unit if number and number.unit and number.unit not in {"kr", "st"} else ""
