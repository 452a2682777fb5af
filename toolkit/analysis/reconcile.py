"""Dataset against ledgers and appropriation: does it add up?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.appropriations import Series
from toolkit.analysis.asked import asked_of, has_items, item_codes, known_post
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.natures import unknown_by
from toolkit.analysis.needs import LeftOut, Need, lacking
from toolkit.analysis.states import Dimension, Side, TableState
from toolkit.ledger.entries import Ledger, added_up
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    APPROPRIATION_ITEM,
    APPROPRIATION_SPENT,
    AREA_CODES,
    COST_KINDS,
    ITEMS,
    LEDGER_BOOKED,
    LEDGER_CODE,
    SPEND_AMOUNT,
    SPEND_CODE,
    SPEND_ITEM,
    SPEND_KIND,
)
from toolkit.words.amounts import is_whole, tolerance
from toolkit.words.cells import CellRef

_COLUMNS = {Dimension.CODE: "code", Dimension.KIND: "kind", Dimension.POST: "post"}
"""The column of a spend frame that a cut is made by."""

COMPARISON_NEEDS: Mapping[Dimension, tuple[Need, ...]] = {
    Dimension.CODE: (SPEND_AMOUNT, SPEND_CODE, AREA_CODES),
    Dimension.KIND: (SPEND_AMOUNT, SPEND_KIND, COST_KINDS),
    Dimension.POST: (SPEND_AMOUNT, SPEND_ITEM, ITEMS),
    Dimension.COUNTRY: (SPEND_AMOUNT,),
}
"""What each comparison with a ledger, an account or the printed spend needs of the year."""
STATED_NEEDS: Mapping[Dimension, tuple[Need, ...]] = {
    Dimension.CODE: (LEDGER_CODE, LEDGER_BOOKED),
    Dimension.POST: (APPROPRIATION_ITEM, APPROPRIATION_SPENT),
}
"""What the counties' own side of a comparison needs; without it that side has nothing to say."""

CountyAndCode = tuple[str, str]


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

    `dimension` says what the code is. `known`: every amount on the code is; where one is not,
    nothing is compared with their sum. `stated` is what the county says that its ledger or its
    appropriation account holds, `ledger` the extract."""

    county: str
    name: str
    code: str
    reported: Decimal
    stated: Decimal | None
    ledger: Decimal | None
    rounding: Rounding = Rounding()
    dimension: Dimension = Dimension.CODE
    known: bool = True

    @property
    def compared(self) -> bool:
        """Whether there are two sums to compare."""
        return self.known and bool(self.sides)

    @property
    def sides(self) -> dict[Side, Decimal]:
        """What there is to compare with."""
        named = {Side.EXTRACT: self.ledger, Side.STATED: self.stated}
        return {side: amount for side, amount in named.items() if amount is not None}

    @property
    def against(self) -> Side | None:
        """The side that the difference is told against: the first that does not tie, or else the
        first there is; None where nothing is compared."""
        if not self.compared:
            return None
        for side, amount in self.sides.items():
            if abs(amount - self.reported) > self.allowed(side):
                return side
        return next(iter(self.sides), None)

    @property
    def expected(self) -> Decimal | None:
        """The other side of the difference."""
        return self.sides[self.against] if self.against else None

    @property
    def difference(self) -> Decimal:
        """Expected less reported: above zero, the workbook has too little."""
        return self.expected - self.reported if self.expected is not None else Decimal(0)

    def allowed(self, side: Side) -> Decimal:
        """Kronor that roundings may account for against a side: half the last digit of each rounded
        amount. Where nothing is rounded, less than half an öre."""
        lines = self.rounding.lines + int(side is Side.STATED and self.rounded_side)
        extract = self.rounding.ledger if side is Side.EXTRACT else Decimal(0)
        return max(lines * tolerance(0) + extract, tolerance(2))

    @property
    def rounded_side(self) -> bool:
        """Whether the other side is an amount in whole kronor, and so rounded too."""
        return self.stated is not None and is_whole(self.stated)

    @property
    def tolerance(self) -> Decimal:
        """Kronor that may differ on the side that the difference is told against."""
        return self.allowed(self.against or Side.EXTRACT)

    @property
    def ties(self) -> bool:
        """All sides within their tolerance."""
        return abs(self.difference) <= self.tolerance


def compares(spec: Spec, dimension: Dimension) -> bool:
    """Whether a year asks for what a comparison needs."""
    return not lacking(spec, COMPARISON_NEEDS[dimension])


def left_out_comparisons(spec: Spec) -> list[LeftOut]:
    """The comparisons, and the sides of comparisons, that a year leaves out."""
    found = [
        LeftOut("jamforelse", cut, lacking(spec, needs)) for cut, needs in COMPARISON_NEEDS.items()
    ]
    found += [LeftOut("uppgift", cut, lacking(spec, needs)) for cut, needs in STATED_NEEDS.items()]
    return [one for one in found if one.lacks]


def reconcile(data: Dataset, ledgers: Mapping[str, Ledger]) -> list[Reconciliation]:
    """Every county and verksamhetskod, in order, whether there is anything to compare with or not.
    Nothing in a year that does not ask for spend by verksamhetskod."""
    spec = data.year.spec
    if not compares(spec, Dimension.CODE):
        return []
    stated = {
        (one.county, one.code): one.amount
        for one in data.ledger_statements
        if isinstance(one.code, str) and isinstance(one.amount, Decimal)
    }
    declared = {code.code for code in spec.list_of(AREA_CODES).valid_in(spec.year)}
    booked = _booked(asked_of(spec, ledgers), lambda key: key[0])
    cut = _Cut(Dimension.CODE, stated, booked, declared)
    return _compare(data, cut)


def reconcile_parts(
    data: Dataset, ledgers: Mapping[str, Ledger], series: Series
) -> list[Reconciliation]:
    """The same money cut in other ways, where there is something to compare with: by kostnadsslag
    against the ledger, by anslagspost against appropriation account and ledger, and the whole
    country against the printed spend; each only in a year that asks for what it needs."""
    spec = data.year.spec
    lines: list[Reconciliation] = []
    ledgers = asked_of(spec, ledgers)
    # No county is asked what its ledger holds by kostnadsslag: only the extract is on that side.
    if compares(spec, Dimension.KIND):
        kinds = _Cut(Dimension.KIND, {}, _booked(ledgers, lambda key: key[1]))
        lines += _compare(data, kinds)
    if compares(spec, Dimension.POST):
        lines += _compare(data, _by_post(data, ledgers))
    if compares(spec, Dimension.COUNTRY):
        lines += _country(data, series)
    return [line for line in lines if line.sides]


def _by_post(data: Dataset, ledgers: Mapping[str, Ledger]) -> _Cut:
    """By anslagspost: only of extracts that tell it."""
    codes = item_codes(data.year.spec)
    named = {county: one for county, one in ledgers.items() if has_items(one, codes)}
    accounts = {
        (one.county, one.post): one.spent
        for one in data.appropriations
        if isinstance(one.post, str) and isinstance(one.spent, Decimal)
    }
    return _Cut(Dimension.POST, accounts, _booked(named, lambda key: known_post(key[2], codes)))


def _country(data: Dataset, series: Series) -> list[Reconciliation]:
    """All counties together beside the printed spend, when the year is in the series."""
    printed = series.printed(data.year.spec.year, "utgifter")
    if printed is None:
        return []
    from toolkit.analysis import frames  # here: with it pandas, for commands that add up

    whole = frames.in_whole_kronor(data.spend_frame)
    rounding = Rounding(sum(frames.lines_by(whole, "county").values()))
    total, known = frames.spent(data.spend_frame), not unknown_by(data.spend)
    cut = Dimension.COUNTRY
    return [Reconciliation("", "", "", total, printed.amount, None, rounding, cut, known)]


def stated_cells(data: Dataset, line: Reconciliation) -> list[CellRef]:
    """Where the county has stated what its ledger or its appropriation account holds on the line's
    code."""
    if line.dimension is Dimension.CODE:
        said = (one for one in data.ledger_statements if one.county == line.county)
        return [one.ref("amount") for one in said if one.code == line.code]
    if line.dimension is Dimension.POST:
        accounts = (one for one in data.appropriations if one.county == line.county)
        return [one.ref("spent") for one in accounts if one.post == line.code]
    return []


def narrowed(line: Reconciliation, off: Iterable[Reconciliation]) -> dict[Dimension, str]:
    """The codes, cut by cut, at which one and the same difference is seen: where they meet it must
    lie. Only the line's own when nothing else shows it, or when two codes of one cut do."""
    own = (one for one in off if (one.county, one.against) == (line.county, line.against))
    same = [one for one in own if is_alike(one, line, one.difference - line.difference)]
    found = {one.dimension: one.code for one in same}
    return found if len(found) == len(same) else {line.dimension: line.code}


def is_alike(one: Reconciliation, other: Reconciliation, between: Decimal) -> bool:
    """Whether what is between two differences may be roundings alone."""
    return abs(between) <= max(one.tolerance, other.tolerance)


class BookedByCode(NamedTuple):
    """What an extract holds by code: kronor, and what roundings may have taken from them."""

    amounts: Mapping[str, Decimal]
    slack: Mapping[str, Decimal]


class _Cut(NamedTuple):
    """One way of cutting the money: what the counties state, what their extracts hold (by county),
    and the codes that every county is asked about."""

    dimension: Dimension
    stated: Mapping[CountyAndCode, Decimal]
    booked: Mapping[str, BookedByCode]
    declared: Iterable[str] = ()


def _booked(
    ledgers: Mapping[str, Ledger], name: Callable[[tuple[str, str, str]], str]
) -> dict[str, BookedByCode]:
    return {
        county: BookedByCode(added_up(ledger.booked, name), added_up(ledger.slack, name))
        for county, ledger in ledgers.items()
        if ledger.used
    }


def comparable(data: Dataset) -> tuple[CountyState, ...]:
    """The counties whose sheet Ekonomi is in the merge; one with errors there has no sum to
    compare."""
    return tuple(county for county in data.reported if county.spend_state is not TableState.BLOCKED)


def _compare(data: Dataset, cut: _Cut) -> list[Reconciliation]:
    """Each county and each code that any side knows of it."""
    sums, rounded = spent_by(data, cut.dimension), _rounded(data, cut.dimension)
    whole = {county for county, _ in rounded}
    unknown = unknown_by(data.spend, _COLUMNS[cut.dimension])
    lines = []
    for county in comparable(data):
        ledger = cut.booked.get(county.code)
        held = ledger or BookedByCode({}, {})
        named = {code for lan, code in (*sums, *cut.stated, *unknown) if lan == county.code}
        for code in sorted(named.union(cut.declared, held.amounts)):
            key = (county.code, code)
            # A code without a line is a sum too, and of a county that rounds a rounded one.
            rounding = Rounding(
                rounded.get(key, int(county.code in whole)), held.slack.get(code, Decimal(0))
            )
            lines.append(
                Reconciliation(
                    county.code,
                    county.name,
                    code,
                    sums.get(key, Decimal(0)),
                    cut.stated.get(key),
                    # Without an extract nobody has said anything, which is not zero.
                    held.amounts.get(code, Decimal(0)) if ledger else None,
                    rounding,
                    cut.dimension,
                    key not in unknown,
                )
            )
    return lines


def _rounded(data: Dataset, dimension: Dimension) -> dict[CountyAndCode, int]:
    """Lines by county and code, of the counties that report in whole kronor throughout."""
    from toolkit.analysis import frames

    whole = frames.in_whole_kronor(data.spend_frame)
    counts = frames.lines_by(whole, "county", _COLUMNS[dimension])
    return {(county, code): count for (county, code), count in counts.items()}


def spent_by(data: Dataset, dimension: Dimension) -> dict[CountyAndCode, Decimal]:
    """Kronor by county and code, from the merged rows of Ekonomi. The code is empty where a line
    has none."""
    from toolkit.analysis import frames

    sums = frames.spent_by(data.spend_frame, "county", _COLUMNS[dimension])
    return {(county, code): amount for (county, code), amount in sums.items()}
