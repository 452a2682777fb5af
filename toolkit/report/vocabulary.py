"""Everything that a chapter's template may name."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.report.examples import Chooser, Examples
from toolkit.report.facts import Facts
from toolkit.report.notices import explained, waived
from toolkit.staff.editorial import Editorial
from toolkit.words.amounts import format_kr, format_mnkr, format_number, format_percent
from toolkit.words.swedish import genitive, number_at_start, number_word


def words(facts: Facts, desk: Editorial) -> Mapping[str, object]:
    """The names of the templates' language, in Swedish as the templates are, with what they stand
    for."""
    return {**_of_the_year(facts), **_of_counties(facts, desk), **_of_money(facts), **_FORMS}


def _of_the_year(facts: Facts) -> dict[str, object]:
    spec = facts.data.year.spec
    return {
        "ar": spec.year,
        "rader": facts.rows,
        "vanligast": facts.commonest,
        "indikatorsumma": facts.total_of,
        "minst": spec.limits.secrecy_minimum,
        "malsattningar": len(spec.lists["malsattning"].valid_in(spec.year)),
        "tabellnamn": {name: table.label.lower() for name, table in spec.tables.items()},
        "text": facts.texts,
    }


def _of_counties(facts: Facts, desk: Editorial) -> dict[str, object]:
    examples = Examples(facts.data, desk)
    return {
        "lan": facts.counties,
        "utan": facts.without,
        "utslag": facts.with_verdict,
        "lst": facts.phrase,
        "Lst": facts.at_start,
        "namn": facts.named,
        "lanen": facts.among_reported,
        "redovisat": facts.reported,
        "alla": [county.code for county in facts.data.counties],
        "exempel": Chooser(facts, examples, facts.texts),
        "exempel_fran": examples.of,
        "sammanhang": facts.coherent,
        "avsteg": waived(facts.data, facts.texts),
        "svar": explained(facts.data),
        "bortfall": facts.left_out,
        "lage": {county.code: county for county in facts.data.counties},
    }


def _of_money(facts: Facts) -> dict[str, object]:
    return {
        "egen": facts.own_spend,
        "sparat": facts.traced_spend,
        "totalt": facts.spend,
        "tal_ar": facts.figure,
        "serie": facts.years,
        "over_anslag": facts.spent(over=True),
        "under_anslag": facts.spent(over=False),
    }


_FORMS: Mapping[str, object] = {
    "kr": format_kr,
    "mnkr": format_mnkr,
    "procent": format_percent,
    "tal": format_number,
    "ord": number_word,
    "Ord": number_at_start,
    "genitiv": genitive,
}
"""How numbers and names are written."""
