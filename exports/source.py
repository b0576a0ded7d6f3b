"""The source of a declaration, and of all of ours that it needs, so that it runs when it is pasted elsewhere."""

import ast
import copy
import inspect
import sys
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from catalogue import Entry

ROOT = Path(__file__).parents[1]
Values = Mapping[str, ast.expr]


@dataclass
class Definitions:
    """Imports, and the functions and constants that follow them, by name and in the order in which they need each other."""

    imports: dict[str, None] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, node: ast.stmt) -> None:
        """One definition.

        Raises:
          ValueError: another one has its name.
        """
        text = ast.unparse(_bare(node))
        if self.texts.setdefault(name, text) != text:
            raise ValueError(f"two definitions are called {name}")


def call(entry: Entry, field_name: str, home: Any, values: Values, definitions: Definitions) -> ast.expr:
    """What an entry declares under a name, called with `values`; what it needs is added to `definitions`.

    A function that only returns an expression is written as that expression, with the values in the places of its
    arguments.

    Args:
      home: a function of the file that declares the entry.
      values: the arguments by name, as expressions.
    """
    module = _module(home.__module__)
    declared = _declared(module, entry, field_name)
    if isinstance(declared, ast.Lambda):
        return _filled_in(module, declared.body, values, definitions)
    if isinstance(declared, ast.Name) and isinstance(function := module.names.get(declared.id), ast.FunctionDef):
        *before, last = _without_words(function.body)
        if not before and isinstance(last, ast.Return) and last.value is not None:
            return _filled_in(module, last.value, values, definitions)
        _add_needed(module, function, definitions)
        definitions.add(entry.slug, _renamed(function, entry.slug))
        declared = ast.Name(entry.slug)
    else:
        _add_needed(module, declared, definitions)
    return ast.Call(declared, [], [ast.keyword(name, value) for name, value in values.items()])


def add_function(function: Any, name: str, definitions: Definitions) -> None:
    """A function of ours under a name, with everything that it needs."""
    module = _module(function.__module__)
    node = module.names[function.__name__]
    assert isinstance(node, ast.FunctionDef)
    _add_needed(module, node, definitions)
    definitions.add(name, _renamed(node, name))


@dataclass(frozen=True)
class _Module:
    """A file taken apart: what its names stand for."""

    tree: ast.Module
    names: Mapping[str, ast.stmt]


@lru_cache(maxsize=256)
def _module(name: str) -> _Module:
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    names: dict[str, ast.stmt] = {}
    for node in tree.body:
        for defined in _defined(node):
            names[defined] = node
    return _Module(tree, names)


def _defined(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of a file defines."""
    if isinstance(node, ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.Assign):
        yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _declared(module: _Module, entry: Entry, field_name: str) -> ast.expr:
    """The expression that stands in the declaration of an entry."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            slug = given.get("slug")
            if isinstance(slug, ast.Constant) and slug.value == entry.slug and field_name in given:
                return given[field_name]
    raise ValueError(f"{entry.label} is not declared in a file of the catalogue, so its source is not known")


def _filled_in(module: _Module, expression: ast.expr, values: Values, definitions: Definitions) -> ast.expr:
    """An expression with values in the places of names."""
    _add_needed(module, expression, definitions, without=set(values))
    return fill_in(ast.unparse(expression), values)


def fill_in(text: str, values: Values) -> ast.expr:
    """An expression that is written in a declaration, with values in the places of names."""
    return ast.fix_missing_locations(_FillIn(values).visit(ast.parse(text, mode="eval").body))


class _FillIn(ast.NodeTransformer):
    def __init__(self, values: Values) -> None:
        self.values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.values.get(node.id, node)


def _add_needed(module: _Module, node: ast.AST, definitions: Definitions, without: Set[str] = frozenset()) -> None:
    """What a piece of source needs of its file, and of the files from which that imports it."""
    parts = list(ast.walk(_bare(node) if isinstance(node, ast.FunctionDef) else node))
    names = [part for part in parts if isinstance(part, ast.Name)]
    own = {part.arg for part in parts if isinstance(part, ast.arg)}
    own |= {part.id for part in names if isinstance(part.ctx, ast.Store)}
    for name in dict.fromkeys(part.id for part in names):
        if name in module.names and name not in own | without:
            _add(module, name, definitions)


def _add(module: _Module, name: str, definitions: Definitions) -> None:
    node = module.names[name]
    if isinstance(node, ast.ImportFrom) and (ROOT / (node.module or "").partition(".")[0]).is_dir():
        assert node.module is not None
        _add(_module(node.module), name, definitions)
    elif isinstance(node, ast.Import | ast.ImportFrom):
        definitions.imports[ast.unparse(node)] = None
    else:
        if name not in definitions.texts:
            _add_needed(module, node, definitions)
        definitions.add(name, node)


def _bare(node: ast.stmt) -> ast.stmt:
    """A definition without its words and without the types of its arguments, for which nothing is imported."""
    if not isinstance(node, ast.FunctionDef):
        return node
    bare = copy.copy(node)
    bare.body, bare.returns = _without_words(node.body), None
    bare.args = copy.copy(node.args)
    bare.args.args = [ast.arg(one.arg) for one in node.args.args]
    bare.args.kwonlyargs = [ast.arg(one.arg) for one in node.args.kwonlyargs]
    return ast.fix_missing_locations(bare)


def _renamed(node: ast.FunctionDef, name: str) -> ast.FunctionDef:
    renamed = copy.copy(node)
    renamed.name = name
    return renamed


def _without_words(body: list[ast.stmt]) -> list[ast.stmt]:
    is_words = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1:] if is_words else body
