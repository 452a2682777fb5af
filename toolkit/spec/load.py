"""Reads `templates/<year>/`: the spec, the message catalogue and the texts of that year."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from os.path import lexists
from pathlib import Path

from pydantic import Field as Setting

from toolkit.files.yaml import SpecError, Strict, YamlSource
from toolkit.findings.finding import Catalogue
from toolkit.findings.texts import Message, Severity, Texts, texts_of
from toolkit.spec.asked import messages_as_asked, texts_as_asked, to_read_as_asked, unknown_parts
from toolkit.spec.faults import meant, text_of
from toolkit.spec.layers import lay, read_chain, refuse_faults, refuse_year, years_in
from toolkit.spec.messages import MESSAGES, WORDS, read_messages
from toolkit.spec.model import Spec
from toolkit.spec.parse import file_of, parse, refuse_lost_link, told_at, told_of_all
from toolkit.spec.sheetnames import wrong_sheet_names
from toolkit.spec.wanted import wanted, wrong_texts

__all__ = ["DEVIATIONS", "MESSAGES", "WORDS", "Deviations", "Year", "load_year", "years_in"]

DEVIATIONS = "avsteg.yaml"


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
    # Asked for several times for each file: what has been read and looked over is kept. A year that
    # has no folders brings all of its texts along.
    known: dict[str, Texts] = field(default_factory=dict, repr=False, compare=False)

    def path(self, name: str) -> Path:
        """A file or folder of the year, or of the nearest year before that has it. Raises
        SpecError."""
        for folder in self.folders:
            if lexists(folder / name):
                refuse_lost_link(folder / name, f"templates/{folder.name}/{name}")
                return folder / name
        shown = f"templates/{self.folders[0].name}/{name}"
        raise SpecError(text_of("fil.saknas", fil=shown))

    def has(self, name: str) -> bool:
        """Whether the year, or one that it is based on, has a file."""
        return any(lexists(folder / name) for folder in self.folders)

    def own_files(self) -> tuple[str, ...]:
        """The files in the year's own folder and the folders in it, by name, in order."""
        folder = self.folders[0]
        found = (path for path in folder.rglob("*") if path.is_file())
        return tuple(sorted(path.relative_to(folder).as_posix() for path in found))

    def source(self, name: str) -> YamlSource:
        """A YAML file of the year or of the nearest year before that has it. Raises SpecError."""
        path = self.path(name)
        return file_of(path.parents[name.count("/")], name)

    def texts(self, name: str) -> Texts:
        """The texts of one product, `texter/<name>.yaml`. Raises SpecError when it cannot be
        read."""
        if name not in self.known:
            self.known[name] = self._texts_in(self.source(f"texter/{name}.yaml"), name)
        return self.known[name]

    def _texts_in(self, source: YamlSource, name: str) -> Texts:
        texts = texts_of(source)
        if not texts.entries and wanted().needed(name, self.spec):
            raise SpecError(told_at(source, (), text_of("form.tom_fil")))
        found = {key: [(tuple(key.split(".")), text)] for key, text in texts.entries.items()}
        wrong = list(wrong_texts(found, name, self.spec))
        wrong += unknown_parts(chain.from_iterable(found.values()))
        asked = texts_as_asked(texts, self.spec)
        # Of texts that cannot be filled in no names can be made.
        wrong = wrong or list(wrong_sheet_names(asked, name, self.spec.year))
        if wrong:
            raise SpecError(told_of_all(source, wrong))
        return asked


def load_year(templates: Path, year: int) -> Year:
    """One year's spec and messages. Raises SpecError naming file and line when something is
    wrong."""
    chain = read_chain(templates, year)
    layers = lay(chain)
    refuse_year(layers, chain[0][1], year)
    folders = tuple(templates / str(number) for number, _ in chain)
    messages = read_messages(folders)
    entries, spec = messages.entries, layers[-1].spec
    refuse_faults(layers, entries)
    messages.refuse_wrong(spec)
    said = messages_as_asked(entries | _switched(folders[0], entries), spec)
    return Year(to_read_as_asked(spec), Catalogue(said, messages.words), folders)


def _switched(folder: Path, entries: dict[str, Message]) -> dict[str, Message]:
    """The messages whose severity the year switches. A deviation is the year's own: it is not
    inherited."""
    if not lexists(folder / DEVIATIONS):
        return {}
    source = file_of(folder, DEVIATIONS)
    switched: dict[str, Message] = {}
    for code, kind in _deviations(source).severities.items():
        place = ("severities", code)
        if code not in entries:
            told = text_of("avsteg.kod", kod=code, menade=meant(code, entries))
            raise SpecError(told_at(source, place, told))
        if entries[code].fixed:
            raise SpecError(told_at(source, place, text_of("avsteg.fast", kod=code)))
        switched[code] = entries[code].model_copy(update={"severity": kind})
    return switched


def _deviations(source: YamlSource) -> Deviations:
    return parse(source, Deviations) if source.data else Deviations()
