"""How a year's returns are collected: until when, where they are sent, and who answers."""

from __future__ import annotations

from datetime import date

from toolkit.files.yaml import Strict


class Collecting(Strict):
    """`insamling` in arbetsbok.yaml. What is not decided yet is left empty. A round of trial
    (`provomgang`: its last day) and a time for corrections after a preliminary report
    (`rattas_till`) are there only where the agency wants them."""

    provomgang: date | None = None
    sista_dag: date | None = None
    rattas_till: date | None = None
    skickas_till: str | None = None
    kontakt: str | None = None

    @property
    def days(self) -> dict[str, date]:
        """The days that are decided, by the names of the form, in the order in which they come."""
        every = {name: getattr(self, name) for name in ("provomgang", "sista_dag", "rattas_till")}
        return {name: day for name, day in every.items() if day}

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is not decided yet, by the names of the form."""
        needed = self.model_dump(exclude={"provomgang", "rattas_till"})
        return tuple(name for name, value in needed.items() if not value)
