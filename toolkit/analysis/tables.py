"""Dataset → Table: what is printed, with its caption, notes, units and source."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.analysis.appropriations import Series
from toolkit.analysis.coherence import STEPS, TABLES, Chain, chains
from toolkit.analysis.merge import Dataset
from toolkit.analysis.reconcile import EarmarkVerdict, spend_by_code
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.words.amounts import NBSP, format_number, format_percent
from toolkit.words.swedish import number_word

NOTHING, NOT_AVAILABLE = "–", ".."
USABLE = {"merged", "fixed", "nil"}
"""What a county's table is when its rows are known."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading. `note` is the text of a footnote to it; numbers stand to the right."""

    heading: str
    note: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class CellNote:
    """The text of a footnote to one cell; row and column are counted from 0, below the headings."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready for print: texts only. The first column is the stub; `total` says that the last
    row sums; one that is `wide` needs a page that lies down. `notes` are in reading order, at most
    one to a cell."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    total: bool = False
    notes: tuple[CellNote, ...] = ()
    wide: bool = False

    @property
    def noted(self) -> bool:
        """Whether a heading or a cell has a footnote."""
        return bool(self.notes) or any(column.note for column in self.columns)


@dataclass(frozen=True, slots=True)
class Money:
    """What the tables on money are made of."""

    data: Dataset
    verdicts: Sequence[EarmarkVerdict]
    series: Series


def make_tables(money: Money, texts: Texts) -> dict[str, Table]:
    """All tables that the chapters may call for, by id."""
    makers: Mapping[str, Callable[[Money, Texts], Table]] = {
        "anslag": appropriation_table,
        "forbrukning": use_table,
        "sarredovisning": earmark_table,
        "koder": code_table,
        "lan_koder": county_code_table,
        "malsattningar": goal_table,
        "indikatorer": indicator_table,
        "sammanhang": coherence_table,
    }
    return {name: make(money, texts) for name, make in makers.items()}


def appropriation_table(money: Money, texts: Texts) -> Table:
    """The report's table of appropriations and spend, year by year as columns, its note on the year
    whose sources disagree."""
    series = money.series
    noted = {figure.year for figure, _ in series.disagreeing()}
    years = [
        Column(str(y), texts("anslag.not") if y in noted else "", number=True) for y in series.years
    ]
    rows = []
    for item in ("anslag", "utgifter"):
        figures = [series.printed(year, item) for year in series.years]
        shown = (format_number(figure.amount) if figure else NOT_AVAILABLE for figure in figures)
        rows.append((texts(f"anslag.{item}"), *shown))
    head = (Column(texts("anslag.ar")), *years)
    return Table("anslag", texts("anslag.rubrik"), head, tuple(rows), texts("anslag.kalla"))


def use_table(money: Money, texts: Texts) -> Table:
    """What was left of the appropriation, and the share used, with the sum of the years."""
    heads = ("ar", "anslag_kort", "utgifter_kort", "ej_forbrukat", "andel")
    columns = tuple(Column(texts(f"forbrukning.{name}"), number=name != "ar") for name in heads)
    rows: list[tuple[str, ...]] = []
    totals = [Decimal(0), Decimal(0)]
    for year in money.series.years:
        granted, spent = (
            money.series.printed(year, "anslag"),
            money.series.printed(year, "utgifter"),
        )
        if granted is None or spent is None:
            rows.append((str(year), *(NOT_AVAILABLE for _ in heads[1:])))
            continue
        totals = [totals[0] + granted.amount, totals[1] + spent.amount]
        rows.append((str(year), *_use(granted.amount, spent.amount)))
    rows.append((texts("summa"), *_use(*totals)))
    return Table(
        "forbrukning",
        texts("forbrukning.rubrik"),
        columns,
        tuple(rows),
        texts("forbrukning.kalla"),
        total=True,
    )


def _use(granted: Decimal, spent: Decimal) -> tuple[str, ...]:
    share = format_percent(spent / granted) if granted else NOT_AVAILABLE
    return format_number(granted), format_number(spent), format_number(granted - spent), share


def earmark_table(money: Money, texts: Texts) -> Table:
    """Each county's verdict, what it spent on its own code, and the share of its spend."""
    export = money.data.year.texts("export")
    heads = ("lan", "utslag", "egen", "totalt", "andel")
    columns = tuple(
        Column(texts(f"sarredovisning.{n}"), number=n in {"egen", "totalt", "andel"}) for n in heads
    )
    rows = [
        (
            v.name,
            export(f"utslag.{v.verdict}"),
            earmark_kr(v, v.own),
            earmark_kr(v, v.total),
            earmark_share(v),
        )
        for v in money.verdicts
    ]
    own = sum((v.own for v in money.verdicts), Decimal(0))
    total = sum((v.total for v in money.verdicts), Decimal(0))
    share = format_percent(own / total) if total else NOT_AVAILABLE
    rows.append((texts("summa"), "", format_number(own), format_number(total), share))
    caption, source = texts("sarredovisning.rubrik", year=_year(money)), texts("kalla_lan")
    return Table("sarredovisning", caption, columns, tuple(rows), source, total=True)


def earmark_kr(verdict: EarmarkVerdict, amount: Decimal) -> str:
    """Zero that is known to be zero is nothing to report; a county that has not reported is not
    available."""
    if verdict.verdict == "ej_inkommen" or (not amount and verdict.verdict == "ej_redovisat"):
        return NOT_AVAILABLE
    return format_number(amount) if amount else NOTHING


def earmark_share(verdict: EarmarkVerdict) -> str:
    """The own code's share of the county's spend."""
    if verdict.verdict in {"ej_inkommen", "ej_redovisat"}:
        return NOT_AVAILABLE
    return format_percent(verdict.own / verdict.total) if verdict.own and verdict.total else NOTHING


def code_table(money: Money, texts: Texts) -> Table:
    """Spend by verksamhetskod over all counties."""
    spec = money.data.year.spec
    spent = spend_by_code(money.data)
    codes = spec.lists["verksamhetskod"].valid_in(spec.year)
    sums = [sum((v for (_, c), v in spent.items() if c == code.code), Decimal(0)) for code in codes]
    total = sum(sums, Decimal(0))
    rows = [
        (
            code.shown,
            format_number(value),
            format_percent(value / total) if total else NOT_AVAILABLE,
        )
        for code, value in zip(codes, sums, strict=True)
    ]
    rows.append(
        (
            texts("summa"),
            format_number(total),
            format_percent(Decimal(1)) if total else NOT_AVAILABLE,
        )
    )
    columns = tuple(
        Column(texts(f"koder.{name}"), number=name != "kod") for name in ("kod", "utfall", "andel")
    )
    caption = texts("koder.rubrik", year=_year(money))
    return Table("koder", caption, columns, tuple(rows), texts("kalla_lan"), total=True)


def county_spend(money: Money) -> dict[str, tuple[Decimal | None, ...]]:
    """Kronor on each of the year's codes by the county's name; None where the county's amounts are
    not in."""
    spec = money.data.year.spec
    codes = [code.code for code in spec.lists["verksamhetskod"].valid_in(spec.year)]
    spent = spend_by_code(money.data)
    known = {
        c.code for c in money.data.counties if c.tables["ekonomi"] not in {"blocked", "missing"}
    }
    return {
        county.name: tuple(
            spent.get((county.code, code), Decimal(0)) if county.code in known else None
            for code in codes
        )
        for county in money.data.counties
    }


def county_code_table(money: Money, texts: Texts) -> Table:
    """Spend by county and verksamhetskod, with sums both ways."""
    spec = money.data.year.spec
    codes = spec.lists["verksamhetskod"].valid_in(spec.year)
    spent = county_spend(money)
    rows = [
        (name, *(_amount(value) for value in (*values, _whole(values))))
        for name, values in spent.items()
    ]
    sums = [_whole([values[index] for values in spent.values()]) for index in range(len(codes))]
    rows.append((texts("summa"), *(_amount(value) for value in (*sums, _whole(sums)))))
    heads = [texts("lan_koder.lan"), *(code.code for code in codes), texts("summa")]
    columns = tuple(Column(head, number=index > 0) for index, head in enumerate(heads))
    caption = texts("lan_koder.rubrik", year=_year(money))
    return Table("lan_koder", caption, columns, tuple(rows), texts("lan_koder.kalla"), total=True)


def _whole(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _amount(value: Decimal | None) -> str:
    return NOT_AVAILABLE if value is None else format_number(value) if value else NOTHING


def goal_counts(money: Money) -> list[tuple[Code, int, int, int]]:
    """For each målsättning: all activities, those on prostitution and trafficking, and the counties
    of these."""
    spec = money.data.year.spec
    belongs = {(row["lan"], row["id"]): row["malsattning"] for row in money.data.rows("mal")}
    concerned = set(spec.earmarks[0].condition["aktiviteter.valdsform"])
    work = [
        (belongs.get((row["lan"], row["mal_id"])), row["lan"], row["valdsform"] in concerned)
        for row in money.data.rows("aktiviteter")
    ]
    counts = []
    for code in spec.lists["malsattning"].valid_in(spec.year):
        own = [(county, about) for goal, county, about in work if goal == code.code]
        about = [county for county, concerns in own if concerns]
        counts.append((code, len(own), len(about), len(set(about))))
    return counts


def goal_table(money: Money, texts: Texts) -> Table:
    """Activities by the strategy's målsättning: all, and those on prostitution and trafficking."""
    rows = [(code.shown, *(str(count) for count in counts)) for code, *counts in goal_counts(money)]
    columns = tuple(
        Column(texts(f"malsattningar.{n}"), number=n != "mal") for n in ("mal", "alla", "pm", "lan")
    )
    caption = texts("malsattningar.rubrik", year=_year(money))
    return Table("malsattningar", caption, columns, tuple(rows), texts("kalla_lan"))


def coherence_table(money: Money, texts: Texts) -> Table:
    """For each county, how many of its activities on the earmarked area have each step of the
    chain; and the sum."""
    found = coherence_by_county(money)
    rows = []
    for state in money.data.counties:
        own = found[state.code]
        marks = _marks(own, texts) if own is not None else [NOT_AVAILABLE] * (len(STEPS) + 1)
        rows.append((state.name, *marks))
    rows.append(
        (texts("summa"), *_marks([chain for own in found.values() for chain in own or ()], texts))
    )
    columns = tuple(Column(texts(f"sammanhang.{name}")) for name in ("lan", *STEPS, "hel"))
    caption = texts("sammanhang.rubrik", year=_year(money))
    return Table("sammanhang", caption, columns, tuple(rows), texts("sammanhang.kalla"), total=True)


def coherence_by_county(money: Money) -> dict[str, list[Chain] | None]:
    """The chains of each county on the earmarked area; None where the tables that they go through
    are not known."""
    found = chains(money.data, money.data.year.spec.earmarks[0])
    return {
        state.code: [chain for chain in found if chain.county == state.code]
        if all(state.tables[table] in USABLE for table in TABLES)
        else None
        for state in money.data.counties
    }


def _marks(found: Sequence[Chain], texts: Texts) -> list[str]:
    """A word and the counts behind it for each step, and for the whole chain."""
    counts = [sum(step in chain.steps for chain in found) for step in STEPS]
    counts.append(sum(chain.holds() for chain in found))
    if not found:
        return [NOTHING] * len(counts)
    words = ("alla" if count == len(found) else "nagra" if count else "ingen" for count in counts)
    return [
        texts(f"sammanhang.{word}", count=n, of=len(found))
        for word, n in zip(words, counts, strict=True)
    ]


def indicator_table(money: Money, texts: Texts) -> Table:
    """Every indicator that anyone has reported: how many counties, and the sum. Persons below the
    limit are not printed."""
    spec = money.data.year.spec
    rows: list[tuple[str, ...]] = []
    notes: list[CellNote] = []
    for code in spec.lists["indikator"].valid_in(spec.year):
        own = [
            row
            for row in money.data.rows("indikatorer")
            if row["indikator"] == code.code and row["kon"] == "T"
        ]
        known = [row["varde"] for row in own if isinstance(row["varde"], Decimal)]
        if not own:
            continue
        unknown = sum(row["varde"] is Missing.UNKNOWN for row in own)
        counties = {row["lan"] for row in own if isinstance(row["varde"], Decimal)}
        value = printed_indicator(money, code.attributes, own) if known else NOT_AVAILABLE
        if known and value == NOT_AVAILABLE:
            least = number_word(spec.limits.secrecy_minimum)
            notes.append(CellNote(len(rows), 3, texts("indikatorer.dold", least=least)))
        number = f"{code.code}{NBSP}"
        cells = (
            number + code.label,
            code.attributes["enhet"],
            str(len(counties)),
            value,
            str(unknown or NOTHING),
        )
        rows.append(cells)
    names = ("indikator", "enhet", "lan", "summa", "us")
    columns = tuple(
        Column(texts(f"indikatorer.{n}"), number=n in {"lan", "summa", "us"}) for n in names
    )
    caption = texts("indikatorer.rubrik", year=_year(money))
    return Table(
        "indikatorer", caption, columns, tuple(rows), texts("indikatorer.kalla"), notes=tuple(notes)
    )


def indicator_sum(
    attributes: Mapping[str, str], rows: Sequence[Mapping[str, object]], field: str = "varde"
) -> Decimal:
    """The sum over all rows; where rows of a county may count the same thing (`summering: högsta
    per län`), the sum of each county's highest."""
    values: dict[object, list[Decimal]] = {}
    for row in rows:
        if isinstance(value := row[field], Decimal):
            values.setdefault(row["lan"], []).append(value)
    highest = attributes.get("summering") == "högsta per län"
    return sum(
        (max(own) if highest else sum(own, Decimal(0)) for own in values.values()), Decimal(0)
    )


def printed_indicator(
    money: Money, attributes: Mapping[str, str], rows: Sequence[Mapping[str, object]]
) -> str:
    """The sum as it is printed: two full stops where so few persons are not told."""
    value = indicator_sum(attributes, rows)
    least = money.data.year.spec.limits.secrecy_minimum
    if attributes["personer"] == "ja" and 0 < value < least:
        return NOT_AVAILABLE
    return format_number(value, int(attributes["decimaler"]))


def _year(money: Money) -> int:
    return money.data.year.spec.year
