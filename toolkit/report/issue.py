"""What is a printing's own, beside the data: what of the data is invented, and what stands on the
imprint page and below the foreword."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch

from toolkit.analysis.appropriations import Series
from toolkit.analysis.results import YearResults
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Figure, Heading, Paragraph, Placed

FROM_SERIES = frozenset({"anslag", "forbrukning"})
"""Tables and figures of the series of appropriation and spend; all others are of returns."""
FORM: tuple[str, ...] = (
    "tryckort.ort",
    "tryckort.nummer",
    "tryckort.dnr",
    "tryckort.kontakt",
    "forord.ort",
    "forord.namn",
    "forord.titel",
)
"""What is filled in for a printing, by the names of the texts that stand there until then."""


@dataclass(frozen=True, slots=True)
class Invented:
    """Which of a year's files hold what somebody has made up, by patterns of their names, which
    rows of the series (`2020 utgifter`), and the words that say so where such data are shown: on
    the cover, in the footer, at a table, in a county's report and in a letter. Nothing is invented
    unless it is marked."""

    returns: tuple[str, ...] = ()
    ledgers: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    series: tuple[str, ...] = ()

    def said(self, word: str, returns: Iterable[str], ledgers: Iterable[str] = ()) -> str:
        """A word, where any of these files is marked; otherwise nothing."""
        marked = _any_fits(returns, self.returns) or _any_fits(ledgers, self.ledgers)
        return self.words.get(word, "") if marked else ""

    def said_of(self, word: str, series: Series) -> str:
        """A word, where any figure of the series that is printed is marked."""
        figures = series.figures
        rows = (f"{one.year} {one.item}" for one in figures if one is series.printed(*one.place))
        return self.words.get(word, "") if _any_fits(rows, self.series) else ""


def _any_fits(files: Iterable[str], patterns: Iterable[str]) -> bool:
    known = tuple(patterns)
    return any(file and any(fnmatch(file, one) for one in known) for file in files)


@dataclass(frozen=True, slots=True)
class Issue:
    """One printing. `filled` is what has been filled in, by the names of FORM; a `draft` says so on
    every page."""

    invented: Invented = field(default_factory=Invented)
    filled: Mapping[str, str] = field(default_factory=dict)
    draft: bool = False

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is not filled in yet."""
        return tuple(name for name in FORM if not self.filled.get(name))

    def stamp(self, texts: Texts) -> str:
        """What a draft says on every page."""
        return texts("utkast") if self.draft else ""

    def said(self, word: str, results: YearResults) -> str:
        """A word about what is invented, where the year's results are made of any such file, or
        any such row of the series."""
        returned = self._said_of_returns(word, results)
        return returned or self.invented.said_of(word, results.series)

    def _said_of_returns(self, word: str, results: YearResults) -> str:
        return self.invented.said(word, (state.file for state in results.data.counties))

    def in_texts(self, texts: Texts, results: YearResults) -> Texts:
        """The report's texts with what has been filled in, and the footer that tells of what is
        invented."""
        footer = self.said("sidfot", results)
        told = {**self.filled, "sidfot": footer} if footer else self.filled
        return replace(texts, entries={**texts.entries, **told})

    def marked_of(self, file: str, block: Block) -> Block:
        """A block of one county's report likewise."""
        if isinstance(block, Heading | Paragraph):
            return block
        return _with_source(block, self.invented.said("kalla", [file]))

    def marked(self, block: Placed, results: YearResults) -> Placed:
        """A table or figure whose source tells that its rows are invented, where they are."""
        name = block.table.id if isinstance(block, Figure) else block.table
        if name in FROM_SERIES:
            return _with_source(block, self.invented.said_of("kalla", results.series))
        county = results.states.get(name.removeprefix("lan_"))
        if county:
            return _with_source(block, self.invented.said("kalla", [county.file]))
        return _with_source(block, self._said_of_returns("kalla", results))


PLAIN = Issue()
"""A printing of which nothing is known."""


def _with_source(block: Placed, said: str) -> Placed:
    """The block with something more said of its source."""
    if not said:
        return block
    if isinstance(block, Figure):
        return Figure(replace(block.table, source=f"{block.table.source} {said}".lstrip()))
    return replace(block, source=f"{block.source} {said}".lstrip())
