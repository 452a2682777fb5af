"""What the terminal says of findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.feedback import said, tell
from toolkit.findings import Finding
from toolkit.messages import terminal_texts

if TYPE_CHECKING:
    from toolkit.carryover import Left
    from toolkit.intake import Checked
    from toolkit.merge import CountyState

TEXTS = terminal_texts()
_FOUND = TEXTS.part("fynd")


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
    """All findings, in the words of the marked file and the e-mail. Returns whether any of them blocks."""
    for line in (tell(finding, _FOUND) for finding in findings):
        place = " ".join(filter(None, (line.sheet, line.cell)))
        print(_FOUND("rad", severity=line.kind, place=place, cause=line.cause, code=line.code))
        for text in said(line, _FOUND):
            print(_FOUND("text", text=text))
    return any(finding.blocks for finding in findings)


def tell_template(path: Path, lacks: Sequence[Any]) -> int:
    """What the template lacks; 1 when there is something."""
    print(TEXTS("mall.rubrik" if lacks else "mall.inget", path=path.name))
    for lack in lacks:
        print(TEXTS("mall.rad", text=TEXTS(f"mall.{lack.rule}", name=lack.name)))
    return 1 if lacks else 0


def migration_lines(file: str, year: int, moved: int, left: Sequence[Left]) -> list[str]:
    """What was moved to a year's template, and every cell that could not be, a line each."""
    told = [TEXTS(f"migrera.{one.why}", place=one.ref, value=one.value, field=one.field, year=year) for one in left]
    head = TEXTS("migrera.rubrik", file=file, moved=moved, year=year)
    return [head, TEXTS("migrera.rest" if left else "migrera.allt"), *told]


def state_cells(state: CountyState) -> tuple[str, ...]:
    """A county's line in `lansrapport status`."""
    file = state.counts.file if state.counts else ""
    verdict = TEXTS(f"status.{state.verdict}")
    counts = (str(state.errors), str(state.questions))
    return (f"{state.code} {state.name}", verdict, *counts, file, ", ".join(state.others))
