"""The door: no arguments open the window, arguments go to the command line."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from crimeview.cli.faults import tell
from crimeview.cli.main import FAILED, guarded
from crimeview.cli.main import main as run_command
from crimeview.cli.window import has_display


def main() -> int:
    """Run the program; gives its exit code."""
    arguments = sys.argv[1:]
    if not arguments:
        return guarded(lambda: _open_window([]))
    return run_command(arguments, open_window=_open_window)


def _open_window(
    paths: Sequence[Path], *, case: Path | None = None, snapshot: Path | None = None
) -> int:
    seen = has_display()
    if snapshot is None and not seen:
        tell(
            "There is no display here; write the window as a picture with: "
            "crimeview open PATH --snapshot window.png"
        )
        return FAILED
    # Looking for garbage takes a sixth of the start; later it is done in between (gui.garbage).
    gc.disable()
    from crimeview.gui.app import run

    return run(paths, case=case, snapshot=snapshot, offscreen=not seen)


if __name__ == "__main__":
    sys.exit(main())
