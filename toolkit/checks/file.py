"""One file, from bytes to Return: read, interpret, check. This is what runs in the child
process."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from toolkit.checks.redaction import without_found_numbers
from toolkit.checks.run import check_submission
from toolkit.files.toolfault import ToolFault, fault_of
from toolkit.read import (
    Sender,
    Unreadable,
    asides_in_package,
    interpret,
    origin_of,
    read_raw,
    without_numbers,
)
from toolkit.returns.submission import Return, Submission
from toolkit.spec.load import Year

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
    asides = (*found.submission.asides, *named, *asides_in_package(book))
    return _checked(found, replace(found.submission, asides=asides), years)


def _checked(found: Return, submission: Submission, years: Mapping[int, Year]) -> Return:
    """The reading with what the checks say of it; the personal numbers that they find go no
    further."""
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
