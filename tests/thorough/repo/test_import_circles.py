"""No module imports, through others, itself: each can be read after those that it rests on."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for room in ("hepb", "actions", "assistant")
    for path in (ROOT / room).rglob("*.py")
}


def imported(path):
    """Our modules that a file imports, at its head, inside a function or for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from submodules
            if not all(name in MODULES for name in submodules):
                yield node.module


def in_order(imports):
    return list(TopologicalSorter(imports).static_order())


def test_modules_import_no_one_that_imports_them():
    found = {name: MODULES.keys() & set(imported(path)) - {name} for name, path in MODULES.items()}
    assert "hepb.record" in found["hepb.assess"]
    try:
        in_order(found)
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])), pytrace=False)


def test_order_finds_a_circle():
    with pytest.raises(CycleError):
        in_order({"a": {"b"}, "b": {"c"}, "c": {"a"}})
