"""Utgift and kostnad in formulas and headings: each has columns or rows of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from toolkit.analysis.natures import nature_codes
from toolkit.analysis.records import SpendLine
from toolkit.analysis.states import Nature
from toolkit.export.columns import SheetTable
from toolkit.export.finance.context import FinanceContext
from toolkit.export.finance.rows import SpendRow, spend_area
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.model import Spec
from toolkit.words.swedish import join_and


def nature_tests(rows: SheetTable[SpendRow], spec: Spec, nature: Nature) -> str:
    """The conditions of a SUMIFS that lets through the rows of one nature, each after a comma; none
    where all rows are of one. What is neither is also what is left blank: in SUMIFS "<>U" is true
    of an empty cell."""
    codes = nature_codes(spec)
    if not codes or nature is Nature.ALL:
        return ""
    named = [code for code, one in codes.items() if one is nature]
    tests = [f'"={code}"' for code in named] or [f'"<>{code}"' for code in codes]
    area = spend_area(rows, "basis")
    return "".join(f",{area},{test}" for test in tests)


def nature_heading(texts: Texts, key: str, nature: Nature) -> str:
    """A heading that names the nature: `Utgifter på egen kod (kr)`."""
    return texts(key, kind=texts(f"pengaslag.{nature}"))


def headings(texts: Texts, keys: Sequence[str], natures: Sequence[Nature]) -> dict[str, str]:
    """The headings of columns that there is one of for each nature, by their ids."""
    found = {}
    for key in keys:
        for nature in natures:
            found[f"{key}_{nature}"] = nature_heading(texts, f"ekonomi.{key}", nature)
    return found


def with_unknown(told: str, lines: Iterable[SpendLine], context: FinanceContext) -> str:
    """An introduction, and the counties whose amounts among the lines are not all known: what a
    u.s. is a part of is in no sum."""
    names = {line.county_name for line in lines if line.outcome is Missing.UNKNOWN}
    if not names:
        return told
    more = context.texts("ekonomi.oversikt_okant", counties=join_and(sorted(names)))
    return f"{told} {more}"
