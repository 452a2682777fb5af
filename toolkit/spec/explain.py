"""What pydantic finds wrong with a file of the agency's, in Swedish: its own words are English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.spec.faults import text_of

# pydantic's names of errors that are told in one and the same way here (docs: "Validation Errors").
_ALIKE = {
    "string_type": "text",
    "string_sub_type": "text",
    "decimal_type": "tal",
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


def explain(error: Mapping[str, Any], name: str) -> str:
    """One error of a pydantic ValidationError (an entry of `errors()`) about what stands at `name`.

    A ValueError that a model of ours has raised is told in its own, Swedish, words."""
    kind = error["type"]
    context = error.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    told = _ALIKE.get(kind, kind if kind in _TOLD else "annat")
    return text_of(
        f"form.{told}",
        namn=name,
        varde=_shown(error.get("input")),
        godtas=_accepted(context),
        hogst=context.get("max_length", ""),
        minst=context.get("ge", context.get("gt", "")),
    )


def _shown(value: object) -> str:
    """What stands in the file, shortened, as one who writes YAML would write it."""
    if value is None:
        return "tomt"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "en lista" if isinstance(value, list) else "namn med värden"
    return str(value)[:40]


def _accepted(context: Mapping[str, Any]) -> str:
    """The words that would do, of pydantic's sentence `'text', 'id' or 'integer'`."""
    expected = str(context.get("expected", context.get("expected_tags", "")))
    return expected.replace("'", "").replace(" or ", " eller ")
