"""Brings the translations up to date with the texts in the source, and compiles them.

Run it after changing a text; new texts stand in the .ts file as unfinished until translated.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = sorted((HERE.parents[1] / "crimeview" / "gui").rglob("*.py"))


def main() -> None:
    tools = Path(sys.executable).parent
    for file in sorted(HERE.glob("*.ts")):
        extract: list[str | Path] = ["-locations", "none", "-no-obsolete", *SOURCES, "-ts", file]
        subprocess.run([tools / "pyside6-lupdate", *extract], check=True)  # noqa: S603
        compile_: list[str | Path] = [file, "-qm", file.with_suffix(".qm")]
        subprocess.run([tools / "pyside6-lrelease", *compile_], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
