"""How the example report argues, section by section: words, counties named, quantified statements,
reasons and notes; beside the same counts of another report's plain text, when one is given.

    python -m benchmarks.argument [--against FILE]

Letters are compared without their dots and rings, for such a text often comes out of a scan."""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.analysis.appropriations import read_series
from toolkit.analysis.earmarks import first_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.results import YearResults
from toolkit.checks.file import judge
from toolkit.report import write_report
from toolkit.report.blocks import Heading, Note, Paragraph, Text
from toolkit.report.prose import Report
from toolkit.spec.load import Year, load_year

ROOT = Path(__file__).parents[1]
_HEADING = re.compile(r"\s*(\d(?:\.\d+)?)\.?\s+[A-Z]{2}|\s*(\d\.\d+)\.\s*$")
_QUANTIFIED = re.compile(
    r"\b(samtliga|nastan alla|merparten|majoriteten|halften|flera|nagra|ett fatal|ingen|inga|alla"
    r"|manga|fa|\d+ av|de flesta|vissa)\b"
)
_REASON = re.compile(r"\b(eftersom|darfor|beror pa|pa grund av|till foljd|da det|skalet|for att)\b")
_PHRASE = 5  # words


@dataclass(frozen=True, slots=True)
class Section:
    """The text of a section, folded, and how many footnotes are in it."""

    name: str
    text: str
    notes: int = 0


@dataclass(frozen=True, slots=True)
class Argued:
    """What a section is counted to be."""

    words: int
    named: int
    counties: int
    quantified: int
    reasons: int
    notes: int

    def __str__(self) -> str:
        told = (self.words, self.named, self.counties, self.quantified, self.reasons, self.notes)
        return " ".join(f"{number:6}" for number in told)


def fold(text: str) -> str:
    """Small letters without dots and rings, in one line."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


def argued(section: Section, counties: Sequence[str]) -> Argued:
    """The counts of one section."""
    pattern = re.compile(rf"\b({'|'.join(map(fold, counties))})s?\b")
    named = pattern.findall(section.text)
    return Argued(
        len(section.text.split()),
        len(named),
        len(set(named)),
        len(_QUANTIFIED.findall(section.text)),
        len(_REASON.findall(section.text)),
        section.notes,
    )


def sections_of_report(report: Report) -> Iterator[Section]:
    """The numbered sections, by their numbers."""
    chapter, part, name = 0, 0, ""
    texts: dict[str, list[str]] = {}
    notes: Counter[str] = Counter()
    for block in report.blocks:
        if isinstance(block, Heading) and block.numbered and block.level < 3:
            chapter, part = (chapter + 1, 0) if block.level == 1 else (chapter, part + 1)
            name = f"{chapter}.{part}" if part else f"{chapter}"
        elif isinstance(block, Heading):
            name = "" if block.level == 1 else name
        elif isinstance(block, Paragraph) and name:
            texts.setdefault(name, []).extend(_text_runs(block))
            notes[name] += sum(isinstance(run, Note) for run in block.runs)
    for name, said in texts.items():
        yield Section(name, fold(" ".join(said)), notes[name])


def _text_runs(block: Paragraph) -> list[str]:
    return [run.text for run in block.runs if isinstance(run, Text)]


def sections_of_text(text: str) -> Iterator[Section]:
    """The sections of a plain text: a line with a number and capitals begins one. A heading that
    the scan has lost leaves its section with the one before."""
    name, said = "", list[str]()
    for line in text.splitlines():
        found = _HEADING.match(line)
        if found:
            yield Section(name, fold(" ".join(said)))
            name, said = found[1] or found[2], []
        said.append(line)
    yield Section(name, fold(" ".join(said)))


def repeated(report: Report) -> list[tuple[str, int]]:
    """The phrases of five words that stand more than eight times in the report's text."""
    counts: Counter[str] = Counter()
    for section in sections_of_report(report):
        words = re.findall(r"\w+", section.text)
        counts.update(" ".join(words[at : at + _PHRASE]) for at in range(len(words) - _PHRASE + 1))
    return [(phrase, count) for phrase, count in counts.most_common() if count > 8]


def example_report() -> tuple[Year, Report]:
    """The report of the example year."""
    year = load_year(ROOT / "templates", 2020)
    paths = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
    data = merge(year, [judge(path.read_bytes(), path.name, {2020: year}) for path in paths])
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    return year, write_report(YearResults(data, first_verdicts(data), series))


def table(name: str, sections: Sequence[Section], counties: Sequence[str]) -> str:
    """The counts as lines, and the sum of chapters 3 and 4."""
    lines = [f"{name}\nsection  words  named   diff  quant reason  notes"]
    judging = [one for one in sections if one.name[:1] in {"3", "4"}]
    whole = Section("3+4", " ".join(one.text for one in judging), sum(one.notes for one in judging))
    for section in [*sections, whole]:
        if section.name:
            lines.append(f"{section.name:7} {argued(section, counties)}")
    return "\n".join(lines)


def main() -> None:
    """Prints both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path)
    given = parser.parse_args()
    year, report = example_report()
    counties = [one.attributes["namn"] for one in year.spec.counties]
    print(table("this report", list(sections_of_report(report)), counties))
    for phrase, count in repeated(report):
        print(f"{count} times: {phrase}")
    if given.against:
        text = given.against.read_text(encoding="utf-8", errors="replace")
        print(table(given.against.name, list(sections_of_text(text)), counties))


if __name__ == "__main__":
    main()
