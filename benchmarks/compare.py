"""`python -m benchmarks.compare FOLDER`: what the two sides found, so that one can see that both
did the work."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

FIELD_RULES = "FALT-"


def count(folder: Path) -> dict[str, int]:
    """Rows read by each, and the field rules that each found broken."""
    returns = pickle.loads((folder / "check.pickle").read_bytes())
    frames = pickle.loads((folder / "other_read.pickle").read_bytes())
    failures = pickle.loads((folder / "other_check.pickle").read_bytes())
    return {
        "rows": sum(1 for found in returns for _ in found.submission),
        "rows, alternative": sum(len(frame) for book in frames.values() for frame in book.values()),
        "findings": sum(len(found.findings) for found in returns),
        "broken field rules": sum(
            f.code.startswith(FIELD_RULES) for found in returns for f in found.findings
        ),
        "broken field rules, alternative": sum(len(frame) for book in failures for frame in book),
    }


if __name__ == "__main__":
    for name, number in count(Path(sys.argv[1])).items():
        print(f"{name}: {number}")
