"""YAML that knows its lines: plain data and, for every place in it, where it stands in which
file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticKnownError

from toolkit.files.brokenyaml import (
    CURLY,
    begins_with_hard_blank,
    in_words,
    is_quoted_as_in_word,
    told_of,
)
from toolkit.files.errors import LansrapportError

Path_ = tuple[str | int, ...]

# libyaml's loader is much faster than Python's own, but is not there on every machine.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _whole(value: object) -> object:
    """`true` is 1 to Python, and no number to the one who wrote it."""
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


def _exact(value: object) -> object:
    """`true` is 1 to Python here too."""
    if isinstance(value, bool):
        raise PydanticKnownError("decimal_type")
    return value


WholeNumber = Annotated[int, BeforeValidator(_whole)]
"""A whole number as it stands in YAML."""
DecimalNumber = Annotated[Decimal, BeforeValidator(_exact)]
"""An exact number as it stands in YAML."""
ANYTHING = r"\S"
Written = Annotated[str, Field(pattern=ANYTHING)]
"""A text with something in it."""


class Strict(BaseModel):
    """Base of all nouns that are read from YAML: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SpecError(LansrapportError):
    """A file that the agency edits cannot be understood. The text names file and line."""


@dataclass(frozen=True, slots=True)
class YamlSource:
    """The plain data of one YAML file and the line of every place in it. `letters` are what stands
    in the file where the data are no text: `010` is the number 8 to YAML, and `yes` is true."""

    name: str
    data: Any
    lines: dict[Path_, int]
    letters: dict[Path_, str] = field(default_factory=dict)

    def line_of(self, path: Path_) -> int:
        """The line of a place, or of the nearest place around it that the file really holds."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def letters_below(self, place: Path_) -> dict[Path_, str]:
        """The letters of the places below one, by the way from it."""
        size = len(place)
        return {path[size:]: told for path, told in self.letters.items() if path[:size] == place}


_TEXT = "tag:yaml.org,2002:str"
_NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_DEEPEST = 60  # levels; a template has ten
_MOST_PARTS = 500_000  # of one file; a template has some thousands


@lru_cache(maxsize=16)
def read_yaml(text: str, name: str) -> YamlSource:
    """Read one YAML document strictly: a key that stands twice is an error. Raises SpecError.

    The same text is read once, since a year is read again for the years that are based on it:
    nobody changes what it gives. A letter that a Mac has written as two signs (`a` and its ring) is
    read as the one that everybody else writes."""
    text = unicodedata.normalize("NFC", text)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return YamlSource(name, {}, {})
        source = YamlSource(name, None, {})
        _walk(node, (), source)
        return replace(source, data=_constructed(loader, node, name))
    except yaml.YAMLError as error:
        line, told = told_of(error, text)
        raise _wrong(name, line, told) from error


def _wrong(name: str, line: int, told: str) -> SpecError:
    return SpecError(in_words("rad", fil=name, rad=line, text=told))


def _constructed(loader: Any, node: yaml.Node, name: str) -> Any:
    try:
        return loader.construct_document(node)
    except ValueError as error:  # what looks like a date and is none
        for date in _dates_in(node):
            try:
                yaml.SafeLoader("").construct_yaml_timestamp(date)
            except ValueError:
                told = in_words("datum", tecken=date.value)
                raise _wrong(name, date.start_mark.line + 1, told) from error
        raise _wrong(name, 1, in_words("allmant")) from error


def _dates_in(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        yield node
    elif isinstance(node, yaml.CollectionNode):
        for entry in node.value:
            for inner in entry if isinstance(entry, tuple) else (entry,):
                yield from _dates_in(inner)


def _walk(node: yaml.Node, path: Path_, source: YamlSource) -> None:
    line = node.start_mark.line + 1
    source.lines[path] = line
    if len(path) > _DEEPEST or len(source.lines) > _MOST_PARTS:
        # Only names that are used again (`&a`, `*a`), in themselves or in each other, lead here.
        raise _wrong(source.name, line, in_words("slinga"))
    if isinstance(node, yaml.MappingNode):
        _walk_mapping(node, path, source)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _walk(item, (*path, index), source)
    elif _is_plain(node) and is_quoted_as_in_word(node.value):
        raise _wrong(source.name, line, in_words("typografi", tecken=node.value.strip(CURLY)))
    elif node.tag != _TEXT:
        if node.tag in _NUMBERS and ":" in node.value:
            # YAML 1.1 counts hours and minutes to the base of sixty: `1:10` is 70 to it. Nobody
            # means that: it is read as it is written, and told with the rest where it is no text.
            node.tag = _TEXT
            return
        source.letters[path] = node.value


def _is_plain(node: yaml.Node) -> bool:
    """Whether a text stands without quotation marks of YAML's, and is no block."""
    return isinstance(node, yaml.ScalarNode) and not node.style


def _walk_mapping(node: yaml.MappingNode, path: Path_, source: YamlSource) -> None:
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _wrong(source.name, line, in_words("namn"))
        if begins_with_hard_blank(key.value):
            raise _wrong(source.name, line, in_words("blank"))
        place = (*path, key.value)
        if place in source.lines:
            told = in_words("dubbel", tecken=key.value, rad=source.lines[place])
            raise _wrong(source.name, line, told)
        _walk(value, place, source)
        source.lines[place] = line
