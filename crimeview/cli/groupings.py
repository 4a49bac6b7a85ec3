"""`crimeview groupings`."""

import argparse
from pathlib import Path

from crimeview.cli.atlas_table import console_for_tables, groupings_table
from crimeview.cli.drive import drive, print_json
from crimeview.jobs.compare_groupings import FEWEST_TYPED, CaseGroupings, compare_groupings
from crimeview.store.case import open_case
from crimeview.store.location import default_case_folder


def run_groupings(args: argparse.Namespace) -> int:
    """Compare groupings of a case's segments and print them."""
    folder: Path = args.case or default_case_folder()
    with open_case(folder, create=False) as case:
        found = drive(
            compare_groupings(case, count=args.count, seed=args.seed),
            if_stopped="Stopped. Nothing was changed.",
            unit="other",
        )
    if args.json:
        print_json({"case": str(folder), **found.values()})
    else:
        _print(folder, found)
    return 0


def _print(folder: Path, found: CaseGroupings) -> None:
    console = console_for_tables()
    values = found.values()
    console.print(f"crimeview groupings compare\n  case: {folder}")
    console.print(
        "  " + ", ".join(f"{k.replace('_', ' ')} {v}" for k, v in values["counts"].items())
    )
    console.print(groupings_table(values["groupings"]))
    for sentence in _sentences(found):
        console.print(f"- {sentence}")


def _sentences(found: CaseGroupings) -> list[str]:
    sentences = [
        (
            "whole recording: the mean of all clips of a segment's recording; segment: that of its "
            "own clips, weighted by score; both less what is usual in the case."
        ),
        (
            "Silhouette (higher is better), Davies-Bouldin (lower is better) and stability (the "
            "adjusted Rand index when a fifth is left out) know nothing of types: clusters that "
            "look good need not mean anything."
        ),
    ]
    if found.types:
        sentences.append(
            "Agreement is with the types that people gave, on the segments that have one; in "
            "brackets what shuffled types reach."
        )
    else:
        sentences.append(
            f"No agreement with types: fewer than {FEWEST_TYPED} segments have one, or all the "
            "same."
        )
    return sentences
