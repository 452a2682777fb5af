"""Reads `templates/<year>/`: the spec, the message catalogue and the texts of that year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field as Setting
from pydantic import ValidationError

from toolkit.files.yaml import SpecError, Strict, YamlSource, read_yaml
from toolkit.findings.finding import Catalogue
from toolkit.findings.texts import Message, Severity, Texts, read_texts
from toolkit.spec.changes import is_difference, lay_on, read_difference
from toolkit.spec.model import Spec

WORKBOOK = "arbetsbok.yaml"
MESSAGES = "meddelanden.yaml"
DEVIATIONS = "avsteg.yaml"
WORDS = "ORD"  # the part of the messages that holds words for them

_STEP = {"last_year": -1, "year": 0, "next_year": 1}
_YEAR = re.compile(r"\{(last_year|year|next_year)\}")

Model = TypeVar("Model", bound=Strict)


class Deviations(Strict):
    """templates/<year>/avsteg.yaml: rules that have another severity in that year."""

    severities: dict[str, Severity] = Setting(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Year:
    """All that an agency has decided for one year: spec and finding texts. `folders` hold the rest:
    the year's own folder first, then those of the years that it is based on."""

    spec: Spec
    catalogue: Catalogue
    folders: tuple[Path, ...]

    def path(self, name: str) -> Path:
        """A file or folder of the year, or of the nearest year before that has it. Raises
        SpecError."""
        for folder in self.folders:
            if (folder / name).exists():
                return folder / name
        raise SpecError(f"{self.folders[0] / name}: filen finns inte")

    def texts(self, name: str) -> Texts:
        """The texts of one product, `texter/<name>.yaml`. Raises SpecError when it cannot be
        read."""
        path = self.path(f"texter/{name}.yaml")
        return read_texts(_read(path), path.name)


def years_in(templates: Path) -> tuple[int, ...]:
    """The years that have a folder with a spec, in order."""
    names = (path.parent.name for path in templates.glob(f"[0-9][0-9][0-9][0-9]/{WORKBOOK}"))
    return tuple(sorted(int(name) for name in names))


def load_year(templates: Path, year: int) -> Year:
    """One year's spec and messages. Raises SpecError naming file and line when something is
    wrong."""
    chain = _chain(templates, year)
    spec = _load_spec(chain)
    entries: dict[str, Message] = {}
    words: dict[str, str] = {}
    folders = tuple(templates / str(number) for number, _ in chain)
    for folder in reversed(folders):
        if (folder / MESSAGES).exists():
            source = read_yaml(_read(folder / MESSAGES), f"templates/{folder.name}/{MESSAGES}")
            words |= source.data.get(WORDS, {})
            entries |= {
                code: parse(source, Message, (code,)) for code in source.data if code != WORDS
            }
    return Year(spec, Catalogue(entries | _switched(folders[0], entries), words), folders)


def _switched(folder: Path, entries: dict[str, Message]) -> dict[str, Message]:
    """The messages whose severity the year switches. A deviation is the year's own: it is not
    inherited."""
    if not (folder / DEVIATIONS).exists():
        return {}
    source = read_yaml(_read(folder / DEVIATIONS), f"templates/{folder.name}/{DEVIATIONS}")
    switched = parse(source, Deviations).severities
    for code in switched:
        line = f"{source.name}, rad {source.line_of(('severities', code))}"
        if code not in entries:
            raise SpecError(f"{line}: koden ”{code}” finns inte i {MESSAGES}")
        if entries[code].fixed:
            raise SpecError(
                f"{line}: ”{code}” betyder att en fil inte kan läsas och har alltid samma slag"
            )
    return {
        code: entries[code].model_copy(update={"severity": kind}) for code, kind in switched.items()
    }


def _chain(templates: Path, year: int) -> list[tuple[int, YamlSource]]:
    """The year's spec file and those that it is based on, the newest first."""
    chain: list[tuple[int, YamlSource]] = []
    while True:
        name = f"templates/{year}/{WORKBOOK}"
        source = read_yaml(_read(templates / str(year) / WORKBOOK), name)
        chain.append((year, source))
        if not is_difference(source.data):
            return chain
        base = read_difference(source).based_on
        if base >= year:
            raise SpecError(
                f"{name}, rad {source.line_of(('based_on',))}: året måste vara tidigare än {year}"
            )
        year = base


def _load_spec(chain: list[tuple[int, YamlSource]]) -> Spec:
    """The oldest year whole, then each later year's changes, every one of them checked by
    itself."""
    year, (_, first), later = chain[0][0], chain[-1], chain[-2::-1]
    spec = parse(replace(first, data=_in_words(first.data, year)), Spec)
    data = first.data
    for _, source in later:
        for changed, line in lay_on(data, read_difference(source), source):
            try:
                spec = Spec.model_validate(_in_words(changed, year))
            except ValidationError as error:
                detail = error.errors()[0]
                place = ".".join(str(step) for step in detail["loc"])
                raise SpecError(f"{source.name}, rad {line}: {place}: {detail['msg']}") from error
            data = changed
    return spec


def _in_words(data: Any, year: int) -> Any:
    """The data with the years that its texts speak of: the year itself, the one before and the one
    after."""
    if isinstance(data, dict):
        return {key: _in_words(value, year) for key, value in data.items()}
    if isinstance(data, list):
        return [_in_words(value, year) for value in data]
    return (
        _YEAR.sub(lambda match: str(year + _STEP[match[1]]), data)
        if isinstance(data, str)
        else data
    )


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
    return f"{source.name}, rad {source.line_of(place)}: {name}: {detail['msg']}"


def _without_model_names(source: YamlSource, place: tuple[str | int, ...]) -> tuple[str | int, ...]:
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
