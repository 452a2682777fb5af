"""Reads `templates/<year>/`: the spec, the message catalogue and the texts of that year."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    folders = tuple(templates / str(number) for number, _ in chain)
    return Year(_load_spec(chain), _load_catalogue(folders), folders)


def _load_catalogue(folders: Sequence[Path]) -> Catalogue:
    """The messages of the oldest year, each later year's laid over them."""
    entries: dict[str, Message] = {}
    words: dict[str, str] = {}
    for folder in reversed(folders):
        if (folder / MESSAGES).exists():
            source = _source(folder, MESSAGES)
            words |= source.data.get(WORDS, {})
            codes = (code for code in source.data if code != WORDS)
            entries |= {code: parse(source, Message, (code,)) for code in codes}
    return Catalogue(entries | _switched(folders[0], entries), words)


def _source(folder: Path, name: str) -> YamlSource:
    """A year's YAML file, by the name that a mistake in it is told by."""
    return read_yaml(_read(folder / name), f"templates/{folder.name}/{name}")


def _switched(folder: Path, entries: dict[str, Message]) -> dict[str, Message]:
    """The messages whose severity the year switches. A deviation is the year's own: it is not
    inherited."""
    if not (folder / DEVIATIONS).exists():
        return {}
    source = _source(folder, DEVIATIONS)
    switched: dict[str, Message] = {}
    for code, kind in parse(source, Deviations).severities.items():
        line = f"{source.name}, rad {source.line_of(('severities', code))}"
        if code not in entries:
            raise SpecError(f"{line}: koden ”{code}” finns inte i {MESSAGES}")
        if entries[code].fixed:
            why = "betyder att en fil inte kan läsas och har alltid samma slag"
            raise SpecError(f"{line}: ”{code}” {why}")
        switched[code] = entries[code].model_copy(update={"severity": kind})
    return switched


def _chain(templates: Path, year: int) -> list[tuple[int, YamlSource]]:
    """The year's spec file and those that it is based on, the newest first."""
    chain: list[tuple[int, YamlSource]] = []
    while True:
        source = _source(templates / str(year), WORKBOOK)
        chain.append((year, source))
        if not is_difference(source.data):
            return chain
        base = read_difference(source).based_on
        if base >= year:
            line = f"{source.name}, rad {source.line_of(('based_on',))}"
            raise SpecError(f"{line}: året måste vara tidigare än {year}")
        year = base


def _load_spec(chain: list[tuple[int, YamlSource]]) -> Spec:
    """The oldest year whole, then each later year's changes, every one of them checked by
    itself."""
    year, (_, first), later = chain[0][0], chain[-1], chain[-2::-1]
    spec = parse(replace(first, data=_in_words(first.data, year)), Spec)
    data = first.data
    for _, source in later:
        for changed, line in lay_on(data, read_difference(source), source):
            spec = _changed_spec(changed, year, f"{source.name}, rad {line}")
            data = changed
    return spec


def _changed_spec(data: Any, year: int, line: str) -> Spec:
    """The spec as one change leaves it. A mistake is told by the change's own line: what it changes
    stands in another year's file."""
    try:
        return Spec.model_validate(_in_words(data, year))
    except ValidationError as error:
        detail = error.errors()[0]
        place = ".".join(map(str, detail["loc"]))
        raise SpecError(f"{line}: {place}: {detail['msg']}") from error


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
    place = (*path, *detail["loc"])
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
