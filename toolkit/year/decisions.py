"""What the agency has to decide before a new year can be sent out and printed: told when the year
is laid out, and again by `spec check` until it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from toolkit.analysis.needs import asks_for_money
from toolkit.ledger.chart import read_chart
from toolkit.report.chapters import chapters_of
from toolkit.spec.advice import Advice, advice
from toolkit.spec.collecting import Collecting
from toolkit.spec.layers import codes_ended_by, limits_set_by
from toolkit.spec.load import Year
from toolkit.spec.undecided import undecided, years_named
from toolkit.words.amounts import format_kr
from toolkit.words.sources import Source
from toolkit.words.swedish import join_and
from toolkit.year.inputs import Inputs
from toolkit.year.issue import issue_of
from toolkit.year.money import series_of
from toolkit.year.workspace import Workspace

_REFERENCE = re.compile(r"^- [^(\n]*\(\d{4}.*$", re.MULTILINE)
_CITED = re.compile(r"^- [^(]*\(\d{4}.*|\^\[[^\]]*\]|\(\d{4}[a-z]?\)|\{[{%#].*?[}%#]\}")


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
    yield from _on_the_sources(year)
    yield from _on_the_accounts(year)
    yield from _on_the_series(space, year)
    yield from _on_the_open_data(year)
    lacking = issue_of(space).lacking
    if lacking:
        yield advice("att_utgivning", fil=space.shown(space.issue), namn=", ".join(lacking))


def undecided_of_handing_in(inputs: Inputs) -> tuple[str, ...]:
    """What the counties' workbooks do not say of where and until when, by the names of the form:
    nothing of an example."""
    collecting = inputs.year.spec.insamling or Collecting()
    return collecting.lacking if _is_to_be_decided(inputs.space, inputs.year) else ()


def _is_to_be_decided(space: Workspace, year: Year) -> bool:
    """An example's year is as it is; so is one that follows no other, unless it has a form for the
    imprint page."""
    follows = len(year.folders) > 1
    return (follows or space.issue.is_file()) and not space.invented.is_file()


def _on_the_chapters(year: Year) -> Iterator[Advice]:
    """Chapters that another year has written, and that name years, or sources of their own."""
    if not _is_inherited(year):
        return
    for path in chapters_of(year):
        lines = path.read_text(encoding="utf-8").split("\n")
        shown = "/".join(path.parts[-4:])
        named = [str(number) for number, line in enumerate(lines, 1) if _names_a_year(line)]
        if named:
            mine = f"templates/{year.folders[0].name}/report"
            yield advice("att_kapitel", fil=shown, rader=join_and(named), mapp=mine)


def _on_the_sources(year: Year) -> Iterator[Advice]:
    """What chapters that another year has written cite of their own: a source that the report
    names without the year's data."""
    if not _is_inherited(year):
        return
    texts = [path.read_text(encoding="utf-8") for path in chapters_of(year)]
    lines = chain.from_iterable(text.split("\n") for text in texts)
    told = "\n".join(_REFERENCE.sub("", text) for text in texts)
    listed = (Source.listed(line.removeprefix("- ")) for line in lines)
    cited = [f"{one.author} ({one.year})" for one in listed if one and one.is_in(told)]
    if cited:
        yield advice("att_kallor", kallor="; ".join(cited))


def _on_the_open_data(year: Year) -> Iterator[Advice]:
    """The licence and publisher of the published data, while they are still the first year's: the
    example's."""
    name = "texter/export.yaml"
    if not year.has(name) or year.path(name).parents[1] != year.folders[-1]:
        return
    texts = year.texts("export").entries
    if "oppna.licens_namn" in texts:
        mine = f"templates/{year.folders[0].name}/{name}"
        yield advice("att_licens", licens=texts["oppna.licens_namn"], mapp=mine)


def _is_inherited(year: Year) -> bool:
    return year.has("report") and year.path("report").parent != year.folders[0]


def _names_a_year(line: str) -> bool:
    """Whether running text does; what it cites has the year that it has."""
    return bool(years_named(_CITED.sub("", line)))


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
    for first, other in found.in_other_units():
        yield advice(
            "serie_enhet",
            fil=space.shown(space.series),
            namn=first.item,
            ar=first.year,
            rad=first.line,
            belopp=format_kr(first.amount),
            annan=other.line,
            annat=format_kr(other.amount),
        )
