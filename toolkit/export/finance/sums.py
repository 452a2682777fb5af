"""Formulas that add up amounts by the codes beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from toolkit.returns.submission import Missing

# In the tests of SUMIFS * and ? stand for any letters; ~ before one of them takes it for itself. A
# test that begins with =, < or > is a comparison, so that each begins with = here.
_PATTERN = re.compile(r"[~*?]")
_NOT_KNOWN = ("", Missing.UNKNOWN.value, Missing.NOT_APPLICABLE.value)


def sum_of(amounts: str, codes: Mapping[str, str], county: tuple[str, str] | None = None) -> str:
    """The amounts where each area holds its code, without the equals sign. No code is what is left
    blank or not known. `county` is an area and the cell that says which county."""
    if not county and not codes:
        return f"SUM({amounts})"
    sums = [",".join([amounts, *(county or ())])]
    for area, code in codes.items():
        sums = _split(sums, area, (code,) if code else _NOT_KNOWN)
    return "+".join(f"SUMIFS({one})" for one in sums)


def _split(sums: Sequence[str], area: str, words: Sequence[str]) -> list[str]:
    """Each sum once for every word. SUMIFS takes all its conditions at once, so that one word or
    another is two sums."""
    found = []
    for one in sums:
        found += [f"{one},{area},{_test(word)}" for word in words]
    return found


def _test(code: str) -> str:
    """True of just this text: what a spreadsheet takes for a pattern or a comparison is the text
    itself."""
    # In Excel "=" is true of a cell that holds nothing, "" of one with a text without letters too:
    # such a text comes with what is pasted from other programs.
    if not code:
        return '""'
    # Within a text of a formula a quotation mark is written twice.
    plain = _PATTERN.sub(r"~\g<0>", code).replace('"', '""')
    return f'"={plain}"'
