"""Until when a return can be handed in, where it is sent, and who answers: what the counties are
told of it, on the template's first sheet and in every letter."""

from __future__ import annotations

from toolkit.findings.texts import Texts
from toolkit.spec.collecting import Collecting
from toolkit.words.periods import format_date


def told_of_handing_in(collecting: Collecting | None, texts: Texts) -> list[str]:
    """A sentence for each thing that is decided; nothing of the rest."""
    if collecting is None:
        return []
    days = {
        "provomgang": collecting.provomgang,
        "sista_dag": collecting.sista_dag,
        "rattas_till": collecting.rattas_till,
    }
    told = [texts(f"insamling.{key}", day=format_date(day)) for key, day in days.items() if day]
    if collecting.skickas_till:
        told.append(texts("insamling.skickas_till", address=collecting.skickas_till))
    if collecting.kontakt:
        told.append(texts("insamling.kontakt", contact=collecting.kontakt))
    return told


def says_handing_in(written: str, texts: Texts) -> bool:
    """Whether a text is one of these sentences, perhaps with another day: a template that was made
    before the day was moved holds the earlier one."""
    return any(_is_filled(entry, written) for entry in texts.part("insamling").entries.values())


def _is_filled(entry: str, written: str) -> bool:
    begins, filled, ends = entry.partition("{")
    is_alike = written.startswith(begins) and written[-1:] == ends[-1:]
    return written == entry or (bool(filled) and is_alike)
