"""How a year's returns are collected: until when, where they are sent, and who answers."""

from __future__ import annotations

from datetime import date

from toolkit.files.yaml import Strict


class Collecting(Strict):
    """`insamling` in arbetsbok.yaml. What is not decided yet is left empty."""

    sista_dag: date | None = None
    skickas_till: str | None = None
    kontakt: str | None = None

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is not decided yet, by the names of the form."""
        return tuple(name for name, value in self.model_dump().items() if not value)
