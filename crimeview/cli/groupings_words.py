"""The words of `crimeview groupings`."""

import argparse
from typing import Any

from crimeview.atlas.choices import METHODS
from crimeview.cli.review_words import add_reviewer
from crimeview.cli.words import add_case, add_command, add_projection, amount, count

_COMPARE = """
    Segments that nobody dismissed are grouped by each method: finch (Sarfraz et al. 2019), k-means,
    average-cosine and ward (agglomerative), hdbscan, gaussian-mixture; once by the clips of the
    segment alone, once by its whole recording, and once by each projection for these features
    that there is (a model of kind projection, as “train projection” makes; --projection chooses).
    --json prints one line: counts, the ids of the segments, and for each grouping its method,
    clusters, silhouette, davies_bouldin, stability, the labels of the segments (-1: in none), and,
    where people gave types, figures with intervals, shuffled_types and the confusion.
"""
_SUGGEST = """
    The nearest named cluster suggests its name, with the share of its own members that are as far
    from its center or farther; below 5 % the segment is unknown. --json prints one line, an array
    of {"id", "recording_id", "start", "end", "type" (null: unknown), "confidence"}.
"""


def add_groupings(commands: Any) -> None:
    """Add the command to the subparsers."""
    command = add_command(commands, "groupings", "group the segments of a case by what they show")
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    compare = add_command(actions, "compare", "compare ways to group by numbers", _COMPARE)
    _add_grouping(compare)
    compare.add_argument(
        "--projection",
        metavar="NAME",
        action="append",
        default=[],
        help="group by this projection, of those that there are (may be given several times)",
    )
    compare.add_argument("--json", action="store_true", help="print one line of JSON")
    _add_name(actions)
    unname = add_command(actions, "unname", "take the name of a cluster back, with its suggestions")
    unname.add_argument("name", metavar="NAME", help="the name that was given")
    add_case(unname)
    add_reviewer(unname)
    names = add_command(actions, "names", "list the names that clusters have")
    add_case(names)
    names.add_argument("--json", action="store_true", help="print one line of JSON")
    suggest = add_command(
        actions, "suggest", "say which types named clusters suggest for other segments", _SUGGEST
    )
    add_case(suggest)
    suggest.add_argument("--json", action="store_true", help="print one line of JSON")


def _add_name(actions: Any) -> None:
    name = add_command(actions, "name", "give a cluster a name, which it suggests from then on")
    name.add_argument("name", metavar="NAME", help="the name, for instance a type of crime")
    name.add_argument(
        "--cluster", metavar="K", type=amount, required=True, help="its number, from 0"
    )
    name.add_argument(
        "--method", choices=METHODS, default="average-cosine", help="the way to group"
    )
    add_projection(name, "the projection by which was grouped (default: none)")
    _add_grouping(name)
    add_reviewer(name)


def _add_grouping(command: argparse.ArgumentParser) -> None:
    add_case(command)
    command.add_argument(
        "--count", metavar="N", type=count, help="how many groups (default: what FINCH suggests)"
    )
    command.add_argument(
        "--seed", metavar="N", type=amount, default=0, help="the seed of methods that draw"
    )
