"""Whether what must be reported apart (`earmarks`) hangs together: an area with the rows that ask
for it, its code with its years, and its words. What does not would move a verdict silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.files.yaml import Path_
from toolkit.spec.codelists import CodeList
from toolkit.spec.faults import SpecFault, fault, meant
from toolkit.spec.model import Earmark, Spec, TableSpec
from toolkit.spec.roles import EARMARK

_SHORTEST_STEM = 3  # letters; a shorter stem is a part of too many other words


def disagreeing(spec: Spec) -> Iterator[SpecFault]:
    """What does not hang together in a spec's areas."""
    owners: dict[str, str] = {}
    yield from _chosen(spec.earmarks)
    yield from _shared(spec.earmarks)
    for number, area in enumerate(spec.earmarks):
        place = ("earmarks", number)
        yield from _recognised(area, place)
        other = owners.setdefault(area.code, area.id)
        if other != area.id:
            values = {"forsta": other, "andra": area.id}
            yield fault((*place, "code"), "omrade.samma", kod=area.code, **values)
    if spec.earmarks and spec.bound.has(EARMARK):
        yield from _rows(spec, spec.table_of(EARMARK))


def _chosen(areas: Sequence[Earmark]) -> Iterator[SpecFault]:
    """The report prints the money of one area: which one is said, and does not follow from the
    order."""
    chosen = [number for number, area in enumerate(areas) if area.main]
    if len(areas) > 1 and not chosen:
        named = " och ".join(f"”{area.id}”" for area in areas)
        yield fault(("earmarks",), "omrade.inget_valt", namn=named)
    for number in chosen[1:]:
        both = {"forsta": areas[chosen[0]].id, "andra": areas[number].id}
        yield fault(("earmarks", number, "main"), "omrade.flera_valda", **both)


def _shared(areas: Sequence[Earmark]) -> Iterator[SpecFault]:
    """Two areas that know rows by the same answer: whichever code a row stands on, it would be
    missing from the other's."""
    for number, area in enumerate(areas):
        for other in areas[:number]:
            for address, values in area.condition.items():
                both = [one for one in values if one in other.condition.get(address, ())]
                if both:
                    told = {"forsta": other.id, "andra": area.id, "falt": address}
                    where = ("earmarks", number, "condition", address)
                    yield fault(where, "omrade.delat", svar=", ".join(both), **told)


def _recognised(area: Earmark, place: Path_) -> Iterator[SpecFault]:
    """By its words and by a condition the rows of an area are known; it has both."""
    if not area.label.strip():
        yield fault((*place, "label"), "text.tom")
    if not area.words:
        yield fault((*place, "words"), "omrade.utan_ord", plats=area.id)
    for name, words in (("words", area.words), ("related", area.related)):
        if not all(word.strip() for word in words):
            yield fault((*place, name), "omrade.tomt_ord", plats=area.id)
        for word in words:
            if len(word.strip()) > 0 and len(word) < _SHORTEST_STEM:
                yield fault((*place, name), "omrade.kort_ord", plats=area.id, ord=word)
    yield from _other_areas(area, (*place, "other_areas"))
    if not area.condition:
        yield fault((*place, "condition"), "omrade.utan_villkor", plats=area.id)
    for address, values in area.condition.items():
        if not values:
            where = (*place, "condition", address)
            yield fault(where, "omrade.utan_varden", falt=address, plats=area.id)


def _other_areas(area: Earmark, place: Path_) -> Iterator[SpecFault]:
    """The stems beside a word that make it one of another area: what is none of the area's words
    is never looked for."""
    own = (*area.words, *area.related)
    for word, beside in area.other_areas.items():
        if word not in own:
            likely = meant(word, own)
            yield fault((*place, word), "omrade.annat_ord", plats=area.id, ord=word, menade=likely)
        if not all(one.strip() for one in beside):
            yield fault((*place, word), "omrade.tomt_ord", plats=area.id)


def _rows(spec: Spec, table: TableSpec) -> Iterator[SpecFault]:
    """The given rows of the table in which an area is answered for."""
    given = spec.lists.get(table.rows_from or "")
    if given is None:
        return
    for number, area in enumerate(spec.earmarks):
        yield from _row_of(spec, table, given, area, ("earmarks", number))
    names = {area.code for area in spec.earmarks} | {area.id for area in spec.earmarks}
    position = [one.id for one in spec.codelists].index(given.id)
    for number, code in enumerate(given.codes):
        if code.is_valid_in(spec.year) and code.code not in names:
            place = ("codelists", position, "codes", number)
            yield fault(place, "omrade.rad_utan", tabell=table.id, rad=code.code)


def _row_of(
    spec: Spec, table: TableSpec, given: CodeList, area: Earmark, place: Path_
) -> Iterator[SpecFault]:
    row = given.by_code.get(area.code) or given.by_code.get(area.id)
    said = {"plats": area.id, "kod": area.code, "tabell": table.id, "lista": given.id}
    if row is None:
        values = {"rader": ", ".join(given.by_code), "menade": meant(area.code, given.by_code)}
        yield fault((*place, "code"), "omrade.utan_rad", **said, **values)
        return
    asked, valid = row.is_valid_in(spec.year), area.valid_from <= spec.year
    if asked != valid:
        kind = "omrade.for_sent" if asked else "omrade.ingen_rad"
        years = {"fran": area.valid_from, "ar": spec.year, "rad": row.code}
        yield fault((*place, "valid_from"), kind, **said, **years)
