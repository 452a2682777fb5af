"""Every field of the workbook can be done without: a year without it is refused when it is loaded,
with file, line and reason, or everything from template to verdict works on what is left."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CLEAN, ROOT, Rows, shortened
from tests.sampled import sampled
from toolkit.analysis.appropriations import Series
from toolkit.analysis.earmarks import first_verdicts
from toolkit.analysis.needs import asks_for_money
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.checks.duplicates import neighbour, neighbourhood
from toolkit.checks.file import judge
from toolkit.checks.run import BESIDE_OTHERS, BESIDE_PAST, check_further, checks_of
from toolkit.checks.trends import Past
from toolkit.export.finance.workbook import write_finance
from toolkit.files.yaml import SpecError, YamlSource
from toolkit.report import write_report
from toolkit.report.chapters import chapter_faults, told_together
from toolkit.returns.carryover import transfer
from toolkit.returns.prefill import prefill
from toolkit.returns.submission import Return, Submission
from toolkit.spec.layers import lay, read_chain, refuse_faults
from toolkit.spec.load import Year, load_year
from toolkit.spec.resolve import find_field
from toolkit.template import write_template
from toolkit.year.merging import merge_all, write_merge
from toolkit.year.workspace import Workspace

Data = dict[str, Any]
LINE = r"templates/2020/arbetsbok\.yaml, rad \d+: \S"

SLOPPY: Rows = deepcopy(CLEAN)
"""A return of which much is to be said: over budget, below zero, sums that differ, twice the same."""
SLOPPY["aktiviteter"] += [
    {**SLOPPY["aktiviteter"][0], "id": "A2", "valdsform": "VNR", "rubrik": "Kurs om sexköp"}
]
SLOPPY["aktiviteter"] += [
    {**SLOPPY["aktiviteter"][0], "id": "A3", "slut": date(2019, 1, 1), "resultat": ""}
]
SLOPPY["indikatorer"] += [{**SLOPPY["indikatorer"][0], "id": "I2", "varde": Decimal("1000.5")}]
SLOPPY["indikatorer"] += [
    {**SLOPPY["indikatorer"][0], "id": "I3", "varde": "u.s.", "mal_id": "M7", "kon": "K"}
]
SLOPPY["ekonomi"] += [{**SLOPPY["ekonomi"][0], "id": "E2", "utfall": Decimal(900_000)}]
SLOPPY["ekonomi"] += [
    {**SLOPPY["ekonomi"][0], "id": "E3", "utfall": Decimal(-5), "kostnadsslag": "BID"}
]
SLOPPY["sarredovisning"] = [{"omrade": "PM", "status": "NOLL", "belopp": Decimal(1)}]
SLOPPY["anslag"][0] |= {"ingaende": Decimal(700)}
del SLOPPY["lagesbild"][0]["underlag"]
SLOPPY["mal"] = []
SLOPPY["inget"] = [{"tabell": "EKO", "inget": "JA", "skal": "Inget."}]


@cache
def source() -> YamlSource:
    ((_, found),) = read_chain(ROOT / "templates", 2020)
    return found


@cache
def whole() -> Year:
    return load_year(ROOT / "templates", 2020)


def addresses() -> list[str]:
    tables = whole().spec.tables.values()
    return [f"{table.id}.{field.id}" for table in tables for field in table.fields]


# ----------------------------------------------------------------------------- a year without it
def tables_of(data: Data) -> Iterator[Data]:
    for sheet in data["sheets"]:
        yield from sheet.get("tables", ())


def without(data: Data, address: str) -> Data:
    """The data of a spec without a field and without what mentions it: rules, conditions, fields
    that are computed of it or refer to it, and the table whose rows it gives."""
    left, gone = deepcopy(data), [address]
    while gone:
        gone += _taken_out(left, gone.pop())
    return left


def _taken_out(data: Data, address: str) -> list[str]:
    """Takes one field out; returns the fields that cannot stand without it."""
    name, _, own = address.partition(".")
    table = next((table for table in tables_of(data) if table["id"] == name), None)
    if table is None or own not in {field["id"] for field in table["fields"]}:
        return []
    following = []
    if table.get("kind") == "fixed" and table["fields"][0]["id"] == own:
        following += [f"{name}.{field['id']}" for field in table["fields"][1:]]
    table["fields"] = [field for field in table["fields"] if field["id"] != own]
    for other in tables_of(data):
        is_own = other is table
        rules = other.get("rules", [])
        other["rules"] = [
            rule for rule in rules if not _names(rule, own if is_own else "", address)
        ]
        for field in other["fields"]:
            if _follows(field, own if is_own else "", address):
                following.append(f"{other['id']}.{field['id']}")
    for sheet in data["sheets"]:
        sheet["tables"] = [one for one in sheet.get("tables", ()) if one["fields"]]
    for earmark in data["earmarks"]:
        earmark["condition"].pop(address, None)
    return following


def _names(rule: Data, own: str, address: str) -> bool:
    named = [rule.get(key) for key in ("first", "then", "field")]
    named += [*rule.get("among", ()), *rule.get("per", ()), *rule.get("when", ())]
    return rule.get("by") == address or (bool(own) and own in named)


def _follows(field: Data, own: str, address: str) -> bool:
    computed = field.get("computed") or {}
    where = computed.get("where", {})
    terms = [*computed.get("plus", ()), *computed.get("minus", ()), *where.values()]
    if own and own in terms:
        return True
    summed = computed.get("sum_of")
    keys = [f"{summed.partition('.')[0]}.{name}" for name in where] if summed else []
    return address in {field.get("ref"), summed, *keys}


def year_without(address: str) -> Year:
    """Raises SpecError when the year cannot do without."""
    data = without(source().data, address)
    layers = lay([(2020, replace(source(), data=data))])
    refuse_faults(layers, whole().catalogue.entries)
    return replace(whole(), spec=shortened(layers[-1].spec))


# ------------------------------------------------------------------------------ from end to end
def sent(year: Year, county: str, rows: Rows) -> tuple[bytes, Return]:
    """A county's filled-in template, and what is said of it."""
    code = next(one for one in year.spec.counties if one.code == county)
    data = write_template(year.spec, code, year.texts("mall"), rows)
    return data, judge(data, f"{county}.xlsx", {2020: year})


def submission_in(found: Return) -> Submission:
    assert [finding for finding in found.findings if finding.code.startswith("FIL-")] == []
    assert found.submission is not None
    return found.submission


def beside(year: Year, found: Return, other: Return, then: Year, before: Return) -> Return:
    """A return beside another county's and beside its own of the year before."""
    others = neighbourhood({"18": neighbour("Örebro", submission_in(other))})
    past = Past(then.spec, submission_in(before))
    checks: list[Callable[..., Any]] = []
    checks += [partial(one.run, others=others) for one in checks_of(year.spec, BESIDE_OTHERS)]
    checks += [partial(one.run, past=past) for one in checks_of(year.spec, BESIDE_PAST)]
    return check_further(year.spec, year.catalogue, found, *checks)


def with_chapters_that_fit(year: Year, folder: Path) -> Year:
    """The year with those of the shipped chapters in which nothing is wrong without the field. The
    others must be told of with file and line; then those go too that refer to what they place."""
    places: set[str] = set()
    for where, text in told_together(chapter_faults(year)):
        places.update(where.split("; "))
        assert text[-1] in ".?"
    own = folder / "templates/2020"
    shutil.copytree(ROOT / "templates/2020", own)
    for place in places:
        name, row = re.split(r", rad(?:erna)? ", place)
        assert re.fullmatch(r"\d+(, \d+)*( och \d+)?", row)
        (own / "report" / name).unlink(missing_ok=True)
    for path in (own / "report").iterdir() if places else ():
        if "[[" in path.read_text(encoding="utf-8"):
            path.unlink()
    return replace(year, folders=(own,))


def reported(year: Year, found: list[Return], folder: Path) -> None:
    """Merged, saved as tables and workbooks, and written as a report."""
    space, series = Workspace(folder, 2020), Series(())
    data = merge_all(year, found)
    written = write_merge(space, data)
    assert {path.suffix for path in written} == {".xlsx", ".csv"}
    lines = reconcile(data, {})
    parts = reconcile_parts(data, {}, series)
    results = YearResults(data, first_verdicts(data, lines), series, lines, parts, {})
    if asks_for_money(year.spec):
        write_finance(results)
    report = write_report(results)
    assert report.blocks


@pytest.fixture(scope="module")
def before() -> tuple[Year, Return]:
    """The whole year's return, as last year's."""
    then = replace(whole(), spec=shortened(whole().spec))
    return then, sent(then, "12", CLEAN)[1]


@pytest.mark.slow
class DescribeAYearWithoutAField:
    def it_is_tried_for_every_field(self):
        assert len(addresses()) == 103

    @pytest.mark.parametrize("address", sampled(addresses(), 6))
    def it_is_refused_or_goes_from_template_to_report(self, address, before, tmp_path):
        try:
            year = year_without(address)
        except SpecError as error:
            for line in str(error).splitlines():
                assert re.match(LINE, line), line
            return
        then, last = before
        (_, clean), (_, sloppy) = sent(year, "12", CLEAN), sent(year, "18", SLOPPY)
        reported(with_chapters_that_fit(year, tmp_path), [clean, sloppy], tmp_path)
        assert find_field(year.spec, address) is None
        beside(year, sloppy, clean, then, last)
        beside(then, last, clean, year, clean)
        prefill(submission_in(clean), year.spec, then.spec)
        transfer(submission_in(last), then.spec, year.spec)
        prefill(submission_in(last), then.spec, year.spec)
