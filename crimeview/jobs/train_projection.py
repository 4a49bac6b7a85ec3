"""Training a projection of segments' vectors: figures on halves that it has not seen, export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.agreement import agreement, counted
from crimeview.atlas.finch import finch
from crimeview.atlas.grouping import group
from crimeview.core.embedding import Pooling, unit
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Check, Input, Manifest, Metric, Output, check_input
from crimeview.evaluation.figure import Figure
from crimeview.evaluation.retrieval import Searches
from crimeview.jobs.encoder_training import Recipe, origin
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.kept_results import KeptResults
from crimeview.jobs.metrics import metric_of, plain_metric
from crimeview.jobs.model_card import write_card
from crimeview.jobs.own_projection import train_own_projection
from crimeview.jobs.phases import phase
from crimeview.jobs.segment_examples import (
    DATA,
    FEATURE_SPACE,
    SCORED,
    Examples,
    read_examples,
)
from crimeview.nets.session import run_file
from crimeview.training.choices import FeatureSpace, ProjectionMethod
from crimeview.training.export import export_model
from crimeview.training.segments.examples import Example, examples_key, halves, vectors
from crimeview.training.segments.networks import Network, outputs
from crimeview.training.segments.slic import SlicRecipe, fit_slic
from crimeview.training.segments.supervised import SupervisedRecipe, fit_supervised

Floats = NDArray[np.float32]
Fit = Callable[[Sequence[Example], int], Job[Network]]

HALVES = 10
_CHECKED = 2  # vectors in the manifest's check
_NAMES = {
    "recall_at_1": "recall at 1",
    "mean_average_precision": "mean average precision",
    "mean_over_classes": "mean average precision over types",
}
_DESCRIPTIONS: dict[ProjectionMethod, str] = {
    "slic": "A linear projection of a segment's mean C3D feature, learned without labels of types "
    "after SLIC (Khorasgani, Chen and Shkurti 2022) with FINCH's clusters and {loss}.",
    "types": "What tells types of crime apart (logits of a logistic regression) beside the first "
    "principal coordinates of a segment's mean C3D feature, each at length one.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectionOrder:
    """What projection is wanted; figures are the mean over `seeds` seeds where seeds matter.

    `features` are published ones (“ucf”) or those of our own encoder, whose folds are trained by
    the recipe `encoder`, None being the one of the encoder that is shipped.
    """

    method: ProjectionMethod = "slic"
    features: FeatureSpace = "ucf"
    seeds: int = 3
    seed: int = 0
    encoder: Recipe | None = None
    slic: SlicRecipe = field(default_factory=SlicRecipe)
    supervised: SupervisedRecipe = field(default_factory=SupervisedRecipe)


def train_projection(
    data: Path, *, out: Path, runs: Path, resume: bool = True, order: ProjectionOrder | None = None
) -> Job[Manifest]:
    """Fit on halves to measure, then on everything, and write the model folder `out` and its card.

    `data` holds `c3d_fc6_train.npz` and `train.csv`, or is the folder of data sets; scores of
    segments, and what each half found, are kept under `runs`, and used again with `resume`. On our
    own encoder's features folds are judged, see `train_own_projection`. Raises UsageError.
    """
    order = order or ProjectionOrder()
    if order.features == "own":
        return (yield from _train_own(data, out=out, runs=runs, resume=resume, order=order))
    work = runs / "segments" / out.name
    if not resume:
        set_aside(work, data=data)
    inner = data / "ucf_crime"
    folder = inner if inner.is_dir() else data
    read = yield from phase(read_examples(folder, work=runs / "segments"), number=0, count=10)
    fit = _fit(order)
    kept = KeptResults(work, key=f"{examples_key(read.examples)} {order}")
    metrics = yield from phase(_measured(read, fit, order, kept), number=1, count=10, width=8)
    network = yield from phase(fit(read.examples, order.seed), number=9, count=10)
    manifest = export_model(
        network,
        draft=_draft(out.name, network, read, tuple(metrics), order),
        check_values=_check_values(read.table.features.shape[2]),
        run=run_file,
        folder=out,
    )
    write_card(out)
    return manifest


def _train_own(
    data: Path, *, out: Path, runs: Path, resume: bool, order: ProjectionOrder
) -> Job[Manifest]:
    loss = "InfoNCE" if order.slic.loss == "contrast" else "triplets"
    description = _DESCRIPTIONS[order.method].format(loss=loss).replace("C3D feature", "feature")
    seeds = range(order.seed, order.seed + (order.seeds if order.method == "slic" else 1))
    return (
        yield from train_own_projection(
            data,
            out=out,
            runs=runs,
            resume=resume,
            fit=_fit(order),
            description=description,
            seeds=tuple(seeds),
            recipe_key=repr(order),
            recipe=order.encoder,
        )
    )


def _fit(order: ProjectionOrder) -> Fit:
    if order.method == "types":
        return lambda examples, _seed: fit_supervised(examples, recipe=order.supervised)
    return lambda examples, seed: fit_slic(
        examples, cluster=lambda rows: finch(rows)[0], seed=seed, recipe=order.slic
    )


def _measured(
    read: Examples, fit: Fit, order: ProjectionOrder, kept: KeptResults
) -> Job[list[Metric]]:
    """How well each half's types are found and grouped by what was learned on the other half."""
    seeds = range(order.seed, order.seed + (order.seeds if order.method == "slic" else 1))
    found: dict[str, list[dict[str, float]]] = {"projected": [], "scored": [], "whole": []}
    center = vectors(read.examples).mean(axis=0)
    plain = {
        "scored": unit(vectors(read.examples) - center),
        "whole": unit(_whole(read) - _whole(read).mean(axis=0)),
    }
    for half in range(HALVES):
        seen, rest = halves(read.examples, seed=half)
        judged = np.intersect1d(rest, read.labeled)
        runs = []
        for number, seed in enumerate(seeds):
            name = f"half-{half}-seed-{seed}"
            known = kept.find(name)
            if known is None:
                job = fit([read.examples[row] for row in seen], seed)
                done = half * len(seeds) + number
                network = yield from phase(job, number=done, count=HALVES * len(seeds))
                found_now = _figures(read, judged, projected(network, vectors(read.examples)))
                known = {key: np.array(value) for key, value in found_now.items()}
                kept.keep(name, known)
            runs.append({key: float(np.asarray(value)) for key, value in known.items()})
        found["projected"].append({k: float(np.mean([r[k] for r in runs])) for k in runs[0]})
        for name, rows in plain.items():
            yield Step(done=half + 1, total=HALVES, message="Searching and grouping")
            found[name].append(_figures(read, judged, rows))
    return _metrics(found, seeds=len(seeds))


def projected(network: Network, rows: Floats) -> Floats:
    """What the network makes of vectors (n, d), at length one."""
    return unit(outputs(network, rows))


def _whole(read: Examples) -> Floats:
    return vectors(read.examples, pooling=Pooling.WHOLE)


def _figures(read: Examples, judged: NDArray[np.intp], rows: Floats) -> dict[str, float]:
    types = [str(read.examples[row].label) for row in judged]
    searches = Searches(types, [read.examples[row].group for row in judged])
    figures = searches.figures(searches.found(rows[judged]))
    values = {name: float(getattr(figures, key).value or 0.0) for key, name in _NAMES.items()}
    values["mean average precision within a publication"] = _within(read, judged, rows)
    kinds = np.unique(types, return_inverse=True)[1]
    clusters = group(rows[judged], method="average-cosine", count=int(kinds.max()) + 1)
    values["AMI"] = agreement(counted(clusters, kinds)).adjusted_mutual_information
    return values


def _within(read: Examples, judged: NDArray[np.intp], rows: Floats) -> float:
    """Mean average precision where what is searched in is of the publication searched for.

    Extractions differ: types that only one publication has are else found by the extraction.
    """
    publications = np.array(read.table.publications)[judged]
    precisions = []
    for name in np.unique(publications):
        own = judged[publications == name]
        examples = [read.examples[row] for row in own]
        searches = Searches([str(e.label) for e in examples], [e.group for e in examples])
        precisions.append(searches.found(rows[own]).precision)
    return float(np.nanmean(np.concatenate(precisions)))


def _metrics(found: dict[str, list[dict[str, float]]], *, seeds: int) -> list[Metric]:
    """Means over the halves; their spread is in the protocol, as halves overlap."""
    fitted = f"mean of {seeds} seeds, " if seeds > 1 else ""
    of = {
        "projected": f"fitted on the other half, {fitted}",
        "scored": "without a projection, segments weighted by the softmax of their scores, ",
        "whole": "without a projection, whole recordings, ",
    }
    metrics = []
    for name, protocol in of.items():
        for key in found[name][0]:
            values = [half[key] for half in found[name]]
            metrics.append(
                plain_metric(
                    f"{key}, {name}",
                    float(np.mean(values)),
                    f"mean of {HALVES} random halves of the recordings with a type, "
                    f"{protocol}near-duplicates never results for each other nor in both halves; "
                    "AMI by agglomerative clustering (average cosine) into as many clusters as "
                    "types",
                )
            )
    for other in ("scored", "whole"):
        gains = [
            one["mean average precision"] - two["mean average precision"]
            for one, two in zip(found["projected"], found[other], strict=True)
        ]
        metrics.append(
            metric_of(
                f"gain in mean average precision over {other}",
                Figure(float(np.mean(gains)), (min(gains), max(gains))),
                f"the same {HALVES} halves, paired; the interval is from the lowest to "
                "the highest half, which overlap",
            )
        )
    return metrics


def _check_values(dimensions: int) -> Floats:
    return check_input((_CHECKED, dimensions)).astype(np.float32) / np.float32(255)


def _draft(
    name: str,
    network: Network,
    read: Examples,
    metrics: tuple[Metric, ...],
    order: ProjectionOrder,
) -> Manifest:
    dimensions = read.table.features.shape[2]
    width = projected(network, _check_values(dimensions)).shape[1]
    loss = "InfoNCE" if order.slic.loss == "contrast" else "triplets"
    return Manifest(
        name=name,
        kind="projection",
        file=f"{name}.onnx",
        sha256="",
        clip=None,
        input=Input(
            name="vectors", shape=(None, dimensions), layout=None, scale=1.0, mean=(), std=()
        ),
        output=Output(name="projected", shape=(None, width)),
        feature_space=FEATURE_SPACE,
        segments=None,
        threshold=None,
        calibration=None,
        metrics=metrics,
        origin=origin(
            f"{_DESCRIPTIONS[order.method].format(loss=loss)} Trained on {SCORED}.", data=(DATA,)
        ),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )
