"""What a cell of an OpenDocument file shows that its number is not: the file holds both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from toolkit.read.formats.shown_formats import CellFormat, FormatSection
from toolkit.read.formats.units import SCALES, OtherShown, is_about, is_silent, unit_in
from toolkit.words.amounts import read_number, tolerance

_DIGITS = re.compile(r"[\d\s.,+\u2212-]+")
_WORDS = re.compile(r"[^\d\s.,+\u2212-]+")
_NO_DIGITS = re.compile(r"[^\d.,]")
_ANY_DIGIT = re.compile(r"\d")
_MORE = range(1, 7)  # digits that a format may add
_ERROR = "#"  # as errors begin, and what is wider than its column


def format_beside(said: str, value: str) -> CellFormat | None:
    """What is known of a cell's format by what the cell shows of its value; None where it shows the
    number that it has."""
    shown, stored = shown_beside(said, value), read_number(value)
    if shown is None or (stored and shown.of(float(stored.value)) is None):
        return None
    return CellFormat((FormatSection(None, shown),))


def shown_beside(said: str, value: str) -> OtherShown | None:
    """What a cell shows that its value is not, both as they stand in the file.

    >>> [shown_beside(*both) for both in (("450 tkr", "450000"), ("61,3 tkr", "61250"))]
    [None, None]
    >>> shown_beside("450 tkr", "450").unit, shown_beside("61 00", "61").said
    ('tkr', '61 00')
    >>> shown_beside("61 x 1000", "61").said, shown_beside("12:30", "12.5")
    ('61 x 1000', None)
    >>> shown_beside("50 %", "0.5").is_percent, shown_beside("50 %", "50").is_percent
    (True, False)
    """
    beside, stored = _DIGITS.sub(" ", said).strip(), read_number(value)
    unit = unit_in(beside)
    if stored is None:
        return OtherShown(beside, unit) if unit else None
    if unit:
        return _in_unit(said, beside, stored.value)
    return _without_unit(said, stored.value) or _in_other_words(said, beside, stored.value)


def _without_unit(said: str, stored: Decimal) -> OtherShown | None:
    return OtherShown(said) if _is_other(said, stored) else None


def _in_other_words(said: str, beside: str, stored: Decimal) -> OtherShown | None:
    """The number that is stored, with words or signs beside it that may make it another one, or in
    the brackets of a number below nought."""
    if beside.startswith("(") and beside.endswith(")") and not beside.strip("() "):
        return OtherShown(said, is_minus=True) if stored > 0 else None
    if is_silent(beside):
        return None
    if any(_fits(one, stored) for one in _ways(said)):
        return OtherShown(beside)
    return OtherShown(said) if _is_one_of_several(said, stored) else None


def _is_one_of_several(said: str, stored: Decimal) -> bool:
    """Whether the number stands beside others, with words between them: `61 x 1000`."""
    numbers = list(filter(_ANY_DIGIT.search, _WORDS.split(said)))
    return len(numbers) > 1 and any(
        _fits(one, stored) for one in chain.from_iterable(map(_ways, numbers))
    )


def _in_unit(said: str, beside: str, stored: Decimal) -> OtherShown | None:
    unit = unit_in(beside)
    if unit in SCALES and _is_scaled(said, unit, stored):
        return None
    is_percent = unit == "%" and not any(_fits(one, stored) for one in _ways(said))
    return OtherShown(beside, unit, is_percent)


def _is_other(said: str, stored: Decimal) -> bool:
    """Whether something else is shown than a number, or another number, or more than one."""
    if _ANY_DIGIT.search(said):
        return is_about(said) or _is_made_other(said, stored)
    return not said.startswith(_ERROR)


def _is_scaled(shown: str, unit: str, stored: Decimal) -> bool:
    """Whether the number beside a unit is what the stored one is in that unit."""
    ways, scaled = list(_ways(shown)), stored.scaleb(-3 * SCALES[unit])
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
