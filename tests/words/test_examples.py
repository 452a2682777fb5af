"""Every function of the vocabulary shows what it does, and what it shows is so."""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import FunctionType, ModuleType

import pytest

from toolkit import words

MODULES = [import_module(f"toolkit.words.{one.name}") for one in iter_modules(words.__path__)]


def functions(module: ModuleType) -> Iterator[tuple[str, object]]:
    """A module's own functions, and the methods and properties that its classes spell out."""
    homes = [module, *(one for one in vars(module).values() if inspect.isclass(one))]
    for home in homes:
        if getattr(home, "__module__", module.__name__) != module.__name__:
            continue
        for name, one in vars(home).items():
            plain = getattr(one, "fget", one)  # a property's function
            plain = inspect.unwrap(plain) if callable(plain) else plain  # a cached function
            is_own = isinstance(plain, FunctionType) and plain.__module__ == module.__name__
            if is_own and plain.__code__.co_filename == module.__file__:
                yield name, one


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
class DescribeAnExample:
    def it_is_true(self, module):
        result = doctest.testmod(module)
        assert result.attempted
        assert result.failed == 0

    def it_is_there_for_every_function(self, module):
        mute = [name for name, one in functions(module) if ">>>" not in (one.__doc__ or "")]
        assert mute == []
