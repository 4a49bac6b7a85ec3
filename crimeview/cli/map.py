"""`crimeview map`."""

import argparse
from typing import TYPE_CHECKING, Any

from crimeview.atlas.map_process import MapProcess
from crimeview.cli.drive import drive, print_json
from crimeview.cli.faults import tell
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.jobs.export_map import SUFFIXES, export_map
from crimeview.jobs.map_case import CaseMap, map_case, map_library
from crimeview.jobs.map_facets import Facet
from crimeview.store.case import open_case
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import locate
from crimeview.store.location import default_case_folder

if TYPE_CHECKING:
    from pathlib import Path

_STOPPED = "Stopped. What was mapped before is kept."
_OF_CASES = (Facet.STATE, Facet.FOUND)  # known of a case's segments alone
_OF_LIBRARIES = (Facet.CASE, Facet.OUTCOME)


def run_map(args: argparse.Namespace) -> int:
    """Map the segments of a case or a library, and write the map if a file is named."""
    out: Path | None = args.out
    _check(args, out)
    if args.library is None:
        folder: Path = args.folder or default_case_folder()
        source, name = {"case": str(folder)}, folder.name
        with open_case(folder, create=False) as case, MapProcess() as process:
            found = _driven(map_case(case, process=process, **_wanted(args)))
    else:
        with (
            open_library(locate(args.library or None), create=False) as library,
            MapProcess() as process,
        ):
            found = _driven(map_library(library, process=process, **_wanted(args)))
            source, name = {"library": library.place}, _short(library)
    if out is not None:
        writing = export_map(found.shown, out, title=f"Map of {name}", subtitle=_told(found))
        drive(writing, if_stopped=_STOPPED, unit="other")
    if args.json:
        print_json(source | {"out": str(out) if out else None, **found.summary()})
    else:
        print(_told(found))
        if out is not None:
            tell(f"The map was written as {out}.")
    return 0


def _check(args: argparse.Namespace, out: "Path | None") -> None:
    if out is not None and out.suffix.lower() not in SUFFIXES:
        raise UsageError(f"“{out.name}” must end in .png, .svg or .csv.")
    of_library = args.library is not None
    if of_library and args.folder is not None:
        raise UsageError("A map is of a case or of a library: name one of the two.")
    if Facet(args.color) in (_OF_CASES if of_library else _OF_LIBRARIES):
        kind = "library" if of_library else "case"
        raise UsageError(f"The segments of a {kind} have no {args.color}; choose another --color.")


def _wanted(args: argparse.Namespace) -> dict[str, Any]:
    return {"facet": Facet(args.color), "anew": args.anew, "projection": args.projection}


def _driven(job: Job[CaseMap]) -> CaseMap:
    return drive(job, if_stopped=_STOPPED, unit="other", as_json=False)


def _short(library: Library) -> str:
    return library.folder.name if library.folder is not None else library.place


def _told(found: CaseMap) -> str:
    """`37 segments, by type; laid out by UMAP, trustworthiness 0.94 (…)`."""
    ways = {"pca": "PCA", "umap": "UMAP", "placed": "UMAP"}
    trust = found.map.trust
    count = len(found.points.items)
    parts = [
        f"{count:,} segment{'s' if count != 1 else ''}, by {found.values.facet.value}",
        f"laid out by {ways[found.map.kind.value]}",
    ]
    if trust is not None:
        parts[-1] += f", trustworthiness {trust:.2f} (of neighbors; it says nothing of types)"
    if found.points.left_out:
        parts[0] += f" ({found.points.left_out:,} more are left out)"
    if found.points.projection is not None:
        parts[0] += f" and the projection {found.points.projection}"
    return "; ".join(parts)
