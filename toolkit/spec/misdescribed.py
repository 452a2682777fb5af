"""Attributes of codes that do not say what the program reads of them (`codefacts`): a misspelt one
would turn a rule off without a word, a missing one stop the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import filterfalse
from typing import Any

from pydantic import ValidationError

from toolkit.files.yaml import Path_
from toolkit.spec.codefacts import CodeFacts, IndicatorFacts, RespondentFacts, StateFacts
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.faults import SpecFault, fault, likely_of, meant
from toolkit.spec.model import Spec
from toolkit.spec.roles import ACTIVITY_STATE, INDICATOR_CODE, INDICATORS, RESPONDENTS

_NUMBERS = {"int_parsing", "int_from_float", "decimal_parsing", "finite_number", "decimal_type"}
_TOLD = {
    "missing": "saknas",
    "literal_error": "val",
    "string_pattern_mismatch": "tom",
    "greater_than_equal": "minst",
    "less_than_equal": "hogst",
} | dict.fromkeys(_NUMBERS, "tal")


def misdescribed(spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with the attributes of a spec's codes."""
    described = _described(spec)
    for number, codelist in enumerate(spec.codelists):
        if codelist.id in described:
            yield from _list(described[codelist.id], codelist, ("codelists", number))


def _described(spec: Spec) -> dict[str, type[CodeFacts]]:
    """What is read of a year's codes, by their list. A list that nothing asked for is answered from
    is the year's own, whatever its id."""
    found: dict[str, type[CodeFacts]] = {}
    if spec.bound.has(ACTIVITY_STATE):
        found[spec.field_of(ACTIVITY_STATE).list or ""] = StateFacts
    if spec.bound.has(INDICATOR_CODE):
        found[spec.field_of(INDICATOR_CODE).list or ""] = IndicatorFacts
        found[spec.bound.of(INDICATORS)] = IndicatorFacts
    if spec.bound.has(RESPONDENTS):
        found[spec.bound[RESPONDENTS]] = RespondentFacts
    return found


def _list(kind: type[CodeFacts], codelist: CodeList, place: Path_) -> Iterator[SpecFault]:
    known = list(dict.fromkeys((*names_of(kind), *codelist.also)))
    for number, code in enumerate(codelist.codes):
        where = (*place, "codes", number)
        wrong = _unknown(code, known)
        for name in wrong:
            yield _told("okand", code, codelist, (*where, "attributes", name), finns=known)
        # One that is misspelt is missing as well; that is said once.
        taken = {likely_of(name, known) for name in wrong}
        for error in filterfalse(partial(_is_lack_of, taken), _errors(kind, code)):
            yield _of_value(error, code, codelist, where)


def _unknown(code: Code, known: Sequence[str]) -> list[str]:
    """The attributes of a code that nothing reads."""
    return [name for name in code.attributes if name not in known]


def _is_lack_of(names: set[str | None], error: Any) -> bool:
    return error["type"] == "missing" and error["loc"][0] in names


def names_of(kind: type[CodeFacts]) -> list[str]:
    """The attributes that a kind of code has, as the file writes them."""
    return [field.alias or name for name, field in kind.model_fields.items()]


def is_described(code: Code, kind: type[CodeFacts]) -> bool:
    """Whether what the program reads of a code can be read; `misdescribed` tells what is wrong."""
    return not _errors(kind, code)


def _errors(kind: type[CodeFacts], code: Code) -> list[Any]:
    try:
        kind.model_validate(code.attributes)
    except ValidationError as error:
        return list(error.errors())
    return []


def _of_value(error: Any, code: Code, codelist: CodeList, place: Path_) -> SpecFault:
    context = error.get("ctx", {})
    words = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
    limit = context.get("ge", context.get("le", ""))
    kind, where = _TOLD[error["type"]], (*place, "attributes", error["loc"][0])
    return _told(kind, code, codelist, where, finns=words, grans=limit)


def _told(
    kind: str, code: Code, codelist: CodeList, place: Path_, finns: list[str], **values: object
) -> SpecFault:
    name = str(place[-1])
    value = code.attributes.get(name, "")
    likely = meant(name if kind == "okand" else value, finns)
    said = {"namn": name, "kod": code.code, "lista": codelist.id, "varde": value, "menade": likely}
    return fault(place, f"egenskap.{kind}", **said, finns=", ".join(finns), **values)
