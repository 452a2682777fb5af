"""What is known of the files that were sent, as far as it tells what a decision about them was
made on: a decision chose between the files that were there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from toolkit.returns.approval import may_be_approved
from toolkit.returns.submission import Return
from toolkit.returns.trail import Trail, print_of
from toolkit.staff.registers import Arrival
from toolkit.words.personal import mask


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file among those that were sent, by its name: its `county` where that is known, the day on
    which it `came`, the first day on which any file by its name did, and the prints of all that
    have borne the name. A day that nobody has noted is None."""

    name: str = ""
    county: str | None = None
    came: date | None = None
    first_came: date | None = None
    approved: date | None = None
    prints: frozenset[str] = frozenset()

    def is_newer_than(self, day: date) -> bool:
        """Whether the file that bears the name now cannot be the one that did on a day: that came
        before it, or this one was approved after."""
        came, first = self.came or day, self.first_came or day
        return first <= day < came or _is_after(self.approved, day)


SentFiles = Mapping[str, SentFile]
"""The files that were sent, by their names as they are listed (`listed`)."""
_UNKNOWN = SentFile()


def listed(name: str) -> str:
    """A file's name as the list offers it: without a personal number, and by any letters' size.
    macOS writes å as two signs."""
    return unicodedata.normalize("NFC", mask(name)).strip().casefold()


def sent_file(
    file: str, sha256: str, came: date | None, found: Return | None, arrivals: Iterable[Arrival]
) -> SentFile:
    """What is known of a file by its name, by its bytes and what was found in it, and by the
    register of when files came. `came` is the day where the register does not tell it."""
    own = [one for one in arrivals if listed(one.file) == listed(file)]
    day = next((one.day for one in own if one.sha256 == sha256), came)
    days = [one.day for one in own] + ([day] if day else [])
    prints = frozenset(print_of(one) for one in (sha256, *(one.sha256 for one in own)) if one)
    sent = found.submission if found else None
    county = sent.county if sent else None
    return SentFile(file, county, day, min(days, default=None), approved_on(found), prints)


def approved_on(found: Return | None) -> date | None:
    """The day of approval, where it can be one."""
    sent = found.submission if found else None
    if sent is None or sent.approved is None or not may_be_approved(sent.year, sent.approved):
        return None
    return sent.approved


def is_made_from(trail: Trail | None, decided: SentFile) -> bool:
    """Whether a file with this trail is a later round of a file: not one that was made when that
    had come."""
    return trail is not None and not decided.prints.isdisjoint(trail.ancestors)


def came_after(found: Return, day: date, decided: str, sent: SentFiles) -> bool:
    """Whether a file was not there when it was decided, on a day, that another counts: it came
    after that, or was approved after it. The decided file itself was there: a day before its own
    is none to compare with."""
    own, other = sent.get(listed(found.file), _UNKNOWN), sent.get(listed(decided), _UNKNOWN)
    since = max(day, other.first_came or day)
    return _is_after(own.came, since) or _is_after(approved_on(found), day)


def came_before(found: Return, day: date, sent: SentFiles) -> bool:
    """Whether a file surely was there on the day: it came before it, and was approved by then."""
    own = sent.get(listed(found.file), _UNKNOWN)
    return own.came is not None and own.came < day and not _is_after(approved_on(found), day)


def _is_after(one: date | None, day: date) -> bool:
    return one is not None and one > day
