"""`crimeview evaluate theft`."""

import argparse
from pathlib import Path

from crimeview.cli.drive import drive, print_json
from crimeview.core.errors import UsageError
from crimeview.core.files import is_folder
from crimeview.jobs.compare_theft import compare_theft

_TITLE = "# Ways to tell staged thefts, compared"


def run_compare_theft(args: argparse.Namespace) -> int:
    """Compare ways to tell thefts and print the table, never without what limits it."""
    page: Path | None = args.page
    if page is not None and not is_folder(page.parent):  # told before hours of work
        raise UsageError(f"There is no folder {page.parent} for {page.name}; make it first.")
    comparison = drive(
        compare_theft(
            args.data,
            runs=args.runs,
            seeds=args.seeds,
            detector=args.detector,
            epochs=args.epochs,
        ),
        if_stopped="Stopped. The people that were found are kept for another time.",
        unit="other",
    )
    if args.json:
        print_json(comparison.values())
    else:
        print(comparison.text(), end="")
    if page is not None:
        _write(page, f"{_TITLE}\n\n{comparison.text()}")
    return 0


def _write(page: Path, text: str) -> None:
    try:
        page.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{page} cannot be written ({error.strerror}).") from error
