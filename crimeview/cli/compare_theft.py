"""`crimeview evaluate theft`."""

import argparse

from crimeview.cli.drive import drive, print_json
from crimeview.jobs.compare_theft import compare_theft


def run_compare_theft(args: argparse.Namespace) -> int:
    """Compare ways to tell thefts and print the table, never without what limits it."""
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
    return 0
