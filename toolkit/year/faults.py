"""What went wrong with a file of the agency's own staff, told as a finding."""

from __future__ import annotations

from pathlib import Path

from toolkit.files.errors import CannotBeDone
from toolkit.files.regular import NotRead, own_bytes
from toolkit.files.sandbox import Failure
from toolkit.findings.finding import Finding
from toolkit.read import ListFault
from toolkit.spec.load import Year
from toolkit.staff.lists import as_staffs
from toolkit.year.workspace import Workspace

FAILURES: dict[Failure, str] = {
    "crashed": "FIL-SKADAD",
    "slow": "FIL-LANGSAM",
    "fault": "VERKTYG-FIL",
}
"""The finding that a file of the staff's gives when the child process that reads it fails."""

NOT_READ = {
    NotRead.NO_FILE: "FIL-EJ-FIL",
    NotRead.CLOSED: "FIL-ATKOMST",
    NotRead.TOO_LARGE: "FIL-STOR",
}
"""What is told of a path that was not read."""


def read_own(space: Workspace, path: Path) -> bytes | None:
    """A file of the agency's own that the year cannot be made without, where it is there; None
    where it is not. Raises CannotBeDone for one that cannot be read."""
    data = own_bytes(path)
    if isinstance(data, NotRead):
        raise CannotBeDone(f"fel.olast.{data.value}", path=space.shown(path))
    return data


def not_read(why: NotRead) -> ListFault:
    """The fault of a list that was not read."""
    return ListFault(NOT_READ[why], None)


def failed(failure: Failure) -> ListFault:
    """The fault of a list whose child process failed."""
    return ListFault(FAILURES[failure], None)


def fault_finding(year: Year, fault: ListFault, file: str, **more: str) -> Finding:
    """A fault as a finding, with its cell. `more` is what its text needs beside the fault's own
    values."""
    refs = (fault.ref,) if fault.ref else ()
    told = {**dict(fault.values), **more, "file": file}
    return as_staffs(year.catalogue.finding(fault.code, told, file=file, refs=refs), year.catalogue)
