"""The unit that a cell shows beside its number. In `450 tkr` and `50 %` it may be the format's
doing: the number that is stored is 450, and 0.5."""

from __future__ import annotations

import re

from toolkit.read.formats.cell_formats import cell_formats
from toolkit.words.amounts import read_number

# ECMA-376, 18.8.30: the formats of shares that need not stand in the file.
_OWN_SHARES = {9: "0%", 10: "0.00%"}
# What a format shows as it stands: words in quotation marks, escaped signs, the percent sign, and a
# currency in brackets (`[$€-41D]`), whose other brackets are colours, languages and conditions.
_SHOWN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|(%)')
# Each comma behind the last digit divides what is shown by a thousand.
_SCALED = re.compile(r"[0#?](,+)(?![0#?.])")
_SCALES = {"tkr": 1, "mnkr": 2, "mdkr": 3}
_DIGITS = re.compile(r"[\d\s.,+\u2212-]+")
_FOREIGN = re.compile(r"[€$£]|\b(?:eur|usd|gbp|nok|dkk)\b", re.IGNORECASE)
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
    """
    positive = code.partition(";")[0]
    parts = ("".join(found.groups(default="")) for found in _SHOWN.finditer(positive))
    unit = unit_in("".join(parts).strip())
    scaled = _SCALED.search(_SHOWN.sub("", positive))
    return "" if scaled and _SCALES.get(unit) == len(scaled[1]) else unit


def unit_beside(shown: str, value: str) -> str:
    """The unit in what a cell shows of its value, both as they stand in an OpenDocument file.

    >>> unit_beside("450 tkr", "450"), unit_beside("450 tkr", "450000"), unit_beside("50 %", "0.5")
    ('tkr', '', '%')
    """
    unit = unit_in(_DIGITS.sub("", shown))
    return "" if unit in _SCALES and _differ(shown, value) else unit


def _differ(shown: str, value: str) -> bool:
    number, stored = read_number(shown), read_number(value)
    return number is not None and stored is not None and number.value != stored.value


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
