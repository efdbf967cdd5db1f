"""Nothing grows beyond what one reads in one go."""

import ast

from tests.house.files import files, is_migration, line_count, name

FUNCTION_LINES = 50
FILE_LINES = 400
PARTIAL_LINES = 70


def test_functions_are_short() -> None:
    long = []
    for path in files(".py"):
        if is_migration(path):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long.append(f"{name(path)}:{node.lineno} {node.name} has {lines} lines")
    assert long == []


def test_files_are_short() -> None:
    sources = files(".py", ".js", ".css", ".html")
    long = {name(path): line_count(path) for path in sources if not is_migration(path)}
    assert {path: lines for path, lines in long.items() if lines > FILE_LINES} == {}


def test_partials_are_short() -> None:
    partials = [path for path in files(".html", under="templates") if path.name.startswith("_")]
    long = {name(path): line_count(path) for path in partials}
    assert {path: lines for path, lines in long.items() if lines > PARTIAL_LINES} == {}
