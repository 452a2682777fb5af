"""Whether a text speaks of a subject: stems of words, and what takes a hit back. A word decides
nothing: it makes somebody ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.words.swedish import fold

_CLAUSE = re.compile(r"[.;:!?()]")
_NO_LETTER = re.compile(r"\W+")
_AND = "+"
_BEFORE = 3  # words before a hit in which a negation takes it back: `utan koppling till X`


@dataclass(frozen=True, slots=True)
class Topic:
    """`stems`: a stem with a space before or after it begins or ends a word there; of several with
    a + between them all stand in one clause, in any order. `other`: stem →
    the stems beside it that make the text one of something else, unless another of the subject's
    stems is there too. `before` and `after` are words that say that the subject is not meant;
    `even` those that turn a `before` to its opposite (`inte bara`)."""

    stems: tuple[str, ...]
    other: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    even: tuple[str, ...] = ()

    def is_in(self, *texts: str) -> bool:
        """Whether any of the texts speaks of it.

        >>> sex = Topic(("prostitu", " thb "), before=("utan", "inte"), even=("bara",))
        >>> [sex.is_in(text) for text in ("Om prostitution", "Utan prostitution", "THB-råd")]
        [True, False, True]
        """
        return any(self._speaks(text) for text in texts)

    def _speaks(self, text: str) -> bool:
        """Whether a text does.

        >>> topic = Topic(("exploatering",), {"exploatering": ("arbetskraft",)})
        >>> topic._speaks("Arbetskraftsexploatering")
        False
        """
        plain = _plain(text)
        if not any(stands(stem, plain) for stem in self.stems):
            return False
        meant: set[str] = set()
        for clause in _clauses(text):
            meant.update(self._hits(clause))
        return any(not _any_in(self.other.get(stem, ()), plain) for stem in meant)

    def _hits(self, clause: str) -> Iterator[str]:
        """The stems that a clause has and does not take back.

        >>> list(Topic(("prostitu", "bild+sälj"))._hits(" säljer bilder, ej prostitution "))
        ['prostitu', 'bild+sälj']
        """
        for stem in self.stems:
            if stands(stem, clause) and self._is_meant(clause, stem):
                yield stem

    def _is_meant(self, clause: str, stem: str) -> bool:
        """Whether a stem stands in a clause where it is not taken back.

        >>> Topic(("prostitu",), before=("inte",))._is_meant(" inte prostitution ", "prostitu")
        False
        """
        places = _places(stem.split(_AND)[0], clause)
        return any(not self._is_taken_back(clause, at) for at in places)

    def _is_taken_back(self, clause: str, at: int) -> bool:
        """Whether what stands at a place of a clause is said not to be meant.

        >>> Topic(("prostitu",), before=("inte",))._is_taken_back(" inte prostitution ", 6)
        True
        """
        if _any_in((f" {one} " for one in self.after), clause[at:]):
            return True
        words = clause[:at].split()
        start = max(0, len(words) - _BEFORE)
        return any(self._negates(words, place) for place in range(start, len(words)))

    def _negates(self, words: Sequence[str], place: int) -> bool:
        """Whether a word takes back what follows.

        >>> topic = Topic((), before=("inte",), even=("bara",))
        >>> topic._negates(["inte"], 0), topic._negates(["inte", "bara"], 0)
        (True, False)
        """
        is_turned = place + 1 < len(words) and words[place + 1] in self.even
        return words[place] in self.before and not is_turned


def stands(stem: str, plain: str) -> bool:
    """Whether a stem, or each of several, stands in a plain text.

    >>> stands("bild+sälj", " unga säljer bilder "), stands("bild+sälj", " bilder ")
    (True, False)
    """
    return all(part in plain for part in stem.split(_AND))


def _places(stem: str, clause: str) -> Iterator[int]:
    """Where a stem stands in a clause, each time.

    >>> list(_places("sex", " sex mot sex "))
    [1, 9]
    """
    at = clause.find(stem)
    while at >= 0:
        yield at
        at = clause.find(stem, at + 1)


def _plain(text: str) -> str:
    """Folded words with a space before and after each.

    >>> _plain("Råd – om THB!")
    ' råd om thb '
    """
    return f" {_NO_LETTER.sub(' ', fold(text)).strip()} "


def _clauses(text: str) -> Iterator[str]:
    """A text's clauses, plain.

    >>> list(_clauses("Inte här. Men där"))
    [' inte här ', ' men där ']
    """
    return map(_plain, _CLAUSE.split(text))


def _any_in(stems: Iterable[str], plain: str) -> bool:
    """Whether any of the stems stands in a plain text.

    >>> _any_in(("kopp", " thb "), " råd om thb ")
    True
    """
    return any(stem in plain for stem in stems)
