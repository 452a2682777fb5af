"""Reads `templates/<year>/`: the spec, the message catalogue and the texts of that year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field as Setting

from toolkit.files.yaml import SpecError, Strict, read_yaml
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
    entries: dict[str, Message] = {}
    words: dict[str, str] = {}
    folders = tuple(templates / str(number) for number, _ in chain)
    for folder in reversed(folders):
        if (folder / MESSAGES).exists():
            source = read_yaml(read_text(folder / MESSAGES), f"templates/{folder.name}/{MESSAGES}")
            words |= source.data.get(WORDS, {})
            entries |= {
                code: parse(source, Message, (code,)) for code in source.data if code != WORDS
            }
    refuse_faults(layers, entries)
    return Year(
        layers[-1].spec, Catalogue(entries | _switched(folders[0], entries), words), folders
    )


def _switched(folder: Path, entries: dict[str, Message]) -> dict[str, Message]:
    """The messages whose severity the year switches. A deviation is the year's own: it is not
    inherited."""
    if not (folder / DEVIATIONS).exists():
        return {}
    source = read_yaml(read_text(folder / DEVIATIONS), f"templates/{folder.name}/{DEVIATIONS}")
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
