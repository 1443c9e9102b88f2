"""Reads modules as trees and says which rules of docs/architecture.md they break."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIERS = (
    ("config",),
    ("kernel",),
    ("web",),
    ("taxonomy",),  # docs/decisions/0002
    ("consent",),
    ("people",),
    ("accounts",),
    ("networks",),
    ("openings", "events", "discussions", "directory"),
    ("moderation", "notifications", "journey", "insights", "intake"),
    ("home", "admin", "demo"),
    ("app",),
    ("cli",),
)
WORDS = (
    "facts formats models policy queries calendar actions jobs forms views".split()
)  # `formats` reads foreign files, `calendar` writes them: words of openings and events
PURE = ("facts", "formats", "models", "policy", "queries", "calendar", "actions")
WITHOUT_WORDS = ("config", "kernel", "web", "taxonomy", "app", "cli")
COMMITS = "portal.kernel.db"
KEYS = "portal.kernel.keys"
FORBIDDEN = {"util", "utils", "helper", "helpers", "manager", "service", "services", "handle"}
FORBIDDEN |= {"handler", "handlers", "misc"}
FORBIDDEN_WHOLE = FORBIDDEN | {"data"}
LOGS = {"log", "logger", "logging", "getLogger"}
# Named so by html.parser, which calls them.
FORCED = {"handle_starttag", "handle_startendtag", "handle_endtag", "handle_data"}
# What a comparison may not stop at early, and what stands in no log.
SECRET = re.compile(r"secret|(^|_)token$|^keyed$|^digest$|^code_(of|at)$")
UNLOGGED = re.compile(r"secret|token|address|email|^(path|full_path|url|args|form|subject|text)$")
NAME_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True)
class Import:
    """One imported module of the portal, or the root of a foreign one."""

    target: str
    line: int
    in_function: bool


@dataclass(frozen=True)
class Module:
    """A module, parsed."""

    name: str
    tree: ast.Module
    known: frozenset[str]

    @property
    def package(self) -> str:
        return package_of(self.name)

    @property
    def word(self) -> str | None:
        return word_of(self.name)


def modules() -> dict[str, str]:
    """Return the source of every module of the portal, by dotted name."""
    found = {}
    for path in sorted((ROOT / "portal").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path.read_text()
    return found


def package_of(name: str) -> str:
    return [*name.split("."), ""][1]


def tier_of(package: str) -> int | None:
    return next((place for place, tier in enumerate(TIERS) if package in tier), None)


def word_of(name: str) -> str | None:
    """Return the fixed word a module belongs to, or None outside features."""
    parts = name.split(".")
    if len(parts) < 2 or parts[1] in WITHOUT_WORDS:
        return None
    return parts[2] if len(parts) > 2 else None


def faults(name: str, source: str, known: frozenset[str] | None = None) -> list[str]:
    """Return every broken rule of one module, as sentences that begin with its name and line."""
    module = Module(name, ast.parse(source), known if known is not None else frozenset(modules()))
    rules = (_docstring, _place, _tiers, _words, _pure, _local_imports, _transactions, _names)
    rules += (_comparisons, _logging)
    return [f"{name}:{fault}" for rule in rules for fault in rule(module)]


def imports(module: Module) -> Iterator[Import]:
    """Give every import, with `from a import b` resolved to `a.b` when that is a module."""
    inside = {
        id(node)
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            whole = [f"{origin}.{alias.name}" for alias in node.names]
            names = [one if one in module.known else origin for one in whole]
        else:
            continue
        for target in dict.fromkeys(names):
            yield Import(target, node.lineno, id(node) in inside)


def graph() -> dict[str, set[str]]:
    """Return which module imports which."""
    sources = modules()
    known = frozenset(sources)
    read = (Module(name, ast.parse(source), known) for name, source in sources.items())
    return {one.name: {i.target for i in imports(one) if i.target in known} for one in read}


def cycles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """Return the modules that import each other in a ring, by taking away all that do not."""
    left = {name: set(targets) - {name} for name, targets in arrows.items()}
    while loose := [name for name, to in left.items() if not to & left.keys()]:
        for name in loose:
            del left[name]
    return [sorted(left)] if left else []


def _docstring(module: Module) -> Iterator[str]:
    words = ast.get_docstring(module.tree) or ""
    first = words.split("\n\n")[0]
    if not first:
        yield "1 opens with no line saying what the module is for"
    elif "\n" in first or not first.endswith((".", "!", "?")):
        yield "1 opens with more than one line, or with one that is no sentence"


def _place(module: Module) -> Iterator[str]:
    """R0: every package stands in a tier, every module of a feature under a fixed word."""
    if module.name == "portal":
        return
    if tier_of(module.package) is None:
        yield f"1 R1 the package {module.package} has no tier"
    elif module.word is not None and module.word not in WORDS:
        yield f"1 R2 {module.word} is not one of the fixed words"


def _tiers(module: Module) -> Iterator[str]:
    here = tier_of(module.package)
    for one in imports(module):
        if one.target.startswith("."):
            yield f"{one.line} R1 a relative import hides where it goes"
        if not one.target.startswith("portal.") or here is None:
            continue
        there = tier_of(package_of(one.target))
        same = package_of(one.target) == module.package
        if not same and (there is None or there >= here):
            yield f"{one.line} R1 {module.package} may not import {one.target}"


def _words(module: Module) -> Iterator[str]:
    """R2 and R3; the same word of a lower package may be used: people.actions by accounts.actions."""
    for one in imports(module):
        word = word_of(one.target) if one.target.startswith("portal.") else None
        if word is None or word not in WORDS or module.package == "app":
            continue
        foreign = package_of(one.target) != module.package
        if foreign and word in ("forms", "views"):
            yield f"{one.line} R3 {one.target} is imported by app alone"
        elif module.word in WORDS and WORDS.index(word) > WORDS.index(module.word):
            yield f"{one.line} R2 {module.word} may not import {word} ({one.target})"


def _pure(module: Module) -> Iterator[str]:
    if module.word not in PURE:
        return
    for one in imports(module):
        root = one.target.split(".")[0]
        if root in ("flask", "wtforms", "werkzeug", "jinja2") or root.startswith("flask_"):
            yield f"{one.line} R4 {root} in {module.word}"
        elif one.target == "portal.web" or one.target.startswith("portal.web."):
            yield f"{one.line} R4 portal.web in {module.word}"


def _local_imports(module: Module) -> Iterator[str]:
    for one in imports(module):
        if one.in_function and one.target.split(".")[0] in ("portal", ""):
            yield f"{one.line} R5 {one.target} is imported inside a function"


def _transactions(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and called.attr == "commit" and module.name != COMMITS:
            yield f"{node.lineno} R6 commit() outside {COMMITS}"
        if module.word != "views":
            continue
        name = getattr(called, "id", None) or getattr(called, "attr", None)
        if name == "select":
            yield f"{node.lineno} R6 select() in a view"
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "db.session":
            yield f"{node.lineno} R6 db.session in a view"


def _comparisons(module: Module) -> Iterator[str]:
    """R8: a secret is compared in constant time; a column of a model is the database's to compare."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            continue
        sides = [node.left, *node.comparators]
        if any(map(_is_column, sides)) or any(isinstance(one, ast.Constant) for one in sides):
            continue
        if module.name == KEYS or any(SECRET.search(_last_name(one)) for one in sides):
            yield f"{node.lineno} R8 {ast.unparse(node)}: compare it by keys.same"


def _logging(module: Module) -> Iterator[str]:
    """R9: the log names nobody, and holds no link that is a right by itself."""
    for node in ast.walk(module.tree):
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(called, ast.Attribute) or _last_name(called.value) not in LOGS:
            continue
        for one in (one for argument in node.args for one in ast.walk(argument)):
            if isinstance(one, ast.Name | ast.Attribute) and UNLOGGED.search(_last_name(one)):
                yield f"{node.lineno} R9 {ast.unparse(one)} is logged"


def _last_name(node: ast.expr) -> str:
    """Return the name that says what a value is: `secret` of `row.secret`, `code_of` of `code_of(x)`."""
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    return getattr(node, "attr", None) or getattr(node, "id", "")


def _is_column(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and _last_name(node.value)[:1].isupper()


def _names(module: Module) -> Iterator[str]:
    for part in module.name.split("."):
        if part in FORBIDDEN_WHOLE:
            yield f"1 the name {part} says nothing"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            parts = {part.lower() for part in NAME_PART.findall(node.name)}
            if node.name not in FORCED and (parts & FORBIDDEN or node.name in FORBIDDEN_WHOLE):
                yield f"{node.lineno} the name {node.name} says nothing"
