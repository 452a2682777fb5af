"""Bars on a terminal while something long is done."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.cli.journal import JOURNAL
from toolkit.cli.sayings import TEXTS
from toolkit.cli.screen import drawn_on
from toolkit.year.progress import no_step

if TYPE_CHECKING:
    from toolkit.year.progress import Step


@contextmanager
def shown_progress(name: str, count: int) -> Iterator[Step]:
    """A bar on a terminal, nothing elsewhere. It is drawn without a thread of its own: a process
    with several threads cannot be copied safely (see files/sandbox)."""
    with JOURNAL.at(name):
        yield from _shown(name, count)


def _shown(name: str, count: int) -> Iterator[Step]:
    if not sys.stderr.isatty():
        yield no_step
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(
        console=Console(file=drawn_on(sys.stderr)), transient=True, auto_refresh=False
    ) as bar:
        task = bar.add_task(TEXTS(f"steg.{name}"), total=count)
        yield lambda: bar.update(task, advance=1, refresh=True)
