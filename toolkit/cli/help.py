"""What `--help` shows, in Swedish all of it: typer's own frame is in English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from toolkit.cli.sayings import TEXTS
from toolkit.cli.usage import command_names

_Command = Callable[..., int]
_PLACES = TEXTS.part("hjalp.plats").entries
_HELP = TEXTS.part("hjalp.ram")


class _CommandHelp(TyperCommand):
    """A command whose help is in Swedish."""

    def get_help(self, ctx: Any) -> str:
        """The whole text."""
        return help_text(self, ctx, ())


class _GroupHelp(TyperGroup):
    """A command with others below it, whose help is in Swedish."""

    def get_help(self, ctx: Any) -> str:
        """The whole text."""
        return help_text(self, ctx, [(name, one.help or "") for name, one in self.commands.items()])


def help_text(command: Any, ctx: Any, below: Sequence[tuple[str, str]]) -> str:
    """How a command is written, what it does, and what it takes; `below` are the commands below
    it."""
    arguments, options = _parameters(command, ctx)
    formatter = ctx.make_formatter()
    path = " ".join(["lansrapport", *command_names(ctx)])
    rest = [_HELP("kommando")] if below else []
    usage = " ".join([_HELP("tillval_kort"), *(name for name, _ in arguments), *rest])
    formatter.write_usage(path, usage, prefix=f"{_HELP('anvandning')} ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(command.help or "")
    parts = {"argument": arguments, "tillval": options, "kommandon": below}
    for name, rows in parts.items():
        if rows:
            with formatter.section(_HELP(name)):
                formatter.write_dl(rows)
    return str(formatter.getvalue()).rstrip("\n")


def _parameters(command: Any, ctx: Any) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The arguments and the options, each as it is written and what it is for."""
    arguments, options = [], []
    for one in command.get_params(ctx):
        if one.param_type_name == "argument":
            arguments.append((_place_of(one), one.help or ""))
        elif not one.hidden:
            options.append((_written(one), _told(one)))
    return arguments, options


def _place_of(argument: Any) -> str:
    """`ÅR`, `FIL...`, `[MAPP]`."""
    name = argument.metavar or _PLACES.get(argument.name, argument.name.upper())
    several = f"{name}..." if argument.nargs != 1 else name
    return several if argument.required else f"[{several}]"


def _written(option: Any) -> str:
    """`-V, --version`, `--county KOD`."""
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {_PLACES.get(option.name, option.name.upper())}"


def _told(option: Any) -> str:
    """What it is for; of an option that has to be there, that it has."""
    told = _HELP("hjalp") if "--help" in option.opts else option.help or ""
    return f"{told} {_HELP('kravs')}" if option.required else told


def new_app(help_name: str) -> typer.Typer:
    """A program, or a group of commands below it. `help_name` is the name of its help's text."""
    return typer.Typer(
        cls=_GroupHelp,
        help=TEXTS(help_name),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


def commands_of(app: typer.Typer) -> Callable[..., Callable[[_Command], _Command]]:
    """What makes a function a command of the program."""
    return partial(app.command, cls=_CommandHelp)


def help_asked_for(error: Exception) -> str | None:
    """The help, where a command was written alone that has others below it; None for any other
    error."""
    if type(error).__name__ != "NoArgsIsHelpError":
        return None
    first = "" if command_names(getattr(error, "ctx", None)) else f"\n\n{TEXTS('hjalp.forsta')}"
    return f"{error}{first}"
