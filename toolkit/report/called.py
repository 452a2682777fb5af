"""What the functions of the chapters' language are given, also within macros with what those are
given where they are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from toolkit.report.arguments import Argument, Arguments, NameFault
from toolkit.report.meanings import literals

_DEEPEST = 3  # macros that call macros


def faults_of_calls(template: nodes.Template, arguments: Arguments) -> Iterator[NameFault]:
    """What is wrong in what all functions of a chapter are given."""
    yield from _calls(template, arguments, _Macros.of(template))


@dataclass(frozen=True)
class _Macros:
    """The macros of a chapter, and what the parameters of the one that is looked into stand
    for."""

    known: Mapping[str, nodes.Macro]
    given: Mapping[str, nodes.Expr] = field(default_factory=dict)
    depth: int = 0

    @classmethod
    def of(cls, template: nodes.Template) -> _Macros:
        known = {macro.name: macro for macro in template.find_all(nodes.Macro)}
        return cls(known, _constants(template))

    def called(self, macro: nodes.Macro, call: nodes.Call) -> _Macros:
        """The same, inside a macro that is called so."""
        own = {name.name for name in macro.args}
        given = {name: value for name, value in self.given.items() if name not in own}
        # Jinja's defaults belong to the last of the arguments.
        usual = macro.args[len(macro.args) - len(macro.defaults) :]
        given |= {name.name: value for name, value in zip(usual, macro.defaults, strict=True)}
        for name, argument in zip(macro.args, call.args, strict=False):
            given[name.name] = self.value(argument)
        given |= {one.key: self.value(one.value) for one in call.kwargs}
        return _Macros(self.known, given, self.depth + 1)

    def value(self, argument: nodes.Expr) -> nodes.Expr:
        """What an argument stands for, where it is a parameter."""
        if isinstance(argument, nodes.Name):
            return self.given.get(argument.name, argument)
        return argument


def _constants(template: nodes.Template) -> dict[str, nodes.Expr]:
    """The names that are set once, to what is written out, or to each of a list of it."""
    every = [name.name for name in template.find_all(nodes.Name) if name.ctx != "load"]
    found: dict[str, nodes.Expr] = dict(_looped(template))
    for assigned in template.find_all(nodes.Assign):
        target, value = assigned.target, assigned.node
        if isinstance(target, nodes.Name) and isinstance(value, nodes.Expr):
            found[target.name] = value
    return {name: value for name, value in found.items() if every.count(name) == 1}


def _looped(template: nodes.Template) -> Iterator[tuple[str, nodes.Expr]]:
    """The names that stand for each of a list that is written out."""
    for loop in template.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name) and isinstance(loop.iter, nodes.List | nodes.Tuple):
            yield loop.target.name, loop.iter


def _calls(where: nodes.Node, arguments: Arguments, macros: _Macros) -> Iterator[NameFault]:
    """All that is called, also in macros with what they are given."""
    for call in where.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name):
            continue
        yield from _empty_lists(call)
        macro = macros.known.get(call.node.name)
        if macro is None:
            yield from arguments.faults(call.node.name, _arguments(call, macros))
        elif macros.depth < _DEEPEST:
            yield from _calls(macro, arguments, macros.called(macro, call))


def _empty_lists(call: nodes.Call) -> Iterator[NameFault]:
    """Conditions that nothing can meet."""
    for one in call.kwargs:
        if isinstance(one.value, nodes.List | nodes.Tuple) and not one.value.items:
            yield NameFault(one.lineno, "tom_lista", {"namn": one.key})


def _arguments(call: nodes.Call, macros: _Macros) -> list[Argument]:
    """The arguments of a call with the literals that each can be."""
    found = [Argument("", call.lineno, literals(macros.value(one))) for one in call.args]
    for one in call.kwargs:
        found.append(Argument(one.key, one.lineno, literals(macros.value(one.value))))
    return found
