"""One file, from bytes to Return: read, interpret, check. This is what runs in the child
process."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import replace

from toolkit.checks.cures import (
    agreed_to,
    corrected,
    corrections_in,
    told_of,
    without_cures_in_arrays,
)
from toolkit.checks.redaction import without_found_numbers
from toolkit.checks.run import check_submission
from toolkit.checks.unused_yes import with_unused_yes
from toolkit.files.toolfault import ToolFault, fault_of
from toolkit.findings.finding import Catalogue, Finding, in_order
from toolkit.read import (
    RawBook,
    Sender,
    Unreadable,
    aside_in_name,
    asides_in_package,
    interpret,
    origin_of,
    read_raw,
    without_numbers,
)
from toolkit.returns.sign_off import after_corrections
from toolkit.returns.submission import Aside, Return, Submission
from toolkit.spec.load import Year
from toolkit.words.cells import CellRef

OF_A_FORMULA = "FALT-FORMELVARDE"
TOOL_FAULT = "FIL-VERKTYG"
"""The finding of a file that is in order as far as anybody knows: our own code failed."""


def judge(data: bytes, file: str, years: Mapping[int, Year]) -> Return:
    """Read and check one county's file. A file that cannot be read gives one finding that says why;
    so does one that our own code fails on, and it is told as our fault, not the file's. Raises
    MemoryError, the limit that a child process has."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        with _uncollected():
            return _judged(data, file, sha256, years)
    except MemoryError:
        raise
    except Exception as error:
        fault, origin = fault_of(error), origin_of(data, years)
        return replace(untreated(fault, file, origin, years), sha256=sha256)


def _judged(data: bytes, file: str, sha256: str, years: Mapping[int, Year]) -> Return:
    try:
        book, named = without_numbers(read_raw(data))
    except Unreadable as error:
        return refused(error.code, file, sha256, years)
    found = interpret(book, years, file, sha256)
    if found.submission is None:
        return found
    asides = (*named, *aside_in_name(file), *asides_in_package(book))
    first = _checked(found, asides, years)
    first = without_cures_in_arrays(first, book, _catalogue_of(first, years))
    return _with_corrections(first, book, asides, years)


def _with_corrections(
    first: Return, book: RawBook, asides: Sequence[Aside], years: Mapping[int, Year]
) -> Return:
    """The return as it is when what the county has said yes to is corrected: read and checked anew,
    since one wrong cell may have silenced what is wrong in others."""
    catalogue = _catalogue_of(first, years)
    agreed = agreed_to(first, catalogue)
    corrections = corrections_in(book, agreed)
    if not corrections:
        return _told(first, with_unused_yes(first, first, catalogue))
    found = interpret(corrected(book, corrections), years, first.file, first.sha256)
    if found.submission is None:
        return first
    anew = _approved_too(first.submission, found.submission)
    judged = _checked(replace(found, submission=anew), asides, years)
    again = without_cures_in_arrays(judged, book, catalogue)
    told = told_of(agreed, corrections, catalogue)
    sent = replace(again.submission or anew, corrections=corrections)
    refs = {one.cure.ref for one in corrections}
    said = [
        one for one in with_unused_yes(again, first, catalogue) if not _is_of_a_former(one, refs)
    ]
    said += told
    return _told(replace(again, submission=sent), said)


def _approved_too(sent: Submission | None, corrected: Submission) -> Submission:
    """A corrected return: what we have changed with the county's yes takes back no approval."""
    if sent is None:
        return corrected
    before = after_corrections(sent.signed_before, sent.sign_off, corrected.sign_off)
    return replace(corrected, signed_before=before)


def _is_of_a_former(finding: Finding, corrected_cells: Set[CellRef]) -> bool:
    """Whether a finding is about formulas that the corrections have taken the place of: the copy
    that goes back has the values alone."""
    return finding.code == OF_A_FORMULA and set(finding.refs) <= corrected_cells


def _catalogue_of(found: Return, years: Mapping[int, Year]) -> Catalogue:
    year = found.submission.year if found.submission else max(years)
    return years[year].catalogue


def _told(found: Return, findings: Iterable[Finding]) -> Return:
    return replace(found, findings=tuple(in_order(findings)))


def _checked(found: Return, asides: Sequence[Aside], years: Mapping[int, Year]) -> Return:
    """The reading with what the checks say of it, and of the personal numbers beside its tables;
    those that they find go no further."""
    if found.submission is None:
        return found
    submission = replace(found.submission, asides=(*found.submission.asides, *asides))
    year = years[submission.year]
    findings = check_submission(year.spec, year.catalogue, submission, found.findings)
    kept = without_found_numbers(submission, findings)
    return replace(found, submission=kept, findings=findings)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing here makes reference cycles, and to look for them among all cells takes a tenth of
    the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()  # all that was made here counts as old: it is not looked through at once
            gc.enable()


def refused(code: str, file: str, sha256: str, years: Mapping[int, Year]) -> Return:
    """The Return of a file that could not be read at all."""
    year = years[max(years)]
    return Return(file, sha256, None, (year.catalogue.finding(code, {"file": file}, file=file),))


def untreated(fault: ToolFault, file: str, origin: Sender, years: Mapping[int, Year]) -> Return:
    """The Return of a file that our own code failed on: it has come in, and its county has nothing
    to do."""
    year = years[max(years) if origin.year is None else origin.year]
    told = year.catalogue.finding(TOOL_FAULT, {"file": file}, county=origin.county, file=file)
    return Return(file, "", None, (told,), fault, origin.year)
