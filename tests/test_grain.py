"""The grain of the house: many small files, short functions (docs/architecture.md, names and prose)."""

import ast
import statistics
from pathlib import Path

from tests.support import architecture, template_rules

LONGEST_FILE = 300  # lines
NINE_OF_TEN_FILES = 160
MEDIAN_FILE = 60
NINE_OF_TEN_FUNCTIONS = 25
LONGEST_TEMPLATE = 80


def lengths_of_functions(source: str) -> list[tuple[str, int]]:
    """Return name and length in lines of every function, decorators left out."""
    functions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]


def ninth(values: list[int]) -> float:
    """Return the value that nine of ten do not exceed."""
    return statistics.quantiles(values, n=10, method="inclusive")[-1]


FILES = {name: len(source.splitlines()) for name, source in architecture.modules().items()}


def test_files_are_small() -> None:
    too_long = {name: lines for name, lines in FILES.items() if lines > LONGEST_FILE}
    assert not too_long
    assert statistics.median(FILES.values()) <= MEDIAN_FILE
    assert ninth(list(FILES.values())) <= NINE_OF_TEN_FILES


def test_functions_are_short() -> None:
    lengths = [
        length
        for source in architecture.modules().values()
        for _name, length in lengths_of_functions(source)
    ]
    assert ninth(lengths) <= NINE_OF_TEN_FUNCTIONS


def test_templates_are_short() -> None:
    lines = {name: len(text.splitlines()) for name, text in template_rules.templates().items()}
    assert not {name: many for name, many in lines.items() if many > LONGEST_TEMPLATE}


def test_tests_are_small_files_too() -> None:
    tests = Path(__file__).parent
    lines = {path: len(path.read_text().splitlines()) for path in tests.rglob("*.py")}
    assert not {path.name: many for path, many in lines.items() if many > LONGEST_FILE}


def test_a_function_is_measured_with_its_nested_ones() -> None:
    source = "def outer():\n    def inner():\n        return 1\n    return inner\n"
    assert lengths_of_functions(source) == [("outer", 4), ("inner", 2)]
