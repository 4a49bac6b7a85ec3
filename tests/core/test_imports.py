import ast
import sys
from pathlib import Path

import crimeview.core

ALLOWED = {*sys.stdlib_module_names, "numpy", "crimeview"}


def _imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_core_knows_the_standard_library_and_numpy_only() -> None:
    files = sorted(Path(crimeview.core.__file__).parent.glob("*.py"))
    assert len(files) > 5
    for file in files:
        foreign = {name for name in _imported(file) if name.split(".")[0] not in ALLOWED}
        assert not foreign, f"{file.name} imports {foreign}"
