"""The folder with the page on which counties try their workbooks, written where it is told."""

from __future__ import annotations

from pathlib import Path

from toolkit.files.atomic import make_folder
from toolkit.web.folder import folder_of
from toolkit.web.laid_out import lay_out_page
from toolkit.web.parts import read_parts
from toolkit.year.inputs import Inputs


def write_web(inputs: Inputs, target: Path, parts: Path) -> Path:
    """Write the page with all years of the working folder. Gives the page's own file. Raises
    CannotBeDone, NotWritten, SpecError."""
    years = [inputs.years[number] for number in sorted(inputs.years)]
    make_folder(parts)  # what is missing is to be put there: npm wants it to exist
    return lay_out_page(target, folder_of(years, read_parts(parts)))
