"""Reads `templates/<year>/`: the spec, the message catalogue and the texts of that year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field as Setting

from toolkit.files.yaml import SpecError, Strict, YamlSource, read_yaml
from toolkit.findings.finding import Catalogue
from toolkit.findings.texts import Message, Severity, Texts, read_texts
from toolkit.spec.layers import WORKBOOK, lay, read_chain, refuse_faults
from toolkit.spec.model import Spec
from toolkit.spec.parse import parse, read_text

MESSAGES = "meddelanden.yaml"
DEVIATIONS = "avsteg.yaml"
WORDS = "ORD"  # the part of the messages that holds words for them


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
        return read_texts(read_text(path), path.name)


def years_in(templates: Path) -> tuple[int, ...]:
    """The years that have a folder with a spec, in order."""
    names = (path.parent.name for path in templates.glob(f"[0-9][0-9][0-9][0-9]/{WORKBOOK}"))
    return tuple(sorted(int(name) for name in names))


def load_year(templates: Path, year: int) -> Year:
    """One year's spec and messages. Raises SpecError naming file and line when something is
    wrong."""
    chain = read_chain(templates, year)
    layers = lay(chain)
    folders = tuple(templates / str(number) for number, _ in chain)
    entries, words = _read_messages(folders)
    refuse_faults(layers, entries)
    catalogue = Catalogue(entries | _switched(folders[0], entries), words)
    return Year(layers[-1].spec, catalogue, folders)


def _read_messages(folders: Sequence[Path]) -> tuple[dict[str, Message], dict[str, str]]:
    """The messages and their words: the oldest year's, each later year's laid over them."""
    entries: dict[str, Message] = {}
    words: dict[str, str] = {}
    for folder in reversed(folders):
        if (folder / MESSAGES).exists():
            source = _source(folder, MESSAGES)
            words |= source.data.get(WORDS, {})
            codes = (code for code in source.data if code != WORDS)
            entries |= {code: parse(source, Message, (code,)) for code in codes}
    return entries, words


def _source(folder: Path, name: str) -> YamlSource:
    """A year's YAML file, by the name that a mistake in it is told by."""
    return read_yaml(read_text(folder / name), f"templates/{folder.name}/{name}")


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
