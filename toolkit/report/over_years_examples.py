"""Examples from any of the years, each with its year: at most one from each county, so that all
years and as many counties as there is room for are heard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.analysis.over_years import SeveralYears, about, asks
from toolkit.analysis.records import Activity
from toolkit.analysis.results import YearResults
from toolkit.analysis.underway import is_underway
from toolkit.findings.texts import Texts
from toolkit.report.examples import EXAMPLE_NEEDS
from toolkit.report.heldback import HeldBack
from toolkit.report.unprinted import Unprinted
from toolkit.report.wording import Wording
from toolkit.spec.roles import ACTIVITY_EXAMPLE, YES

_EACH = 4  # from one year


class YearExample(NamedTuple):
    """What a county has told, as it is printed, and the year whose return tells it."""

    county: str
    year: int
    text: str


def told_examples(several: SeveralYears, texts: Texts) -> Iterator[YearExample]:
    """At most four from each year, the oldest first. A county that an earlier year has brought in
    is not heard again: the years with the fewest examples get theirs first."""
    offered = {one.year: list(_offered(several, one)) for one in several.results}
    taken: dict[str, tuple[int, Activity, str]] = {}
    for year in sorted(offered, key=lambda year: (len(offered[year]), year)):
        free = [one for one in offered[year] if one[0].county not in taken]
        for activity, text in free[:_EACH]:
            taken.setdefault(activity.county, (year, activity, text))
    wording = Wording(texts)
    for year, activity, text in sorted(taken.values(), key=lambda one: (one[0], one[1].county)):
        yield YearExample(activity.county_name, year, _worded(wording, text))


def _worded(wording: Wording, text: str) -> str:
    """Gone on with behind the word for the county where it fits, else quoted as it stands."""
    tail = wording.continued(text)
    return wording.texts("exempel_fran.ensam", text=tail) if tail else wording.quoted(text)


def _offered(several: SeveralYears, result: YearResults) -> Iterator[tuple[Activity, str]]:
    """The good examples on the area that may be printed; none in a year that does not ask."""
    work = about(several, result)
    if work is None or not asks(result, EXAMPLE_NEEDS):
        return
    spec, held = result.data.year.spec, HeldBack(Unprinted(result))
    bound = spec.bound
    # What is planned or called off is not told as if it had been done.
    for activity in (one for one in work if is_underway(spec, one.source)):
        text = activity.offered_example(bound[YES])
        if text and not held.told(activity.source, bound[ACTIVITY_EXAMPLE], text):
            yield activity, text
