"""How a county's own words are brought into a sentence of the report: gone on with where they fit
behind `att den`, quoted as they stand where they do not. The rules are the year's texts
(`inpassning` in rapport.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from toolkit.findings.texts import Texts
from toolkit.report.negation import Negation

_ENDS = (".", "!", "?", "…", ".”", "!”", "?”", '."', '!"', '?"')
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\d”])")
_WORD = re.compile(r"[^\W\d_]+")
_FILLED = re.compile(r"\{\w+\}")
_ALL_OR_NONE = ("ingen", "ingen_av", "ingen_kand", "samtliga", "samtliga_av", "bada_av")
_MANY = ("nastan_alla", "merparten", "majoriteten", "halften")
_FEW = ("flera", "flera_namn", "nagra", "nagra_namn", "ett_fatal", "ett_fatal_namn")
COUNTING = (*_ALL_OR_NONE, *_MANY, *_FEW)
"""The kinds of phrases (`fraser` in rapport.yaml) that tell how many, and name none by itself."""
_NEGATING = ("satsen", "efter", "inte_sa", "utan_i_stallet", "undantar", "fogar")
_CLAUSES = ("och_foljt_av", "alla")
"""The year's words that negate (`nekande` in rapport.yaml), in the order of Negation's."""
_CLOSED = (".", "!", "?", ":", "…")
_SINGLE = str.maketrans(dict.fromkeys('"“”„«»', "’"))
"""Quotation marks within a quotation."""


@dataclass(frozen=True)
class Wording:
    """The rules of a year."""

    texts: Texts

    def continued(self, text: str) -> str:
        """What stands behind `att den`: from the verb on, with a full stop; empty where the text is
        no such continuation. A leading `Länsstyrelsen i Kalmar län` or `Vi` is what `den` says."""
        line = stopped(text)
        said = self._subject.match(line)
        tail = line[said.end() :] if said else line
        first, *others = _WORD.findall(tail) or [""]
        if first.lower() not in self._verbs or self._own.intersection(map(str.lower, others)):
            return ""
        if first[1:] != first[1:].lower():  # in capitals throughout: it cannot be gone on with
            return ""
        return tail[:1].lower() + tail[1:]

    def quoted(self, text: str) -> str:
        """The text as a quotation that ends a sentence; what is quoted in it has single marks."""
        return self.texts("inpassning.citat", text=stopped(text).translate(_SINGLE))

    @cached_property
    def _subject(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{self.texts('inpassning.subjekt')})\s+(?=\S)")

    @cached_property
    def _verbs(self) -> frozenset[str]:
        return frozenset(self.texts("inpassning.verb").split())

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(self.texts("inpassning.egna").split())


def stopped(text: str) -> str:
    """A text in one line that ends as a sentence does.

    >>> stopped("stöd och\\n skydd "), stopped("Räcker det?"), stopped("så här,"), stopped("- -")
    ('stöd och skydd.', 'Räcker det?', 'så här.', '- -.')
    """
    whole = " ".join(text.split())
    # A text of nothing but such signs is printed as it was written.
    line = whole.rstrip(" ,;:–-") or whole
    return line if line.endswith(_ENDS) or not line else f"{line}."


def titled(text: str) -> str:
    """A title that is followed by text in the same line.

    >>> titled("Kampanjen Du avgör"), titled("Räcker stödet?")
    ('Kampanjen Du avgör.', 'Räcker stödet?')
    """
    line = " ".join(text.split())
    return line if line.endswith(_CLOSED) else f"{line}."


def sentences_within(text: str, most: int) -> str:
    """The first whole sentences that have room in so many characters; nothing where the first has
    not."""
    kept = ""
    for sentence in _SENTENCE_END.split(stopped(text)):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept


def phrases_of(
    texts: Texts, keys: Iterable[str], forms: Sequence[str] = ("fraser",)
) -> re.Pattern[str]:
    """The year's phrases of these kinds for how many respondents there are, as they are printed, in
    these forms."""
    names = [f"{form}.{key}" for key, form in product(keys, forms)]
    known = [texts.entries[name] for name in names if name in texts.entries]
    pieces = [_FILLED.split(one) for one in sorted(known, key=len, reverse=True)]
    made = "|".join("[^().]+?".join(map(re.escape, parts)) for parts in pieces) or "(?!)"
    return re.compile(rf"(?i:{made})")


class Wordlists:
    """The year's lists of words (`ordlistor` in rapport.yaml): each begins a word of a text."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._patterns: dict[str, re.Pattern[str]] = {}

    def found(self, name: str, *values: object) -> bool:
        """Whether one of the list's words is in one of the values that are texts."""
        return self.has(self._texts(f"ordlistor.{name}"), *values)

    def has(self, words: str, *values: object) -> bool:
        """The same of words that are written out. `_` in a word stands for a blank."""
        texts = (value.lower() for value in values if isinstance(value, str))
        return any(self._pattern(words).search(text) for text in texts)

    def meant(self, words: str, *values: object) -> bool:
        """The same where the text does not say that it is not so: `har vi inte haft`. A list that
        itself has such a word (`saknas`) is found wherever it stands."""
        if self._negation.has(words.split()):
            return self.has(words, *values)
        texts = (value.lower() for value in values if isinstance(value, str))
        pattern = self._pattern(words)
        return any(self._negation.is_meant(pattern, text) for text in texts)

    @cached_property
    def _negation(self) -> Negation:
        """The year's words that negate; none where it names none."""
        entries = self._texts.entries
        words = (entries.get(f"nekande.{name}", "").split() for name in (*_NEGATING, *_CLAUSES))
        return Negation(*words)

    def place(self, words: str, text: str) -> int:
        """Where the first of the words stands in a text; behind its end where none does."""
        found = self._pattern(words).search(text.lower())
        return found.start() if found else len(text)

    def _pattern(self, words: str) -> re.Pattern[str]:
        if words not in self._patterns:
            stems = (re.escape(stem.replace("_", " ")) for stem in words.split())
            self._patterns[words] = re.compile(rf"\b(?:{'|'.join(stems)})")
        return self._patterns[words]
