"""The door: no arguments open the window, arguments go to the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from crimeview.cli.main import guarded
from crimeview.cli.main import main as run_command


def main() -> int:
    """Run the program; gives its exit code."""
    arguments = sys.argv[1:]
    if not arguments:
        return guarded(lambda: _open_window([]))
    return run_command(arguments, open_window=_open_window)


def _open_window(
    paths: Sequence[Path], *, case: Path | None = None, snapshot: Path | None = None
) -> int:
    from crimeview.gui.app import run

    return run(paths, case=case, snapshot=snapshot)


if __name__ == "__main__":
    sys.exit(main())
