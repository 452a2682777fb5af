"""The same data for programs: one observation a row, under English names. A column is called by its
role, and its type and bounds are those of the year's spec. What the report hides is hidden here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.analysis.counts import by_county, decimals_of
from toolkit.analysis.money_tables import codes_of, county_spend
from toolkit.analysis.natures import nature_codes
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature
from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, NOTHING
from toolkit.analysis.work_tables import Indicator, indicators
from toolkit.export.published.resource import SYMBOLS, Descriptor, Resource
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.fields import Field
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    AREA_CODES,
    DECLARED,
    INDICATOR,
    INDICATOR_CODE,
    INDICATOR_VALUE,
    INDICATORS,
    NATURES,
    RESPONDENTS,
    RETURN_RESPONDENT,
    SPEND,
    SPEND_AMOUNT,
    SPEND_CODE,
    SPEND_NATURE,
    FieldRole,
    ListRole,
)
from toolkit.words.amounts import MINUS, NBSP, format_number

_TYPES: Mapping[str, str] = {
    "integer": "integer", "year": "year", "number": "number", "amount": "number", "share": "number",
}  # fmt: skip
_YEAR: Descriptor = {"name": "year", "type": "year", "constraints": {"required": True}}
_RESPONDENT: Descriptor = {
    "name": "respondent",
    "type": "string",
    "description": DECLARED[RESPONDENTS].meaning,
}
_SYMBOL: Descriptor = {
    "name": "symbol",
    "type": "string",
    "description": "what is printed where there is no number",
    "constraints": {"enum": list(SYMBOLS)},
}
_CODE_FIELDS: tuple[Descriptor, ...] = (
    {"name": "code", "type": "string", "constraints": {"required": True, "unique": True}},
    {"name": "label", "type": "string", "constraints": {"required": True}},
    {"name": "valid_from", "type": "integer"},
    {"name": "valid_to", "type": "integer"},
)


def tidy_resources(results: YearResults) -> Iterator[Resource]:
    """What the year asks for of indicators and money, and all its lists of codes."""
    spec = results.data.year.spec
    if spec.bound.has(INDICATORS) and spec.bound.has(INDICATOR_VALUE):
        yield _indicators(results)
        yield _totals(results)
    if all(map(spec.bound.has, (SPEND_AMOUNT, SPEND_CODE, AREA_CODES))):
        yield _spend(results)
    for name, codelist in spec.lists.items():
        yield _codes(name, codelist)


def _codes(name: str, codelist: CodeList) -> Resource:
    rows = [
        (one.code, one.label, _said(one.valid_from), _said(one.valid_to)) for one in codelist.codes
    ]
    return Resource(
        _list_name(name), f"codes/{name}.csv", codelist.label, _CODE_FIELDS, rows, keys=("code",)
    )


def _list_name(name: str) -> str:
    return f"codes-{name}"


def _said(value: int | None) -> str:
    return "" if value is None else str(value)


def field_of(role: FieldRole, spec: Spec, *, required: bool = False) -> Descriptor:
    """A column by its role: its name, and what the year's spec says of it."""
    own = spec.field_of(role)
    found: Descriptor = {
        "name": role.replace(".", "_"),
        "type": _TYPES.get(own.type, "string"),
        "title": own.label,
        "description": DECLARED[role].meaning,
    }
    asked: Descriptor = {"required": True} if required else {}
    asked |= _bounds(own)
    return found | {"constraints": asked} if asked else found


def _bounds(own: Field) -> Descriptor:
    bounds = {"minimum": own.minimum, "maximum": own.maximum}
    told = {name: value for name, value in bounds.items() if value is not None}
    # JSON has one kind of number; a whole one is written without decimals.
    return {
        name: int(value) if value == int(value) else float(value) for name, value in told.items()
    }


def _respondent_code(spec: Spec) -> Descriptor:
    own = field_of(RETURN_RESPONDENT, spec, required=True)
    return own | {"name": "respondent_code", "type": "string"}


def _list_of(spec: Spec, role: ListRole) -> str:
    return _list_name(spec.list_of(role).id)


def _indicators(results: YearResults) -> Resource:
    spec = results.data.year.spec
    fields = [
        _YEAR,
        _respondent_code(spec),
        _RESPONDENT,
        field_of(INDICATOR_CODE, spec, required=True),
        {"name": "indicator", "type": "string"},
        {"name": "unit", "type": "string"},
        field_of(INDICATOR_VALUE, spec),
        _SYMBOL,
    ]
    rows = []
    for found in indicators(results):
        told = _told_by_county(results, found)
        for county in results.data.counties:
            named = (found.code.code, found.code.label, found.code.as_indicator.unit)
            place = (str(results.year), county.code, county.name)
            rows.append((*place, *named, *_apart(told[county.code])))
    refers = [
        ("respondent_code", _list_of(spec, RESPONDENTS), "code"),
        ("indicator_code", _list_of(spec, INDICATORS), "code"),
    ]
    keys = ("year", "respondent_code", "indicator_code")
    label = spec.list_of(INDICATORS).label
    return Resource("indicators", "indicators.csv", label, fields, rows, keys=keys, refers=refers)


def _told_by_county(results: YearResults, found: Indicator) -> dict[str, str]:
    """What may be told of an indicator for each county: as the report's table of all counties has
    it."""
    counts = by_county(found.code, found.values, lambda one: one.value)
    told = {}
    for county in results.data.counties:
        value = counts.get(county.code)
        own = [one.value for one in found.values if one.county == county.code]
        if found.pattern.withheld:
            # Also where there is nothing: that would say whose the others are.
            told[county.code] = NOT_AVAILABLE
        elif value is not None:
            shows = found.pattern.shows(county.code)
            told[county.code] = _number(value, found.code) if shows else NOT_AVAILABLE
        elif any(isinstance(one, Decimal) for one in own):
            told[county.code] = IMPOSSIBLE
        elif own or not county.knows(INDICATOR):
            told[county.code] = NOT_AVAILABLE
        else:
            told[county.code] = NOTHING
    return told


def _number(value: Decimal, code: Code) -> str:
    """A value with as many decimals as it is printed with."""
    printed = format_number(value, decimals_of(code))
    return printed.replace(NBSP, "").replace(",", ".").replace(MINUS, "-")


def _apart(told: str) -> tuple[str, str]:
    """The number, and the sign that stands where there is none."""
    return ("", told) if told in SYMBOLS else (told, "")


def _totals(results: YearResults) -> Resource:
    spec, rows = results.data.year.spec, []
    for found in indicators(results):
        counties = "" if found.pattern.withheld else str(len({one.county for one in found.known}))
        total = found.printed if found.total is None else _number(found.total, found.code)
        named = (found.code.code, found.code.label, found.code.as_indicator.unit)
        rows.append((str(results.year), *named, counties, *_apart(total)))
    fields = [
        _YEAR,
        field_of(INDICATOR_CODE, spec, required=True),
        {"name": "indicator", "type": "string"},
        {"name": "unit", "type": "string"},
        {"name": "respondents", "type": "integer", "description": "how many the number is of"},
        {**field_of(INDICATOR_VALUE, spec), "name": "total"},
        _SYMBOL,
    ]
    refers = [("indicator_code", _list_of(spec, INDICATORS), "code")]
    label = spec.list_of(INDICATORS).label
    keys = ("year", "indicator_code")
    return Resource(
        "indicator-totals", "indicator-totals.csv", label, fields, rows, keys=keys, refers=refers
    )


def _spend(results: YearResults) -> Resource:
    """Kronor by county, code and nature: what is printed rounded is here as it was reported."""
    spec = results.data.year.spec
    has_nature = bool(nature_codes(spec))
    fields = [_YEAR, _respondent_code(spec), _RESPONDENT, field_of(SPEND_CODE, spec, required=True)]
    keys = ["year", "respondent_code", "spend_code"]
    refers = [
        ("respondent_code", _list_of(spec, RESPONDENTS), "code"),
        ("spend_code", _list_of(spec, AREA_CODES), "code"),
    ]
    if has_nature:
        fields.append(field_of(SPEND_NATURE, spec))
        keys.append("spend_nature")
        refers.append(("spend_nature", _list_of(spec, NATURES), "code"))
    fields += [field_of(SPEND_AMOUNT, spec), _SYMBOL]
    rows = list(_spend_rows(results, has_nature=has_nature))
    label = spec.table_of(SPEND).label
    # What does not say its nature has none, and nothing that is missing can be part of a key.
    known = keys if Nature.UNSAID not in results.natures else []
    return Resource("spend", "spend.csv", label, fields, rows, keys=known, refers=refers)


def _spend_rows(results: YearResults, *, has_nature: bool) -> Iterator[tuple[str, ...]]:
    codes = {nature: str(code) for code, nature in nature_codes(results.data.year.spec).items()}
    for nature in results.natures:
        spent = county_spend(results, nature)
        named = (codes.get(nature, ""),) if has_nature else ()
        for county in results.data.counties:
            for code, amount in zip(codes_of(results), spent[county.name], strict=True):
                place = (str(results.year), county.code, county.name, code.code, *named)
                yield (*place, *_apart(NOT_AVAILABLE if amount is None else str(amount)))
