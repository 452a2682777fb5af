"""The tables on money: appropriation and spend over the years, what is reported apart, and spend by
verksamhetskod and county."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import chain, product

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.earmarks import AreaMoney, EarmarkVerdict
from toolkit.analysis.natures import spent_apart, unknown_apart
from toolkit.analysis.needs import Need
from toolkit.analysis.outside import outside, outside_share, outside_sum, said_of, unknown_of
from toolkit.analysis.part_shares import money_share, no_share_notes, part_share
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature, Verdict
from toolkit.analysis.sums import added, is_something
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING, CellNote, Column, Table
from toolkit.findings.texts import Texts
from toolkit.spec.codelists import Code
from toolkit.spec.roles import AREA_CODES, SPEND, SPEND_AMOUNT, SPEND_CODE
from toolkit.words.amounts import format_number
from toolkit.words.sources import join_sources

SERIES_NEEDS: tuple[Need, ...] = (SPEND_AMOUNT,)
"""The printed series of appropriation and spend belongs to a year that asks for spend."""
CODE_NEEDS: tuple[Need, ...] = (SPEND_AMOUNT, SPEND_CODE, AREA_CODES)
"""What spend by verksamhetskod needs."""

Amounts = Sequence[Sequence[Decimal | None]]
"""Kronor by code and nature; None for what is not known."""
ABSENT = frozenset((Verdict.NOT_SENT, Verdict.UNTREATED))
"""The verdicts without any amount."""


def appropriation_table(results: YearResults, texts: Texts) -> Table:
    """The report's table of appropriations and spend, year by year as columns, its note on the year
    whose sources disagree."""
    series = results.series
    noted = {figure.year for figure, _ in series.disagreeing()}
    columns = [Column(texts("anslag.ar"))]
    for year in series.years:
        note = texts("anslag.not", year=year) if year in noted else ""
        columns.append(Column(str(year), note, number=True))
    rows = []
    for item in ITEMS:
        figures = [series.printed(year, item) for year in series.years]
        shown = [format_number(figure.amount) if figure else NOT_AVAILABLE for figure in figures]
        rows.append((texts(f"anslag.{item}"), *shown))
    caption, source = texts("anslag.rubrik"), series_source(results)
    return Table("anslag", caption, tuple(columns), tuple(rows), source)


def series_source(results: YearResults) -> str:
    """Where the figures of the series are from."""
    return f"{join_sources(results.series.sources())}."


def use_table(results: YearResults, texts: Texts) -> Table:
    """What was left of the appropriation, and the share used, with the sum of the years."""
    names = ("ar", "anslag_kort", "utgifter_kort", "ej_forbrukat", "andel")
    rows: list[tuple[str, ...]] = []
    granted_in_all = spent_in_all = Decimal(0)
    known = False
    for year in results.series.years:
        granted = results.series.printed(year, "anslag")
        spent = results.series.printed(year, "utgifter")
        # Only years with both figures are in the sums, so that the share is one of like and like.
        if granted is None or spent is None:
            rows.append((str(year), *[NOT_AVAILABLE] * 4))
            continue
        known = True
        granted_in_all += granted.amount
        spent_in_all += spent.amount
        rows.append((str(year), *_use(granted.amount, spent.amount)))
    sums = _use(granted_in_all, spent_in_all) if known else (NOT_AVAILABLE,) * 4
    rows.append((texts("summa"), *sums))
    columns = tuple(Column(texts(f"forbrukning.{name}"), number=name != "ar") for name in names)
    caption, source = texts("forbrukning.rubrik"), texts("forbrukning.kalla")
    return Table("forbrukning", caption, columns, tuple(rows), source, total=True)


def _use(granted: Decimal, spent: Decimal) -> tuple[str, ...]:
    left = granted - spent
    return (
        format_number(granted),
        format_number(spent),
        format_number(left),
        money_share(spent, granted),
    )


def earmark_table(results: YearResults, texts: Texts) -> Table:
    """Each county's verdict, and of utgift and kostnad by themselves what it spent on its own code
    and the share that it is of all. What all comes to stands in the table by county and code."""
    said, natures = results.data.year.texts("export"), results.natures
    rows = []
    for one in results.verdicts:
        cells = chain.from_iterable(_earmark_cells(one, nature) for nature in natures)
        rows.append((one.name, said(f"utslag.{one.verdict}"), *cells))
    amounts = [_earmark_sums(results.verdicts, nature) for nature in natures]
    rows.append((texts("summa"), "", *chain.from_iterable(amounts)))
    columns = [Column(texts(f"sarredovisning.{name}")) for name in ("lan", "utslag")]
    for nature in natures:
        kind = texts(f"slag.{nature}")
        heads = [texts(f"sarredovisning.{name}", kind=kind) for name in ("egen", "andel")]
        columns += [Column(head, number=True) for head in heads]
    caption, source = texts("sarredovisning.rubrik", year=results.year), texts("kalla_lan")
    notes = (*no_share_notes(rows, texts), *_left_out(results, len(rows) - 1, texts))
    return Table("sarredovisning", caption, tuple(columns), tuple(rows), source, True, notes)


def _left_out(results: YearResults, row: int, texts: Texts) -> Iterator[CellNote]:
    """Footnotes to the sum on the counties that it, or the share, does not take in."""
    found = outside_sum(results.data.counties, results.verdicts, results.natures, "own")
    own = said_of(found, results.names, texts, of=texts("utelamnat.pa_egen"))
    only_share = outside_share(results.data.counties, results.verdicts, results.natures)
    share = said_of(only_share, results.names, texts)
    for key, told in (("utan", own), ("andel_utan", share)):
        if told:
            yield CellNote(row, 0, texts(f"sarredovisning.{key}", counties=told))


def _earmark_sums(verdicts: Sequence[EarmarkVerdict], nature: Nature) -> tuple[str, str]:
    """What is on the own code, and the share that it is of all: of the counties of which that is
    known. Where no county's row tells what it is, the sum tells it neither."""
    known = [one for one in verdicts if one.knows(nature).own]
    if all(earmark_kr(one, one.of(nature).own) == NOT_AVAILABLE for one in known):
        return NOT_AVAILABLE, NOT_AVAILABLE
    like = _money_in_all((one for one in verdicts if one.knows(nature).share), nature)
    own = _money_in_all(known, nature).own
    if is_something(own) and not is_something(like.total):
        return _amount(own), NOT_AVAILABLE
    return _amount(own), _share_of_known(like.own, like.total)


def _earmark_cells(verdict: EarmarkVerdict, nature: Nature) -> tuple[str, ...]:
    money, known = verdict.of(nature), verdict.knows(nature)
    if not known.own:
        return NOT_AVAILABLE, NOT_AVAILABLE
    share = earmark_share(verdict, money) if known.share else NOT_AVAILABLE
    return earmark_kr(verdict, money.own), share


def _money_in_all(verdicts: Iterable[EarmarkVerdict], nature: Nature) -> AreaMoney:
    """What counties have of one nature together."""
    parts = [AreaMoney(), *(one.of(nature) for one in verdicts)]
    return AreaMoney(*(added(column) for column in zip(*parts, strict=True)))


def earmark_kr(verdict: EarmarkVerdict, amount: Decimal) -> str:
    """Zero that is known to be zero is nothing to report; a county that has not reported is not
    available."""
    if is_something(amount) and verdict.verdict not in ABSENT:
        return format_number(amount)
    return NOT_AVAILABLE if _unknown(verdict) else NOTHING


def earmark_share(verdict: EarmarkVerdict, money: AreaMoney) -> str:
    """The own code's share of the county's spend of one nature."""
    if is_something(money.own) and verdict.verdict not in ABSENT:
        return part_share(money.own, money.total)
    return NOT_AVAILABLE if _unknown(verdict) else NOTHING


def _unknown(verdict: EarmarkVerdict) -> bool:
    return verdict.verdict in {*ABSENT, Verdict.NOT_JUDGED, Verdict.NOT_REPORTED}


def codes_of(results: YearResults) -> tuple[Code, ...]:
    """The year's codes of verksamhet, in the order of the list. Raises KeyError where the year has
    no such list."""
    return results.data.year.spec.list_of(AREA_CODES).valid_in(results.year)


def code_table(results: YearResults, texts: Texts) -> Table:
    """Spend by verksamhetskod over all counties, with the share of utgifter and of kostnader. A
    county is left out where its amount is not known, and of sum and shares of that nature if any of
    them is."""
    spec, lines = results.data.year.spec, results.data.spend
    spent, unknown = spent_apart(spec, lines), unknown_apart(spec, lines, "code")
    known = {key: kr for key, kr in spent.items() if key not in unknown}
    partly = unknown_apart(spec, lines)
    whole = {key: kr for key, kr in spent.items() if (key[0], key[2]) not in partly}
    amounts = _by_code(results, known, _doubtful(results, unknown))
    parts = _by_code(results, whole, _known_of_nobody(results, partly))
    caption, source = texts("koder.rubrik", year=results.year), texts("kalla_lan")
    table = by_code_table(results, amounts, parts, texts, (caption, source))
    return replace(table, notes=(*table.notes, *_unknown_notes(results, unknown, texts)))


def _counted_in(results: YearResults) -> set[str]:
    return {county.code for county in results.data.counties if county.spend_state.usable}


def _doubtful(results: YearResults, unknown: Collection[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The codes and natures of which a dash would say that there is nothing: nobody has said so
    where somebody does not know all, nor where nobody has reported."""
    if not _counted_in(results):
        return set(product((code.code for code in codes_of(results)), results.natures))
    return {place[1:] for place in unknown}


def _known_of_nobody(
    results: YearResults, partly: Collection[tuple[str, ...]]
) -> set[tuple[str, ...]]:
    """All codes of the natures that no county knows whole."""
    counties = _counted_in(results)
    natures = [
        nature
        for nature in results.natures
        if counties <= {county for county, own in partly if own == nature}
    ]
    return set(product((code.code for code in codes_of(results)), natures))


def _unknown_notes(
    results: YearResults, unknown: Collection[tuple[str, ...]], texts: Texts
) -> Iterator[CellNote]:
    """Footnotes on the counties that amounts, sum and shares do not take in."""
    codes = codes_of(results)
    for row, code in enumerate(codes):
        own = {(county, nature) for county, held, nature in unknown if held == code.code}
        if own:
            told = _without(results, own, texts, texts("koder.pa_koden"))
            yield CellNote(row, 0, texts("koder.utan", counties=told))
    every = _without(results, {(county, nature) for county, _, nature in unknown}, texts)
    if every:
        yield CellNote(len(codes), 0, texts("koder.summa_utan", counties=every))


def _without(
    results: YearResults, unknown: Collection[tuple[str, ...]], texts: Texts, of: str = ""
) -> str:
    """In words whom a sum of spend leaves out, whatever the reason. `unknown` are counties, each
    with a nature of which it does not know all."""
    found = outside(results.data.counties, (SPEND,), unknown_of(unknown, results.natures))
    return said_of(found, results.names, texts, of=of)


def _by_code(
    results: YearResults,
    spent: Mapping[tuple[str, str, Nature], Decimal],
    doubtful: Collection[tuple[str, ...]],
) -> list[list[Decimal | None]]:
    """All counties' kronor by code and nature. What is nought of the `doubtful` codes and natures
    may be something and is not known."""
    found: list[list[Decimal | None]] = []
    for code in codes_of(results):
        row: list[Decimal | None] = []
        for nature in results.natures:
            amount = _of_code(spent, code.code, nature)
            is_told = is_something(amount) or (code.code, nature) not in doubtful
            row.append(amount if is_told else None)
        found.append(row)
    return found


def _of_code(
    spent: Mapping[tuple[str, str, Nature], Decimal], code: str, nature: Nature
) -> Decimal:
    own = (kr for (_, held, one), kr in spent.items() if (held, one) == (code, nature))
    return added(own)


def by_code_table(
    results: YearResults, amounts: Amounts, parts: Amounts, texts: Texts, told: tuple[str, str]
) -> Table:
    """A row for each of the year's codes, with its amount of each nature and the share of their
    sum. Both are by code and nature; `parts` are what sum and shares are of. `told` are caption
    and source."""
    natures = results.natures
    totals = [whole_sum(column) for column in zip(*parts, strict=True)]
    rows = []
    for code, own, part in zip(codes_of(results), amounts, parts, strict=True):
        rows.append((code.shown, *_with_shares(own, part, totals)))
    rows.append((texts("summa"), *_with_shares(totals, totals, totals)))
    columns = [Column(texts("koder.kod"))]
    for nature in natures:
        kind = texts(f"slag.{nature}")
        heads = [texts(f"koder.{name}", kind=kind) for name in ("utfall", "andel")]
        columns += [Column(head, number=True) for head in heads]
    notes = tuple(no_share_notes(rows, texts))
    return Table("koder", told[0], tuple(columns), tuple(rows), told[1], True, notes)


def _with_shares(
    amounts: Sequence[Decimal | None],
    parts: Sequence[Decimal | None],
    totals: Sequence[Decimal | None],
) -> Iterator[str]:
    for amount, part, total in zip(amounts, parts, totals, strict=True):
        yield _amount(amount)
        yield _share_of_known(None if amount is None else part, total)


def _share_of_known(part: Decimal | None, total: Decimal | None) -> str:
    if part is None or total is None:
        return NOT_AVAILABLE
    return part_share(part, total) if is_something(part) else NOTHING


def county_spend(results: YearResults, nature: Nature) -> dict[str, tuple[Decimal | None, ...]]:
    """Kronor of one nature on each of the year's codes by the county's name; None where the
    county's amounts are not in, or not all on the code are known."""
    codes = [code.code for code in codes_of(results)]
    spent = spent_apart(results.data.year.spec, results.data.spend)
    unknown = unknown_apart(results.data.year.spec, results.data.spend, "code")
    found: dict[str, tuple[Decimal | None, ...]] = {}
    for county in results.data.counties:
        keys = [(county.code, code, nature) for code in codes]
        own = [None if key in unknown else spent.get(key, Decimal(0)) for key in keys]
        known = county.spend_state.usable
        found[county.name] = tuple(own) if known else (None,) * len(codes)
    return found


def county_code_table(results: YearResults, texts: Texts) -> Table:
    """Spend by county and verksamhetskod: a row for each nature of each county, with sums both
    ways."""
    codes, natures = codes_of(results), results.natures
    spent = {nature: county_spend(results, nature) for nature in natures}
    rows = []
    for county in results.data.counties:
        for nature in natures:
            place = _placed(county.name, nature, natures, texts)
            own = spent[nature][county.name]
            rows.append((*place, *map(_amount, (*own, whole_sum(own)))))
    for nature in natures:
        every = spent[nature].values()
        sums = [known_sum(column) for column in zip(*every, strict=True)]
        sums.append(known_sum([whole_sum(own) for own in every]))
        rows.append((*_placed(texts("summa"), nature, natures, texts), *map(_amount, sums)))
    columns = [Column(head) for head in _placed_heads(natures, texts)]
    heads = [*(code.code for code in codes), texts("summa")]
    columns += [Column(head, number=True) for head in heads]
    caption, source = texts("lan_koder.rubrik", year=results.year), texts("lan_koder.kalla")
    notes = tuple(_partly_known(results, len(rows) - len(natures), texts))
    return Table("lan_koder", caption, tuple(columns), tuple(rows), source, True, notes)


def _partly_known(results: YearResults, row: int, texts: Texts) -> Iterator[CellNote]:
    """A footnote to the sums on the counties that they leave out, and that what these know is in
    the sums of single codes, where there is any."""
    spec, lines = results.data.year.spec, results.data.spend
    unknown, partly = unknown_apart(spec, lines, "code"), unknown_apart(spec, lines)
    spent = spent_apart(spec, lines).items()
    known = [key for key, kr in spent if key not in unknown and is_something(kr)]
    told = _without(results, partly, texts)
    if told:
        # Of a nature of which the county does not know all.
        is_in_part = any((county, nature) in partly for county, _, nature in known)
        more = [texts("lan_koder.delvis")] if is_in_part else []
        yield CellNote(row, 0, " ".join([texts("lan_koder.utan", counties=told), *more]))


def _placed(name: str, nature: Nature, natures: Sequence[Nature], texts: Texts) -> tuple[str, ...]:
    """What a row is about; the nature only where there are several."""
    return (name, texts(f"slag.{nature}")) if natures[1:] else (name,)


def _placed_heads(natures: Sequence[Nature], texts: Texts) -> tuple[str, ...]:
    place = texts("lan_koder.lan")
    return (place, texts("lan_koder.slag")) if natures[1:] else (place,)


def whole_sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum; None where any part of it is not known."""
    known = [value for value in values if value is not None]
    return added(known) if len(known) == len(values) else None


def known_sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return added(known) if known else None


def _amount(value: Decimal | None) -> str:
    if value is None:
        return NOT_AVAILABLE
    return format_number(value) if is_something(value) else NOTHING
