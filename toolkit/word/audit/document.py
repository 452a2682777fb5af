"""What can be wrong in a finished .docx that the package validators do not see, and what shuts a
reader out.

Each rule says in which part and where it is broken. `lansrapport report ÅR --check-template` tells
it in Swedish."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from toolkit.word.audit import accessibility, soundness
from toolkit.word.audit.contrast import faint
from toolkit.word.ooxml.package import WordPackage


@dataclass(frozen=True, slots=True)
class AuditFault:
    """A broken rule: in which part, and the words or the name that it stands at."""

    rule: str
    part: str
    place: str = ""


def audit(document: bytes) -> list[AuditFault]:
    """Everything that is wrong, rule by rule. Raises zipfile.BadZipFile."""
    opened = WordPackage.read(document)
    faults = []
    for rule, look in RULES.items():
        faults += [AuditFault(rule, part, place) for part, place in look(opened)]
    return faults


RULES: Mapping[str, Callable[[WordPackage], Iterator[tuple[str, str]]]] = {
    "falt": soundness.open_fields,
    "lank": soundness.lost_anchors,
    "innehallstyp": soundness.wrong_kinds,
    "numrering": soundness.lost_numbering,
    "bild_id": soundness.twin_drawings,
    "rubrikniva": accessibility.leaps,
    "rubrikrad": accessibility.headless,
    "sprak": accessibility.other_languages,
    "titel": accessibility.untitled,
    "alternativtext": accessibility.unsaid,
    "kontrast": faint,
    "tomt_stycke": accessibility.blank_space,
    "sammanslagen_cell": accessibility.merged,
}
"""The rules by name, as `cli/terminal.yaml` tells of them."""
