"""The rows of transaction lists, added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import islice

from toolkit.ledger.copiedrows import Copies
from toolkit.ledger.days import day_shown, is_no_day
from toolkit.ledger.entries import AccountChart, Bad, Ledger
from toolkit.ledger.filldown import Groups, Merged, filled_down, from_merged
from toolkit.ledger.keys import is_account, is_key
from toolkit.ledger.lastday import LastDay
from toolkit.ledger.layout import Layout
from toolkit.ledger.listed import RawKey, Sum
from toolkit.ledger.marks import Marks
from toolkit.ledger.opened import Listing, Workbook
from toolkit.ledger.rows import TableRow
from toolkit.ledger.sides import SideReader
from toolkit.ledger.subtotals import HeldSum
from toolkit.ledger.tally import GROUPED, PLAIN, Tally, ore_of, read_amount, read_thousands
from toolkit.ledger.unlisted import note_unlisted
from toolkit.ledger.watched import ListingWatch
from toolkit.words.celltext import shown, text
from toolkit.words.swedish import fold

_BATCH = 128  # rows that are looked at together; more of them no longer fit in the nearest memory
_PLAIN_ALL = re.compile(r"(?:-?[0-9]{1,15}[.,][0-9]{2}\n)*-?[0-9]{1,15}[.,][0-9]{2}")
_PLAIN_EACH = re.compile(rf"(?:{PLAIN.pattern}\n)*{PLAIN.pattern}")


def read_listings(book: Workbook, file: str, chart: AccountChart) -> Ledger:
    """All transactions of all listings, added up."""
    tally, copies = Tally(), _copies_of(book)
    for listing in book.listings:
        _read_listing(listing, tally, chart, copies)
    copies.tell(tally)
    note_unlisted(book.unlisted, tally, chart)
    return tally.settle(file, chart, thousands=any(one.layout.thousands for one in book.listings))


def read_filled(book: Workbook, file: str, chart: AccountChart) -> Ledger:
    """The same, with each code on all rows that it stands over: where it stands in one cell over
    them, or on the first of them alone. Then each group must come to a sum below it; a listing
    whose groups do not is doubtful as it was."""
    tally, copies = Tally(), _copies_of(book)
    for listing in book.listings:
        marks = Marks(listing.layout, chart)
        blocks = listing.merged.of(listing.layout)
        if blocks:
            width = max(listing.layout.columns.values()) + 1
            rows = from_merged(listing.rows, blocks, width)
            _read_listing(listing._replace(rows=rows, merged=Merged()), tally, chart, copies)
        else:
            tally.groups = Groups()
            rows = filled_down(listing.rows, listing.layout, marks)
            _read_listing(listing._replace(rows=rows), tally, chart, copies)
            tally.doubts |= set() if tally.groups.proved else {GROUPED}
            tally.groups = None
    copies.tell(tally)
    note_unlisted(book.unlisted, tally, chart)
    return tally.settle(file, chart, thousands=any(one.layout.thousands for one in book.listings))


def _copies_of(book: Workbook) -> Copies:
    return Copies([one.layout for one in book.listings])


def _read_listing(listing: Listing, tally: Tally, chart: AccountChart, copies: Copies) -> None:
    """Batches that are plain all through at one stroke, then plain rows, and what is left with
    care."""
    layout, marks = listing.layout, Marks(listing.layout, chart)
    if not layout.thousands and _says_other_unit(layout.above, chart):
        tally.doubts.add("enhet")
    tally.begin(layout)
    quick, careful = _Quick(layout, marks, tally), _Careful(layout, marks)
    copied = copies.begin(listing.name, layout)
    watched = ListingWatch(layout, chart, tally.suspects, copied)
    plain = layout.plain and tally.groups is None
    while batch := list(islice(listing.rows, _BATCH)):
        _note_vat(batch, layout, tally)
        watched.note(batch)
        if not plain or not quick.add_batch(batch):
            for row in batch:
                if not plain or not quick.add_row(row):
                    careful.read(row, tally)
    tally.doubts |= {GROUPED} if listing.merged.of(layout) else set()
    watched.tell(tally)
    tally.end(listing.name, watched.seen.repeated)


def _note_vat(batch: Sequence[TableRow], layout: Layout, tally: Tally) -> None:
    """Whether VAT stands beside the amounts: then nobody can know if it is in them."""
    place = layout.columns.get("vat")
    if place is None or "moms" in tally.doubts:
        return
    own = (read_amount(values[place]) for _, _, values in batch if place < len(values))
    if any(own):
        tally.doubts.add("moms")


def _says_other_unit(above: Iterable[object], chart: AccountChart) -> bool:
    """Whether what stands above the headings has a word for another unit than kronor."""
    words = set(re.findall(r"\w+", fold(" ".join(map(text, above)))))
    return not words.isdisjoint(map(fold, chart.other_units))


class _Quick:
    """Rows that can be read in one way only, which most are."""

    def __init__(self, layout: Layout, marks: Marks, tally: Tally) -> None:
        self.marks, self.tally = marks, tally
        columns = layout.columns
        self.account, self.code, self.amount = (
            columns.get(name, 0) for name in ("account", "code", "amount")
        )
        self.post, self.dated = columns.get("post"), columns.get("dated")
        self.counterpart, self.voucher = columns.get("counterpart"), columns.get("voucher")
        kept = {
            "currency": tally.currencies,
            "year": tally.years,
            "period": tally.periods,
            "state": tally.states,
        }
        self.last = LastDay(layout)
        self.kept = [(columns[name], seen) for name, seen in kept.items() if name in columns]
        # A row of a csv has a field for each heading; a workbook leaves out cells that are empty.
        self.least = layout.width if layout.delimiter else max(columns.values()) + 1
        self.most = len(layout.header.values) if layout.delimiter else None

    def add_batch(self, batch: Sequence[TableRow]) -> bool:
        """Adds up a batch of rows; False, with nothing added, when any of them has several lines,
        other columns than the headings, an amount that is not plain, a key that is new, or may be a
        sum."""
        # Rows of one line each have as many lines as there are rows.
        if batch[-1][1] - batch[0][0] != len(batch) - 1:
            return False
        rows = [values for _, _, values in batch]
        try:
            # A number that Excel has stored with the tail of a binary fraction is no text.
            written = "\n".join([str(values[self.amount]) for values in rows])
            booked = self._sums_of(rows)
            days = self._days_of(rows)
            plain = self._is_plain(rows, days)
        except (IndexError, KeyError, TypeError):
            return False
        amounts = _amounts_of(written) if plain else None
        if amounts is None or any(map(is_no_day, days - self.tally.days)):
            return False
        self.tally.days |= days
        if self.last.among(rows, days):
            self.last.note_all(batch, amounts, self.tally.year_end)
        self._note(rows)
        self._book(booked, amounts)
        return True

    def _is_plain(self, rows: Sequence[Sequence[object]], days: set[object]) -> bool:
        """Whether rows have the columns of the headings, and none of them may be a sum."""
        if not self._fits(rows) or self.marks.maybe(rows):
            return False
        bare = self.dated is None or "" in days
        if bare and (len(days) > 1 or self.tally.bare.maybe(rows)):
            return False
        return self.voucher is None or _is_uniform([values[self.voucher] for values in rows])

    def _book(self, booked: Sequence[Sum], amounts: Sequence[int]) -> None:
        """Amounts in öre, each on its own sum."""
        self.tally.ore += sum(amounts)
        self.tally.rows += len(amounts)
        for one, ore in zip(booked, amounts, strict=True):
            one.ore += ore
            one.count += 1

    def _note(self, rows: Sequence[Sequence[object]]) -> None:
        """The currencies, years, periods and states of transactions, each once."""
        for at, seen in self.kept:
            seen |= {values[at] for values in rows if at < len(values)}

    def _fits(self, rows: Sequence[Sequence[object]]) -> bool:
        """Whether every row has as many fields as there are headings."""
        lengths = set(map(len, rows))
        return min(lengths) >= self.least and (self.most is None or max(lengths) <= self.most)

    def _days_of(self, rows: Sequence[Sequence[object]]) -> set[object]:
        """The days, each once."""
        place = self.dated
        if place is None:
            return set()
        return set(map(day_shown, {values[place] for values in rows}))

    def _sums_of(self, rows: Sequence[Sequence[object]]) -> list[Sum]:
        """What each row of a batch is booked on. Raises KeyError for a key that is new."""
        account, code, post, sums = self.account, self.code, self.post, self.tally.sums
        if self.counterpart is not None:
            return [sums[self._full_key(values)] for values in rows]
        if post is None:
            return [sums[values[account], values[code], ""] for values in rows]
        return [sums[values[account], values[code], values[post]] for values in rows]

    def _full_key(self, values: Sequence[object]) -> RawKey:
        """What a row is booked on, and with whom."""
        post = "" if self.post is None else values[self.post]
        who = "" if self.counterpart is None else values[self.counterpart]
        return values[self.account], values[self.code], post, who

    def _has_no_day(self, values: Sequence[object]) -> bool:
        """Whether what stands for the day is in no calendar."""
        return self.dated is not None and self.tally.is_no_day(values[self.dated])

    def _may_be_sum(self, values: Sequence[object]) -> bool:
        """Whether a row is a balance or a sum, or may be one."""
        told = self.marks.told(values) or self.marks.suspected(values)
        return bool(
            told or self.tally.bare.told(values) or self.tally.suspects.is_partly_bare(values)
        )

    def add_row(self, row: TableRow) -> bool:
        """Adds one row, when it can be read in one way only."""
        line, last, values = row
        if line != last or not values or not self._fits([values]) or self._may_be_sum(values):
            return False
        raw = values[self.amount]
        found = PLAIN.fullmatch(raw) if type(raw) is str else None
        if found is None or self._has_no_day(values):
            return False
        full = self._full_key(values)
        key = full if self.counterpart is not None else full[:3]
        if not self.tally.add(key, ore_of(found[1], found[2])):
            return False
        if self.dated is not None:
            self.tally.note_day(values[self.dated])
        self.last.note_all([row], [ore_of(found[1], found[2])], self.tally.year_end)
        self._note([values])
        return True


def _is_uniform(cells: Sequence[object]) -> bool:
    """Whether all of some cells are blank, or none of them."""
    return cells.count("") in (0, len(cells)) and None not in cells


def _amounts_of(written: str) -> list[int] | None:
    """Amounts, a line each, in öre; None when any of them is not plain."""
    # With two decimals each, as a csv has them, the digits alone are öre. A workbook has numbers
    # without the noughts at their end.
    if _PLAIN_ALL.fullmatch(written):
        return list(map(int, written.replace(",", "").replace(".", "").split("\n")))
    if not _PLAIN_EACH.fullmatch(written):
        return None
    return [ore_of(kronor, ore) for kronor, ore in PLAIN.findall(written)]


class _Careful:
    """Rows that are not plain: amounts written in other ways, sums, several lines in one row, and
    bad lines."""

    def __init__(self, layout: Layout, marks: Marks) -> None:
        self.layout, self.marks = layout, marks
        self.sides = SideReader(layout, read_thousands if layout.thousands else read_amount)
        self.heads = {_bare(value) for value in (*layout.header.values, *layout.above)} - {""}
        self.last = LastDay(layout)
        self.wide = max(layout.columns[name] for name in layout.needed) + 1

    def read(self, row: TableRow, tally: Tally) -> None:
        """One row into the tally."""
        line, last, values = row
        if last > line and (not values or self._swallowed(values)):
            _lose_lines(row, tally)
            return
        full = [*values, *[""] * (self.wide - len(values))]
        amount, stood = self.sides.amount(full, tally)
        mark = self.marks.told(values)
        if mark:
            self._book_mark(mark, line, full, amount, tally)
        elif amount is None or not self._has_its_fields(values):
            self._lose(line, values, stood, tally)
        elif tally.is_no_day(self._value(full, "dated")):
            self._lose(line, values, self._value(full, "dated"), tally)
        elif (wrong := self._no_key(full)) is not None:
            self._lose(line, values, wrong, tally)
        elif self._is_held(line, full, amount, tally):
            return
        elif not self._book(line, full, amount, tally):
            self._lose(line, values, full[self.layout.columns["account"]], tally)
        else:
            if tally.groups is not None:
                tally.groups.add(text(self._value(full, "code")), amount)
            self.last.note(line, full, amount, tally.year_end)
            self._note(full, tally)

    def _book(self, line: int, full: Sequence[object], amount: Decimal, tally: Tally) -> bool:
        """A transaction, which may be something else all the same; whether it has an account."""
        kind, key = self.marks.suspected(full), self._key(full)
        if (kind or tally.suspects.is_partly_bare(full)) and is_account(key[0]):
            tally.suspect(line, full, kind, (key, amount))
        return tally.book(key, amount)

    def _no_key(self, values: Sequence[object]) -> object | None:
        """What stands for the account, the code or the post and is a day, a time or an error."""
        own = (self._value(values, name) for name in ("account", "code", "post"))
        return next((one for one in own if not is_key(one)), None)

    def _is_held(self, line: int, full: Sequence[object], amount: Decimal, tally: Tally) -> bool:
        """Whether the row may be a sum of those above it."""
        if not tally.bare.told(full) or not is_account(self._value(full, "account")):
            return False
        row = HeldSum(self._key(full), amount, line)
        return tally.bare.takes(row, tally.total, tally.rows)

    def _note(self, values: Sequence[object], tally: Tally) -> None:
        """The day, the year and the currency of a transaction."""
        if "dated" in self.layout.columns:
            tally.note_day(self._value(values, "dated"))
        if "currency" in self.layout.columns:
            tally.currencies.add(self._value(values, "currency"))
        if "year" in self.layout.columns:
            tally.years.add(self._value(values, "year"))
        if "period" in self.layout.columns:
            tally.periods.add(self._value(values, "period"))
        if "state" in self.layout.columns:
            tally.states.add(self._value(values, "state"))

    def _book_mark(
        self, mark: str, line: int, values: Sequence[object], amount: Decimal | None, tally: Tally
    ) -> None:
        """The file's own sum when it stands on no account, or else a row beside transactions. One
        without an amount says nothing: a balance in a column that is not read."""
        if amount is None:
            return
        if mark == "totals" and not is_account(values[self.layout.columns["account"]]):
            tally.stated.append(amount)
            if tally.groups is not None:
                tally.groups.close(amount)
        else:
            tally.beside.note(mark, line, self._key(values), amount)
            tally.leave_out(amount)

    def _has_its_fields(self, values: Sequence[object]) -> bool:
        """Whether a row of a csv has a field for each heading, and no more with something in. What
        a workbook has beside its columns moves nothing."""
        if not self.layout.delimiter:
            return True
        beyond = values[len(self.layout.header.values) :]
        return len(values) >= self.layout.width and not any(map(text, beyond))

    def _lose(self, line: int, values: Sequence[object], stood: object, tally: Tally) -> None:
        """A row that could not be read, and what `stood` where it could not. A row of blank cells
        is no row; one with neither an account nor an amount is the head of a page."""
        if values and (not any(map(text, values)) or self._is_page_head(values)):
            return
        tally.lost(Bad(line, shown(stood)))
        account = is_account(self._value(values, "account"))
        tally.unread += account or self.sides.has_amount(values)

    def _is_page_head(self, values: Sequence[object]) -> bool:
        """Whether nothing stands in a row but what stands in the headings or above them, as at the
        top of each page; the page's number may be another."""
        own = {_bare(value) for value in values if text(value)}
        return "" not in own and own <= self.heads

    def _key(self, values: Sequence[object]) -> RawKey:
        names = ["account", "code", "post"]
        names += ["counterpart"] if "counterpart" in self.layout.columns else []
        return tuple(text(self._value(values, name)) for name in names)

    def _value(self, values: Sequence[object], name: str) -> object:
        place = self.layout.columns.get(name)
        return values[place] if place is not None and place < len(values) else ""

    def _swallowed(self, values: Sequence[object]) -> bool:
        """Whether a quotation mark that was never closed has drawn whole lines into one field."""
        least = len(self.layout.header.values) - 1
        for value in values:
            inner = str(value).splitlines()[1:]
            if any(line.count(self.layout.delimiter) >= least for line in inner):
                return True
        return False


def _bare(value: object) -> str:
    """A title without its numbers."""
    return re.sub(r"\d+", "", fold(text(value))).strip()


def _lose_lines(row: TableRow, tally: Tally) -> None:
    """Every line that a row has drawn into itself: each may have been a transaction."""
    line, last, values = row
    for each in range(line, last + 1):
        tally.lost(Bad(each, shown(values[0]) if values else ""))
        tally.unread += 1
