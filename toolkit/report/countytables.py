"""What is printed of one county by itself, with low counts of persons hidden so that no sum gives
them away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.merge import CountyState
from toolkit.analysis.reconcile import EarmarkVerdict, Row
from toolkit.analysis.tables import (
    NOT_AVAILABLE,
    NOTHING,
    USABLE,
    Column,
    Money,
    Table,
    county_spend,
    earmark_kr,
    earmark_share,
    indicator_sum,
)
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.words.amounts import NBSP, format_number, format_percent
from toolkit.words.swedish import number_word

_ENDED = "K"
_ACROSS = 8  # indicators side by side on a page that lies down


@dataclass(frozen=True)
class County:
    """One county in the year's data; `tables` are the rows of all counties."""

    money: Money
    state: CountyState
    texts: Texts
    tables: Mapping[str, Sequence[Row]]

    @cached_property
    def verdict(self) -> EarmarkVerdict:
        """Its verdict on the earmark."""
        return next(verdict for verdict in self.money.verdicts if verdict.county == self.state.code)

    def rows(self, table: str) -> list[Row]:
        """Its rows of a table."""
        return [row for row in self.tables[table] if row["lan"] == self.state.code]

    def known(self, table: str) -> bool:
        """Whether its rows of a table could be merged, or it has said that there is nothing to
        report."""
        return self.state.tables[table] in USABLE

    def label(self, codelist: str, code: object) -> str:
        """A code in words; nothing for what has not been answered."""
        known = self.money.data.year.spec.lists[codelist].by_code
        return known[code].label if isinstance(code, str) and code in known else NOTHING


def counties_of(money: Money, texts: Texts) -> Iterator[County]:
    """All counties in the order of their codes."""
    names = ("lagesbild", "mal", "aktiviteter", "indikatorer", "ekonomi")
    tables = {table: money.data.rows(table) for table in names}
    yield from (County(money, state, texts, tables) for state in money.data.counties)


def fact_table(county: County) -> Table:
    """The county on one page: what it has reported, and its money."""
    texts, verdict = county.texts, county.verdict
    year = county.money.data.year.spec.year
    export = county.money.data.year.texts("export")
    rows = [
        (texts("fakta.lage"), texts(f"fakta.lagen.{county.state.verdict}")),
        *((texts(f"fakta.{name}"), value) for name, value in _counts(county)),
        (
            texts("fakta.totalt"),
            earmark_kr(verdict, verdict.total) if county.known("ekonomi") else NOT_AVAILABLE,
        ),
        (
            texts("fakta.egen"),
            earmark_kr(verdict, verdict.own) if county.known("ekonomi") else NOT_AVAILABLE,
        ),
        (
            texts("fakta.andel"),
            earmark_share(verdict) if county.known("ekonomi") else NOT_AVAILABLE,
        ),
        (texts("fakta.utslag"), export(f"utslag.{verdict.verdict}")),
    ]
    columns = (Column(texts("fakta.uppgift")), Column(texts("fakta.varde"), number=True))
    caption = texts("fakta.rubrik", county=county.state.name, year=year)
    return Table(f"lan_{county.state.code}", caption, columns, tuple(rows), texts("fakta.kalla"))


def _counts(county: County) -> Iterator[tuple[str, str]]:
    """How much of each kind, and how much of it concerns the earmarked area."""
    concerned = set(county.money.data.year.spec.earmarks[0].condition["aktiviteter.valdsform"])
    for table in ("lagesbild", "mal", "aktiviteter", "indikatorer"):
        yield table, str(len(county.rows(table))) if county.known(table) else NOT_AVAILABLE
        if table == "aktiviteter":
            own = [row for row in county.rows(table) if row["valdsform"] in concerned]
            ended = [row for row in own if row["status"] == _ENDED]
            known = county.known(table)
            yield "omradet", str(len(own)) if known else NOT_AVAILABLE
            yield "avslutade", str(len(ended)) if known else NOT_AVAILABLE


def activity_table(county: County) -> Table:
    """The county's activities: heading, kind, status."""
    names = ("rubrik", "typ", "valdsform", "status")
    columns = tuple(Column(county.texts(f"aktiviteter.{name}")) for name in ("kolumn", *names[1:]))
    lists = {"typ": "aktivitetstyp", "valdsform": "valdsform", "status": "status"}
    rows = [
        (
            str(row["rubrik"]),
            *(county.label(codelist, row[field]) for field, codelist in lists.items()),
        )
        for row in county.rows("aktiviteter")
    ]
    return Table(
        "aktiviteter",
        _caption(county, "aktiviteter"),
        columns,
        tuple(rows),
        county.texts("fakta.kalla"),
    )


def spend_table(county: County) -> Table:
    """Its spend by verksamhetskod, with the sum."""
    spec = county.money.data.year.spec
    codes = spec.lists["verksamhetskod"].valid_in(spec.year)
    amounts = [amount or Decimal(0) for amount in county_spend(county.money)[county.state.name]]
    total = sum(amounts, Decimal(0))
    cells = [
        *zip((code.shown for code in codes), amounts, strict=True),
        (county.texts("summa"), total),
    ]
    rows = [
        (name, format_number(v) if v else NOTHING, format_percent(v / total) if v else NOTHING)
        for name, v in cells
    ]
    columns = tuple(
        Column(county.texts(f"koder.{name}"), number=name != "kod")
        for name in ("kod", "utfall", "andel")
    )
    caption = _caption(county, "koder")
    return Table("koder", caption, columns, tuple(rows), county.texts("fakta.kalla"), total=True)


def indicator_table(county: County) -> Table:
    """Its indicators: this year's value, last year's and the target. Low counts of persons are not
    printed."""
    spec = county.money.data.year.spec
    names = ("indikator", "enhet", "foregaende", "varde", "malvarde")
    columns = tuple(
        Column(county.texts(f"indikatorer.{n}"), number=n not in names[:2]) for n in names
    )
    rows = []
    for code in spec.lists["indikator"].valid_in(spec.year):
        own = [
            row
            for row in county.rows("indikatorer")
            if row["indikator"] == code.code and row["kon"] == "T"
        ]
        if own:
            shown = (_value(county, code, own, field) for field in names[2:])
            rows.append((f"{code.code}{NBSP}{code.label}", code.attributes["enhet"], *shown))
    caption = _caption(county, "indikatorer")
    return Table("indikatorer", caption, columns, tuple(rows), county.texts("indikatorer.kalla"))


def indicator_tables(counties: Sequence[County], texts: Texts) -> list[Table]:
    """Every indicator that anyone has reported, county by county, in tables that are wide but no
    wider than a page."""
    spec = counties[0].money.data.year.spec
    reported = {row["indikator"] for row in counties[0].tables["indikatorer"] if row["kon"] == "T"}
    codes = [code for code in spec.lists["indikator"].valid_in(spec.year) if code.code in reported]
    count = -(-len(codes) // _ACROSS)
    per = -(-len(codes) // count) if count else 0
    parts = [codes[start : start + per] for start in range(0, len(codes), per)] if per else []
    name = "indikatorer_lan.rubrik" if len(parts) > 1 else "indikatorer_lan.ensam"
    captions = [
        texts(name, year=spec.year, part=number, parts=len(parts))
        for number in range(1, len(parts) + 1)
    ]
    return [
        _indicators(counties, texts, f"indikatorer_lan_{number}", caption, part)
        for number, (caption, part) in enumerate(zip(captions, parts, strict=True), 1)
    ]


def _indicators(
    counties: Sequence[County], texts: Texts, name: str, caption: str, codes: Sequence[Code]
) -> Table:
    columns = (
        Column(texts("indikatorer_lan.lan")),
        *(_indicator(counties[0], code, texts) for code in codes),
    )
    rows = tuple(
        (county.state.name, *(_cell(county, code) for code in codes)) for county in counties
    )
    return Table(name, caption, columns, rows, texts("indikatorer_lan.kalla"), wide=True)


def _indicator(county: County, code: Code, texts: Texts) -> Column:
    """An indicator as a column, with a note where counts in it are hidden."""
    least = number_word(county.money.data.year.spec.limits.secrecy_minimum)
    note = texts("indikatorer_lan.dold", least=least) if _hidden(county, code, "varde") else ""
    return Column(f"{code.code} {code.label}", note, number=True)


def _cell(county: County, code: Code) -> str:
    own = [
        row
        for row in county.rows("indikatorer")
        if row["indikator"] == code.code and row["kon"] == "T"
    ]
    if own:
        return _value(county, code, own, "varde")
    return NOTHING if county.known("indikatorer") else NOT_AVAILABLE


def _value(county: County, code: Code, own: Sequence[Row], field: str) -> str:
    if not any(isinstance(row[field], Decimal) for row in own):
        asked = any(row[field] is Missing.UNKNOWN for row in own)
        return NOT_AVAILABLE if asked else NOTHING
    if field != "malvarde" and county.state.code in _hidden(county, code, field):
        return NOT_AVAILABLE
    return format_number(
        indicator_sum(code.attributes, own, field), int(code.attributes["decimaler"])
    )


def _hidden(county: County, code: Code, field: str) -> frozenset[str]:
    """The counties whose value of an indicator is not printed."""
    if code.attributes["personer"] != "ja":
        return frozenset()
    found: dict[str, list[Row]] = {}
    for row in county.tables["indikatorer"]:
        if row["indikator"] == code.code and row["kon"] == "T" and isinstance(row[field], Decimal):
            found.setdefault(row["lan"], []).append(row)
    values = {name: indicator_sum(code.attributes, rows, field) for name, rows in found.items()}
    return hidden(values, county.money.data.year.spec.limits.secrecy_minimum)


def hidden(values: Mapping[str, Decimal], least: int) -> frozenset[str]:
    """Whose counts are not printed beside a printed sum: the low ones, and the smallest of the
    others, so that what is left of the sum is not theirs alone. Where there is no other to hide,
    none is printed."""
    low = {name for name, value in values.items() if 0 < value < least}
    others = sorted((value, name) for name, value in values.items() if value >= least)
    if not low:
        return frozenset()
    return frozenset({*low, others[0][1]} if others else values)


def _caption(county: County, name: str) -> str:
    return county.texts(
        f"{name}.rubrik", county=county.state.name, year=county.money.data.year.spec.year
    )
