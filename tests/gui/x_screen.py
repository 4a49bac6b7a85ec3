"""A real X screen without a monitor, for windows as a person has them."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

MISSING = [name for name in ("Xvfb", "openbox") if shutil.which(name) is None]


@contextmanager
def x_screen() -> Iterator[str]:
    """An X screen of its own with a window manager; gives its DISPLAY."""
    with ExitStack() as stack:
        read, write = os.pipe()
        server = stack.enter_context(
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
                pass_fds=(write,),
                stderr=subprocess.DEVNULL,
            )
        )
        stack.callback(server.terminate)
        os.close(write)
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        manager = stack.enter_context(
            subprocess.Popen(
                ["openbox"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL
            )
        )
        stack.callback(manager.terminate)
        time.sleep(0.3)
        yield display
