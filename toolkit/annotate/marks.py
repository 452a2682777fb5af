"""What is marked on each sheet, whatever the file's format: which cells in which colour, and a note
for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.findings.feedback import tell
from toolkit.findings.finding import Finding, Severity
from toolkit.findings.texts import Texts
from toolkit.spec.marks import NOTE_END, NOTE_HEADLINE
from toolkit.words.cells import CellRef
from toolkit.words.cleantext import clean_text

AUTHOR = "Länsrapport"  # of our notes, where a program keeps it
# Of our text in a note; by it a later marking knows the notes of an earlier one.
HEADLINE = NOTE_HEADLINE
# Always true; by it a later marking knows the marks of an earlier one.
SIGNATURE = '"länsrapport"<>""'
COLOURS = {"ERROR": "F8C9C4", "QUERY": "FFE3B3", "NOTE": "DCE9F2"}
NOTE_COLOUR = "FFF8D6"
_MOST_NOTES = 200  # for one finding


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """One sheet's marks. `areas` holds the cells by tone (a key of COLOURS); where a cell is in
    several, the first tone shows. `notes` is the text of the note in each cell that gets one, in
    the order of the cells; its first line is HEADLINE and its last NOTE_END, and it is
    written below what the county itself has noted in the cell."""

    sheet: str
    areas: Mapping[str, tuple[CellRef, ...]]
    notes: Mapping[CellRef, str]


def tone(finding: Finding) -> str:
    """The severity whose colour is used: what is waived is no more than a note."""
    return Severity.NOTE.name if finding.waiver else finding.severity.name


def marks_of(findings: Sequence[Finding], texts: Texts) -> tuple[SheetMarks, ...]:
    """The marks of every sheet that findings are about, in the order in which the findings name
    them."""
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.sheet is not None:
            grouped[finding.sheet].append(finding)
    return tuple(_of_sheet(sheet, members, texts) for sheet, members in grouped.items())


def with_sheets_named(findings: Sequence[Finding], names: Mapping[str, str]) -> Sequence[Finding]:
    """The findings, where their sheets are called otherwise in the copy; `names` are the new ones
    by those that they had."""
    if not names:
        return findings
    return [replace(one, refs=tuple(_renamed(one, names))) for one in findings]


def _renamed(finding: Finding, names: Mapping[str, str]) -> Iterator[CellRef]:
    return (replace(ref, sheet=names.get(ref.sheet, ref.sheet)) for ref in finding.refs)


def _of_sheet(sheet: str, findings: Sequence[Finding], texts: Texts) -> SheetMarks:
    areas: dict[str, list[CellRef]] = defaultdict(list)
    notes: dict[CellRef, list[str]] = defaultdict(list)
    for finding in findings:
        own = [ref for ref in finding.refs if ref.sheet == sheet]
        areas[tone(finding)] += own
        said = _note(finding, texts)  # once: of ten thousand cells it takes its time
        for ref in _noted(own):
            notes[ref].append(said)
    joined = {ref: _joined(said) for ref, said in sorted(notes.items())}
    return SheetMarks(sheet, {name: tuple(refs) for name, refs in areas.items()}, joined)


def _joined(said: Sequence[str]) -> str:
    """All that is said of a cell, between the lines by which it is known as ours."""
    return "\n".join((HEADLINE, "\n\n".join(said), NOTE_END))


def _noted(refs: Sequence[CellRef]) -> Sequence[CellRef]:
    """The cells that get a note: of a block of several rows and columns the first alone."""
    # A note in each of some hundred cells of a block that slipped would hide the sheet.
    is_block = len({ref.row for ref in refs}) > 1 and len({ref.column for ref in refs}) > 1
    return refs[:1] if is_block else refs[:_MOST_NOTES]


def _note(finding: Finding, texts: Texts) -> str:
    """What, why and how, and the suggestion where there is one."""
    line = tell(finding, texts)
    parts = [f"{line.kind}: {line.cause}", finding.message, finding.waived(texts) or finding.hint]
    suggested = (
        [f"{texts('forslag')}: {line.suggestion}"] if line.suggestion and not finding.waiver else []
    )
    return clean_text("\n".join(parts + suggested))
