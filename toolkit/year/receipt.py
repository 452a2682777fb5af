"""What the letter says of the file itself: that it has come, which round it is, and what has
changed since the one that it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from toolkit.findings.texts import Texts
from toolkit.returns.approval import approval_state
from toolkit.returns.difference import ReturnDifference, change_lines, difference
from toolkit.returns.submission import Return, Submission
from toolkit.returns.trail import print_of
from toolkit.spec.model import Spec
from toolkit.words.periods import format_date

_MOST = 30  # changes that are told one by one
_NOT_COMPARED = {"RAD-STUMP", "RAD-ORDNING"}
"""Rows of which nothing is understood: whether they are the same nobody knows."""
_SIGNS = 8  # of the file's SHA-256, enough to compare by eye


def receipt(spec: Spec, found: Return, others: Sequence[Return], texts: Texts) -> list[str]:
    """The lines of one file's receipt; `others` are the files among which the one that it was made
    from may be. Nothing of a file that gives no return."""
    sent = found.submission
    if sent is None:
        return []
    number = 1 + (sent.trail.round if sent.trail else 0)
    lines = [texts("kvitto.mottagen", number=number, print=found.sha256[:_SIGNS])]
    lines += _approved(found, sent, texts)
    before = _made_from(sent, others)
    if before is not None and before.submission is not None:
        differs = difference(spec, before.submission, sent)
        if differs.changes or not _holds_more(before, found):
            lines += _since(differs, before.file, texts)
    return lines


def _approved(found: Return, sent: Submission, texts: Texts) -> Iterator[str]:
    """Whether the approval is of what stands in the file."""
    state = approval_state(found)
    if state is not None and sent.approved is not None:
        yield texts(f"kvitto.{state}", day=format_date(sent.approved))


def _holds_more(*files: Return) -> bool:
    """Whether any of some files holds rows that cannot be compared."""
    findings = chain.from_iterable(one.findings for one in files)
    return any(one.code in _NOT_COMPARED for one in findings)


def _made_from(sent: Submission, others: Sequence[Return]) -> Return | None:
    """The latest of the files that a return was made from which is still at hand."""
    by_print = {print_of(one.sha256): one for one in others if one.submission}
    for ancestor in reversed(sent.trail.ancestors if sent.trail else ()):
        found = by_print.get(ancestor)
        if found is not None and found.year == sent.year:
            return found
    return None


def _since(found: ReturnDifference, file: str, texts: Texts) -> Iterator[str]:
    if not found.changes:
        yield texts("kvitto.inget", file=file)
        return
    counts = {kind: found.count(kind) for kind in ("ny", "borta", "andrad")}
    yield texts("kvitto.sedan", file=file, **counts)
    yield from change_lines(found, texts.part("kvitto"), _MOST)
