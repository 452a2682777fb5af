"""What a county's own file carries when it comes back marked, beside its findings: by these a later
reading knows what was answered, and which files it was made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from toolkit.annotate.page import Supplement
from toolkit.findings.finding import Finding
from toolkit.returns.question_names import question_key, read_key
from toolkit.returns.sign_off import carried_on
from toolkit.returns.submission import Correction, Return
from toolkit.returns.trail import UNKNOWN_DESCENT, Trail

_NOT_FOUND = {"BLAD-SAKNAS", "KOL-SAKNAS", "KOL-FORSKJUTEN"}
"""Where the template's cells are not: a table, a column that must be filled in, or the values under
their headings. There is no cell to mark, or the marked one is not where the mending is done."""
_GUESSED, _MANY_GUESSED = "KOL-GISSAD", 3
"""A heading that was changed and has lost its hidden key. One or two are an edited heading; more
mean that the key row is gone, so that any further change of a heading loses its column."""


def is_misleading(findings: Sequence[Finding]) -> bool:
    """Whether marks in the county's own file would mislead, by what is said of how it is built:
    something of the template was not found where it should be, or so many headings had to be
    guessed that the hidden keys must be gone. Wrong, missing and doubtful values do not count, nor
    do columns, rows and sheets that were added, hidden or moved."""
    codes = Counter(finding.code for finding in findings)
    return not _NOT_FOUND.isdisjoint(codes) or codes[_GUESSED] >= _MANY_GUESSED


def supplement_of(found: Return, waiting: str, notice: str = "") -> Supplement:
    """What the marked copy of a judged file tells beyond its findings. `waiting` says what is not
    tried until the rest is settled."""
    return Supplement(
        notice,
        answers=past_answers(found),
        trail=trail_of(found),
        sign_off=sign_off_carried(found),
        corrections=corrections_of(found),
        waiting=waiting,
    )


def trail_of(found: Return) -> str:
    """The descent of what is made from a file, as a marked file carries it."""
    sent = found.submission
    if sent is None:
        return ""
    known = sent.trail or UNKNOWN_DESCENT
    before = Trail(sent.county, sent.year, known.ancestors, known.seen)
    return before.after(sent.sha256, found.beside).written


def sign_off_carried(found: Return) -> str:
    """What was approved, as a marked file carries it."""
    sent = found.submission
    known = carried_on(sent.signed_before, sent.sign_off) if sent else None
    return known.written if known else ""


def corrections_of(found: Return) -> tuple[Correction, ...]:
    """The cells that the county has said yes to correcting."""
    return found.submission.corrections if found.submission else ()


def past_answers(found: Return) -> tuple[tuple[str, str], ...]:
    """What the county has answered to questions that are not asked of this file, such as those
    about the file that it was made from."""
    if found.submission is None:
        return ()
    asked = set(map(question_key, found.findings))
    kept = {finding.answer for finding in found.findings}
    given = found.submission.explanations.items()
    past = ((key, said) for key, said in given if key not in asked and said not in kept)
    each = {(_place_of(key), said): (key, said) for key, said in sorted(past, key=_is_of_own_cell)}
    return tuple(pair for pair in given if pair in set(each.values()))


def _is_of_own_cell(answer: tuple[str, str]) -> bool:
    """Whether an answer is named by a cell of the file itself, and not as `Er fil: Ekonomi`."""
    asked = read_key(answer[0])
    return asked is not None and ": " not in asked.sheet


def _place_of(key: str) -> tuple[str, ...]:
    """What one sees of a question, by which its answers are the same one."""
    asked = read_key(key)
    return (asked.code, asked.sheet.rpartition(": ")[2], asked.cell) if asked else (key,)
