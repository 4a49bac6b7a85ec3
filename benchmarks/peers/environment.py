"""The peers' own virtual environment: what they need must never meet what the program needs."""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path("runs/bench/peers-venv")
REQUIREMENTS = ("torch==2.13.0", "dvr-scan==1.8.2.1")  # which brings OpenCV


class NoPeersError(Exception):
    """The peers cannot be had here; the message says why."""


def program(name: str, *, folder: Path = FOLDER) -> Path:
    """The path of a program in the environment, such as `python`."""
    return folder / ("Scripts" if os.name == "nt" else "bin") / name


def prepare(folder: Path = FOLDER) -> Path:
    """Make the environment if it is not there; gives its Python. Raises NoPeersError."""
    done = folder / "complete"
    wanted = "\n".join(REQUIREMENTS)
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return program("python", folder=folder)
    print(f"… installing the peers into {folder}", file=sys.stderr, flush=True)
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(program("python", folder=folder)), "-m", "pip", "install", "--quiet", *REQUIREMENTS],
    ):
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode != 0:
            last = (answer.stderr or answer.stdout).strip().splitlines()[-1:]
            raise NoPeersError(f"they could not be installed ({' '.join(last)[:200]})")
    done.write_text(wanted, encoding="utf-8")
    return program("python", folder=folder)
