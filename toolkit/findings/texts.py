"""Every text that a user reads stands in a YAML file; this is the only way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from string import Formatter
from typing import Any

from toolkit.files.yaml import SpecError, Strict, read_yaml


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
    cannot be waived."""

    severity: Severity
    title: str
    message: str
    hint: str
    why: str = ""
    fixed: bool = False

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The names that message and hint ask for."""
        names = (
            name for text in (self.message, self.hint) for _, name, _, _ in Formatter().parse(text)
        )
        return frozenset(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Texts:
    """A file of plain texts by dotted name: `texts("summary.made", file=…)`."""

    name: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """The text with its places filled. Raises KeyError when the text or a value is missing."""
        return self.entries[key].format(**values) if values else self.entries[key]

    def part(self, prefix: str) -> Texts:
        """The texts below a name, without it: `fynd.rad` as `rad`."""
        start = f"{prefix}."
        own = {
            key.removeprefix(start): text
            for key, text in self.entries.items()
            if key.startswith(start)
        }
        return Texts(self.name, own)


def read_texts(text: str, name: str) -> Texts:
    """A YAML file of nested mappings of texts. Raises SpecError when something else stands in
    it."""
    source = read_yaml(text, name)
    return Texts(name, dict(_flatten(source.data, "", name)))


def _flatten(data: Any, prefix: str, name: str) -> list[tuple[str, str]]:
    if isinstance(data, str):
        return [(prefix, data)]
    if not isinstance(data, dict):
        raise SpecError(f"{name}: ”{prefix}” ska vara en text, men är {data!r}")
    pairs = ((f"{prefix}.{key}" if prefix else str(key), value) for key, value in data.items())
    return [entry for key, value in pairs for entry in _flatten(value, key, name)]
