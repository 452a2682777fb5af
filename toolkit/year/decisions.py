"""What the agency has to decide before a new year can be sent out and printed: told when the year
is laid out, and again by `spec check` until it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.analysis.needs import asks_for_money
from toolkit.ledger.chart import read_chart
from toolkit.report.chapters import chapters_of
from toolkit.spec.advice import Advice, advice
from toolkit.spec.layers import codes_ended_by, limits_set_by
from toolkit.spec.load import Year
from toolkit.spec.undecided import undecided
from toolkit.words.swedish import join_and
from toolkit.year.inputs import Inputs
from toolkit.year.issue import issue_of
from toolkit.year.money import series_of
from toolkit.year.workspace import Workspace

_CITED = re.compile(r"^- [^(]*\(\d{4}.*|\^\[[^\]]*\]|\(\d{4}[a-z]?\)|\{[{%#].*?[}%#]\}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def decisions(inputs: Inputs) -> Iterator[Advice]:
    """Everything that is left, whether `new` laid the year out or somebody's own hands. Raises
    SpecError, SeriesError."""
    space, year = inputs.space, inputs.year
    if not _is_to_be_decided(space, year):
        return
    base = int(year.folders[1].name) if len(year.folders) > 1 else year.spec.year
    own = year.folders[0]
    yield from undecided(year.spec, base, {*codes_ended_by(own)}, {*limits_set_by(own)})
    yield from _on_the_chapters(year)
    yield from _on_the_accounts(year)
    yield from _on_the_series(space, year)
    lacking = issue_of(space).lacking
    if lacking:
        yield advice("att_utgivning", fil=space.shown(space.issue), namn=", ".join(lacking))


def _is_to_be_decided(space: Workspace, year: Year) -> bool:
    """An example's year is as it is; so is one that follows no other, unless it has a form for the
    imprint page."""
    follows = len(year.folders) > 1
    return (follows or space.issue.is_file()) and not space.invented.is_file()


def _on_the_chapters(year: Year) -> Iterator[Advice]:
    """Chapters that another year has written, and that name years."""
    if not year.has("report") or year.path("report").parent == year.folders[0]:
        return
    for path in chapters_of(year):
        lines = path.read_text(encoding="utf-8").split("\n")
        named = [str(number) for number, line in enumerate(lines, 1) if _names_a_year(line)]
        if named:
            shown = "/".join(path.parts[-4:])
            mine = f"templates/{year.folders[0].name}/report"
            yield advice("att_kapitel", fil=shown, rader=join_and(named), mapp=mine)


def _names_a_year(line: str) -> bool:
    """Whether running text does; what it cites has the year that it has."""
    return _YEAR.search(_CITED.sub("", line)) is not None


def _on_the_accounts(year: Year) -> Iterator[Advice]:
    """Accounts that only the example's ledgers have."""
    if not asks_for_money(year.spec):
        return
    kinds = (kind for kind in read_chart(year).kinds if kind.invented)
    found = [one.first if one.first == one.last else f"{one.first}–{one.last}" for one in kinds]
    if found:
        mine = f"templates/{year.folders[0].name}"
        yield advice("att_konton", konton=join_and(found), mapp=mine)


def _on_the_series(space: Workspace, year: Year) -> Iterator[Advice]:
    """The year itself is in the series, where there is to be one."""
    if not space.series.is_file() or not asks_for_money(year.spec):
        return
    found = series_of(space)
    lacking = [item for item in ("anslag", "utgifter") if not found.printed(space.year, item)]
    if lacking:
        yield advice(
            "att_serie", fil=space.shown(space.series), namn=join_and(lacking), ar=space.year
        )
