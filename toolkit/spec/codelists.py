"""Codes and their lists. A code belongs to years; a county may write the code, its label, or
both."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from toolkit.files.yaml import Strict
from toolkit.words.swedish import likeness

_SEPARATORS = re.compile(r"\s*[–:.,-]\s*|\s+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LABEL_ALIKE = 0.8  # a label that is so like the code's own is that one, misspelt


class Code(Strict):
    """One code. `valid_from` and `valid_to` are years, both included; `invented` marks what is not
    official. `attributes` hold what else is known of it (an indicator's unit, a county's
    region)."""

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
    """A named list of codes, in the order in which they are shown. `also` names the attributes by
    which a code may be called as well, such as a county's letters."""

    id: str
    label: str
    help: str = ""
    also: tuple[str, ...] = ()
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
    def by_other_name(self) -> dict[str, Code]:
        """The codes that have other names than code and label, by these."""
        named: dict[str, Code] = {}
        for code in self.codes:
            for attribute in self.also:
                name = code.attributes.get(attribute)
                if name:
                    named[name] = code
        return named

    @cached_property
    def _by_text(self) -> dict[str, Code]:
        texts = {_fold(name): code for name, code in self.by_other_name.items()}
        for code in reversed(self.codes):
            for text in (code.label, code.shown, f"{code.code} {code.label}", code.code):
                texts[_fold(text)] = code
        return texts

    def valid_in(self, year: int) -> tuple[Code, ...]:
        """The codes that may be used for a year, in order."""
        return tuple(code for code in self.codes if code.is_valid_in(year))

    def find(self, text: str) -> Code | None:
        """The code that a text stands for: code, label, or both, however spaced, joined and cased.

        A purely numeric code also answers to itself without leading zeros (`1` for `01`), since
        Excel drops them. None when nothing fits, or when code and label are two codes'; validity is
        not looked at."""
        folded = _fold(text)
        found = self._by_text.get(folded)
        if found is None and folded.isdigit():
            return self._without_zeros.get(folded.lstrip("0"))
        return found or self._find_pair(folded)

    def _find_pair(self, folded: str) -> Code | None:
        """A code and behind it the beginning of its label, or after a spaced dash any label that is
        no other code's."""
        for match in _SEPARATORS.finditer(folded):
            code, label = self.leading(folded[: match.start()]), folded[match.end() :]
            if code is not None and label:
                is_others = self._by_text.get(label, code) is not code
                fits = not is_others and (" – " in match[0] or _is_label_of(code, label))
                return code if fits else None
        return None

    def leading(self, text: str) -> Code | None:
        """The code that a text is, with or without its zeros; labels are not looked at."""
        folded = _fold(text)
        if not folded:
            return None
        return self._by_folded_code.get(folded) or self._without_zeros.get(folded.lstrip("0"))

    @cached_property
    def _by_folded_code(self) -> dict[str, Code]:
        return {_fold(code.code): code for code in self.codes}

    @cached_property
    def _without_zeros(self) -> dict[str, Code]:
        return {code.code.lstrip("0"): code for code in self.codes if code.code.isdigit()}


def _is_label_of(code: Code, written: str) -> bool:
    """The beginning of a code's label, or the label misspelt."""
    own = _fold(code.label)
    return own.startswith(written) or likeness(own, written) >= _LABEL_ALIKE


def _fold(text: str) -> str:
    """Without regard to case and blanks, to which dash is used (Word makes a long one of ` - ` as
    one types), and to signs that nobody sees (soft hyphens and blanks of no width, which come along
    when a text is copied from a web page)."""
    plain = _DASHES.sub("–", _UNSEEN.sub("", text)).casefold()
    return " ".join(" ".join(plain.split()).replace(" - ", " – ").split())
