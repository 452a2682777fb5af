"""The page in Chromium: made of the real parts, and used as a person would."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.files.errors import CannotBeDone
from toolkit.web.parts import read_parts
from toolkit.year.inputs import newest_inputs
from toolkit.year.web import write_web

CLIENT = ROOT / "tests/clients/browser"


@pytest.fixture(scope="package")
def chromium():
    found = shutil.which("chromium")
    if found is None or shutil.which("node") is None:
        pytest.skip("chromium or node is not installed")
    if not (CLIENT / "node_modules/playwright-core").is_dir():
        pytest.skip("playwright-core is not installed (npm ci --prefix tests/clients/browser)")
    return found


@pytest.fixture(scope="package")
def page(chromium, tmp_path_factory):
    """The folder, made of the real parts."""
    try:
        read_parts(CLIENT / "parts")
    except CannotBeDone as error:
        pytest.skip(
            f"the parts of the page are missing ({error.name}: tests/clients/browser/get-parts)"
        )
    target = tmp_path_factory.mktemp("sida")
    write_web(newest_inputs(ROOT), target, CLIENT / "parts")
    return target


@pytest.fixture(scope="package")
def use(chromium, tmp_path_factory):
    """Uses a page and gives what was seen."""

    def run(folder: Path, *steps: dict, **more: object) -> dict:
        order = {
            "folder": str(folder),
            "chromium": chromium,
            "from": "server",
            "steps": steps,
            **more,
        }
        path = tmp_path_factory.mktemp("order") / "order.json"
        path.write_text(json.dumps(order), encoding="utf-8")
        command = ["node", str(CLIENT / "use.mjs"), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
