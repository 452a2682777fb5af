"""How the code is measured: length, branching, folding, and the names of types."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.Assert, ast.match_case)


@dataclass(frozen=True)
class Function:
    """A function or method, and where it stands, `toolkit.words.amounts:12 parse`."""

    name: str
    node: FunctionNode


def functions(module: str, tree: ast.Module) -> Iterator[Function]:
    """Every function, those inside others too."""
    for node in ast.walk(tree):
        if isinstance(node, FunctionNode):
            yield Function(f"{module}:{node.lineno} {node.name}", node)


def body_length(node: FunctionNode) -> int:
    """The lines of a function without its head and its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


def complexity(node: ast.AST) -> int:
    """The number of ways through a function (cyclomatic): one, and one for each branch, each further
    operand of `and` and `or`, and each loop and condition of a comprehension. Functions and classes
    inside it count for themselves."""
    return 1 + sum(_branches(child) for child in _own(node))


def _own(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FunctionNode | ast.ClassDef):
            yield child
            yield from _own(child)


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, BRANCHES))


def folded(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the kind of each expression that a reader must decode."""
    for node in ast.walk(tree):
        if isinstance(node, COMPREHENSIONS):
            yield from ((node.lineno, why) for why in _folds(node.generators))
        elif isinstance(node, ast.IfExp) and _holds_another(node):
            yield node.lineno, "a conditional expression in another"


def _folds(generators: Sequence[ast.comprehension]) -> Iterator[str]:
    if len(generators) > 1:
        yield "a comprehension with two loops"
    if any(len(generator.ifs) > 1 for generator in generators):
        yield "a comprehension with two conditions"


def _holds_another(node: ast.IfExp) -> bool:
    return any(isinstance(inner, ast.IfExp) for inner in ast.walk(node) if inner is not node)


def named_types(tree: ast.AST) -> Iterator[str]:
    """The names of classes, and of aliases of types (`Rows = dict[str, int]`)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.AnnAssign) and _is_type_alias(node):
            yield ast.unparse(node.target)
        elif isinstance(node, ast.Assign) and _names_a_type(node):
            yield ast.unparse(node.targets[0])


def _is_type_alias(node: ast.AnnAssign) -> bool:
    return ast.unparse(node.annotation).endswith("TypeAlias")


def _names_a_type(node: ast.Assign) -> bool:
    target = node.targets[0]
    kinds = (ast.Subscript, ast.Name, ast.Attribute, ast.BinOp)
    if not isinstance(target, ast.Name) or not isinstance(node.value, kinds):
        return False
    return target.id[0].isupper() and not target.id.isupper()


def percentile(numbers: Sequence[int], share: int) -> int:
    """The smallest number that at least `share` per cent of the numbers do not exceed."""
    return sorted(numbers)[max(0, -(-len(numbers) * share // 100) - 1)]
