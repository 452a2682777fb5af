"""What a number format shows that the number in its cell is not: a unit, digits of its own, or no
number at all. The sections of a format are for different numbers (ECMA-376, 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from toolkit.read.formats.cell_formats import cell_formats
from toolkit.read.formats.units import SCALES, OtherShown, is_about, is_silent, unit_in

# ECMA-376, 18.8.30: the formats of shares that need not stand in the file.
_OWN_SHARES = {9: "0%", 10: "0.00%"}
_SECTION = re.compile(r'((?:"[^"]*"?|[\\_*].|\[[^\]]*\]|[^;])*);', re.DOTALL)
_FOR_NUMBERS = 3  # sections; one behind them is for text
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
    "<>": operator.ne,
}  # fmt: skip
# Words in quotation marks, escaped signs, blanks as wide as a sign, fillers, and in brackets
# currencies (`[$€-41D]`), hours that are counted beyond a day, colours and languages.
_SIGN = re.compile(
    r'"([^"]*)"?|\\(.)|_.|\*(.)|\[\$([^\]-]*)[^\]]*\]|(?P<clock>\[[hms]+\])|\[[^\]]*\]'
    r"|(?P<number>General|Standard|[0#?@]+)|(?P<code>[A-Za-z])|(?P<mark>[.,])|(.)",
    re.DOTALL | re.IGNORECASE,
)
_NUMBER, _CODE = "\0", "\1"
_STAND_IN = {"number": _NUMBER, "clock": _CODE, "code": _CODE, "mark": ""}
"""What stands for the number, and for the letters of days, times and exponents."""
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
# Each comma behind the last digit divides what is shown by a thousand.
_SCALED = re.compile(r"[0#?](,+)(?![0#?.])")
_OWN_DIGITS = re.compile(f"{_NUMBER}\\s*(\\d[\\d .,]*)")
_OWN_MINUS = re.compile(f"(?<![{_NUMBER}{_CODE}])([-\u2212\u2013])\\s*{_NUMBER}")
_MARK_IN_WORDS = re.compile("[.,]")
_ENTITIES = (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


class FormatSection(NamedTuple):
    """A section of a format: for which numbers it is, where it says so, and what it shows that is
    not the number."""

    condition: tuple[str, float] | None
    shown: OtherShown | None

    def takes(self, value: float) -> bool:
        """Whether it has a condition, which holds of a number."""
        if self.condition is None:
            return False
        sign, bound = self.condition
        return _COMPARED[sign](value, bound)


class CellFormat(NamedTuple):
    """The sections of a format that are for numbers, one to three."""

    sections: tuple[FormatSection, ...]

    def shows(self, value: float) -> OtherShown | None:
        """What it shows of a number that the number is not; None where it shows the number."""
        section = self._for(value)
        return section.shown.of(value) if section and section.shown else None

    def _for(self, value: float) -> FormatSection | None:
        """Without conditions: for numbers above nought, below it, and for nought itself."""
        if any(one.condition for one in self.sections[:2]):
            return self._by_condition(value)
        place = 1 if value < 0 else 2 * (value == 0)
        return self.sections[place] if place < len(self.sections) else self.sections[0]

    def _by_condition(self, value: float) -> FormatSection | None:
        taken = next((one for one in self.sections[:2] if one.takes(value)), None)
        others = [taken] if taken else [one for one in self.sections if one.condition is None]
        place = 0 if value < 0 else -1
        return others[place] if others else None


def formats_of(styles: bytes) -> dict[bytes, CellFormat]:
    """What a workbook's cell formats show other than the number, by the formats' numbers as cells
    name them (`xl/styles.xml`); without those that always show the number."""
    found: dict[bytes, CellFormat] = {}
    for place, (number, code) in enumerate(cell_formats(styles)):
        one = cell_format(number, _plain(code))
        if one:
            found[str(place).encode()] = one
    return found


def _plain(code: bytes) -> str:
    text = code.decode("utf-8", "replace")
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    return text


def cell_format(number: int, code: str) -> CellFormat | None:
    """A number format; its code may be left out where its number says it. None where it shows every
    number as it is."""
    written = code or _OWN_SHARES.get(number)
    found = format_of(written) if written else CellFormat(())
    return found if any(section.shown for section in found.sections) else None


def format_of(code: str) -> CellFormat:
    r"""A format's sections for numbers. One that divides by a thousand before it shows `tkr` shows
    the number that it has.

    >>> [format_of(code).shows(5) for code in ('#,##0" kr"', '0.0,," mnkr"', "0;-0", '0;;"noll"')]
    [None, None, None, None]
    >>> [format_of(code).shows(5).said for code in ('#,##0" tusen"', "0%", r"0\0\0", "-0", ";;;")]
    ['tusen', '%', '00', '-', '']
    >>> [format_of('[>9]"många";0;"noll"').shows(number) for number in (5, -5)]
    [OtherShown(said='noll', unit='', is_percent=False, is_minus=False), None]
    """
    codes = _SECTION.findall(f"{code};")
    if len(codes) > _FOR_NUMBERS or (len(codes) > 1 and "@" in _LITERAL.sub("", codes[-1])):
        codes = codes[: min(len(codes) - 1, _FOR_NUMBERS)]
    return CellFormat(tuple(map(_section, codes)))


def _section(code: str) -> FormatSection:
    found = _CONDITION.search(code)
    condition = (found[1], float(found[2])) if found else None
    return FormatSection(condition, _shown_by(_CONDITION.sub("", code)))


def _shown_by(code: str) -> OtherShown | None:
    said = "".join(_signs(code))
    if _NUMBER in said:
        return _beside_number(code, said)
    # A colour alone, and days and times, are no way to hide a number.
    is_other = _CODE in said or ("[" in code and not said.strip())
    return None if is_other else OtherShown(said.strip())


def _beside_number(code: str, said: str) -> OtherShown | None:
    before, behind = said.partition(_NUMBER)[0], said.rpartition(_NUMBER)[2]
    unit = _unit(code, behind) or _unit(code, before)
    own = unit or _of_its_own(code, said) or _about(before)
    return own or _in_brackets(before, behind) or _said_beside(code, said)


def _signs(code: str) -> Iterator[str]:
    """What a section shows, piece by piece, with signs in place of the number."""
    for found in _SIGN.finditer(code):
        kind = found.lastgroup
        yield _STAND_IN[kind] if kind else "".join(found.groups(default=""))


def _unit(code: str, beside: str) -> OtherShown | None:
    said = beside.strip()
    unit = unit_in(said)
    if not unit or SCALES.get(unit) == _thousands(code):
        return None
    return OtherShown(said, unit, unit == "%" and "%" in _LITERAL.sub("", code))


def _thousands(code: str) -> int:
    """How many times a thousand divides what is shown."""
    scaled = _SCALED.search(_LITERAL.sub("", code))
    return len(scaled[1]) if scaled else 0


def _of_its_own(code: str, said: str) -> OtherShown | None:
    """The digits that a format adds behind the number, unless they stand for those that it has
    divided away, or the minus before it."""
    digits = _OWN_DIGITS.search(said)
    if digits:
        is_whole = digits[1].strip() == "000" * _thousands(code)
        return None if is_whole else OtherShown(digits[1].strip())
    minus = _OWN_MINUS.search(said)
    return OtherShown(minus[1], is_minus=True) if minus else None


def _in_brackets(before: str, behind: str) -> OtherShown | None:
    """Brackets are how books show a number below nought."""
    if before.strip().endswith("(") and behind.strip().startswith(")"):
        return OtherShown("( )", is_minus=True)
    return None


def _said_beside(code: str, said: str) -> OtherShown | None:
    """Any words, signs or digits beside the number that may make it another one, and a decimal sign
    in it that is none. Where the number is divided as well, it is shown in what they say."""
    if _thousands(code) or _CODE in said:
        return None
    within = said[said.index(_NUMBER) : said.rindex(_NUMBER)]
    if _MARK_IN_WORDS.search(within) or not all(map(is_silent, said.split(_NUMBER))):
        return OtherShown(" ".join(said.replace(_NUMBER, " ").split()))
    return None


def _about(before: str) -> OtherShown | None:
    return OtherShown(before.strip()) if is_about(before) else None
