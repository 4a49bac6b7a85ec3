"""What takes seconds to import is imported only by what needs it."""

import subprocess
import sys

_HEAVY = ("sklearn", "umap", "numba", "pynndescent", "scipy")
_LIGHT = (
    "from crimeview.cli.parser import make_parser; make_parser().format_help()",
    "import crimeview.atlas.choices, crimeview.atlas.map_process, crimeview.atlas.map_model",
    "import crimeview.cli.evaluate, crimeview.cli.train",
    "import crimeview.gui.app, crimeview.gui.window",
)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    """One process does it all: where nothing heavy is there at last, nothing has imported it."""
    told = f"import sys; print([m for m in {_HEAVY!r} if m in sys.modules])"
    code = "\n".join(line for light in _LIGHT for line in (light, told))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = dict(zip(_LIGHT, done.stdout.splitlines(), strict=True))
    assert found == dict.fromkeys(_LIGHT, "[]")
