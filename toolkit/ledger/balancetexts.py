"""Texts that may say that a row is a balance, a sum or what one page takes over from another,
though no word of huvudbok.yaml tells it."""

from __future__ import annotations

import re

from toolkit.words.swedish import fold

SURE, SHORT, PURE, BEGUN, WEAK = ALL_KINDS = ("saldo", "kort", "ord", "borjan", "summa")
"""Nothing but a balance or a sum; the same in two letters, which may be someone's initials; nothing
but words that may be of a page or a purchase too; a text that begins with one of a balance; one
that begins with one of a sum, which may have been bought."""
_CORE = re.compile(
    r"saldo|saldi|balan[sc]|summa|total|överför|övf|föreg|transport|ackum|\back\b|behållning"
    r"|carried|brought|forward"
    r"|\b(?:ib|ub|ing|utg)(?:\b|\d)|i\.b\.|u\.b\.|ingående|utgående|subtot|\b[bc]/[df]\b|omslutning"
)  # fmt: skip
_BALANCE = re.compile(
    r"\w*(?:saldo|saldot|saldon|saldi|balans|balansen|balance|summa|summan|total|totalt|totalen)"
    r"|ib|ub|ingående|utgående|omslutning|ack(?:umulera[dt]e?|um)?|behållning(?:en)?"
)
_INITIALS = re.compile(r"ib|ub")
_BEGUN = re.compile(
    r"(?:\w*saldo|saldi|balan[sc]|överför|övf|(?:från |fr )?föreg|\w*delsumma|sidsumma|sidtotal"
    r"|behållning|ackum|ack\b|carried|brought)"
)
_STRUCTURE = frozenset(
    re.findall(
        r"\S+",
        """från fr till t o m tom fom f och i av per vid för på den det att här enligt alla
        samtliga nästa ny nytt gammal gammalt gamla ännu kvar rest resterande hittills löpande
        aktuell aktuellt bokfört bokförd bokförda slutlig slutligt sida sidan sidor sid sidnr
        s bl blad bladet konto kontot kto kontonr kod koden grupp gruppen period perioden
        periodens månad månaden månadens mån år året årets årsskifte årsskiftet kvartal
        kvartalet kv vecka dag dagen datum utfall netto debet kredit kr sek kronor tkr rad
        rader transaktioner verifikationer huvudbok bokslut bokslutet sum tot rapport
        rapporten forts fortsättning over carried brought forward down page from to of the
        opening closing account ingår verksamhet verksamhetskod anslag anslagspost överföres
        överförs överfört överförd överförda fört förs bärs bär fg fgående års bal värde värdet
        kostnad kostnader kostnaderna""",
    )
)
"""Words that tell of no purchase: what a balance is of."""
_MONTH = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zåäö]*")
_APART = re.compile(r"\b([iu])\.(b)\.?")
"""`I.B.`: a short word with its letters apart."""
_WORD = re.compile(r"[^\W_]+")


_PARTS = (
    "saldo", "saldi", "balan", "summa", "total", "överför", "övf", "föreg", "transport", "\nack",
    " ack", "behållning", "carried", "brought", "forward", "ingående", "utgående", "subtot",
    "omslutning", "b/f", "c/f", "b/d", "c/d", " ib", " ub", "-ib", "-ub",
)  # fmt: skip
"""What is in all of those but the shortest, which begin a text or are not told by it alone."""


def may_be_balances(folded: str) -> bool:
    """Whether any of some lines, folded, may be such a text: quicker than to look at each."""
    return any(part in folded for part in _PARTS)


def balance_text(written: str) -> str:
    """How a text may say it; nothing where it does not.

    >>> [balance_text(one) for one in ("Saldo 31/12", "Från föregående sida", "Sidsumma 2")]
    ['saldo', 'ord', 'saldo']
    >>> [balance_text(one) for one in ("UB", "UB 2020", "Totalsumma", "Transport")]
    ['kort', 'saldo', 'saldo', 'ord']
    >>> [balance_text(one) for one in ("Överföring till Malmö", "Saldo hyra", "Summa hyra mars")]
    ['borjan', 'borjan', 'summa']
    >>> [balance_text(one) for one in ("Lön", "Balanserad styrning", "Totalentreprenad")]
    ['', 'borjan', '']
    """
    shown = fold(written)
    if _CORE.search(shown) is None:
        return ""
    shown = _APART.sub(r"\1\2 ", shown)
    words = [one.rstrip("0123456789") for one in _WORD.findall(shown) if not one[0].isdigit()]
    if words and all(map(_is_structure, words)):
        return _pure(shown, words)
    return BEGUN if _BEGUN.match(shown) else _weak(words)


def _pure(shown: str, words: list[str]) -> str:
    """What a text says that has nothing but such words."""
    if _INITIALS.fullmatch(shown.strip()):
        return SHORT
    short = len(words) > 1 and words[0] in ("ing", "utg")
    return SURE if short or any(map(_BALANCE.fullmatch, words)) else PURE


def _is_structure(word: str) -> bool:
    known = word in _STRUCTURE or _MONTH.fullmatch(word) is not None
    return known or _CORE_WORD.fullmatch(word) is not None


_CORE_WORD = re.compile(
    r"\w*(?:saldo|saldot|saldon|saldi|balans|balansen|balance|summa|summan|total|totalt|totalen)"
    r"|överföring(?:en|ar)?|övf|föreg(?:ående)?|transport(?:eras|erat|erade)?"
    r"|ack(?:umulera[dt]e?|um)?"
    r"|behållning(?:en)?|ib|ub|ing|utg|ingående|utgående|subtotal|omslutning"
)  # fmt: skip
_WEAK = re.compile(r"\w*summa|total|totalt|transport|ib|ub|ing|utg|ingående|utgående")


def _weak(words: list[str]) -> str:
    """A sum of something that may have been bought: it is one only where it comes to what stands
    above it."""
    return WEAK if words and _WEAK.fullmatch(words[0]) else ""
