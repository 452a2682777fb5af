"""The commands for a year that is over: put in an archive, and made again from one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.arguments import HERE, Day, Root, YearNumber, files_in, given_path, inputs_of
from toolkit.cli.notes import note
from toolkit.cli.progress import shown_progress
from toolkit.cli.sayings import TEXTS
from toolkit.cli.stopped import exit_code
from toolkit.files.errors import CannotBeDone

if TYPE_CHECKING:
    from toolkit.year.again import OutputDifference


def archive(year: YearNumber, day: Day = None, root: Root = HERE) -> int:
    """Put a year in one file, from which it can be made again."""
    from toolkit.year.archive import archive_year

    inputs = inputs_of(root, year, day)
    done = archive_year(inputs, TEXTS.part("arkiv"), shown_progress)
    path = inputs.space.shown(done.path)
    note({"archive": path, "files": done.files, "differing": len(done.differs)})
    print(TEXTS("arkiv.skrivet", path=path, count=done.files))
    if done.differs:
        print(TEXTS("arkiv.foljer_inte"))
        _tell(done.differs, "lag")
    return exit_code(bool(done.differs))


def reproduce(
    file: Annotated[Path, typer.Argument(parser=given_path, help=TEXTS("hjalp.arkivfil"))],
    root: Root = HERE,
) -> int:
    """Make a year again from its archive, and compare."""
    from toolkit.year.archive import reproduce as make_again

    found = files_in(root, [file])
    if len(found) > 1:
        raise CannotBeDone("fel.arkiv.ingen_zip")
    done = make_again(found[0].read_bytes(), shown_progress)
    note({"year": done.year, "same": done.same, "differing": len(done.differs)})
    if not done.differs:
        print(TEXTS("arkiv.lika", year=done.year, count=done.same))
        return exit_code(blocked=False)
    print(TEXTS("arkiv.olika", year=done.year, count=len(done.differs), same=done.same))
    _tell(done.differs, "olik")
    print(TEXTS("arkiv.orsaker" if done.causes else "arkiv.ingen_orsak"))
    for name, was, now in done.causes:
        note({"cause": name, "was": was, "now": now})
        shown = TEXTS.part("arkiv.med").entries.get(name, name)
        print(TEXTS("arkiv.orsak", name=shown, was=_short(was), now=_short(now)))
    return exit_code(blocked=True)


def _tell(differs: Sequence[OutputDifference], where: str) -> None:
    for one in differs:
        text = TEXTS(f"arkiv.{where}.{one.how}", path=one.path)
        note({"differs": one.path, "how": one.how, "text": text})
        print("  " + text)


def _short(told: str) -> str:
    return told[:12] or TEXTS("arkiv.saknas")
