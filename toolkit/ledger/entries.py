"""A county's ledger extract, added up: what it spent by code, post and kind of cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeVar

from toolkit.files.yaml import Strict
from toolkit.words.swedish import fold

Key = TypeVar("Key")
PARTS = (
    "account", "amount", "code", "post", "voucher", "debit", "credit", "side", "balance", "dated",
    "state", "currency", "foreign", "counterpart", "year", "period", "net", "vat",
)  # fmt: skip
"""What a transaction has that is read."""


class Bad(NamedTuple):
    """A line that could not be read, and what stood there."""

    line: int
    why: str


class Balance(NamedTuple):
    """What a SIE file says that an account comes to in its own year, beside what its transactions
    come to, both in kronor and with SIE's sign: debit above zero, credit below.

    `kind` is RES (the year's result) or UB (the closing balance, to which the opening one
    belongs). `line` is the line in the file where it is stated."""

    line: int
    account: str
    kind: str
    stated: Decimal
    read: Decimal


class Span(NamedTuple):
    """From one day to another, both included."""

    first: date
    last: date


class NamedYear(NamedTuple):
    """A year that stands in a file's name or above its headings; `bare`: by itself, and not as a
    part of a day or a month."""

    year: int
    bare: bool


class Outside(NamedTuple):
    """An account that the chart does not know as a cost (or a whole class of them), with its kronor
    and rows."""

    account: str
    amount: Decimal
    rows: int


class CostKind(Strict):
    """Accounts from `first` to `last` (both included, compared as text of equal length) are one
    kostnadsslag. The length counts, since an account plan has groups (`50`) beside accounts
    (`5011`), and extracts have sums on the groups' lines. `sign`: `-` where the accounts stand with
    the other sign than all the others in the extracts. `counterpart`: the county board that all on
    the accounts goes to. `invented` are those that only the example's ledgers have."""

    first: str
    last: str
    kind: str
    sign: Literal["+", "-"] = "+"
    counterpart: str = ""
    invented: bool = False


class Uncounted(Strict):
    """Accounts that are known and are no costs, though they begin as costs do: what grants are paid
    with, which would take them out."""

    first: str
    last: str
    name: str


class Received(Strict):
    """Accounts of income where what comes from another county board is booked. `counterpart`: the
    one that all of it comes from."""

    first: str
    last: str
    counterpart: str = ""


class Counterpart(Strict):
    """What a county board is called in the column of the counterpart, beside its name."""

    county: str
    written: tuple[str, ...]


class Handed(NamedTuple):
    """What an extract has with one counterpart on a code and post: given above zero, or `received`
    (above zero as well). `slack` is what roundings may have taken of it."""

    counterpart: str
    received: bool
    code: str
    post: str
    amount: Decimal
    slack: Decimal = Decimal(0)


class Bridge(Strict):
    """Accounts whose costs do not burden the appropriation in the year of the cost (depreciation),
    and what they are called. Accounts of the balance sheet tell it from the other side: what is
    owed at the end of the year has been a cost and is not paid.

    `deducted`: it is taken off. Holiday pay burdens an appropriation when it is earned, and
    accruals of what is not handed on when they are costs: these are named beside what is left to
    explain."""

    first: str
    last: str
    name: str
    deducted: bool = True


class Financing(Strict):
    """What stands in the column of the anslagspost where fees or grants have paid, and what they
    are called."""

    name: str
    posts: tuple[str, ...]


class AccountChart(Strict):
    """How ledgers are read: data that the agency can change (templates/<year>/huvudbok.yaml).

    `columns`: account, code, post or amount → the headings that the column may have, compared
    without regard to case and blanks. `planned`: words in the column `state` of a row that is not
    booked, `posted` of one that is. `carried`: words for what a page takes over from another, and
    for what an account has come to. `kronor`: what the column `currency` says of amounts in
    kronor, where no column (`foreign`) has the amounts in that currency. `kinds`: which accounts
    are costs, and of which kostnadsslag; a transaction on any other account is counted and left out
    of the sums.
    `not_booked`: the kostnadsslag that have no account of their own. `uncounted`: which of the
    other accounts are known to be no costs, and `classes` the whole classes of accounts, by their
    first digit. `other_units`: words above the headings that say that amounts are no kronor.
    `received` and `counterparts`: where and of whom county boards have got from each
    other. `code_dimension`: the number of SIE's dimension for the
    verksamhetskod, as text. `bridges` and `financing`: which costs do not burden the appropriation.
    `totals`: words that mark a row with the file's own sum. `thousands`: headings of amounts in
    tkr; under any other, amounts are in kronor."""

    columns: dict[str, tuple[str, ...]]
    kinds: tuple[CostKind, ...]
    not_booked: tuple[str, ...] = ()
    code_dimension: str
    totals: tuple[str, ...] = ()
    balances: tuple[str, ...] = ()
    thousands: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    kronor: tuple[str, ...] = ()
    bridges: tuple[Bridge, ...] = ()
    financing: tuple[Financing, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    classes: tuple[str, ...] = ()
    other_units: tuple[str, ...] = ()
    received: tuple[Received, ...] = ()
    counterparts: tuple[Counterpart, ...] = ()

    def kind_of(self, account: str) -> str | None:
        """The kostnadsslag of an account; None for an account that is not a cost."""
        found = self.range_of(account)
        return None if found is None else found.kind

    def range_of(self, account: str) -> CostKind | None:
        """The interval of costs that an account belongs to, if any."""
        alike = (kind for kind in self.kinds if len(account) == len(kind.first))
        return next((kind for kind in alike if kind.first <= account <= kind.last), None)

    def sign_of(self, account: str) -> int:
        """1, or -1 for an account that stands with the other sign."""
        found = self.range_of(account)
        return -1 if found is not None and found.sign == "-" else 1

    def receipt_of(self, account: str) -> Received | None:
        """The interval of income from others that an account belongs to, if any."""
        alike = (one for one in self.received if len(account) == len(one.first))
        return next((one for one in alike if one.first <= account <= one.last), None)

    def financing_of(self, post: str) -> str:
        """What has paid, where it is no appropriation."""
        paid = (one.name for one in self.financing if fold(post) in map(fold, one.posts))
        return next(paid, "")

    def bridge_of(self, account: str) -> Bridge | None:
        """The first of the bridges that an account belongs to, if any."""
        alike = (one for one in self.bridges if len(account) == len(one.first))
        return next((one for one in alike if one.first <= account <= one.last), None)

    def is_uncounted(self, account: str) -> bool:
        """Whether an account is known to be no cost."""
        alike = (one for one in self.uncounted if len(account) == len(one.first))
        return any(one.first <= account <= one.last for one in alike)


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger extract, added up. All amounts are kronor, exact to the öre, costs above zero.

    `county` is the county's code, `booked` what was spent by (verksamhetskod, kostnadsslag,
    anslagspost); an empty text stands where a transaction has no code or post. `transactions`
    counts all of them, `left_out` those on other accounts than costs, and `bad_lines` could not be
    read. `control` is the sum of the cost transactions, `total` of all, and `stated` the sum that
    the file says they have (None where it says nothing). `mapping` tells which column was taken for
    what, `county_by` what told whose it is (karta, innehall, namn), and `turned` that the file has
    costs below zero.

    `slack` is, where the file is in tkr, what roundings may have taken from each of `booked`. A
    SIE file may say which year it is of (`year`), to which day (`until`), and what its accounts
    come to: `compared` counts the accounts that it says so of, `balances` are those that its
    transactions contradict. `dated` is from the first to the last voucher.

    `unread` counts the bad lines that may be transactions, `apart` are the balances and subtotals
    among the rows, `outside` the accounts that the chart should know, `uncounted` those that it
    knows to be no costs, `classes` the other ones by their class, `sheets` those of a workbook that
    were read, `hidden` the sheets that were not read. `doubts` are the reasons why the reading
    cannot be proved to be right, by the words that say them: nothing is compared with a ledger that
    has any. `certain`: the sum that the file states is that of all of it, and not of a part.
    `signs` are the cost transactions on accounts and codes that come to less than zero, and to
    more; `bridged` is what of `booked` does not burden the appropriation, by code, post and why,
    `candidates` what may not; `sign_told`: lan.csv says which sign costs have; `turned_by_range` is
    what `total` lacks of the sum of all, where the chart turns the sign of some accounts. `handed`
    is what goes to and comes from other county boards. `years` are those that a column says,
    `named` those in the file's name or above its headings, and `spans` the parts of years there.

    `days` are all days (or first days of periods) that anything is booked on. `selected` are the
    codes that a line above the headings says the extract is of; `particulars` go into the words of
    a doubt. `whole_told`: lan.csv says that it is all of the county's ledger; `part`: there are
    other extracts of the county, so that it need not be. `passed_over` are the headings of the
    columns that nothing was read from."""

    file: str
    county: str | None
    booked: Mapping[tuple[str, str, str], Decimal]
    transactions: int
    control: Decimal
    left_out: int = 0
    bad_lines: tuple[Bad, ...] = ()
    mapping: tuple[tuple[str, str], ...] = field(default=())
    total: Decimal = Decimal(0)
    stated: Decimal | None = None
    county_by: str = ""
    turned: bool = False
    slack: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    year: Span | None = None
    until: date | None = None
    dated: Span | None = None
    compared: int = 0
    balances: tuple[Balance, ...] = ()
    unread: int = 0
    apart: tuple[Decimal, ...] = ()
    outside: tuple[Outside, ...] = ()
    uncounted: tuple[Outside, ...] = ()
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    certain: bool = True
    signs: tuple[int, int] = (0, 0)
    bridged: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    sign_told: bool = False
    candidates: Mapping[tuple[str, str, str], Decimal] = field(default_factory=dict)
    classes: tuple[Outside, ...] = ()
    turned_by_range: Decimal = Decimal(0)
    handed: tuple[Handed, ...] = ()
    years: tuple[int, ...] = ()
    named: tuple[NamedYear, ...] = ()
    spans: tuple[Span, ...] = ()
    days: frozenset[date] = frozenset()
    selected: tuple[str, ...] = ()
    particulars: Mapping[str, str] = field(default_factory=dict)
    whole_told: bool = False
    part: bool = False
    passed_over: tuple[str, ...] = ()

    @property
    def tells_counterparts(self) -> bool:
        """Whether it says whom its transactions are with."""
        return bool(self.handed) or any(name == "counterpart" for name, _ in self.mapping)

    @property
    def left_sum(self) -> Decimal:
        """What stands on other accounts than costs."""
        return self.total + self.turned_by_range - self.control

    @property
    def used(self) -> bool:
        """Whether anything is compared with it."""
        return not self.doubts

    @property
    def sums(self) -> dict[tuple[str, str], Decimal]:
        """Kronor by (code, kind)."""
        return added_up(self.booked, lambda key: key[:2])

    def by_code(self) -> dict[str, Decimal]:
        """Kronor by verksamhetskod."""
        return added_up(self.booked, lambda key: key[0])

    @property
    def missing(self) -> Decimal:
        """What the file says beyond what was read."""
        return Decimal(0) if self.stated is None else self.stated - self.total


def added_up(
    booked: Mapping[tuple[str, str, str], Decimal], name: Callable[[Any], Key]
) -> dict[Key, Decimal]:
    """Kronor by what each key is named."""
    sums: dict[Key, Decimal] = {}
    for key, amount in booked.items():
        sums[name(key)] = sums.get(name(key), Decimal(0)) + amount
    return sums
