"""The browser's modules as one script: a page that is opened from a disk may not load modules from files beside it."""

import re
from pathlib import Path

IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[^"]+)"\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const|let) (\w+))", re.MULTILINE)
NOTHING = re.compile(r"^export \{\}\n", re.MULTILINE)


def bundle(entry: Path) -> str:
    """An expression for what the module `entry` exports, with all modules that it needs inside, in the order of need.

    Imports must name what they import and be without a circle, as the linter demands. Where a module asks for its own
    address, it gets that of the page.

    Raises:
      ValueError: a module imports or exports in a way that is not known here.
    """
    order: list[Path] = []
    _visit(entry.resolve(), order)
    modules = "\n".join(_wrapped(path, order) for path in order)
    return f"(() => {{\n{modules}\nreturn {name_of(order[-1], order)}\n}})()"


def _visit(path: Path, order: list[Path]) -> None:
    for _, address in IMPORT.findall(_text(path)):
        _visit((path.parent / address).resolve(), order)
    if path not in order:
        order.append(path)


def name_of(path: Path, order: list[Path]) -> str:
    """What a module is called in the script."""
    return f"module{order.index(path)}"


def _wrapped(path: Path, order: list[Path]) -> str:
    """A module as a constant that holds what it exports."""

    def taken(found: re.Match[str]) -> str:
        names, address = found.groups()
        source = name_of((path.parent / address).resolve(), order)
        renamed = names.replace(" as ", ": ")
        return f"const {renamed} = {source}\n"

    text = NOTHING.sub("", _text(path))
    exported = EXPORT.findall(text)
    body = EXPORT.sub("", IMPORT.sub(taken, text)).replace("import.meta.url", "document.baseURI")
    if left := re.search(r"^(import|export)\b.*", body, re.MULTILINE):
        raise ValueError(f"{path.name} has {left.group()!r}; allowed: import {{ … }} from, export of a declaration")
    return f"const {name_of(path, order)} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }}\n}})()"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
