"""Which of our modules a tab can come to load: those that its first one imports, anywhere in it,
and what they import in their turn. What nobody reaches is not waited for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

FIRST = "toolkit.web.tab"


def reached(code: Mapping[str, bytes]) -> dict[str, bytes]:
    """The modules that are reached of those given by path, and all files that are no modules."""
    modules = {_name(path): path for path in code if path.endswith(".py")}
    left, found = [FIRST], set[str]()
    while left:
        name = left.pop()
        if name in modules and name not in found:
            found.add(name)
            left += [*_rooms_of(name), *_imported(code[modules[name]])]
    paths = {modules[name] for name in found}
    return {
        path: data
        for path, data in code.items()
        if path in paths or path.endswith((".json", ".yaml"))
    }


def _name(path: str) -> str:
    """
    >>> _name("toolkit/read/table.py"), _name("toolkit/read/__init__.py")
    ('toolkit.read.table', 'toolkit.read')
    """
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _rooms_of(name: str) -> Iterator[str]:
    """The packages that a module lies in: they are loaded first."""
    parts = name.split(".")
    for length in range(1, len(parts)):
        yield ".".join(parts[:length])


def _imported(source: bytes) -> Iterator[str]:
    """The modules that a source may name in an import, also within a function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            # What is taken out of a room may be a module of it.
            yield from (f"{node.module}.{one.name}" for one in node.names)
