"""Whether everything in requirements.lock is there as a wheel, for every system and version of Python that the toolkit is
to run on: nobody who installs it has a compiler.

    python .ci/wheels.py [--seconds N] [--only 3.13 ...]

pip resolves each; nothing is installed, and only what describes the packages is fetched. Ends with 1 when a wheel is
lacking; with 0, and a word, when the index cannot be reached or the time is out: what was not looked at is said."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from pip._vendor.packaging.requirements import Requirement

LOCK = Path(__file__).parents[1] / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13", "3.14", "3.15")
SYSTEMS = {
    # What its wheels may be named for (of macOS pip knows the earlier ones), and what markers call it.
    "Windows": (("win_amd64",), "win32", "Windows"),
    "macOS 12, Apple": (("macosx_12_0_arm64",), "darwin", "Darwin"),
    "macOS 12, Intel": (("macosx_12_0_x86_64",), "darwin", "Darwin"),
    "Linux, x86_64": (("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"), "linux", "Linux"),
    "Linux, aarch64": (("manylinux_2_28_aarch64", "manylinux_2_27_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"), "linux", "Linux"),
}  # fmt: skip
_PINNED = re.compile(r"^([A-Za-z0-9][^\\\n]*?)\s*\\?$", re.MULTILINE)
_UNREACHABLE = re.compile(
    r"NewConnectionError|ConnectTimeout|Connection refused|Name or service|ProxyError|SSLError|Max retries"
)


class Target(NamedTuple):
    """A system, and a version of Python on it."""

    system: str
    python: str


def pinned(lock: str) -> list[str]:
    """The requirements of a lock, with their markers and without hashes."""
    return _PINNED.findall(lock)


def wanted(lock: str, target: Target) -> list[str]:
    """What of a lock a target needs, without markers."""
    _, platform, system = SYSTEMS[target.system]
    told = {
        "python_version": target.python, "python_full_version": f"{target.python}.0", "sys_platform": platform,
        "platform_system": system, "os_name": "nt" if platform == "win32" else "posix", "implementation_name": "cpython",
        "platform_python_implementation": "CPython", "extra": "",
    }  # fmt: skip
    found = map(Requirement, pinned(lock))
    own = (one for one in found if one.marker is None or one.marker.evaluate(told))
    return [f"{one.name}{one.specifier}" for one in own]


def lacking(lock: str, target: Target, seconds: float) -> str | None:
    """What pip says when it does not find all wheels; empty when it does; None when it could not ask in time."""
    if seconds <= 0:
        return None
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "wanted.txt")
        listed.write_text("\n".join(wanted(lock, target)), encoding="utf-8")
        command = [
            sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed", "--no-deps", "--ignore-requires-python", "--retries", "1",
            "--only-binary=:all:", "--implementation", "cp", "--python-version", target.python, "--target", folder,
            "-r", str(listed),
        ]  # fmt: skip
        for name in SYSTEMS[target.system][0]:
            command += ["--platform", name]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            return None
    if done.returncode == 0:
        return ""
    if _UNREACHABLE.search(done.stderr):
        return None
    told = [line for line in done.stderr.split("\n") if line.startswith("ERROR")]
    return "; ".join(told) or done.stderr.strip()


def looked_at(
    lock: str, targets: Sequence[Target], seconds: float
) -> Iterator[tuple[Target, str | None]]:
    """Each target with what is lacking, a few at a time."""
    late = monotonic() + seconds
    with ThreadPoolExecutor(4) as pool:
        yield from zip(
            targets,
            pool.map(lambda one: lacking(lock, one, late - monotonic()), targets),
            strict=True,
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at all of them, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=300.0, help="how long all of it may take")
    parser.add_argument(
        "--only", nargs="*", default=PYTHONS, metavar="PYTHON", help="these versions alone"
    )
    given = parser.parse_args(arguments)
    targets = [Target(system, python) for python, system in product(given.only, SYSTEMS)]
    lock, wrong, unseen = LOCK.read_text(encoding="utf-8"), 0, []
    for target, told in looked_at(lock, targets, given.seconds):
        if told is None:
            unseen.append(target)
        elif told:
            wrong += 1
            print(f"{target.system}, Python {target.python}: {told}")
    print(
        f"wheels: {len(targets) - len(unseen) - wrong} of {len(targets)} systems and versions have all they need"
    )
    if unseen:
        names = "; ".join(f"{one.system}, Python {one.python}" for one in unseen)
        print(f"not looked at, since the index could not be reached or the time was out: {names}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
