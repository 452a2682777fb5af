"""What `--help` shows: Swedish all of it, for every command."""

from __future__ import annotations

import json
import re

import pytest
import typer

from tests.cli.test_cli import lansrapport
from toolkit.cli.commands import app
from toolkit.cli.sayings import TEXTS

ENGLISH = re.compile(
    r"Usage|Options|Arguments|Commands?\b|Show this|required|default|<\w+>|\bINTEGER|\bPATH\b|\bTEXT\b"
)
COMMANDS = ["init", "new", "templates", "check", "merge", "finance", "report", "explain", "verify", "status", "remind", "run", "archive", "reproduce", "diff", "completion", "web", "migrate",
            "refill", "spec", "spec diff", "spec check", "spec doc"]  # fmt: skip


@pytest.mark.parametrize("command", ["", *COMMANDS])
def it_is_in_swedish(command, tmp_path):
    done = lansrapport(*command.split(), "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        f"Så här skrivs det: {' '.join(['lansrapport', *command.split()])} [TILLVAL]"
    )
    assert "Visa den här hjälpen." in done.stdout
    assert ENGLISH.findall(done.stdout) == []


def it_says_how_arguments_and_options_are_written(tmp_path):
    lines = lansrapport("migrate", "--help", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "Så här skrivs det: lansrapport migrate [TILLVAL] FIL"
    assert "  --to ÅR        Året som arbetsboken ska flyttas till. Måste anges." in lines


def it_names_all_commands_and_a_first_step_when_none_is_given(tmp_path):
    said = lansrapport(cwd=tmp_path).stdout
    assert re.findall(r"^  ([a-z]+)  ", said, re.MULTILINE) == [
        one for one in COMMANDS if " " not in one
    ]
    assert said.endswith(
        "Första gången: kör ”lansrapport init” i en tom mapp, och sedan ”lansrapport new ÅR”.\n"
    )


class DescribeTheOptionsOfEveryCommand:
    def it_can_be_quiet(self, tmp_path):
        done = lansrapport("init", "-q", cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        done = lansrapport("templates", "1999", "--quiet", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("Det gick inte: Det finns ingen mapp templates/1999")

    def it_can_name_every_file(self, tmp_path):
        lansrapport("init", cwd=tmp_path)
        done = lansrapport("templates", "2020", "--county", "12", "-v", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (
            0,
            "Skriven: outputs/2020/templates/12-Skåne.xlsx\n",
        )

    def it_can_give_objects_of_what_it_finds_and_writes(self, tmp_path):
        lansrapport("init", cwd=tmp_path)
        (tmp_path / "inputs/2020/avsteg.xlsx").write_bytes(b"ingen arbetsbok")
        done = lansrapport("merge", "2020", "--json", cwd=tmp_path)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        (said,) = (one for one in found if "severity" in one)
        assert (done.returncode, said["severity"], said["file"]) == (1, "ERROR", "avsteg.xlsx")
        assert len(next(one["counties"] for one in found if one.get("state") == "missing")) == 21
        assert {"written": "outputs/2020/internt/sammanstallning.xlsx"} in found

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["check", "--json=3", "x"], "Tillvalet --json tar inget värde."),
            (["report", "2020", "-x"], "Kommandot har inget tillval -x."),
            (["report", "2020", "-dx"], "Kommandot har inget tillval -d."),
            (["-"], "Det finns inget sådant kommando."),
            (["remid", "2020"], "Det finns inget sådant kommando. Menade ni ”remind”?"),
        ],
    )
    def it_never_ends_in_a_traceback_when_they_are_wrong(self, tmp_path, arguments, said):
        done = lansrapport(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(f"Det gick inte: {said}")


def _registered(program):
    found = [one.callback.__name__ for one in program.registered_commands]
    for below in program.registered_groups:
        found += _registered(below.typer_instance)
    return found


@pytest.mark.parametrize("step", _registered(app))
def it_has_a_name_for_every_step_that_can_fail(step):
    """A fault of ours is told with the step that it stopped at."""
    assert TEXTS(f"fel.verktyg.steg_namn.{step}")


def arguments_of(command, path=()):
    """Every argument of every command that has to be there, with the command's words."""
    for name, one in getattr(command, "commands", {}).items():
        yield from arguments_of(one, (*path, name))
    for one in command.params:
        if one.param_type_name == "argument" and one.required:
            yield (*path,), one


NEEDED = [(" ".join(path), one.name) for path, one in arguments_of(typer.main.get_command(app))]


@pytest.mark.parametrize(("command", "argument"), NEEDED)
def it_names_every_argument_that_is_not_there(command, argument):
    assert TEXTS(f"fel.kommando.namn.{argument}")


@pytest.mark.parametrize("command", sorted({command for command, _ in NEEDED}))
def it_says_what_is_missing_of_a_command_without_its_arguments(command, tmp_path):
    done = lansrapport(*command.split(), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert " saknas i kommandot. Skriv ”lansrapport " in done.stderr


def it_asks_for_files_where_files_are_compared(tmp_path):
    said = (
        lansrapport("diff", cwd=tmp_path).stderr
        + lansrapport("diff", "a.xlsx", cwd=tmp_path).stderr
    )
    assert re.findall(r"Den \w+ filen saknas", said) == [
        "Den tidigare filen saknas",
        "Den senare filen saknas",
    ]
