"""Which sentences can be raised below the window, read from the source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import crimeview

PACKAGE = Path(crimeview.__file__).parent
ERRORS = ("CrimeviewError", "MediaError", "ModelError", "CaseError", "LibraryError", "UsageError")
_HOLE = "\0"  # stands for what is put into a sentence


@dataclass(frozen=True, slots=True, order=True)
class Raised:
    """A sentence with `{}` for what is put into it, and the module (dotted) that raises it."""

    module: str
    sentence: str


def reached_by_the_window() -> frozenset[str]:
    """The modules that those of the window import, at once or where they are needed."""
    found: set[str] = set()
    waiting = [name for name in _modules() if name.startswith("crimeview.gui")]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imports(name)
    return frozenset(found)


def raised_in(module: str) -> Iterator[Raised]:
    """What is raised there as an error that a person is told."""
    tree = _tree(module)
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_error(node.func, names) and node.args:
            for sentence in _sentences(node.args[0], _texts_around(tree, node)):
                yield Raised(module, sentence)


@cache
def _modules() -> dict[str, Path]:
    return {
        ".".join(("crimeview", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
            ".__init__"
        ): path
        for path in PACKAGE.rglob("*.py")
    }


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_modules()[module].read_text("utf-8"))


def _imports(module: str) -> Iterator[str]:
    """Not those for types alone."""
    for node in _run(_tree(module)):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in _modules())
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name for name in (node.module, *named) if name in _modules())


def _run(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _run(child)


def _names(tree: ast.Module) -> frozenset[str]:
    """The errors, and what is made of them in this module."""
    made = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and any(_last(base) in ERRORS for base in node.bases)
    }
    return frozenset({*ERRORS, *made})


def _last(node: ast.AST) -> str:
    return ast.unparse(node).split(".")[-1]


def _is_error(func: ast.AST, names: frozenset[str]) -> bool:
    return _last(func) in names


def _texts_around(tree: ast.Module, call: ast.Call) -> dict[str, list[ast.expr]]:
    """What the names of the function that the call stands in were given."""
    texts: dict[str, list[ast.expr]] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if not any(node is call for node in ast.walk(function)):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                texts.setdefault(node.targets[0].id, []).append(node.value)
    return texts


def _sentences(node: ast.expr, texts: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The forms that an expression can take; none where it is no text that stands here."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        case ast.IfExp():
            yield from _sentences(node.body, texts)
            yield from _sentences(node.orelse, texts)
        case ast.BinOp(op=ast.Add()):
            for left in _sentences(node.left, texts):
                for right in _sentences(node.right, texts):
                    yield left + right
        case ast.Name(id=name):
            for given in texts.get(name, []):
                if not isinstance(given, ast.Name):
                    yield from _sentences(given, texts)
