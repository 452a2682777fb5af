"""What a county has approved. Every marked file carries, hidden, a print of the approval and of the
data that it was given to, so that it is known in the next round whether it still holds: whoever
approves a return approves what stands in it, and nothing that is written there later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.returns.trail import PRINT
from toolkit.spec.marks import SIGN_OFF_MARK

_PRINTS = 2


@dataclass(frozen=True, slots=True)
class SignOff:
    """A print of who approved a return and when, and one of what was approved."""

    approval: str
    data: str

    @property
    def written(self) -> str:
        """As it stands in the marked file: `lr:godkand bfdk… cagh…`."""
        return " ".join((SIGN_OFF_MARK, self.approval, self.data))


def read_sign_off(texts: Iterable[str]) -> SignOff | None:
    """The sign-off that stands among some cells' texts. None where there is none, or where somebody
    has written in it.

    >>> read_sign_off(["", "lr:godkand aabbccddeeffgghh bbccddeeffgghhii"]).approval
    'aabbccddeeffgghh'
    >>> read_sign_off(["lr:godkand aabbccddeeffgghh"])
    """
    for written in texts:
        mark, *prints = written.split() or [""]
        if mark == SIGN_OFF_MARK and len(prints) == _PRINTS:
            is_whole = all(len(one) == PRINT and one.isalpha() for one in prints)
            return SignOff(*prints) if is_whole else None
    return None


def is_void(before: SignOff | None, now: SignOff | None) -> bool:
    """Whether an approval that was given before stands above other data now."""
    if before is None or now is None:
        return False
    return before.approval == now.approval and before.data != now.data


def carried_on(before: SignOff | None, now: SignOff | None) -> SignOff | None:
    """What goes along to the next round: the approval that stands in the file, with the data that
    it was given to first. One that is taken away for a round is not forgotten."""
    if before is not None and now is not None and before.approval != now.approval:
        return now
    return before or now


def after_corrections(
    before: SignOff | None, sent: SignOff | None, corrected: SignOff | None
) -> SignOff | None:
    """What was approved before, when we have corrected a file with the county's yes: where its data
    were the approved ones, the corrected ones are."""
    return corrected if before is not None and before == sent else before
