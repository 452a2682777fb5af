"""A new working folder: the shipped templates, and room for what comes in and goes out."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

from toolkit.files.atomic import copy_folder, make_folder
from toolkit.year.workspace import YEAR_FOLDER


class LaidOut(NamedTuple):
    """A working folder that is there: the year that it is ready for, and what was left alone since
    it was there already."""

    year: int
    left: list[Path]


def lay_out(folder: Path) -> LaidOut:
    """Lay out a working folder: the shipped templates, empty inputs for each of their years, and
    outputs. Nothing that exists is touched; the newest year is said. Raises NotWritten when the
    folder cannot be written."""
    make_folder(folder / "outputs")
    with as_file(files("toolkit")) as package:
        # A wheel carries the templates in the package; a checkout has them beside it.
        shipped = package / "shipped"
        source = shipped if shipped.is_dir() else package.parent / "templates"
        years = sorted(source.glob(YEAR_FOLDER))
        targets = {path: folder / "templates" / path.name for path in years}
        left = [target for target in targets.values() if target.exists()]
        for path in years:
            if targets[path] not in left:
                copy_folder(path, targets[path])
    laid = sorted(int(path.name) for path in (folder / "templates").glob(YEAR_FOLDER))
    for year in laid:
        for name in ("submissions", "ledgers"):
            make_folder(folder / "inputs" / str(year) / name)
    return LaidOut(laid[-1], left)
