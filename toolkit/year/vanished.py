"""Files that have come in and no longer lie where they came: of whoever sent them, it is not true
that nothing has come."""

from __future__ import annotations

from toolkit.analysis.merge import Dataset
from toolkit.analysis.states import ReturnState
from toolkit.ledger.county_names import county_in
from toolkit.staff.registers import Arrival
from toolkit.staff.sent import listed
from toolkit.words.names import told_name
from toolkit.year.arrivals import arrivals_noted
from toolkit.year.workspace import Workspace


def vanished_from_empty(space: Workspace) -> list[Arrival]:
    """The files of the register where nothing at all is there."""
    return [] if space.submissions() else arrivals_noted(space)


def vanished(space: Workspace, data: Dataset) -> list[Arrival]:
    """The files of the register that are not there, of counties from which nothing else has come;
    where nothing at all is there, all of them. A file that another has replaced is not missed."""
    there = {listed(told_name(path.name)) for path in space.submissions()}
    if not there:
        return vanished_from_empty(space)
    gone = [one for one in arrivals_noted(space) if listed(one.file) not in there]
    counties = data.year.spec.counties
    missing = {one.code for one in data.counties if one.file_state is ReturnState.MISSING}
    return [one for one in gone if county_in(one.file, counties) in missing]
