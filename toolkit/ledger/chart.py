"""huvudbok.yaml, which the agency edits, as a chart of accounts. What is wrong in it is told as a
mistake of the agency's: read without a word, it would make a county's ledger look wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.files.yaml import SpecError
from toolkit.ledger.entries import PARTS, AccountChart, Bridge, CostKind, Received, Uncounted
from toolkit.spec.codelists import Code
from toolkit.spec.faults import SpecFault, fault, likely_of, meant
from toolkit.spec.load import Year
from toolkit.spec.model import Spec
from toolkit.spec.parse import parse, told_at
from toolkit.spec.roles import AREA_CODES, COST_KINDS, ITEMS, RESPONDENTS, ListRole
from toolkit.words.swedish import fold, join_and

CHART = "huvudbok.yaml"
_NEEDED = ("account", "amount", "code")


def read_chart(year: Year) -> AccountChart:
    """Which accounts are whose. Raises SpecError with all that is wrong in it, a line each."""
    source = year.source(CHART)
    chart = parse(source, AccountChart)
    wrong = [
        *_columns(chart),
        *_headings(chart),
        *_kinds(chart, year.spec),
        *_beside_costs(chart.uncounted, "uncounted", chart, "huvudbok.raknas"),
    ]
    wrong += [*_words(chart, year.spec), *_bridges(chart, year.spec)]
    wrong += [
        *_beside_costs(chart.received, "received", chart, "huvudbok.intakt"),
        *_counterparts(chart, year.spec),
    ]
    wrong += _not_booked(chart, year.spec)
    if not chart.code_dimension.isdigit():
        wrong.append(fault(("code_dimension",), "huvudbok.dimension", namn=chart.code_dimension))
    told = [told_at(source, one.place, one.text) for one in wrong]
    for number, other in _overlapping(chart):
        values = _overlap(chart.kinds[number], chart.kinds[other])
        line = source.line_of(("kinds", other))
        found = fault(("kinds", number), "huvudbok.overlapp", rad=line, **values)
        told.append(told_at(source, found.place, found.text))
    if told:
        raise SpecError("\n".join(told))
    return chart


def _columns(chart: AccountChart) -> Iterator[SpecFault]:
    """Further columns of the agency's own are shown and not read; what is much like one of ours is
    not meant as such."""
    absent = [name for name in PARTS if name not in chart.columns]
    likely = {name: likely_of(name, absent) for name in chart.columns if name not in PARTS}
    for name, other in likely.items():
        if other is not None:
            question = meant(name, [other])
            yield fault(("columns", name), "huvudbok.del", namn=name, menade=question)
    for name in _NEEDED:
        if name in absent and name not in likely.values():
            yield fault(("columns",), "huvudbok.kolumn", namn=name)
    yield from _without_headings(chart)


def _without_headings(chart: AccountChart) -> Iterator[SpecFault]:
    for name, headings in chart.columns.items():
        if not headings:
            yield fault(("columns", name), "huvudbok.utan_rubrik", namn=name)


def _headings(chart: AccountChart) -> Iterator[SpecFault]:
    """A heading must not stand for two things."""
    given = [(("columns", name), name, heads) for name, heads in chart.columns.items()]
    given.append((("thousands",), "thousands", chart.thousands))  # type: ignore[arg-type]
    seen: dict[str, str] = {}
    for place, name, headings in given:
        for heading in headings:
            other = seen.setdefault(fold(heading), name)
            if other != name:
                values = {"namn": other, "annan": name}
                yield fault(place, "huvudbok.rubrik", rubrik=heading, **values)


def _kinds(chart: AccountChart, spec: Spec) -> Iterator[SpecFault]:
    if not chart.kinds:
        yield fault(("kinds",), "huvudbok.inga")
    for number, kind in enumerate(chart.kinds):
        place = ("kinds", number)
        yield from (fault(place, name, **values) for name, values in _interval(kind))
        if spec.bound.has(COST_KINDS):
            yield from (fault(place, name, **values) for name, values in _cost_kind(kind, spec))


def without_accounts(chart: AccountChart, spec: Spec) -> Iterator[Code]:
    """The year's kostnadsslag that no account belongs to and that are not said to be without. What
    is reported on one would have nothing in the ledger beside it, in every county."""
    if spec.bound.has(COST_KINDS):
        known = {kind.kind for kind in chart.kinds} | set(chart.not_booked)
        yield from (
            one for one in spec.list_of(COST_KINDS).valid_in(spec.year) if one.code not in known
        )


def _not_booked(chart: AccountChart, spec: Spec) -> Iterator[SpecFault]:
    booked = {kind.kind: kind for kind in chart.kinds}
    known = spec.list_of(COST_KINDS) if spec.bound.has(COST_KINDS) else None
    for number, code in enumerate(chart.not_booked):
        place = ("not_booked", number)
        if known is not None and code not in known.by_code:
            told = {"kod": code, "lista": known.id, "menade": meant(code, known.by_code)}
            yield fault(place, "huvudbok.slag", **told)
        if code in booked:
            accounts = {"forst": booked[code].first, "sist": booked[code].last}
            yield fault(place, "huvudbok.bokfors", kod=code, **accounts)


def _beside_costs(
    ranges: Sequence[Uncounted | Received], name: str, chart: AccountChart, said: str
) -> Iterator[SpecFault]:
    """Ranges of accounts of which none may be a cost: those left out, and those of income. `said`
    names what is told of one that is."""
    for number, one in enumerate(ranges):
        place = (name, number)
        yield from (fault(place, kind, **values) for kind, values in _interval(one))
        met = dict.fromkeys(kind.kind for kind in chart.kinds if _meet(one, kind))
        if met:
            values = {"forst": one.first, "sist": one.last, "kod": join_and(met)}
            yield fault(place, said, **values)


def _counterparts(chart: AccountChart, spec: Spec) -> Iterator[SpecFault]:
    """The county boards that are named, wherever they are; one that reports no longer may still
    be in the books, and in a chart that earlier years have too."""
    counties = list(spec.list_of(RESPONDENTS).by_code)
    named = [(("kinds", number), one.counterpart) for number, one in enumerate(chart.kinds)]
    named += [(("received", n), one.counterpart) for n, one in enumerate(chart.received)]
    named = [(place, county) for place, county in named if county]
    named += [(("counterparts", n), one.county) for n, one in enumerate(chart.counterparts)]
    for place, county in named:
        if county not in counties:
            told = {"kod": county, "menade": meant(county, counties)}
            yield fault(place, "huvudbok.motpart", **told)


def _bridges(chart: AccountChart, spec: Spec) -> Iterator[SpecFault]:
    """What does not burden the appropriation: intervals of accounts, and posts that are none of the
    year's."""
    for number, one in enumerate(chart.bridges):
        place = ("bridges", number)
        yield from (fault(place, name, **values) for name, values in _interval(one))
    items = _names(ITEMS, spec)
    for number, paid in enumerate(chart.financing):
        for post in paid.posts:
            if fold(post) in items:
                told = {"ord": post, "namn": "financing", "lista": items[fold(post)]}
                yield fault(("financing", number), "huvudbok.kod", **told)


def _words(chart: AccountChart, spec: Spec) -> Iterator[SpecFault]:
    """The words by which a row is known to be no transaction: one that is a code would take all
    rows of it."""
    known = _names(AREA_CODES, spec) | _names(COST_KINDS, spec)
    seen: dict[str, str] = {}
    told = (("totals", chart.totals), ("balances", chart.balances), ("carried", chart.carried))
    for name, words in told:
        for number, word in enumerate(words):
            written, place = fold(word), (name, number)
            other = seen.setdefault(written, name)
            if not written:
                yield fault(place, "huvudbok.tomt_ord", namn=name)
            elif other != name:
                yield fault(place, "huvudbok.ord", ord=word, namn=other, annan=name)
            elif written in known:
                yield fault(place, "huvudbok.kod", ord=word, namn=name, lista=known[written])


def _names(role: ListRole, spec: Spec) -> dict[str, str]:
    """What the codes of a list can be called, and the list's id."""
    if not spec.bound.has(role):
        return {}
    codelist = spec.list_of(role)
    codes = [fold(code.code) for code in codelist.codes]
    return dict.fromkeys([*codes, *(fold(code.label) for code in codelist.codes)], codelist.id)


def _interval(
    kind: CostKind | Uncounted | Bridge | Received,
) -> Iterator[tuple[str, dict[str, str]]]:
    first, last = kind.first, kind.last
    wrong = [account for account in (first, last) if not account.isdigit()]
    if wrong:
        yield "huvudbok.konto", {"konto": wrong[0]}
    elif len(first) != len(last):
        yield "huvudbok.langd", {"forst": first, "sist": last}
    elif first > last:
        yield "huvudbok.intervall", {"forst": first, "sist": last}


def _cost_kind(kind: CostKind, spec: Spec) -> Iterator[tuple[str, dict[str, object]]]:
    known = spec.list_of(COST_KINDS)
    code = known.by_code.get(kind.kind)
    if code is None:
        likely = meant(kind.kind, known.by_code)
        yield "huvudbok.slag", {"kod": kind.kind, "lista": known.id, "menade": likely}
    elif not code.is_valid_in(spec.year):
        yield "huvudbok.slagar", {"kod": kind.kind, "ar": spec.year}


def _overlapping(chart: AccountChart) -> Iterator[tuple[int, int]]:
    """Intervals that share an account with one that stands before them. The same interval of the
    same kind twice is one too many as well."""
    for number, one in enumerate(chart.kinds):
        for other, before in enumerate(chart.kinds[:number]):
            if _meet(one, before):
                yield number, other


def _meet(one: CostKind | Uncounted | Received, other: CostKind) -> bool:
    alike = len(one.first) == len(other.first)
    return alike and one.first <= other.last and other.first <= one.last


def _overlap(one: CostKind, other: CostKind) -> dict[str, str]:
    told = {"forst": one.first, "sist": one.last, "kod": one.kind}
    return told | {"andra": f"{other.first}–{other.last}", "annan": other.kind}
