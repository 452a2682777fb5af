"""What the agency says of a printing: which inputs are invented (pahittat.yaml), and what stands on
the imprint page and below the foreword (utgivning.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from toolkit.files.errors import CannotBeDone
from toolkit.files.yaml import Strict, read_yaml
from toolkit.report.issue import FORM, Invented, Issue
from toolkit.spec.parse import parse, read_text
from toolkit.year.faults import read_own
from toolkit.year.workspace import Workspace

_Form = TypeVar("_Form", bound=Strict)


class InventedForm(Strict):
    """inputs/YEAR/pahittat.yaml: patterns of file names and of rows of the series (`2020
    utgifter`), and the words for each place."""

    redovisningar: tuple[str, ...] = ()
    huvudbocker: tuple[str, ...] = ()
    serie: tuple[str, ...] = ()
    omslag: str = ""
    sidfot: str = ""
    kalla: str = ""
    lan: str = ""
    brev: str = ""


class Imprint(Strict):
    """What the imprint page says."""

    ort: str | None = None
    nummer: str | None = None
    dnr: str | None = None
    kontakt: str | None = None


class Signature(Strict):
    """What stands below the foreword."""

    ort: str | None = None
    namn: str | None = None
    titel: str | None = None


class IssueForm(Strict):
    """inputs/YEAR/utgivning.yaml."""

    tryckort: Imprint | None = None
    forord: Signature | None = None


def issue_of(space: Workspace, *, draft: bool = False) -> Issue:
    """What is said of this year's printing. Raises SpecError with file and line."""
    marks = _read(space, space.invented, InventedForm)
    words = marks.model_dump(exclude={"redovisningar", "huvudbocker", "serie"})
    invented = Invented(marks.redovisningar, marks.huvudbocker, words, marks.serie)
    return Issue(invented, _filled(_read(space, space.issue, IssueForm)), draft)


def _read(space: Workspace, path: Path, form: type[_Form]) -> _Form:
    """A form; an empty one where there is no file, or nothing in it."""
    if read_own(space, path) is None:
        return form()
    shown = space.shown(path)
    source = read_yaml(read_text(path, shown), shown)
    return parse(source, form) if source.data else form()


def _filled(form: IssueForm) -> dict[str, str]:
    """What has been filled in, by the names of the texts that stand there until then."""
    told = form.model_dump()
    found = {}
    for name in FORM:
        group, line = name.split(".")
        said = str((told[group] or {}).get(line) or "").strip()
        # What is copied from the page that shows what is to be filled in is not filled in.
        if said and not said.startswith("["):
            found[name] = said
    return found


def refuse_lacking(space: Workspace) -> None:
    """Raises CannotBeDone when something is still to be filled in before it can be printed."""
    lacking = issue_of(space).lacking
    if lacking:
        raise CannotBeDone("fel.utgivning", file=space.shown(space.issue), names=", ".join(lacking))
