"""`python -m benchmarks.words`: how well the area's words tell headings about it from others.

Precision is how many of the headings that are taken for the area's are, recall how many of the area's
are found. The first list was written with the words. The three after it were written before the words were
looked at, measured once, and then mended; the last was written after that, and nothing has been changed
after it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from toolkit.spec.load import load_year
from toolkit.words.topics import Topic

ROOT = Path(__file__).resolve().parent.parent
LISTS = {
    "own": "area_titles.txt",
    "second": "area_titles_second.txt",
    "third": "area_titles_third.txt",
    "fourth": "area_titles_fourth.txt",
    "unseen": "area_titles_unseen.txt",
}
YEAR = 2020


class Measured(NamedTuple):
    """Both shares, how many headings there are, and those that are told wrong."""

    precision: float
    recall: float
    count: int
    wrong: tuple[str, ...]


def measured(name: str, topic: Topic) -> Measured:
    """A list of labelled headings (`+ ` of the area, `- ` not) by a topic's words."""
    path = ROOT / "tests/checks" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [(line[0] == "+", topic.is_in(line[2:]), line[2:]) for line in lines]
    right = sum(label and found for label, found, _ in told)
    taken = sum(found for _, found, _ in told)
    wanted = sum(label for label, _, _ in told)
    wrong = tuple(text for label, found, text in told if label != found)
    return Measured(right / taken, right / wanted, len(told), wrong)


def main() -> None:
    """Measure and print."""
    topic = load_year(ROOT / "templates", YEAR).spec.earmarks[0].topic
    for which, name in LISTS.items():
        found = measured(name, topic)
        shares = f"precision {found.precision:.3f}, recall {found.recall:.3f}"
        print(f"{which:8}{found.count:4} headings: {shares}; wrong: {'; '.join(found.wrong)}")


if __name__ == "__main__":
    main()
