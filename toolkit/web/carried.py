"""Years as JSON: what a tab needs of `templates/`, without files, YAML or pickle. What is read from
JSON is validated as strictly as what is read from YAML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.checks.file import TOOL_FAULT
from toolkit.findings.finding import Catalogue
from toolkit.findings.texts import Message, Texts
from toolkit.spec.load import Year
from toolkit.spec.model import Spec

TEXT_FILES = ("aterkoppling", "flik", "mall")
"""The texts that the check reads of `texter/`, and the tab's own."""


def packed(years: Iterable[Year]) -> str:
    """Years as JSON. Raises SpecError for a year without the tab's texts."""
    return json.dumps([_packed(year) for year in years], ensure_ascii=False, sort_keys=True)


def _packed(year: Year) -> dict[str, Any]:
    return {
        "spec": year.spec.model_dump(mode="json"),
        "messages": {code: one.model_dump(mode="json") for code, one in _messages(year).items()},
        "words": dict(year.catalogue.words),
        "texts": {name: dict(year.texts(name).entries) for name in TEXT_FILES},
    }


def _messages(year: Year) -> dict[str, Message]:
    """The year's messages; of a fault of ours it is not said that the file has come in."""
    own = dict(year.texts("flik").part("verktyg").entries)
    entries = dict(year.catalogue.entries)
    return entries | {TOOL_FAULT: entries[TOOL_FAULT].model_copy(update=own)}


def unpacked(text: str) -> dict[int, Year]:
    """The years by number. Raises pydantic's ValidationError for what `packed` has not written."""
    years = map(_unpacked, json.loads(text))
    return {year.spec.year: year for year in years}


def _unpacked(data: Mapping[str, Any]) -> Year:
    """A year that has no folders: its texts came with it."""
    # A tuple is a list in JSON, a Decimal a text: the mode that reads JSON knows.
    spec = Spec.model_validate_json(json.dumps(data["spec"]))
    entries = {
        code: Message.model_validate_json(json.dumps(one)) for code, one in data["messages"].items()
    }
    texts = {name: Texts(f"{name}.yaml", one) for name, one in data["texts"].items()}
    return Year(spec, Catalogue(entries, data["words"]), (), texts)
