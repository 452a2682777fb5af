"""The register of when each file came in (inkommet.csv)."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.files.atomic import publish
from toolkit.staff.registers import Arrival, read_arrivals, write_arrivals
from toolkit.year.faults import read_own
from toolkit.year.inputs import Checked, saved_on
from toolkit.year.workspace import Workspace


def arrivals_noted(space: Workspace) -> list[Arrival]:
    """The register; empty before anything has come. Raises CannotBeDone for one that cannot be
    read."""
    data = read_own(space, space.arrivals)
    return [] if data is None else read_arrivals(data, space.shown(space.arrivals))


def note_arrivals(space: Workspace, checked: Sequence[Checked]) -> None:
    """Add the files that are not in the register, each with the day on which it was saved here:
    there is no other witness of when it came."""
    known = arrivals_noted(space)
    seen = {one.sha256 for one in known}
    new = []
    for item in checked:
        if item.found.sha256 and item.found.sha256 not in seen:
            seen.add(item.found.sha256)
            day = saved_on(item.path)
            if day is not None:
                new.append(Arrival(item.found.file, item.found.sha256, day))
    if new:
        publish(space.arrivals, write_arrivals([*known, *new]))
