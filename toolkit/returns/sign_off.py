"""What a county has approved. Every marked file carries, hidden, a print of the approval and of the
data that it was given to, so that it is known in the next round whether it still holds: whoever
approves a return approves what stands in it, and nothing that is written there later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.returns.trail import PRINT
from toolkit.spec.marks import SIGN_OFF_MARK

_PRINTS = 2
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class SignOff:
    """A print of who approved a return and when, one of what was approved, and the day (as in ISO
    8601; files that were marked before it was kept have none)."""

    approval: str
    data: str
    day: str = ""

    @property
    def written(self) -> str:
        """As it stands in the marked file: `lr:godkand bfdk… cagh… 2021-02-15`."""
        return " ".join(filter(None, (SIGN_OFF_MARK, self.approval, self.data, self.day)))


def read_sign_off(texts: Iterable[str]) -> SignOff | None:
    """The sign-off that stands among some cells' texts. None where there is none, or where somebody
    has written in it.

    >>> read_sign_off(["", "lr:godkand aabbccddeeffgghh bbccddeeffgghhii"]).approval
    'aabbccddeeffgghh'
    >>> read_sign_off(["lr:godkand aabbccddeeffgghh"])
    """
    for written in texts:
        mark, *said = written.split() or [""]
        prints, day = said[:_PRINTS], said[_PRINTS:]
        if mark == SIGN_OFF_MARK and len(prints) == _PRINTS and len(day) <= 1:
            is_whole = all(len(one) == PRINT and one.isalpha() for one in prints)
            is_whole = is_whole and all(map(_DAY.fullmatch, day))
            return SignOff(*prints, *day) if is_whole else None
    return None


def is_void(before: SignOff | None, now: SignOff | None) -> bool:
    """Whether an approval that was given before stands above other data now. One of an earlier day
    than that of the data as they were cannot have been given to those that came after."""
    if before is None or now is None or before.data == now.data:
        return False
    return before.approval == now.approval or now.day < before.day


def carried_on(before: SignOff | None, now: SignOff | None) -> SignOff | None:
    """What goes along to the next round: the approval that stands in the file, with the data that
    it was given to first. One that is taken away for a round is not forgotten."""
    if before is None or now is None:
        return before or now
    is_new = before.approval != now.approval and not is_void(before, now)
    return now if is_new else before


def after_corrections(
    before: SignOff | None, sent: SignOff | None, corrected: SignOff | None
) -> SignOff | None:
    """What was approved before, when we have corrected a file with the county's yes: where its data
    were the approved ones, the corrected ones are."""
    return corrected if before is not None and before == sent else before
