"""What goes back to a county, made once for each file and all that is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from typing import Any

from toolkit.findings.finding import Finding
from toolkit.returns.submission import Return, Submission
from toolkit.spec.load import Year
from toolkit.year.inputs import Checked
from toolkit.year.memory import KeyParts
from toolkit.year.refill import GivenBack, give_back
from toolkit.year.workspace import Workspace

_MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Marking:
    """The marking of one year's files: what was marked before is taken as it was, what is new is
    kept when all are done."""

    space: Workspace
    year: Year
    _new: dict[KeyParts, GivenBack] = field(default_factory=dict)

    def given_back(self, item: Checked, name: str) -> GivenBack:
        """What the county gets for a file; `name` is that of its workbook without the ending."""
        names = self._names(item, name)
        known = self.space.memory.recall(_MARKED, *names) if names else None
        if known is not None:
            found: GivenBack = known
            return found
        given = self._made(item, name)
        if names and given.certain:
            self._new[names] = given
        return given

    def keep(self) -> None:
        """Keep what has been marked anew."""
        self.space.memory.keep(_MARKED, self._new)

    def _made(self, item: Checked, name: str) -> GivenBack:
        """Where our code fails to mark a county's file, it gets that as it was sent, and the letter
        says so: what was found in it stands there."""
        with self.space.log.surviving("mark", item.found.file):
            return give_back(self.space, self.year, item.data, item.found, name)
        notice = self.year.texts("aterkoppling")("brev.omarkerad", file=item.found.file)
        return GivenBack(item.data, item.found.findings, (notice,), part="omarkerad", certain=False)

    def _names(self, item: Checked, name: str) -> KeyParts:
        """All that it follows from beside what stands in templates/: the file's bytes and name, its
        year, the name of the copy, and what others have added to what was found in it alone. Empty
        where that cannot be told."""
        if item.alone is None or not self.space.memory.base:
            return ()
        added = added_to(item.alone, item.found)
        if added is None:
            return ()
        own = (sha256(item.data).hexdigest(), item.alone.file)
        return (*own, str(self.year.spec.year), name, *added)


def added_to(alone: Return, found: Return) -> tuple[str, ...] | None:
    """How a return differs from the one that its file gives alone, in words that no other
    difference has. None where the rows themselves are others: nothing may change these."""
    before, now = alone.submission, found.submission
    if before is None or now is None:
        return tuple(_differing(alone, found)) if before is now else None
    if now.tables is not before.tables:
        return None
    outer = _differing(replace(alone, submission=None), replace(found, submission=None))
    return (*outer, *_differing(before, now))


def _differing(before: Return | Submission, now: Return | Submission) -> Iterator[str]:
    for one in fields(before):
        value = getattr(now, one.name)
        if value is not getattr(before, one.name):
            yield f"{one.name}={_told(value)}"


def _told(value: Any) -> str:
    """A value's own words. Of a set these come in any order: a waiver's are put in one."""
    is_findings = isinstance(value, Sequence) and all(isinstance(one, Finding) for one in value)
    return repr([_of_finding(one) for one in value]) if is_findings else repr(value)


def _of_finding(finding: Finding) -> tuple[object, ...]:
    waiver = finding.waiver
    if waiver is None:
        return (finding,)
    narrowed = sorted(waiver.tables), sorted(waiver.fields)
    told = replace(waiver, tables=frozenset(), fields=frozenset())
    return replace(finding, waiver=told), *narrowed
