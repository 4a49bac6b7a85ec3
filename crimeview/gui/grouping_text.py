"""The words for groupings."""

from typing import TYPE_CHECKING

from crimeview.atlas.choices import Method
from crimeview.gui.text import translate

if TYPE_CHECKING:
    from crimeview.jobs.groupings import Grouping


def method_text(method: Method) -> str:
    return {
        "finch": translate("GroupingText", "FINCH"),
        "k-means": translate("GroupingText", "k-means"),
        "average-cosine": translate("GroupingText", "Agglomerative, average cosine"),
        "ward": translate("GroupingText", "Agglomerative, Ward"),
        "hdbscan": translate("GroupingText", "HDBSCAN"),
        "gaussian-mixture": translate("GroupingText", "Gaussian mixture"),
    }[method]


def short_method_text(method: Method) -> str:
    return {
        "finch": translate("GroupingText", "FINCH"),
        "k-means": translate("GroupingText", "k-means"),
        "average-cosine": translate("GroupingText", "cosine"),
        "ward": translate("GroupingText", "Ward"),
        "hdbscan": translate("GroupingText", "HDBSCAN"),
        "gaussian-mixture": translate("GroupingText", "GMM"),
    }[method]


def method_hint(method: Method) -> str:
    """What a method is, and of FINCH where SLIC is."""
    if method != "finch":
        return method_text(method)
    return translate(
        "GroupingText",
        "FINCH. There is no row for SLIC unless you have trained a projection by it for these "
        "vectors: none comes with the program, since it found nothing more in its own features.",
    )


def vectors_text(embedding: str) -> str:
    """What was grouped."""
    own, arrow, projection = embedding.partition(" → ")
    if arrow:
        text = translate("GroupingText", "{vectors}, by {projection}")
        return text.format(vectors=vectors_text(own), projection=projection)
    return {
        "segment": translate("GroupingText", "Anomalous clips only"),
        "whole recording": translate("GroupingText", "Whole recording"),
    }.get(embedding, embedding)


def cluster_text(number: int) -> str:
    return translate("GroupingText", "Cluster {number}").format(number=number + 1)


def cells(grouping: "Grouping") -> list[str]:
    """The figures of a grouping, `-` where there is none; see `titles`."""
    clusters = f"{grouping.count}"
    if grouping.in_none:
        clusters += f" (+{grouping.in_none})"
    shape, stable = grouping.shape, grouping.stability
    return [
        clusters,
        *_agreement(grouping),
        _number(shape.silhouette),
        _number(shape.davies_bouldin),
        "-" if stable is None else f"{stable[0]:.2f} ({stable[1]:.2f})",
    ]


def titles() -> list[tuple[str, str]]:
    """What each figure is called, and what it means."""
    chance = translate("GroupingText", "In brackets: what shuffled types reach.")
    return [
        (
            translate("GroupingText", "Clusters"),
            translate("GroupingText", "How many there are; in brackets segments in none"),
        ),
        (
            translate("GroupingText", "AMI"),
            translate("GroupingText", "Adjusted mutual information with types: 0 by chance, 1 best")
            + f". {chance}",
        ),
        (
            translate("GroupingText", "ARI"),
            translate("GroupingText", "Adjusted Rand index with types: 0 by chance, 1 best")
            + f". {chance}",
        ),
        (
            translate("GroupingText", "Accuracy"),
            translate("GroupingText", "When each cluster stands for one type, the best way")
            + f". {chance}",
        ),
        (
            translate("GroupingText", "Purity"),
            translate("GroupingText", "When each cluster stands for its most frequent type")
            + f". {chance}",
        ),
        (
            translate("GroupingText", "Silhouette"),
            translate(
                "GroupingText", "How tight and apart clusters are, -1 to 1: higher is better"
            ),
        ),
        (
            translate("GroupingText", "Davies-Bouldin"),
            translate(
                "GroupingText", "How wide clusters are beside their distance: lower is better"
            ),
        ),
        (
            translate("GroupingText", "Stability"),
            translate(
                "GroupingText",
                "Adjusted Rand index when a fifth is left out: 1 is the same every time; in "
                "brackets the lowest of 20",
            ),
        ),
    ]


def _agreement(grouping: "Grouping") -> list[str]:
    own, control = grouping.agreement, grouping.control
    names = ("adjusted_mutual_information", "adjusted_rand_index", "hungarian_accuracy", "purity")
    if own is None or control is None:
        return ["-"] * len(names)
    return [f"{own[name].value:.2f} ({control[name]:.2f})" for name in names]


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
