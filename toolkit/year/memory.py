"""What has been worked out before, kept by all that it was worked out from.

A result is found again only by the same key: the program (its own files and the libraries'
versions), every file in templates/, and what the one who asks for it names beside that. So whatever
is changed, what follows from it is worked out anew; nothing has to be told that it is stale."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.files.memory import Store
from toolkit.files.plain import NotPlain, packed, unpacked

KeyParts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Memory:
    """A run's own. `base` is what every key begins with: the prints of the program and of the
    templates as they were before any of them was read; empty where nothing is remembered.
    `templates` gives the print as it is now, None where that cannot be told."""

    store: Store | None
    base: KeyParts
    templates: Callable[[], str | None]

    def recall(self, kind: str, *names: str) -> Any:
        """What was kept of a kind under all of these names; None where nothing was."""
        data = self.store.get(self.key(kind, names)) if self.store else None
        try:
            return None if data is None else unpacked(data)
        except NotPlain:
            return None

    def keep(self, kind: str, results: Mapping[KeyParts, Any]) -> None:
        """Keep results, unless the templates have been changed while they were worked out: nobody
        knows which ones they follow from."""
        if not self.store or not results or self.templates() != self.base[1]:
            return
        for names, result in results.items():
            try:
                self.store.put(self.key(kind, names), packed(result))
            except NotPlain:
                continue
        self.store.trim()

    def key(self, kind: str, names: KeyParts) -> str:
        """Under which name a result is kept."""
        told = json.dumps([*self.base, kind, *names], ensure_ascii=True)
        return hashlib.sha256(told.encode()).hexdigest()


def memory_in(
    store: Store | None, program: str | None, templates: Callable[[], str | None]
) -> Memory:
    """The memory in a folder; none where it cannot be told what a result would follow from."""
    now = templates() if store and program else None
    return Memory(store, (program, now), templates) if program and now else no_memory()


def no_memory() -> Memory:
    """Of a run that works everything out."""
    return Memory(None, (), lambda: None)
