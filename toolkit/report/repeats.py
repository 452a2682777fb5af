"""A footnote that cites what the one before it cites says so: `Ibid`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.report.blocks import Block, Figure, Inline, Note, Paragraph, Text

_CITATION = re.compile(r"([^\d;.]+, \d{4}[a-z]?)((?:, s\. ?[\d–]+)?)\.?")
IBID = "Ibid"


def say_ibid(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks in order, with short citations that repeat the nearest footnote above in place of
    the full ones. A page of its own stays: `Ibid, s. 12`. Where a table has notes the count begins
    anew."""
    last = ""
    for block in blocks:
        if isinstance(block, Figure) and block.table.noted:
            last = ""
        if not isinstance(block, Paragraph):
            yield block
            continue
        runs: list[Inline] = []
        for run in block.runs:
            made, last = _shortened(run, last) if isinstance(run, Note) else (run, last)
            runs.append(made)
        yield replace(block, runs=tuple(runs))


def _shortened(note: Note, last: str) -> tuple[Note, str]:
    """The note, and what it cites: nothing when it is no citation of one source."""
    found = _CITATION.fullmatch("".join(run.text for run in note.runs).strip())
    if found is None:
        return note, ""
    return (Note((Text(IBID + found[2]),)) if found[1] == last else note), found[1]
