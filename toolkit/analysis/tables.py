"""All tables that the chapters may call for, each with what it needs of the year."""

from __future__ import annotations

from toolkit.analysis.coherence import CHAIN_NEEDS
from toolkit.analysis.earmarks import VERDICT_NEEDS
from toolkit.analysis.money_tables import (
    CODE_NEEDS,
    SERIES_NEEDS,
    appropriation_table,
    code_table,
    county_code_table,
    earmark_table,
    use_table,
)
from toolkit.analysis.needs import Maker
from toolkit.analysis.results import YearResults
from toolkit.analysis.table import Table
from toolkit.analysis.work_tables import (
    GOAL_NEEDS,
    INDICATOR_NEEDS,
    coherence_table,
    goal_table,
    indicator_table,
)
from toolkit.findings.texts import Texts

TABLES: tuple[Maker[Table], ...] = (
    Maker("anslag", appropriation_table, SERIES_NEEDS),
    Maker("forbrukning", use_table, SERIES_NEEDS),
    Maker("sarredovisning", earmark_table, VERDICT_NEEDS),
    Maker("koder", code_table, CODE_NEEDS),
    Maker("lan_koder", county_code_table, CODE_NEEDS),
    Maker("malsattningar", goal_table, GOAL_NEEDS),
    Maker("indikatorer", indicator_table, INDICATOR_NEEDS),
    Maker("sammanhang", coherence_table, CHAIN_NEEDS),
)


def make_tables(results: YearResults, texts: Texts) -> dict[str, Table]:
    """Every table that the year asks for, by its id."""
    asked = [maker for maker in TABLES if maker.fits(results.data.year.spec)]
    return {maker.id: maker.make(results, texts) for maker in asked}
