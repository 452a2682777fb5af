"""What the memo about the money says to a county of whose return nothing is in."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.analysis.merge import CountyState
from toolkit.analysis.standing import UncountedFile
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Heading, Paragraph, Text
from toolkit.spec.load import Year


def heading(text: str) -> Heading:
    """A heading of the memo."""
    return Heading(1, text, numbered=False)


def not_sent(
    year: Year, state: CountyState, uncounted: UncountedFile | None, returned: str, texts: Texts
) -> Iterator[Block]:
    """That nothing has come; or that a file has, and why it cannot be used. `returned` is the name
    of its marked copy, `uncounted` a file that was read and does not count."""
    found = state.counts
    if found is None:
        yield heading(texts("ej_inkommen.rubrik"))
        yield _plain(_nothing_counts(year, uncounted, texts))
        return
    blocking = [one.message for one in found.findings if one.blocks]
    why = " ".join(blocking or [one.message for one in found.findings[:1]])
    yield heading(texts("oanvandbar.rubrik"))
    yield _plain(texts("oanvandbar.text", file=found.file, why=why, returned=returned))


def _nothing_counts(year: Year, one: UncountedFile | None, texts: Texts) -> str:
    if one is None:
        return texts("ej_inkommen.text", year=year.spec.year)
    told = {"year": year.spec.year, "file": one.file, "stated": one.stated}
    return texts(f"ej_inkommen.{one.why}", **told)


def _plain(text: str) -> Paragraph:
    return Paragraph((Text(text),))
