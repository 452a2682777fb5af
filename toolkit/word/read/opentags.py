"""The bookmarks of live numbers in a paragraph of texter.docx, as somebody's program has saved it.
A number that has been typed over is a text like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from toolkit.report.blocks import Inline, Text
from toolkit.report.tags import proof_of, read_bookmark
from toolkit.word.ooxml.elements import Element, value


@dataclass
class OpenTags:
    """The bookmarks that have begun and not ended, by their ids, while a paragraph is read."""

    names: dict[str, str] = field(default_factory=dict)

    def pass_by(self, item: Element, kind: str) -> None:
        """Note an element of the paragraph, where it begins or ends a bookmark."""
        if kind == "bookmarkStart" and read_bookmark(value(item, "name")):
            self.names[value(item, "id")] = value(item, "name")
        elif kind == "bookmarkEnd":
            self.names.pop(value(item, "id"), None)

    def tagged(self, run: Text) -> Text:
        """The run with the name of the bookmark that it lies in."""
        name = next(reversed(self.names.values()), "")
        return replace(run, tag=name)


def as_printed(runs: Iterable[Inline]) -> Iterator[Inline]:
    """The runs, with the tags of those alone that hold what was offered in their bookmark, letter
    for letter and all in one look."""
    for name, members in groupby(runs, lambda run: run.tag if isinstance(run, Text) else ""):
        own = list(members)
        tag = _kept(name, own)
        yield from (replace(run, tag=tag) if isinstance(run, Text) else run for run in own)


def _kept(name: str, runs: Sequence[Inline]) -> str:
    """The tag of a bookmark that holds what it did."""
    known = read_bookmark(name)
    texts = [run for run in runs if isinstance(run, Text)]
    if known is None or len({(run.bold, run.italic, run.link) for run in texts}) > 1:
        return ""
    tag, proof = known
    return tag if proof_of("".join(run.text for run in texts)) == proof else ""
