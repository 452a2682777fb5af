"""What a code's `attributes` may say, for the lists whose codes the program reads more of than code
and label: which keys there are, which must be there, and what can stand for each.

The attributes of any other list are the agency's own: they are shown, and can be answers
(`also`)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Setting

from toolkit.files.yaml import Written

MOST_DECIMALS = 6
_OF_SOMETHING = re.compile(
    r"(?i)[%‰]|\b(?:procent|promille|andel|genomsnitt|medel\w|snitt\b|median|kvot\b)"
    r"|\bper\s+(?:\d|hundra|tusen|miljon|invånar|capita|person)"
)
"""Units in which a number is a share of something, or a mean: `procent`, `kr i genomsnitt`, `antal
per 1 000 invånare`; not `antal per år`."""

YesNo = Literal["ja", "nej"]
Decimals = Annotated[int, Setting(ge=0, le=MOST_DECIMALS)]


class CodeFacts(BaseModel):
    """Base of the nouns below, each key by its name in the file (`alias`). What is unknown is left
    aside here, and refused when the year is loaded (`misdescribed`): a list may have attributes of
    its own, as other names for its codes."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class IndicatorFacts(CodeFacts):
    """An indicator: its unit, whether it counts persons (low counts of persons are not printed),
    its decimals, its highest value, and whether several rows may count the same thing."""

    unit: Written = Setting(alias="enhet")
    source: Written | None = Setting(None, alias="kalla")
    sort: Written | None = Setting(None, alias="art")
    persons: YesNo = Setting(alias="personer")
    decimals: Decimals = Setting(alias="decimaler")
    summed: Literal["summa", "högsta per län", "summeras inte"] = Setting(
        "summa", alias="summering"
    )
    highest: Decimal | None = Setting(None, alias="hogst")

    @property
    def counts_persons(self) -> bool:
        """Whether the secrecy rule holds for it."""
        return self.persons == "ja"

    @property
    def counts_whole(self) -> bool:
        """Whether it counts whole things."""
        return self.decimals == 0

    @property
    def takes_highest(self) -> bool:
        """Whether a respondent's value is the highest of its rows instead of their sum."""
        return self.summed == "högsta per län"

    @property
    def is_rate(self) -> bool:
        """Whether it is a share or a mean, by its unit or because the list says so: the numbers of
        several respondents together are none."""
        return self.summed == "summeras inte" or bool(_OF_SOMETHING.search(self.unit))

    @property
    def is_money(self) -> bool:
        """Whether it is counted in kronor."""
        return self.unit == "kr"


class RespondentFacts(CodeFacts):
    """One who reports: its name in a sentence, its letters on a map, its region."""

    name: Written | None = Setting(None, alias="namn")
    letters: Written | None = Setting(None, alias="bokstav")
    region: Written = Setting("", alias="region")
    municipalities: Annotated[int, Setting(ge=0)] | None = Setting(None, alias="kommuner")


class StateFacts(CodeFacts):
    """How far an activity has come: whether that is its end."""

    ended: YesNo = Setting("nej", alias="avslutad")

    @property
    def is_end(self) -> bool:
        """Whether what has come so far goes on no more."""
        return self.ended == "ja"
