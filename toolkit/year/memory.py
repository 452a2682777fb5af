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


@dataclass(slots=True)
class Memory:
    """A run's own. `program` and `templates` give their prints as they are now; None where that
    cannot be told, and then nothing is remembered."""

    store: Store | None
    program: Callable[[], str | None]
    templates: Callable[[], str | None]
    _base: KeyParts | None = None

    @property
    def base(self) -> KeyParts:
        """What every key begins with, as it was when it was first asked for; empty where nothing is
        remembered."""
        if self._base is None:
            self._base = self._prints() if self.store else ()
        return self._base

    def _prints(self) -> KeyParts:
        program, templates = self.program(), self.templates()
        return (program, templates) if program and templates else ()

    def recall(self, kind: str, *names: str) -> Any:
        """What was kept of a kind under all of these names; None where nothing was."""
        data = self.store.get(self.key(kind, names)) if self.store and self.base else None
        try:
            return None if data is None else unpacked(data)
        except NotPlain:
            return None

    def keep(self, kind: str, results: Mapping[KeyParts, Any]) -> None:
        """Keep results, unless the templates have been changed while they were worked out: nobody
        knows which ones they follow from."""
        if not self.store or not results or not self.base or self.templates() != self.base[1]:
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


def _untold() -> None:
    return None


def no_memory() -> Memory:
    """Of a run that works everything out."""
    return Memory(None, _untold, _untold)
