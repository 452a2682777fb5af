"""What is said of a report over several years: what it cannot tell of some of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from toolkit.cli.notes import note
from toolkit.cli.sayings import TEXTS
from toolkit.words.swedish import join_and

if TYPE_CHECKING:
    from toolkit.report.over_years import SectionGap
    from toolkit.spec.load import Year


def tell_gaps(gaps: Iterable[SectionGap], indent: str = "") -> None:
    """Each section that some of the years do not ask for."""
    for gap in gaps:
        name = "utgar" if gap.is_out else "lucka"
        told = {"section": gap.heading, "names": gap.names}
        text = TEXTS(f"flera.{name}", years=join_and(map(str, gap.years)), **told)
        note({"gap": name, "years": list(gap.years), **told, "text": text})
        print(indent + text)


def tell_counted_anew(names: Sequence[str]) -> None:
    """The indicators that are not counted alike in all years."""
    if names:
        note({"counted_anew": list(names)})
        print(TEXTS("flera.raknas_annat", names=join_and(names)))


def tell_incomparable(one: Year, other: Year) -> None:
    """What a report over two years could not lay beside each other."""
    from toolkit.report.over_years import gaps_between

    older, newer = sorted((one, other), key=lambda year: year.spec.year)
    found = gaps_between(newer, (older.spec, newer.spec))
    if found:
        print(TEXTS("flera.rubrik"))
    tell_gaps(found, indent="  ")
