"""All checks in the order in which they run, and what silences what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit.checks import duplicates, fields, outside_tables, plausible, rows, sheets, texts
from toolkit.checks.case import Case
from toolkit.findings.finding import Catalogue, Finding, Severity, in_order
from toolkit.returns.submission import Return, Submission, question_key
from toolkit.spec.model import Spec
from toolkit.words.cells import CellRef

_ALWAYS = ("PERSON-", "KOL-SAKNAS")
_OF_EACH = ("FALT-TVETYDIGT", "FALT-ANDEL")
"""What is said of each of its cells alike, when it is said of several."""
_FOLLOWS = {
    "FIL-FEL-AR": ("RAD-UTANFOR-AR", "FALT-KOD-AR", "TREND-"),
    "FIL-ANNAT-LAN": ("FALT-ANNAT-LAN",),
}
"""What is not said while something about the whole file is open: another year's dates and codes,
another county's."""
Check = Callable[[Case], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    sheets.check_form_year,
    sheets.check_nil,
    fields.check_required,
    fields.check_unique,
    fields.check_range,
    fields.check_pattern,
    fields.check_length,
    fields.check_scope,
    fields.check_indicator_bounds,
    fields.check_same_indicator,
    duplicates.check_same_activity,
    sheets.check_references,
    rows.check_rules,
    plausible.check_thousands,
    sheets.check_differences,
    sheets.check_earmark_amount,
    texts.check_personal_data,
    texts.check_empty_phrases,
    texts.check_text_against_code,
    plausible.check_trend,
    plausible.check_budget,
    plausible.check_negative,
    outside_tables.check_asides,
)


def check_submission(
    spec: Spec, catalogue: Catalogue, submission: Submission, read: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Everything that is wrong, doubtful or worth telling in one submission, gravest first.

    `read` are the findings of the reading. A cell gets one finding: the first cause found silences
    what follows from it, in the cell and elsewhere. The county's explanations close the questions
    that they answer."""
    said = [_with_explanation(spec, finding, submission) for finding in read]
    doubtful = frozenset(_doubtful(said))
    for check in CHECKS:
        case = Case(spec, catalogue, submission, doubtful)
        found = [_with_explanation(spec, finding, submission) for finding in check(case)]
        doubtful |= frozenset(_doubtful(found))
        said += found
    return tuple(in_order(_first_causes(_without_consequences(said))))


def check_further(spec: Spec, catalogue: Catalogue, found: Return, *checks: Check) -> Return:
    """A return with what more can be said of it once other files are at hand: last year's, other
    counties'. The same order of causes holds, after all that its own file gave."""
    if found.submission is None:
        return found
    more: list[Finding] = []
    for check in checks:
        case = Case(
            spec, catalogue, found.submission, frozenset(_doubtful([*found.findings, *more]))
        )
        more += [_with_explanation(spec, finding, found.submission) for finding in check(case)]
    taken = {
        finding.refs[0]
        for finding in found.findings
        if finding.refs and finding.severity is not Severity.NOTE
    }
    said = [*found.findings, *_first_causes(more, taken)]
    return replace(found, findings=tuple(in_order(_without_consequences(said))))


def _doubtful(findings: Iterable[Finding]) -> Iterator[CellRef]:
    """The cells of what is not a note and not explained."""
    for finding in findings:
        if finding.severity is not Severity.NOTE and not _is_answered(finding):
            yield from finding.refs


def _is_answered(finding: Finding) -> bool:
    """A question that the county has explained. A waiver is no answer: what follows stays as silent
    as before."""
    return finding.severity is Severity.QUERY and finding.explanation is not None


def _first_causes(findings: Iterable[Finding], taken: Iterable[CellRef] = ()) -> Iterator[Finding]:
    """Personal data and missing columns (which share a cell) always speak; otherwise a cell's first
    finding silences the later ones, but a mere note does not silence an error or a question."""
    taken = set(taken)
    for finding in findings:
        cell = finding.refs[0] if finding.refs else None
        if cell is not None and cell in taken and not finding.code.startswith(_ALWAYS):
            continue
        if cell is not None and finding.severity is not Severity.NOTE:
            taken.update(finding.refs if finding.code.startswith(_OF_EACH) else (cell,))
        yield finding


def _without_consequences(findings: Sequence[Finding]) -> Iterator[Finding]:
    """All but what follows from the file being another year's or another county's."""
    causes = {finding.code for finding in findings if not _is_answered(finding)}
    silent = tuple(code for cause in causes for code in _FOLLOWS.get(cause, ()))
    return (finding for finding in findings if not finding.code.startswith(silent))


def _with_explanation(spec: Spec, finding: Finding, submission: Submission) -> Finding:
    if finding.severity is not Severity.QUERY or not submission.explanations:
        return finding
    answer = submission.explanations.get(question_key(finding))
    return (
        replace(finding, explanation=answer)
        if answer and not spec.empty_texts.is_marks(answer)
        else finding
    )
