"""Values of our own as bytes, and back: dataclasses, named tuples, enumerations, and what Python
has for text, numbers and days.

The bytes are pickle's, as between a child process and this one, so that what is kept is what came
through the pipe. Nothing but classes that hold values is ever looked up for them: what they name
beside that is refused, whoever wrote them."""

from __future__ import annotations

import datetime
import decimal
import io
import pickle
import zlib
from dataclasses import is_dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel

from toolkit.files.errors import ContentError

_OURS = "toolkit."
_PYTHONS: dict[tuple[str, str], Any] = {
    ("datetime", "date"): datetime.date,
    ("datetime", "datetime"): datetime.datetime,
    ("datetime", "time"): datetime.time,
    ("datetime", "timedelta"): datetime.timedelta,
    ("decimal", "Decimal"): decimal.Decimal,
    ("builtins", "frozenset"): frozenset,
    ("builtins", "set"): set,
}


class NotPlain(ContentError):
    """Bytes that are no value of ours."""


def packed(value: Any) -> bytes:
    """A value as bytes. Raises NotPlain for one that would not come back."""
    try:
        data = pickle.dumps(value, protocol=5)
    except Exception as error:  # a class says itself how it is pickled, and can raise anything
        raise NotPlain from error
    unpacked_whole(data)
    return zlib.compress(data, 1)


def unpacked(data: bytes) -> Any:
    """The value. Raises NotPlain."""
    try:
        return unpacked_whole(zlib.decompress(data))
    except zlib.error as error:
        raise NotPlain from error


def unpacked_whole(data: bytes) -> Any:
    """The value of bytes that are not compressed. Raises NotPlain."""
    try:
        return _ValueReader(io.BytesIO(data)).load()
    except Exception as error:  # bytes from an earlier version can raise anything
        raise NotPlain from error


class _ValueReader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A class that holds values. Raises NotPlain for anything else."""
        known = _PYTHONS.get((module, name))
        if known is not None:
            return known
        if not module.startswith(_OURS) or "." in name:
            raise NotPlain
        found = super().find_class(module, name)
        if not _holds_values(found) or found.__module__ != module:
            raise NotPlain
        return found


def _holds_values(found: object) -> bool:
    if not isinstance(found, type):
        return False
    return is_dataclass(found) or issubclass(found, (tuple, Enum, BaseModel))
