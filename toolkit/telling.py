"""What the command line says about findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toolkit.messages import terminal_texts

TEXTS = terminal_texts()
_NOTES_SHOWN = 5  # notes a file on the terminal; the marked file has them all


def tell(checked: Sequence[Any], *, as_json: bool) -> None:
    """Every file with its findings, in words or as JSON."""
    for item in checked:
        if as_json:
            for finding in item.found.findings:
                print(json.dumps(finding.as_json(), ensure_ascii=False))
            continue
        county = item.found.submission.county if item.found.submission else TEXTS("fynd.okant_lan")
        print(TEXTS("fynd.fil", file=item.found.file, county=county))
        tell_findings(item.found.findings)
        if not item.found.findings:
            print(TEXTS("fynd.inget"))


def tell_findings(findings: Sequence[Any]) -> None:
    """Errors and questions in full, a few of the notes."""
    notes = 0
    for finding in findings:
        notes += finding.severity.name == "NOTE"
        if finding.severity.name == "NOTE" and notes > _NOTES_SHOWN:
            continue
        place = f"{finding.sheet} {finding.cell}" if finding.refs else TEXTS("fynd.hela")
        kind = TEXTS(f"fynd.{finding.severity.name}")
        print(TEXTS("fynd.rad", severity=kind, place=place, message=finding.message))
        print(TEXTS("fynd.hint", hint=finding.hint))
    if notes > _NOTES_SHOWN:
        print(TEXTS("fynd.utelamnat", count=notes - _NOTES_SHOWN))


def tell_template(path: Path, lacks: Sequence[Any]) -> int:
    """What the template lacks; 1 when there is something."""
    print(TEXTS("mall.rubrik" if lacks else "mall.inget", path=path.name))
    for lack in lacks:
        print(TEXTS("mall.rad", text=TEXTS(f"mall.{lack.rule}", name=lack.name)))
    return 1 if lacks else 0
