"""Processes of the program without the second that its imports take.

One process has imported most of what commands need, and is forked for each of them: what then runs
is the program from its first line to the end of the interpreter, with arguments, environment and
folder of its own. Run as a program, this module is that process.
"""

import importlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

# Not onnxruntime and what needs it: it starts a thread, which a fork would be without.
_IMPORTED = (
    "alembic.command",
    "crimeview.__main__",
    "crimeview.cli.parser",
    "crimeview.messaging.mqtt",
    "crimeview.scene.keyframes",
    "crimeview.scene.novelty",
    "crimeview.store.case",
    "crimeview.video.live_clip",
    "crimeview.video.source",
    "rich.progress",
)


class Program:
    """The program, as often as it is wanted. To be closed."""

    def __init__(self, folder: Path) -> None:
        """What processes print goes into files of the folder."""
        self._out, self._err = folder / "out", folder / "err"
        self._line, theirs = socket.socketpair()
        self._server = subprocess.Popen(
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            env=os.environ | {"PYTHONWARNINGS": "error", "OPENBLAS_NUM_THREADS": "1"},
            pass_fds=[theirs.fileno()],
        )
        theirs.close()

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run it to its end, in the present environment and folder.

        Gives what it exited with, as `subprocess` tells it, and what it wrote.
        """
        with self._out.open("wb") as out, self._err.open("wb") as err:
            wanted = {
                "arguments": list(arguments),
                "environment": dict(os.environ) | {"PYTHONWARNINGS": "error"},
                "folder": str(Path.cwd()),
            }
            text = json.dumps(wanted).encode()
            socket.send_fds(self._line, [len(text).to_bytes(4)], [out.fileno(), err.fileno()])
            self._line.sendall(text)
        code = os.waitstatus_to_exitcode(int.from_bytes(_received(self._line, 4)))
        return code, self._out.read_text("utf-8"), self._err.read_text("utf-8")

    def close(self) -> None:
        self._line.close()
        self._server.wait()


def _received(line: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = line.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def _serve(line: socket.socket) -> None:
    """Fork for each command; gives how it has ended. Returns where nobody wants more."""
    for name in _IMPORTED:
        importlib.import_module(name)
    threads = os.listdir("/proc/self/task")  # noqa: PTH208 (no paths)
    assert len(threads) == 1, "what was imported has started a thread"
    while True:
        head, files, _, _ = socket.recv_fds(line, 4, 2)
        if not head:
            return
        wanted = json.loads(_received(line, int.from_bytes(head)))
        child = os.fork()
        if child == 0:
            line.close()
            _begin(wanted, files)
        for file in files:
            os.close(file)
        _, status = os.waitpid(child, 0)
        line.sendall(status.to_bytes(4))


def _begin(wanted: dict[str, object], files: list[int]) -> NoReturn:
    """Be the program."""
    from crimeview.__main__ import main

    signal.signal(signal.SIGINT, signal.default_int_handler)
    for file, stream in zip(files, (sys.stdout, sys.stderr), strict=True):
        os.dup2(file, stream.fileno())
        os.close(file)
    os.environ.clear()
    os.environ.update(wanted["environment"])  # type: ignore[arg-type]
    os.chdir(str(wanted["folder"]))
    sys.argv = ["crimeview", *wanted["arguments"]]  # type: ignore[misc]
    sys.exit(main())


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the tests, which then close this
    with socket.socket(fileno=int(sys.argv[1])) as line:
        _serve(line)
