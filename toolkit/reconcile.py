"""Dataset against ledgers and appropriation: does it add up, and is what must be apart kept apart?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toolkit.amounts import tolerance
from toolkit.ledger import Ledger
from toolkit.merge import CountyState, Dataset
from toolkit.spec import Earmark
from toolkit.submission import Missing
from toolkit.swedish import fold

Row = Mapping[str, Any]
VERDICTS = ("ej_redovisat", "sammanslaget", "delvis", "sarredovisat", "noll", "ej_mojligt", "ej_inkommen")


@dataclass(frozen=True, slots=True)
class EarmarkVerdict:
    """Whether one county reports an earmarked area apart. `own` is spent on its own code, `traced` on other
    codes for the same area; `rows` decide it. `verdict` is one of VERDICTS."""

    county: str
    name: str
    verdict: str
    own: Decimal
    traced: Decimal
    total: Decimal
    reason: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """One county's spend on one code from three sides; None where a side has nothing to say.

    `expected` is the ledger extract where one was sent, otherwise what the county says that its ledger holds."""

    county: str
    name: str
    code: str
    reported: Decimal
    stated: Decimal | None
    ledger: Decimal | None
    tolerance: Decimal

    @property
    def expected(self) -> Decimal | None:
        """The other side of the difference."""
        return self.ledger if self.ledger is not None else self.stated

    @property
    def difference(self) -> Decimal:
        """Expected less reported: above zero, the workbook has too little."""
        return self.expected - self.reported if self.expected is not None else Decimal(0)

    @property
    def ties(self) -> bool:
        """Within the tolerance."""
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
    elsewhere = [row for row in own_rows if row["verksamhetskod"] != earmark.code and concerns(earmark, row)]
    acts = [row for row in work if row["lan"] == county.code and _activity_concerns(earmark, row)]
    own, traced = _total(on_code), _total(elsewhere)
    answer = _answer(data, earmark, county)
    verdict = _verdict(data, earmark, county, own, traced, answer, has_work=bool(acts))
    rows = (*elsewhere, *on_code) if verdict != "sammanslaget" else (*elsewhere, *acts)
    return EarmarkVerdict(
        county.code, county.name, verdict, own, traced, _total(own_rows), answer.get("skal", ""), tuple(rows)
    )


def _verdict(
    data: Dataset, earmark: Earmark, county: CountyState, own: Decimal, traced: Decimal, answer: Row, *, has_work: bool
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
    tests = {key.partition(".")[2]: values for key, values in earmark.condition.items() if key.startswith(f"{table}.")}
    return bool(tests) and all(row.get(name) in values for name, values in tests.items())


def _answer(data: Dataset, earmark: Earmark, county: CountyState) -> dict[str, str]:
    """What the county itself says of the area: status and reason, as far as given."""
    rows = [row for row in data.rows("sarredovisning") if row["lan"] == county.code and row["omrade"] == earmark.code]
    return {key: value for row in rows for key, value in row.items() if isinstance(value, str) and value}


def _total(rows: Sequence[Row]) -> Decimal:
    return sum((row["utfall"] for row in rows if isinstance(row["utfall"], Decimal)), Decimal(0))


def reconcile(data: Dataset, ledgers: Mapping[str, Ledger]) -> list[Reconciliation]:
    """Every county and code where there is anything to compare, in order."""
    reported = spend_by_code(data)
    stated = {
        (row["lan"], row["verksamhetskod"]): row["huvudbok"]
        for row in data.rows("huvudbok")
        if not isinstance(row["huvudbok"], Missing)
    }
    lines = []
    for county in data.reported:
        ledger = ledgers.get(county.code)
        booked = ledger.by_code() if ledger else {}
        declared = {code.code for code in data.year.spec.lists["verksamhetskod"].valid_in(data.year.spec.year)}
        for code in sorted(declared | booked.keys()):
            lines.append(
                Reconciliation(
                    county.code, county.name, code, reported.get((county.code, code), Decimal(0)),
                    stated.get((county.code, code)),
                    booked.get(code, Decimal(0)) if ledger else None, tolerance(0),
                )
            )  # fmt: skip
    return lines


def spend_by_code(data: Dataset) -> dict[tuple[str, str], Decimal]:
    """Kronor by county and verksamhetskod, from the merged rows of Ekonomi."""
    sums: dict[tuple[str, str], Decimal] = {}
    for row in data.rows("ekonomi"):
        if isinstance(row["utfall"], Decimal):
            key = (row["lan"], row["verksamhetskod"])
            sums[key] = sums.get(key, Decimal(0)) + row["utfall"]
    return sums
