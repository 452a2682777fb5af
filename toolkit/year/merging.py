"""All counties' rows together, and the files that they are written to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from toolkit.analysis.merge import Dataset, merge
from toolkit.analysis.states import NoYearBefore
from toolkit.export.files_form import write_files_form
from toolkit.export.merged import write_csv, write_merged
from toolkit.export.waiver_form import write_waiver_form
from toolkit.files.atomic import publish
from toolkit.files.yaml import SpecError
from toolkit.returns.submission import Return
from toolkit.spec.continuity import counted_anew
from toolkit.spec.load import Year, years_in
from toolkit.year.inputs import Inputs
from toolkit.year.submissions import own_returns
from toolkit.year.workspace import Workspace


def merge_all(year: Year, returns: Iterable[Return]) -> Dataset:
    """The dataset of one year: returns of other years are left out, and told apart."""
    everything = list(returns)
    data = merge(year, own_returns(year, everything))
    return replace(data, apart=tuple(_apart(data, everything)))


def _apart(data: Dataset, everything: Iterable[Return]) -> Iterator[Return]:
    """The returns that no county has as its own."""
    disputed: set[str] = set()
    known = {one.file for one in data.unread}
    for state in data.counties:
        known |= {state.file, *state.others}
        disputed |= {one.file for one in state.disputed}
    return (one for one in everything if one.file in disputed or one.file not in known)


def merge_last_year(inputs: Inputs) -> Dataset | NoYearBefore:
    """Last year's returns, or a word for why they are not there: none were sent (saknas), or they
    cannot be read because that year has no template (mall)."""
    before = inputs.before
    if not before.space.submissions():
        return NoYearBefore.NOT_SENT
    if before.space.year not in years_in(before.space.templates):
        return NoYearBefore.NO_TEMPLATE
    return merge_all(before.year, inputs.last_year())


def counted_anew_in(inputs: Inputs) -> frozenset[str]:
    """The indicators that the year counts otherwise than the one before; none where that has no
    templates, or templates that cannot be read."""
    if inputs.before.space.year not in years_in(inputs.before.space.templates):
        return frozenset()
    try:
        return counted_anew(inputs.before.year.spec, inputs.year.spec)
    except SpecError:
        return frozenset()  # told where the year itself is asked for


def write_merge(space: Workspace, data: Dataset) -> list[Path]:
    """sammanstallning.xlsx, data/*.csv, and empty lists for waivers and for which files count,
    which
    are not told of."""
    written = [publish(space.merged, write_merged(data))]
    saved_as = f"inputs/{space.year}/{space.waivers.name}"
    publish(space.waiver_form, write_waiver_form(data.year, saved_as))
    saved_as = f"inputs/{space.year}/{space.choices.name}"
    sent = [path.name for path in space.submissions()]
    publish(space.choice_form, write_files_form(data.year, saved_as, sent))
    for table in data.year.spec.tables:
        written.append(publish(space.table(table), write_csv(data, table)))
    return written
