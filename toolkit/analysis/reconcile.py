"""Dataset against ledgers and appropriation: does it add up, and is what must be apart kept
apart?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from toolkit.analysis.appropriations import Series
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.ledger.entries import Ledger, added_up
from toolkit.returns.submission import Missing
from toolkit.spec.model import Earmark
from toolkit.words.amounts import is_whole, tolerance
from toolkit.words.swedish import fold

Row = Mapping[str, Any]
VERDICTS = (
    "ej_inkommen",
    "ej_redovisat",
    "sammanslaget",
    "delvis",
    "sarredovisat",
    "noll",
    "ej_mojligt",
)
"""The worst first."""


@dataclass(frozen=True, slots=True)
class EarmarkVerdict:
    """Whether one county reports an earmarked area apart. `own` is spent on its own code, `traced`
    on other codes for the same area; `rows` decide it. `verdict` is one of VERDICTS."""

    county: str
    name: str
    verdict: str
    own: Decimal
    traced: Decimal
    total: Decimal
    reason: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Rounding:
    """What roundings alone may account for. Ledgers are kept in öre. A county all of whose amounts
    are whole kronor has rounded every line, by half a krona at most: `lines` are as many as it has
    rounded. One that reports any öre has rounded none. An extract in tkr is rounded in every
    transaction: `ledger` is what that may come to."""

    lines: int = 0
    ledger: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One county's spend on one code from three sides; None where a side has nothing to say.

    `dimension` says what the code is: verksamhetskod, kostnadsslag, anslagspost, or riket (all
    counties together). `stated` is what the county says that its ledger or its appropriation
    account holds, `ledger` the extract."""

    county: str
    name: str
    code: str
    reported: Decimal
    stated: Decimal | None
    ledger: Decimal | None
    rounding: Rounding = Rounding()
    dimension: str = "verksamhetskod"

    @property
    def sides(self) -> tuple[tuple[str, Decimal], ...]:
        """What there is to compare with, by name."""
        named = (("utdrag", self.ledger), ("enligt_lanet", self.stated))
        return tuple((name, amount) for name, amount in named if amount is not None)

    @property
    def against(self) -> str | None:
        """The side that the difference is told against: the first that does not tie, or else the
        first there is."""
        off = [
            name for name, amount in self.sides if abs(amount - self.reported) > self.allowed(name)
        ]
        return next(iter([*off, *(name for name, _ in self.sides)]), None)

    @property
    def expected(self) -> Decimal | None:
        """The other side of the difference."""
        return dict(self.sides).get(self.against) if self.against else None

    @property
    def difference(self) -> Decimal:
        """Expected less reported: above zero, the workbook has too little."""
        return self.expected - self.reported if self.expected is not None else Decimal(0)

    def allowed(self, side: str) -> Decimal:
        """Kronor that roundings may account for against a side: half the last digit of each rounded
        amount. Where nothing is rounded, less than half an öre."""
        lines = self.rounding.lines + int(side == "enligt_lanet" and self.rounded_side)
        extract = self.rounding.ledger if side == "utdrag" else Decimal(0)
        return max(lines * tolerance(0) + extract, tolerance(2))

    @property
    def rounded_side(self) -> bool:
        """Whether the other side is an amount in whole kronor, and so rounded too."""
        return self.stated is not None and is_whole(self.stated)

    @property
    def tolerance(self) -> Decimal:
        """Kronor that may differ on the side that the difference is told against."""
        return self.allowed(self.against or "utdrag")

    @property
    def ties(self) -> bool:
        """All sides within their tolerance."""
        return abs(self.difference) <= self.tolerance


def earmark_verdicts(data: Dataset, earmark: Earmark) -> list[EarmarkVerdict]:
    """A verdict for every county, in the order of their codes."""
    spend, work = data.rows("ekonomi"), data.rows("aktiviteter")
    return [_judge(data, earmark, county, spend, work) for county in data.counties]


def _judge(
    data: Dataset, earmark: Earmark, county: CountyState, spend: Sequence[Row], work: Sequence[Row]
) -> EarmarkVerdict:
    own_rows = [row for row in spend if row["lan"] == county.code]
    on_code = [row for row in own_rows if row["verksamhetskod"] == earmark.code]
    elsewhere = [
        row for row in own_rows if row["verksamhetskod"] != earmark.code and concerns(earmark, row)
    ]
    acts = [row for row in work if row["lan"] == county.code and _activity_concerns(earmark, row)]
    own, traced = _total(on_code), _total(elsewhere)
    answer = _answer(data, earmark, county)
    verdict = _verdict(data, earmark, county, own, traced, answer, has_work=bool(acts))
    rows = (*elsewhere, *on_code) if verdict != "sammanslaget" else (*elsewhere, *acts)
    return EarmarkVerdict(
        county.code,
        county.name,
        verdict,
        own,
        traced,
        _total(own_rows),
        answer.get("skal", ""),
        tuple(rows),
    )


def _verdict(
    data: Dataset,
    earmark: Earmark,
    county: CountyState,
    own: Decimal,
    traced: Decimal,
    answer: Row,
    *,
    has_work: bool,
) -> str:
    if county.counts is None or county.counts.submission is None:
        return "ej_inkommen"
    if data.year.spec.year < earmark.valid_from:
        return "ej_mojligt"
    if own > 0:
        return "delvis" if traced > 0 else "sarredovisat"
    if traced > 0:
        return "sammanslaget"
    if answer.get("status") == "NOLL" and answer.get("skal"):
        return "noll"
    return "sammanslaget" if has_work and answer else "ej_redovisat"


def concerns(earmark: Earmark, row: Row) -> bool:
    """Whether a spend line is for the earmarked area, by its codes."""
    return _matches(earmark, "ekonomi", row)


def _activity_concerns(earmark: Earmark, row: Row) -> bool:
    title = fold(str(row.get("rubrik") or ""))
    return _matches(earmark, "aktiviteter", row) or any(word in title for word in earmark.words)


def _matches(earmark: Earmark, table: str, row: Row) -> bool:
    tests = {
        key.partition(".")[2]: values
        for key, values in earmark.condition.items()
        if key.startswith(f"{table}.")
    }
    return bool(tests) and all(row.get(name) in values for name, values in tests.items())


def _answer(data: Dataset, earmark: Earmark, county: CountyState) -> dict[str, str]:
    """What the county itself says of the area: status and reason, as far as given."""
    rows = [
        row
        for row in data.rows("sarredovisning")
        if row["lan"] == county.code and row["omrade"] == earmark.code
    ]
    return {
        key: value for row in rows for key, value in row.items() if isinstance(value, str) and value
    }


def _total(rows: Sequence[Row]) -> Decimal:
    return sum((row["utfall"] for row in rows if isinstance(row["utfall"], Decimal)), Decimal(0))


def reconcile(data: Dataset, ledgers: Mapping[str, Ledger]) -> list[Reconciliation]:
    """Every county and verksamhetskod, in order, whether there is anything to compare with or
    not."""
    stated = _stated(data, "huvudbok", "verksamhetskod", "huvudbok")
    booked = {county: _by(ledger, lambda key: key[0]) for county, ledger in ledgers.items()}
    declared = {
        code.code for code in data.year.spec.lists["verksamhetskod"].valid_in(data.year.spec.year)
    }
    return _compare(data, "verksamhetskod", stated, booked, declared)


def reconcile_parts(
    data: Dataset, ledgers: Mapping[str, Ledger], series: Series
) -> list[Reconciliation]:
    """The same money cut in other ways, where there is something to compare with: by kostnadsslag
    against the ledger, by anslagspost against appropriation account and ledger, and the whole
    country against the printed spend."""
    kinds = {county: _by(ledger, lambda key: key[1]) for county, ledger in ledgers.items()}
    codes = [code.code for code in data.year.spec.lists["anslagspost"].codes]
    named = {county: ledger for county, ledger in ledgers.items() if ledger.has_posts}
    posts = {
        county: _by(ledger, lambda key: known_post(key[2], codes))
        for county, ledger in named.items()
    }
    accounts = _stated(data, "anslag", "anslagspost", "utgifter")
    lines = [
        *_compare(data, "kostnadsslag", {}, kinds, set()),
        *_compare(data, "anslagspost", accounts, posts, set()),
    ]
    printed = series.printed(data.year.spec.year, "utgifter")
    if printed is not None:
        rounding = Rounding(sum(_rounded(data, "verksamhetskod").values()))
        spent = _total(data.rows("ekonomi"))
        lines.append(Reconciliation("", "", "", spent, printed.amount, None, rounding, "riket"))
    return [line for line in lines if line.sides]


def narrowed(line: Reconciliation, off: Iterable[Reconciliation]) -> dict[str, str]:
    """The codes, cut by cut, at which one and the same difference is seen: where they meet it must
    lie. Only the line's own when nothing else shows it, or when two codes of one cut do."""
    same = [
        one
        for one in off
        if one.county == line.county and one.against == line.against and _alike(one, line)
    ]
    found = {one.dimension: one.code for one in same}
    return found if len(found) == len(same) else {line.dimension: line.code}


def _alike(one: Reconciliation, other: Reconciliation) -> bool:
    return abs(one.difference - other.difference) <= max(one.tolerance, other.tolerance)


class BookedByCode(NamedTuple):
    """What an extract holds by code: kronor, and what roundings may have taken from them."""

    amounts: Mapping[str, Decimal]
    slack: Mapping[str, Decimal]


def _by(ledger: Ledger, name: Callable[[tuple[str, str, str]], str]) -> BookedByCode:
    return BookedByCode(added_up(ledger.booked, name), added_up(ledger.slack, name))


def _stated(data: Dataset, table: str, code: str, amount: str) -> dict[tuple[str, str], Decimal]:
    """What the counties say themselves, by county and code."""
    rows = data.rows(table)
    return {
        (row["lan"], row[code]): row[amount] for row in rows if not isinstance(row[amount], Missing)
    }


def known_post(post: str, codes: Sequence[str]) -> str:
    """Ledgers write posts in their own way: `AP.4` and `3:1 ap.4` are ap.4."""
    return next((code for code in codes if fold(post).split()[-1:] == [fold(code)]), post)


def comparable(data: Dataset) -> tuple[CountyState, ...]:
    """The counties whose sheet Ekonomi is in the merge; one with errors there has no sum to
    compare."""
    return tuple(county for county in data.reported if county.tables["ekonomi"] != "blocked")


def _compare(
    data: Dataset,
    dimension: str,
    stated: Mapping[tuple[str, str], Decimal],
    booked: Mapping[str, BookedByCode],
    declared: set[str],
) -> list[Reconciliation]:
    reported, rounded = _spend_by(data, dimension), _rounded(data, dimension)
    whole = {lan for lan, _ in rounded}
    lines = []
    for county in comparable(data):
        ledger = booked.get(county.code)
        own = {code for lan, code in (*reported, *stated) if lan == county.code}
        for code in sorted(declared | own | set(ledger.amounts if ledger else ())):
            key = (county.code, code)
            side = ledger.amounts.get(code, Decimal(0)) if ledger else None
            slack = ledger.slack.get(code, Decimal(0)) if ledger else Decimal(0)
            rounding = Rounding(rounded.get(key, int(county.code in whole)), slack)
            spent = reported.get(key, Decimal(0))
            lines.append(
                Reconciliation(
                    county.code,
                    county.name,
                    code,
                    spent,
                    stated.get(key),
                    side,
                    rounding,
                    dimension,
                )
            )
    return lines


def _rounded(data: Dataset, name: str) -> dict[tuple[str, str], int]:
    """Lines by county and code, of the counties that report in whole kronor throughout."""
    spent = [row for row in data.rows("ekonomi") if isinstance(row["utfall"], Decimal)]
    exact = {row["lan"] for row in spent if not is_whole(row["utfall"])}
    counted = ((row["lan"], row[name] if isinstance(row[name], str) else "") for row in spent)
    return Counter(key for key in counted if key[0] not in exact)


def spend_by_code(data: Dataset) -> dict[tuple[str, str], Decimal]:
    """Kronor by county and verksamhetskod, from the merged rows of Ekonomi."""
    return _spend_by(data, "verksamhetskod")


def _spend_by(data: Dataset, name: str) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}
    for row in data.rows("ekonomi"):
        if isinstance(row["utfall"], Decimal):
            key = (row["lan"], row[name] if isinstance(row[name], str) else "")
            sums[key] = sums.get(key, Decimal(0)) + row["utfall"]
    return sums
