"""A file that the agency edits as a noun: what cannot be read is told with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from toolkit.files.yaml import Path_, SpecError, Strict, YamlSource, read_yaml
from toolkit.spec.explain import explain
from toolkit.spec.faults import SpecFault, text_of

Model = TypeVar("Model", bound=Strict)


def parse(source: YamlSource, model: type[Model], path: tuple[str | int, ...] = ()) -> Model:
    """Validate (a part of) a YAML source as a model. Raises SpecError with file, line and
    reason."""
    data: Any = source.data
    for step in path:
        data = data[step]
    if not path and not data:
        raise SpecError(told_at(source, (), text_of("form.tom_fil")))
    try:
        return model.model_validate(data)
    except ValidationError as error:
        wrong = explain(error, model, data, source.letters_below(path))
        faults = [SpecFault((*path, *one.place), one.text) for one in wrong]
        raise SpecError(told_of_all(source, faults)) from error


def told_of_all(source: YamlSource, faults: Iterable[SpecFault]) -> str:
    """All that is wrong in a file, a line each, in the order of the file."""
    told = sorted({(source.line_of(one.place), one.text) for one in faults})
    lines = [text_of("rad", fil=source.name, rad=line, text=text) for line, text in told]
    return "\n".join(lines)


def told_at(source: YamlSource, place: Path_, text: str) -> str:
    """What is wrong in a place of a file, with its name and line."""
    return text_of("rad", fil=source.name, rad=source.line_of(place), text=text)


def file_of(folder: Path, name: str) -> YamlSource:
    """A year's YAML file, by the name that a mistake in it is told by. Raises SpecError."""
    shown = f"templates/{folder.name}/{name}"
    source = read_yaml(read_text(folder / name, shown), shown)
    if not isinstance(source.data, dict):
        raise SpecError(told_at(source, (), text_of("form.inga_namn")))
    return source


def read_text(path: Path, shown: str) -> str:
    """The text of a file, which is `shown` in what is said of it. Raises SpecError when it cannot
    be read as UTF-8."""
    refuse_lost_link(path, shown)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpecError(text_of("fil.utf8", fil=shown)) from error
    except OSError as error:
        kind = "fil.lasa" if path.exists() else "fil.saknas"
        raise SpecError(text_of(kind, fil=shown)) from error


def refuse_lost_link(path: Path, shown: str) -> None:
    """Raises SpecError for a link that leads nowhere, or round to itself: what is only not there
    may be another year's, and a link was meant to be this year's own."""
    if path.is_symlink() and not path.exists():
        raise SpecError(text_of("fil.lank", fil=shown))
