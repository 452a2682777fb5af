"""Names with their namespaces (Namespaces in XML 1.0), written `{namespace}name` as elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

_XML = "http://www.w3.org/XML/1998/namespace"


class Scope:
    """Which namespaces the prefixes stand for at a place; the empty prefix is for elements without
    one."""

    __slots__ = ("prefixes", "tags", "written")

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.tags = _Tags(prefixes)
        self.written: dict[str, bytes] = {}

    def key(self, name: bytes) -> str:
        """An attribute's name in full: without a prefix it is in no namespace."""
        prefix, _, local = name.decode().rpartition(":")
        return full(self.prefixes[prefix], local) if prefix else local

    def with_declared(self, declared: Mapping[str, str]) -> Scope:
        """The scope within an element that declares prefixes."""
        return Scope({**self.prefixes, **declared}) if declared else self

    def name_of(self, tag: str) -> bytes | None:
        """An element's name with a prefix that is declared; None where there is none."""
        if tag not in self.written:
            namespace, local = parted(tag)
            prefix = self.prefix_of(namespace)
            if prefix is None:
                return None
            self.written[tag] = f"{prefix}:{local}".lstrip(":").encode()
        return self.written[tag]

    def prefix_of(self, namespace: str, *, named: bool = False) -> str | None:
        """A prefix for a namespace, the empty one first; `named`: any but the empty one."""
        if not named and self.prefixes.get("") == namespace:
            return ""
        found = (prefix for prefix, space in self.prefixes.items() if space == namespace and prefix)
        return next(found, None)


class _Tags(dict[bytes, str]):
    """Names of elements in full, as they are asked for. Raises LookupError for a prefix that is not
    declared."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, name: bytes) -> str:
        prefix, _, local = name.decode().rpartition(":")
        found = self[name] = full(self._prefixes[prefix], local)
        return found


OUTERMOST = Scope({"": "", "xml": _XML})


def full(namespace: str, local: str) -> str:
    """A name in full."""
    return f"{{{namespace}}}{local}" if namespace else local


def parted(name: str) -> tuple[str, str]:
    """The namespace and the local name of a name in full."""
    namespace, _, local = name.rpartition("}")
    return namespace[1:], local
