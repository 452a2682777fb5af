"""What README says is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    line for block in BLOCKS for line in block.splitlines() if line.startswith("lansrapport ")
]
MADE = {
    "templates": ["templates/12-Skåne.xlsx"], "check": ["returns/12-Skåne.xlsx"],
    "merge": ["sammanstallning.xlsx", "data/ekonomi.csv"], "finance": ["ekonomi.xlsx"], "report": ["rapport.docx"],
    "status": [], "spec": [], "refill": ["refilled/12-Skåne.xlsx", "refilled/12-Skåne.txt"], "run": ["rapport.docx", "ekonomi.xlsx", "sammanstallning.xlsx"],
}  # fmt: skip
DONE = {"templates", "finance", "report", "spec", "migrate", "refill"}
LATER = {
    "templates": ["templates/12-Skåne.xlsx"],
    "migrate": ["migrated/12-Skåne.xlsx", "migrated/12-Skåne.txt"],
    "spec": [],
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readme")
    for name in ("templates", "inputs"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


class DescribeReadme:
    @pytest.mark.slow
    @pytest.mark.parametrize("line", COMMANDS)
    def it_names_commands_that_do_what_it_says(self, root, line):
        arguments = shlex.split(line)[1:]
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=root,
        )
        expected = 0 if arguments[0] in DONE else 1
        assert done.returncode == expected, done.stdout + done.stderr
        for name in MADE[arguments[0]] if "2021" not in arguments else LATER[arguments[0]]:
            assert (
                root / "outputs" / ("2021" if "2021" in arguments else "2020") / name
            ).is_file(), name

    def it_names_every_command_there_is(self):
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", "--help"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        known = re.findall(r"^  ([a-z]+)  ", done.stdout, re.MULTILINE)
        assert len(known) == 13
        for name in known:
            assert f"`lansrapport {name} " in README, name

    def it_names_make_targets_that_exist(self):
        makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
        named = set(re.findall(r"^make (\w+)$", "\n".join(BLOCKS), re.MULTILINE))
        assert named == {"report", "test", "check", "bench", "example", "gallery"}
        for target in named:
            assert re.search(rf"^{target}:", makefile, re.MULTILINE)

    def it_says_that_amounts_are_invented(self):
        assert "Alla belopp per län" in README
        assert "påhittade" in README

    @pytest.mark.slow
    def it_makes_the_example_files_again_byte_for_byte(self, tmp_path):
        for name in ("templates", "inputs"):
            shutil.copytree(ROOT / name, tmp_path / name)
        made = [
            *(tmp_path / "inputs/2020/submissions").iterdir(),
            *(tmp_path / "inputs/2020/ledgers").iterdir(),
        ]
        before = {path: path.read_bytes() for path in made}
        for path in made:
            path.unlink()
        script = tmp_path / "inputs/2020/make_example.py"
        subprocess.run([sys.executable, str(script)], check=True, capture_output=True, cwd=ROOT)
        assert {path: path.read_bytes() for path in made} == before
