"""`python -m benchmarks.prepare FOLDER BOOKS ROWS [distinct]`: makes the workbooks. In a process of
its own, because a child's peak memory starts at its parent's: the process that starts the steps
must stay small."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.workbooks import make_workbooks

if __name__ == "__main__":
    make_workbooks(
        Path(sys.argv[1]) / "books",
        int(sys.argv[2]),
        int(sys.argv[3]),
        distinct="distinct" in sys.argv[4:],
    )
