"""The county's own answers, laid on the questions that they answer: also when rows have been
sorted, moved or put in since, as long as the figures that they explain are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.findings.finding import Finding, Severity
from toolkit.returns.submission import former_key, question_key, words_key
from toolkit.spec.model import Spec


def answered(
    spec: Spec, findings: Sequence[Finding], explanations: Mapping[str, str]
) -> list[Finding]:
    """The findings of one kind of check, each question with its answer where it has been given
    one. A dash alone is no answer."""
    given = {key: text for key, text in explanations.items() if not _is_no_answer(spec, text)}
    if not given:
        return list(findings)
    found = [_exactly(finding, given) for finding in findings]
    moved = _moved(found, given)
    return [
        replace(finding, explanation=moved[number]) if number in moved else finding
        for number, finding in enumerate(found)
    ]


def is_open(finding: Finding) -> bool:
    """A question that nobody has answered."""
    return finding.severity is Severity.QUERY and finding.explanation is None


def _is_no_answer(spec: Spec, text: str) -> bool:
    return not text or spec.empty_texts.is_marks(text)


def _exactly(finding: Finding, given: Mapping[str, str]) -> Finding:
    """With the answer that was given in its own cell."""
    if not is_open(finding):
        return finding
    seen = words_key(finding.code, finding.cell or "", finding.message)
    names = (question_key(finding), former_key(finding), seen)
    answer = next((given[name] for name in names if name in given), None)
    return replace(finding, explanation=answer) if answer else finding


def _moved(findings: Sequence[Finding], given: Mapping[str, str]) -> dict[int, str]:
    """Answers whose cell no longer asks, by the number of the finding that now asks the same of the
    same figures. Of several they are taken in their order."""
    asked = {question_key(finding) for finding in findings}
    asked |= {former_key(finding) for finding in findings}
    waiting = [key for key in given if key not in asked]
    found: dict[int, str] = {}
    for number, finding in enumerate(findings):
        if is_open(finding):
            key = next((one for one in waiting if _asks_the_same(finding, one)), None)
            if key is not None:
                waiting.remove(key)
                found[number] = given[key]
    return found


def _asks_the_same(finding: Finding, key: str) -> bool:
    """Whether a question is the one that a key names, but for its place."""
    code, _, rest = key.partition("@")
    place, _, figures = rest.rpartition("#")
    if code != finding.code:
        return False
    return question_key(finding).endswith(f"#{figures}") or former_key(finding, place) == key
