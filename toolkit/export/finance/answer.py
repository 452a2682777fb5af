"""The answer that stands on top of the finance officer's workbook: how many counties report the
area apart, what the others do, how many do not tie, and what they were compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Side, Verdict
from toolkit.findings.texts import Texts


def answer(results: YearResults, texts: Texts) -> str:
    """One line; the verdicts in the words of the column below it, the worst first."""
    return " ".join((*_verdicts(results, texts), *_comparisons(results, texts)))


def _verdicts(results: YearResults, texts: Texts) -> Iterator[str]:
    counts = Counter(one.verdict for one in results.verdicts)
    apart, area = counts.pop(Verdict.APART, 0), results.earmark.label
    yield texts("ekonomi.svar", area=area, apart=apart, all=len(results.verdicts))
    others = [f"{texts(f'utslag.{one}')}: {counts[one]}" for one in Verdict if one in counts]
    if others:
        yield f"{'; '.join(others)}."


def _comparisons(results: YearResults, texts: Texts) -> Iterator[str]:
    """A county whose extract is not used may still have said what its ledger holds."""
    sides = {county.code: set[Side]() for county in results.data.counties}
    for line in (*results.lines, *results.parts):
        if line.county and line.compared:
            sides[line.county] |= line.sides.keys()
    off = {line.county for line in results.all_off} - {""}  # without the line of the whole country
    extracts = sum(Side.EXTRACT in one for one in sides.values())
    compared = sum(bool(one) for one in sides.values())
    yield texts("ekonomi.svar_differens", count=len(off))
    own, nothing = compared - extracts, len(sides) - compared
    yield texts("ekonomi.svar_jamforda", extracts=extracts, own=own, nothing=nothing)
