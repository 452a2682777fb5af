"""A file that the agency edits as a noun: what cannot be read is told with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from toolkit.files.yaml import SpecError, Strict, YamlSource
from toolkit.spec.explain import explain

Model = TypeVar("Model", bound=Strict)


def parse(source: YamlSource, model: type[Model], path: tuple[str | int, ...] = ()) -> Model:
    """Validate (a part of) a YAML source as a model. Raises SpecError with file, line and
    reason."""
    data: Any = source.data
    for step in path:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = [_explain(source, path, detail) for detail in error.errors()]
        raise SpecError("\n".join(lines)) from error


def _explain(source: YamlSource, path: tuple[str | int, ...], detail: Any) -> str:
    place = (*path, *(step for step in detail["loc"]))
    while place and place not in source.lines and len(place) > len(path):
        place = _without_model_names(source, place)
    name = ".".join(str(step) for step in place)
    return f"{source.name}, rad {source.line_of(place)}: {explain(detail, name)}"


def _without_model_names(source: YamlSource, place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """pydantic puts the chosen kind of rule into the path; the file does not hold it."""
    for position in range(1, len(place)):
        shorter = (*place[:position], *place[position + 1 :])
        if shorter in source.lines:
            return shorter
    return place[:-1]


def read_text(path: Path) -> str:
    """The text of a file. Raises SpecError when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: filen kan inte läsas ({error})") from error
