"""A command whose work on files is done by a cluster."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.sayings import TEXTS

if TYPE_CHECKING:
    from toolkit.year.inputs import Inputs

WorkersAt = Annotated[
    str | None, typer.Option("--workers", metavar="ADRESS", help=TEXTS("hjalp.workers"))
]


def with_workers(inputs: Inputs, address: str | None, work: Callable[[Inputs], int]) -> int:
    """Do a command's work, by the workers of the cluster at an address where one is given. Raises
    CannotBeDone when it cannot be used, and what the work raises."""
    if address is None:
        return work(inputs)
    from toolkit.files.cluster import connected
    from toolkit.year.layout import print_of_the_program

    cluster = connected(address, print_of_the_program)
    try:
        return work(replace(inputs, space=replace(inputs.space, workers=cluster.each)))
    finally:
        cluster.close()
        if cluster.done_here:
            print(TEXTS("fel.kluster.har", count=cluster.done_here), file=sys.stderr)
