"""The closets of the word room: each knows only those that `toolkit/word/__init__.py` names before it."""

from __future__ import annotations

import pytest

from tests.test_architecture import TOOLKIT, imports, module_name

KNOWS = {
    "ooxml": set(),
    "measure": {"ooxml"},
    "write": {"ooxml", "measure"},
    "read": {"ooxml"},
    "audit": {"ooxml", "write"},
    "verify": {"ooxml", "read", "write"},
}
CLOSETS = sorted(path for path in (TOOLKIT / "word").iterdir() if (path / "__init__.py").is_file())


class DescribeTheClosets:
    def it_names_them_all(self):
        assert {path.name for path in CLOSETS} == set(KNOWS)

    @pytest.mark.parametrize("closet", CLOSETS, ids=lambda path: path.name)
    def it_has_no_circle(self, closet):
        known = set()
        for path in closet.glob("*.py"):
            for name in imports(path.read_text(encoding="utf-8")):
                parts = name.split(".")
                if parts[:2] == ["toolkit", "word"] and module_name(path) != name:
                    known.add(parts[2])
        assert known - {closet.name} == KNOWS[closet.name]
