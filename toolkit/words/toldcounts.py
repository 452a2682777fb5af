"""How few persons a text tells of, however loosely it does: `ökade från två till tre`, `ett fåtal
besökare`, `KAST: 3`, `den tredje klienten`. What it says is an interval: `färre än fyra` is one to
three.

A number tells of persons where it counts them, or where it counts nothing that is named (`bara
tre`) and persons, or what is counted of them, stand near it. `I tre kommuner fick kvinnor stöd`
tells of municipalities."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import Enum, auto
from functools import cache
from itertools import chain
from typing import NamedTuple

from toolkit.words.persons import SEVERAL, person_counts
from toolkit.words.quantities import ARTICLES, Quantity, number_of, quantities_in
from toolkit.words.readings import readings
from toolkit.words.sentences import SentenceWord, sentences_of, words_of
from toolkit.words.subjects import LABELS

_NO_NUMBER = "sex"  # `män som köper sex`: a number only where it counts something
_SHORT = 10  # words of a sentence that may go on with what the one before it is about
_LONG = 6  # letters of a noun that may end a longer one: `transpersoner`
_BEFORE, _BEHIND = 3, 2  # words on either side of a number that are shown with it
_ENDED = 4  # letters that a word may have more than the one it is a form of

_LINKS = {"till", "eller", "och", "à", "–", "-", "—", ",", "/"}
_PASSED = {"av", "de", "dessa", "våra", "alla", "samtliga", "st", "stycken", ")", "olika", "helt"}
_LOOSE_WORDS = """
    . , ; : ! ? ( ) – — - = + / ” " ' … i på till från för med hos under över om vid mot genom
    per ur inom utan efter före sedan mellan bland åt kring runt via och eller men samt som att
    än så när där då eftersom medan varav vilka vilket varför även utom inte nu totalt
    sammanlagt bara endast enbart redan också dock ännu hittills tillsammans mer mindre fler
    färre dem vi det den hon han man sig är var vara blev blivit blir har hade haft fick får
    fått kom kommer kommit gick går ska skulle kan kunde vill ville tog tar togs hörde ingick
    ingår bor bodde fanns finns gav ger gavs ges stod gjorde hör året årets idag respektive
    jämfört mest utgjorde nådde når upp ner in ut av åtminstone samma länet
    bestämt alltså nämligen dvs ungefär cirka precis exakt faktiskt
    stöd hjälp vård skydd bistånd information samtalsstöd rådgivning kontakt"""
_LOOSE = frozenset(_LOOSE_WORDS.split())
"""What may stand behind a number that counts nothing named: it is no noun, or one that is not
counted (`de fyra fick stöd`)."""

_NOT_ADJECTIVES = re.compile(r".*(?:orna|arna|erna|ena|[^t]are)")
_ADJECTIVES = {"externa", "interna", "moderna", "rena", "ensamma"} | {
    *("ytterligare", "tidigare", "senare", "närmare", "vidare", "yngre", "äldre")
}
_NEUTER = re.compile(r".*(?:barn|offer|fall|ärende|vittne)")
_GROUPS = {"antal", "del", "mängd", "grupp", "rad", "majoritet", "minoritet", "andel", "skara"}


class ToldCount(NamedTuple):
    """What a text tells: at least `low` and at most `high` persons. `near` is the sentence with
    those beside it."""

    low: int
    high: int
    words: str
    near: str

    def tells(self, number: int) -> bool:
        """Whether it can be this number.

        >>> ToldCount(1, 3, "färre än fyra", "").tells(2)
        True
        """
        return self.low <= number <= self.high


class _CountedKind(Enum):
    PERSON = auto()
    THING = auto()
    FREE = auto()


class _CountedThing(NamedTuple):
    """A quantity with what it counts: the place of the word, where there is one."""

    quantity: Quantity
    kind: _CountedKind
    at: int


def told_counts(
    text: str, nouns: Collection[str], subjects: Collection[str] = (), *, least: int
) -> Iterator[ToldCount]:
    """All that a text tells of how many persons it was, but for what leaves as many values as
    `least`. `nouns` are what persons are called, `subjects` words for what is counted of them.

    >>> nouns, subjects = {"personer", "klienten"}, {"mika"}
    >>> def found(text):
    ...     return [one[:2] for one in told_counts(text, nouns, subjects, least=5)]
    >>> found("Antalet personer i Mika ska öka från tre till tolv.")
    [(3, 3), (12, 12)]
    >>> found("I tre kommuner fick personer stöd, färre än fyra."), found("Mika: ett fåtal.")
    ([(1, 3)], [(1, 4)])
    >>> found("I maj ③ personer.")
    [(3, 3)]
    """
    teller, seen = _CountTeller(frozenset(nouns), frozenset(subjects)), set[ToldCount]()
    for one in chain.from_iterable(map(teller.read, readings(text, nouns))):
        if one.high - one.low + 1 < least and one not in seen:
            seen.add(one)
            yield one


class _CountTeller(NamedTuple):
    """Reads sentences with the words for persons and for what is counted of them.

    >>> teller = _CountTeller(frozenset({"klienter"}), frozenset({"kast"}))
    >>> teller.is_person("klienter"), teller.is_person("klientarbete")
    (True, False)
    """

    nouns: frozenset[str]
    subjects: frozenset[str]

    def read(self, text: str) -> Iterator[ToldCount]:
        """What all sentences of a text tell.

        >>> [one.words for one in _CountTeller(frozenset({"barn"}), frozenset()).read("Två barn.")]
        ['Två barn', 'Två barn']
        """
        sentences = sentences_of(text)
        for place, sentence in enumerate(sentences):
            beside = sentences[max(place - 1, 0) : place + 2]
            for low, high, words in self.told(sentence, beside):
                yield ToldCount(low, high, words, " ".join(beside))

    def told(self, sentence: str, beside: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """What one sentence tells beside the others.

        >>> list(_CountTeller(frozenset({"barn"}), frozenset({"kast"})).told("KAST: tre.", []))
        [(3, 3, 'KAST: tre')]
        """
        for one in person_counts(sentence, self.nouns):
            yield one.number, one.number, one.words
        words = words_of(sentence)
        before: list[_CountedThing] = []
        for quantity in quantities_in(words):
            counted = self._counted(words, quantity)
            if self._is_told(words, counted, before, beside):
                yield quantity.low, quantity.high, _shown(sentence, words, counted)
            before.append(counted)

    def _counted(self, words: Sequence[SentenceWord], quantity: Quantity) -> _CountedThing:
        """A quantity with what it counts.

        >>> words = words_of("Två nya möten")
        >>> _CountTeller(frozenset(), frozenset())._counted(words, next(quantities_in(words))).at
        2
        """
        kind, at = self._head(words, quantity.end)
        return _CountedThing(quantity, kind, at)

    def _head(self, words: Sequence[SentenceWord], start: int) -> tuple[_CountedKind, int]:
        """What a quantity counts that ends at a place.

        >>> teller = _CountTeller(frozenset({"klienter"}), frozenset())
        >>> texts = ("2 nya klienter", "2 möten", "2.")
        >>> [teller._head(words_of(text), 1)[0].name for text in texts]
        ['PERSON', 'THING', 'FREE']
        """
        at = start
        while at < len(words):
            if self.is_person(words[at].said):
                return _CountedKind.PERSON, at
            step = _passed(words, at)
            if not step:
                break
            at += step
        is_named = at > start and at < len(words) and words[at].text[:1].isupper()
        if at >= len(words) or words[at].said in _LOOSE or is_named:
            return _CountedKind.FREE, at
        return (_CountedKind.FREE if self._is_subject(words[at].said) else _CountedKind.THING), at

    def is_person(self, word: str) -> bool:
        """Whether a word is what persons are called, or ends so.

        >>> _CountTeller(frozenset({"personer"}), frozenset()).is_person("transpersoner")
        True
        """
        last = word.rpartition("-")[2]
        return word in self.nouns or last in self.nouns or word.endswith(_longer(self.nouns))

    def _is_subject(self, word: str) -> bool:
        """Whether a word is one for what is counted, or a form of it.

        >>> _CountTeller(frozenset(), frozenset({"mika"}))._is_subject("mikas")
        True
        """
        known = (one for one in self.subjects if word.startswith(one))
        return any(len(word) - len(one) <= _ENDED for one in known) or (
            "-" in word and word.partition("-")[0] in self.subjects
        )

    def _is_told(
        self,
        words: Sequence[SentenceWord],
        counted: _CountedThing,
        before: Sequence[_CountedThing],
        beside: Sequence[str],
    ) -> bool:
        """Whether a quantity tells of persons.

        >>> list(_CountTeller(frozenset({"barn"}), frozenset()).told("Tre möten om barn.", []))
        []
        """
        quantity, kind, at = counted
        if kind is _CountedKind.THING or _is_label(words, quantity):
            return False
        if kind is _CountedKind.PERSON:
            return _fits(words, quantity, at)
        if words[quantity.end - 1].said == _NO_NUMBER:
            return False
        if quantity.ordinal or (quantity.article and not _stands_out(words, quantity)):
            return False
        if self._counts_as_before(words, quantity, before):
            return False
        return self._about(words) or (
            len(words) <= _SHORT and any(self._about(words_of(one)) for one in beside)
        )

    def _about(self, words: Sequence[SentenceWord]) -> bool:
        """Whether words are about persons.

        >>> _CountTeller(frozenset({"barn"}), frozenset())._about(words_of("Om barn"))
        True
        """
        return any(self.is_person(one.said) or self._is_subject(one.said) for one in words)

    def _counts_as_before(
        self, words: Sequence[SentenceWord], quantity: Quantity, before: Sequence[_CountedThing]
    ) -> bool:
        """Whether a number that counts nothing named goes on with other things that were counted
        before it: `fyra kommuner, året före två`.

        >>> teller = _CountTeller(frozenset({"barn"}), frozenset({"mika"}))
        >>> list(teller.told("Antalet kommuner med Mika blev två.", []))
        []
        """
        for at in range(quantity.start):
            kind, thing = self._head(words, at + 1)
            if words[at].said in {"antal", "antalet"} and kind is _CountedKind.THING:
                # `Antalet kommuner med Mika` goes on about municipalities.
                return not any(self.is_person(one.said) for one in words[thing : quantity.start])
        things = [one.at for one in before if one.kind is _CountedKind.THING]
        return bool(things) and not self._about(words[max(things) + 1 : quantity.start])


@cache
def _longer(nouns: frozenset[str]) -> tuple[str, ...]:
    """The nouns that may end a longer one.

    >>> _longer(frozenset({"personer", "barn"}))
    ('personer',)
    """
    return tuple(noun for noun in nouns if len(noun) >= _LONG)


def _passed(words: Sequence[SentenceWord], at: int) -> int:
    """How many words that stand between a number and what it counts begin at a place.

    >>> [_passed(words_of(text), 0) for text in ("nya klienter", "(3) barn", "av dem", "möten")]
    [1, 3, 1, 0]
    """
    said, after = words[at].said, words[at + 1 : at + 3]
    if said == "(":
        is_number = len(after) > 1 and after[1].said == ")" and number_of(after[0].said) is not None
        return 3 * is_number
    if said in _LINKS and after:
        return int(_is_number(after[0].said) or (said == "," and _is_adjective(after[0].said)))
    return int(_is_passed_alone(said, words[at - 1].said))


def _is_passed_alone(said: str, before: str) -> bool:
    """Whether a word may stand between a number and what it counts, after another.

    >>> [_is_passed_alone(*two) for two in ((".", "st"), ("länets", "av"), ("möten", "två"))]
    [True, True, False]
    """
    if said == ".":
        return before == "st"
    if before == "av" and said.endswith("s"):
        return True
    return _is_number(said) or said in _PASSED or _is_adjective(said)


def _is_number(word: str) -> bool:
    """Whether a word may be a number.

    >>> _is_number("en"), _is_number("tre"), _is_number("möte")
    (True, True, False)
    """
    return number_of(word) is not None or word in ARTICLES


def _is_adjective(word: str) -> bool:
    """Whether a word ends as an adjective of several.

    >>> _is_adjective("nya"), _is_adjective("kommunerna"), _is_adjective("möten")
    (True, False, False)
    """
    if word in _ADJECTIVES:
        return True
    return word[-1] in "ae" and word not in _LOOSE and not _NOT_ADJECTIVES.fullmatch(word)


def _is_label(words: Sequence[SentenceWord], quantity: Quantity) -> bool:
    """Whether a number names what stands before it, or a point of a list.

    >>> words = words_of("Se kapitel 3.")
    >>> [_is_label(words, one) for one in quantities_in(words)]
    [True]
    """
    start = quantity.start
    if start == 0:
        return len(words) > 1 and words[1].said in {".", ")"} and quantity.digits
    at = start - 1 - (words[start - 1].said == "." and start > 1)
    is_named = words[at].said in LABELS and quantity.start == quantity.first
    return is_named and number_of(words[start].said) is not None


def _fits(words: Sequence[SentenceWord], quantity: Quantity, at: int) -> bool:
    """Whether an article or an ordinal counts the persons that follow it: `en rutin för barn` does
    not, `de första besökarna` does not.

    >>> words = words_of("En rad barn och en klient.")
    >>> first, second = quantities_in(words)
    >>> _fits(words, first, 2), _fits(words, second, 5)
    (False, True)
    """
    noun, between = words[at].said, [one.said for one in words[quantity.end : at]]
    if quantity.ordinal:
        previous = words[quantity.first - 1].said if quantity.first else ""
        return previous in {"den", "en", "det", "ett"} and not SEVERAL.fullmatch(noun)
    if not quantity.article:
        return True
    if between[:1] == ["av"]:
        return True
    if _GROUPS.intersection(between) or SEVERAL.fullmatch(noun):
        return False
    return (words[quantity.first].said == "ett") == bool(_NEUTER.fullmatch(noun))


def _stands_out(words: Sequence[SentenceWord], quantity: Quantity) -> bool:
    """Whether `en` is a number though nothing is named: `bara en`, `KAST: en`.

    >>> words = words_of("I KAST var det bara en.")
    >>> [_stands_out(words, one) for one in quantities_in(words)]
    [True]
    """
    previous = words[quantity.first - 1].said if quantity.first else ""
    after = words[quantity.end].said if quantity.end < len(words) else "."
    return previous in {"bara", "endast", "blott", "enbart", "från", ":", "(", "var", "blev"} and (
        after in {".", ",", ")", "till", "i", "under", "hos", "av"}
    )


def _shown(sentence: str, words: Sequence[SentenceWord], counted: _CountedThing) -> str:
    """The words that tell a count; a number that counts nothing named with some beside it.

    >>> text = "Under året fick vi bara tre i Mika."
    >>> words = words_of(text)
    >>> (three,) = quantities_in(words)
    >>> _shown(text, words, _CountedThing(three, _CountedKind.FREE, 6))
    'fick vi bara tre i Mika'
    """
    first, last = counted.quantity.first, counted.at
    if counted.kind is _CountedKind.FREE:
        first = max(first - _BEFORE, 0)
        last = min(counted.quantity.end - 1 + _BEHIND, len(words) - 1)
    return sentence[words[first].start : words[last].end].strip(" .,;:")


def is_about(text: str, subjects: Collection[str]) -> bool:
    """Whether a text has one of these words, or a form of it.

    >>> is_about("Hos Mikas mottagning", {"mika"}), is_about("I maj", {"mika"})
    (True, False)
    """
    return _CountTeller(frozenset(), frozenset(subjects))._about(words_of(text))
