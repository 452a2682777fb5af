"""`lansrapport diff`: what differs between two files from a county."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.arguments import HERE, Root, files_in, given_path, newest_of
from toolkit.cli.sayings import TEXTS
from toolkit.files.errors import CannotBeDone

if TYPE_CHECKING:
    from toolkit.returns.difference import ReturnDifference
    from toolkit.returns.submission import Submission
    from toolkit.year.inputs import Inputs


def diff(
    first: Annotated[
        Path, typer.Argument(parser=given_path, metavar="FIL", help=TEXTS("hjalp.diffold"))
    ],
    second: Annotated[
        Path, typer.Argument(parser=given_path, metavar="FIL", help=TEXTS("hjalp.diffnew"))
    ],
    as_json: Annotated[bool, typer.Option("--json", help=TEXTS("hjalp.json"))] = False,
    book: Annotated[Path | None, typer.Option("--xlsx", help=TEXTS("hjalp.diffbook"))] = None,
    root: Root = HERE,
) -> int:
    """Compare two returns by their records."""
    from toolkit.returns.difference import difference

    inputs = newest_of(root)
    old, new = (_return_in(inputs, root, path) for path in (first, second))
    if old.year != new.year:
        raise CannotBeDone("fel.olika_ar", old=old.year, new=new.year)
    found = difference(inputs.of(old.year).year.spec, old, new)
    if book is not None:
        from toolkit.export.difference import write_difference

        write_difference(found, TEXTS.part("skillnad"), book)
        print(TEXTS("gjort.fil", path=book), file=sys.stderr if as_json else sys.stdout)
    for line in _as_json(found) if as_json else _lines(found, old, new):
        print(line)
    return 0


def _return_in(inputs: Inputs, root: Path, path: Path) -> Submission:
    """A file's return. Raises CannotBeDone for one that gives none."""
    (checked,) = inputs.judged(files_in(root, [path])[:1], lambda: None)
    if checked.found.submission is None:
        raise CannotBeDone("fel.lasa", path=path, reason=TEXTS("fel.kor_check"))
    return checked.found.submission


def _as_json(found: ReturnDifference) -> Iterator[str]:
    for change in found.changes:
        yield json.dumps(change.as_json(), ensure_ascii=False)


def _lines(found: ReturnDifference, old: Submission, new: Submission) -> Iterator[str]:
    from toolkit.returns.difference import change_lines

    if old.county != new.county:
        yield TEXTS("skillnad.olika_lan", old=old.county, new=new.county)
    if not found.changes:
        yield TEXTS("skillnad.inget", old=old.file, new=new.file)
        return
    counts = {kind: found.count(kind) for kind in ("ny", "borta", "andrad")}
    yield TEXTS("skillnad.rubrik", old=old.file, new=new.file, **counts)
    for line in change_lines(found, TEXTS.part("skillnad")):
        yield "  " + line
