"""What the page of `lansrapport web` costs beside the command line: bytes to load, seconds until it is ready,
and the processor's time of a file. Needs what tests/clients/browser needs."""

from __future__ import annotations

import gzip
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from toolkit.spec.load import load_year
from toolkit.web.tab import Tab
from toolkit.year.inputs import newest_inputs
from toolkit.year.web import write_web

ROOT = Path(__file__).parents[1]
CLIENT = ROOT / "tests/clients/browser"
SENT = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))


def main() -> None:
    """Make the page, use it, check the same files without it, print."""
    with tempfile.TemporaryDirectory(prefix="lansrapport-bench-") as name:
        folder = Path(name)
        write_web(newest_inputs(ROOT), folder / "sida", CLIENT / "parts")
        told = used(folder)
        print(
            f"on disk {millions(sizes(folder, packed=False))}, where a server compresses {millions(sizes(folder, packed=True))}"
        )
        print(f"ready after {told['ready'] / 1000:.1f} s")
        start, first, many = told["spent"]
        print(f"until then: {start:.1f} s of processor time, the browser's own start among it")
        print(
            f"first file: {first - start:.2f} s of processor time, the next: {(many - first) / len(SENT):.2f} s each"
        )
    print(f"the same code in CPython: {in_cpython():.2f} s each")
    print(
        f"`lansrapport check`: one file {command(SENT[:1]):.2f} s, {len(SENT)} files {command(SENT) / len(SENT):.2f} s each"
    )


def sizes(folder: Path, *, packed: bool) -> int:
    """The bytes of all that the page loads."""
    files = [
        path for path in (folder / "sida").rglob("*") if path.suffix in {".html", ".css", ".js"}
    ]
    return sum(
        len(gzip.compress(data, 9) if packed else data) for data in map(Path.read_bytes, files)
    )


def millions(size: int) -> str:
    """Bytes as MB."""
    return f"{size / 1e6:.2f} MB"


def used(folder: Path) -> dict[str, list[float] | float]:
    """Use the page: one file, then all."""
    steps = [
        {"spent": 0},
        {"choose": [str(SENT[0])]},
        {"spent": 0},
        {"choose": list(map(str, SENT))},
        {"spent": 0},
    ]
    order = {
        "folder": str(folder / "sida"),
        "chromium": shutil.which("chromium"),
        "from": "server",
        "steps": steps,
    }
    (folder / "order.json").write_text(json.dumps(order), encoding="utf-8")
    command = ["node", str(CLIENT / "use.mjs"), str(folder / "order.json")]
    seen = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return {"ready": seen["ready"], "spent": seen["steps"][::2]}


def in_cpython() -> float:
    """Seconds of processor time for a file, found and marked, once all is loaded."""
    tab = Tab({number: load_year(ROOT / "templates", number) for number in (2020, 2021)})
    tab.check_and_mark(SENT[0].name, SENT[0].read_bytes())
    start = time.process_time()
    for path in SENT:
        tab.check_and_mark(path.name, path.read_bytes())
    return (time.process_time() - start) / len(SENT)


def command(files: Sequence[Path]) -> float:
    """Seconds of processor time for the command, its start and its child processes among them."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryDirectory() as root:
        shutil.copytree(ROOT / "templates", Path(root) / "templates")
        order = [
            sys.executable,
            "-m",
            "toolkit",
            "check",
            "--quiet",
            "--root",
            root,
            *map(str, files),
        ]
        subprocess.run(order, cwd=ROOT, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
