"""Everything that a chapter's template may name."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.analysis.coherence import CHAIN_NEEDS
from toolkit.analysis.earmarks import VERDICT_NEEDS
from toolkit.analysis.needs import Need, lacking
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.report.denials import Denials
from toolkit.report.examples import EXAMPLE_NEEDS, Chooser, Examples
from toolkit.report.facts import Facts
from toolkit.report.ledgerfacts import with_difference, with_extract
from toolkit.report.money_words import MoneyWords
from toolkit.report.notices import explained, waived
from toolkit.report.outside_words import OutsideWords
from toolkit.report.progress import progress
from toolkit.report.rows import ChapterRows
from toolkit.report.voices import Voices
from toolkit.report.within import WITHIN_NEEDS, all_within, same_counties
from toolkit.spec.model import Spec
from toolkit.spec.roles import AREA_CODES, INDICATOR_BEFORE, INDICATOR_TARGET, OBJECTIVES
from toolkit.staff.editorial import Editorial
from toolkit.words.amounts import format_kr, format_mnkr, format_number, format_percent
from toolkit.words.swedish import capitalise, genitive, number_at_start, number_word

WORD_NEEDS: Mapping[str, tuple[Need, ...]] = {
    "indikatorsumma": INDICATOR_NEEDS,
    "indikatorord": INDICATOR_NEEDS,
    "indikatortabeller": INDICATOR_NEEDS,
    "inom_omradet": WITHIN_NEEDS,
    "samma_lan": INDICATOR_NEEDS,
    "malvarden": (*INDICATOR_NEEDS, INDICATOR_TARGET),
    "framsteg": (*INDICATOR_NEEDS, INDICATOR_TARGET, INDICATOR_BEFORE),
    "malsattningar": (OBJECTIVES,),
    "utslag": VERDICT_NEEDS,
    "exempel": EXAMPLE_NEEDS,
    "exempel_fran": EXAMPLE_NEEDS,
    "sammanhang": CHAIN_NEEDS,
    "belopp": VERDICT_NEEDS,
    "andelar": VERDICT_NEEDS,
    "utan_belopp": VERDICT_NEEDS,
    "utelamnade": VERDICT_NEEDS,
    "egen_fran": (*VERDICT_NEEDS, AREA_CODES),
}
"""What of the year a name needs to stand for anything; the others are there in every year."""


def words(facts: Facts, desk: Editorial) -> Mapping[str, object]:
    """The names of the templates' language, in Swedish as the templates are, with what they stand
    for. A name that needs what the year does not ask for stands for nothing, and a chapter that
    uses it is refused."""
    of_counties = {**_of_counties(facts, desk), **_of_claims(facts)}
    every = {**_of_the_year(facts), **of_counties, **_of_money(facts), **FORMS}
    spec = facts.data.year.spec
    return {name: said for name, said in every.items() if not lacks_of(name, spec)}


def lacks_of(name: str, spec: Spec) -> tuple[str, ...]:
    """What a year lacks for a name to stand for anything."""
    return lacking(spec, WORD_NEEDS.get(name, ()))


def _of_the_year(facts: Facts) -> dict[str, object]:
    spec, rows = facts.data.year.spec, ChapterRows(facts)
    return {
        "ar": spec.year,
        "rader": rows.rows,
        "vanligast": rows.commonest,
        "indikatorsumma": facts.total_of,
        "indikatorord": lambda code: in_words(facts.total_of(code)),
        "inom_omradet": lambda *codes: all_within(facts, *codes),
        "samma_lan": lambda *codes: same_counties(facts, *codes),
        "malvarden": facts.targets,
        "framsteg": progress(facts) if not lacks_of("framsteg", spec) else [],
        "antal_koder": rows.codes_in,
        "minst": spec.limits.secrecy_minimum,
        "malsattningar": _objectives(spec),
        "tabellnamn": {name: table.label.lower() for name, table in spec.tables.items()},
        "text": facts.texts,
    }


def in_words(printed: str) -> str:
    """A number as a sentence has it: up to twelve in words.

    >>> in_words("7"), in_words("1"), in_words("13"), in_words("2,5"), in_words("")
    ('sju', 'ett', '13', '2,5', '')
    """
    return number_word(int(printed), common=False) if printed.isdecimal() else printed


def _objectives(spec: Spec) -> int:
    """How many objectives the strategy has."""
    if not spec.bound.has(OBJECTIVES):
        return 0
    return len(spec.list_of(OBJECTIVES).valid_in(spec.year))


def _of_counties(facts: Facts, desk: Editorial) -> dict[str, object]:
    examples = Examples(facts, desk)
    chooser = Chooser(facts, examples, facts.texts)
    voices = Voices(facts, chooser)
    return {
        "lan": facts.counties,
        "inget_i": facts.nothing_in,
        "utslag": facts.with_verdict,
        "underlag": facts.known,
        "flertal": facts.most,
        "fatal": facts.few,
        "utom": facts.apart_from,
        "hallna": facts.withheld,
        "lst": facts.phrase,
        "Lst": facts.at_start,
        "kort": facts.short,
        "jamfor": facts.compared,
        "Jamfor": facts.compared_at_start,
        "brak": facts.fraction,
        "namn": facts.named,
        "Namn": lambda counties: capitalise(facts.named(counties)),
        "lanen": facts.among_reported,
        "redovisat": facts.among_reported(facts.reported),
        "alla": facts.everyone,
        "exempel": chooser,
        "citat": voices.quotations,
        "omnamner": voices.mentioning,
        "inget_skal": voices.reasons,
        "gemensamt": voices.shared,
        "gemensamma": voices.all_shared,
        "egna": voices.own,
        "exempel_fran": examples.of,
        "sammanhang": facts.coherent,
        "avsteg": waived(facts.data, facts.texts, facts.held),
        "svar": explained(facts.data, facts.held),
        "bortfall": facts.left_out,
        "lage": {county.code: county for county in facts.data.counties},
    }


def _of_claims(facts: Facts) -> dict[str, object]:
    """What is said of those who have not answered so."""
    denials = Denials(facts)
    return {
        "utan": denials.without,
        "varav_inget": denials.nothing,
        "hogst": denials.at_most,
        "oklart": denials.sentence,
        "oklara": denials.undecided,
        "okanda": denials.unknown,
        "brett": denials.broad,
        "fler": denials.more,
    }


def _of_money(facts: Facts) -> dict[str, object]:
    money = MoneyWords(facts.results.verdicts, facts.texts)
    return {
        "belopp": money.told,
        "andelar": money.shares,
        "utan_belopp": lambda part="egen": facts.among_reported(money.partly_known(part)),
        "utelamnade": OutsideWords(facts.results, facts.texts).told,
        "egen_fran": facts.apart_since,
        "tal_ar": facts.figure,
        "serie": facts.years,
        "kallor": facts.sources,
        "over_anslag": facts.spent(over=True),
        "under_anslag": facts.spent(over=False),
        "utdrag": with_extract(facts),
        "skiljer": with_difference(facts),
    }


FORMS: Mapping[str, object] = {
    "kr": format_kr,
    "mnkr": format_mnkr,
    "procent": format_percent,
    "tal": format_number,
    "ord": number_word,
    "Ord": number_at_start,
    "genitiv": genitive,
}
"""How numbers and names are written."""
