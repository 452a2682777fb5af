"""A year's arbetsbok.yaml and those that it is based on, laid on each other change by change, so
that a mistake is told at the line that brought it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from toolkit.files.yaml import SpecError, YamlSource, read_yaml
from toolkit.spec.changes import is_difference, lay_on, read_difference
from toolkit.spec.explain import explain
from toolkit.spec.faults import SpecFault
from toolkit.spec.misbound import misbound
from toolkit.spec.model import Spec
from toolkit.spec.parse import parse, read_text
from toolkit.spec.resolve import unresolved
from toolkit.spec.sound import unfilled_places, unsound

WORKBOOK = "arbetsbok.yaml"
_STEP = {"last_year": -1, "year": 0, "next_year": 1}
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


def read_chain(templates: Path, year: int) -> list[tuple[int, YamlSource]]:
    """The year's spec file and those that it is based on, the newest first. Raises SpecError."""
    chain: list[tuple[int, YamlSource]] = []
    while True:
        name = f"templates/{year}/{WORKBOOK}"
        source = read_yaml(read_text(templates / str(year) / WORKBOOK), name)
        chain.append((year, source))
        if not is_difference(source.data):
            return chain
        base = read_difference(source).based_on
        if base >= year:
            line = source.line_of(("based_on",))
            raise SpecError(f"{name}, rad {line}: året måste vara tidigare än {year}")
        year = base


def lay(chain: Sequence[tuple[int, YamlSource]]) -> list[Layer]:
    """The oldest year whole, then each later year's changes. Every change leaves something that can
    be read; whether all names in it are there is asked of the last layer only, so that two changes
    may need each other. Raises SpecError."""
    year, (_, first) = chain[0][0], chain[-1]
    data = _in_words(first.data, year)
    layers = [Layer(first, None, data, parse(replace(first, data=data), Spec))]
    plain = first.data
    for _, source in reversed(chain[:-1]):
        for changed, line in lay_on(plain, read_difference(source), source):
            data = _in_words(changed, year)
            layers.append(Layer(source, line, data, _spec_after(data, source, line)))
            plain = changed
    return layers


def refuse_faults(layers: Sequence[Layer], messages: Collection[str]) -> None:
    """Raises SpecError with everything that is wrong with the last layer's spec, a line each with
    file, line and reason. `messages` are the codes of the year's catalogue."""
    faults = _faults(layers[-1], messages)
    if not faults:
        return
    told = []
    for fault in faults:
        origin = _origin(layers, fault, messages)
        told.append((origin.source.name, origin.line_of(fault), fault.text))
    lines = [f"{name}, rad {line}: {text}" for name, line, text in sorted(set(told))]
    raise SpecError("\n".join(lines))


def _faults(layer: Layer, messages: Collection[str]) -> list[SpecFault]:
    spec = layer.spec
    return [
        *unresolved(spec, messages),
        *unsound(spec),
        *misbound(spec),
        *unfilled_places(layer.data),
    ]


def _origin(layers: Sequence[Layer], fault: SpecFault, messages: Collection[str]) -> Layer:
    """The layer since which a fault has been there without a break."""
    origin = layers[-1]
    for layer in reversed(layers[:-1]):
        if all(one.text != fault.text for one in _faults(layer, messages)):
            break
        origin = layer
    return origin


def _spec_after(data: Any, source: YamlSource, line: int) -> Spec:
    try:
        return Spec.model_validate(data)
    except ValidationError as error:
        detail: Any = error.errors()[0]
        place = ".".join(str(step) for step in detail["loc"])
        raise SpecError(f"{source.name}, rad {line}: {explain(detail, place)}") from error


def _in_words(data: Any, year: int) -> Any:
    """The data with the years that its texts speak of: the year itself, the one before and the one
    after."""
    if isinstance(data, dict):
        return {key: _in_words(value, year) for key, value in data.items()}
    if isinstance(data, list):
        return [_in_words(value, year) for value in data]
    if isinstance(data, str):
        return _YEAR.sub(lambda match: str(year + _STEP[match[1]]), data)
    return data
