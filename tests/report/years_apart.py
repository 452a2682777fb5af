"""Years made by chance that ask and count otherwise, as plain descriptions, and the report that is made of them."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from tests.datasets import SPEC
from tests.report.oracle_years_apart import CODES, INDICATORS, KINDS, asks_codes, there
from toolkit.analysis.appropriations import Series
from toolkit.analysis.earmarks import first_verdicts
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.over_years import SeveralYears
from toolkit.analysis.records import MergedRow
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import TableState
from toolkit.returns.submission import Columns, Missing, Record, Return, Submission
from toolkit.spec.model import Spec

COUNTIES = ("01", "12", "14", "25")
LACKS = ("typ", "valdsform", "varde", "indikatorer", "verksamhetskod", "slag", "omraden")
UNITS, ENDED = (
    ("antal", "timmar"),
    (("indikator", "7"), ("aktivitetstyp", "KAM"), ("verksamhetskod", "HR")),
)
RENAMED = (
    ("indikator", "1"),
    ("indikator", "9"),
    ("aktivitetstyp", "UTB"),
    ("verksamhetskod", "801"),
)
TABLES = {"work": "aktiviteter", "values": "indikatorer", "money": "ekonomi"}


def made_years(seed):
    """From two to four years, the oldest first."""
    draw = random.Random(seed)
    first = draw.choice((2018, 2019, 2020))
    return [_year(draw, year) for year in range(first, first + draw.choice((2, 2, 3, 4)))]


def _year(draw, number):
    often = draw.choice((0, 0.15, 0.4))
    year = {
        "year": number,
        "lacks": {name for name in LACKS if draw.random() < often},
        "ended": {one for one in ENDED if draw.random() < 0.2},
        "names": {one: f"{one[1]} {draw.choice(('först', 'först', 'sedan'))}" for one in RENAMED},
        "facts": {code: _facts(draw) for code in INDICATORS},
        "sent": [county for county in COUNTIES if draw.random() < 0.8],
    }
    # Errors keep a table out, now and then of all.
    year["held"] = {
        name: {c for c in year["sent"] if draw.random() < draw.choice((0, 0, 0.3, 1))}
        for name in TABLES
    }
    for name, make in (("work", _activity), ("values", _value), ("money", _line)):
        kept = [county for county in year["sent"] if county not in year["held"][name]]
        year[name] = [(c, make(draw)) for c in kept for _ in range(draw.choice((0, 1, 3)))]
    year["values"] = [
        one for one in year["values"] if there(year, "indikator", one[1]["indikator"])
    ] if not year["lacks"] & {"varde", "indikatorer"} else []  # fmt: skip
    year["work"] = [one for one in year["work"] if there(year, "aktivitetstyp", one[1]["typ"])]
    year["money"] = [
        one for one in year["money"] if there(year, "verksamhetskod", one[1]["verksamhetskod"])
    ]
    return year


def _facts(draw):
    facts = {
        "enhet": "antal",
        "art": "indikator",
        "personer": "nej",
        "decimaler": draw.choice("002"),
    }
    if draw.random() < 0.3:
        facts |= draw.choice((
            {"enhet": "timmar"}, {"summering": "högsta per län"}, {"art": "utvecklingsindikator"},
            {"summering": "summa"}, {"personer": "ja"},
        ))  # fmt: skip
    return facts


def _activity(draw):
    return {"typ": draw.choice(KINDS), "valdsform": draw.choice(("PMH", "PMH", "VNR"))}


def _value(draw):
    # Far above what is hidden of persons: what is hidden has oracles of its own.
    return {"indikator": draw.choice(INDICATORS), "varde": Decimal(draw.randrange(500, 90_000))}


def _line(draw):
    return {
        "verksamhetskod": draw.choice(CODES), "slag": draw.choice("UK"), "valdsform": draw.choice(("PMH", "VNR")),
        "utfall": draw.choice((*[Decimal(draw.randrange(1, 900_000))] * 5, Decimal(0), "u.s.")),
    }  # fmt: skip


# ------------------------------------------------------------------------------- as the toolkit has it
def several_of(years):
    """The same years as results."""
    return SeveralYears(tuple(map(results_of, years)))


def results_of(year):
    """One year as results."""
    data = _dataset(year, spec_of(year))
    return YearResults(data, first_verdicts(data), Series(()))


def spec_of(year):
    """The year's spec: that of 2020 with what is told to be otherwise."""
    data = SPEC.spec.model_dump()
    data["year"] = year["year"]
    tables = {table["id"]: table for sheet in data["sheets"] for table in sheet["tables"]}
    for table, name in (
        ("aktiviteter", "typ"), ("aktiviteter", "valdsform"), ("indikatorer", "varde"),
        ("ekonomi", "verksamhetskod"), ("ekonomi", "slag"),
    ):  # fmt: skip
        if name in year["lacks"] and not (name == "valdsform" and table == "ekonomi"):
            own = tables[table]
            own["fields"] = [field for field in own["fields"] if field["id"] != name]
    _without_areas(data, year)
    if "indikatorer" in year["lacks"]:
        for sheet in data["sheets"]:
            sheet["tables"] = [one for one in sheet["tables"] if one["id"] != "indikatorer"]
    _change_codes(data, year)
    return Spec.model_validate(data)


def _without_areas(data, year):
    if "omraden" in year["lacks"]:
        data["earmarks"] = []
    for area in data["earmarks"]:
        area["valid_from"] = year.get("area_from", area["valid_from"])
        if "valdsform" in year["lacks"]:
            del area["condition"]["aktiviteter.valdsform"]


def _change_codes(data, year):
    for codelist in data["codelists"]:
        for code in codelist["codes"]:
            key = (codelist["id"], code["code"])
            code["label"] = year["names"].get(key, code["label"])
            if codelist["id"] == "lan" and key in year["names"]:
                code["attributes"]["namn"] = code["label"]
            if key in year["ended"]:
                code["valid_to"] = year["year"] - 1
            if codelist["id"] == "indikator" and code["code"] in year["facts"]:
                code["attributes"] = year["facts"][code["code"]]


def _dataset(year, spec):
    own = replace(SPEC, spec=spec)
    merged = {}
    for name, table in TABLES.items():
        if table in spec.tables:
            merged[table] = tuple(_row(spec, table, *one) for one in enumerate(year[name]))
    states = tuple(_state(spec, code, year) for code in spec.counties)
    return Dataset(own, merged, states)


def _row(spec, table, number, given):
    county, values = given
    fields = tuple(field.id for field in spec.tables[table].fields)
    given = {name: Missing.UNKNOWN if value == "u.s." else value for name, value in values.items()}
    typed = tuple(given.get(field, Missing.BLANK) for field in fields)
    places = tuple((n,) for n in range(1, len(fields) + 1))
    sheet, roles = spec.sheet_of[table].label, spec.bound.fields_of(table)
    columns = Columns(table, sheet, fields, places, roles=roles)
    return MergedRow(county, county, f"{county}.xlsx", Record(columns, number + 6, typed, typed))


def _state(spec, code, year):
    sent = code.code in year["sent"]
    tables = dict.fromkeys(spec.tables, TableState.MERGED if sent else TableState.MISSING)
    held = {
        TABLES[name] for name, counties in year.get("held", {}).items() if code.code in counties
    }
    tables |= dict.fromkeys(held & tables.keys(), TableState.BLOCKED)
    file = f"{code.code}.xlsx"
    submission = Submission(file, "", code.code, spec.year, spec.version, {}, bound=spec.bound)
    counts = Return(file, "", submission, ()) if sent else None
    return CountyState(code.code, code.name, counts, (), tables, spec.bound)


def any_codes(years):
    """Whether any of the years tells on what codes the money stands."""
    return any(map(asks_codes, years))
