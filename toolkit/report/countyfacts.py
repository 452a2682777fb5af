"""What is told of a county on one page: what it has reported, and its money."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.contradictions import concerns
from toolkit.analysis.earmarks import VERDICT_NEEDS, AreaMoney
from toolkit.analysis.money_tables import earmark_kr, earmark_share
from toolkit.analysis.needs import EARMARKED_WORK, LeftOut, Need, lacking
from toolkit.analysis.part_shares import no_share_notes, part_share
from toolkit.analysis.records import Activity
from toolkit.analysis.states import Nature
from toolkit.analysis.sums import added, is_something
from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, NOTHING, Column, Table
from toolkit.report.countytables import County, counties_of
from toolkit.spec.model import Spec, TableSpec
from toolkit.spec.roles import ACTIVITY, ACTIVITY_STATE, DONE, GOAL, INDICATOR, SITUATION, SPEND
from toolkit.words.amounts import NBSP, format_number

"""What has no sum, as official statistics print it."""


class Fact(NamedTuple):
    """A line of what is told of a county on one page: what it needs of the year, and its value."""

    name: str
    needs: tuple[Need, ...]
    value: Callable[[County], str]

    def rows(self, county: County) -> Iterator[tuple[str, str]]:
        """The line."""
        yield county.texts(self.name), self.value(county)


class MoneyFact(NamedTuple):
    """The same of money: a line for utgifter and one for kostnader."""

    name: str
    needs: tuple[Need, ...]
    value: Callable[[County, Nature], str]

    def rows(self, county: County) -> Iterator[tuple[str, str]]:
        """The lines."""
        for nature in county.results.natures:
            name = county.texts(self.name, kind=county.texts(f"slag.{nature}"))
            yield name, self.value(county, nature)


def _count_of(table: str) -> Callable[[County], str]:
    return lambda county: _count(county, table, county.count(table))


def _concerned(county: County) -> list[Activity]:
    """The activities on the earmarked area."""
    return [one for one in county.activities if concerns(county.results.earmark, one)]


def _concerned_count(county: County) -> str:
    return _count(county, ACTIVITY, len(_concerned(county)))


def _ended_count(county: County) -> str:
    done = county.results.data.year.spec.bound[DONE]
    ended = [one for one in _concerned(county) if one.status == done]
    return _count(county, ACTIVITY, len(ended))


def _count(county: County, table: str, count: int) -> str:
    return str(count) if county.known(table) else NOT_AVAILABLE


def _total(county: County, nature: Nature) -> str:
    if not county.verdict.knows(nature).total:
        return NOT_AVAILABLE
    return _known_spend(county, earmark_kr(county.verdict, county.verdict.of(nature).total))


def _own(county: County, nature: Nature) -> str:
    if not county.verdict.knows(nature).own:
        return NOT_AVAILABLE
    return _known_spend(county, earmark_kr(county.verdict, county.verdict.of(nature).own))


def _own_share(county: County, nature: Nature) -> str:
    if not county.verdict.knows(nature).share:
        return NOT_AVAILABLE
    return _known_spend(county, earmark_share(county.verdict, county.verdict.of(nature)))


def _known_spend(county: County, shown: str) -> str:
    return shown if county.known(SPEND) else NOT_AVAILABLE


def _verdict(county: County) -> str:
    said = county.results.data.year.texts("export")
    return said(f"utslag.{county.verdict.verdict}")


def _state(county: County) -> str:
    return county.texts(f"fakta.lagen.{county.state.verdict}")


FACTS: tuple[Fact | MoneyFact, ...] = (
    Fact("fakta.lage", (), _state),
    Fact("fakta.lagesbild", (SITUATION,), _count_of(SITUATION)),
    Fact("fakta.mal", (GOAL,), _count_of(GOAL)),
    Fact("fakta.aktiviteter", (ACTIVITY,), _count_of(ACTIVITY)),
    Fact("fakta.omradet", (EARMARKED_WORK, ACTIVITY), _concerned_count),
    Fact("fakta.avslutade", (EARMARKED_WORK, ACTIVITY_STATE, DONE), _ended_count),
    Fact("fakta.indikatorer", (INDICATOR,), _count_of(INDICATOR)),
    MoneyFact("fakta.totalt", VERDICT_NEEDS, _total),
    MoneyFact("fakta.egen", VERDICT_NEEDS, _own),
    MoneyFact("fakta.andel", VERDICT_NEEDS, _own_share),
    Fact("fakta.utslag", VERDICT_NEEDS, _verdict),
)
"""What is told of a county, in order; each only in a year that asks for what it needs."""


def fact_table(county: County) -> Table:
    """The county on one page: what it has reported, and its money."""
    texts = county.texts
    asked = [fact for fact in FACTS if county.asks(*fact.needs)]
    rows = list(chain.from_iterable(fact.rows(county) for fact in asked))
    rows += [
        (table.label, _count_of(table.id)(county))
        for table in _own_tables(county.results.data.year.spec)
    ]
    columns = (Column(texts("fakta.uppgift")), Column(texts("fakta.varde"), number=True))
    caption = texts("fakta.rubrik", county=county.state.name, year=county.year)
    source, notes = texts("fakta.kalla"), tuple(no_share_notes(rows, texts))
    return Table(f"lan_{county.code}", caption, columns, tuple(rows), source, notes=notes)


_SUMMED = {"fakta.totalt": "total", "fakta.egen": "own", "fakta.andel": "share"}


def compared_fact_table(county: County) -> Table:
    """The same with what all counties that are known have together beside it; what has no sum has a
    point."""
    own, texts = fact_table(county), county.texts
    every = list(counties_of(county.results, texts))
    country = list(chain.from_iterable(_in_the_country(fact, county, every) for fact in FACTS))
    tables = _own_tables(county.results.data.year.spec)
    country += [_sum_of_counts(_count_of(table.id), every) for table in tables]
    rows = [(*row, told) for row, told in zip(own.rows, country, strict=True)]
    columns = (*own.columns, Column(texts("fakta.landet"), number=True))
    source = texts("fakta.kalla_landet", all=len(every))
    return replace(own, columns=columns, rows=tuple(rows), source=source)


def _in_the_country(
    fact: Fact | MoneyFact, county: County, every: Sequence[County]
) -> Iterator[str]:
    """What stands beside each line of a fact; nothing of one that the year does not ask for."""
    if not county.asks(*fact.needs):
        return
    if isinstance(fact, Fact):
        counted = fact.value not in (_state, _verdict)
        yield _sum_of_counts(fact.value, every) if counted else IMPOSSIBLE
        return
    for nature in county.results.natures:
        told = [fact.value(one, nature) for one in every]
        yield of_so_many(_money_in_the_country(fact, nature, every, told), _known(told))


def _known(told: Sequence[str]) -> int:
    return sum(one != NOT_AVAILABLE for one in told)


def of_so_many(told: str, counties: int) -> str:
    """A sum over the counties, and in brackets how many it is of; two full stops by themselves."""
    return told if told in {NOT_AVAILABLE, IMPOSSIBLE} else f"{told}{NBSP}({counties})"


def _sum_of_counts(value: Callable[[County], str], every: Sequence[County]) -> str:
    """The sum of what is known; nothing and what is not known are not known together."""
    told = [value(one) for one in every]
    count = sum(int(one) for one in told if one != NOT_AVAILABLE)
    is_known = count or NOT_AVAILABLE not in told
    return of_so_many(format_number(count) if is_known else NOT_AVAILABLE, _known(told))


def _money_in_the_country(
    fact: MoneyFact, nature: Nature, every: Sequence[County], told: Sequence[str]
) -> str:
    """Kronor of all whose own are known whole, as the national report sums them; of a share both
    the part and the whole. Where no county's is told (`told`), theirs together is not either."""
    part = _SUMMED[fact.name]
    known = [one for one in every if getattr(one.verdict.knows(nature), part)]
    if not _known(told) or not any(one.known(SPEND) for one in known):
        return NOT_AVAILABLE
    return _summed(part, [one.verdict.of(nature) for one in known])


def _summed(part: str, money: Sequence[AreaMoney]) -> str:
    own, total = added(one.own for one in money), added(one.total for one in money)
    amount = total if part == "total" else own
    if not is_something(amount):
        return NOTHING
    return part_share(own, total) if part == "share" else format_number(amount)


def _own_tables(spec: Spec) -> Iterator[TableSpec]:
    """The year's lists that no role stands for: of these the number of rows can be told."""
    held = set(spec.bound.ids.values())
    for table in spec.tables.values():
        if table.kind == "list" and table.id not in held:
            yield table


def left_out_facts(spec: Spec) -> list[LeftOut]:
    """What a year does not tell of a county, and why."""
    found = [LeftOut("lansuppgift", fact.name, lacking(spec, fact.needs)) for fact in FACTS]
    return [one for one in found if one.lacks]
