"""What an agency does to its files, and what is said when they are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year

WORKBOOK = "2020/arbetsbok.yaml"


def exchange(templates: Path, old: str, new: str, name: str = WORKBOOK) -> int:
    """The line on which the first of a text is exchanged."""
    path = templates / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def refusal(templates: Path, year: int = 2020) -> list[str]:
    """The lines that are said when a year is refused."""
    with pytest.raises(SpecError) as caught:
        load_year(templates, year)
    return str(caught.value).split("\n")
