"""What went wrong with a file of the agency's own staff, told as a finding."""

from __future__ import annotations

from toolkit.files.sandbox import Failure
from toolkit.findings.finding import Finding
from toolkit.read import ListFault
from toolkit.spec.load import Year
from toolkit.staff.lists import as_staffs

FAILURES: dict[Failure, str] = {
    "crashed": "FIL-SKADAD",
    "slow": "FIL-LANGSAM",
    "fault": "VERKTYG-FIL",
}
"""The finding that a file of the staff's gives when the child process that reads it fails."""


def failed(failure: Failure) -> ListFault:
    """The fault of a list whose child process failed."""
    return ListFault(FAILURES[failure], None)


def fault_finding(year: Year, fault: ListFault, file: str, **more: str) -> Finding:
    """A fault as a finding, with its cell. `more` is what its text needs beside the fault's own
    values."""
    refs = (fault.ref,) if fault.ref else ()
    told = {**dict(fault.values), **more, "file": file}
    return as_staffs(year.catalogue.finding(fault.code, told, file=file, refs=refs), year.catalogue)
