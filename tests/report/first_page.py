"""Writes the first page of the filling-in guide, `forst` in templates/2020/texter/anvisning.yaml, from docs/lan.md:

    python -m tests.report.first_page

The guide lies with the county, and has neither pictures of the template nor the pages that lan.md leads to. So pictures and
the sentences that lead to other pages are left out, names of files stand as they are, a table is a list, and the headings
have no numbers of their own."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = ROOT / "docs/lan.md"
TEXTS = ROOT / "templates/2020/texter/anvisning.yaml"
_ENDS = re.compile(r"(?<=[.:!?])\s+")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


def first_page() -> str:
    """The page in the markup that the guide takes."""
    blocks = PAGE.read_text(encoding="utf-8").strip().split("\n\n")
    return "\n\n".join(filter(None, map(_block, blocks))) + "\n"


def _block(block: str) -> str:
    if block.startswith("!["):
        return ""
    if block.startswith("|"):
        return "\n".join(map(_row, block.split("\n")[2:]))
    if block.startswith("#"):
        return re.sub(r"^(#+ )\d+\. ", r"\1", block)  # the guide numbers its headings itself
    kept = [one for one in _ENDS.split(block) if not _LINK.search(one)]
    text = " ".join(kept) if len(kept) < len(_ENDS.split(block)) else block
    return text.replace("`", "")


def _row(line: str) -> str:
    said, when = (cell.strip() for cell in line.strip("|").split("|"))
    return f"- **{said}**: {when}"


def written(text: str) -> str:
    """The file of texts with the page in its place, which is last."""
    own = text.partition("forst: |\n")[0].rstrip("\n")
    lines = (f"  {line}".rstrip() for line in first_page().rstrip("\n").split("\n"))
    return "\n".join([own, "forst: |", *lines, ""])


if __name__ == "__main__":
    TEXTS.write_text(written(TEXTS.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
