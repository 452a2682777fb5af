"""Names with their namespaces (Namespaces in XML 1.0), written `{namespace}name` as elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

_XML = "http://www.w3.org/XML/1998/namespace"


class Scope:
    """Which namespaces the prefixes stand for at a place; the empty prefix is for elements without
    one."""

    __slots__ = ("_tags", "prefixes")

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self._tags: dict[bytes, str] = {}

    def tag(self, name: bytes) -> str:
        """An element's name in full. Raises LookupError for a prefix that is not declared."""
        found = self._tags.get(name)
        if found is None:
            prefix, _, local = name.decode().rpartition(":")
            found = self._tags[name] = full(self.prefixes[prefix], local)
        return found

    def key(self, name: bytes) -> str:
        """An attribute's name in full: without a prefix it is in no namespace."""
        prefix, _, local = name.decode().rpartition(":")
        return full(self.prefixes[prefix], local) if prefix else local

    def with_declared(self, declared: Mapping[str, str]) -> Scope:
        """The scope within an element that declares prefixes."""
        return Scope({**self.prefixes, **declared}) if declared else self

    def prefix_of(self, namespace: str, *, named: bool = False) -> str | None:
        """A prefix for a namespace, the empty one first; `named`: any but the empty one."""
        if not named and self.prefixes.get("") == namespace:
            return ""
        found = (prefix for prefix, space in self.prefixes.items() if space == namespace and prefix)
        return next(found, None)


OUTERMOST = Scope({"": "", "xml": _XML})


def full(namespace: str, local: str) -> str:
    """A name in full."""
    return f"{{{namespace}}}{local}" if namespace else local


def parted(name: str) -> tuple[str, str]:
    """The namespace and the local name of a name in full."""
    namespace, _, local = name.rpartition("}")
    return namespace[1:], local
