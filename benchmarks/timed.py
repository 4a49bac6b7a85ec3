"""Runs a command and writes down what it took: `python timed.py RESULT.json COMMAND ...`.

Imports next to nothing: a process's peak memory counts what the process that started it had, so
that nothing large may start what is to be measured. Its own standard output is the command's.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    result, command = Path(sys.argv[1]), sys.argv[2:]
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    code = process.returncode = os.waitstatus_to_exitcode(status)
    taken = {
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024),
    }
    result.write_text(json.dumps(taken), encoding="utf-8")
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
