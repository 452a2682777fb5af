"""Formulas that add up amounts by the codes beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.returns.submission import Missing

_PATTERN = re.compile(r"[~*?]")
_NOT_KNOWN = ("", Missing.UNKNOWN.value, Missing.NOT_APPLICABLE.value)


def sum_of(amounts: str, codes: Mapping[str, str], county: tuple[str, str] | None = None) -> str:
    """The amounts where each area holds its code, without the equals sign. No code is what is left
    blank or not known. `county` is an area and the cell that says which county."""
    sums = [amounts, *(county or ())]
    found = [",".join(sums)]
    for area, code in codes.items():
        found = [
            f"{said},{area},{_test(word)}"
            for said in found
            for word in ((code,) if code else _NOT_KNOWN)
        ]
    if not county and not codes:
        return f"SUM({amounts})"
    return "+".join(f"SUMIFS({said})" for said in found)


def _test(code: str) -> str:
    """True of just this text: what a spreadsheet takes for a pattern or a comparison is the text
    itself."""
    plain = _PATTERN.sub(r"~\g<0>", code).replace('"', '""')
    return f'"={plain}"'
