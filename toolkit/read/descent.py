"""What a marked file carries, hidden above the findings on its sheet Återkoppling: which files it
was made from, and what was approved in the last of them."""

from __future__ import annotations

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook
from toolkit.read.given_answers import feedback_sheets, is_feedback, texts_above
from toolkit.returns.sign_off import SignOff, read_sign_off
from toolkit.returns.trail import UNKNOWN_DESCENT, Trail, read_trail
from toolkit.spec.marks import FEEDBACK_SHEET


def descent(book: RawBook, texts: Texts) -> Trail | None:
    """The files that this one was made from, where it comes from a marked one. `texts` are those of
    the sheet."""
    sheets = feedback_sheets(book)
    for trail in (read_trail(texts_above(sheet)) for sheet in sheets):
        if trail is not None:
            return trail
    named = (sheet for sheet in sheets if sheet.name == FEEDBACK_SHEET)
    is_marked = any(is_feedback(sheet, texts) for sheet in named)
    return UNKNOWN_DESCENT if is_marked else None


def signed_before(book: RawBook, trail: Trail | None) -> SignOff | None:
    """What was approved in the file that this one was made from, where it is known which that
    was."""
    if trail is None or not trail.ancestors:
        return None
    found = (read_sign_off(texts_above(sheet)) for sheet in feedback_sheets(book))
    return next(filter(None, found), None)
