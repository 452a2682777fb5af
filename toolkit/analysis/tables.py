"""All tables that the chapters may call for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toolkit.analysis.money_tables import (
    appropriation_table,
    code_table,
    county_code_table,
    earmark_table,
    use_table,
)
from toolkit.analysis.results import YearResults
from toolkit.analysis.table import Table
from toolkit.analysis.work_tables import coherence_table, goal_table, indicator_table
from toolkit.findings.texts import Texts

_MAKERS: Mapping[str, Callable[[YearResults, Texts], Table]] = {
    "anslag": appropriation_table,
    "forbrukning": use_table,
    "sarredovisning": earmark_table,
    "koder": code_table,
    "lan_koder": county_code_table,
    "malsattningar": goal_table,
    "indikatorer": indicator_table,
    "sammanhang": coherence_table,
}


def make_tables(results: YearResults, texts: Texts) -> dict[str, Table]:
    """Every table by its id."""
    return {name: make(results, texts) for name, make in _MAKERS.items()}
