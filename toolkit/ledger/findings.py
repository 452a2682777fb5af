"""What there is to say of a ledger extract: lines that could not be read, sums that differ, another
year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.findings.finding import Finding
from toolkit.ledger.entries import Balance, Ledger, Span
from toolkit.ledger.proof import TOLD_ELSEWHERE, periods
from toolkit.spec.load import Year
from toolkit.words.amounts import format_kr

_LINES = 20  # lines that a message names
_ACCOUNTS = 10  # accounts outside the chart that a message names
_BALANCES = 5  # accounts that a message names; all stand in ekonomi.xlsx

Told = tuple[str, dict[str, object]]
"""A finding's code and what its text is filled with."""


def ledger_findings(year: Year, file: str, ledger: Ledger | str) -> list[Finding]:
    """The findings of one extract, or of the code for why it could not be read."""
    if isinstance(ledger, str):
        return [year.catalogue.finding(ledger, {"file": file}, file=file)]
    told = [*_unread(ledger), *_left_out(year, ledger)]
    # Sums and periods of a file without transactions say nothing more than that it has none.
    if ledger.transactions:
        told += [*_sum(ledger), *_balances(year, ledger), *_period(year, ledger)]
    told += _unused(year, ledger)
    if ledger.county is None:
        told.insert(0, ("HUVUDBOK-LAN", {}))
    unused = "" if ledger.used else year.catalogue.word("anvands_inte")
    filled = {"file": file, "unused": unused}
    return [
        year.catalogue.finding(code, {**filled, **values}, county=ledger.county, file=file)
        for code, values in told
    ]


def doubt_findings(year: Year, ledger: Ledger) -> list[Finding]:
    """What there is to say of what has been doubted since the file itself was told of: of several
    extracts together, or beside the return."""
    unused = "" if ledger.used else year.catalogue.word("anvands_inte")
    filled = {"file": ledger.file, "unused": unused}
    period = _period(year, ledger) if "period" in ledger.doubts else ()
    return [
        year.catalogue.finding(code, {**filled, **values}, county=ledger.county, file=ledger.file)
        for code, values in [*period, *_unused(year, ledger)]
    ]


def _unread(ledger: Ledger) -> Iterator[Told]:
    if ledger.bad_lines:
        more = " …" if ledger.bad_lines[_LINES:] else ""
        lines = ", ".join(str(bad.line) for bad in ledger.bad_lines[:_LINES]) + more
        yield "HUVUDBOK-RADER", {"count": len(ledger.bad_lines), "lines": lines}


def _sum(ledger: Ledger) -> Iterator[Told]:
    if ledger.missing:
        sums = {
            "stated": ledger.stated or Decimal(0),
            "read": ledger.total,
            "missing": ledger.missing,
        }
        yield "HUVUDBOK-SUMMA", {name: format_kr(amount) for name, amount in sums.items()}


def _balances(year: Year, ledger: Ledger) -> Iterator[Told]:
    """Accounts whose transactions do not come to what the file says of them."""
    if not ledger.balances:
        return
    word, off = year.catalogue.word, len(ledger.balances)
    lines = "; ".join(_balance(year, one) for one in ledger.balances[:_BALANCES])
    if off > _BALANCES:
        lines += word("saldo_fler", count=off - _BALANCES)
    dated = word("daterade", dated=span_shown(ledger.dated)) if ledger.dated else ""
    told = {"lines": lines, "off": off, "all": ledger.compared, "dated": dated}
    yield "HUVUDBOK-SALDO", told


def _balance(year: Year, one: Balance) -> str:
    sums = {"stated": format_kr(one.stated), "read": format_kr(one.read)}
    return year.catalogue.word(
        f"saldo_{one.kind.lower()}", line=one.line, account=one.account, **sums
    )


def _period(year: Year, ledger: Ledger) -> Iterator[Told]:
    spans = periods(year, ledger)
    shown = {word: span_shown(span) for word, span in spans.items()}
    for word in {"period_namn", "period_flera"} & spans.keys():  # years, and no days
        shown[word] = _years_shown(spans[word])
    now = year.spec.year
    why = [year.catalogue.word(word, span=span, year=now) for word, span in shown.items()]
    if why:
        yield "HUVUDBOK-PERIOD", {"year": now, "why": " ".join(why)}


def _left_out(year: Year, ledger: Ledger) -> Iterator[Told]:
    """What in the file is no transaction, or on no account of the chart."""
    word = year.catalogue.word
    if ledger.outside:
        told = {"accounts": _accounts(ledger), "more": ""}
        if ledger.outside[_ACCOUNTS:]:
            told["more"] = word("konton_fler", count=len(ledger.outside) - _ACCOUNTS)
        yield "HUVUDBOK-UTANFOR", dict(told)
    if ledger.apart:
        rows = word(
            "rader_en" if len(ledger.apart) == 1 else "rader_flera", count=len(ledger.apart)
        )
        yield "HUVUDBOK-SUMRADER", {"rows": rows, "sum": format_kr(sum(ledger.apart, Decimal(0)))}
    if ledger.hidden:
        yield "HUVUDBOK-BLAD", {"sheets": ", ".join(ledger.hidden)}


def _accounts(ledger: Ledger) -> str:
    named = ledger.outside[:_ACCOUNTS]
    return ", ".join(f"{one.account} ({format_kr(one.amount)})" for one in named)


def _unused(year: Year, ledger: Ledger) -> Iterator[Told]:
    """Why nothing is compared with it, where nothing else says so."""
    doubts = [doubt for doubt in ledger.doubts if doubt not in TOLD_ELSEWHERE]
    if doubts:
        why = [doubt_shown(year, ledger, doubt) for doubt in doubts]
        yield "HUVUDBOK-OANVAND", {"why": "; ".join(why)}


def doubt_shown(year: Year, ledger: Ledger, doubt: str) -> str:
    """Why an extract is not used, in words, with what in it says so."""
    what = ledger.particulars.get(doubt, "")
    return year.catalogue.word(f"oanvand_{doubt}", what=what, year=year.spec.year)


def _years_shown(span: Span) -> str:
    """`2019`, or `2018–2019`."""
    return "–".join(dict.fromkeys((str(span.first.year), str(span.last.year))))


def span_shown(span: Span) -> str:
    """`2020-01-01–2020-12-31`, or the day alone."""
    days = dict.fromkeys((span.first.isoformat(), span.last.isoformat()))
    return "–".join(days)
