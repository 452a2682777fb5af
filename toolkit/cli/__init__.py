"""The terminal: arguments, what is printed, exit codes."""

from toolkit.cli.commands import main

__all__ = ["main"]
