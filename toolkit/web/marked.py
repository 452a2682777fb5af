"""The marked copy that a tab gives: the county's own workbook with what was found in it, as the
command line gives it back."""

from __future__ import annotations

from dataclasses import replace

from toolkit.annotate import mark_in_place
from toolkit.annotate.own_copy import is_misleading, supplement_of
from toolkit.files.zip import ending_of
from toolkit.findings.feedback import remains
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Return
from toolkit.spec.load import Year

_MARKED = {".xlsx", ".xlsm", ".ods"}
"""What is marked in a tab. The binary formats are never written in: what comes back for them is a
fresh copy, when they have come in."""


def can_be_marked(data: bytes, found: Return) -> bool:
    """Whether a judged file gets a marked copy in a tab: where something is left to do, or was
    done, in a workbook that is written in. One that is so damaged that marks in it would mislead
    gets a fresh copy too when it has come in, and is not marked here."""
    if found.submission is None or is_misleading(found.findings):
        return False
    is_asked = remains(found.findings) or bool(found.submission.corrections)
    return is_asked and ending_of(data) in _MARKED


def marked_copy(data: bytes, found: Return, year: Year, waiting: str) -> bytes | None:
    """The file, marked; None where it turns out not to be written in, and a fresh copy comes back
    when it has come in. `waiting` says what is not tried until the rest is settled. It has not come
    in: what the county changes before it sends it takes back no approval, and only one that was
    given to an earlier round is carried on."""
    supplement = supplement_of(found, waiting)
    before = found.submission.signed_before if found.submission else None
    supplement = replace(supplement, sign_off=before.written if before else "")
    return mark_in_place(data, found.findings, _texts_of_copy(year), supplement)


def name_of_copy(data: bytes, found: Return, year: Year) -> str:
    """What the marked copy is saved as."""
    name, dot, _ = found.file.rpartition(".")
    named = name if dot else found.file
    return year.texts("flik")("markerad_fil", name=named, ending=ending_of(data))


def _texts_of_copy(year: Year) -> Texts:
    """The year's words for feedback, without those that say of the file that it has come in."""
    feedback, own = year.texts("aterkoppling"), year.texts("flik").part("markerad")
    return Texts(feedback.name, {**feedback.entries, **own.entries})
