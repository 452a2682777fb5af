"""What is told of an edited report."""

from __future__ import annotations

from dataclasses import dataclass

RETYPED, CHANGED, REMOVED, PAST = "andrat", "data", "borttaget", "inte_langre"
ROW_REMOVED, TABLE_REMOVED, ROW_NAME, COLUMN_NAME = "rad_borta", "tabell_borta", "radnamn", "kolumn"
MOVED, OTHER, NUMBER, WORD = "flyttat", "cell", "tal_utan", "ord_utan"
CHART, SPOKEN = "diagram", "alternativ"
COLUMN_REMOVED, COLUMN_ADDED, HIDDEN = "kolumn_borta", "kolumn_ny", "dolt"
ELSEWHERE, HEADING, LOW = "tal_annanstans", "rubrik", "lagt"
OUTDATED, OUTDATED_NUMBERS, CLAIM = "foraldrat", "foraldrat_tal", "pastaende"
"""The kinds. A number that is typed over; one whose data have changed since; one that is not there;
one that the data no longer give; a row or a table that is not there; what a row or a column is
called; a number that stands in another's place; a cell that has no number and says another thing; a
number or a word that nothing supports; a chart; what is said of a picture; a section
written in Word that replaces a text which has changed since, where it is known which numbers have
too; a new sentence that the answers speak
against, or cannot tell of; a column that is not there, or was not; a number where the report prints
none, which may be one that must not be printed; a new number that the report has at another place;
a heading that the data choose, in other words; a count of persons in a new text that is lower than
any that is printed."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that does not agree: its kind, where it stands, what the data give and what is
    there, the tag if any, and the paragraph, counted among all of the body, where it is told."""

    kind: str
    place: str
    expected: str
    found: str
    tag: str
    paragraph: int

    def as_json(self) -> dict[str, str]:
        """Under Swedish names, as the terminal's other objects have them."""
        return {
            "slag": self.kind, "plats": self.place, "enligt_uppgifterna": self.expected,
            "i_rapporten": self.found, "tagg": self.tag,
        }  # fmt: skip
