"""What the report owes its reader about the counties' returns: what was waived, and what they have
answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from toolkit.analysis.merge import CountyState, Dataset
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.report.heldback import HeldBack


@dataclass(frozen=True, slots=True)
class Waived:
    """Something that the agency has set aside in a county's return: what, where, and the decision
    in words."""

    code: str
    county: str
    what: str
    place: str
    decision: str

    @property
    def placed(self) -> str:
        """What was waived, and where: "Texten är kort (Aktiviteter F7)"."""
        return f"{self.what} ({self.place})" if self.place else self.what


@dataclass(frozen=True, slots=True)
class Explained:
    """A county's answer to a question about its return: what was asked, where, and the answer."""

    code: str
    county: str
    what: str
    place: str
    answer: str


def waived(data: Dataset, texts: Texts, held: HeldBack) -> list[Waived]:
    """What the agency has waived, by county, in the order of the findings."""
    return list(chain.from_iterable(waived_in(county, texts, held) for county in data.counties))


def waived_in(county: CountyState, texts: Texts, held: HeldBack) -> list[Waived]:
    """What the agency has waived in one county's return; nothing of a decision whose words would
    tell a count that is not printed."""
    return [
        Waived(county.code, county.name, finding.title, _place(finding), finding.waived(texts))
        for finding in county.findings
        if finding.waiver and held.may_tell(county.code, finding)
    ]


def explained(data: Dataset, held: HeldBack) -> list[Explained]:
    """The questions that the counties have answered, by county, in the order of the findings;
    without the answers that would tell a count which is not printed."""
    found = []
    for county, finding in _findings(data):
        if finding.explanation and held.may_tell(county.code, finding):
            answer = finding.explanation.rstrip(".")
            place = _place(finding)
            found.append(Explained(county.code, county.name, finding.title, place, answer))
    return found


def _findings(data: Dataset) -> Iterator[tuple[CountyState, Finding]]:
    for county in data.counties:
        for finding in county.findings:
            yield county, finding


def _place(finding: Finding) -> str:
    return f"{finding.sheet} {finding.cell}" if finding.refs else ""
