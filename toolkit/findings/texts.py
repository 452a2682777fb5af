"""Every text that a user reads stands in a YAML file; this is the only way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from string import Formatter

from toolkit.files.yaml import Path_, SpecError, Strict, Written, YamlSource, read_yaml


class Severity(Enum):
    """ERROR (Fel) blocks the merge of that county's table; QUERY (Fråga) wants an explanation; NOTE
    (Upplysning) tells what was understood. The order is from the gravest to the lightest."""

    ERROR = "ERROR"
    QUERY = "QUERY"
    NOTE = "NOTE"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Message(Strict):
    """A catalogue entry: what a finding's code means and how it is said. `message` and `hint` hold
    `{named}` places that the check fills in; `title` names the cause when findings are grouped. A
    code that is `fixed` means that a file cannot be read: its severity cannot be switched and it
    cannot be waived. A question that `holds` keeps its table out of the merge until it is
    answered. One that `confirms` asks whether what was read is right: it names the parameters that
    hold that, and an answer with another number, or with one of the words in `denied_by`, leaves it
    open."""

    severity: Severity
    title: Written
    message: Written
    hint: str
    why: str = ""
    fixed: bool = False
    holds: bool = False
    confirms: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The names that message and hint ask for."""
        # The same reading as str.format makes, so that a brace doubled in a text is no place.
        pieces = (*Formatter().parse(self.message), *Formatter().parse(self.hint))
        return frozenset(name for _, name, _, _ in pieces if name)


class NoSuchText(SpecError):
    """A text that is asked for is not there, or asks itself for what is not given."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A file of plain texts by dotted name: `texts("summary.made", file=…)`."""

    name: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text with its places filled. Raises NoSuchText when the text or a value is
        missing."""
        if key not in self.entries:
            raise NoSuchText(f"{self.name}: Texten ”{key}” saknas.")
        text = self.entries[key]
        try:
            return text.format(**values) if values else text
        except KeyError as error:
            place = f"{{{error.args[0]}}}"
            told = f"{self.name}: ”{place}” i ”{key}” går inte att fylla i."
            raise NoSuchText(told) from error

    def part(self, prefix: str) -> Texts:
        """The texts below a name, without it: `fynd.rad` as `rad`."""
        start = f"{prefix}."
        own = (key for key in self.entries if key.startswith(start))
        return Texts(self.name, {key.removeprefix(start): self.entries[key] for key in own})

    def told_as(self, name: str) -> Texts:
        """The same texts, with those of a part in place of the ones that are called so: what is
        said otherwise in one case."""
        return Texts(self.name, {**self.entries, **self.part(name).entries})


def read_texts(text: str, name: str) -> Texts:
    """A YAML file of nested mappings of texts. Raises SpecError when something else stands in
    it."""
    return texts_of(read_yaml(text, name))


def texts_of(source: YamlSource) -> Texts:
    """The texts of a YAML file that has been read. Raises SpecError."""
    texts: dict[str, str] = {}
    _flatten(source.data, (), source, texts)
    return Texts(source.name, texts)


def _flatten(data: object, place: Path_, source: YamlSource, texts: dict[str, str]) -> None:
    """Adds every text under a place by its dotted name."""
    if isinstance(data, str):
        texts[".".join(map(str, place))] = data
    elif isinstance(data, dict):
        for key, value in data.items():
            _flatten(value, (*place, key), source, texts)
    else:
        name = ".".join(map(str, place))
        where = f"{source.name}, rad {source.line_of(place)}"
        shown = _said(data, source.letters.get(place, ""))
        raise SpecError(f"{where}: Texten ”{name}” ska vara en text, men är {shown}.")


def _said(data: object, letters: str) -> str:
    """What stands where a text should, as it stands in the file."""
    if data is None:
        return "tom"
    if isinstance(data, bool):
        return f"ja/nej-värdet {letters}. Sätt citattecken runt det"
    return "en lista" if isinstance(data, list) else letters or str(data)
