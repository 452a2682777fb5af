"""What the page shows of one file: the verdict, the findings by what is wrong, and the letter.

In a tab nothing has been sent, so what the letter says of a file that has come in is said otherwise
(`flik.yaml`); all else is word for word what the county gets back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from toolkit.checks.file import TOOL_FAULT
from toolkit.checks.waiting import sheets_waiting
from toolkit.findings.feedback import (
    FeedbackLine,
    instruction,
    kind,
    remains,
    tell,
    verdict,
    write_letter,
)
from toolkit.findings.finding import Finding, in_order
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Return
from toolkit.spec.handing_in import told_of_handing_in
from toolkit.spec.load import Year
from toolkit.spec.roles import RESPONDENTS
from toolkit.words.swedish import join_and


def year_of(found: Return, years: Mapping[int, Year]) -> Year:
    """The year in whose words a file is told of: its own, or else the last."""
    return years.get(found.year or 0) or years[max(years)]


def told_of(found: Return, years: Mapping[int, Year], *, has_copy: bool = False) -> dict[str, Any]:
    """What the page shows of a file that has been judged; `has_copy`: its marked copy can be
    saved."""
    year = year_of(found, years)
    texts, findings = _texts_of(found, year, has_copy=has_copy), in_order(found.findings)
    return {
        "file": found.file,
        "county": _county(found, year),
        "year": found.year,
        "state": _state(findings),
        "verdict": verdict(findings, texts),
        "next": _next(findings, found, year, texts),
        "groups": list(_groups(findings, texts)),
        "letter": letter(found, year, has_copy=has_copy),
        "fault": str(found.fault or ""),
        "findings": [finding.as_json() for finding in findings],
    }


def _texts_of(found: Return, year: Year, *, has_copy: bool) -> Texts:
    """The year's words for feedback, with those that a tab says otherwise: of questions it says
    that they are answered in the marked copy, where there is one, and of a file that is not read as
    a return it does not say that something is to be put right in its sheets."""
    feedback, tab = year.texts("aterkoppling"), year.texts("flik")
    entries = {**feedback.entries, **tab.part("aterkoppling").entries}
    if has_copy:
        entries |= tab.part("kopia").entries
    if found.submission is None:
        entries |= tab.part("olast").entries
    return Texts(feedback.name, entries)


def letter(found: Return, year: Year, *, has_copy: bool = False) -> str:
    """The whole feedback as text."""
    texts = _texts_of(found, year, has_copy=has_copy)
    return write_letter(
        in_order(found.findings),
        texts,
        _county(found, year),
        found.file,
        found.file,
        told_of_handing_in(year.spec.insamling, texts),
        waiting=waiting_in(found, year, texts),
    )


def _county(found: Return, year: Year) -> str:
    """The county's full name; empty where the file does not say which it is."""
    counties = year.spec.list_of(RESPONDENTS).by_code
    code = found.submission.county if found.submission else ""
    named = counties.get(code or "")
    return year.texts("aterkoppling")("brev.lan", county=named.label) if named else ""


def _state(findings: Sequence[Finding]) -> str:
    """How the verdict is coloured."""
    if any(finding.code == TOOL_FAULT for finding in findings):
        return "ours"
    if any(finding.blocks for finding in findings):
        return "wrong"
    return "asked" if remains(findings) else "good"


def _next(findings: Sequence[Finding], found: Return, year: Year, texts: Texts) -> str:
    """What to do now, where something remains."""
    if not remains(findings):
        return ""
    return f"{instruction(findings, texts)} {waiting_in(found, year, texts)}".rstrip()


def waiting_in(found: Return, year: Year, texts: Texts) -> str:
    """Which sheets are compared with others only when the rest is settled."""
    if found.year != year.spec.year:
        return ""
    sheets = sheets_waiting(year.spec, year.catalogue, found)
    name = "vantar" if len(sheets) == 1 else "vantar_flera"
    return texts(name, sheets=join_and(sheets)) if sheets else ""


def _groups(findings: Iterable[Finding], texts: Texts) -> Iterator[dict[str, Any]]:
    """The findings of each severity, gravest first, under what is wrong in them."""
    for severity, own in groupby(findings, key=lambda finding: finding.severity):
        lines = [_line(finding, texts) for finding in own]
        yield {
            "severity": severity.value,
            "label": texts(f"brev.{severity.value}", count=len(lines)),
            "causes": list(_causes(lines)),
        }


def _causes(lines: Sequence[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """The lines by what is wrong, in the order in which each first stands."""
    for cause in dict.fromkeys(line["cause"] for line in lines):
        own = [line for line in lines if line["cause"] == cause]
        yield {"cause": cause, "code": own[0]["code"], "lines": own}


def _line(finding: Finding, texts: Texts) -> dict[str, str]:
    line: FeedbackLine = tell(finding, texts)
    return {
        "kind": kind(finding, texts),
        "cause": line.cause,
        "code": line.code,
        "sheet": line.sheet,
        "cell": line.cell,
        "what": line.what,
        "how": line.how,
        "suggestion": line.suggestion,
        "answer": line.explanation,
    }
