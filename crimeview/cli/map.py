"""`crimeview map`."""

import argparse
from typing import TYPE_CHECKING

from crimeview.atlas.map_process import MapProcess
from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.core.errors import UsageError
from crimeview.jobs.export_map import SUFFIXES, export_map
from crimeview.jobs.map_case import CaseMap, map_case
from crimeview.jobs.map_facets import Facet
from crimeview.store.case import open_case
from crimeview.store.location import default_case_folder

if TYPE_CHECKING:
    from pathlib import Path

_STOPPED = "Stopped. What was mapped before is kept."


def run_map(args: argparse.Namespace) -> int:
    """Map the segments of a case, and write the map if a file is named."""
    folder: Path = args.folder or default_case_folder()
    out: Path | None = args.out
    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise UsageError(f"“{out.name}” must end in .png, .svg or .csv.")
    with open_case(folder, create=False) as case, MapProcess() as process:
        job = map_case(case, facet=Facet(args.color), process=process, anew=args.anew)
        found = drive(job, if_stopped=_STOPPED, unit="other", as_json=False)
    if out is not None:
        writing = export_map(found.shown, out, title=f"Map of {folder.name}", subtitle=_told(found))
        drive(writing, if_stopped=_STOPPED, unit="other")
    if args.json:
        print_json({"case": str(folder), "out": str(out) if out else None, **found.summary()})
    else:
        print(_told(found))
        if out is not None:
            tell(f"The map was written as {out}.")
    return 0


def _told(found: CaseMap) -> str:
    """`37 segments, by type; laid out by UMAP, trustworthiness 0.94`."""
    ways = {"pca": "PCA", "umap": "UMAP", "placed": "UMAP"}
    trust = found.map.trust
    count = len(found.points.items)
    parts = [
        f"{count:,} segment{'s' if count != 1 else ''}, by {found.values.facet.value}",
        f"laid out by {ways[found.map.kind.value]}",
    ]
    if trust is not None:
        parts[-1] += f", trustworthiness {trust:.2f}"
    return "; ".join(parts)
