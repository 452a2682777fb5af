"""What pydantic finds wrong with a file of the agency's, in Swedish: its own words are English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from toolkit.files.yaml import ANYTHING, Path_
from toolkit.spec.faults import SpecFault, likely_of, meant, text_of
from toolkit.spec.keys import keys_at
from toolkit.spec.whereabouts import whereabouts

# pydantic's names of errors that are told in one and the same way here (docs: "Validation Errors").
_DATES = ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact")
_ALIKE = {
    "string_type": "text",
    "string_sub_type": "text",
    "decimal_type": "tal",
    "finite_number": "tal",
    "decimal_parsing": "tal",
    "float_parsing": "tal",
    "float_type": "tal",
    "int_type": "heltal",
    "int_parsing": "heltal",
    "int_from_float": "heltal",
    "bool_type": "janej",
    "bool_parsing": "janej",
    "tuple_type": "lista",
    "list_type": "lista",
    "dict_type": "avbildning",
    "mapping_type": "avbildning",
    "model_type": "avbildning",
    "model_attributes_type": "avbildning",
    **dict.fromkeys(_DATES, "datum"),
    "greater_than_equal": "for_lagt",
    "greater_than": "for_lagt",
}
_TOLD = {
    "missing",
    "extra_forbidden",
    "literal_error",
    "enum",
    "string_pattern_mismatch",
    "string_too_long",
    "union_tag_invalid",
    "union_tag_not_found",
}
_CODES = {"code", "first", "last"}  # keys whose values look like numbers and are texts


@dataclass(frozen=True, slots=True)
class _Wrong:
    """One error. `place` is the way to it in the data; `keys` are what could stand there."""

    error: Mapping[str, Any]
    place: Path_
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        return str(self.place[-1]) if self.place else ""

    @property
    def name(self) -> str:
        """The key as it is told; of a list's values their number."""
        last = self.place[-1] if self.place else ""
        return text_of("var.varde", nummer=last + 1) if isinstance(last, int) else str(last)


def explain(
    error: ValidationError,
    model: type[BaseModel],
    data: Any,
    letters: Mapping[Path_, str] | None = None,
) -> list[SpecFault]:
    """All that is wrong with the data of a model, each with the way to it. `letters` are what
    stands in the file for what is no text, where that is known.

    A ValueError that a model of ours has raised is told in its own, Swedish, words."""
    wrong = [_wrong(one, model, data) for one in error.errors()]
    meant_ones = {(one.place[:-1], likely_of(one.key, one.keys)) for one in wrong if _is_extra(one)}
    # A key that is misspelt is missing as well; that is said once.
    kept = [one for one in wrong if _is_extra(one) or (one.place[:-1], one.key) not in meant_ones]
    known = letters or {}
    return [SpecFault(one.place, _said(one, data, known)) for one in kept]


def _is_extra(one: _Wrong) -> bool:
    return str(one.error["type"]) == "extra_forbidden"


def _wrong(error: Any, model: type[BaseModel], data: Any) -> _Wrong:
    place: Path_ = ()
    inner = data
    steps = error["loc"]
    for number, step in enumerate(steps, 1):
        if (isinstance(inner, dict) and step in inner) or _is_within(inner, step):
            inner = inner[step]
            place = (*place, step)
        elif number == len(steps) and error["type"] == "missing":
            place = (*place, step)
        # What the file does not hold is the kind of rule, which pydantic puts into the way.
    return _Wrong(error, place, tuple(keys_at(model, steps)))


def _is_within(data: Any, step: object) -> bool:
    return isinstance(data, list | tuple) and isinstance(step, int) and step < len(data)


def _said(one: _Wrong, data: Any, letters: Mapping[Path_, str]) -> str:
    kind, context = one.error["type"], one.error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    told = _told(one, letters)
    if told == "citat":
        return text_of("form.citat", tecken=letters[one.place])
    value = one.error.get("input")
    where = whereabouts(data, one.place[:-1], letters)
    return text_of(
        f"form.{told}",
        namn=one.name,
        var=where,
        har=where or text_of("var.har"),
        regel=whereabouts(data, one.place, letters),
        varde=_shown(value, letters.get(one.place)),
        godtas=_accepted(context),
        hogst=context.get("max_length", ""),
        minst=context.get("ge", context.get("gt", "")),
        menade=_meant(one, context),
        tag=context.get("tag", ""),
    )


def _told(one: _Wrong, letters: Mapping[Path_, str]) -> str:
    """The key of the text that says what is wrong."""
    kind, value = one.error["type"], one.error.get("input")
    told = _ALIKE.get(kind, kind if kind in _TOLD else "annat")
    if told == "text":
        return _kind_of_code(one, letters) if _is_like_a_code(one) else _kind_of_text(value)
    if told == "string_pattern_mismatch" and one.error["ctx"].get("pattern") == ANYTHING:
        return "tom_text"
    in_list = one.place[-2:-1] == ("codes",) and one.place in letters
    return "citat" if told == "avbildning" and in_list else told


def _is_like_a_code(one: _Wrong) -> bool:
    return _is_a_code(one.place) and _is_number(one.error.get("input"))


def _kind_of_code(one: _Wrong, letters: Mapping[Path_, str]) -> str:
    return "kod" if one.place in letters else "kod_tal"


def _kind_of_text(value: object) -> str:
    """How it is told that a value is no text: what looks like another thing only wants quotes."""
    if isinstance(value, bool):
        return "text_janej"
    return "text_tal" if _is_number(value) else "text"


def _is_a_code(place: Path_) -> bool:
    """Whether what looks like a number is most likely meant as one, in a place for a text."""
    return bool(place) and (place[-1] in _CODES or "attributes" in place)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _meant(one: _Wrong, context: Mapping[str, Any]) -> str:
    """A question when what stands there is much like what could."""
    if _is_extra(one):
        return meant(one.key, one.keys)
    words = _accepted(context).replace(" eller ", ", ").split(", ")
    return meant(str(context.get("tag", one.error.get("input"))), words)


def _shown(value: object, letters: str | None = None) -> str:
    """What stands in the file, shortened, as one who writes YAML would write it."""
    if value is None:
        return "tomt"
    if letters is not None:
        return letters[:40]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "en lista" if isinstance(value, list) else "namn med värden"
    return str(value)[:40]


def _accepted(context: Mapping[str, Any]) -> str:
    """The words that would do, of pydantic's sentence `'text', 'id' or 'integer'`."""
    expected = str(context.get("expected", context.get("expected_tags", "")))
    return expected.replace("'", "").replace(" or ", " eller ")
