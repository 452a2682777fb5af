"""Which of the reports that are written a Word file is, by what stands on its cover."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.files.yaml import SpecError
from toolkit.report.over_years import TEXTS
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year

_YEARS = "\x00"  # stands for the years in a title; no text holds it


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A county's own report (its code), one over several years (the first and the last), or, with
    neither, the year's own."""

    county: str = ""
    years: tuple[int, int] | None = None


def kind_of(lines: Iterable[str], year: Year, counties: Iterable[Code]) -> ReportKind:
    """What the lines of a cover say. What they do not say is taken for the year's own."""
    told = {" ".join(line.split()) for line in lines}
    title = year.texts("lansrapport")
    for county in counties:
        if title("titel", county=county.name) in told:
            return ReportKind(county=county.code)
    pattern = _years_in(year)
    found = next(filter(None, map(pattern.fullmatch, sorted(told))), None) if pattern else None
    if found is None:
        return ReportKind()
    return ReportKind(years=(int(found[1]), int(found[2])))


def _years_in(year: Year) -> re.Pattern[str] | None:
    """How the line reads that names the years; None where the year has no such report."""
    try:
        line = year.texts(TEXTS)("undertitel", years=_YEARS)
    except SpecError:
        return None
    before, _, after = " ".join(line.split(" ")).partition(_YEARS)
    return re.compile(rf"{re.escape(before)}(\d{{4}})\s?[–-]\s?(\d{{4}}){re.escape(after)}")
