"""A year's arbetsbok.yaml and those that it is based on, laid on each other change by change, so
that a mistake is told at the line that brought it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from os.path import lexists
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolkit.files.yaml import Path_, SpecError, Strict, YamlSource
from toolkit.findings.texts import Message
from toolkit.spec.areas import disagreeing
from toolkit.spec.asked import misplaced_in, unknown_in_sheets
from toolkit.spec.change_kinds import RetireCodeChange, SetChange
from toolkit.spec.changes import NotThere, base_of, is_difference, lay_on, read_difference
from toolkit.spec.contradictions import contradicting
from toolkit.spec.explain import explain
from toolkit.spec.faults import SpecFault, text_of
from toolkit.spec.fits import without_room
from toolkit.spec.idle import idle
from toolkit.spec.lapsed import with_living_examples
from toolkit.spec.marks import WORKBOOK
from toolkit.spec.misbound import misbound
from toolkit.spec.misdescribed import misdescribed
from toolkit.spec.model import Spec
from toolkit.spec.parse import file_of, parse, told_at, told_of_all
from toolkit.spec.reckonings import misreckoned
from toolkit.spec.resolve import unresolved
from toolkit.spec.roles import RETURN, RETURN_YEAR
from toolkit.spec.sound import unfilled_places, unsound
from toolkit.spec.wanted import beyond_rules

_STEP = {"last_year": -1, "year": 0, "next_year": 1}
_VERSION = re.compile(r"(20\d\d)(?!\d)")  # the year that a version usually begins with
_YEAR = re.compile(r"\{(last_year|year|next_year)\}")


@dataclass(frozen=True, slots=True)
class Layer:
    """The spec after a change, and the plain data that it was read from. `line` is the change's in
    its file; None for the oldest file, which describes everything."""

    source: YamlSource
    line: int | None
    data: Any
    spec: Spec

    def line_of(self, fault: SpecFault) -> int:
        """The line to be told of a fault that this layer brought."""
        return self.source.line_of(fault.place) if self.line is None else self.line


def years_in(templates: Path) -> tuple[int, ...]:
    """The years that have a folder with a spec, in order."""
    folders = templates.glob("[0-9][0-9][0-9][0-9]")
    # A link that leads nowhere is told when the year is read, and not passed over.
    return tuple(sorted(int(one.name) for one in folders if lexists(one / WORKBOOK)))


def read_chain(templates: Path, year: int) -> list[tuple[int, YamlSource]]:
    """The year's spec file and those that it is based on, the newest first. Raises SpecError."""
    chain: list[tuple[int, YamlSource]] = []
    while True:
        source = file_of(templates / str(year), WORKBOOK)
        chain.append((year, source))
        if not is_difference(source.data):
            return chain
        year = _base_in(templates, chain)


def _base_in(templates: Path, chain: Sequence[tuple[int, YamlSource]]) -> int:
    """The year that the last of a chain is based on, which is there and not in the chain. It may be
    a later one: years from before the first collection are described by how they differ from
    it."""
    year, source = chain[-1]
    base, known = base_of(source), years_in(templates)
    if base in {one for one, _ in chain}:
        raise SpecError(told_at(source, ("based_on",), text_of("andring.runt", ar=base)))
    if base not in known:
        others = ", ".join(str(one) for one in known if one != year)
        told = text_of("andring.inget_ar", ar=base, finns=others or "–")
        raise SpecError(told_at(source, ("based_on",), told))
    return base


def codes_ended_by(folder: Path) -> Iterator[str]:
    """The codes (`lista.KOD`) that a year's own file puts an end to. Raises SpecError."""
    source = file_of(folder, WORKBOOK)
    if is_difference(source.data):
        for _, change in read_difference(source).changes:
            if isinstance(change, RetireCodeChange):
                yield change.retire_code


def limits_set_by(folder: Path) -> Iterator[str]:
    """The fields (`tabell.falt`) whose latest answer a year's own file sets. Raises SpecError."""
    source = file_of(folder, WORKBOOK)
    if is_difference(source.data):
        for _, change in read_difference(source).changes:
            if isinstance(change, SetChange) and "maximum" in change.to:
                yield change.set


def lay(chain: Sequence[tuple[int, YamlSource]]) -> list[Layer]:
    """The oldest year whole, then each later year's changes. Every change leaves something that can
    be read; whether all names in it are there is asked of the last layer only, so that two changes
    may need each other. Raises SpecError."""
    year, (_, first) = chain[0][0], chain[-1]
    data = _in_words(first.data, year)
    layers = [Layer(first, None, data, parse(replace(first, data=data), Spec))]
    plain = first.data
    for _, source in reversed(chain[:-1]):
        added, plain = _lay_changes(plain, source, year)
        layers += added
    return [*layers[:-1], _living(layers[-1])] if len(chain) > 1 else layers


def _living(layer: Layer) -> Layer:
    """The last layer without examples that have ended since the year that they are from."""
    data = with_living_examples(layer.data, layer.spec)
    return (
        layer if data is layer.data else replace(layer, data=data, spec=Spec.model_validate(data))
    )


def _lay_changes(base: Any, source: YamlSource, year: int) -> tuple[list[Layer], Any]:
    """The layers of one year's changes, and the plain data after them. A change that cannot be made
    is left out, so that all are told at once. Raises SpecError."""
    difference = read_difference(source)
    wrong, kept, layers = list(difference.wrong), list[Strict](), list[Layer]()
    data = deepcopy(base)
    for number, change in difference.changes:
        place = ("changes", number)
        line = source.line_of(place)
        try:
            lay_on(data, change)
            laid = _in_words(data, year)
            layers.append(Layer(source, line, laid, Spec.model_validate(laid)))
            kept.append(change)
        except NotThere as error:
            wrong.append(SpecFault(place, str(error)))
        except ValidationError as error:
            wrong += [SpecFault(place, one.text) for one in explain(error, Spec, laid)]
            data = _with_all(deepcopy(base), kept)
    if wrong:
        raise SpecError(told_of_all(source, wrong))
    return layers, data


def _with_all(data: Any, changes: Sequence[Strict]) -> Any:
    for change in changes:
        lay_on(data, change)
    return data


def refuse_year(layers: Sequence[Layer], source: YamlSource, folder: int) -> None:
    """Raises SpecError when a spec is another year's than its folder, which has then been copied:
    all else that is wrong follows from it. `source` is the year's own file."""
    spec = layers[-1].spec
    told: list[str] = []
    if spec.year != folder:
        kind = "mapp.andring" if is_difference(source.data) else "mapp.ar"
        text = text_of(kind, mapp=folder, ar=spec.year)
        told.append(told_at(source, ("year",), text))
    if _year_of_version(spec) not in {None, folder}:
        text = text_of("mapp.version", mapp=folder, version=spec.version)
        told.append(told_at(source, ("version",), text))
    if is_difference(source.data):
        told += _bounds_of_before(spec, source, folder)
    if told:
        raise SpecError("\n".join(told))


def _year_of_version(spec: Spec) -> int | None:
    """The year that a version begins with, where it does."""
    stated = _VERSION.match(spec.version)
    return int(stated[1]) if stated else None


def _bounds_of_before(spec: Spec, source: YamlSource, folder: int) -> Iterator[str]:
    """The bounds of the year that a return is for, where they are still those of the year before.
    What is wrong is not in its file, but lacking in the year's own."""
    if not spec.bound.has(RETURN_YEAR):
        return
    field, address = spec.field_of(RETURN_YEAR), f"{spec.bound[RETURN]}.{spec.bound[RETURN_YEAR]}"
    if not field.bounds.hold(folder):
        bounds = [name for name in ("minimum", "maximum") if getattr(field, name) is not None]
        wanted = ", ".join(f"{name}: {folder}" for name in bounds)
        text = text_of("mapp.gransar", falt=address, ar=folder, till=f"{{{wanted}}}")
        yield told_at(source, _last_change_of(source, address), text)


def _last_change_of(source: YamlSource, address: str) -> Path_:
    """The way to the last change that sets something of a field; to all changes where none does."""
    changes = source.data.get("changes") or ()
    own = [number for number, one in enumerate(changes) if one.get("set") == address]
    return ("changes", *own[-1:])


def refuse_faults(layers: Sequence[Layer], messages: Mapping[str, Message]) -> None:
    """Raises SpecError with everything that is wrong with the last layer's spec, a line each with
    file, line and reason. `messages` are those of the year's catalogue, by code."""
    faults = _faults(layers[-1], messages)
    if not faults:
        return
    told = []
    for fault in faults:
        origin = _origin(layers, fault, messages)
        told.append((origin.source.name, origin.line_of(fault), fault.text))
    lines = [text_of("rad", fil=fil, rad=rad, text=text) for fil, rad, text in sorted(set(told))]
    raise SpecError("\n".join(lines))


def _faults(layer: Layer, messages: Mapping[str, Message]) -> list[SpecFault]:
    spec = layer.spec
    found = [
        *unresolved(spec, messages),
        *beyond_rules(spec, messages),
        *contradicting(spec),
        *idle(spec),
        *unsound(spec),
        *misbound(spec),
        *misdescribed(spec),
        *disagreeing(spec),
        *without_room(spec),
        *unknown_in_sheets(spec),
        *unfilled_places(layer.data),
        *misplaced_in(layer.data),
    ]
    # A formula that cannot be reckoned has been told of; what it should be is told of one that can.
    wrong = {fault.place[:-1] for fault in found} | {fault.place for fault in found}
    return [*found, *(one for one in misreckoned(spec) if not _is_within(one.place, wrong))]


def _is_within(place: Path_, others: Collection[Path_]) -> bool:
    return any(other[: len(place)] == place for other in others)


def _origin(layers: Sequence[Layer], fault: SpecFault, messages: Mapping[str, Message]) -> Layer:
    """The layer since which a fault has been there without a break."""
    origin = layers[-1]
    for layer in reversed(layers[:-1]):
        if all(one.text != fault.text for one in _faults(layer, messages)):
            break
        origin = layer
    return origin


def _in_words(data: Any, year: int) -> Any:
    """The data with the years that its texts speak of: the year itself, the one before and the one
    after."""
    if isinstance(data, dict):
        return {key: _in_words(value, year) for key, value in data.items()}
    if isinstance(data, list):
        return [_in_words(value, year) for value in data]
    if isinstance(data, str) and "{" in data:
        return _YEAR.sub(lambda match: str(year + _STEP[match[1]]), data)
    return data
