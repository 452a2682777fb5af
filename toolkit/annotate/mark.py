"""Which format a file has, and which marker marks it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from xml.parsers import expat

from toolkit.annotate import xlsx
from toolkit.annotate.page import NO_SUPPLEMENT, Supplement
from toolkit.files.zip import ending_of
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts

HEALED = {".xls", ".xlsb"}
"""The binary formats, which are read and never written. To write in them took 2,700 lines, and gave
back files whose drop-downs and checks were dead: what the county gets is a fresh template, filled
with what was read (toolkit.year.refill)."""
_OOXML = {".xlsx", ".xlsm"}
UNWRITTEN = "oskriven"
"""Why a file is not written in that should be: nobody knows beforehand."""
Marker = Callable[[bytes, Sequence[Finding], Texts, Supplement], bytes | None]
"""Marks a file of one format, or gives None for what is no workbook with sheets of the county's
own."""

_UNOPENED = {
    "FIL-SKADAD",
    "FIL-FORMAT",
    "FIL-TOM-FIL",
    "FIL-LOSENORD",
    "FIL-STOR",
    "FIL-FARLIG",
    "FIL-LANGSAM",
    "FIL-VERKTYG",
}
"""Codes of files that no reader could be let loose on, or that stopped it or our own code: they are
not opened here either."""
# Python's zipfile, zlib and struct raise what they meet; the last four come from reading an
# attribute that should have been there, or a number that is none.
_MALFORMED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    OSError,
    EOFError,
    NotImplementedError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)
"""What a part that is not as it should be ends in. The feedback must reach the county all the
same."""


def mark_workbook(
    data: bytes, findings: Sequence[Finding], texts: Texts, supplement: Supplement = NO_SUPPLEMENT
) -> bytes:
    """The county's own file with every finding marked where it is; a file that cannot be marked
    gives the feedback alone."""
    marked = mark_in_place(data, findings, texts, supplement)
    return marked or feedback_alone(findings, texts, supplement)


def mark_in_place(
    data: bytes, findings: Sequence[Finding], texts: Texts, supplement: Supplement = NO_SUPPLEMENT
) -> bytes | None:
    """The county's own file with every finding marked where it is; None for a file that cannot be
    marked (damaged, hostile, in a format that has no marker).

    Marks of an earlier marking are taken away first, so that marking twice equals marking once."""
    if any(finding.code in _UNOPENED for finding in findings):
        return None
    marker = _marker_of(ending_of(data))
    try:
        return marker(data, findings, texts, supplement) if marker else None
    except _MALFORMED:
        return None


def feedback_alone(
    findings: Sequence[Finding], texts: Texts, supplement: Supplement = NO_SUPPLEMENT
) -> bytes:
    """An xlsx workbook with the feedback sheet alone. It offers no cell for a yes: what that is to
    stands in the county's own file."""
    told = [without_cures(finding) for finding in findings]
    notice = supplement.notice or texts("ensam.varfor")
    return xlsx.alone(told, texts.told_as("ensam"), replace(supplement, notice=notice))


def without_cures(finding: Finding) -> Finding:
    """The finding as it is told where nothing can be corrected with a yes."""
    return replace(finding, cures=()) if finding.cures else finding


def why_unwritten(data: bytes) -> str:
    """Why a file is not written in, by the name of the texts that say so: its format (`format`,
    `strikt`), or that it could not be done (`oskriven`)."""
    ending = ending_of(data)
    if ending in HEALED:
        return "format"
    try:
        is_strict = ending in _OOXML and xlsx.is_strict(data)
    except _MALFORMED:
        is_strict = False
    return "strikt" if is_strict else UNWRITTEN


def _marker_of(ending: str) -> Marker | None:
    """The rarer format is loaded when a file has it: a single xlsx is to be checked fast."""
    if ending in _OOXML:
        return xlsx.mark
    if ending == ".ods":
        from toolkit.annotate import ods

        return ods.mark
    return None
