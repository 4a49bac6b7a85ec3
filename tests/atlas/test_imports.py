"""What takes seconds to import is imported only by what needs it."""

import subprocess
import sys

import pytest

_HEAVY = ("sklearn", "umap", "numba", "pynndescent", "scipy")


@pytest.mark.parametrize(
    "what",
    [
        "from crimeview.cli.parser import make_parser; make_parser().format_help()",
        "import crimeview.gui.app, crimeview.gui.window",
        "import crimeview.cli.evaluate, crimeview.cli.train",
        "import crimeview.atlas.choices, crimeview.atlas.map_process, crimeview.atlas.map_model",
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(what: str) -> None:
    code = f"{what}\nimport sys; print([m for m in {_HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
