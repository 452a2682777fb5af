"""What the page asks of the check. The page is JavaScript: names, bytes and JSON cross over, and
nothing else. The file itself is forgotten when it has been told of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from toolkit.checks.file import judge, refused
from toolkit.files.regular import MOST_BYTES
from toolkit.files.toolfault import ToolFault, fault_of
from toolkit.returns.submission import Return
from toolkit.spec.load import Year
from toolkit.web.carried import unpacked
from toolkit.web.marked import can_be_marked, marked_copy, name_of_copy
from toolkit.web.shown import told_of, waiting_in, year_of
from toolkit.words.names import told_name

STOPPED = {"large": "FIL-STOR", "slow": "FIL-LANGSAM", "crashed": "FIL-SKADAD"}
"""What is told of a file that was never judged to its end, as on the command line: it was larger
than may be read, it took too long, or what reads it was brought down by it."""


@dataclass(frozen=True, slots=True)
class Tab:
    """The check with the years that it knows."""

    years: dict[int, Year] = field(repr=False)

    def check(self, name: str, data: bytes) -> str:
        """What is told of one file, as JSON."""
        return self.check_and_mark(name, data)[0]

    def check_and_mark(self, name: str, data: bytes) -> tuple[str, bytes | None]:
        """The same, and the file's marked copy, where it gets one."""
        if len(data) > MOST_BYTES:
            return self.stopped(name, "large"), None
        # A file may be named after a person: her number is not told of anywhere.
        try:
            sent, found = bytes(data), judge(bytes(data), told_name(name), self.years)
            marked, fault = self._marked(sent, found)
        except MemoryError:
            return self.stopped(name, "crashed"), None
        told = told_of(found, self.years, has_copy=marked is not None)
        if fault:
            told |= {"fault": str(fault), "unmarked": True}
        elif marked:
            told["copy"] = name_of_copy(sent, found, year_of(found, self.years))
        return json.dumps(told, ensure_ascii=False), marked

    def _marked(self, data: bytes, found: Return) -> tuple[bytes | None, ToolFault | None]:
        """The marked copy, or what of ours failed while it was made: what was found is told all
        the same."""
        if not can_be_marked(data, found):
            return None, None
        year = year_of(found, self.years)
        try:
            waiting = waiting_in(found, year, year.texts("aterkoppling"))
            return marked_copy(data, found, year, waiting), None
        except MemoryError:
            raise
        except Exception as error:
            return None, fault_of(error)

    def stopped(self, name: str, why: str) -> str:
        """The same of a file that was not judged to its end; `why` is a name in STOPPED."""
        found = refused(STOPPED[why], told_name(name), "", self.years)
        return json.dumps(told_of(found, self.years), ensure_ascii=False)


def opened(text: str) -> Tab:
    """The check with the years that `packed` has written."""
    return Tab(unpacked(text))
