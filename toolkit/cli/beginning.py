"""The commands that lay out what others work in: a working folder, a year, the counties' page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.arguments import HERE, Root, YearNumber, inputs_of, newest_of
from toolkit.cli.notes import note
from toolkit.cli.sayings import TEXTS, tell_advice, tell_written, words_of
from toolkit.cli.stopped import DONE
from toolkit.files.regular import real
from toolkit.year.layout import lay_out
from toolkit.year.places import seen_from
from toolkit.year.workspace import Workspace


def init(
    directory: Annotated[Path, typer.Argument(help=TEXTS("hjalp.dir"))] = HERE, root: Root = HERE
) -> int:
    """Lay out a working folder."""
    folder = seen_from(root, directory)
    laid = lay_out(folder)
    note({"folder": str(real(folder)), "year": laid.year, "kept": [str(one) for one in laid.left]})
    for path in laid.left:
        print(TEXTS("fel.init_finns", path=path))
    name = "init" if laid.is_shipped else "init_egna"
    print(TEXTS(f"gjort.{name}", path=real(folder), year=laid.year))
    return DONE


def new(year: YearNumber, root: Root = HERE) -> int:
    """Lay out a year of one's own, and tell what is to be decided."""
    from toolkit.year.newyear import make_year
    from toolkit.year.speccheck import look_through

    made = make_year(Workspace(root, year), TEXTS.part("nytt"))
    inputs = inputs_of(root, year)
    note({"year": year, "base": made.base})
    print(TEXTS("gjort.nytt" if made.written else "gjort.nytt_inget", year=year, base=made.base))
    tell_written(inputs.space, made.written)
    # That there is something left to decide is no fault of the one who has just begun.
    tell_advice(year, look_through(inputs), words_of(inputs.year.spec), every=False)
    print(TEXTS("gjort.nytt_vidare", year=year))
    return DONE


def web(
    target: Annotated[Path, typer.Argument(help=TEXTS("hjalp.webmapp"))],
    parts: Annotated[Path, typer.Option("--parts", help=TEXTS("hjalp.delar"))],
    root: Root = HERE,
) -> int:
    """Write the page on which counties try their workbooks."""
    from toolkit.year.web import write_web

    inputs = newest_of(root)
    page = write_web(inputs, seen_from(root, target), seen_from(root, parts))
    tell_written(inputs.space, [page])
    return DONE
