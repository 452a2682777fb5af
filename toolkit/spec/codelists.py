"""Codes and their lists. A code belongs to years; a county may write the code, its label, or
both."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from toolkit.files.yaml import Strict, WholeNumber
from toolkit.spec.codefacts import IndicatorFacts, RespondentFacts, StateFacts
from toolkit.words.celltext import plain

_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+|\.{2,}')
_DASHES = re.compile("[\u2010-\u2015\u2212]")


class Code(Strict):
    """One code. `valid_from` and `valid_to` are years, both included; `invented` marks what is not
    official. `attributes` hold what else is known of it (an indicator's unit, a county's region);
    what the program reads of them it has from `as_indicator`, `as_respondent` and `as_state`."""

    code: str
    label: str
    valid_from: WholeNumber | None = None
    valid_to: WholeNumber | None = None
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

    @property
    def name(self) -> str:
        """What it is called in a sentence or a file's name: `Skåne` of `Skåne län`."""
        return self.as_respondent.name or self.label

    @property
    def file_stem(self) -> str:
        """What its files are called, without an ending: `12-Skåne`. What no file can be called on
        Windows, or would lead to another folder, becomes a hyphen."""
        return _NO_NAME.sub("-", f"{self.code}-{self.name}").strip(" .-") or "-"

    @cached_property
    def as_indicator(self) -> IndicatorFacts:
        """What is known of an indicator. Such a code of a year that was loaded has all of it."""
        return IndicatorFacts.model_validate(self.attributes)

    @cached_property
    def as_respondent(self) -> RespondentFacts:
        """What is known of one who reports."""
        return RespondentFacts.model_validate(self.attributes)

    @cached_property
    def as_state(self) -> StateFacts:
        """What is known of a state of an activity."""
        return StateFacts.model_validate(self.attributes)

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
        texts = {fold_answer(name): code for name, code in self.by_other_name.items()}
        for code in reversed(self.codes):
            both = (f"{code.code} – {code.label}", f"{code.code} {code.label}")
            for text in (code.label, *both, code.code):
                texts[fold_answer(text)] = code
        return texts

    def valid_in(self, year: int) -> tuple[Code, ...]:
        """The codes that may be used for a year, in order."""
        return tuple(code for code in self.codes if code.is_valid_in(year))

    def in_year(self, year: int) -> CodeList:
        """The list as a year reads it: where codes are called the same, one that is valid is meant,
        and stands before those that are not."""
        labels = {fold_answer(code.label) for code in self.codes}
        if len(labels) == len(self.codes):
            return self
        codes = tuple(sorted(self.codes, key=lambda code: not code.is_valid_in(year)))
        return CodeList(id=self.id, label=self.label, help=self.help, also=self.also, codes=codes)

    def named(self, text: str) -> Code | None:
        """The code that a text is: code, label, or both, however spaced, joined and cased.

        A purely numeric code also answers to itself without leading zeros (`1` for `01`), since
        Excel drops them. None when nothing fits; validity is not looked at."""
        folded = fold_answer(text)
        found = self._by_text.get(folded)
        if found is None and folded.isdigit():
            return self._without_zeros.get(folded.lstrip("0"))
        return found or self._with_zeros(folded)

    def _with_zeros(self, folded: str) -> Code | None:
        """A numeric code without its zeros, and its label."""
        number, _, label = folded.partition(" ")
        code = self._without_zeros.get(number.lstrip("0")) if number.isdigit() else None
        return code if code and label.removeprefix("– ") == fold_answer(code.label) else None

    def leading(self, text: str) -> Code | None:
        """The code that a text is, with or without its zeros; labels are not looked at."""
        folded = fold_answer(text)
        if not folded:
            return None
        return self._by_folded_code.get(folded) or self._without_zeros.get(folded.lstrip("0"))

    @cached_property
    def _by_folded_code(self) -> dict[str, Code]:
        return {fold_answer(code.code): code for code in self.codes}

    @cached_property
    def _without_zeros(self) -> dict[str, Code]:
        return {code.code.lstrip("0"): code for code in self.codes if code.code.isdigit()}


def fold_answer(text: str) -> str:
    """Without regard to case and blanks, and to which dash is used (Word makes a long one of ` - `
    as one types)."""
    if text.isascii() and "-" not in text:
        return " ".join(text.casefold().split())  # fast, and true of most codes
    written = _DASHES.sub("–", plain(text)).casefold()
    return " ".join(written.replace(" - ", " – ").split())
