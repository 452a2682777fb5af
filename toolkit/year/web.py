"""The folder with the page on which counties try their workbooks, written where it is told."""

from __future__ import annotations

from pathlib import Path

from toolkit.files.atomic import make_folder, publish, withdraw
from toolkit.web.folder import folder_of
from toolkit.web.parts import read_parts
from toolkit.year.inputs import Inputs

_PARTS = "delar"


def write_web(inputs: Inputs, target: Path, parts: Path) -> Path:
    """Write the page with all years of the working folder; what an earlier one left of its parts is
    taken away. Gives the page's own file. Raises CannotBeDone, SpecError."""
    make_folder(parts)  # what is missing is to be put there: npm wants it to exist
    years = [inputs.years[number] for number in sorted(inputs.years)]
    found = folder_of(years, read_parts(parts))
    for name, data in found.items():
        publish(target / name, data)
    written = {target / name for name in found}
    for path in (target / _PARTS).glob("*.js"):
        if path not in written:
            withdraw(path)
    return target / "index.html"
