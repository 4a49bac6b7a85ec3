"""Evaluating groupings: whether clusters of recordings agree with the types of what they show."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crimeview.atlas.choices import METHODS, Method
from crimeview.atlas.shape import DRAWS
from crimeview.core.embedding import Pooling
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.evaluation.summary import Summary, figure
from crimeview.jobs.atlas_plots import plot_groupings
from crimeview.jobs.collection import CENTER, NOT_CENTERED, Given, evaluation_of, read_collection
from crimeview.jobs.evaluation import Evaluation
from crimeview.jobs.groupings import HALVES, SHUFFLES, Grouping, Wanted, compare
from crimeview.jobs.phases import phase

_STATEMENT = (
    (
        "Recordings are grouped without their types into as many clusters as there are types, or "
        "as --count says; hdbscan finds its own number and leaves some in none, which are never "
        "right."
    ),
    CENTER,
    (
        "AMI and ARI are 0 by chance. Accuracy (each cluster one type of its own, the best way) "
        "and purity are not: the control has the types shuffled among groups, the mean of "
        f"{SHUFFLES}."
    ),
    (
        "Silhouette (by cosine, higher is better) and Davies-Bouldin (lower is better) know "
        "nothing of types: clusters that look good need not mean anything."
    ),
    (
        "Stability is the adjusted Rand index against groupings of four fifths of the groups, "
        f"mean and lowest of {DRAWS}."
    ),
    (
        f"Intervals are 95 %, from {HALVES} random halves of the groups (near-duplicates, one "
        "source), which stay whole; clusters are not made anew."
    ),
)


def evaluate_groupings(
    given: Given,
    *,
    count: int | None,
    methods: Sequence[Method] = METHODS,
    seed: int,
    out: Path | None,
) -> Job[Evaluation]:
    """Judge each method on each set of vectors; plots go to `out`, if any.

    `count` clusters, None for as many as there are types. Raises UsageError, ModelError.
    """
    collection = yield from phase(read_collection(given), number=0, count=4)
    types = len(set(collection.types))
    wanted = Wanted(count=count or types, methods=tuple(methods), seed=seed)
    if wanted.count > len(collection.names):
        raise UsageError(
            f"{len(collection.names)} recordings cannot be parted into {wanted.count} clusters; "
            "give a smaller --count."
        )
    found = yield from phase(
        compare(
            # A case's groupings are of centered vectors: the others would say nothing of them.
            {
                name: draws[0]
                for name, draws in collection.vectors.items()
                if not name.endswith(NOT_CENTERED)
            },
            groups=collection.groups,
            types=collection.types,
            wanted=wanted,
        ),
        number=1,
        count=4,
        width=3,
    )
    names = sorted(set(collection.types))
    summary: Summary = {
        "counts": {
            "recordings": len(collection.names),
            "types": types,
            "groups": len(set(collection.groups)),
            "clusters": wanted.count,
        },
        "seed": seed,
        "groupings": [grouping_summary(grouping, types=names) for grouping in found],
    }
    plots: tuple[Path, ...] = ()
    if out is not None:
        shown = {Pooling.WHOLE.value, Pooling.SOFTMAX.value, *_projected(collection.vectors)}
        plots = yield from plot_groupings(summary, out, title=given.labels.name, shown=shown)
    return evaluation_of(
        collection,
        given,
        protocol="groupings",
        statement=_STATEMENT,
        summary=summary,
        plots=plots,
    )


def grouping_summary(grouping: Grouping, *, types: Sequence[str] | None) -> dict[str, Any]:
    """A grouping as plain values; what needs types is left out where there are none."""
    values: dict[str, Any] = {
        "embedding": grouping.embedding,
        "method": grouping.method,
        "clusters": grouping.count,
        "in_no_cluster": grouping.in_none,
        "silhouette": grouping.shape.silhouette,
        "davies_bouldin": grouping.shape.davies_bouldin,
        "stability": None
        if grouping.stability is None
        else {"mean": grouping.stability[0], "lowest": grouping.stability[1]},
    }
    if grouping.agreement is None or grouping.confusion is None or types is None:
        return values
    return values | {
        "figures": {name: figure(part) for name, part in grouping.agreement.items()},
        "shuffled_types": grouping.control,
        "confusion": {
            "types": list(types),
            "clusters": grouping.confusion[:-1].tolist(),
            "no_cluster": grouping.confusion[-1].tolist(),
        },
    }


def _projected(vectors: dict[str, Any]) -> set[str]:
    return {name for name in vectors if "→" in name}
