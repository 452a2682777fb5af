"""Whether the reports that lie among the outputs, of this year and earlier ones, give away a low
count of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, islice, product

from toolkit.analysis.counts import by_county, values_of
from toolkit.analysis.printed import PrintedIndicator
from toolkit.analysis.results import YearResults
from toolkit.disclosure.audit import Leak, audit_counts
from toolkit.disclosure.published import Headings, House, Publication
from toolkit.disclosure.toldfacts import ToldPlace
from toolkit.files.atomic import newest_of
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.spec.roles import INDICATOR_BEFORE, INDICATORS
from toolkit.word.read.pages import publication_of
from toolkit.words.readings import readings
from toolkit.words.sentences import sentences_of
from toolkit.year.published import published_data
from toolkit.year.secrecy import read_record
from toolkit.year.workspace import Workspace

_TOLD = 3  # leaks, and places, that are told one by one
_OWN = 12  # letters of a sentence that is known again
_Counts = Mapping[tuple[int, str], Mapping[str, int]]


def find_leaks(space: Workspace, finance: YearResults) -> list[Leak]:
    """Every count that the reports as they lie tell too nearly."""
    if not finance.person_codes:
        return []
    house = _house(space, finance)
    published = (_publications(of, finance, house) for of in _years(space))
    return audit_counts(chain.from_iterable(published), house)


def find_leaks_over_years(space: Workspace, results: Sequence[YearResults]) -> list[Leak]:
    """The same where a report over several years, the oldest first, lies there too: of all its
    years the house knows the counts."""
    newest = results[-1]
    house = _house(space, newest)
    known = dict(house.counts)
    for one in results:
        codes = [code for code in newest.person_codes if one.hides_low(code)]
        known |= {(one.year, code.code): _whole(one.counts(code)) for code in codes}
    house = replace(house, counts={key: counts for key, counts in known.items() if counts})
    single = chain.from_iterable(_publications(of, newest, house) for of in _years(space))
    return audit_counts(chain(single, _over_years(space, results)), house)


def _over_years(space: Workspace, results: Sequence[YearResults]) -> Iterator[Publication]:
    """The report over several years, as it is read by who asks about each of them."""
    path = newest_of(space.years_report(results[0].year))
    if path.is_file():
        data = path.read_bytes()
        yield from (publication_of(data, one.year, "", path.name) for one in results)


def told_leaks_over_years(space: Workspace, results: Sequence[YearResults]) -> str:
    """The counts that the reports give away, that over several years among them, as many as can be
    told in a sentence; empty when there are none."""
    if not results[-1].person_codes:
        return ""
    leaks = find_leaks_over_years(space, results)
    return all_told(leaks, results[-1]) + places_told(leaks, results[-1])


def places_told(leaks: Sequence[Leak], finance: YearResults) -> str:
    """Where that stands: the file, its words, and the cell of the county that has written them, as
    many as can be told; empty when there are no leaks."""
    places = dict.fromkeys(chain.from_iterable(leak.places for leak in leaks))
    shown = list(islice(places, _TOLD))
    if not shown:
        return ""
    own = _own_texts(finance)
    return "".join(f"\n- {_placed(place, own)}" for place in shown) + "\n"


def _placed(place: ToldPlace, own: Mapping[str, str]) -> str:
    said = _plain(place.words)
    cells = [cell for text, cell in own.items() if text in said or said in text]
    source = f" ({cells[0]})" if cells else ""
    return f"{place.file}: ”{place.words}”{source}"


def _own_texts(finance: YearResults) -> dict[str, str]:
    """Each sentence that a county has written, with the county, its file and the cell."""
    data, found = finance.data, dict[str, str]()
    for table in data.year.spec.tables.values():
        texts = [field.id for field in table.fields if field.type == "text"]
        for row, name in product(data.rows(table.id), texts):
            said = row[name]
            if isinstance(said, str):
                cell = f"{row.county_name}, {row.file}, {row.record.ref(name)}"
                read = chain.from_iterable(map(sentences_of, readings(said, ())))
                sentences = map(_plain, read)
                found |= {text: cell for text in sentences if len(text) >= _OWN}
    return found


def _plain(text: str) -> str:
    """A text for comparing: what is quoted or goes on from a name begins and ends otherwise."""
    return re.sub(r"\W+", " ", text).strip().casefold()


def all_told(leaks: Sequence[Leak], finance: YearResults) -> str:
    """The counts of leaks, as many as can be told in a sentence."""
    whose = list(dict.fromkeys(_told(leak, finance) for leak in leaks))
    more = [f"+ {len(whose) - _TOLD}"] if len(whose) > _TOLD else []
    return "; ".join([*whose[:_TOLD], *more])


def _told(leak: Leak, finance: YearResults) -> str:
    county = finance.states[leak.county].name
    labels = {code.code: code.label for code in finance.person_codes}
    return f"{county}, {leak.indicator} {labels[leak.indicator]} {leak.year}"


def _years(space: Workspace) -> Iterator[Workspace]:
    """The earlier years that have a report, and this one."""
    yield from (space.of(year) for year in space.years_made() if year <= space.year)


def _publications(of: Workspace, finance: YearResults, house: House) -> Iterator[Publication]:
    counties = finance.data.year.spec.counties
    files = {of.report: "", of.manuscript_form: ""}
    files |= {of.county_report(county): county.code for county in counties}
    # One that was open in Word is left as it was: what counts is the new one beside it.
    for path, code in {newest_of(path): code for path, code in files.items()}.items():
        if path.is_file():
            yield publication_of(path.read_bytes(), of.year, code, path.name)
    yield published_data(of, house)


def _house(space: Workspace, finance: YearResults) -> House:
    spec, counting = finance.data.year.spec, finance.person_codes
    return House(
        _counts(space, finance, counting),
        {county.code: county.name for county in finance.data.counties},
        {code.code: code.label for code in counting},
        spec.limits.secrecy_minimum,
        _headings(finance.data.year),
        {county.code: _called(county) for county in spec.counties},
        _others(finance),
        _unknown(finance),
    )


def _unknown(finance: YearResults) -> dict[tuple[int, str], frozenset[str]]:
    """The counties that do not know this year's count of an indicator, by year and indicator."""
    found: dict[tuple[int, str], frozenset[str]] = {}
    for code in finance.person_codes:
        own = values_of(finance.data.indicators, code.code, finance.data.year.spec)
        counties = frozenset(one.county for one in own if one.value is Missing.UNKNOWN)
        if counties:
            found[finance.year, code.code] = counties
    return found


def _called(county: Code) -> tuple[str, ...]:
    """A county's other names: its label, and its letters."""
    return county.label, county.as_respondent.letters or ""


def _others(finance: YearResults) -> list[str]:
    """The indicators that do not count persons."""
    spec, counting = finance.data.year.spec, {code.code for code in finance.person_codes}
    if not spec.bound.has(INDICATORS):
        return []
    codes = spec.list_of(INDICATORS).valid_in(spec.year)
    return [code.label for code in codes if code.code not in counting]


def _headings(year: Year) -> Headings:
    report, own = year.texts("rapport"), year.texts("lansrapport")
    sums = (report("indikatorer.summa"), report("indikatorer.lan"))
    shown = ("foregaende", "varde", "landet")
    return Headings(*sums, *(own(f"indikatorer.{name}") for name in shown))


def _counts(space: Workspace, finance: YearResults, codes: list[Code]) -> _Counts:
    """This year's counts, last year's as the counties give them now, and those of all the years
    whose reports have been printed for good."""
    found: dict[tuple[int, str], Mapping[str, int]] = {}
    for code in codes:
        found[space.year, code.code] = _whole(finance.counts(code))
        found[space.year - 1, code.code] = _whole(_before(finance, code))
    for of in _years(space.before):
        for name, printed in (read_record(space, of) or {}).items():
            found[of.year, name] = _whole(_all(printed))
    return {key: counts for key, counts in found.items() if counts}


def _before(finance: YearResults, code: Code) -> Mapping[str, Decimal]:
    spec = finance.data.year.spec
    if not spec.bound.has(INDICATOR_BEFORE):
        return {}
    own = values_of(finance.data.indicators, code.code, spec)
    return by_county(code, own, lambda one: one.before)


def _all(printed: PrintedIndicator) -> Mapping[str, Decimal]:
    return {**printed.shown, **printed.hidden}


def _whole(counts: Mapping[str, Decimal]) -> dict[str, int]:
    return {county: int(count) for county, count in counts.items()}
