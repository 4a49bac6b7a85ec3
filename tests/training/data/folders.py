"""Folders of data sets, written by the tests; the videos are empty files, for readers open none."""

from pathlib import Path


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def write_table(folder: Path, header: str, *rows: str) -> Path:
    """`labels.csv` with these lines, and the files that its first column names."""
    touch(folder, *(row.split(",")[0] for row in rows))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "labels.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return folder
