"""meddelanden.yaml of a year and of the years that it is based on: the messages, and the words that
go into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from os.path import lexists
from pathlib import Path

from pydantic import Field as Setting

from toolkit.files.yaml import Path_, SpecError, Strict, YamlSource
from toolkit.findings.texts import Message
from toolkit.spec.asked import misplaced_parts, unknown_parts
from toolkit.spec.faults import SpecFault
from toolkit.spec.model import Spec
from toolkit.spec.parse import file_of, parse, told_at
from toolkit.spec.wanted import FoundTexts, changed_severities, wrong_messages, wrong_words

MESSAGES = "meddelanden.yaml"
WORDS = "ORD"  # the part of the messages that holds words for them


class _Words(Strict):
    words: dict[str, str] = Setting(alias=WORDS)


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages by code and the words by name, and the file that each comes from."""

    entries: dict[str, Message] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    homes: dict[str, YamlSource] = field(default_factory=dict)
    sources: list[YamlSource] = field(default_factory=list)

    def add(self, source: YamlSource) -> None:
        """Lays a later year's messages over these. Raises SpecError with all that cannot be
        read."""
        self.sources.append(source)
        wrong: list[str] = []
        for code in source.data:
            try:
                self._add(source, code)
            except SpecError as error:
                wrong.append(str(error))
        if wrong:
            raise SpecError("\n".join(wrong))
        words = source.data.get(WORDS, {})
        self.homes.update(dict.fromkeys((*words, *source.data), source))

    def _add(self, source: YamlSource, name: str) -> None:
        if name == WORDS:
            own = replace(source, data={WORDS: source.data[WORDS]})
            self.words.update(parse(own, _Words).words)
        else:
            self.entries[name] = parse(source, Message, (name,))

    def refuse_wrong(self, spec: Spec) -> None:
        """Raises SpecError with all that the code does not say, or cannot fill in, a line each."""
        messages: FoundTexts = {code: _texts_of(code, one) for code, one in self.entries.items()}
        words: FoundTexts = {name: [((WORDS, name), text)] for name, text in self.words.items()}
        faults = [*wrong_messages(messages, spec), *wrong_words(words, spec)]
        faults += changed_severities(self.entries)
        faults += unknown_parts(chain.from_iterable(messages.values()))
        faults += misplaced_parts(chain(*words.values(), self._plain()))
        if faults:
            raise SpecError("\n".join(dict.fromkeys(map(self.told, faults))))

    def _plain(self) -> Iterator[tuple[Path_, str]]:
        """What of the messages is said as it stands."""
        for code, one in self.entries.items():
            yield from (((code, "title"), one.title), ((code, "why"), one.why))

    def told(self, fault: SpecFault) -> str:
        """A fault with the file and line that it stands in."""
        names = [str(step) for step in fault.place if step in self.homes]
        home = self.homes[names[-1]] if names else self.sources[-1]
        return told_at(home, fault.place, fault.text)


def read_messages(folders: Sequence[Path]) -> Messages:
    """The messages and their words: the oldest year's, each later year's laid over them. Raises
    SpecError."""
    messages, oldest = Messages(), folders[-1]
    for folder in reversed(folders):
        # Where the oldest has none, each rule's message would be told to be missing.
        if folder == oldest or lexists(folder / MESSAGES):
            messages.add(file_of(folder, MESSAGES))
    return messages


def _texts_of(code: str, entry: Message) -> list[tuple[Path_, str]]:
    return [((code, "message"), entry.message), ((code, "hint"), entry.hint)]
