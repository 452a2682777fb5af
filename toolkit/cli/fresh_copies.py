"""The commands that move what is filled in to a fresh copy: of a later year's template, or of its
own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.arguments import (
    HERE,
    GivenFiles,
    Root,
    files_in,
    found_of,
    given_path,
    inputs_of,
    newest_of,
)
from toolkit.cli.sayings import TEXTS, migration_lines, tell_written
from toolkit.cli.stopped import DONE, FAILED, stopped
from toolkit.files.errors import CannotBeDone
from toolkit.words.cleantext import windows_text


def migrate(
    file: Annotated[Path, typer.Argument(parser=given_path, help=TEXTS("hjalp.file"))],
    to: Annotated[int, typer.Option("--to", help=TEXTS("hjalp.to"))],
    root: Root = HERE,
) -> int:
    """Move a filled-in workbook into a later year's template."""
    from toolkit.year.templates import migrate as move
    from toolkit.year.templates import write_left

    inputs = inputs_of(root, to)
    path = files_in(root, [file])[0]
    done = move(inputs, path)
    if done is None:
        raise CannotBeDone("fel.lasa", path=file, reason=TEXTS("fel.kor_check"))
    told = "\n".join(migration_lines(path.name, to, done.moved, done.left)) + "\n"
    listed = write_left(done, windows_text(told))
    print(told, end="")
    tell_written(inputs.space, [done.path, listed])
    return DONE


def refill(files: GivenFiles, root: Root = HERE) -> int:
    """Give filled-in workbooks back as fresh copies of their year's template."""
    from toolkit.year.templates import refill_files, write_left

    inputs = newest_of(root)
    found, failed = found_of(root, files)
    for one in refill_files(inputs, found):
        if one.done is None:
            failed = True
            reason = one.reason or TEXTS("fel.kor_check")
            stopped(CannotBeDone("fel.lasa", path=one.source, reason=reason))
            continue
        lines = migration_lines(Path(one.source).name, one.year, one.done.moved, one.done.left)
        lines[1:1] = [TEXTS("migrera.fran"), one.source]
        told = "\n".join(lines) + "\n"
        listed = write_left(one.done, windows_text(told))
        print(told, end="")
        tell_written(inputs.space, [one.done.path, listed])
    return FAILED if failed else DONE
