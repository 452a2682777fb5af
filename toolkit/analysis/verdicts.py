"""The verdict as a decision table: what the county says, what its lines show and what the ledger
shows, and what follows. The first rule that fits decides."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from toolkit.analysis.states import Verdict


class Money(StrEnum):
    """What stands on the area's own code."""

    NONE = "inget"
    """No line with an amount other than nothing."""
    SOME = "belopp"
    """At least one, whatever they come to together."""
    UNKNOWN = "uppgift_saknas"
    """At least one line whose amount the county does not know."""
    UNREAD = "oläst"
    """The sheet is held back by errors, or was not sent."""


class Elsewhere(StrEnum):
    """Whether lines on other codes are marked as the area's."""

    NONE = "inget"
    SOME = "rader"
    """At least one with an amount other than nothing."""
    UNKNOWN = "uppgift_saknas"
    """None with an amount, and at least one whose amount the county does not know."""


class Shown(StrEnum):
    """What the ledger shows on the own code, the extract before what the county says of it."""

    SILENT = "inget"
    """There is neither."""
    AGREES = "stämmer"
    """Something where the lines have something, nothing where they have nothing."""
    AGAINST = "motsäger"


class Said(StrEnum):
    """What the county answers."""

    NOTHING = "inget_svar"
    SEPARATE = "egen_kod"
    NOUGHT = "egen_kod_noll"
    """That it reports it apart, and that it comes to nothing: a nought that is written is one."""
    NOTHING_SPENT = "noll_med_skäl"
    NOT_SEPARATE = "ej_med_skäl"
    UNREASONED = "utan_skäl"
    """That it spent nothing or not apart, without a reason in words."""
    UNREAD = "oläst"
    """Its answer is held back by errors."""


class Evidence(NamedTuple):
    """One county and one area."""

    own: Money
    elsewhere: Elsewhere
    shown: Shown
    said: Said


class VerdictRule(NamedTuple):
    """A row of the table: what each kind of evidence may be (nothing: anything at all)."""

    verdict: Verdict
    own: tuple[Money, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    shown: tuple[Shown, ...] = ()
    said: tuple[Said, ...] = ()

    def fits(self, evidence: Evidence) -> bool:
        """Whether the rule is about such evidence."""
        wanted = (self.own, self.elsewhere, self.shown, self.said)
        pairs = zip(wanted, evidence, strict=True)
        return all(not accepted or found in accepted for accepted, found in pairs)


TABLE = (
    # Of what was not read, or is not known, nothing can be said, however much else is.
    VerdictRule(Verdict.NOT_JUDGED, own=(Money.UNREAD, Money.UNKNOWN)),
    # Lines and ledger cannot both be right: that is the verdict, whatever the county answers.
    VerdictRule(Verdict.CONTRADICTED, shown=(Shown.AGAINST,)),
    VerdictRule(Verdict.PARTLY, own=(Money.SOME,), elsewhere=(Elsewhere.SOME,)),
    VerdictRule(Verdict.MERGED, elsewhere=(Elsewhere.SOME,)),
    VerdictRule(Verdict.NOT_JUDGED, elsewhere=(Elsewhere.UNKNOWN,)),
    VerdictRule(Verdict.APART, own=(Money.SOME,)),
    # From here on there is no money. A nought that stands where the amount is asked for is a value;
    # that nothing was spent is not yet a report without a reason in words.
    VerdictRule(Verdict.NOT_JUDGED, said=(Said.UNREAD,)),
    VerdictRule(Verdict.ZERO, said=(Said.NOTHING_SPENT, Said.NOUGHT)),
    VerdictRule(Verdict.EXPLAINED, said=(Said.NOT_SEPARATE,)),
    VerdictRule(Verdict.NOT_REPORTED),
)
"""The money decides; only where there is none does it matter what the county has said."""


def verdict_of(evidence: Evidence) -> Verdict:
    """What follows."""
    return next(rule.verdict for rule in TABLE if rule.fits(evidence))
