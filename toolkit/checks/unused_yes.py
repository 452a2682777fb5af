"""What is told of a yes that changes nothing: its suggestion was written over, or what it was said
to does not stand in the file any longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from toolkit.checks.answers import unread_answer
from toolkit.checks.cures import denied_beside, is_named, suggested_instead
from toolkit.findings.finding import Catalogue, Finding, Severity
from toolkit.returns.submission import Return, Submission, question_of, read_key
from toolkit.words.celltext import shown

_OF_ALL_ROWS = {"EKON-TKR", "EKON-TECKEN"}
"""What is said of a table's rows together: a further row makes it untrue of all of them."""


def with_unused_yes(found: Return, first: Return, catalogue: Catalogue) -> list[Finding]:
    """The findings of a return, with what became of each yes that was not used. `first` is the
    return before anything was corrected."""
    sent = first.submission
    if sent is None or not sent.agreed:
        return list(found.findings)
    told = [_with_changed(one, sent, catalogue) for one in found.findings]
    return [*told, *_unused(first.findings, sent, catalogue)]


def _with_changed(finding: Finding, sent: Submission, catalogue: Catalogue) -> Finding:
    """The finding, whose hint says first that its suggestion was changed or that a no stands beside
    the yes, where that is so."""
    if not finding.cures or not is_named(finding, sent.agreed):
        return finding
    instead, denied = suggested_instead(finding, sent), denied_beside(finding, sent, catalogue)
    if not instead and not denied:
        return finding
    word = "svar_ja_andrat" if instead else "svar_ja_nej"
    told = catalogue.word(word, value=shown(instead or denied))
    return replace(finding, hint=f"{told} {finding.hint}")


def _unused(
    findings: Iterable[Finding], sent: Submission, catalogue: Catalogue
) -> Iterator[Finding]:
    cured = [one for one in findings if one.cures]
    still_open = [one for one in findings if one.severity is not Severity.NOTE]
    for name, ref in sent.agreed.items():
        is_used = any(is_named(one, [name]) for one in cured)
        if not is_used and not _is_settled(name, still_open):
            word = catalogue.word("svar_ordet_ja")
            yield unread_answer(sent, catalogue, ref, word, "svar_ja_borta")


def _is_settled(name: str, still_open: Sequence[Finding]) -> bool:
    """Whether nothing is wrong any more in the cell that a yes was about: the county has corrected
    it itself, and need not be told of its yes."""
    key = read_key(name)
    if key is None or key.code in _OF_ALL_ROWS or not key.cell.isalnum():
        return False
    asked = [question_of(one) for one in still_open]
    if (key.code, key.figures) in {(one.code, one.figures) for one in asked}:
        return False  # asked in another cell: the row has moved, and has no id that says so
    refs = chain.from_iterable(one.refs for one in still_open)
    return all(ref.cell != key.cell or key.sheet not in {"", ref.sheet} for ref in refs)
