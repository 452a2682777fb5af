"""What the terminal says of findings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.findings.feedback import said, tell
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts, read_texts
from toolkit.year.workspace import Workspace, year_of

if TYPE_CHECKING:
    from toolkit.analysis.merge import CountyState, Dataset
    from toolkit.returns.carryover import Left
    from toolkit.year.submissions import Checked


def terminal_texts() -> Texts:
    """What the command line says: the one catalogue that must be there without any working
    folder."""
    return read_texts(
        files("toolkit.cli").joinpath("terminal.yaml").read_text(encoding="utf-8"), "terminal.yaml"
    )


TEXTS = terminal_texts()
_USAGE_FAULTS = {"MissingParameter", "BadParameter", "NoSuchOption", "BadOptionUsage"}
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


def tell_returned(checked: Sequence[Checked], folder: str, year: int) -> None:
    """Where the marked copies are, and whose year nobody knows: neither the file nor its folder
    says it."""
    for item in checked:
        if item.found.submission is None and year_of(item.path) is None:
            print(TEXTS("gjort.ar_okant", file=item.found.file, year=year))
    print(TEXTS("gjort.returer", count=len(checked), path=folder))


def tell_json(findings: Sequence[Finding]) -> None:
    """One JSON object a line."""
    for finding in findings:
        print(json.dumps(finding.as_json(), ensure_ascii=False))


def tell_findings(findings: Sequence[Finding]) -> bool:
    """All findings, in the words of the marked file and the e-mail. Returns whether any of them
    blocks."""
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
    told = [
        TEXTS(f"migrera.{one.why}", place=one.ref, value=one.value, field=one.field, year=year)
        for one in left
    ]
    head = TEXTS("migrera.rubrik", file=file, moved=moved, year=year)
    return [head, TEXTS("migrera.rest" if left else "migrera.allt"), *told]


def state_cells(state: CountyState) -> tuple[str, ...]:
    """A county's line in `lansrapport status`."""
    file = state.counts.file if state.counts else ""
    verdict = TEXTS(f"status.{state.verdict}")
    counts = (str(state.errors), str(state.questions))
    return (f"{state.code} {state.name}", verdict, *counts, file, ", ".join(state.others))


def usage_fault(error: Exception) -> str:
    """What is wrong with a command line, of an error that typer raises. What it says itself is in
    English."""
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or (param.opts[0] if param else "")
    if name and not name.startswith("--"):
        name = TEXTS(f"fel.kommando.namn.{name}")
    said = (
        kind
        if kind in _USAGE_FAULTS
        else "NoSuchCommand"
        if "No such command" in str(error)
        else "UsageError"
    )
    called = ["lansrapport", *_commands(getattr(error, "ctx", None)), "--help"]
    return " ".join(
        (
            TEXTS(f"fel.kommando.{said}", name=name),
            TEXTS("fel.kommando.hjalp", command=" ".join(called)),
        )
    )


def _commands(context: Any) -> list[str]:
    """The names of a command and those that it belongs to, without the program's own."""
    return (
        [*_commands(context.parent), context.info_name]
        if context is not None and context.parent
        else []
    )


def tell_made(space: Workspace, templates_made: int, marked: int, memos: int) -> None:
    """What `lansrapport run` has made, and where to begin."""
    print(TEXTS("gjort.kor_rubrik"))
    print(
        "  "
        + TEXTS(
            "gjort.mallar",
            count=templates_made,
            path=shown_path(space, space.outputs / "templates"),
        )
    )
    print(
        "  "
        + TEXTS("gjort.returer", count=marked, path=shown_path(space, space.outputs / "returns"))
    )
    print(
        "  " + TEXTS("gjort.brev", count=memos, path=shown_path(space, space.outputs / "returns"))
    )
    print("  " + TEXTS("gjort.fil", path=shown_path(space, space.outputs / "data")))
    print(TEXTS("gjort.oppna_rubrik"))
    for key, ending in (("rapport", "docx"), ("ekonomi", "xlsx"), ("sammanstallning", "xlsx")):
        print(f"  {shown_path(space, space.outputs / f'{key}.{ending}')} – {TEXTS(f'gjort.{key}')}")


def tell_closing(space: Workspace, data: Dataset) -> bool:
    """What still stands in the way, in one line each; whether any county's errors do."""
    blocked = [state.name for state in data.counties if state.verdict == "errors"]
    missing = [state.name for state in data.counties if state.verdict == "missing"]
    if missing:
        print(TEXTS("gjort.saknas", count=len(missing), counties=", ".join(missing)))
    if blocked:
        path = shown_path(space, space.outputs / "returns")
        print(TEXTS("gjort.blockerar", count=len(blocked), counties=", ".join(blocked), path=path))
    else:
        print(TEXTS("gjort.inga_hinder"))
    return bool(blocked)


def shown_path(space: Workspace, path: Path) -> str:
    """A path as short as it can be said."""
    try:
        return path.resolve().relative_to(space.root.resolve()).as_posix()
    except ValueError:
        return str(path)
