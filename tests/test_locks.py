"""Two locks: what runs, and what develops beside it. Everything is pinned, with hashes, for every system."""

from __future__ import annotations

import configparser
import re
import runpy
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires

import pytest
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

from tests.conftest import ROOT

RUNS, DEVELOPS = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("requirements.lock", "requirements-dev.lock")
)
ENTRY = re.compile(
    r"^([a-z0-9-]+)==(\S+).*\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", re.MULTILINE
)
CONFIG = configparser.ConfigParser()
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")
WHEELS = runpy.run_path(str(ROOT / ".ci/wheels.py"))


def names(lock):
    return {name for name, _, _ in ENTRY.findall(lock)}


def asked_for(text):
    return {canonicalize_name(Requirement(line).name) for line in text.split("\n") if line.strip()}


def needed_by(roots):
    """Packages, and all that they ask for, as far as they are installed here."""
    found, left = set(), set(roots)
    while left:
        name = left.pop()
        found.add(name)
        try:
            asked = [Requirement(line) for line in requires(name) or ()]
        except PackageNotFoundError:  # of another system
            continue
        plain = [one for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})]
        left |= {canonicalize_name(one.name) for one in plain} - found
    return found


class DescribeTheTwoLocks:
    @pytest.mark.parametrize("lock", [RUNS, DEVELOPS], ids=["runs", "develops"])
    def it_pins_every_package_with_hashes(self, lock):
        lines = [line for line in lock.split("\n") if re.match(r"[a-z0-9]", line)]
        assert len(ENTRY.findall(lock)) == len(lines)

    def it_has_all_that_runs_in_the_one_and_nothing_else(self):
        runs = needed_by(asked_for(CONFIG["options"]["install_requires"]))
        other_systems = {"colorama", "tzdata"}
        assert runs | other_systems == names(RUNS) | other_systems

    def it_has_what_develops_in_the_other(self):
        dev = needed_by(asked_for(CONFIG["options.extras_require"]["dev"]))
        assert dev <= names(RUNS) | names(DEVELOPS)
        assert names(RUNS).isdisjoint(names(DEVELOPS))
        assert {"pytest", "mypy", "ruff"} <= names(DEVELOPS)

    def it_installs_both_with_make(self):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert "--require-hashes -r requirements.lock -r requirements-dev.lock" in makefile

    def it_needs_nothing_for_pdf_that_an_old_macos_does_not_have(self):
        assert {"pikepdf", "pillow"}.isdisjoint(names(RUNS))
        code = (
            "import sys; sys.modules['pikepdf'] = None\n"
            "from toolkit.year.documents import need_office\n"
            "from toolkit.cli.stopped import reason_of\n"
            "try:\n    need_office()\nexcept Exception as error:\n    print(reason_of(error))\n"
        )
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            encoding="utf-8",
        )
        assert done.stdout.startswith("PDF kräver tillägget pdf, som inte är installerat.")


class DescribeTheLookForWheels:
    @pytest.mark.parametrize(
        ("system", "python", "numpy", "colorama"),
        [
            ("Windows", "3.11", "2.4.6", True),
            ("Windows", "3.15", "2.5.5", True),
            ("macOS 12, Apple", "3.13", "2.5.5", False),
        ],
    )
    def it_asks_for_what_the_system_and_the_version_need(self, system, python, numpy, colorama):
        found = WHEELS["wanted"](RUNS, WHEELS["Target"](system, python))
        assert [one for one in found if one.startswith("numpy")] == [f"numpy=={numpy}"]
        assert any(one.startswith("colorama") for one in found) is colorama
        assert not any(";" in one for one in found)

    def it_has_no_time_left_to_ask_when_there_is_none(self):
        assert WHEELS["lacking"](RUNS, WHEELS["Target"]("Windows", "3.13"), 0) is None
