"""Codes and their lists. A code belongs to years; a county may write the code, its label, or both."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from toolkit.yamlsource import Strict

_SEPARATORS = re.compile(r"\s+[–—-]\s+|\s*:\s+|\s+")


class Code(Strict):
    """One code. `valid_from` and `valid_to` are years, both included; `invented` marks what is not
    official. `attributes` hold what else is known of it (an indicator's unit, a county's region)."""

    code: str
    label: str
    valid_from: int | None = None
    valid_to: int | None = None
    invented: bool = False
    note: str = ""
    attributes: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _read_shorthand(cls, raw: Any) -> Any:
        """`"0114 Upplands Väsby"` is short for code and label."""
        if not isinstance(raw, str):
            return raw
        code, _, label = raw.partition(" ")
        return {"code": code, "label": label.strip() or code}

    @property
    def shown(self) -> str:
        """As it stands in a drop-down: `PM – Prostitution och människohandel`."""
        return self.code if self.code == self.label else f"{self.code} – {self.label}"

    def is_valid_in(self, year: int) -> bool:
        """Whether the code may be used for that year."""
        return (self.valid_from or year) <= year <= (self.valid_to or year)


class CodeList(Strict):
    """A named list of codes, in the order in which they are shown."""

    id: str
    label: str
    help: str = ""
    codes: tuple[Code, ...]

    @model_validator(mode="after")
    def _codes_are_unique(self) -> CodeList:
        seen: set[str] = set()
        for code in self.codes:
            if code.code in seen:
                raise ValueError(f"koden ”{code.code}” står två gånger i listan ”{self.id}”")
            seen.add(code.code)
        return self

    @cached_property
    def by_code(self) -> dict[str, Code]:
        """Every code by itself, whatever its years."""
        return {code.code: code for code in self.codes}

    @cached_property
    def _by_text(self) -> dict[str, Code]:
        texts: dict[str, Code] = {}
        for code in reversed(self.codes):
            for text in (code.label, code.shown, f"{code.code} {code.label}", code.code):
                texts[_fold(text)] = code
        return texts

    def valid_in(self, year: int) -> tuple[Code, ...]:
        """The codes that may be used for a year, in order."""
        return tuple(code for code in self.codes if code.is_valid_in(year))

    def find(self, text: str) -> Code | None:
        """The code that a text stands for: code, label, or both, however spaced and cased.

        A purely numeric code also answers to itself without leading zeros (`1` for `01`), since Excel
        drops them. None when nothing fits; validity is not looked at."""
        folded = _fold(text)
        found = self._by_text.get(folded)
        if found is None and folded.isdigit():
            return self._without_zeros.get(folded.lstrip("0"))
        return found or self._by_text.get(_SEPARATORS.split(folded, maxsplit=1)[0]) if _is_pair(folded) else found

    @cached_property
    def _without_zeros(self) -> dict[str, Code]:
        return {code.code.lstrip("0"): code for code in self.codes if code.code.isdigit()}


def _is_pair(folded: str) -> bool:
    """`pm – prostitution …`: a code followed by a dash and any label, also a misspelt one."""
    return bool(re.match(r"\S+\s+[–—-]\s+\S", folded))


def _fold(text: str) -> str:
    return " ".join(text.replace("—", "–").replace(" - ", " – ").casefold().split())
