"""Where chapters place tables and figures, and refer to them, as far as can be seen without any
data."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from jinja2 import nodes

from toolkit.report.arguments import NameFault
from toolkit.report.editorial.manuscript import REFERENCE


class Mention(NamedTuple):
    """A table or figure that a chapter names in full. `alone` is true where it fills a line, and so
    is placed; `always` where no condition and no loop decides whether it is."""

    name: str
    file: str
    line: int
    alone: bool
    always: bool


def mentions(file: str, template: nodes.Template) -> Iterator[Mention]:
    """All that a chapter names, in the order in which it stands."""
    always = {id(data) for data in _unconditional(template)}
    for data in template.find_all(nodes.TemplateData):
        for number, line in enumerate(data.data.split("\n"), data.lineno):
            for found in REFERENCE.finditer(line):
                name = f"{found[1].lower()}:{found[2]}"
                alone = line.strip() == found[0]
                yield Mention(name, file, number, alone, id(data) in always)


def _unconditional(template: nodes.Template) -> Iterator[nodes.TemplateData]:
    for part in template.body:
        if isinstance(part, nodes.Output):
            yield from (one for one in part.nodes if isinstance(one, nodes.TemplateData))


def misplaced(
    found: Iterable[Mention], shows: Mapping[str, str]
) -> Iterator[tuple[Mention, NameFault]]:
    """What is placed twice, and what is referred to and placed nowhere. A place that only the data
    decide about is one place of several that may be left out: nothing is said of it here. `shows`
    holds the table of each figure by its id."""
    every = list(found)
    placed = {one.name for one in every if one.alone}
    yield from _without_numbers(every, placed, shows)
    first: dict[str, Mention] = {}
    for one in every:
        if one.alone and one.always:
            other = first.setdefault(one.name, one)
            if other is not one:
                told = {"namn": one.name, "fil": other.file, "rad": str(other.line)}
                yield one, NameFault(one.line, "placerad", told)
        elif not one.alone and one.name not in placed:
            yield one, NameFault(one.line, "ej_placerad", {"namn": one.name})


def _without_numbers(
    every: Iterable[Mention], placed: Container[str], shows: Mapping[str, str]
) -> Iterator[tuple[Mention, NameFault]]:
    """A figure is drawn of the numbers of a table, which must be there to be read."""
    for one in every:
        kind, _, of = one.name.partition(":")
        table = f"tabell:{shows.get(of, of)}"
        if one.alone and kind == "figur" and table not in placed:
            yield one, NameFault(one.line, "figur_utan_tabell", {"namn": one.name, "tabell": table})
