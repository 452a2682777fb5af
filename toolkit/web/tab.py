"""What the page asks of the check. The page is JavaScript: names, bytes and JSON cross over, and
nothing else. The file itself is forgotten when it has been told of."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from toolkit.checks.file import judge, refused
from toolkit.files.regular import MOST_BYTES
from toolkit.spec.load import Year
from toolkit.web.carried import unpacked
from toolkit.web.told import told_of
from toolkit.words.personal import without_number

STOPPED = {"large": "FIL-STOR", "slow": "FIL-LANGSAM", "crashed": "FIL-SKADAD"}
"""What is told of a file that was never judged to its end, as on the command line: it was larger
than may be read, it took too long, or what reads it was brought down by it."""


@dataclass(frozen=True, slots=True)
class Tab:
    """The check with the years that it knows."""

    years: dict[int, Year] = field(repr=False)

    def check(self, name: str, data: bytes) -> str:
        """What is told of one file, as JSON."""
        if len(data) > MOST_BYTES:
            return self.stopped(name, "large")
        # A file may be named after a person: her number is not told of anywhere.
        try:
            found = judge(bytes(data), without_number(name), self.years)
        except MemoryError:
            return self.stopped(name, "crashed")
        return json.dumps(told_of(found, self.years), ensure_ascii=False)

    def stopped(self, name: str, why: str) -> str:
        """The same of a file that was not judged to its end; `why` is a name in STOPPED."""
        found = refused(STOPPED[why], without_number(name), "", self.years)
        return json.dumps(told_of(found, self.years), ensure_ascii=False)


def opened(text: str) -> Tab:
    """The check with the years that `packed` has written."""
    return Tab(unpacked(text))
