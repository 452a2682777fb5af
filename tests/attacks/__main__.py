"""`python -m tests.attacks`: the table of docs/robusthet.md, attack by attack, with code, time and memory.

    python -m tests.attacks --kind ods      # one kind of them
    python -m tests.attacks --table         # as Markdown, by kind

Exit code 1 where any hung, was read wrong or met a fault of ours."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from tests.attacks.recipes import attacks
from tests.attacks.treated import Fate, fates


def main() -> int:
    """Try all of them, tell of each."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.attacks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kind")
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    found = []
    for fate in fates(one for one in attacks() if given.kind in (None, one.kind)):
        found.append(fate)
        if not given.table or fate.is_amiss:
            print(line(fate), file=sys.stderr if given.table else sys.stdout, flush=True)
    if given.table:
        print(table(found))
    print(closing(found))
    return int(any(one.is_amiss for one in found))


def line(fate: Fate) -> str:
    return f"{fate.attack.kind:8} {fate.attack.name[:44]:44} {fate.word:22} {fate.code[:40]:40} {fate.seconds:6.2f} s {fate.memory:6.0f} MB"


def table(found: Sequence[Fate]) -> str:
    rows = ["| Slag | Angrepp | Vad det blev | Kod | Tid | Minne |", "|---|---|---|---|--:|--:|"]
    for one in found:
        codes = ", ".join(f"`{code}`" for code in one.code.split(", ") if code)
        name = one.attack.name.replace("|", "\\|")
        rows.append(
            f"| {one.attack.kind} | {name} | {one.word} | {codes} | {one.seconds:.2f} s".replace(
                ".", ","
            )
            + f" | {max(0, one.memory):.0f} MB |"
        )
    return "\n".join(rows)


def closing(found: Sequence[Fate]) -> str:
    words = Counter(one.word for one in found)
    told = ", ".join(f"{word} {count}" for word, count in words.most_common())
    whole = [one for one in found if one.word != "stoppad i sin process"] or found
    slowest, largest = max(one.seconds for one in whole), max(one.memory for one in whole)
    return f"\n{len(found)} angrepp: {told}. Som mest {slowest:.1f} s processortid och {largest:.0f} MB."


if __name__ == "__main__":
    sys.exit(main())
