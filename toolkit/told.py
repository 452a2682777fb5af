"""What the terminal says of findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.findings import Finding
from toolkit.messages import terminal_texts

if TYPE_CHECKING:
    from toolkit.intake import Checked
    from toolkit.merge import CountyState

TEXTS = terminal_texts()
_NOTES_SHOWN = 5  # notes a file on the terminal; the marked file has them all


def tell_files(checked: Sequence[Checked], *, as_json: bool) -> None:
    """The findings of each file, as text or as one JSON object a line."""
    for item in checked:
        if as_json:
            tell_json(item.found.findings)
            continue
        county = item.found.submission.county if item.found.submission else TEXTS("fynd.okant_lan")
        print(TEXTS("fynd.fil", file=item.found.file, county=county))
        tell_findings(item.found.findings)
        if not item.found.findings:
            print(TEXTS("fynd.inget"))


def tell_json(findings: Sequence[Finding]) -> None:
    """One JSON object a line."""
    for finding in findings:
        print(json.dumps(finding.as_json(), ensure_ascii=False))


def tell_findings(findings: Sequence[Finding]) -> bool:
    """Errors and questions in full, a few of the notes. Under a waived one stands the waiver in place of the hint.
    Returns whether any of them blocks."""
    notes = 0
    for finding in findings:
        notes += finding.severity.name == "NOTE"
        if finding.severity.name == "NOTE" and notes > _NOTES_SHOWN:
            continue
        place = f"{finding.sheet} {finding.cell}" if finding.refs else TEXTS("fynd.hela")
        kind = TEXTS(f"fynd.{finding.severity.name}")
        if finding.waiver is not None:
            kind = TEXTS("fynd.avsteg_slag", kind=kind)
        print(TEXTS("fynd.rad", severity=kind, place=place, message=finding.message))
        print(TEXTS("fynd.hint", hint=finding.waived(TEXTS, "fynd.avsteg") or finding.hint))
    if notes > _NOTES_SHOWN:
        print(TEXTS("fynd.utelamnat", count=notes - _NOTES_SHOWN))
    return any(finding.blocks for finding in findings)


def tell_template(path: Path, lacks: Sequence[Any]) -> int:
    """What the template lacks; 1 when there is something."""
    print(TEXTS("mall.rubrik" if lacks else "mall.inget", path=path.name))
    for lack in lacks:
        print(TEXTS("mall.rad", text=TEXTS(f"mall.{lack.rule}", name=lack.name)))
    return 1 if lacks else 0


def state_cells(state: CountyState) -> tuple[str, ...]:
    """A county's line in `lansrapport status`."""
    file = state.counts.file if state.counts else ""
    verdict = TEXTS(f"status.{state.verdict}")
    counts = (str(state.errors), str(state.questions))
    return (f"{state.code} {state.name}", verdict, *counts, file, ", ".join(state.others))
