"""The words of `crimeview map`."""

from typing import Any

from crimeview.cli.words import add_command, add_projection, path

_DETAILS = """
    Each segment is a point; what looks alike lies together. The map is laid out by UMAP, once: it
    is kept in the case, and segments that are found later are put among those that are there
    (--anew lays all of them out again). Trustworthiness, 0 to 1, says how far neighbors on the map
    are neighbors in truth; it does not say that types lie apart.
    Of a library that has very many, as many as a map takes are drawn by chance, always the same.
    --json prints one line: case or library, out, segments, segments_without_features, left_out,
    space, projection, layout (pca, umap or placed), trustworthiness, color, and the values with how
    many segments have each.
"""
COLORS = (
    *("type", "cluster", "recording", "camera", "date"),
    *("state", "found"),  # of cases
    *("case", "outcome"),  # of libraries
)


def add_map(commands: Any) -> None:
    """Add the command to the subparsers."""
    command = add_command(
        commands, "map", "put the segments of a case or a library on a map", _DETAILS
    )
    command.add_argument(
        "folder",
        metavar="CASE",
        nargs="?",
        type=path,
        help="the case folder (default: your default case)",
    )
    command.add_argument(
        "--library",
        metavar="WHERE",
        nargs="?",
        const="",
        help="the segments of a library instead: a folder or a URL (without WHERE: your own)",
    )
    command.add_argument(
        "--out", metavar="FILE", type=path, help="write it as map.png, map.svg or map.csv"
    )
    command.add_argument(
        "--color",
        choices=COLORS,
        default="type",
        help="what colors and symbols stand for; state and found are of cases, case and outcome of "
        "libraries",
    )
    add_projection(command, "lay out vectors by this projection (default: as they are)")
    command.add_argument("--anew", action="store_true", help="lay the map out again")
    command.add_argument("--json", action="store_true", help="print one line of JSON")
