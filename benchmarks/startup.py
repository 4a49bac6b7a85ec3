"""How long the command line takes to answer. Run as `python benchmarks/startup.py`."""

import statistics
import subprocess
import sys
import time

COMMANDS = (["--help"], ["analyze", "--help"], ["models", "list"])
REPEATS = 9


def main() -> None:
    print("| command | median s | slowest s |")
    print("|---|---|---|")
    for command in COMMANDS:
        spans = [run(command) for _ in range(REPEATS)]
        name = " ".join(["crimeview", *command])
        print(f"| {name} | {statistics.median(spans):.2f} | {max(spans):.2f} |")


def run(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "crimeview", *command], check=True, capture_output=True)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
