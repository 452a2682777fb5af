"""The unit that a cell shows beside its number, and what else it shows that the number is not. In
`450 tkr` and `50 %` it may be the format's doing: the number that is stored is 450, and 0.5."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.words.amounts import read_number

SCALES = {"tkr": 1, "mnkr": 2, "mdkr": 3}
"""Units of kronor, with how many times a thousand they are."""
_FOREIGN = re.compile(r"[€$£]|\b(?:eur|usd|gbp|nok|dkk|öre)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"[<>≤≥~≈±]|\b(?:ca|cirka|c:a|ungefär|drygt|knappt|nästan|minst|högst|över|under|mer än"
    r"|mindre än)\b",
    re.IGNORECASE,
)
# What stands beside kronor and pieces: their names, blanks and points, `:-`.
_POINTS = r"[\s.,:;/|'’_*=\u2010-\u2015\u2212-]*"
_SILENT = re.compile(rf"{_POINTS}(?:kronor|kr|sek|st)?{_POINTS}", re.IGNORECASE)
_BRACKETS = "()[]{}<> .:"
_NOUGHT = re.compile(r"[0.,\s\u2212\u2013\u2014-]+(?:kr|kronor|sek|st|%|€)?", re.IGNORECASE)


class OtherShown(NamedTuple):
    """What is shown that the number is not, as it stands; empty where nothing is shown. `unit` is
    the common name where it is a unit (`tkr` of `tusen`); `is_percent` says that the number is
    shown a hundred times as large, `is_minus` that a minus is added to it."""

    said: str
    unit: str = ""
    is_percent: bool = False
    is_minus: bool = False

    def of(self, value: float) -> OtherShown | None:
        """What it is of a number: nought is nought in every unit and with a minus, and a dash is
        how books show it."""
        if value == 0 and (self.unit or _NOUGHT.fullmatch(self.said)):
            return None
        return None if self.is_minus and value <= 0 else self


def unit_in(said: str) -> str:
    """The unit in what stands beside a number; empty for none, and for kronor.

    >>> unit_in("(tkr)"), unit_in("kr"), unit_in("USD"), unit_in("st"), unit_in("tusen")
    ('tkr', '', 'USD', '', 'tkr')
    """
    foreign = _FOREIGN.search(said)
    if foreign:
        return foreign[0]
    number = read_number(f"1 {said.strip(_BRACKETS)}")
    return number.unit if number and number.unit and number.unit not in {"kr", "st"} else ""


def is_silent(said: str) -> bool:
    """Whether what stands beside a number says nothing of it: kronor, pieces, blanks and points.

    >>> is_silent(" kr"), is_silent("SEK "), is_silent(":-"), is_silent("k"), is_silent("‰")
    (True, True, True, False, False)
    """
    return _SILENT.fullmatch(said) is not None


def is_about(said: str) -> bool:
    """Whether what stands before a number makes another statement of it.

    >>> is_about("<"), is_about("ca"), is_about("SEK"), is_about("cafékostnad")
    (True, True, False, False)
    """
    return _ABOUT.search(said) is not None
