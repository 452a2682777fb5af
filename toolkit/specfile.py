"""Reads `templates/<year>/`: the spec, the message catalogue and the texts of that year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from toolkit.findings import Catalogue
from toolkit.messages import Message, Texts, read_texts
from toolkit.spec import Spec
from toolkit.yamlsource import Source, SpecError, Strict, read_yaml

WORKBOOK = "arbetsbok.yaml"
MESSAGES = "meddelanden.yaml"

Model = TypeVar("Model", bound=Strict)


@dataclass(frozen=True, slots=True)
class Year:
    """All that an agency has decided for one year: spec and finding texts. `folder` holds the rest."""

    spec: Spec
    catalogue: Catalogue
    folder: Path

    def texts(self, name: str) -> Texts:
        """The texts of one product, `texter/<name>.yaml`. Raises SpecError when it cannot be read."""
        path = self.folder / "texter" / f"{name}.yaml"
        return read_texts(_read(path), path.name)


def years_in(templates: Path) -> tuple[int, ...]:
    """The years that have a folder with a spec, in order."""
    names = (path.parent.name for path in templates.glob(f"[0-9][0-9][0-9][0-9]/{WORKBOOK}"))
    return tuple(sorted(int(name) for name in names))


def load_year(templates: Path, year: int) -> Year:
    """One year's spec and messages. Raises SpecError naming file and line when something is wrong."""
    folder = templates / str(year)
    spec = parse(read_yaml(_read(folder / WORKBOOK), f"templates/{year}/{WORKBOOK}"), Spec)
    source = read_yaml(_read(folder / MESSAGES), f"templates/{year}/{MESSAGES}")
    entries = {code: parse(source, Message, (code,)) for code in source.data}
    return Year(spec, Catalogue(entries), folder)


def parse(source: Source, model: type[Model], path: tuple[str | int, ...] = ()) -> Model:
    """Validate (a part of) a YAML source as a model. Raises SpecError with file, line and reason."""
    data: Any = source.data
    for step in path:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        lines = [_explain(source, path, detail) for detail in error.errors()]
        raise SpecError("\n".join(lines)) from error


def _explain(source: Source, path: tuple[str | int, ...], detail: Any) -> str:
    place = (*path, *(step for step in detail["loc"]))
    while place and place not in source.lines and len(place) > len(path):
        place = _without_model_names(source, place)
    name = ".".join(str(step) for step in place)
    return f"{source.name}, rad {source.line_of(place)}: {name}: {detail['msg']}"


def _without_model_names(source: Source, place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """pydantic puts the chosen kind of rule into the path; the file does not hold it."""
    for position in range(1, len(place)):
        shorter = (*place[:position], *place[position + 1 :])
        if shorter in source.lines:
            return shorter
    return place[:-1]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SpecError(f"{path}: filen kan inte läsas ({error})") from error
