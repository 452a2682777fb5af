"""Installed from a wheel into an empty folder, `lansrapport init` lays out a working folder that works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT


@pytest.mark.slow
class DescribeTheWheel:
    def it_carries_the_templates_and_works_on_its_own(self, tmp_path):
        source = tmp_path / "kod"
        for name in ("toolkit", "templates"):
            shutil.copytree(
                ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        for name in ("setup.cfg", "setup.py", "pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, source)
        build = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(tmp_path),
            str(source),
        ]
        subprocess.run(build, check=True, capture_output=True)
        wheel = next(tmp_path.glob("lansrapport-*.whl"))
        names = zipfile.ZipFile(wheel).namelist()
        for name in (
            "arbetsbok.yaml",
            "meddelanden.yaml",
            "rapport.docx",
            "report/02-uppdrag.md.j2",
            "texter/mall.yaml",
        ):
            assert f"toolkit/shipped/2020/{name}" in names
        assert "toolkit/cli/terminal.yaml" in names

        site, folder = tmp_path / "site", tmp_path / "arbete"
        install = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            str(site),
            str(wheel),
        ]
        subprocess.run(install, check=True, capture_output=True)
        folder.mkdir()
        environment = {**os.environ, "PYTHONPATH": str(site)}
        for arguments in (["init"], ["templates", "2020", "--county", "12"]):
            command = [sys.executable, "-m", "toolkit", *arguments]
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, cwd=folder, env=environment
            )
            assert done.returncode == 0, done.stderr
        assert (folder / "outputs/2020/templates/12-Skåne.xlsx").is_file()
        where = subprocess.run(
            [sys.executable, "-c", "import toolkit; print(toolkit.__file__)"],
            capture_output=True, text=True, check=True, cwd=folder, env=environment,
        )  # fmt: skip
        assert where.stdout.startswith(str(site))
