"""What is told of a yes that changes nothing: its suggestion was written over, or what it was said
to does not stand in the file any longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from toolkit.checks.answers import unread_answer
from toolkit.checks.cures import OF_ALL_ROWS, against, cures_agreed, is_named
from toolkit.findings.finding import Catalogue, Finding, Severity
from toolkit.returns.question_names import question_of, read_key
from toolkit.returns.submission import Return, Submission
from toolkit.words.celltext import shown


def with_unused_yes(found: Return, first: Return, catalogue: Catalogue) -> list[Finding]:
    """The findings of a return, with what became of each yes that was not used. `first` is the
    return before anything was corrected."""
    sent = first.submission
    if sent is None or not sent.agreed:
        return list(found.findings)
    told = [_with_changed(one, sent, catalogue) for one in found.findings]
    return [*told, *_unused(first.findings, sent, catalogue)]


def _with_changed(finding: Finding, sent: Submission, catalogue: Catalogue) -> Finding:
    """The finding, whose hint says first what stands beside a yes to it and speaks against it."""
    for name, yes in sent.agreed.items():
        if cures_agreed(finding, name, yes):
            told = against(finding, yes, sent, catalogue)
            if told is not None:
                word, said = told
                said = catalogue.word(word, value=shown(said))
                return replace(finding, hint=f"{said} {finding.hint}")
    return finding


def _unused(
    findings: Sequence[Finding], sent: Submission, catalogue: Catalogue
) -> Iterator[Finding]:
    cured = [one for one in findings if one.cures]
    still_open = [one for one in findings if one.severity is not Severity.NOTE]
    for name, yes in sent.agreed.items():
        is_used = any(cures_agreed(one, name, yes) for one in cured)
        if not is_used and not _is_settled(name, still_open):
            word = catalogue.word("svar_ordet_ja")
            left = any(is_named(one, [name]) for one in findings)
            why = "svar_ja_sjalv" if left else "svar_ja_borta"
            yield unread_answer(sent, catalogue, yes.ref, word, why)


def _is_settled(name: str, still_open: Sequence[Finding]) -> bool:
    """Whether nothing is wrong any more in the cell that a yes was about: the county has corrected
    it itself, and need not be told of its yes."""
    key = read_key(name)
    if key is None or key.code in OF_ALL_ROWS or not key.cell.isalnum():
        return False
    asked = [question_of(one) for one in still_open]
    if (key.code, key.figures) in {(one.code, one.figures) for one in asked}:
        return False  # asked in another cell: the row has moved, and has no id that says so
    refs = chain.from_iterable(one.refs for one in still_open)
    return all(ref.cell != key.cell or key.sheet not in {"", ref.sheet} for ref in refs)
