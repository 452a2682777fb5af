"""What `lansrapport templates --prefill` says of what went on from last year, and what did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.cli.sayings import TEXTS
from toolkit.spec.codelists import Code
from toolkit.words.cleantext import windows_text
from toolkit.words.swedish import join_and
from toolkit.year.workspace import beside

if TYPE_CHECKING:
    from toolkit.year.inputs import Inputs
    from toolkit.year.templates import CarriedOver


def tell_carried(
    inputs: Inputs, counties: Sequence[Code], carried: Mapping[str, CarriedOver] | None
) -> None:
    """How many templates were filled, whose are blank, and where it stands what did not go on: in a
    text file beside each template that it is about. Nothing where nothing was to go on."""
    if carried is None:
        return
    _tell_filled(inputs, counties, carried)
    listed = [_listed(inputs, county, carried.get(county.code)) for county in counties].count(True)
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


def _listed(inputs: Inputs, county: Code, carried: CarriedOver | None) -> bool:
    """Whether anything did not go on, and a file beside the template says so; one from an earlier
    run is taken away where it no longer holds."""
    from toolkit.year.templates import write_left_out

    if carried is not None and carried.left:
        told = "\n".join(_lines(carried, inputs.year.spec.year)) + "\n"
        write_left_out(inputs.space, county, windows_text(told))
        return True
    with suppress(OSError):  # not there, or open in Windows
        beside(inputs.space.blank_template(county), ".txt").unlink()
    return False


def _lines(carried: CarriedOver, year: int) -> Iterator[str]:
    yield TEXTS("forifyllt.rubrik", file=carried.file, moved=carried.moved, year=year)
    yield TEXTS("forifyllt.rest")
    for one in carried.left:
        yield TEXTS(
            f"migrera.{one.why}", place=one.ref, value=one.value, field=one.field, year=year
        )
