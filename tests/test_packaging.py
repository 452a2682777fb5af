"""The wheel, installed where nothing of this repository is in reach, does everything.

An editable install puts a finder into its environment that supplies whatever package the wheel has
forgotten. So the wheel is tried in an environment of its own, which borrows other people's packages
and nothing else; `.ci/run` does the same with packages that pip installs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

COMMANDS = [
    (["init"], 0),
    (["templates", "2020", "--county", "12"], 0),
    (["check", "inputs/2020/submissions"], 1),
    (["run", "2020"], 1),
]
"""What is run in the empty folder, and the exit code: one of the two counties has errors."""
SUBMISSIONS = ("Redovisning Blekinge 2020.xlsx", "Redovisning Skåne 2020.xlsx")
SHIPPED = (
    "arbetsbok.yaml",
    "meddelanden.yaml",
    "rapport.docx",
    "report/02-uppdrag.md.j2",
    "texter/mall.yaml",
)


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that no build folder is left in the repository."""
    place = tmp_path_factory.mktemp("hjul")
    source = place / "kod"
    for name in ("toolkit", "templates"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(place), str(source))
    return next(place.glob("lansrapport-*.whl"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment with the wheel in it."""
    place = tmp_path_factory.mktemp("miljö")
    venv.create(place, with_pip=False, symlinks=sys.platform != "win32")
    programs = place / ("Scripts" if sys.platform == "win32" else "bin")
    _pip("--python", str(programs / "python"), "install", "--no-deps", "--no-index", str(wheel))
    # A .pth file adds a folder to the path, but the .pth files in that folder are not read: the
    # editable finder stays behind.
    site = next(path for path in place.rglob("site-packages") if path.is_dir())
    (site / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return programs


def _python(scripts: Path, code: str, folder: Path) -> str:
    command = [scripts / "python", "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=True, cwd=folder
    )
    return done.stdout.strip()


@pytest.mark.slow
class DescribeTheWheel:
    def it_carries_every_module_and_every_file_beside_one(self, wheel):
        names = set(zipfile.ZipFile(wheel).namelist())
        own = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "toolkit").rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        assert own <= names

    def it_carries_the_templates(self, wheel):
        names = zipfile.ZipFile(wheel).namelist()
        assert {f"toolkit/shipped/2020/{name}" for name in SHIPPED} <= set(names)

    def it_is_what_runs_in_the_new_environment(self, scripts, tmp_path):
        where = _python(scripts, "import toolkit; print(toolkit.__file__)", tmp_path)
        assert Path(where).is_relative_to(scripts.parent)
        loaded = _python(scripts, "import sys; print(*sys.modules, *sys.meta_path)", tmp_path)
        assert not re.search("editable", loaded, re.IGNORECASE)

    def it_does_everything_in_an_empty_folder(self, scripts, tmp_path):
        for arguments, code in COMMANDS:
            done = subprocess.run(
                [scripts / "lansrapport", *arguments],
                capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path,
            )  # fmt: skip
            assert done.returncode == code, done.stdout + done.stderr
            if arguments == ["init"]:
                target = tmp_path / "inputs/2020/submissions"
                for name in SUBMISSIONS:
                    shutil.copy(ROOT / "inputs/2020/submissions" / name, target)
        made = tmp_path / "outputs/2020"
        for name in (
            "templates/12-Skåne.xlsx",
            "returns/12-Skåne.xlsx",
            "publicering/rapport.docx",
            "internt/ekonomi.xlsx",
        ):
            assert (made / name).is_file(), name
