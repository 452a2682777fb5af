"""The sums of a ledger while it is read. Plain amounts are added as whole öre, all others as exact
decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from toolkit.ledger.closing import Balances
from toolkit.ledger.costs import (
    BookingKey,
    added,
    bridged,
    candidates,
    count_of,
    kronor_of,
    signs_of,
    slack_of,
)
from toolkit.ledger.counterparts import FullKey, handed
from toolkit.ledger.days import day_shown, is_no_day, span_of
from toolkit.ledger.entries import AccountChart, Bad, Ledger
from toolkit.ledger.filldown import Groups
from toolkit.ledger.keys import (
    account_of,
    by_class,
    is_account,
    is_key,
    outside,
    uncounted,
    unwrapped,
    without_labels,
)
from toolkit.ledger.layout import Layout
from toolkit.ledger.listed import Listed, RawKey, Sum, of_three
from toolkit.ledger.sheets import doubts_of_sheets, summary_sheet
from toolkit.ledger.subtotals import Bare
from toolkit.ledger.suspects import SUSPECT, Suspects, rows_above
from toolkit.ledger.times import times_of
from toolkit.ledger.yearend import YearEnd
from toolkit.read import Unreadable
from toolkit.words.amounts import read_number
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

BAD_LIMIT = 10_000  # a file with more lines than this that cannot be read is another kind of file
THOUSAND = 1000
GROUPED = "grupperad"
"""The doubt of a list whose codes stand on the first of several rows."""
DATED = "datum"
"""The doubt of days that cannot be read."""
_THREE = -3  # decimals, as Decimal tells them
PLAIN = re.compile(r"(-?[0-9]{1,15})(?:[.,]([0-9]{1,2}))?")
"""An amount that can be read in one way only: its kronor, and its öre if any."""

_ORE = {0: 100, 1: 10, 2: 1}  # what the last digit is worth in öre, by the number of decimals


def ore_of(kronor: str, ore: str | None) -> int:
    """Whole öre of an amount: `-5` and `25` are -525, `5` and `2` are 520."""
    return int(kronor + ore) * _ORE[len(ore)] if ore else int(kronor) * 100


def read_amount(raw: object) -> Decimal | None:
    """An amount in kronor; None for what is no amount, is in another unit, or can be read in two
    ways."""
    # Whole öre, not float: 0.1 + 0.2 is not 0.3 there, and a sum must agree with the file's own.
    if isinstance(raw, str) and (plain := PLAIN.fullmatch(raw)):
        return Decimal(ore_of(plain[1], plain[2])).scaleb(-2)
    return _certain(raw, "kr")


def read_thousands(raw: object) -> Decimal | None:
    """An amount in tkr, with the decimals that it has; None as for `read_amount`."""
    return _certain(raw, "tkr")


def _certain(raw: object, unit: str) -> Decimal | None:
    number = read_number(unwrapped(raw) if isinstance(raw, str) else raw)
    if number is None or number.unit not in (None, unit) or "ambiguous" in number.notes:
        return None
    return number.value


@dataclass(slots=True)
class Tally:
    """Sums by account, code and post as they stand in the file, until they are settled.

    `places` are the most decimals that any amount has had; only files in tkr keep count of it.
    `days`, `periods`, `years`, `states` and `currencies` are those of the transactions as they
    stand, `past_days` and `past_periods` those of earlier listings; a period goes before a
    voucher's day. `other_days` are those in columns whose headings
    nobody knows. `signs` are the
    sides that have been marked, each with whether its amount was below zero. `unread` counts the
    bad lines that may be transactions, and `apart` are the balances and subtotals left out.
    `ore`, `rest` and `rows` are what all transactions come to so far, and how many they are;
    `thirds` have three decimals, as no amount in kronor has.
    `last_voucher` is the line of the voucher that is being read, if it is of the year's last day.
    `groups` are the rows under each code, where it stands on the first of them alone.
    `stated` are the sums that the listing says that its transactions have, `doubts` why the reading
    cannot be right."""

    sums: dict[RawKey, Sum] = field(default_factory=dict)
    bad: list[Bad] = field(default_factory=list)
    places: int = 0
    days: set[object] = field(default_factory=set)
    periods: set[object] = field(default_factory=set)
    past_days: set[object] = field(default_factory=set)
    past_periods: set[object] = field(default_factory=set)
    states: set[object] = field(default_factory=set)
    currencies: set[object] = field(default_factory=set)
    years: set[object] = field(default_factory=set)
    other_days: dict[str, set[object]] = field(default_factory=dict)
    signs: set[tuple[str, bool]] = field(default_factory=set)
    ore: int = 0
    rest: Decimal = Decimal(0)
    rows: int = 0
    thirds: int = 0
    particulars: dict[str, str] = field(default_factory=dict)
    bare: Bare = field(default_factory=Bare)
    suspects: Suspects = field(default_factory=Suspects)
    beside: Balances = field(default_factory=Balances)
    year_end: YearEnd = field(default_factory=YearEnd)
    last_voucher: int = 0
    groups: Groups | None = None
    unread: int = 0
    apart: list[Decimal] = field(default_factory=list)
    stated: list[Decimal] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    balances: bool = False
    listings: list[Listed] = field(default_factory=list)

    def begin(self, layout: Layout) -> None:
        """A listing."""
        self.balances = self.balances or layout.balances
        self.doubts |= {"tva_belopp"} if layout.doubled else set()
        self.bare.begin(layout, self.total, self.rows)
        self.suspects.begin(layout, self.total, self.rows)

    @property
    def total(self) -> Decimal:
        """Kronor of all transactions so far."""
        return Decimal(self.ore).scaleb(-2) + self.rest

    def end(self, name: str = "", repeated: int = 0) -> None:
        """The end of a listing: what it came to, and the sums that it states itself. `repeated` of
        its last rows stand further up too."""
        self._end_bare()
        asked = self.suspects.asked(self.sums)
        if asked:
            self.doubts.add(SUSPECT)
            self.particulars[SUSPECT] = asked
        if repeated:
            self.doubts.add("upprepat")
            self.particulars["upprepat"] = str(repeated)
        own = {key: found.amount for key, found in self.sums.items()}
        # The sums go on over all listings: what earlier ones came to is taken off.
        for one in self.listings:
            for key, amount in one.sums.items():
                own[key] -= amount
        sums = {key: amount for key, amount in own.items() if amount}
        own_days = frozenset(one for one in (*self.days, *self.periods) if text(one))
        self.listings.append(Listed(sums, tuple(self.stated), name, own_days))
        self.stated = []
        self.past_days |= self.days
        self.past_periods |= self.periods
        self.days.clear()
        self.periods.clear()

    def _end_bare(self) -> None:
        """What the rows without voucher and day are that come to what stands above them: sums,
        unless no row has any."""
        held, self.bare.held = self.bare.held, []
        few = self.bare.few(self.rows)
        if few:
            self.doubts.add("losa_rader")
            self.particulars["losa_rader"] = few
        if not held:
            return
        if self.rows > self.bare.loose:
            self.doubts |= {"delsummor"} if self.bare.is_doubtful(held) else set()
            self.apart += [one.amount for one in held]
        else:
            for one in held:
                self.book(one.key, one.amount)

    def sum_of(self, key: RawKey) -> Sum | None:
        """Where the amounts of a key are added up; None when what stands for its account is no
        account, or for another part of it a day, a time or an error."""
        found = self.sums.get(key)
        if found is None and is_account(key[0]) and all(map(is_key, key[:3])):
            found = self.sums[key] = Sum()
        return found

    def add(self, key: RawKey, ore: int) -> bool:
        """One transaction in whole öre; whether there was an account to book it on."""
        found = self.sum_of(key)
        if found is None:
            return False
        found.ore += ore
        found.count += 1
        self.ore += ore
        self.rows += 1
        return True

    def book(self, key: RawKey, amount: Decimal) -> bool:
        """One transaction with an exact amount; whether there was an account to book it on."""
        found = self.sum_of(key)
        if found is None:
            return False
        found.rest += amount
        found.count += 1
        self.rest += amount
        self.rows += 1
        exponent = amount.as_tuple().exponent
        if isinstance(exponent, int):  # a letter in what is no number
            self.places = max(self.places, -exponent)
            self.thirds += exponent == _THREE
        return True

    def note_day(self, day: object) -> None:
        """The day of a transaction, as it stands."""
        self.days.add(day_shown(day))

    def is_no_day(self, day: object) -> bool:
        """Whether a cell has the form of a day and is in no calendar; a day met before is one."""
        return day_shown(day) not in self.days and is_no_day(day)

    def suspect(
        self, line: int, values: Sequence[object], kind: str, booked: tuple[RawKey, Decimal]
    ) -> None:
        """A row, not booked yet, that may be a balance or a sum of those above it."""
        key, amount = booked
        total, rows = self.suspects.since
        since = (self.total - total, self.rows - rows)
        above = rows_above(key, amount, self.sums, since)
        self.suspects.add(line, values, (key, kind, amount, above))
        if kind:
            self.suspects.since = (self.total + amount, self.rows + 1)

    def leave_out(self, amount: Decimal) -> None:
        """A balance or a subtotal."""
        self.apart.append(amount)

    def lost(self, bad: Bad) -> None:
        """One line that could not be read. Raises Unreadable when there are too many."""
        self.bad.append(bad)
        if len(self.bad) > BAD_LIMIT:
            raise Unreadable("HUVUDBOK-OLASBAR")

    def by_account(self) -> dict[str, Decimal]:
        """Kronor by account."""
        sums: dict[str, Decimal] = {}
        for key, found in self.sums.items():
            account = text(key[0])
            sums[account] = sums.get(account, Decimal(0)) + found.amount
        return sums

    def settle(self, file: str, chart: AccountChart, *, thousands: bool = False) -> Ledger:
        """The ledger: the chart tells which accounts are costs, and tkr become kronor."""
        unit = THOUSAND if thousands else 1
        full = self._by_name(unit)
        sums = _of_all_counterparts(full)
        total, half = kronor_of(sums), self._half() if thousands else Decimal(0)
        for key, found in sums.items():
            found.rest *= chart.sign_of(key[0])
        costs = {key: chart.kind_of(key[0]) for key in sums}
        beside, known = outside(sums, chart), uncounted(sums, chart)
        booked = added({key: found.rest for key, found in sums.items()}, costs)
        stated = self._own_sum()
        ledger = Ledger(
            file=file,
            county=None,
            booked=booked,
            transactions=count_of(sums),
            control=sum(booked.values(), Decimal(0)),
            left_out=count_of({key: found for key, found in sums.items() if costs[key] is None}),
            bad_lines=tuple(self.bad),
            total=total,
            stated=None if stated is None else stated * unit,
            unread=self.unread,
            apart=tuple(amount * unit for amount in self.apart),
            outside=beside,
            uncounted=known,
            classes=by_class(sums, chart, (*beside, *known)),
            doubts=tuple(sorted(self._doubts(chart, thousands=thousands))),
            certain=all(one.certain for one in self.listings),
            signs=signs_of(sums, costs),
            bridged=bridged(sums, costs, chart),
            candidates=candidates(sums, costs, chart),
            turned_by_range=kronor_of(sums) - total,
            handed=handed(full, chart, half),
        )
        ledger = self._with_proofs(ledger, chart, thousands=thousands)
        return replace(ledger, slack=slack_of(sums, costs, half)) if half else ledger

    def _with_proofs(self, ledger: Ledger, chart: AccountChart, *, thousands: bool) -> Ledger:
        """What the ledger is proved by: its days, its balances, and what goes into doubts."""
        particulars = self._particulars(chart)
        days, years, unread = times_of(
            self.past_days, self.past_periods, self.years, self.other_days
        )
        particulars |= {DATED: unread} if unread else {}
        compared = () if thousands else self.beside.compared(self.by_key())
        return replace(
            ledger,
            dated=span_of(days),
            days=days,
            years=years,
            compared=len(compared),
            balances=tuple(one for one in compared if one.stated != one.read),
            particulars=particulars,
            doubts=(*ledger.doubts, *sorted({"bokslut", DATED} & particulars.keys())),
        )

    def by_key(self) -> dict[RawKey, Decimal]:
        """Kronor by what they are booked on, as it stands."""
        return {key: found.amount for key, found in self.sums.items()}

    def _particulars(self, chart: AccountChart) -> dict[str, str]:
        """What goes into the words of doubts."""
        found = {
            "status": self._unknown_states(chart),
            "bladsumma": summary_sheet(self.listings),
            "bokslut": self._closing(chart),
        }
        return self.particulars | {name: told for name, told in found.items() if told}

    def _closing(self, chart: AccountChart) -> str:
        """The rows that close the year, if any."""
        if not self.year_end.groups:
            return ""
        sums = {key: (found.amount, found.count) for key, found in self.sums.items()}
        return self.year_end.closing(of_three(sums), chart)

    def _unknown_states(self, chart: AccountChart) -> str:
        """What stands in the column of the state beside words for what is posted, or not yet, and
        is none of them. Where none of them stands, the column tells something else."""
        shown = {fold(text(one)): text(one) for one in self.states if text(one)}
        posted, planned = set(map(fold, chart.posted)), set(map(fold, chart.planned))
        if not posted & shown.keys():
            return ""
        return ", ".join(shown[one] for one in sorted(shown.keys() - posted - planned))

    def _own_sum(self) -> Decimal | None:
        """What the file says that it comes to; a sheet that does not say has what was read."""
        said = [(one.own, one.total) for one in self.listings]
        if all(own is None for own, _ in said):
            return None
        return sum((total if own is None else own for own, total in said), Decimal(0))

    def _doubts(self, chart: AccountChart, *, thousands: bool) -> Iterator[str]:
        """Why the reading cannot be proved to be right."""
        yield from self.doubts
        if self.thirds * 2 > self.rows and not thousands:
            yield "decimaler"
        if {fold(text(one)) for one in self.currencies} - {"", *map(fold, chart.kronor)}:
            yield "valuta"
        if self._unknown_states(chart):
            yield "status"
        # Credits below zero have their signs already: then nothing else may have another one.
        if ("credit", True) in self.signs and self.signs & {("credit", False), ("debit", True)}:
            yield "tecken"
        if self.balances and any(found.count > 1 for found in self.sums.values()):
            yield "saldon"
        yield from doubts_of_sheets(self.listings)

    def _half(self) -> Decimal:
        """What rounding may have taken from a transaction in tkr, in kronor: half of the last
        digit's worth. `12,3 tkr` may be 12 250 as well as 12 349."""
        half = Decimal(THOUSAND).scaleb(-self.places) / 2
        # With three decimals amounts in tkr are whole kronor: no more was rounded off than there.
        return half if half > 1 else Decimal(0)

    def _by_name(self, unit: int) -> dict[FullKey, Sum]:
        """`pm` and `PM ` are one code, and so is one beside its label; amounts in kronor."""
        # The text of a key is made here, once a key: there are far fewer keys than lines.
        bare = without_labels(unwrapped(text(key[1])) for key in self.sums)
        sums: dict[FullKey, Sum] = {}
        for raw, found in self.sums.items():
            account, code, post, *who = [unwrapped(text(part)) for part in raw]
            key = (account_of(account), bare[code].upper(), post, who[0] if who else "")
            one = sums.setdefault(key, Sum())
            one.rest += found.amount * unit
            one.count += found.count
        return sums


def _of_all_counterparts(full: Mapping[FullKey, Sum]) -> dict[BookingKey, Sum]:
    sums: dict[BookingKey, Sum] = {}
    for (account, code, post, _), found in full.items():
        one = sums.setdefault((account, code, post), Sum())
        one.rest += found.rest
        one.count += found.count
    return sums
