"""Which keys a file may have in a place: asked of the model that the file is read as, so that a
misspelt one can be told with the one that was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, get_args

from pydantic import BaseModel

from toolkit.files.yaml import Path_

Models = Sequence[type[BaseModel]]


def keys_at(model: type[BaseModel], place: Path_) -> list[str]:
    """The keys that may stand where a place's last step stands; none where any key may. `place` is
    an error's `loc`, with pydantic's names of the kinds of rule in it."""
    models: Models = (model,)
    for step in place[:-1]:
        models = _below(models, step)
    found: dict[str, None] = {}
    for one in models:
        found |= dict.fromkeys(one.model_fields)
    return list(found)


def _below(models: Models, step: str | int) -> Models:
    if isinstance(step, int):
        return models
    fields = [one.model_fields[step].annotation for one in models if step in one.model_fields]
    # Where it is no field, it is the kind of rule, which pydantic puts into the way.
    return list(chain.from_iterable(map(_models_in, fields))) if fields else _of_kind(models, step)


def _of_kind(models: Models, tag: str) -> Models:
    return [one for one in models if tag in _tags(one)]


def _tags(model: type[BaseModel]) -> Sequence[object]:
    """The words by which pydantic knows a model among others: the literals of its `kind`."""
    kind = model.model_fields.get("kind")
    return get_args(kind.annotation) if kind else ()


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
