"""Evaluating a search: whether the recordings that are most alike are of the same type."""

from pathlib import Path
from typing import Any

import numpy as np

from crimeview.core.embedding import Pooling
from crimeview.core.job import Job, Step
from crimeview.evaluation.figure import Figure
from crimeview.evaluation.retrieval import SHUFFLES, Found, Retrieval, Searches
from crimeview.evaluation.summary import Summary, figure
from crimeview.jobs.atlas_plots import plot_retrieval
from crimeview.jobs.collection import (
    CENTER,
    RANDOM_DRAWS,
    Collection,
    Given,
    evaluation_of,
    read_collection,
)
from crimeview.jobs.evaluation import BOOTSTRAP, Evaluation
from crimeview.jobs.phases import phase

_STATEMENT = (
    (
        "Each recording is searched for among all others by cosine; those of its own group "
        "(near-duplicates, one source) are no results. What has nothing of its type elsewhere is "
        "not searched for."
    ),
    CENTER,
    (
        "whole: all segments; top: the 8 with the highest scores, weighted by score; softmax: all, "
        "by the softmax of ten times the score. Controls: random (8 segments, mean of "
        f"{RANDOM_DRAWS} draws), lowest (the 8 with the lowest scores), and labels shuffled among "
        f"groups (mean of {SHUFFLES})."
    ),
    (
        "Mean average precision is over searches, or, over types, the mean of its means for each "
        "type."
    ),
    BOOTSTRAP,
    "Draws choose what is searched for; what is searched in stays.",
)

_NOTHING = (
    "No recording has another of its type outside its group: there is nothing to search for, and "
    "no figure is defined."
)


def evaluate_retrieval(given: Given, *, out: Path | None) -> Job[Evaluation]:
    """Judge how well vectors of recordings find those of their type; plots go to `out`, if any.

    Raises UsageError, ModelError.
    """
    collection = yield from phase(read_collection(given), number=0, count=2)
    searches = Searches(collection.types, collection.groups)
    found = yield from phase(_found(collection, searches), number=1, count=2)
    whole = found[Pooling.WHOLE.value][0]
    summary: Summary = {
        "counts": {
            "recordings": len(collection.names),
            "searched": searches.searched(),
            "types": len(set(collection.types)),
            "groups": len(set(collection.groups)),
        },
        "chance_recall_at_1": searches.chance(),
        "embeddings": [
            {
                "name": name,
                "figures": _figures(searches.figures(own)),
                "gain_over_whole": _figures(searches.gain(own, whole)),
                "shuffled_labels": _values(searches.figures(shuffled)),
            }
            for name, (own, shuffled) in found.items()
        ],
        "per_type": _per_type(collection, found),
    }
    plots: tuple[Path, ...] = ()
    if out is not None:
        plots = yield from plot_retrieval(summary, out, title=given.labels.name)
    return evaluation_of(
        collection,
        given,
        protocol="retrieval",
        statement=_STATEMENT,
        summary=summary,
        plots=plots,
        notes=() if searches.searched() else (_NOTHING,),
    )


def _found(collection: Collection, searches: Searches) -> Job[dict[str, tuple[Found, Found]]]:
    """What each set of vectors finds, and with shuffled labels."""
    found = {}
    for done, (name, draws) in enumerate(collection.vectors.items()):
        yield Step(done=done, total=len(collection.vectors), message=f"Searching by {name}")
        own = _mean([searches.found(vectors) for vectors in draws])
        yield Step(done=done, total=len(collection.vectors), message="Shuffling the labels")
        found[name] = own, searches.shuffled(draws[0])
    return found


def _mean(found: list[Found]) -> Found:
    return Found(
        first=np.mean([f.first for f in found], axis=0),
        among_five=np.mean([f.among_five for f in found], axis=0),
        precision=np.mean([f.precision for f in found], axis=0),
    )


def _per_type(
    collection: Collection, found: dict[str, tuple[Found, Found]]
) -> list[dict[str, Any]]:
    """Recall at 1 and average precision of each type, by the first of vectors that are scored."""
    name = Pooling.SOFTMAX.value if Pooling.SOFTMAX.value in found else Pooling.WHOLE.value
    own = found[name][0]
    rows = []
    for kind in sorted(set(collection.types)):
        of = np.array([t == kind for t in collection.types]) & ~np.isnan(own.first)
        first, precision = (v[of].mean() if of.any() else None for v in (own.first, own.precision))
        rows.append(
            {
                "label": kind,
                "embedding": name,
                "recordings": collection.types.count(kind),
                "recall_at_1": None if first is None else float(first),
                "average_precision": None if precision is None else float(precision),
            }
        )
    return rows


def _parts(retrieval: Retrieval) -> dict[str, Figure]:
    return {
        "recall_at_1": retrieval.recall_at_1,
        "recall_at_5": retrieval.recall_at_5,
        "mean_average_precision": retrieval.mean_average_precision,
        "mean_average_precision_over_classes": retrieval.mean_over_classes,
    }


def _figures(retrieval: Retrieval) -> Summary:
    return {name: figure(part) for name, part in _parts(retrieval).items()}


def _values(retrieval: Retrieval) -> Summary:
    return {name: part.value for name, part in _parts(retrieval).items()}
