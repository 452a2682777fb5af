"""A year of one's own: the templates as a difference from the year before, and empty forms for what
comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from toolkit.analysis.appropriations import COLUMNS
from toolkit.export.files_form import write_files_form
from toolkit.export.waiver_form import write_waiver_form
from toolkit.files.atomic import make_folder, publish, withdraw
from toolkit.files.errors import CannotBeDone
from toolkit.files.regular import real
from toolkit.files.yaml import SpecError
from toolkit.findings.texts import Texts
from toolkit.ledger.owners import FORM as FORM_OF_OWNERS
from toolkit.report.issue import FORM
from toolkit.spec.load import Year, load_year, years_in
from toolkit.spec.roles import RETURN, RETURN_YEAR
from toolkit.spec.undecided import past_limits
from toolkit.staff.registers import Address, write_addresses
from toolkit.year.workspace import Workspace


class NewYear(NamedTuple):
    """What was laid out of a year, and the year that it is based on. What was there is left."""

    base: int
    written: list[Path]


def make_year(space: Workspace, texts: Texts) -> NewYear:
    """Lay out a year. `texts` are the words of what is written. Raises CannotBeDone when there is
    no earlier year, SpecError when that is wrong, OSError."""
    base = _base_of(space)
    made = _publish_new(space.own_workbook, lambda: _difference(space, base, texts))
    try:
        year = load_year(space.templates, space.year)
    except SpecError:
        # What does not hold together is not left behind: it would be taken for a year.
        for path in made:
            withdraw(path)
            path.parent.rmdir()
        raise
    for folder in space.inputs_folders:
        make_folder(folder)
    for path, write in _forms(space, year, texts):
        made += _publish_new(path, write)
    return NewYear(base, made)


def _base_of(space: Workspace) -> int:
    """The nearest earlier year that has templates."""
    earlier = [year for year in years_in(space.templates) if year < space.year]
    if not earlier:
        raise CannotBeDone("fel.inget_ar", year=space.year, root=real(space.root))
    return earlier[-1]


def _publish_new(path: Path, write: Callable[[], bytes]) -> list[Path]:
    """Write a file, unless it is there."""
    if path.exists():
        return []
    return [publish(path, write())]


def _difference(space: Workspace, base: int, texts: Texts) -> bytes:
    """arbetsbok.yaml: the year, its version and the bounds of the return's own year."""
    spec = load_year(space.templates, base).spec
    lines = [texts("arbetsbok", year=space.year, base=base)]
    if spec.bound.has(RETURN_YEAR):
        field = f"{spec.bound[RETURN]}.{spec.field_of(RETURN_YEAR).id}"
        lines.append(texts("arsgrans", year=space.year, field=field))
    earlier = [year for year in years_in(space.templates) if year < base]
    before = load_year(space.templates, earlier[-1]).spec if earlier else None
    for one in past_limits(spec, before, space.year):
        name = "med_aret" if one.follows else "framat"
        lines.append(texts(name, year=space.year, field=one.field, maximum=int(one.maximum)))
    return "\n".join([*lines, texts("insamling"), ""]).encode()


def _forms(
    space: Workspace, year: Year, texts: Texts
) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """Each file of inputs/YEAR with what makes it."""
    shown = space.shown(space.inputs)
    read_me = texts("las_mig", year=space.year)
    # A byte order mark, so that Excel and Notepad read the letters right.
    yield space.read_me, lambda: read_me.encode("utf-8-sig")
    yield space.series, lambda: f"{';'.join(COLUMNS)}\r\n".encode("utf-8-sig")
    yield space.ledger_map, lambda: FORM_OF_OWNERS.encode("utf-8-sig")
    yield space.issue, lambda: _issue_form(texts).encode()
    yield space.waivers, lambda: write_waiver_form(year, f"{shown}/{space.waivers.name}")
    yield space.choices, lambda: write_files_form(year, f"{shown}/{space.choices.name}", [])
    addresses = [Address(county.code, county.name, "") for county in year.spec.counties]
    yield space.addresses, lambda: write_addresses(addresses)


def _issue_form(texts: Texts) -> str:
    """utgivning.yaml with everything left to fill in."""
    lines = [texts("utgivning").rstrip()]
    group = ""
    for name in FORM:
        above, line = name.split(".")
        if above != group:
            lines.append(f"{above}:")
            group = above
        lines.append(f'  {line}: ""')
    return "\n".join([*lines, ""])
