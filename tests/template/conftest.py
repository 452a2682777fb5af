"""What a workbook counts is what these tests are about."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def convert(convert_all: Callable[..., bytes]) -> Callable[..., bytes]:
    """LibreOffice counts Kontroll too."""
    return convert_all
