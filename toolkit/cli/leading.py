"""`lansrapport explain` and `lansrapport verify`: from a printed number back to the cells, and from
an edited report back to the data."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.arguments import HERE, Day, Root, YearNumber, files_in, given_path, inputs_of
from toolkit.cli.progress import shown_progress
from toolkit.cli.sayings import TEXTS, tell_written
from toolkit.cli.stopped import exit_code

if TYPE_CHECKING:
    from toolkit.report.derived.cells import SourceCell
    from toolkit.report.derived.explain import Derivation

_SAID = TEXTS.part("harledning")
_CELLS = 12  # of one column in one county's file that are told on a line


def explain(
    year: YearNumber,
    wanted: Annotated[str, typer.Argument(metavar="TAL", help=TEXTS("hjalp.wanted"))],
    as_json: Annotated[bool, typer.Option("--json", help=TEXTS("hjalp.explain_json"))] = False,
    day: Day = None,
    root: Root = HERE,
) -> int:
    """Tell where a number of the report comes from."""
    from toolkit.year.explained import explain_number

    found = explain_number(inputs_of(root, year, day), wanted, shown_progress)
    print(_SAID("intern"), file=sys.stderr if as_json else sys.stdout)
    for one in found:
        if as_json:
            print(json.dumps(one.as_json(), ensure_ascii=False))
            continue
        for line in _lines(one):
            print(line)
    return exit_code(blocked=False)


def _lines(one: Derivation) -> Iterator[str]:
    yield _SAID("tal", printed=one.printed, place=one.place)
    yield "  " + _SAID("tagg", tag=one.tag)
    if one.chapter:
        yield "  " + _SAID("kapitel", chapter=one.chapter)
    for question, answer in one.asked:
        yield "  " + _SAID("fraga" if answer else "fraga_utan", question=question, answer=answer)
    yield from _cells(one.cells)
    if not one.cells and not one.asked:
        yield "  " + _SAID("inga")


def _cells(cells: Sequence[SourceCell]) -> Iterator[str]:
    """A line for each column of each file, with its cells."""
    for place, members in groupby(cells, lambda one: (one.name, one.file, one.sheet, one.field)):
        own = list(members)
        told = [_SAID("cell", cell=one.cell, value=one.shown) for one in own[:_CELLS]]
        if len(own) > _CELLS:
            told.append(_SAID("fler", count=len(own) - _CELLS))
        where = ", ".join(filter(None, place))
        yield "  " + _SAID("rad", place=where, cells="; ".join(told))


def verify(
    path: Annotated[
        Path, typer.Argument(parser=given_path, metavar="FIL", help=TEXTS("hjalp.verify_fil"))
    ],
    year: Annotated[int | None, typer.Option("--year", help=TEXTS("hjalp.verify_ar"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=TEXTS("hjalp.verify_json"))] = False,
    day: Day = None,
    root: Root = HERE,
) -> int:
    """Compare a report that staff have edited in Word with the data."""
    from toolkit.year.explained import said_of, verify_report
    from toolkit.year.layout import year_of_report

    (file,) = files_in(root, [path])[:1]
    inputs = inputs_of(root, year or year_of_report(root, file), day)
    said = TEXTS.part("verifiera")
    done = verify_report(inputs, file, said, shown_progress)
    if as_json:
        for one in done.found:
            print(json.dumps({**one.as_json(), "text": said_of(one, said)}, ensure_ascii=False))
        return exit_code(bool(done.found))
    head = {0: "inget", 1: "antal_1"}.get(len(done.found), "antal")
    print(said(head, count=len(done.found), path=path))
    for number, one in enumerate(done.found, 1):
        print(said("rad", number=number, text=said_of(one, said)))
    if done.copy:
        tell_written(inputs.space, [done.copy])
    return exit_code(bool(done.found))
