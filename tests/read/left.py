"""What a file holds where no table reads it, of its bytes."""

from __future__ import annotations

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import Unreadable, read_raw
from toolkit.read.left_out import left_in
from toolkit.read.outside_tables import without_numbers
from toolkit.returns.carryover import Left
from toolkit.returns.submission import Submission
from toolkit.spec.model import Spec


def left_beside(
    data: bytes, found: Submission, spec: Spec, texts: Texts, feedback: Texts
) -> list[Left]:
    """As `left_in` has it; nothing of a file that cannot be read."""
    try:
        book, _ = without_numbers(read_raw(data))
    except Unreadable:
        return []
    return left_in(book, found, spec, texts, feedback)
