"""Rows beside the transactions: opening and closing balances, subtotals, the sum of all. They are
known by words that the agency keeps (huvudbok.yaml)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from toolkit.ledger.balancetexts import (
    ALL_KINDS,
    PURE,
    SHORT,
    SURE,
    WEAK,
    balance_text,
    may_be_balances,
)
from toolkit.ledger.days import is_opening
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.keys import is_account
from toolkit.ledger.layout import Layout
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_STARS = re.compile(r"\*+")  # where an account would stand: so SAP marks its sums
_DASH = "[-–—‑−]"
_PUNCTUATION = re.compile(r"[.,;!]+")  # `Ing. balans`, `Summa.`
_NUMBERED = re.compile(r"[^\W\d_]{1,4}[ -]?\d+")
"""A voucher of a series: `IB1`."""
_SHORT = 2  # letters of a word that may stand with a full stop after each: `I.B.`


# A balance of one word is followed by what it is of: a day, an account, a period.
_BEHIND_ONE_WORD = r"(?:[ :]+(?:\d|konto|kto|per |år|från |föreg|period).*|:)?"


class Marks:
    """What tells such a row from a transaction, in the columns beside keys, amounts and days."""

    def __init__(self, layout: Layout, chart: AccountChart) -> None:
        self.others = layout.others
        self.account = layout.columns["account"]
        self.voucher = layout.columns.get("voucher")
        self.dated = layout.columns.get("dated")
        # `Ingående balans 4110 Löner`, but `IB Konsult AB` and `Ingående moms` are transactions.
        named = [word for word in chart.balances if " " in _bare(fold(word))]
        bare = [word for word in chart.balances if word not in named]
        several, one = _pattern(named, r"(?:[ :].*)?"), _pattern(bare, _BEHIND_ONE_WORD)
        self.balances = re.compile(f"{several.pattern}|{one.pattern}")
        # `Summa konto 4110`, `Summa 4110 Löner`; but `Summa hyra mars` may be a transaction.
        self.totals = _pattern(chart.totals, r"(?: (?:konto |för )?\d.*|:)?")
        # On a row without an account whatever stands after the word: `Summa PM`.
        self.sums = _pattern(chart.totals, r"(?:[ :].*)?")
        self.beginnings = _beginnings((*chart.balances, *chart.totals, *chart.carried))
        self.carried = _pattern(
            chart.carried, r"(?: (?:från|till) (?:föregående|nästa|ny|sid).*| ?\d*|:)?"
        )
        after = _pattern(chart.totals, "")
        # Excel's own subtotals: `4110 Summa` in the column that they are of.
        self.after = re.compile(rf"\S.*?[ :–-]+{after.pattern}")
        self.code = layout.columns["code"]
        self.period = layout.columns.get("period")
        self.state = layout.columns.get("state")
        self.planned = _pattern(chart.planned, "")

    def maybe(self, rows: Sequence[Sequence[object]]) -> bool:
        """Whether any of some rows, all of texts, may be one: quicker than to look at each, and
        never False where `told` tells one. Raises TypeError where something is no text, IndexError
        where a row is shorter."""
        for place in self.others:
            written = "\n".join([values[place] for values in rows])  # type: ignore[misc]
            folded = _folded(written)
            if self.beginnings.search(f"\n{folded}") or may_be_balances(f"\n{folded}"):
                return True
        if self.period is not None:
            at = self.period
            periods = "\n".join({values[at] for values in rows})  # type: ignore[misc]
            if any(map(is_opening, periods.split("\n"))):
                return True
        return self.state is not None and any(map(self._is_planned, rows))

    def suspected(self, values: Sequence[object]) -> str:
        """How a row's texts may say that it is a balance or a sum, though `told` takes it for a
        transaction; nothing where they do not."""
        kinds = {balance_text(one): one for one in self._texts(values)}
        kind = next((kind for kind in ALL_KINDS if kind in kinds), "")
        # A purchase may be called `Transport`, as what a page takes over is.
        if kind in ("", SURE, SHORT) or not self._kind(_bare(fold(kinds[kind]))):
            return kind
        return PURE if kind == PURE and " " in kinds[kind] else WEAK

    def _texts(self, values: Sequence[object]) -> list[str]:
        """What stands in a row beside keys, amounts, days and a voucher of a series."""
        cells = [(at, text(values[at])) for at in self.others if at < len(values) and values[at]]
        return [one for at, one in cells if at != self.voucher or not _NUMBERED.fullmatch(one)]

    def told(self, values: Sequence[object]) -> str:
        """`opening`, `closing`, `balances` or `totals` for such a row, `planned` for one that is
        not booked, nothing for a transaction. A row with a voucher is a transaction, whatever its
        text begins with."""
        if self._is_planned(values):
            return "planned"
        return "opening" if self._is_opening(values) else self._told_by_words(values)

    def _is_opening(self, values: Sequence[object]) -> bool:
        """Whether the period is the one before the first."""
        at = self.period
        return at is not None and at < len(values) and is_opening(text(values[at]))

    def _told_by_words(self, values: Sequence[object]) -> str:
        cells = [(at, values[at]) for at in self.others if at < len(values) and values[at]]
        # Some lists have the word in the account's own column: `Summa 4110`.
        account = values[self.account] if self.account < len(values) else ""
        if _STARS.fullmatch(text(account)) or self._is_after(values, account):
            return "totals"
        if not is_account(account):
            cells.append((self.account, account))
        kind = self._first_kind(values, cells)
        if kind or text(account):
            return kind
        return "totals" if self._is_sum(values, cells) else ""

    def _first_kind(self, values: Sequence[object], cells: Sequence[tuple[int, object]]) -> str:
        for place, value in cells:
            kind = self._kind(_bare(fold(text(value))))
            if kind and not self._has_voucher(values, place) and not self._is_paid(kind, values):
                return kind
        return ""

    def _is_paid(self, kind: str, values: Sequence[object]) -> bool:
        """Whether what is carried from page to page by its word (`Transport`) is something that was
        bought: it has a day, an account and a code, as no sum of a page has."""
        if kind != "balances" or self.dated is None or self.dated >= len(values):
            return False
        account = values[self.account] if self.account < len(values) else ""
        code = values[self.code] if self.code < len(values) else ""
        return bool(text(values[self.dated]) and is_account(account) and text(code))

    def _is_sum(self, values: Sequence[object], cells: Sequence[tuple[int, object]]) -> bool:
        """Whether a row without an account begins as a sum does, in its code or elsewhere."""
        code = values[self.code] if self.code < len(values) else ""
        own = [*cells, (self.code, code)]
        folded = ((place, _bare(fold(text(value)))) for place, value in own)
        told = (at for at, shown in folded if self.sums.fullmatch(shown))
        return any(not self._has_voucher(values, at) for at in told)

    def _is_planned(self, values: Sequence[object]) -> bool:
        at = self.state
        if at is None or at >= len(values):
            return False
        return bool(self.planned.fullmatch(_bare(fold(text(values[at])))))

    def _is_after(self, values: Sequence[object], account: object) -> bool:
        """Whether the row is one of Excel's subtotals, by account or by code."""
        shown = text(account)
        if not shown and self.code < len(values):
            shown = text(values[self.code])
        return bool(self.after.fullmatch(_bare(fold(shown))))

    def _kind(self, folded: str) -> str:
        if self.balances.fullmatch(folded):
            return "opening" if folded.startswith(("i", "o")) else "closing"
        if self.carried.fullmatch(folded):
            return "balances"
        return "totals" if self.totals.fullmatch(folded) else ""

    def _has_voucher(self, values: Sequence[object], place: int) -> bool:
        """Whether a voucher stands in the row, in another cell than the one that tells. A number
        after such a word (`IB1`) is none."""
        at = self.voucher
        if at is None or at == place or at >= len(values):
            return False
        shown = text(values[at])
        word = _bare(fold(re.sub(r"\d+", " ", shown)))
        return any(map(str.isdigit, shown)) and not self.balances.fullmatch(word)


def _bare(folded: str) -> str:
    """A text without its punctuation.

    >>> _bare("ing. balans"), _bare("i.b. 2020"), _bare("summa:")
    ('ing balans', 'ib 2020', 'summa:')
    """
    apart = _PUNCTUATION.sub(" ", folded)
    return re.sub(r"^(\w) (\w)(?= |$)", r"\1\2", " ".join(apart.split()))


def _pattern(words: Sequence[str], end: str) -> re.Pattern[str]:
    """Any of the words, and what may follow; nothing at all where there are none."""
    known = "|".join(re.escape(_bare(fold(word))) for word in words)
    return re.compile(f"(?:{known}){end}" if known else r"(?!)")


def _beginnings(words: Sequence[str]) -> re.Pattern[str]:
    """The beginning of a line, and the first part of any of the words."""
    # Of `ingående saldo` the first part alone: what stands between the two may be any blank.
    firsts = sorted({fold(word).split()[0] for word in words if fold(word)})
    known = "|".join(_spaced(first).replace(r"\-", _DASH) for first in firsts)
    # Stars, blanks and what cannot be seen do not count before a word.
    return re.compile(rf"\n[^\w\n]*(?:{known})" if known else r"(?!)")


def _spaced(word: str) -> str:
    """A short word, also with its letters apart."""
    return r"\W*".join(map(re.escape, word)) if len(word) <= _SHORT else re.escape(word)


def _folded(lines: str) -> str:
    """As `fold` has texts, but for blanks and dashes: the line breaks are needed yet."""
    return unicodedata.normalize("NFC", lines).casefold().replace("\u00ad", "")
