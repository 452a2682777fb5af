"""What the agency has decided beside the tables: what asks for a code of its own, which texts say
nothing, and the limits."""

from __future__ import annotations

from pydantic import Field as Setting

from toolkit.files.yaml import DecimalNumber, Strict, WholeNumber
from toolkit.words.swedish import fold
from toolkit.words.topics import Topic


class Earmark(Strict):
    """Something whose spend must be reported on a code of its own (särredovisning).

    `condition` names the fields and values that make a spend line (`ekonomi.…`) or an activity
    (`aktiviteter.…`) concern it; `words` are stems that make a text concern it, `related` stems
    that fit it without demanding it; `other_areas` are stems beside a word that make it one of
    another area; `negations` before a word and `negations_after` it take it back, unless one of
    `affirmed` follows (`inte bara`); `code` the verksamhetskod that its spend must stand on, from
    year `valid_from`. `main`: the one that the report and Översikt are about; where there is only
    one it need not be said."""

    id: str
    label: str
    code: str
    valid_from: WholeNumber
    main: bool = False
    condition: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    related: tuple[str, ...] = ()
    other_areas: dict[str, tuple[str, ...]] = Setting(default_factory=dict)
    negations: tuple[str, ...] = ()
    negations_after: tuple[str, ...] = ()
    affirmed: tuple[str, ...] = ()
    source: str = ""

    @property
    def names(self) -> frozenset[str]:
        """What a row in which it is answered for may call it: its code or its id."""
        return frozenset({self.code, self.id})

    @property
    def topic(self) -> Topic:
        """What makes a text ask for the area's code."""
        other, before = self.other_areas, self.negations
        return Topic(self.words, other, before, self.negations_after, self.affirmed)


class EmptyTexts(Strict):
    """Texts that say nothing: nothing but `marks`, one of the `phrases`, or one that begins as
    `beginnings`."""

    marks: str
    phrases: tuple[str, ...]
    beginnings: tuple[str, ...]

    def holds(self, text: str) -> bool:
        """Whether a text says nothing."""
        bare = fold(text).strip(" .!")
        return self.is_marks(text) or bare in self.phrases or self._begins(bare)

    def is_marks(self, text: str) -> bool:
        """Whether there are no words at all."""
        return not fold(text).strip(f"{self.marks} ")

    def _begins(self, text: str) -> bool:
        return text.startswith(self.beginnings) and any(
            text == start or text.startswith((f"{start} ", f"{start}.", f"{start},"))
            for start in self.beginnings
        )


class Limits(Strict):
    """Limits as data. Trend limits apply together: a change asks for a comment only beyond both
    `trend_percent` and an amount, `trend_amount` for kronor and `trend_count` for whatever else an
    indicator counts. Texts are alike from `alike_percent` on; `shared_activities` in two counties
    are no longer a coincidence. Values are said to stand one column beside their place when they do
    in at least `shift_rows` rows running and `shift_columns` columns, and `shift_percent` of those
    that tell anything fit beside alone."""

    trend_amount: DecimalNumber
    trend_count: DecimalNumber
    trend_percent: DecimalNumber
    secrecy_minimum: WholeNumber
    spend_over_budget_percent: DecimalNumber
    tkr_ceiling: DecimalNumber
    alike_percent: DecimalNumber
    shared_activities: WholeNumber
    shift_rows: WholeNumber = Setting(ge=1)
    shift_columns: WholeNumber = Setting(ge=1)
    shift_percent: DecimalNumber
