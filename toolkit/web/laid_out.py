"""The folder's files, written where the page is to lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from toolkit.files.atomic import publish, withdraw
from toolkit.web.folder import PARTS


def lay_out_page(target: Path, found: Mapping[str, bytes]) -> Path:
    """Write the files of `folder_of`; what an earlier page left of its parts is taken away. Gives
    the page's own file. Raises NotWritten."""
    for name, data in found.items():
        publish(target / name, data)
    written = {target / name for name in found}
    for path in (target / PARTS).glob("*.js"):
        if path not in written:
            withdraw(path)
    return target / "index.html"
