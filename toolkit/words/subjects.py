"""What is counted, by the words of what it is called."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from toolkit.words.sentences import words_of

_TELLING = 4  # letters of a word that can tell what is counted
_LABELS_WORDS = """
    kapitel kap nr nummer punkt steg fas vecka klockan kl kvartal bilaga tabell figur mål delmål
    målsättning aktivitet indikator version nivå § paragraf år etapp grupp del modul årskurs åk
    termin prioritet artikel sida sid s rad lag förordning deluppdrag uppdrag den agenda anslag
    ap post kod enligt"""
LABELS = frozenset(_LABELS_WORDS.split())
"""What a number that follows is the name of, and no count."""


def subjects_of(labels: Iterable[str]) -> frozenset[str]:
    """The words of what indicators are called that tell what is counted.

    >>> sorted(subjects_of(["KAST: nya personer", "Registrerade offer enligt EU"]))
    ['kast', 'offer', 'personer', 'registrerade']
    """
    return frozenset(_telling(". ".join(labels)))


def subject_of(label: str, nouns: Collection[str]) -> frozenset[str]:
    """The first of these words that is not what any persons are called; none where there is none.

    >>> subject_of("KAST: nya personer", {"personer"}), subject_of("Personer", {"personer"})
    (frozenset({'kast'}), frozenset())
    """
    return frozenset([one for one in _telling(label) if one not in nouns][:1])


def _telling(text: str) -> list[str]:
    """The words that tell what is counted.

    >>> _telling("KAST: nya personer")
    ['kast', 'personer']
    """
    words = (one.said for one in words_of(text))
    return [one for one in words if len(one) >= _TELLING and one not in LABELS]
