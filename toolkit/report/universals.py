"""Swedish sentences that say something of none or of all of those who report, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.words.swedish import number_at_start

NUMBERS = {number_at_start(number).lower(): number for number in range(2, 40)}
"""The numbers that are written in words; `en` and `ett` are articles too."""
_BETWEEN = (
    r"(?:(?:av|de|dessa|våra|landets|sveriges|rikets|enda|enskild|enskilt|enskilda|svenska|övriga"
    r"|andra"
    rf"|\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})\s+){{0,4}}"
)
_NONE = (
    r"(?:inte|ej|icke)\s+(?:ens\s+)?(?:en|ett|någo[nt]|några)(?:\s+(?:enda|enstaka))?"
    r"|ingen|inget|inga|ingendera|intet|varken|noll|knappt\s+någo[nt]"
)
_ALL = (
    r"alla|allesammans|samtliga|varje|varenda|vartenda|vart\s+och\s+ett|var\s+och\s+en|vart"
    r"|båda|bägge"
    r"|hundra\s+procent|100\s*(?:%|procent)|hela\s+raden"
)
_NOT_ALL = re.compile(
    r"(?i)\b(?:inte|ej|icke|nästan|långt\s?ifrån|knappast|så\s+gott\s+som|i\s+stort\s+sett)\s+$"
)
VERBS = (
    r"har|gör|är|samverkar|samarbetar|redovisar|arbetar|bidrar|når|anger|nämner|saknar|deltar|ger"
    r"|vänder|följer|driver|planerar|får|kan|visar|uppger|erbjuder|stöder|stödjer|utbildar"
    r"|genomför|finansierar|tar|hade|gjorde|gav|nådde|bidrog|deltog|fick|angav|redovisade"
    r"|samverkade|utbildade|genomförde|saknade|använder|riktar|håller|anordnar|beskriver"
)
_NOT = re.compile(
    r"(?i)\b(?:inte|ej|icke|aldrig|sakna(?:r|s|de|des|t)?|utan|avstår|avstod|uteblir|inga|ingen"
    r"|inget|ingenting|noll)\b"
    r"(?!\s+(?:bara|endast|enbart|blott|minst|alla|samtliga|alltid|fullt|lika"
    r"|tillräckligt|förrän|också|även|att)\b)"
)
_WISH = re.compile(
    r"(?i)\b(?:ska|skall|skulle|bör|borde|behöver|behövs|måste|vill|önskar|kan\s+komma|målet)\b"
)
_IF = (
    r"(?i)(?:^|,\s*|\b(?:oklart|osäkert|tveksamt|frågan?|vet|säga|avgöra|bedöma|undersök\w*|pröva"
    r"|se|veta)\s+)om\b|\bom\s+(?:det|de|den|alla|samtliga|inget|ingen|inga|{noun})\b"
)
_BUT = re.compile(r"(?i)\s*,?\s*\b(?:utom|förutom|undantaget|med\s+undantag\s+(?:av|för))\b\s*")
_CLAUSE = re.compile(r"(?i),\s+(?:och|men|medan|fast|eftersom|vilket)\b|;|\s–\s")
_SUBORDINATE = re.compile(
    r"(?i)\b(?:som|att|hur|eftersom|därför|när|där|vilk(?:en|et|a)|vars|vad"
    r"|om\s+(?=hur|vad|de\b))\b"
)


class Universal(NamedTuple):
    """What a sentence says of none or of all. `claim` is its clause without the words for them;
    `but` what is excepted, as it is written (`en`, `Gotland och Halland`)."""

    phrase: str
    is_none: bool
    claim: str
    but: str = ""


def universals(sentence: str, nouns: Sequence[str]) -> Iterator[Universal]:
    """What a sentence claims of none or of all of those that the nouns stand for, in each form that
    they are written in. A wish is no claim, and `nästan alla` and `inte alla` are neither.

    >>> nouns = ("län", "länen", "länsstyrelser", "länsstyrelserna")
    >>> list(universals("Inget län har ett samtalsstöd.", nouns))
    [Universal(phrase='Inget län', is_none=True, claim='har ett samtalsstöd', but='')]
    >>> [(one.is_none, one.but) for one in universals("Alla län utom Gotland är med.", nouns)]
    [(False, 'Gotland')]
    >>> list(universals("Alla former av våld ingår. Alla kommuner i länet är med.", nouns))
    []
    """
    if nouns and not is_wish(sentence, nouns):
        yield from filter(None, (first_universal(one, nouns) for one in clauses_of(sentence)))


def is_wish(sentence: str, nouns: Sequence[str]) -> bool:
    """Whether a sentence says what should be, or what may be.

    >>> said = ("Alla län bör vara med.", "Vi frågade om alla län var med.")
    >>> [is_wish(one, ["län"]) for one in said]
    [True, True]
    >>> is_wish("Alla län har utbildat om våld.", ["län"])
    False
    """
    noun = "|".join(map(re.escape, nouns))
    return bool(_WISH.search(sentence) or re.search(_IF.format(noun=noun), sentence))


def clauses_of(sentence: str) -> Iterator[str]:
    """The main clauses of a sentence.

    >>> list(clauses_of("Alla är med, men ingen når skolan."))
    ['Alla är med', 'ingen når skolan']
    """
    begins = 0
    for found in _CLAUSE.finditer(sentence):
        yield sentence[begins : found.start()].strip(" .,;")
        begins = found.end()
    yield sentence[begins:].strip(" .,;")


def main_part(claim: str) -> str:
    """A clause up to the first that is subordinate to it.

    >>> main_part("har arbete som pågår och inte är avslutat")
    'har arbete '
    """
    found = _SUBORDINATE.search(claim)
    return claim[: found.start()] if found else claim


def negations_in(claim: str) -> int:
    """How often a clause denies what it says; what is subordinate to it does not count.

    >>> negations_in("saknar inte kampanjer"), negations_in("har arbete som inte är klart")
    (2, 0)
    >>> negations_in("samverkar inte bara med polisen")
    0
    """
    return len(_NOT.findall(main_part(claim)))


def first_universal(clause: str, nouns: Sequence[str]) -> Universal | None:
    """The first word for none or all in a clause; a verb that says no turns it round.

    >>> first_universal("Ingen länsstyrelse saknar stöd", ["länsstyrelse"]).is_none
    False
    """
    for found in _pattern(tuple(nouns)).finditer(clause):
        is_none = bool(found["none"] or found["nowhere"])
        if found["all"] and _NOT_ALL.search(clause[: found.start()]):
            continue
        excepted = _BUT.match(clause, found.end())
        but, rest = _excepted(clause[excepted.end() :]) if excepted else ("", clause[found.end() :])
        claim = f"{clause[: found.start()]}{found['each'] or ''} {rest}".strip()
        turned = negations_in(claim) > 0
        return Universal(found[0].strip(), is_none != turned, claim, but)
    return None


def _excepted(text: str) -> tuple[str, str]:
    """What is excepted, and the sentence behind it: from its verb on."""
    verb = re.search(rf"\b(?:{VERBS})\b", text)
    place = verb.start() if verb else len(text)
    return text[:place].strip(), text[place:]


def _pattern(nouns: tuple[str, ...]) -> re.Pattern[str]:
    noun = "|".join(map(re.escape, sorted(nouns, key=len, reverse=True)))
    somewhere = (
        r"ingenstans\b|(?:inte|ej)\s+någonstans\b"
        rf"|(?:inte|ej)\s+i\s+(?:ett|en|någo[nt])(?:\s+enda)?\s+(?:{noun})\b"
    )
    everywhere = r"överallt\b|i\s+hela\s+landet\b|landet\s+runt\b|runt\s+om\s+i\s+landet\b"
    among = rf"(?<=[a-zåäö])\s+(?:{VERBS})\s+(?:alla|samtliga)(?=\s+(?:med|i|om|till|på|en|ett)\b)"
    behind = rf"\s+{_BETWEEN}(?:{noun})\b|(?=\s+(?:{VERBS})\b)|(?=\s+(?:utom|förutom)\b)"
    return re.compile(
        rf"(?i)\b(?:(?P<none>{_NONE})|(?P<all>{_ALL}))"
        rf"(?:\s+(?:enda|av\s+dem|tillsammans))?(?:{behind})"
        rf"|\b(?P<nowhere>{somewhere})|\b(?P<everywhere>{everywhere})|\b(?:{noun})(?P<each>{among})"
    )
