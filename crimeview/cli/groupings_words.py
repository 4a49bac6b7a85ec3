"""The words of `crimeview groupings`."""

from typing import Any

from crimeview.cli.words import add_case, add_command, amount, count

_COMPARE = """
    Segments that nobody dismissed are grouped by each method: finch (Sarfraz et al. 2019), k-means,
    average-cosine and ward (agglomerative), hdbscan, gaussian-mixture; once by the clips of the
    segment alone and once by its whole recording.
    --json prints one line: counts, the ids of the segments, and for each grouping its method,
    clusters, silhouette, davies_bouldin, stability, the labels of the segments (-1: in none), and,
    where people gave types, figures with intervals, shuffled_types and the confusion.
"""


def add_groupings(commands: Any) -> None:
    """Add the command to the subparsers."""
    command = add_command(commands, "groupings", "group the segments of a case by what they show")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    compare = add_command(actions, "compare", "compare ways to group by numbers", _COMPARE)
    add_case(compare)
    compare.add_argument(
        "--count", metavar="N", type=count, help="how many groups (default: what FINCH suggests)"
    )
    compare.add_argument(
        "--seed", metavar="N", type=amount, default=0, help="the seed of methods that draw"
    )
    compare.add_argument("--json", action="store_true", help="print one line of JSON")
