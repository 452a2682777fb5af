"""What `lansrapport templates --prefill` says of what went on from last year, and what did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from toolkit.cli.sayings import TEXTS, told_left
from toolkit.spec.codelists import Code
from toolkit.words.cleantext import windows_text
from toolkit.words.swedish import join_and

if TYPE_CHECKING:
    from toolkit.year.inputs import Inputs
    from toolkit.year.templates import CarriedOver


def tell_carried(
    inputs: Inputs, counties: Sequence[Code], carried: Mapping[str, CarriedOver]
) -> None:
    """How many templates were filled, whose are blank, and where it stands what did not go on: in a
    text file beside each template that it is about."""
    from toolkit.year.templates import write_left_out

    _tell_filled(inputs, counties, carried)
    listed = 0
    for county in counties:
        told = "".join(_lines(carried.get(county.code), inputs.year.spec.year))
        write_left_out(inputs.space, county, windows_text(told) if told else b"")
        listed += bool(told)
    if listed:
        path = inputs.space.shown(inputs.space.blank_templates)
        print(TEXTS("forifyllt.listor", count=listed, path=path))


def _tell_filled(
    inputs: Inputs, counties: Sequence[Code], carried: Mapping[str, CarriedOver]
) -> None:
    blank = [county.label for county in counties if county.code not in carried]
    filled = len(counties) - len(blank)
    print(TEXTS("forifyllt.fyllda", count=filled, last_year=inputs.before.year.spec.year))
    if blank:
        print(TEXTS("forifyllt.blanka", counties=join_and(blank)))


def _lines(carried: CarriedOver | None, year: int) -> Iterator[str]:
    """The text file, line by line; none when everything went on."""
    if carried is None or not carried.done.left:
        return
    yield TEXTS("forifyllt.rubrik", file=carried.file, moved=carried.done.moved, year=year) + "\n"
    yield TEXTS("forifyllt.rest") + "\n"
    for one in carried.done.left:
        yield told_left(one, year, carried.file) + "\n"
