"""All errors of the toolkit have one root, and say by their branch who meets them."""

from __future__ import annotations

import ast
import builtins

import pytest

from tests.conftest import ROOT
from toolkit.files.errors import CannotBeDone, LansrapportError


def ancestry() -> dict[str, set[str]]:
    """The names of every class of the toolkit and of what it is made from. Read from the source:
    nothing is imported, so that this process stays as light as the others."""
    bases: dict[str, set[str]] = {}
    for path in sorted((ROOT / "toolkit").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {ast.unparse(base) for base in node.bases}
    return {name: _above(name, bases) for name in bases}


def _above(name: str, bases: dict[str, set[str]]) -> set[str]:
    return {name}.union(*(_above(base, bases) for base in bases.get(name, ())))


def is_error(name: str) -> bool:
    built_in = getattr(builtins, name, None)
    return isinstance(built_in, type) and issubclass(built_in, BaseException)


ERRORS = {name: above for name, above in ancestry().items() if any(map(is_error, above))}


class DescribeTheTreeOfErrors:
    @pytest.mark.parametrize("name", sorted(ERRORS))
    def it_has_one_root(self, name):
        assert "LansrapportError" in ERRORS[name]

    def it_tells_nobody_of_content_that_becomes_a_finding(self):
        internal = {name for name, above in ERRORS.items() if "ContentError" in above}
        assert internal == {
            "ContentError", "Unreadable", "Refused", "TooWide", "Malformed", "BrokenRecord", "Unfilled", "NotPlain", "OtherEncoding",
        }  # fmt: skip

    def it_holds_those_that_stop_a_command(self):
        assert {"SpecError", "SeriesError", "ReportError", "TemplateError", "PdfError"} <= set(
            ERRORS
        )
        assert issubclass(CannotBeDone, LansrapportError)

    def it_names_the_words_for_what_cannot_be_done(self):
        error = CannotBeDone("fel.datum", value="snart")
        assert (error.name, error.values) == ("fel.datum", {"value": "snart"})
