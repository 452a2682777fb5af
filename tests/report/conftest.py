"""What `spec check` says of a chapter."""

from __future__ import annotations

import pytest

from tests.smaller import with_chapter
from toolkit.report.chapters import chapter_faults


@pytest.fixture
def faults(year, tmp_path):
    """The lines and the texts of what is wrong with a chapter that holds this below its heading."""

    def of(text):
        found = chapter_faults(with_chapter(year, tmp_path, f"# Titel {{titel}}\n\n{text}\n"))
        return [(fault.line, fault.text) for fault in found]

    return of
