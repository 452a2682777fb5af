"""Sources as they are named in short: `Socialdepartementet 2016`, and several together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from toolkit.words.swedish import join_and, sort_key

_SHORT = re.compile(r"(.*[^\s,]),? (\d{4})([a-z]?)")
_REFERENCE = re.compile(r"([^(]*[^\s(]) \((\d{4}[a-z]?)\)")
_YEARS = r"[, ]\s*\(?(\d{4}[a-z]?(?:(?:[;,]| och) \d{4}[a-z]?)*)(?![\da-z])"


class Source(NamedTuple):
    """Who has said it, and when; the year has a letter where there are several of one year. What is
    not named so has no year: its whole name is `author`."""

    author: str
    year: str = ""

    @classmethod
    def of(cls, name: str) -> Source:
        """A source by its short name.

        >>> Source.of("Länsstyrelsen Örebro 2021b")
        Source(author='Länsstyrelsen Örebro', year='2021b')
        """
        name = " ".join(name.split()).rstrip(".")
        found = _SHORT.fullmatch(name)
        return cls(found[1], found[2] + found[3]) if found else cls(name)

    @classmethod
    def listed(cls, line: str) -> Source | None:
        """The source that a line of a list of references begins with.

        >>> Source.listed("Socialdepartementet (2016) Uppdrag om människohandel.")
        Source(author='Socialdepartementet', year='2016')
        """
        found = _REFERENCE.match(line)
        return cls(found[1], found[2]) if found else None

    @property
    def cited(self) -> str:
        """As a footnote cites it.

        >>> Source.of("Socialdepartementet 2016").cited
        'Socialdepartementet, 2016'
        """
        return ", ".join(filter(None, self))

    def is_in(self, text: str) -> bool:
        """Whether a text cites it, alone or with others of the same author.

        >>> Source.of("Örebro 2017").is_in("Se Örebro 2016; 2017.")
        True
        """
        if not self.year:
            return self.author in text
        found = re.finditer(re.escape(self.author) + _YEARS, text)
        return any(self.year in re.findall(r"\d{4}[a-z]?", one[1]) for one in found)


def join_sources(names: Iterable[str]) -> str:
    """`Socialdepartementet 2016; 2017 och Länsstyrelsen Örebro 2021b; c`: each author once, in the
    order in which they are named.

    >>> join_sources(["Örebro 2021b", "Örebro 2021c", "Uppsala 2020"])
    'Örebro 2021b; c och Uppsala 2020'
    """
    years: dict[str, list[str]] = {}
    for source in dict.fromkeys(map(Source.of, names)):
        years.setdefault(source.author, []).append(source.year)
    named = (" ".join([author, *_shortened(own)]) for author, own in years.items())
    return join_and(list(named))


def cite(names: Iterable[str]) -> str:
    """The sources as a footnote cites them, in the order of Swedish.

    >>> cite(["Örebro 2021", "Uppsala 2020"])
    'Uppsala, 2020; Örebro, 2021'
    """
    return "; ".join(sorted({Source.of(name).cited for name in names}, key=sort_key))


def _shortened(years: list[str]) -> Iterator[str]:
    """The years of one author in one text: a year that is said already is its letter alone.

    >>> list(_shortened(["2021b", "2021c", "2022"]))
    ['2021b; c; 2022']
    """
    if not any(years):
        return
    said = [years[0]]
    for before, year in pairwise(years):
        said.append(year[4:] if year[4:] and year[:4] == before[:4] else year)
    yield "; ".join(said)
