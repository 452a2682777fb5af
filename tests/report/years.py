"""Years made by chance for the report to be written of: some of the example's counties, with other codes, other words, other
money, tables that errors keep out, and ledger extracts that are right or not."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from tests.analysis import oracle as money
from tests.conftest import ROOT
from tests.datasets import mapping_of, with_tables
from toolkit.analysis.appropriations import read_series
from toolkit.analysis.earmarks import first_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import TableState
from toolkit.ledger.entries import Ledger
from toolkit.returns.submission import Missing

WORK = ("lagesbild", "aktiviteter", "indikatorer")
MONEY = ("ekonomi", "sarredovisning", "huvudbok")
FREE_OF_CODES = {"indikator", "kon", "kommun", "anslag", "anslagspost", "omrade", "verksamhetskod"}
BLOCKED = (*WORK, "mal", *MONEY)
WORDS = (
    "Vi har talat med åklagare, politiker och chefer.",
    "Arbetet fortsätter, eftersom det saknas pengar.",
    "Länsstyrelsen i länet har tillsammans med polisen nått skolor och kommuner på internet",
    "1. Ett *annat* [svar] & <b>mer</b> än 20 av 21 länsstyrelser",
)


def made_year(seed, returns, year):
    """The results of a year, and its ledger extracts by county."""
    chance = random.Random(seed)
    kept = [one for one in returns if chance.random() < chance.choice((0.2, 0.6, 1))]
    data = with_tables(merge(year, kept), **_changed(merge(year, kept), year, chance))
    data = _held_back(data, chance)
    extracts = _extracts(data, chance)
    ledgers = {
        code: Ledger(f"{code}.csv", code, book, 1, Decimal(0)) for code, book in extracts.items()
    }
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    lines, parts = reconcile(data, ledgers), reconcile_parts(data, ledgers, series)
    return YearResults(data, first_verdicts(data, lines), series, lines, parts, ledgers), extracts


def held_back_year(seed, returns, year):
    """The results of a year in which errors keep much of the counties' work out, and some say that they have done nothing; without
    extracts. Those whose files hold that from the beginning (Blekinge, Gotland) are as they are."""
    chance = random.Random(seed)
    data = made_year(seed, returns, year)[0].data
    codes = [one.code for one in data.reported if one.code not in {"09", "10"}]
    lost = {}
    for table in (*WORK, "mal", *MONEY[:2]):
        share, state = chance.choice((0, 0.2, 0.5, 0.9, 1)), TableState.BLOCKED
        lost |= {(code, table): state for code in codes if chance.random() < share}
    for code in (one for one in codes if chance.random() < 0.1):
        lost |= {(code, table): TableState.NIL for table in (*WORK, "mal")}
    states = tuple(
        replace(one, tables={table: lost.get((one.code, table), own) for table, own in one.tables.items()})
        for one in data.counties
    )  # fmt: skip
    merged = {
        table: tuple(row for row in rows if (row.county, table) not in lost)
        for table, rows in data.merged.items()
    }
    data = replace(data, counties=states, merged=merged)
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    lines, parts = reconcile(data, {}), reconcile_parts(data, {}, series)
    return YearResults(data, first_verdicts(data, lines), series, lines, parts, {})


def _changed(data, year, chance):
    changed = {}
    for table in (*WORK, "mal", *MONEY):
        fields = [
            field
            for field in year.spec.tables[table].fields
            if field.list and field.id not in FREE_OF_CODES
        ]
        often, lost = chance.random() ** 2, chance.choice((0, 0.1, 0.1, 0.9))
        rows = []
        for row in data.rows(table):
            told = mapping_of(data, table, row)
            if table not in MONEY[1:] and chance.random() < lost:
                continue
            _recode(told, fields, year, chance, often)
            _rewrite(told, chance)
            rows.append(told)
        changed[table] = rows
    return changed


def _recode(told, fields, year, chance, often):
    for field in fields:
        codes = [code.code for code in year.spec.lists[field.list].valid_in(year.spec.year)]
        if chance.random() < often:
            several = field.choices > 1 and len(codes) > 1
            told[field.id] = tuple(chance.sample(codes, 2)) if several else chance.choice(codes)
        if chance.random() < 0.05:
            told[field.id] = Missing.BLANK


def _rewrite(told, chance):
    """Amounts, numbers and texts."""
    for name, value in told.items():
        if name in {"utfall", "huvudbok"} and chance.random() < 0.06:
            told[name] = chance.choice((Missing.UNKNOWN, Decimal(0), -value, value + 1))
        elif name == "varde" and chance.random() < 0.1:
            told[name] = chance.choice((Missing.UNKNOWN, Decimal(0), Decimal(2), Decimal(3000)))
        elif name == "malvarde" and chance.random() < 0.1:
            told[name] = chance.choice((Missing.BLANK, Decimal(1)))
        elif name in {"resultat", "beskrivning", "kommentar", "exempeltext", "skal"}:
            told[name] = chance.choice((value,) * 9 + (*WORDS, Missing.BLANK))
        elif name == "verksamhetskod" and "utfall" in told and chance.random() < 0.05:
            told[name] = chance.choice(("801", "PM"))


def _held_back(data, chance):
    """Errors keep a table of a county out now and then."""
    states, out = [], set()
    for state in data.counties:
        tables = dict(state.tables)
        for table in BLOCKED:
            if state.submission and tables[table] is TableState.MERGED and chance.random() < 0.03:
                tables[table] = TableState.BLOCKED
                out.add((state.code, table))
        states.append(replace(state, tables=tables))
    merged = {
        table: tuple(row for row in rows if (row.county, table) not in out)
        for table, rows in data.merged.items()
    }
    return replace(data, counties=tuple(states), merged=merged)


def _extracts(data, chance):
    found = {}
    for state in data.counties:
        if state.submission is None or chance.random() < 0.7:
            continue
        lines = [
            {
                "code": row["verksamhetskod"], "kind": row["kostnadsslag"], "post": row["anslagspost"],
                "outcome": row["utfall"],
            }
            for row in data.rows("ekonomi")
            if row.county == state.code
        ]  # fmt: skip
        whole = [
            one
            for one in lines
            if all(isinstance(one[name], str) for name in ("code", "kind", "post"))
        ]
        book = money.summed(whole, "code", "kind", "post")
        if book and chance.random() < 0.5:
            book[chance.choice(sorted(book))] += chance.choice((Decimal(1), Decimal(-40_000)))
        found[state.code] = book
    return found
